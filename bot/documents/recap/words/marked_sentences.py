"""The sentences of a report in order, each with its marked words and its people."""

from dataclasses import dataclass

from bot.documents.recap.paragraphs import RecapParagraph, RecapText
from bot.documents.recap.words.sentence_marks import report_words
from bot.documents.recap.words.subjects import SentencePeople, Subject, people_of
from bot.documents.recap.words.text_names import TextNames, car_drivers
from bot.language.fold import fold
from bot.language.marked_words import MarkedText
from bot.language.patterns import Pattern

__all__ = ["MarkedSentence", "headline_sentences", "marked_sentences"]

FEWEST_PROSE_WORDS = 14  # of a row of a list; a row of a box score has twelve at most
_HEADING_BREAK = Pattern(r"(?:[:;—–|]|\s-\s)\s?")


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """One sentence; `before` are the sentences in front of it in its paragraph."""

    paragraph: RecapParagraph
    text: MarkedText
    people: SentencePeople
    before: tuple[str, ...] = ()

    def subject_at(self, character: int) -> str | None:
        """Who does what the verb at a character says; None where that is not clear."""
        for place, word in enumerate(self.text.words):
            if word.end > character:
                subjects = self.people.subjects(place)
                return subjects[0] if len(subjects) == 1 else None
        return None


def _is_prose(text: str) -> bool:
    """Whether a row of a list is a paragraph all the same: "2. Ivo Dorn: Dorn passed Falk and won."."""
    return len(text.split()) >= FEWEST_PROSE_WORDS and text.rstrip('”"').endswith((".", "!", "?"))


def _with_names(spoken: Subject, text: MarkedText, names: TextNames) -> Subject:
    """The people spoken of in a paragraph, as far as it matters: whether there is one, or more."""
    if len(spoken) > 1:
        return spoken
    told = (names.full_name(word.text) for word in text.words if word.has("name"))
    return tuple(dict.fromkeys((*spoken, *told)))


def _small_letters(text: str, names: TextNames) -> str:
    """A line in capitals in small letters, every letter at its place; only names of the text keep their capital."""
    if not text.isupper():
        return text
    return " ".join(word.capitalize() if _is_name(word, names) else word.lower() for word in text.split(" "))


def _is_name(word: str, names: TextNames) -> bool:
    plain = fold(word.strip(",.;:!?"))
    return plain in names.surnames or plain in names.by_first


def headline_sentences(story: RecapText, names: TextNames) -> tuple[MarkedSentence, ...]:
    """The headings of a report, each as a sentence at the paragraph below it; a colon or a dash parts two."""
    found: list[MarkedSentence] = []
    if names.is_too_long:
        return ()
    for heading in dict.fromkeys(one.section for one in story.paragraphs if one.section):
        paragraph = next(one for one in story.paragraphs if one.section == heading)
        for part in _HEADING_BREAK.split(heading):
            text = report_words(_small_letters(part, names), names.surnames, names.staff)
            found.append(MarkedSentence(paragraph, text, people_of(text, (), {})))
    return tuple(found)


def marked_sentences(story: RecapText, names: TextNames) -> tuple[MarkedSentence, ...]:
    """Every sentence of the report itself: no list, no table, nothing that somebody said.

    None of a text that is too long to be the report of one race.
    """
    if names.is_too_long:
        return ()
    prose = [one for one in story.paragraphs if not one.is_table_row and (not one.is_list_row or _is_prose(one.text))]
    marked = [
        (one, [report_words(_small_letters(text, names), names.surnames, names.staff) for text in one.report_sentences])
        for one in prose
    ]
    cars = car_drivers([text for _, texts in marked for text in texts])
    found: list[MarkedSentence] = []
    earlier: Subject = ()
    for paragraph, texts in marked:
        before: tuple[str, ...] = ()
        spoken: Subject = ()
        for text in texts:
            people = people_of(text, earlier, cars, spoken)
            spoken = _with_names(spoken, text, names)
            found.append(MarkedSentence(paragraph, text, people, before))
            if people.main or any(word.has("name") for word in text.words):
                earlier = people.main
            before = (*before[-1:], text.text)
        earlier = earlier if len(set(spoken)) == 1 else ()  # "He" may go on with the only one of the paragraph before
    return tuple(found)
