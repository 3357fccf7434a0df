"""What one document says of a season, and which races its rows tell of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.documents.season import SeasonClaims

__all__ = ["SeasonDocument", "names_of_season"]


@dataclass(frozen=True, slots=True)
class SeasonDocument:
    """A document by its file name; `races` has the key of the race of each event, counted from 1, that has one."""

    name: str
    claims: SeasonClaims
    races: Mapping[int, str]


def names_of_season(claims: SeasonClaims) -> tuple[str, ...]:
    """Every name of a driver, team, make or track as written, each once, in order."""
    return tuple(sorted(set(_names(claims))))


def _names(claims: SeasonClaims) -> Iterator[str]:
    for event in claims.events:
        for claim, columns in (
            (event.scheduled, ("track",)),
            (
                event.winners,
                ("track", "winner", "pole_driver", "most_laps_led_driver", "fastest_lap_driver", "winner_team",
                 "winner_manufacturer"),
            ),
        ):  # fmt: skip
            yield from (getattr(claim, column) for column in columns if claim and getattr(claim, column))
    for row in claims.standings:
        yield row.name
        if row.team:
            yield row.team
