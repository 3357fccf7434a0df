"""The keys of races: "cup-2023-17" where series, season and round are all told, else the race's name or its document.

Keys are kept in every table, in people's corrections and ties, and in histories, so their text stays as it is. The
full key is a frozen dataclass with that text as its `str`, because its parts are asked for; the keys of races whose
round nobody tells are text that nobody takes apart, so functions make them.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

__all__ = ["RaceKey", "key_by_document", "key_by_name", "race_order_key"]

# What people may type as a new race: a series of one word, as the national ones are. The key of another series, such as
# "nascar-winston-west-series-1990-3", cannot be told from a key by name.
_FULL_KEY = re.compile(r"(?P<series>[a-z0-9]{1,40})-(?P<season>(?:19|20)\d\d)-(?P<round>[1-9]\d?)")


@dataclass(frozen=True, slots=True)
class RaceKey:
    """The key of a race of which series (its id), season and round (counted from 1) are known."""

    series: str
    season: int
    round: int

    def __str__(self) -> str:
        return f"{self.series}-{self.season}-{self.round}"

    @classmethod
    def of(cls, series: str | None, season: int | None, round_number: int | None) -> "RaceKey | None":
        """The key of what is told of a race; None where one of the three is not told."""
        return cls(series, season, round_number) if series and season and round_number else None

    @classmethod
    def find(cls, text: str | None) -> "RaceKey | None":
        """The full key that a text is; None where it is a key by name or document, or no key at all."""
        found = _FULL_KEY.fullmatch(text or "")
        return cls(found["series"], int(found["season"]), int(found["round"])) if found else None

    @classmethod
    def parse(cls, text: str) -> "RaceKey":
        """The key behind the text of one, for races that only have full keys. Raises ValueError for any other text."""
        return _parse(text)


@lru_cache(maxsize=8_192)  # the whole history has 4,963 races, and a load asks for the key of each ten times
def _parse(text: str) -> RaceKey:
    series, season, round_number = text.rsplit("-", 2)
    return RaceKey(series, int(season), int(round_number))


def key_by_name(series: str | None, season: int, name_slug: str) -> str:
    """The key of a race whose round nobody tells: "cup-2023-ally-400"; "race" stands for a series that is not told."""
    return f"{series or 'race'}-{season}-{name_slug}"


def key_by_document(document_slug: str) -> str:
    """The key of a race of which neither name nor season is told: it is known by the one document that tells of it."""
    return f"told-in-{document_slug}"


def race_order_key(season: int | None, round_number: int | None, day: date | None) -> str:
    """Text by which the races of one series sort by time: "2023-017-2023-06-25"; what is not told sorts first."""
    return f"{season or 0:04d}-{round_number or 0:03d}-{day or ''}"
