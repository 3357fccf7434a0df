"""Tables of the archive. Units are in the names, rules are constraints, and every row says where it comes from.

There are two kinds. *Derived* tables are a pure function of the active documents and corrections and are made anew by
a load. *User* tables have what cannot be derived again: the documents themselves, what people entered, the log.

Names are stored in their canonical spelling: one person, team, track or make has one spelling in the whole archive,
and that spelling is its identity. A race is known by its `key`, such as "cup-2023-17". `document` is the file name
of the source and `line` the line in it, counted from 1; a value that the catalogue gives has the catalogue's name.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.archive.models.build_cache import ParsedDocumentRecord, RaceBuild, ReadingRecord
from bot.archive.models.evidence import Check, Conflict, Support
from bot.archive.models.fetching import FETCHING_MODELS
from bot.archive.models.key_order import KEY_ORDERED
from bot.archive.models.names import Name, Spelling
from bot.archive.models.news import NEWS_MODELS
from bot.archive.models.page_tables import PageTableRecord
from bot.archive.models.preferences import PREFERENCE_MODELS
from bot.archive.models.seasons import SEASON_MODELS
from bot.archive.models.story import Broadcast, Footnote, Incident, Passage, PassagePerson, RawBlock
from bot.archive.models.tallies import (
    CareerTally,
    HistoryDocument,
    HistoryRaceRecord,
    SeasonTally,
    TeamTally,
    TrackTally,
)
from bot.archive.models.user_data import USER_MODELS
from bot.racing.sessions import RACE_SESSION
from bot.racing.statuses import NO_START_STATUSES

__all__ = [
    "DERIVED_TABLES",
    "NO_START_ROW",
    "USER_TABLES",
    "Broadcast",
    "CareerTally",
    "Check",
    "Conflict",
    "Entry",
    "FactRecord",
    "Footnote",
    "HistoryDocument",
    "HistoryRaceRecord",
    "Incident",
    "Name",
    "Passage",
    "PassagePerson",
    "Race",
    "RaceSession",
    "RawBlock",
    "SeasonTally",
    "SessionRow",
    "Source",
    "Spelling",
    "Standing",
    "Support",
    "TeamTally",
    "TrackTally",
    "Version",
]


class Version(SQLModel, table=True):
    """Data version, in one row: `number` grows with every load that changes something.

    `preferences` grows with every change of what servers, channels or people prefer.
    """

    __tablename__ = "version"
    __table_args__ = (CheckConstraint("id = 1"), CheckConstraint("number >= 0"))
    id: int = Field(default=1, primary_key=True)
    number: int = 0
    schema_stamp: str = ""
    loaded_at: datetime | None = None
    preferences: int = 0


class Source(SQLModel, table=True):
    """Document that the archive stands on. `kind` is shown to people ("race page"); `race` is None where unknown.

    `address` is the page of the web that it came from, where it says so.
    """

    __tablename__ = "source"
    document: str = Field(primary_key=True)
    digest: str
    kind: str
    title: str
    lines: int
    race: str | None = Field(default=None, index=True)
    appeared: date | None = None
    note: str = ""
    address: str = ""


# Rows of race tables that are no start, as a condition that an index and a query can share. Not as `status IN (...)`,
# for which SQLite looks into a table of its own for each row: the index took 0.24 s of a whole history, and takes 0.05.
_STATUS_OF_NO_START = " OR ".join(f"status = '{status}'" for status in NO_START_STATUSES)
NO_START_ROW = text(f"session = '{RACE_SESSION}' AND (position IS NULL OR {_STATUS_OF_NO_START})")


LAST_RACE = text("round = rounds")


class Race(SQLModel, table=True):
    """Race: what identifies it. All else that is single-valued is a `FactRecord`.

    `day` is race day, `place` the city and state. `field_size` is the number of cars in the race or its entry list, 0
    where unknown. `order_key` sorts races of a series by time ("2023-017").
    """

    __tablename__ = "race"
    __table_args__ = (
        UniqueConstraint("series", "season", "round"),
        CheckConstraint("season > 1900"),
        CheckConstraint("round > 0"),
        Index("race_order", "series", "order_key"),
        Index("race_track", "track"),
        Index("race_winner", "winner"),
        # A race a season: after which a championship table is the final one. With all columns that are asked for, since
        # SQLite takes any other index by series for as good.
        Index(
            "race_last",
            "series",
            "season",
            "key",
            "round",
            "rounds",
            sqlite_where=LAST_RACE,
        ),
    )
    key: str = Field(primary_key=True)
    series: str | None = None
    series_name: str | None = None
    season: int | None = None
    round: int | None = None
    rounds: int | None = None
    name: str | None = None
    day: date | None = None
    track: str | None = None
    place: str | None = None
    winner: str | None = None
    field_size: int = 0
    order_key: str = ""


class FactRecord(SQLModel, table=True):
    """Single-valued fact of a race.

    `field` is in `bot.racing.facts.FIELDS`; `value` is its text (dates are ISO), `number` the same as a number
    where it is one. `agree` counts the documents that say the same.
    """

    __tablename__ = "fact"
    __table_args__ = (CheckConstraint("agree > 0"), KEY_ORDERED)
    race: str = Field(primary_key=True, foreign_key="race.key")
    field: str = Field(primary_key=True)
    value: str
    number: float | None = None
    document: str
    line: int
    agree: int = 1


class Entry(SQLModel, table=True):
    """Car of the entry list; `position` is its place in the list, from 1."""

    __tablename__ = "entry"
    __table_args__ = (CheckConstraint("position > 0"),)
    race: str = Field(primary_key=True, foreign_key="race.key")
    position: int = Field(primary_key=True)
    car: str
    driver: str = Field(index=True)
    team: str | None = None
    manufacturer: str | None = None
    rookie: bool = False
    ineligible: bool = False
    document: str
    line: int


class RaceSession(SQLModel, table=True):
    """Session of a race weekend: `key` is "race", "qualifying", "practice", "stage-1" ...

    `rank` orders the sessions of a weekend as a person would list them. `rows` are published rows; `laps` its length.
    """

    __tablename__ = "race_session"
    __table_args__ = (CheckConstraint("laps > 0"), CheckConstraint("rows >= 0"), KEY_ORDERED)
    race: str = Field(primary_key=True, foreign_key="race.key")
    key: str = Field(primary_key=True)
    title: str
    rank: int
    laps: int | None = None
    rows: int = 0
    document: str
    line: int


class SessionRow(SQLModel, table=True):
    """Result of one car in one session; None means that the documents do not say.

    `number` is the row's place in the published order, from 1. `position` may be missing, and a recap may have only
    some rows. `points` in a stage are stage points, in the race the race's total. `round_N_s` are qualifying rounds.
    `rating` is the sport's driver rating, 0 to 150; `gap_s` the seconds behind the first.
    """

    __tablename__ = "session_row"
    __table_args__ = (
        CheckConstraint("position > 0"),
        CheckConstraint("grid >= 0"),
        CheckConstraint("laps >= 0"),
        CheckConstraint("laps_led >= 0"),
        CheckConstraint("time_s > 0"),
        CheckConstraint("speed_mph > 0"),
        CheckConstraint("rating >= 0"),
        CheckConstraint("gap_s >= 0"),
        # In this order the races of a driver or team are found without a row of anybody else being read.
        Index("session_row_driver", "driver", "session", "race"),
        Index("session_row_team", "team", "session", "race"),
        # Some sixty of 180,000 rows: who stands in the table of a race without a start, asked for by every load.
        Index("session_row_no_start", "driver", "race", sqlite_where=NO_START_ROW),
        KEY_ORDERED,
    )
    race: str = Field(primary_key=True, foreign_key="race.key")
    session: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    position: int | None = None
    car: str | None = None
    driver: str
    team: str | None = None
    manufacturer: str | None = None
    grid: int | None = None
    laps: int | None = None
    points: int | None = None
    time_s: float | None = None
    speed_mph: float | None = None
    round_1_s: float | None = None
    round_2_s: float | None = None
    round_3_s: float | None = None
    laps_led: int | None = None
    status: str | None = None
    rating: float | None = None
    gap_s: float | None = None
    rookie: bool = False
    ineligible: bool = False
    document: str
    line: int
    agree: int = 1


class Standing(SQLModel, table=True):
    """Row of a championship table after a race: `gap` is points behind the leader, `car` that of an owner's row.

    `change` is the size of the move in places since the race before, its direction lost with the arrows; `before` the
    position before it, where the sizes leave only one. `number` is the published order: ties stay. `marks` ("x-", "*").
    """

    __tablename__ = "standing"
    __table_args__ = (CheckConstraint("position > 0"), CheckConstraint("gap >= 0"), CheckConstraint("change >= 0"))
    race: str = Field(primary_key=True, foreign_key="race.key")
    championship: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    position: int
    name: str = Field(index=True)
    points: int
    gap: int | None = None
    change: int | None = None
    before: int | None = None
    rookie: bool = False
    car: str | None = None
    marks: str | None = None
    document: str
    line: int
    agree: int = 1


USER_TABLES: tuple[type[SQLModel], ...] = (Version, *USER_MODELS, *FETCHING_MODELS, *PREFERENCE_MODELS, *NEWS_MODELS)
DERIVED_TABLES: tuple[type[SQLModel], ...] = (
    Source, Race, FactRecord, Entry, RaceSession, SessionRow, Standing, Broadcast, Incident, Passage, PassagePerson,
    Footnote, RawBlock, Conflict, Support, Check, Name, Spelling, ParsedDocumentRecord, ReadingRecord, RaceBuild,
    SeasonTally, CareerTally, TeamTally, TrackTally, HistoryDocument, HistoryRaceRecord, *SEASON_MODELS,
    PageTableRecord,
)  # fmt: skip
