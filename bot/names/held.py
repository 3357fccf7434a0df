"""What races can be named by: every name, track and place, with its spellings, its nicknames and its runnings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.names.aliases import Aliases, given
from bot.names.entity import Entity
from bot.names.fold import fold
from bot.names.prior import likelihood
from bot.names.runnings import moment

__all__ = ["Held", "all_held", "likely", "nicknames_of"]

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
        yield Held(what, written[0], tuple(of)), tuple(folded_once(one) for one in written)


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
    for number, names in nicknames.items():
        if held[number][0] == "race":
            nicknames[number] = [name for name in names if not _by_place(name, places)]
    return dict(nicknames), frozenset(absent - known)


def _by_place(nickname: str, places: set[str]) -> bool:
    """Whether a nickname only says where and when ("richmond spring race").

    Where tracks and days are known, they tell better than the sponsor that the race there had in one season.
    """
    words = nickname.split()
    rest = [word for word in words if word not in WHEN]
    if {"spring", "summer", "fall"}.intersection(words):
        return any(word in places for word in rest)
    return " ".join(rest) in places
