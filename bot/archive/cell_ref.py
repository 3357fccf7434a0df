"""The name of one cell of a race's tables, as the archive keeps it: "race: Ross Chastain: laps".

Conflicts, supports, reports of loads and people's corrections are kept under this text, so it stays as it is. A fact of
the whole race has no table: there its plain field name stands ("date").
"""

from dataclasses import dataclass

__all__ = ["ENTRY_LIST_TABLE", "SESSION_TABLE", "CellRef", "is_standings_table", "standings_table"]

SEPARATOR = ": "
ENTRY_LIST_TABLE, SESSION_TABLE = "entry list", "session"
STANDINGS_SUFFIX = " standings"


@dataclass(frozen=True, slots=True)
class CellRef:
    """One cell: its table, the subject of its row (a driver, a team, a session, a passage), and its column.

    `table` is the key of a session, or ENTRY_LIST_TABLE, SESSION_TABLE or a `standings_table`. Tables and columns are
    words of ours and never contain ": "; a subject is a person's words and may. Raises ValueError where one of ours
    does.
    """

    table: str
    subject: str
    column: str

    def __post_init__(self) -> None:
        # Read back by cutting at the first and at the last separator, whatever the subject has between them.
        if SEPARATOR in self.table or SEPARATOR in self.column:
            raise ValueError(f"{self.table!r} or {self.column!r} has {SEPARATOR!r} in it and could not be read back")

    def __str__(self) -> str:
        return f"{self.row}{SEPARATOR}{self.column}"

    @property
    def row(self) -> str:
        """The row as people read it: "race: Ross Chastain"."""
        return f"{self.table}{SEPARATOR}{self.subject}"

    @classmethod
    def find(cls, text: str) -> "CellRef | None":
        """The cell that a text names; None where it names none: the field of a fact, or words such as "a moment"."""
        table, _, rest = text.partition(SEPARATOR)
        subject, separator, column = rest.rpartition(SEPARATOR)
        return cls(table, subject, column) if separator else None

    @classmethod
    def parse(cls, text: str) -> "CellRef":
        """The cell behind the text of one. Raises ValueError for any other text."""
        cell = cls.find(text)
        if cell is None:
            raise ValueError(f"{text!r} names no cell: that is table: subject: column")
        return cell


def standings_table(championship: str) -> str:
    """The table of a championship ("drivers", "manufacturers", "owners") as cells name it: "drivers standings"."""
    return f"{championship}{STANDINGS_SUFFIX}"


def is_standings_table(table: str) -> bool:
    """Whether a table is that of a championship."""
    return table.endswith(STANDINGS_SUFFIX)
