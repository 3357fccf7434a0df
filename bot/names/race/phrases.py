"""Phrases beside names by which people mean a race: the table beside this file, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.racing.race_key import RaceKey

__all__ = ["FamousRace", "OutsidePhrase", "RacePhraseTable", "load_phrases"]


@dataclass(frozen=True, slots=True)
class OutsidePhrase:
    """What no archive of championship races has: its folded names, why, and what is `near` ("" for nothing)."""

    names: tuple[str, ...]
    reason: str
    near: str = ""


@dataclass(frozen=True, slots=True)
class FamousRace:
    """A race known by names of its own: its key, the name it had, and what it is known for."""

    names: tuple[str, ...]
    key: str
    race: str
    why: str

    def as_outside(self) -> OutsidePhrase:
        """The same for an archive that has no such race."""
        season = RaceKey.parse(self.key).season
        return OutsidePhrase(self.names, f"that is the {season} {self.race}, which no document here tells")


@dataclass(frozen=True, slots=True)
class RacePhraseTable:
    """The whole table, by what a phrase says; every phrase is folded.

    `filler` says nothing about which race, `moments` are those of it that tell of something in a race, and a number
    after one of `counted` counts something within it. `season_places` count the races of a season from 1 or, negative,
    from its end; `places_in_order` those of a season at one place; `seasons_back` count seasons before the latest.
    """

    filler: frozenset[str]
    moments: frozenset[str]
    counted: frozenset[str]
    questions: frozenset[str]
    season_places: Mapping[str, int]
    places_in_order: Mapping[str, int]
    earliest: tuple[str, ...]
    latest: tuple[str, ...]
    season_parts: Mapping[str, str]
    seasons_back: Mapping[str, int]
    outside: tuple[OutsidePhrase, ...]
    famous: tuple[FamousRace, ...]


@cache
def load_phrases() -> RacePhraseTable:
    """The table, read once."""
    table = tomllib.loads(files("bot.names.race").joinpath("phrases.toml").read_text(encoding="utf-8"))
    return RacePhraseTable(
        frozenset(word for words in table["filler"].values() for word in words),
        frozenset(table["filler"]["moments"]),
        frozenset(table["counted"]["words"]),
        frozenset(table["questions"]["words"]),
        table["season_places"],
        table["places_in_order"],
        tuple(table["earliest"]["words"]),
        tuple(table["latest"]["words"]),
        table["season_parts"],
        table["seasons_back"],
        tuple(OutsidePhrase(tuple(one["names"]), one["reason"], one.get("near", "")) for one in table["outside"]),
        tuple(FamousRace(tuple(one["names"]), one["key"], one["race"], one["why"]) for one in table["famous"]),
    )
