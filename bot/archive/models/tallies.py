"""Tables of tallies: what each driver, team and make did in each season and at each track, counted by the load.

A career is read from a handful of these rows instead of a thousand results. They are counted over the rows of session
"race" with a finishing position; who did not start or withdrew has no start. Rules as in `core`.
"""

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlmodel import Field, SQLModel

from bot.archive.models.key_order import KEY_ORDERED

__all__ = ["CareerTally", "HistoryDocument", "HistoryRaceRecord", "SeasonTally", "TeamTally", "TrackTally"]


class TallyCounts(SQLModel):
    """Columns that every tally has.

    `poles` are starts from grid 1. What results of early years do not tell has a count of the starts that do tell it
    beside its sum: `grid_sum` over `grids`, `laps_led` over `led_known`, `rating_sum` over `ratings`. `finish_sum` is
    over all `starts`.
    """

    starts: int = 0
    wins: int = 0
    top_fives: int = 0
    top_tens: int = 0
    poles: int = 0
    finish_sum: int = 0
    best_finish: int | None = None
    grids: int = 0
    grid_sum: int = 0
    laps_led: int = 0
    led_known: int = 0
    ratings: int = 0
    rating_sum: float = 0.0


class SeasonTally(TallyCounts, table=True):
    """Tally of one driver (with one car number), team or make in one season of a series.

    `kind` is "driver", "team" or "manufacturer". A driver has a row for each `car` of the season ("" where no number
    is known); the others have one row, with car "". `points` are those scored in races, over `points_known` starts:
    they are on the scale of their season and are no standings. `races` counts races, for a team may start several cars.
    """

    __tablename__ = "season_tally"
    __table_args__ = (
        CheckConstraint("kind in ('driver', 'team', 'manufacturer')"),
        CheckConstraint("starts >= 0"),
        # Records of a season read all drivers of it, careers one name in all seasons: those find it by the key.
        Index("season_tally_season", "kind", "series", "season"),
    )
    kind: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    series: str = Field(primary_key=True)
    season: int = Field(primary_key=True)
    car: str = Field(primary_key=True, default="")
    races: int = 0
    points: int = 0
    points_known: int = 0


class TeamTally(SQLModel, table=True):
    """Tally of one driver for one team with one `car` number ("" where none is known) in one season of a series.

    Without it the drivers of a team of 8,000 results are counted anew for each question, which takes 13 ms.
    """

    __tablename__ = "team_tally"
    __table_args__ = (CheckConstraint("starts > 0"), CheckConstraint("wins >= 0"))
    team: str = Field(primary_key=True)
    series: str = Field(primary_key=True)
    season: int = Field(primary_key=True)
    driver: str = Field(primary_key=True)
    car: str = Field(primary_key=True, default="")
    starts: int
    wins: int


class CareerTally(TallyCounts, table=True):
    """Tally of one driver in a series over all seasons: the sum of the driver's rows of `season_tally`."""

    __tablename__ = "career_tally"
    __table_args__ = (CheckConstraint("starts >= 0"), Index("career_tally_series", "series"))
    driver: str = Field(primary_key=True)
    series: str = Field(primary_key=True)
    first_season: int
    last_season: int


class TrackTally(TallyCounts, table=True):
    """Tally of one driver at one track in a series, over all seasons."""

    __tablename__ = "track_tally"
    __table_args__ = (CheckConstraint("starts >= 0"), Index("track_tally_track", "track", "series"))
    driver: str = Field(primary_key=True)
    series: str = Field(primary_key=True)
    track: str = Field(primary_key=True)
    first_season: int
    last_season: int


class HistoryDocument(SQLModel, table=True):
    """Cache of a document of the sport's history, so that the next load does not parse it again.

    `names` is JSON, compressed with zlib: how often each name is written, and how it was spelled in the rows.
    """

    __tablename__ = "history_document"
    document: str = Field(primary_key=True)
    digest: str
    kind_override: str
    program: str
    series: str
    lines: int
    rows: int
    names: bytes = Field(sa_type=LargeBinary)


class HistoryRaceRecord(SQLModel, table=True):
    """Race of such a document: the lines it stands on (counted from 1), a digest of them, and what it is called.

    The names are as the document writes them.
    """

    __tablename__ = "history_race"
    __table_args__ = (CheckConstraint("first_line > 0"), CheckConstraint("last_line >= first_line"), KEY_ORDERED)
    document: str = Field(primary_key=True)
    race: str = Field(primary_key=True)
    first_line: int
    last_line: int
    digest: str
    name: str
    track: str
    winner: str | None = None
