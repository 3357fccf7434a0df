"""What stands behind an answer: the lines of documents, disagreements, and the arithmetic recomputed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.archive.db.statements import Prepared, read_rows
from bot.archive.document_texts import some_lines
from bot.archive.models.core import Check, Conflict, Support
from bot.archive.models.user_data import Correction, HeldDocument

__all__ = [
    "CORRECTIONS",
    "CheckRow",
    "ConflictRow",
    "SupportRow",
    "checks_of",
    "conflicts_of",
    "supports_of",
    "texts_of",
]

CORRECTIONS = "corrections"  # the source of what moderators mended; the line is the number of the correction


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A disagreement; the columns are those of `Conflict`."""

    what: str
    shown: str
    document: str
    line: int
    other: str
    other_document: str
    other_line: int
    why: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A rule recomputed, or a value that breaks it; the columns are those of `Check`."""

    rule: str
    words: str
    source: str
    held: int
    failed: int
    unknown: int
    says: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class SupportRow:
    """Another line that tells a value; the columns are those of `Support`."""

    what: str
    document: str
    line: int


_SUPPORTS = Prepared(
    SupportRow,
    Support,
    col(Support.race) == bindparam("race"),
    col(Support.what) >= bindparam("first"),
    col(Support.what) <= bindparam("last"),
    order=(col(Support.what), col(Support.document), col(Support.line)),
)


def supports_of(session: Session, race: str, what: Sequence[str]) -> tuple[SupportRow, ...]:
    """The other lines that tell these values of a race, such as “race: Ross Chastain: rating”.

    Asked for from the first to the last: a hundred values one by one take longer to ask for than all between to read.
    """
    if not what:
        return ()
    wanted = frozenset(what)
    between = _SUPPORTS.rows(session, race=race, first=min(wanted), last=max(wanted))
    return tuple(row for row in between if row.what in wanted)


def conflicts_of(session: Session, race: str) -> tuple[ConflictRow, ...]:
    """Every disagreement about a race, by what it is about."""
    return read_rows(session, ConflictRow, Conflict, col(Conflict.race) == race, order=(col(Conflict.number),))


def checks_of(session: Session, race: str) -> tuple[CheckRow, ...]:
    """Every rule that was recomputed for a race, each followed by the values that break it."""
    return read_rows(session, CheckRow, Check, col(Check.race) == race, order=(col(Check.number),))


def texts_of(session: Session, lines: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The text of (document, line), as kept; a line that a document does not have is left out.

    A line of the corrections is what the moderator of that number said.
    """
    wanted = sorted(set(lines))
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for document, line in wanted:
        numbers[document].append(line)
    held = select(HeldDocument.name, HeldDocument.digest).where(col(HeldDocument.name).in_(sorted(numbers)))
    found = {
        (name, line): text
        for name, digest in session.exec(held)
        for line, text in some_lines(session, digest, numbers[name]).items()
    }
    return found | _corrections(session, [line for document, line in wanted if document == CORRECTIONS])


def _corrections(session: Session, numbers: Iterable[int]) -> dict[tuple[str, int], str]:
    """What moderators said of the values they mended."""
    rows = session.exec(select(Correction).where(col(Correction.number).in_(list(numbers))))
    return {
        (CORRECTIONS, row.number or 0): f"{row.what}: {row.value} instead of {row.old or 'nothing'}, says {row.by}: "
        f"{row.reason}"
        for row in rows
    }
