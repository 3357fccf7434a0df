"""What moderators look at: the log, the documents in force and their lines, corrections, and what was left out."""

from sqlmodel import Session, col, select

from bot.archive.document_texts import all_lines, lines_between, unpacked
from bot.archive.models.core import Source
from bot.archive.models.user_data import Correction, HeldDocument, LoadRecord, Rejection, SetAside
from bot.errors import NothingKnown
from bot.loading.build.evaluate import Settled
from bot.loading.moderation.rows import CorrectionRow, DocumentRow, LoadRow
from bot.loading.report_json import report_from_json
from bot.loading.state.changes import Deed
from bot.loading.state.document_set import in_utc

__all__ = ["corrections", "documents", "log", "read_as", "rejected", "set_aside", "text_around"]


def log(session: Session) -> tuple[LoadRow, ...]:
    """Every load, the newest first."""
    rows = session.exec(select(LoadRecord).order_by(col(LoadRecord.number).desc()))
    return tuple(
        LoadRow(row.number, in_utc(row.at), row.by, row.what, report_from_json(unpacked(row.report))) for row in rows
    )


def documents(session: Session) -> tuple[DocumentRow, ...]:
    """Every document in force, by name."""
    found = (
        select(HeldDocument, Source)
        .join(Source, col(Source.document) == col(HeldDocument.name), isouter=True)
        .order_by(col(HeldDocument.name))
    )
    rows = []
    for held, source in session.exec(found):
        told = (source.title, source.kind, source.race, source.lines) if source else (held.name, "", None, 0)
        rows.append(DocumentRow(held.name, *told, held.by, in_utc(held.at), held.origin))
    return tuple(rows)


def text_around(session: Session, document: str, line: int, around: int) -> tuple[tuple[int, str], ...]:
    """(number, text) of the lines around a line. Raises NothingKnown where the document or the line is not there."""
    held = session.get(HeldDocument, document)
    if held is None:
        raise NothingKnown(f"No document called {document[:80]} is in force; /data documents lists them.")
    source = session.get(Source, document)
    found = lines_between(session, held.digest, line - around, line + around)
    if line not in found:
        most = source.lines if source else len(all_lines(session, held.digest))
        raise NothingKnown(f"{document} has lines 1 to {most:,}; there is no line {line:,}.")
    return tuple(sorted(found.items()))


def corrections(session: Session) -> tuple[CorrectionRow, ...]:
    """Every correction in force, the newest first."""
    rows = session.exec(select(Correction).where(col(Correction.in_force)).order_by(col(Correction.number).desc()))
    return tuple(
        CorrectionRow(row.number or 0, row.race, row.what, row.old, row.value, row.reason, row.by, in_utc(row.at))
        for row in rows
    )


def rejected(session: Session) -> tuple[str, ...]:
    """Why the last load could not read a document."""
    return tuple(session.exec(select(Rejection.line).order_by(col(Rejection.number))))


def set_aside(session: Session) -> tuple[str, ...]:
    """Names of texts that a reload does not bring back."""
    return tuple(session.exec(select(SetAside.name).order_by(col(SetAside.name), col(SetAside.digest))))


def read_as(settled: Settled, deed: Deed) -> str:
    """What an upload is taken for: "race page, 2023 Ally 400", and the race where the title does not tell it."""
    for row in settled.derived.whole:
        if isinstance(row, Source) and row.document == deed.name:
            return f"{row.kind}, {row.title}"
    return "nothing"
