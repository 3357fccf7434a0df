"""Data of a race for the checks: its facts, entries, sessions and standings; and the findings of a check."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlmodel import SQLModel

from bot.archive.models.core import Conflict, Entry, FactRecord, Race, RaceSession, SessionRow, Standing
from bot.racing.sessions import is_stage, session_rank

__all__ = ["CheckState", "CheckedRow", "Finding", "RaceData", "Rule", "failed", "passed", "undecided"]

CheckState = Literal["holds", "fails", "unknown"]
CheckedRow = Entry | FactRecord | RaceSession | SessionRow | Standing


@dataclass(frozen=True, slots=True)
class Finding:
    """One value that was checked: it `passed`, `failed`, or is `undecided` because something needed is missing.

    `text` is one line for people; `document` and `line` are where the checked value stands.
    """

    state: CheckState
    text: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class RaceData:
    """One race and its tables. `session_rows` maps a session key to its rows in published order.

    `conflicts` are the values that are not shown.
    """

    race: Race
    facts: Mapping[str, FactRecord]
    entries: tuple[Entry, ...]
    race_sessions: Mapping[str, RaceSession]
    session_rows: Mapping[str, tuple[SessionRow, ...]]
    standings: Mapping[str, tuple[Standing, ...]]
    conflicts: tuple[Conflict, ...] = ()

    @classmethod
    def of(cls, race: Race, rows: Sequence[SQLModel]) -> "RaceData":
        """From the rows of one race."""
        session_rows: defaultdict[str, list[SessionRow]] = defaultdict(list)
        standings: defaultdict[str, list[Standing]] = defaultdict(list)
        for row in rows:
            if isinstance(row, SessionRow):
                session_rows[row.session].append(row)
            elif isinstance(row, Standing):
                standings[row.championship].append(row)
        return cls(
            race,
            {row.field: row for row in rows if isinstance(row, FactRecord)},
            tuple(row for row in rows if isinstance(row, Entry)),
            {row.key: row for row in rows if isinstance(row, RaceSession)},
            {key: tuple(of) for key, of in session_rows.items()},
            {key: tuple(of) for key, of in standings.items()},
            tuple(row for row in rows if isinstance(row, Conflict)),
        )

    def table(self, session: str) -> tuple[SessionRow, ...]:
        """The rows of a session that has a table; () where there are none, or only what a story says of it."""
        rows = self.session_rows.get(session, ())
        # A story gives a winner or a top ten without car numbers: too little to check an order or a sum by.
        return rows if rows and all(row.car and row.position for row in rows) else ()

    def fact_number(self, field: str) -> float | None:
        """A fact as a number; None where no document gives it."""
        fact = self.facts.get(field)
        return fact.number if fact else None

    @property
    def stage_keys(self) -> tuple[str, ...]:
        """The keys of the stages that have results, in order; the last stage ends with the race."""
        return tuple(sorted((key for key in self.session_rows if is_stage(key)), key=session_rank))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the sport's arithmetic: what must hold in `statement`, where it comes from, and the check itself."""

    key: str
    statement: str
    source: str
    check: Callable[[RaceData], Iterator[Finding]]


def passed(row: CheckedRow, text: str) -> Finding:
    """A finding that the rule holds for this row."""
    return Finding("holds", text, row.document, row.line)


def failed(row: CheckedRow, text: str) -> Finding:
    """A finding that this row breaks the rule."""
    return Finding("fails", text, row.document, row.line)


def undecided(row: CheckedRow, text: str) -> Finding:
    """A finding that the rule cannot be checked for this row; `text` says what is missing."""
    return Finding("unknown", text, row.document, row.line)
