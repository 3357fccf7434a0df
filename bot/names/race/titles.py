"""What races can be named by: every name, track and place, with its spellings, its nicknames and its runnings."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.language.fold import fold
from bot.names.aliases import Aliases, given
from bot.names.entity import Entity
from bot.names.prior import likelihood
from bot.names.race.editions import latest_first, moment

__all__ = ["Held", "all_held", "likely", "nicknames_of", "tailless"]

_YEAR = re.compile(r"(?:19|20)\d\d")
_DISTANCE = re.compile(r"[1-9]\d{2,3}k?")
FIELD = 36  # cars that start a race, so that races of the archive count like names with starts
# Words that say when, not which: "richmond spring race" is any spring race there.
WHEN = frozenset(
    ["spring", "summer", "fall", "night", "playoff", "race", "cup", "xfinity", "truck", "in", "the", "first", "second",
     "april", "june", "july", "august", "september", "october", "november"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """What a name stands for: the runnings of a race of that name, or all races at a track or place, latest first."""

    what: str  # "race", "track" or "place"
    title: str
    races: tuple[Entity, ...]
    titles: tuple[str, ...] = ()  # all the ways in which documents write it


def likely(held: Held, latest: int) -> float:
    """How likely a name is meant, from all its runnings together."""
    starts = sum(max(FIELD, race.starts) if race.event else race.starts for race in held.races)
    last = max((race.last_season or moment(race)[0].year for race in held.races), default=None)
    return likelihood(Entity("race", "", "", "", starts=starts, last_season=last), latest)


def all_held(races: Iterable[Entity], in_time: Iterable[Entity]) -> Iterator[tuple[Held, tuple[str, ...]]]:
    """Everything a race can be named by, with its folded spellings; `in_time` are the same races, latest first."""
    groups: defaultdict[tuple[str, str], list[Entity]] = defaultdict(list)
    spellings: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    folded_once = cache(fold)  # thousands of races have the same few hundred names, tracks and cities
    for race in in_time:
        for what, title in _titles(race):
            groups[what, folded_once(title)].append(race)
    for race in races:
        for what, title in _titles(race):
            spellings[what, folded_once(title)][title] = None
        if race.name:
            spellings["race", folded_once(race.name)].update(dict.fromkeys(race.spellings))
    for (what, folded), of in groups.items():
        written = tuple(spellings[what, folded])
        yield Held(what, written[0], tuple(of), written), tuple(folded_once(one) for one in written)


def tailless(held: Sequence[tuple[Held, Sequence[str]]]) -> Iterator[tuple[str, Held]]:
    """Folded names that documents go on with a sponsor or a place, each with the runnings that go on and that do not.

    "wawa 250" is the Wawa 250 of 2021 and the Wawa 250 Powered by Coca-Cola of 2025.
    """
    own = {text: one for one, texts in held if one.what == "race" and _has_season(one.races[0]) for text in texts}
    longer: defaultdict[str, list[Held]] = defaultdict(list)
    for text, one in own.items():
        if short := _before_tail(text):
            longer[short].append(one)
    for short, others in longer.items():
        every = {one.title: one for one in (*((own[short],) if short in own else ()), *others)}
        races = {race.value: race for one in every.values() for race in one.races}
        title = own[short].title if short in own else _cut(others[0].title, short)
        yield short, Held("race", title, tuple(latest_first(races.values())))


def _has_season(race: Entity) -> bool:
    """Whether it is one running; a catalogue of names alone keeps a name and the longer one apart."""
    return race.event is not None and race.event.season is not None


def _before_tail(folded: str) -> str:
    """A name up to its distance, where it goes on after that; "" where it does not.

    A qualifying race is another race than the one it qualifies for.
    """
    words = folded.split()
    for at in range(len(words) - 2, 0, -1):
        if _DISTANCE.fullmatch(words[at]) and any(word.isalpha() for word in words[:at]):
            tail = words[at + 1 :]
            return "" if any(word.startswith("qualif") for word in tail) else " ".join(words[: at + 1])
    return ""


def _cut(title: str, folded: str) -> str:
    """As much of a title as folds to this."""
    distance = folded.rsplit(maxsplit=1)[-1]
    end = title.lower().find(distance) + len(distance)
    return title[:end] if fold(title[:end]) == folded else folded


def _titles(race: Entity) -> Iterator[tuple[str, str]]:
    if race.name:
        yield "race", race.name
    if race.event and race.event.track:
        yield "track", race.event.track
    if race.event and race.event.place:
        yield "place", race.event.place
        for part in race.event.place.split(","):
            if part.strip() and part.strip() != race.event.place:
                yield "place", part.strip()


def nicknames_of(
    held: Sequence[tuple[str, Sequence[str]]], table: Aliases
) -> tuple[dict[int, list[str]], frozenset[str]]:
    """The nicknames of each race and track by its number, and the names of races that the index does not have."""
    nicknames: dict[int, list[str]] = {}
    absent: set[str] = set()
    known = {text for _, spellings in held for text in spellings}
    for what in ("race", "track"):
        owner = {text: n for n, (kind, texts) in reversed(list(enumerate(held))) if kind == what for text in texts}
        if owner:
            named, nobodys = given(owner, table.of(what))
            nicknames |= named
            absent |= nobodys
    known.update(name for names in nicknames.values() for name in names)
    places = {text for what, texts in held if what != "race" for text in texts}
    places.update(name for number, names in nicknames.items() if held[number][0] == "track" for name in names)
    where = {word for place in places for word in place.split()}
    for number, names in nicknames.items():
        if held[number][0] == "race":
            nicknames[number] = [name for name in names if not _by_place(name, places, where)]
    return dict(nicknames), frozenset(absent - known)


def _by_place(nickname: str, places: set[str], where: set[str]) -> bool:
    """Whether a nickname only says where and when ("richmond spring race", "atlanta 1992"); `where` are places' words.

    Where tracks and seasons are known, they tell better than the sponsor that the race there had in one season.
    """
    words = nickname.split()
    rest = [word for word in words if word not in WHEN]
    if {"spring", "summer", "fall"}.intersection(words):
        return any(word in where for word in rest)
    return " ".join(rest) in places or (bool(places) and any(_YEAR.fullmatch(word) for word in words))
