"""Tables whose columns have a role and whose cells have values that can be compared."""

from dataclasses import dataclass
from enum import StrEnum

from bot.cards import SourceLine

__all__ = ["CellKind", "ColumnRole", "RawRow", "TableCell", "TableColumn", "TableRow", "TypedTable"]


class ColumnRole(StrEnum):
    """What a column tells of its row, whatever its heading is."""

    PLACE = "place"
    GRID = "grid"
    CAR_NUMBER = "car number"
    PERSON = "person"
    SECOND_PERSON = "second person"
    TEAM = "team"
    MAKE = "make"
    CAR = "car"
    CHASSIS = "chassis"
    ENGINE = "engine"
    TYRE = "tyre"
    LAPS = "laps"
    LAPS_LED = "laps led"
    TIME = "time"
    GAP = "gap"
    STATUS = "status"
    POINTS = "points"
    MONEY = "money"
    SPEED = "speed"
    ROUND = "round"
    YEAR = "year"
    DAY = "day"
    RACE = "race"
    TRACK = "track"
    PLACE_NAME = "place name"
    COUNTRY = "country"
    POLE = "pole"
    FASTEST_LAP = "fastest lap"
    WINNER = "winner"
    WINNING_TEAM = "winning team"
    CLASS = "class"
    SPONSOR = "sponsor"
    OWNER = "owner"
    CREW_CHIEF = "crew chief"
    REPORT = "report"
    OTHER = "other"


class CellKind(StrEnum):
    """What the amount of a cell counts: nothing, a plain number, seconds, or days since the year 0."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it is written: its cells, "" where one is empty, and the lines it stands on."""

    sources: tuple[SourceLine, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as written, its words in the one form of `fold`, and its amount.

    `amount` is a number, seconds or days, as `kind` says; None for text. A gap behind the winner ("+2.1") is the
    whole time, where the table has the winner's. `month` and `year` are those of a day, 0 where it has none.
    """

    text: str
    words: tuple[str, ...]
    kind: CellKind = CellKind.TEXT
    amount: float | None = None
    month: int = 0
    year: int = 0


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its number from 0, its heading, the words of that, its role, and what most of its cells are."""

    number: int
    heading: str
    words: tuple[str, ...]
    role: ColumnRole
    kind: CellKind


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its number from 0, as many cells as there are columns, and the lines it stands on."""

    number: int
    cells: tuple[TableCell, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table under its title ("2007 Aaron's 499") and the headings above it, outermost first."""

    title: str
    headings: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]

    def column_of(self, *roles: ColumnRole) -> TableColumn | None:
        """The first column of the first of these roles that the table has; None where it has none of them."""
        for role in roles:
            for column in self.columns:
                if column.role is role:
                    return column
        return None
