"""The names of one text: who is told of in full, whom a last or a first name alone means, who drives which car."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.documents.text.english import family_name
from bot.language.fold import fold
from bot.language.marked_words import MarkedText, MarkedWord, mark_words
from bot.language.word_lists import word_lists
from bot.recent_values import RecentTexts

__all__ = ["LONGEST_REPORT", "TextNames", "car_drivers"]

LONGEST_REPORT = 60_000  # characters; the longest of the labelled recaps has 7,000, a book about a season a million
WHOLE_TEXTS = 4  # of which the names are kept: a column about several races, and each of them
WORDS_BETWEEN = 5  # a car number and its driver: "the No. 6 Elm Oil Ford of Reed Falk"
_JUNIORS = {"jr", "jr.", "junior"}
_BETWEEN = ("role", "team", "car_name", "determiner", "preposition", "proper", "series", "mark")


@dataclass(frozen=True)
class TextNames:
    """Full names by folded last name and by folded first name; `surnames` are the last words of folded last names.

    `staff` are folded names of people who do not drive, `alone` folded names that stand without a first name.

    `is_too_long` says that the text is longer than any report of one race: it has no names, and nothing is claimed.
    """

    by_last: Mapping[str, tuple[str, ...]]
    by_first: Mapping[str, tuple[str, ...]]
    surnames: frozenset[str]
    is_too_long: bool = False
    staff: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()

    @classmethod
    def from_text(cls, text: str) -> "TextNames":
        """The names of a whole text; a name is full where it has two words or more."""
        if len(text) > LONGEST_REPORT:
            return cls({}, {}, frozenset(), is_too_long=True)
        return _NAMES.value(text)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(last name, full name) of everybody whom the text gives in full and calls by the last name alone, too."""
        return tuple(
            (family_name(full), full) for last, names in self.by_last.items() if last in self.alone for full in names
        )

    def full_name(self, name: str) -> str:
        """The full name that a name means in this text; the name itself where it means none or may mean two."""
        junior = self.by_suffix.get(fold(name))
        if junior:
            return junior
        last = fold(name) if fold(name) in self.by_last else fold(family_name(name))  # "Van der Meer"
        full = self.by_last.get(last, ())
        if fold(name).removesuffix(" jr").removesuffix(" sr") == last:
            full = full or self.by_first.get(last, ())
            return full[0] if len(full) == 1 else self.by_initials.get(name, name)
        longer = self._with_initial(name, full)
        return next((one for one in full if longer == name and fold(one) == fold(name)), longer)

    @cached_property
    def by_suffix(self) -> Mapping[str, str]:
        """The only full name with a suffix that the suffix means: "Junior", "Dale Jr.", "Jr."."""
        fitting: dict[str, set[str]] = {}
        for full in (one for names in self.by_last.values() for one in names):
            last = fold(full).split()[-1]
            if last in _JUNIORS and len(full.split()) > 2:
                first = fold(full.split()[0])
                for name in ("junior", "jr", "jr.", f"{first} jr", f"{first} jr.", f"{first} junior"):
                    fitting.setdefault(name, set()).add(full)
        return {name: next(iter(full)) for name, full in fitting.items() if len({fold(one) for one in full}) == 1}

    @cached_property
    def by_initials(self) -> Mapping[str, str]:
        """The only full name of the text that initials fit, with its suffix or without: "DW", "MTJ"."""
        fitting: dict[str, set[str]] = {}
        for full in (one for names in self.by_last.values() for one in names):
            for name in {full, _without_suffix(full)}:
                fitting.setdefault("".join(word[0] for word in name.split()), set()).add(full)
        return {initials: next(iter(full)) for initials, full in fitting.items() if len(full) == 1}

    def _with_initial(self, name: str, full: Sequence[str]) -> str:
        """The only full name that "T. Falk" may mean; the name itself where it is none of that kind."""
        first = name.split(maxsplit=1)[0]
        meant = [one for one in full if first[1:] == "." and one[:1] == first[:1] and one.split()[0][1:] != "."]
        return meant[0] if len(meant) == 1 else name

    def written(self, name: str) -> str:
        """A first name or "Junior" alone as the full name it means; all else as it is written."""
        full = self.full_name(name)
        if fold(name) in self.by_suffix:
            return full
        return full if " " not in name and fold(full.split()[0]) == fold(name) else name

    def is_ambiguous(self, name: str) -> bool:
        """Whether a last name alone may mean two people of this text."""
        last = fold(family_name(name))
        return fold(name) == last and len(self.by_last.get(last, ())) > 1

    def introduced(self, name: str, text: str) -> str:
        """Whom a last name of two people means behind a text that has told of one of them in full; else the name."""
        if not self.is_ambiguous(name):
            return name
        full = [one for one in self.by_last[fold(family_name(name))] if one in text]
        return full[0] if len(full) == 1 else name

    def key(self, name: str) -> str:
        """What is equal for two names of one person."""
        return fold(self.full_name(name)).removesuffix(" jr")

    def is_known(self, name: str) -> bool:
        """Whether the text gives the name in full, here or elsewhere."""
        return " " in self.full_name(name)


def _names_of(text: str, _: frozenset[str]) -> TextNames:
    marked = mark_words(text)
    staff = frozenset(_staff(marked))
    behind = (*marked.words[1:], None)
    drivers = (
        word
        for word, head in zip(marked.words, behind, strict=False)
        if word.has("name") and word.folded not in staff and not (head and head.has("sponsored"))
    )
    found = {word.text for word in drivers if " " in _without_suffix(word.text)}  # "Falk Jr." is no full name
    by_last: dict[str, list[str]] = {}
    by_first: dict[str, list[str]] = {}
    for name in sorted(found):
        last = family_name(name)
        if last == name or word_lists().has("place_name", fold(last)):
            continue
        if not any(fold(one) == fold(name) for one in by_last.get(fold(last), ())):
            by_last.setdefault(fold(last), []).append(name)
            by_first.setdefault(fold(name.split()[0]), []).append(name)
    surnames = frozenset(last.split()[-1] for last in by_last)
    return TextNames(
        {last: tuple(names) for last, names in by_last.items()},
        {first: tuple(names) for first, names in by_first.items()},
        surnames,
        alone=frozenset(
            one.folded for one in marked.words if one.has("name") and fold(family_name(one.text)) == one.folded
        ),
        staff=staff | {last for last in (name.split()[-1] for name in staff) if last not in surnames},
    )


_NAMES = RecentTexts(_names_of, WHOLE_TEXTS, LONGEST_REPORT)


def _without_suffix(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return first if word_lists().includes("suffix", fold(last)) else name


def _staff(text: MarkedText) -> Iterator[str]:
    """The folded names of people whom a title makes no drivers: "crew chief Al Marr", "the owner, Bo Voss"."""
    lists = word_lists()
    for place, word in enumerate(text.words):
        if word.has("name") and lists.includes("staff_name", word.folded):
            yield word.folded
        for mark, end in text.marks_at(place):
            behind = end + (end < len(text.words) and text.words[end].folded == ",")
            is_title = mark == "staff_title" and (word.folded != "by" or _begins_line(text, place))
            named = text.words[behind] if is_title and behind < len(text.words) else None
            if named and named.has("name") and " " in named.text:
                yield named.folded


def _begins_line(text: MarkedText, place: int) -> bool:
    return place == 0 or text.words[place - 1].folded == "\n"


def car_drivers(texts: Sequence[MarkedText]) -> Mapping[str, str]:
    """The driver of each car number as the text gives it: "Falk's No. 9", "the No. 9 Ford of Falk", "#9 - Falk"."""
    found: dict[str, str] = {}
    for text in texts:
        for place, word in enumerate(text.words):
            driver = _driver(text.words, place) if word.car else None
            if word.car and driver:
                found.setdefault(word.car, driver)
    return found


def _driver(words: Sequence[MarkedWord], place: int) -> str | None:
    behind = _first_name(words, range(place + 1, min(len(words), place + 1 + WORDS_BETWEEN)))
    if behind and (words[place].text.startswith("#") or behind[1] == place + 1 or _of(words, place, behind[1])):
        return behind[0]
    before = _first_name(words, range(place - 1, max(-1, place - 1 - WORDS_BETWEEN), -1))
    return before[0] if before else None


def _of(words: Sequence[MarkedWord], place: int, name: int) -> bool:
    return any(word.folded in {"of", "driver"} for word in words[place + 1 : name]) and not any(
        word.folded == "," for word in words[place + 1 : name]
    )


def _first_name(words: Sequence[MarkedWord], places: range) -> tuple[str, int] | None:
    for place in places:
        if words[place].has("name"):
            return words[place].text, place
        if not words[place].has(*_BETWEEN, "owner", "pronoun") and words[place].folded not in {"drove", "driving"}:
            return None
    return None
