"""The sentences of a report in order, each with its marked words and its people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.recap.paragraphs import RecapParagraph, RecapText
from bot.documents.recap.words.initials import with_initials
from bot.documents.recap.words.people import SentencePeople, Subject, is_somebody
from bot.documents.recap.words.sentence_marks import report_words, with_short_stages
from bot.documents.recap.words.subjects import people_of
from bot.documents.recap.words.text_names import TextNames, car_drivers
from bot.language.fold import fold
from bot.language.marked_words import MarkedText
from bot.language.patterns import Pattern

__all__ = ["MarkedSentence", "headline_sentences", "marked_sentences"]

_MEETINGS = {"with", "involving", "between", "against", "from", "past", "around", "by", "behind"}

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
    people = (word.text for place, word in enumerate(text.words) if word.has("name") and is_somebody(text.words, place))
    named = (names.full_name(name) for name in people)
    return tuple(dict.fromkeys((*spoken, *named)))


def _small_letters(text: str, names: TextNames) -> str:
    """A line in capitals in small letters, every letter at its place; only names of the text keep their capital."""
    if not text.isupper():
        return text
    return " ".join(word.capitalize() if _is_name(word, names) else word.lower() for word in text.split(" "))


def _marked(text: str, names: TextNames, race_name: str | None) -> MarkedText:
    """The marked words of a sentence or a part of a heading, with the people whom initials mean."""
    return with_initials(report_words(_small_letters(text, names), names.surnames, names.staff, race_name), names)


def _is_name(word: str, names: TextNames) -> bool:
    plain = fold(word.strip(",.;:!?"))
    return plain in names.surnames or plain in names.by_first


def headline_sentences(story: RecapText, names: TextNames, race_name: str | None = None) -> tuple[MarkedSentence, ...]:
    """The headings of a report, each as a sentence at the paragraph below it; a colon or a dash parts two."""
    found: list[MarkedSentence] = []
    if names.is_too_long:
        return ()
    for heading in dict.fromkeys(one.section for one in story.paragraphs if one.section):
        paragraph = next(one for one in story.paragraphs if one.section == heading)
        for part in _HEADING_BREAK.split(heading):
            text = _marked(part, names, race_name)
            found.append(MarkedSentence(paragraph, text, people_of(text, (), {})))
    return tuple(found)


def marked_sentences(story: RecapText, names: TextNames, race_name: str | None = None) -> tuple[MarkedSentence, ...]:
    """Every sentence of the report itself: no list, no table, nothing that somebody said.

    None of a text that is too long to be the report of one race.
    """
    if names.is_too_long:
        return ()
    marked = [
        (one, [_marked(text, names, race_name) for text in one.report_sentences])
        for one in story.paragraphs
        if not one.is_table_row
    ]
    cars = car_drivers([text for _, texts in marked for text in texts])
    has_stages = any(word.has("stage") for _, texts in marked for text in texts for word in text.words)
    focus, section = _Focus(names, cars, has_stages=has_stages), ""
    found: list[MarkedSentence] = []
    for paragraph, texts in marked:
        if paragraph.section != section:
            section, focus = paragraph.section, _Focus(names, cars, has_stages=has_stages)
        if paragraph.is_list_row and not _is_prose(paragraph.text):
            focus.pass_row(paragraph, texts)
        else:
            found += focus.sentences_of(paragraph, texts)
    return tuple(found)


class _Focus:
    """Whom the sentences so far have spoken of.

    `earlier` is whom "he" means next: the first subject of the sentence before. `alone` is whom "the Texan" means: the
    only one of the paragraph so far, or of the one before.
    """

    def __init__(self, names: TextNames, cars: Mapping[str, str], *, has_stages: bool) -> None:
        self.names, self.cars, self.has_stages = names, cars, has_stages
        self.earlier: Subject = ()
        self.alone: Subject = ()

    def sentences_of(self, paragraph: RecapParagraph, texts: Sequence[MarkedText]) -> Iterator[MarkedSentence]:
        """The sentences of one paragraph in order, each with its people."""
        before: tuple[str, ...] = ()
        spoken: Subject = ()
        of_stages = any(word.has("stage", "stage_like") for text in texts for word in text.words)
        of_stages = of_stages or (paragraph.stage is not None and paragraph.headed)
        for plain in texts:
            text = with_short_stages(plain, only_breaks=not of_stages) if of_stages or self.has_stages else plain
            people = people_of(text, self.earlier, self.cars, self.alone if set(spoken) <= set(self.alone) else ())
            spoken = _with_names(spoken, text, self.names)
            yield MarkedSentence(paragraph, text, people, before)
            self.earlier = people.main or self._only_one(text)
            if people.main or any(word.has("name") for word in text.words):
                self.alone = people.main
            before = (*before[-1:], text.text)
        self.alone = self.alone if len(set(spoken)) == 1 else ()

    def pass_row(self, paragraph: RecapParagraph, texts: Sequence[MarkedText]) -> None:
        """A row of a list: "4. Reed Falk needs a hug." speaks of whom it names, all else of nobody."""
        is_sentence = paragraph.text.endswith((".", "!", "?"))
        people = {one for text in texts for one in self._people(text)} if is_sentence else set()
        self.earlier = tuple(people) if len(people) == 1 else ()
        self.alone = ()

    def _only_one(self, text: MarkedText) -> Subject:
        """The only person whom a sentence without a subject names; who was spoken of before where it names nobody."""
        found = self._people(text)
        unclear = any(self.names.is_ambiguous(word.text) for word in text.words if word.has("name"))
        if found and self.earlier and found != set(self.earlier) and all(_is_met(text, name) for name in found):
            return ()  # "it was an incident with Dorn. He fell to 20th": either of them
        return () if unclear or len(found) > 1 else tuple(found) or self.earlier

    def _people(self, text: MarkedText) -> set[str]:
        found = {self.names.full_name(word.text) for word in text.words if word.has("name")}
        return {one for one in found if self.names.is_known(one)}


def _is_met(text: MarkedText, name: str) -> bool:
    """Whether a sentence names somebody only as whom another met: "an incident with Dorn"."""
    behind = [place for place, word in enumerate(text.words) if place and word.has("name") and name.endswith(word.text)]
    return bool(behind) and all(text.words[place - 1].folded in _MEETINGS for place in behind)
