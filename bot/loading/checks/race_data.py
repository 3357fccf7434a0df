"""A race as the checks look at it: its facts, entries, sessions and standings, and what a check finds."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlmodel import SQLModel

from bot.archive.models.core import Entry, Fact, Race, RaceSession, SessionRow, Standing

__all__ = ["Finding", "Rule", "Source", "State", "Weekend", "fails", "holds", "unknown"]

State = Literal["holds", "fails", "unknown"]
Source = Entry | Fact | RaceSession | SessionRow | Standing


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: it `holds`, `fails`, or is `unknown` because something needed is not told.

    `says` is one line for people; `document` and `line` are where the checked value stands.
    """

    state: State
    says: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class Weekend:
    """One race and its tables. `sessions` maps a session key to its rows in published order."""

    race: Race
    facts: Mapping[str, Fact]
    entries: tuple[Entry, ...]
    lengths: Mapping[str, RaceSession]
    sessions: Mapping[str, tuple[SessionRow, ...]]
    standings: Mapping[str, tuple[Standing, ...]]

    @classmethod
    def of(cls, race: Race, rows: Sequence[SQLModel]) -> "Weekend":
        """From the rows of one race."""
        sessions: defaultdict[str, list[SessionRow]] = defaultdict(list)
        standings: defaultdict[str, list[Standing]] = defaultdict(list)
        for row in rows:
            if isinstance(row, SessionRow):
                sessions[row.session].append(row)
            elif isinstance(row, Standing):
                standings[row.championship].append(row)
        return cls(
            race,
            {row.field: row for row in rows if isinstance(row, Fact)},
            tuple(row for row in rows if isinstance(row, Entry)),
            {row.key: row for row in rows if isinstance(row, RaceSession)},
            {key: tuple(of) for key, of in sessions.items()},
            {key: tuple(of) for key, of in standings.items()},
        )

    def table(self, session: str) -> tuple[SessionRow, ...]:
        """The rows of a session that has a table (car numbers are given); what a story tells is no table."""
        rows = self.sessions.get(session, ())
        return rows if rows and all(row.car and row.position for row in rows) else ()

    def number(self, field: str) -> float | None:
        """A fact as a number; None where it is not told."""
        fact = self.facts.get(field)
        return fact.number if fact else None

    @property
    def stages(self) -> tuple[str, ...]:
        """The keys of the stages whose results are told, in order; the last stage ends with the race."""
        keys = [key for key in self.sessions if key.startswith("stage-")]
        return tuple(sorted(keys, key=lambda key: int(key.removeprefix("stage-"))))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the sport's arithmetic: what must hold in `words`, where it comes from, and the check itself."""

    key: str
    words: str
    source: str
    check: Callable[[Weekend], Iterator[Finding]]


def holds(row: Source, says: str) -> Finding:
    """The rule holds for what this row tells."""
    return Finding("holds", says, row.document, row.line)


def fails(row: Source, says: str) -> Finding:
    """The rule does not hold for what this row tells."""
    return Finding("fails", says, row.document, row.line)


def unknown(row: Source, says: str) -> Finding:
    """The rule cannot be checked for this row; `says` tells what is missing."""
    return Finding("unknown", says, row.document, row.line)
