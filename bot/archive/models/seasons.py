"""Tables of whole seasons: schedules, with races to come, and championships race by race. Rules as in `core`.

A race to come has no row in `race`: so no command but the schedule's finds it. `race` here is the key of the race that
a row of a schedule tells of, None where the archive has none; it is no foreign key, because a race is deleted and made
anew by a load that leaves the season as it is.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlmodel import Field, SQLModel

__all__ = ["SEASON_MODELS", "ScheduledRace", "SeasonBuild", "SeasonConflict", "SeasonFinish", "SeasonStanding"]


class ScheduledRace(SQLModel, table=True):
    """Row of a season's schedule; `number` is its place in it, from 1.

    `start` is the time of day in `zone` ("15:30", "America/New_York"), `starts_at` the same moment in UTC
    ("2026-02-15T19:30:00Z"). What is no day or time is kept as written. `status` is "", "cancelled" or "postponed",
    from `first_day`. A race that does not `counts` is outside the championship and has no round. `winners_line` is the
    line of the results, where one tells who won.
    """

    __tablename__ = "scheduled_race"
    __table_args__ = (
        CheckConstraint("number > 0"),
        CheckConstraint("round > 0"),
        Index("scheduled_race_race", "race"),
    )
    series: str = Field(primary_key=True)
    season: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    series_name: str = ""
    race: str | None = None
    round: int | None = None
    name: str | None = None
    track: str | None = None
    place: str | None = None
    day: date | None = None
    written_day: str = ""
    start: str | None = None
    zone: str | None = None
    written_start: str = ""
    starts_at: str | None = None
    network: str | None = None
    radio: str | None = None
    status: str = ""
    first_day: date | None = None
    counts: bool = True
    winner: str | None = None
    winner_car: str | None = None
    winner_team: str | None = None
    winner_manufacturer: str | None = None
    pole_driver: str | None = None
    most_laps_led_driver: str | None = None
    fastest_lap_driver: str | None = None
    report: str | None = None
    winners_document: str | None = None
    winners_line: int | None = None
    document: str
    line: int


class SeasonStanding(SQLModel, table=True):
    """Row of a championship of a season; `number` is its place in the published order.

    `races` counts the races that the table has results of, `rounds` those it has columns for: where they are equal the
    season is over. `position` is None for who is not ranked. Points may be fractions.
    `above_cut` is the last row above the cut-off of the playoffs, where the table draws it.
    """

    __tablename__ = "season_standing"
    __table_args__ = (CheckConstraint("number > 0"), CheckConstraint("position > 0"), CheckConstraint("races >= 0"))
    series: str = Field(primary_key=True)
    season: int = Field(primary_key=True)
    championship: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    series_name: str = ""
    position: int | None = None
    written_position: str = ""
    name: str = Field(index=True)
    car: str | None = None
    team: str | None = None
    points: float | None = None
    written_points: str = ""
    stage_points: int | None = None
    playoff_points: int | None = None
    rookie: bool = False
    ineligible: bool = False
    above_cut: bool = False
    starts: int = 0
    wins: int = 0
    top_fives: int = 0
    top_tens: int = 0
    races: int = 0
    rounds: int = 0
    document: str
    line: int
    agree: int = 1


class SeasonFinish(SQLModel, table=True):
    """What a championship's grid says of one race of one row of it: `text` as written, `position` where it is a place.

    `number` is that of the row; `race` is the heading of a column of a race ("DAY"), `race_number` counts these from 1.
    """

    __tablename__ = "season_finish"
    __table_args__ = (CheckConstraint("position > 0"),)
    series: str = Field(primary_key=True)
    season: int = Field(primary_key=True)
    championship: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    race_number: int = Field(primary_key=True)
    race: str
    text: str
    position: int | None = None
    pole: bool = False
    most_laps_led: bool = False
    document: str
    line: int


class SeasonConflict(SQLModel, table=True):
    """Two values that documents of a season give for one cell; the columns are those of `Conflict`.

    `value_name` is the text of a `CellRef`: "schedule: Daytona 500: day", "drivers standings: Kyle Larson: points".
    """

    __tablename__ = "season_conflict"
    series: str = Field(primary_key=True)
    season: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    value_name: str
    value: str
    document: str
    line: int
    other_value: str
    other_document: str
    other_line: int
    reason: str


class SeasonBuild(SQLModel, table=True):
    """Inputs that the rows of a season were made from; while they stay the same, so do its rows.

    `inputs` is a digest of its documents and of the races they were matched with, `spellings` one of how its names are
    spelled; `names` are these names, as JSON, compressed with zlib.
    """

    __tablename__ = "season_build"
    series: str = Field(primary_key=True)
    season: int = Field(primary_key=True)
    series_name: str
    inputs: str
    spellings: str
    program: str
    names: bytes = Field(sa_type=LargeBinary)


SEASON_MODELS: tuple[type[SQLModel], ...] = (ScheduledRace, SeasonStanding, SeasonFinish, SeasonConflict, SeasonBuild)
