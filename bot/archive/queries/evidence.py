"""Evidence behind an answer: the lines of documents, disagreements, and the arithmetic recomputed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.archive.db.statements import PreparedTableQuery, read_rows
from bot.archive.document_texts import lines_by_number
from bot.archive.models.core import Check, Conflict, Support
from bot.archive.models.user_data import ActiveDocumentRecord, Correction

__all__ = [
    "CORRECTIONS",
    "CheckRow",
    "ConflictRow",
    "SupportRow",
    "checks_of",
    "conflicts_of",
    "line_texts",
    "supports_of",
]

CORRECTIONS = "corrections"  # the document of what moderators corrected; its lines are the numbers of the corrections


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Disagreement of two documents; the columns are those of `Conflict`."""

    value_name: str
    value: str
    document: str
    line: int
    other_value: str
    other_document: str
    other_line: int
    reason: str

    @property
    def is_correction(self) -> bool:
        """Whether a moderator has settled it: then the documents may well agree with each other."""
        return self.document == CORRECTIONS


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Rule recomputed, or a value that breaks it; the columns are those of `Check`."""

    rule: str
    statement: str
    source: str
    passed: int
    failed: int
    undecided: int
    text: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class SupportRow:
    """Another line with the same value; the columns are those of `Support`."""

    value_name: str
    document: str
    line: int


_SUPPORTS = PreparedTableQuery(
    SupportRow,
    Support,
    col(Support.race) == bindparam("race"),
    col(Support.value_name) >= bindparam("first"),
    col(Support.value_name) <= bindparam("last"),
    order=(col(Support.value_name), col(Support.document), col(Support.line)),
)


def supports_of(session: Session, race: str, value_names: Sequence[str]) -> tuple[SupportRow, ...]:
    """The other lines with these values of a race, such as “race: Ross Chastain: rating”."""
    if not value_names:
        return ()
    names = frozenset(value_names)
    # A hundred names take longer to ask for one by one than all rows from the first to the last of them take to read.
    rows = _SUPPORTS.rows(session, race=race, first=min(names), last=max(names))
    return tuple(row for row in rows if row.value_name in names)


def conflicts_of(session: Session, race: str) -> tuple[ConflictRow, ...]:
    """Every disagreement about a race, by what it is about."""
    return read_rows(session, ConflictRow, Conflict, col(Conflict.race) == race, order=(col(Conflict.number),))


def checks_of(session: Session, race: str) -> tuple[CheckRow, ...]:
    """Every rule that was recomputed for a race, each followed by the values that break it."""
    return read_rows(session, CheckRow, Check, col(Check.race) == race, order=(col(Check.number),))


def line_texts(session: Session, lines: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The text of (document, line), as stored; a line that a document does not have is left out.

    The line of a correction is made of its value, its moderator and the reason.
    """
    sorted_lines = sorted(set(lines))
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for document, line in sorted_lines:
        numbers[document].append(line)
    active_digests = select(ActiveDocumentRecord.name, ActiveDocumentRecord.digest).where(
        col(ActiveDocumentRecord.name).in_(sorted(numbers))
    )
    texts = {
        (name, line): text
        for name, digest in session.exec(active_digests)
        for line, text in lines_by_number(session, digest, numbers[name]).items()
    }
    return texts | _correction_texts(session, [line for document, line in sorted_lines if document == CORRECTIONS])


def _correction_texts(session: Session, numbers: Iterable[int]) -> dict[tuple[str, int], str]:
    """Corrections of these numbers, each as a line for people."""
    rows = session.exec(select(Correction).where(col(Correction.number).in_(list(numbers))))
    return {
        (CORRECTIONS, row.number or 0): f"{row.what}: {row.value} instead of {row.old or 'nothing'}, says {row.by}: "
        f"{row.reason}"
        for row in rows
    }
