"""What moderators are shown: plans, loads, documents, corrections and questions without an answer, as plain rows.

A race is given by its key ("cup-2023-17"); every moment is in UTC.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.archive.queries.mistake_reports import MistakeReportPage, MistakeReportRow
from bot.loading.report import Report

__all__ = [
    "CorrectionRow",
    "DocumentRow",
    "LoadRow",
    "MistakeReportPage",
    "MistakeReportRow",
    "PlanRow",
    "PreviewArchive",
    "RemovedDocument",
    "UnansweredRow",
]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan that waits to be applied, for at most a day.

    `key` are 8 characters that ride in a button. `upload_summary` says of an upload what it is taken for ("race page,
    2023 Ally 400"), else it is "". `version` is the data version it was made on; `stale` says that it can no longer be
    applied, because the archive has changed since or the day is over.
    """

    key: str
    made_by: str
    made_at: datetime
    title: str
    upload_summary: str
    version: int
    report: Report
    stale: bool


@dataclass(frozen=True, slots=True)
class PreviewArchive:
    """The archive of the races that a plan changes: its SQLite file, and pairs of (key, what people call the race)."""

    file: str
    races: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One load: its `number` is the data version it made. `is_reversible` says that it can be rolled back."""

    number: int
    at: datetime
    by: str
    what: str
    report: Report
    is_reversible: bool = True


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in force. `origin` is "folder" or "upload", `race` the key of the race it tells of first."""

    name: str
    title: str
    kind: str
    race: str | None
    lines: int
    by: str
    at: datetime
    origin: str


@dataclass(frozen=True, slots=True)
class RemovedDocument:
    """A text that was taken out of force; `is_in_folder` says that a file of its name lies in the documents folder."""

    name: str
    is_in_folder: bool


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A value that a moderator has mended, in force: `what` names it as conflicts do ("race: Ross Chastain: laps")."""

    number: int
    race: str
    what: str
    old: str
    value: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnansweredRow:
    """A question that found no answer, folded, and how often: `kind` is what was looked for ("driver")."""

    kind: str
    text: str
    count: int
