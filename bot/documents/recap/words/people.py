"""Who is told of at a place of a sentence: by name, by car number, in a list, with a title in front."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.documents.recap.words.asides import aside_end, separator_end
from bot.language.marked_words import MarkedText, MarkedWord
from bot.language.word_lists import word_lists

__all__ = [
    "SentenceNames",
    "SentencePeople",
    "Subject",
    "begins_clause",
    "behind_car",
    "describes",
    "is_met",
    "is_somebody",
    "is_verb",
    "lacks_subject",
    "owns_a_person",
]  # fmt: skip

Subject = tuple[str, ...]
"""Names as written; none where nobody clear is the subject, several in "A and B finished"."""
MOST_NAME_WORDS = 3  # in front of a colon
MOST_CLAUSE_WORDS = 8  # from "he" to whom he meets
MOST_TITLE_WORDS = 10  # in front of a name: "his Joe Gibbs Racing teammate and fellow Toyota driver"
_TITLE = (
    "role", "determiner", "team", "car_name", "series", "count", "place", "owner", "demonym", "pole_sitter",
    "runner_up", "place_name", "year", "stage_like", "car", "make_word",
)  # fmt: skip
_VERBS = ("wins", "takes", "finishes", "was", "had", "leads", "says", "starts", "edges", "sweeps")
_CAR_BEHIND = ("name", "car_name", "team", "proper")
_AFTER_NAME = ("mark", "conjunction", "preposition", "place", "seconds", "determiner", "count", "owner", "adverb")


@dataclass(frozen=True, slots=True)
class SentenceNames:
    """The people told of in one sentence; `cars` are the drivers of car numbers, as the text gives them."""

    text: MarkedText
    cars: Mapping[str, str]

    def person_at(self, place: int) -> tuple[str, int] | None:
        """(name as written, place behind) of the person told at a place; None where there is none.

        As in "runner-up Clay Berry", "his teammate Dorn", "the No. 9 of Cruz Ibarra", "the 41".
        """
        words = self.text.words
        for here in range(place, min(len(words), place + MOST_TITLE_WORDS)):
            word = words[here]
            if word.has("name") and not (here + 1 < len(words) and words[here + 1].has("nobody_head")):
                return (word.text, behind_car(words, here)) if is_somebody(words, here) else None
            driver = self.driver_of_car_at(here)
            if driver:
                return driver, here + 1
            behind = words[here + 1] if here + 1 < len(words) else word
            goes_on = word.folded == "and" and here > place and behind.has("role", "count")
            goes_on = goes_on or (word.has("proper") and behind.has("owner"))  # "ELM's Ivo Dorn"
            if not (word.has(*_TITLE, "name") or word.folded == "of" or goes_on) or self._is_bare_place(here):
                return None
        return None

    def _is_bare_place(self, place: int) -> bool:
        """Whether a place is told by itself: "Dorn third, fourth Pell" is no title as in "third-place Dorn"."""
        words = self.text.words
        behind = words[place + 1 : place + 2]
        return words[place].has("place") and not (behind and behind[0].has("place_word", "year", "role"))

    def driver_of_car_at(self, place: int) -> str | None:
        """Who drives the car of a bare number ("the No. 9", "the 41"); None where the text does not tell."""
        words = self.text.words
        word = words[place]
        behind = words[place + 1] if place + 1 < len(words) else None
        if behind and (behind.folded == "of" or behind.has(*_CAR_BEHIND)):
            return None
        bare = word.text if word.has("count") and place and words[place - 1].folded == "the" else None
        if bare and behind and not behind.has(*_AFTER_NAME, "wins", "takes", "finishes", "had", "was", "leads"):
            return None
        return self.cars.get(word.car or bare or "")

    def people_at(self, place: int, *, whole: bool = False) -> tuple[tuple[str, ...], int]:
        """(names, place behind) of the list of people at a place: "A, B and C". No names where there is none.

        A name that a verb follows begins a clause of its own and is no part of the list, unless `whole`.
        """
        words = self.text.words
        found: list[str] = []
        end = place
        whole = whole or (place > 0 and words[place - 1].folded == ":")
        person = self.person_at(place)
        while person:
            if found and not whole and begins_clause(words, person[1]):
                break
            found.append(person[0])
            end = person[1]
            behind = separator_end(words, aside_end(words, aside_end(words, end)))
            person = self.person_at(behind) if behind else None
        if whole and found and words[end : end + 1] and words[end].folded in {"in", "of"}:
            end = aside_end(words, end)  # "Dorn in the #9 and Pell in the #4 rounded out the top five"
        return tuple(found), end


@dataclass(frozen=True, slots=True)
class SentencePeople:
    """The people of one sentence, as the machine of tellings asks for them.

    `at` has the subject at each word, `main` the first subject of the sentence: whom "he" means in the next one.
    """

    mentions: SentenceNames
    at: tuple[Subject, ...]
    main: Subject
    owners: Mapping[int, str]

    def subjects(self, place: int) -> Subject:
        """Who does what the word at a place says; nobody where that is not clear."""
        return self.at[place]

    def owner_at(self, place: int) -> str | None:
        """Whom "his" means at a place; None where that is not clear."""
        return self.owners.get(place)

    def person_at(self, place: int) -> tuple[str, int] | None:
        """(name, place behind) of the person told at a place; None where there is none."""
        return self.mentions.person_at(place)

    def people_at(self, place: int, *, whole: bool = False) -> tuple[Subject, int]:
        """(names, place behind) of the list of people at a place; no names where there is none."""
        return self.mentions.people_at(place, whole=whole)


def is_somebody(words: Sequence[MarkedWord], place: int) -> bool:
    """Whether a name is a person's here: not an owner ("Dorn's car"), not "the Texan", no town before its state."""
    word = words[place]
    behind = words[place + 1 : place + 3]
    if behind and behind[0].has("owner") and behind_car(words, place) == place + 1:
        return False
    if word_lists().includes("demonym", word.folded) or _is_sponsor_or_label(words, place):
        return False
    if len(behind) == 2 and behind[0].folded == "," and behind[1].has("place_name"):
        return False
    if behind and behind[0].has("nobody_head"):
        return False  # "the San Antonio driver", "the No. 9 Elm Oil team"
    single = " " not in word.text
    return not (single and place and words[place - 1].folded in {"the", "a", "an", "in", "at", "@"})


def _is_sponsor_or_label(words: Sequence[MarkedWord], place: int) -> bool:
    """Whether a name is one of "the Elm Oil/Maple Ford", or a long label: "Bold Prediction Of Friday: Falk"."""
    word = words[place]
    before, behind = words[max(0, place - 1) : place], words[place + 1 : place + 3]
    if before and before[0].folded == "/" and before[0].end == word.start:
        return True
    if not behind:
        return False
    is_sponsor = behind[0].folded == "/" and behind[0].start == word.end and not behind[-1].car  # "FALK/No. 9 Ford"
    return is_sponsor or (behind[0].folded == ":" and len(word.text.split()) > MOST_NAME_WORDS)


def behind_car(words: Sequence[MarkedWord], place: int) -> int:
    """The place behind a name, or behind the car that it owns and stands for: "Dorn's No. 9 Ford Taurus"."""
    here = place + 2
    if here >= len(words) or not words[place + 1].has("owner"):
        return place + 1
    while here < len(words) and words[here].has("car", "count", "proper", "team"):
        here += 1
    if words[here - 1].has("team") and word_lists().has("make", words[here - 1].folded.split()[-1]):
        return here  # "Dorn's No. 9 Elm Racing Ford"
    return here + 1 if here < len(words) and words[here].has("car_name") else place + 1


def describes(word: MarkedWord) -> bool:
    """Whether a word is of "the Texan" or "the 26-year-old", who is described and not named."""
    return word.has("self_title") or word_lists().includes("demonym", word.folded)


def is_verb(word: MarkedWord) -> bool:
    """Whether a word is a verb that a person is the subject of."""
    return word.has(*_VERBS)


def owns_a_person(words: Sequence[MarkedWord], place: int) -> bool:
    """Whether a full name stands behind "'s": "Finland's Reed Falk took the win"."""
    behind = words[place + 1 : place + 2]
    return bool(behind and behind[0].has("name") and " " in behind[0].text)


def begins_clause(words: Sequence[MarkedWord], place: int) -> bool:
    """Whether the word at a place is a verb of a name in front of it: in "and Pell was third" Pell ends no list."""
    while place < len(words) and words[place].has("adverb") and not words[place].has("had", "was", "preposition"):
        place += 1
    if place >= len(words):
        return False
    return words[place].has("word") and not words[place].has("conjunction", "preposition", "determiner", "place")


def is_met(words: Sequence[MarkedWord], place: int, subject: Sequence[str]) -> bool:
    """Whether the one whom "he" would mean is another in the clause: in "he fended off Dorn" he is not Dorn."""
    for word in words[place + 1 : place + MOST_CLAUSE_WORDS]:
        if word.has("mark", "conjunction"):
            return False
        if word.has("name") and any(word.text in one or one in word.text for one in subject):
            return True
    return False


def lacks_subject(text: MarkedText) -> bool:
    """Whether a sentence goes on with whoever was spoken of, as in "Ended up 28th." and "Second again."."""
    first = next((place for place, word in enumerate(text.words) if not word.has("mark")), None)
    if first is None:
        return False
    word = text.words[first]
    by_another = any(one.folded == "by" for one in text.words[first + 1 : first + 2])  # "Posted by Al Marr"
    is_past = word.folded.endswith("ed") or word.has("past")
    did = is_past and not by_another and text.has(first, "finishes", "wins", "takes", "leads")
    return did or (word.has("place") and not any(one.has("name", "verb", "was", "pronoun") for one in text.words))
