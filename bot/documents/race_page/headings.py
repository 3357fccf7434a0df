"""Headings of a race page: which session of the weekend the table under them is, told by their words.

A heading names an event (a Duel, a heat, the Open) and what the table is of it (its results, its lineup, a stage). The
race itself is no event: its table stands under its own name, or under "Race results". The words are data.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.language.numbers import UNIT_WORDS
from bot.language.ordinals import ordinal_words
from bot.language.patterns import Pattern

__all__ = ["EVENT_PHRASES", "HeadingEvent", "SectionMeaning", "folded_names", "own_events", "read_headings"]

# Event -> the words it goes by. What is longer is looked for first.
EVENT_PHRASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("duel", (
        "duel", "duels", "twin 125", "twin 125s", "gatorade 125", "gatorade 125s", "125 mile", "twin 150",
        "twin 150s",
    )),
    ("lcq", (
        "last chance qualifier", "last chance qualifiers", "last chance race", "last chance races", "last chance",
        "lcq", "lcqs", "consolation race", "consolation", "consy", "b main", "c main", "hooligan", "second chance",
    )),
    ("heat", ("heat", "heats", "heat race", "heat races", "preliminary race", "preliminary", "prelim")),
    ("qualifier", ("qualifying race", "qualifying races", "qualifier", "qualifiers", "qualifying heat")),
    ("showdown", ("showdown",)),
    ("open", ("open",)),
    ("clash", ("clash", "shootout", "unlimited", "busch clash", "bud shootout")),
    ("allstar", ("all star race", "all star", "all stars", "winston select", "the winston")),
    ("segment", ("segment", "segments")),
    ("sprint", ("sprint race", "sprint results", "sprint classification", "sprint shootout", "sprint qualifying")),
    ("support", ("support race", "support races", "undercard", "exhibition", "pit crew challenge", "pit crew")),
)  # fmt: skip
# What makes a page's own race one of these: on its own page it is the race. Duels and heats never are.
_OWN_EVENTS = frozenset({"clash", "allstar", "open", "showdown"})

_STRONG_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("standings", ("standings", "points after")),
    ("entry", ("entry list", "entries", "entry", "entrants", "participants")),
    ("practice", ("practice", "practices", "happy hour", "warm up", "warmup", "testing", "final tune up")),
    ("qualifying", (
        "qualifying", "time trials", "time trial", "pole day", "bump day", "fast nine", "fast six", "fast twelve",
        "fast 6", "fast 9", "fast 12", "pole qualifying", "knockout",
    )),
    ("lineup", (
        "lineup", "line up", "starting grid", "starting order", "starting lineup", "starting positions", "grid",
        "starting line up",
    )),
    ("stage", ("stage", "stages")),
)  # fmt: skip
_RACE_PHRASES = (
    "race results", "race result", "race classification", "results of the race", "official race results",
    "final results",
    "box score", "finishing order", "finish order", "final order", "final classification", "race finish",
    "race box score", "full results", "complete results", "overall results",
)  # fmt: skip
_RESULT_PHRASES = (
    "results", "result", "finishers", "classification", "top ten", "top 10", "official results", "race", "the race",
    "race report", "race summary", "main event", "feature", "feature race", "a main", "main",
)  # fmt: skip
_WHOLE_RESULT_HEADINGS = frozenset({
    "race", "the race", "race report", "race summary", "main event", "feature", "feature race", "a main", "main",
})  # fmt: skip
_WORD = Pattern(r"[a-z0-9]+")
_NUMBERS = {word: number for number, word in enumerate(UNIT_WORDS[:13])} | {
    ordinal_words(number): number for number in range(1, 13)
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LETTERS = {"a": 1, "b": 2, "c": 3, "d": 4}
_YEAR = Pattern(r"\b(?:19|20)[0-9]{2}\b")
_DIGITS = Pattern(r"([0-9]{1,2})(?:st|nd|rd|th)?")
MAX_HEADING_LENGTH = 200  # characters; the longest heading seen has 60


@dataclass(frozen=True, slots=True)
class HeadingEvent:
    """An event beside the race: its `kind` ("duel"), its number where the heading tells one, and its heading."""

    kind: str
    number: int | None
    title: str


@dataclass(frozen=True, slots=True)
class SectionMeaning:
    """What the headings over a table say: its `kind` ("race", "stage", "practice" ...), and the event it is of.

    Both are None where no heading tells. `is_sure` is False where the kind is only "results" of something.
    """

    kind: str | None
    event: HeadingEvent | None
    is_sure: bool = True


def read_headings(path: Sequence[str], race_names: frozenset[str], own: frozenset[str]) -> SectionMeaning:
    """The meaning of headings, outermost first; `race_names` are folded names of the race, `own` its own events."""
    event: HeadingEvent | None = None
    kind: str | None = None
    for heading in reversed(path):
        event = event or _event_of(heading, own, race_names)
        found = _kind_of(heading, race_names)
        # "Results" under "Qualifying" are those of qualifying; under "Results" and "Race" of the race.
        if found and (kind is None or (kind == "results" and _names_only_a_session(heading))):
            kind = found
    if event and event.number is None and path[-1] != event.title:
        number = _own_number(path[-1])
        event = replace(event, number=number, title=f"{event.title}, {path[-1].strip()}") if number else event
    if kind == "results":
        return SectionMeaning("race", event, is_sure=False)
    return SectionMeaning("race" if event and kind is None else kind, event)


def own_events(race_name: str) -> frozenset[str]:
    """The events that a race is itself by its name: "Busch Clash" is "clash"."""
    words = _folded(race_name)
    own = frozenset(kind for kind, phrases in EVENT_PHRASES if kind in _OWN_EVENTS and _first(words, phrases))
    return own if len(own) < 2 else own - {"open", "showdown"}


def folded_names(names: Sequence[str]) -> frozenset[str]:
    """Names of a race as headings are compared with them, with and without their year."""
    folded = {_folded(name).strip() for name in names}
    return frozenset((folded | {_YEAR.sub("", name).strip() for name in folded}) - {""})


def _folded(text: str) -> str:
    """The words of a text in small letters, each between two spaces."""
    return f" {' '.join(_WORD.findall(text[:MAX_HEADING_LENGTH].lower()))} "


def _first(words: str, phrases: Sequence[str]) -> str:
    """The longest of the phrases that the words have; "" where they have none."""
    return max((phrase for phrase in phrases if f" {phrase} " in words), key=len, default="")


def _event_of(heading: str, own: frozenset[str], race_names: frozenset[str]) -> HeadingEvent | None:
    words = _folded(heading)
    for name in race_names:
        words = words.replace(f" {name} ", " ")
    for kind, phrases in EVENT_PHRASES:
        phrase = _first(words, phrases)
        if phrase and kind not in own:
            return HeadingEvent(kind, _number_beside(words, phrase), heading.strip())
    return None


def _own_number(heading: str) -> int | None:
    """The number of "Race 1", "Second race" or "#2" under the heading of an event; None for any other heading."""
    words = [word for word in _folded(heading).split() if word not in {"race", "results", "result", "no", "number"}]
    return _number_beside(f" {words[0]} | ", "|") if len(words) == 1 else None


def _number_beside(words: str, phrase: str) -> int | None:
    """The number of "Duel 1", "second heat", "Heat Race #2", "Twin 125 Race 1"."""
    before, _, behind = words.partition(f" {phrase} ")
    following = [word for word in behind.split() if word not in {"race", "number", "no", "qualifier"}]
    for word in (*following[:1], *before.split()[-1:]):
        digits = _DIGITS.fullmatch(word)
        number = int(digits[1]) if digits else _NUMBERS.get(word) or _ROMAN.get(word)
        if number:
            return number
    return _LETTERS.get(following[0]) if following[:1] and following[0] in {"a", "b"} else None


def _kind_of(heading: str, race_names: frozenset[str]) -> str | None:
    """The kind that one heading announces; "results" where it says no more than that."""
    words = _folded(heading)
    if words.strip() in race_names:
        return "race"
    for _, phrases in EVENT_PHRASES:
        phrase = _first(words, phrases)
        # "Last chance qualifier" speaks of no qualifying, "qualifying race" neither.
        words = words.replace(f" {phrase} ", " | ", 1) if phrase else words
    strong = [
        (words.index(f" {phrase} "), kind) for kind, phrases in _STRONG_KINDS if (phrase := _first(words, phrases))
    ]
    race = _first(words, _RACE_PHRASES)
    if strong and (not race or min(strong)[0] < words.index(f" {race} ")):
        return min(strong)[1]
    if race or words.strip() in _WHOLE_RESULT_HEADINGS:
        return "race"
    return "results" if _first(words, _RESULT_PHRASES) or _has_race_name(words, race_names) else None


def _has_race_name(words: str, race_names: frozenset[str]) -> bool:
    return any(f" {name} " in words for name in race_names if " " in name)


def _names_only_a_session(heading: str) -> bool:
    """Whether an outer heading is of one session alone, and not "Qualifying and race results"."""
    words = _folded(heading).split()
    return not {"race", "results", "result", "and", "standings", "report"} & set(words)
