"""What moderators look at: the log, the documents in force and their lines, corrections, and what was left out."""

from collections.abc import Sequence
from itertools import pairwise

from sqlmodel import Session, col, select

from bot.archive.document_texts import all_lines, decompress_text, lines_between
from bot.archive.models.core import Source
from bot.archive.models.user_data import (
    ActiveDocumentRecord,
    Correction,
    ExcludedDocument,
    LoadRecord,
    RejectedDocument,
)
from bot.errors import NothingKnown
from bot.loading.build.compare import Evaluation
from bot.loading.moderation.rows import CorrectionRow, DocumentRow, LoadRow
from bot.loading.report import Report
from bot.loading.state.change import Change
from bot.loading.state.document_set import document_set_from_json, gone_digests, in_utc
from bot.loading.stored_json import from_json

__all__ = [
    "active_documents",
    "corrections",
    "excluded_documents",
    "load_log",
    "rejections",
    "text_around",
    "upload_summary",
]


def load_log(session: Session) -> tuple[LoadRow, ...]:
    """Every load, the newest first."""
    rows = session.exec(select(LoadRecord).order_by(col(LoadRecord.number).desc())).all()
    final = _irreversible_loads(session, rows)
    return tuple(
        LoadRow(
            row.number,
            in_utc(row.at),
            row.by,
            row.what,
            from_json(Report, decompress_text(row.report)),
            row.number not in final,
        )
        for row in rows
    )


def _irreversible_loads(session: Session, rows: Sequence[LoadRecord]) -> frozenset[int]:
    """The loads before which something was in force whose text is no longer kept; `rows` go from the newest on."""
    gone = gone_digests(session)
    if not gone:
        return frozenset()
    return frozenset(
        row.number
        for row, before in pairwise(rows)
        if any(document.digest in gone for document in document_set_from_json(before.state).documents.values())
    )


def active_documents(session: Session) -> tuple[DocumentRow, ...]:
    """Every document in force, by name."""
    query = (
        select(ActiveDocumentRecord, Source)
        .join(Source, col(Source.document) == col(ActiveDocumentRecord.name), isouter=True)
        .order_by(col(ActiveDocumentRecord.name))
    )
    rows = []
    for active, source in session.exec(query):
        source_columns = (
            (source.title, source.kind, source.race, source.lines) if source else (active.name, "", None, 0)
        )
        rows.append(DocumentRow(active.name, *source_columns, active.by, in_utc(active.at), active.origin))
    return tuple(rows)


def text_around(session: Session, document: str, line: int, margin_lines: int) -> tuple[tuple[int, str], ...]:
    """(number, text) of the lines around a line. Raises NothingKnown where the document or the line is not there."""
    active = session.get(ActiveDocumentRecord, document)
    if active is None:
        raise NothingKnown(f"No document called {document[:80]} is in force; /data documents lists them.")
    source = session.get(Source, document)
    text_of_line = lines_between(session, active.digest, line - margin_lines, line + margin_lines)
    if line not in text_of_line:
        line_count = source.lines if source else len(all_lines(session, active.digest))
        raise NothingKnown(f"{document} has lines 1 to {line_count:,}; there is no line {line:,}.")
    return tuple(sorted(text_of_line.items()))


def corrections(session: Session) -> tuple[CorrectionRow, ...]:
    """Every correction in force, the newest first."""
    rows = session.exec(select(Correction).where(col(Correction.in_force)).order_by(col(Correction.number).desc()))
    return tuple(
        CorrectionRow(row.number or 0, row.race, row.what, row.old, row.value, row.reason, row.by, in_utc(row.at))
        for row in rows
    )


def rejections(session: Session) -> tuple[str, ...]:
    """Why the last load could not read a document."""
    return tuple(session.exec(select(RejectedDocument.line).order_by(col(RejectedDocument.number))))


def excluded_documents(session: Session) -> tuple[str, ...]:
    """Names of texts that a reload does not bring back."""
    return tuple(
        session.exec(select(ExcludedDocument.name).order_by(col(ExcludedDocument.name), col(ExcludedDocument.digest)))
    )


def upload_summary(evaluation: Evaluation, change: Change) -> str:
    """What an upload is taken for: "race page, 2023 Ally 400", of several documents one after another; "" of no upload.

    Of a document that may tell of several races it says that one has to be chosen.
    """
    names = [change.name] if change.kind == "upload" else [part.name for part in change.parts]
    sources = {row.document: row for row in evaluation.archive_build.archive_rows if isinstance(row, Source)}
    undecided = {choice.document for choice in evaluation.archive_build.undecided}
    return "; ".join(
        f"{sources[name].kind}, {sources[name].title}{_published_words(change)}"
        if name in sources
        else "a document of a race that you have to choose"
        if name in undecided
        else "nothing"
        for name in names
    )


def _published_words(change: Change) -> str:
    """Of a fetched page which revision it is, and where it was moved to from the title that was asked for."""
    source = change.source
    if source is None:
        return ""
    revised = f" of {source.revised_at:%Y-%m-%d %H:%M} UTC" if source.revised_at else ""
    revision = f"; revision {source.revision}{revised}" if source.revision else ""
    moved = f"; “{source.moved_from}” leads there" if source.moved_from else ""
    return f"{revision}{moved}"
