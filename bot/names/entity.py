"""Entities: the things that have names, from which the name index is built."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from bot.racing.series import SHORT_SERIES_NAMES

__all__ = [
    "KINDS",
    "LABEL_SEPARATOR",
    "MAX_LABEL_LENGTH",
    "CarNumber",
    "Entity",
    "RaceEvent",
    "distinction",
    "short_key",
]

KINDS = ("driver", "race", "track", "team", "manufacturer", "series", "season")
LABEL_SEPARATOR = " · "  # between the name and what tells it apart, in a label
MAX_LABEL_LENGTH = 100  # characters of a choice that Discord shows and may send back


@dataclass(frozen=True, slots=True)
class CarNumber:
    """The use of a number: a driver ran `car` (text: "07" is not "7") in `starts` races of a season of a series."""

    series: str
    season: int
    car: str
    starts: int = 1


@dataclass(frozen=True, slots=True)
class RaceEvent:
    """When and where one running of a race was.

    `sessions` are the titles of the sessions the archive holds ("Race", "Stage 1"), `standings` the championships
    whose table after this race it holds ("drivers"). `rounds` is how many races a document says its season had;
    `winner` and `winner_team` are who won it, by their canonical names.
    """

    series: str | None = None
    season: int | None = None
    round: int | None = None
    day: date | None = None
    track: str | None = None
    place: str | None = None
    sessions: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    rounds: int | None = None
    winner: str | None = None
    winner_team: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that has a name.

    `value` is its identity, what a choice carries and what resolving gives back: the canonical name, for a race its
    key ("cup-2023-17"), for a series its id ("cup"). `name` is what is shown ("Ally 400"), `label` one line for a list
    of choices, at most 100 characters, unique among its kind. `spellings` are other ways documents write the name.
    `starts`, `wins` and seasons make the prior. `event` is set for one running of a race. `team` is whom a driver drove
    for last, `series` are the ids of those that a team raced in, the latest first.
    """

    kind: str
    value: str
    name: str
    label: str
    spellings: tuple[str, ...] = ()
    starts: int = 0
    wins: int = 0
    first_season: int | None = None
    last_season: int | None = None
    cars: tuple[CarNumber, ...] = ()
    event: RaceEvent | None = None
    team: str = ""
    series: tuple[str, ...] = ()


def distinction(entity: Entity) -> str:
    """“2004 to 2025 · No. 8, Richard Childress Racing · Cup, Truck · 232 wins”, what tells one name from another.

    Of a race it is the rest of its label, “2023 · Nashville · Cup”.
    """
    if entity.event is not None:
        return entity.label.partition(LABEL_SEPARATOR)[2]
    first, last = entity.first_season, entity.last_season
    years = "" if first is None or last is None else str(first) if first == last else f"{first} to {last}"
    latest = max(entity.cars, key=lambda car: (car.season, car.starts), default=None)
    series = dict.fromkeys((*(car.series for car in sorted(entity.cars, key=lambda car: -car.season)), *entity.series))
    parts = (
        years,
        ", ".join(filter(None, (f"No. {latest.car}" if latest else "", entity.team))),
        ", ".join(SHORT_SERIES_NAMES.get(one, one) for one in series),
        f"{entity.wins} win{'s' * (entity.wins != 1)}" if entity.wins else "",
    )
    return LABEL_SEPARATOR.join(filter(None, parts))


@lru_cache(maxsize=32_768)  # the names of the whole history are a third of that; a load asks for each twice
def short_key(kind: str, value: str) -> str:
    """Eight characters [a-z2-7] that stand for an entity in a button, the same in every process and after every load.

    Forty bits of BLAKE2b over kind and canonical value: among 10,000 names a collision has a chance of 1 in 20,000,
    and a load that meets one refuses it.
    """
    digest = blake2b(f"{kind}\0{value}".encode(), digest_size=5).digest()
    return b32encode(digest).decode().lower()
