"""Claims about a whole season: its schedule, who won which race, and the championships race by race.

Like all claims they are what one document says, with the line it stands on, names as written, None where it does not
say. A race to come is a row of the schedule and no race: it has neither winner nor pole.
"""

from dataclasses import dataclass
from datetime import date

__all__ = ["FinishMark", "RaceWinners", "ScheduledRaceClaim", "SeasonClaims", "SeasonEvent", "SeasonStandingClaim"]


@dataclass(frozen=True, slots=True)
class ScheduledRaceClaim:
    """One row of a schedule. `start` is the time of day in `zone` ("15:30", "America/New_York"), as far as told.

    `written_day` and `written_start` are kept as written where they are no day or no time ("TBA", "March"). `status` is
    "", "cancelled" or "postponed"; `first_day` the day that a postponed race was to be run. A race that `counts` is one
    for the championship; of the others (the Clash, the Duels, the All-Star Race) `round` is None.
    """

    line: int
    race: str | None
    round: int | None = None
    track: str | None = None
    place: str | None = None
    day: date | None = None
    written_day: str = ""
    start: str | None = None
    zone: str | None = None
    written_start: str = ""
    network: str | None = None
    radio: str | None = None
    status: str = ""
    first_day: date | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class RaceWinners:
    """One row of a table of results by race: who had the pole, led most laps and won, and the title of the `report`.

    `round` is None for a race outside the championship.
    """

    line: int
    race: str | None
    round: int | None = None
    track: str | None = None
    pole_driver: str | None = None
    most_laps_led_driver: str | None = None
    fastest_lap_driver: str | None = None
    winner: str | None = None
    winner_car: str | None = None
    winner_team: str | None = None
    winner_manufacturer: str | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True)
class SeasonEvent:
    """One race of a season: its row of the schedule, its row of the results, or both."""

    scheduled: ScheduledRaceClaim | None = None
    winners: RaceWinners | None = None

    @property
    def line(self) -> int:
        """The line of the schedule, else that of the results."""
        return self.scheduled.line if self.scheduled else self.winners.line if self.winners else 1

    @property
    def race(self) -> str | None:
        """The name of the race: that of the schedule first."""
        return (self.scheduled.race if self.scheduled else None) or (self.winners.race if self.winners else None)

    @property
    def track(self) -> str | None:
        """The track, as the schedule has it, else the results."""
        return (self.scheduled.track if self.scheduled else None) or (self.winners.track if self.winners else None)

    @property
    def round(self) -> int | None:
        """The round of the championship; None for a race outside it, or where it is not told."""
        return (self.scheduled.round if self.scheduled else None) or (self.winners.round if self.winners else None)

    @property
    def winner(self) -> str | None:
        """Who won, None for a race to come."""
        return self.winners.winner if self.winners else None


@dataclass(frozen=True, slots=True)
class FinishMark:
    """What a championship's grid says of one race: `text` as written ("1*", "DNQ"), `position` where it is a place.

    `race` is the heading of its column ("DAY"), `number` counts the columns of races from 1. `pole` and `most_laps_led`
    are what bold and a star mean.
    """

    number: int
    race: str
    text: str
    position: int | None = None
    pole: bool = False
    most_laps_led: bool = False


@dataclass(frozen=True, slots=True)
class SeasonStandingClaim:
    """One row of a championship of a season. `championship` is "drivers", "manufacturers" or "owners".

    `position` is None for who is not ranked (`written_position` says why, "NC"). Points may be fractions: 842.5 won the
    title of 1949. `finishes` has the races that somebody was in; `ineligible` drivers count for another series.
    The last row over a line across the table that says "cut-off" is the one `above_cut`.
    """

    line: int
    championship: str
    name: str
    position: int | None = None
    written_position: str = ""
    points: float | None = None
    written_points: str = ""
    stage_points: int | None = None
    playoff_points: int | None = None
    car: str | None = None
    team: str | None = None
    rookie: bool = False
    ineligible: bool = False
    finishes: tuple[FinishMark, ...] = ()
    above_cut: bool = False


@dataclass(frozen=True, slots=True)
class SeasonClaims:
    """Everything that one document says of a season of a series, in its own order.

    `series` is the id of the series ("cup" or a slug), `series_name` its name as written. `rounds` are pairs of a
    championship and how many races its grid has columns for.
    """

    series: str
    season: int
    series_name: str
    events: tuple[SeasonEvent, ...] = ()
    standings: tuple[SeasonStandingClaim, ...] = ()
    rounds: tuple[tuple[str, int], ...] = ()
