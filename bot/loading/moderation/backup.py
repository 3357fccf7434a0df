"""Everything that cannot be worked out again, in one file: documents, catalogue, corrections, reports and the log.

The file is JSON, compressed with gzip. What is derived from it is derived anew when it is restored.
"""

import base64
import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, Table, insert, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, SQLModel, select

from bot.archive.db.engine import reading
from bot.archive.models.core import Version
from bot.archive.models.user_data import (
    Correction,
    DocumentPart,
    DocumentText,
    HeldDocument,
    LoadRecord,
    MistakeReport,
    Plan,
    SetAside,
    Unanswered,
)
from bot.errors import BotError
from bot.loading.build.diff import documents_changed
from bot.loading.build.evaluate import said, settle_on
from bot.loading.report import Report
from bot.loading.state.changes import Aim, Surroundings
from bot.loading.state.document_set import state_of
from bot.loading.state.load_lock import loading
from bot.loading.write.write import write

__all__ = ["backup", "restore"]

FORM = "spotter backup 1"
SAVED: tuple[type[SQLModel], ...] = (
    DocumentText, DocumentPart, HeldDocument, SetAside, LoadRecord, Correction, MistakeReport, Unanswered,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Backup:
    """What a file says: the data version it was made of, and the rows of each table by the table's name."""

    version: int
    tables: Mapping[str, list[dict[str, object]]]


def backup(engine: Engine, path: Path) -> int:
    """Write everything that is kept to a file, of one moment; the number of its bytes.

    The file is complete or not there at all. Raises BotError where it cannot be written, ArchiveUnusable.
    """
    with reading(engine) as session:
        told = {
            "form": FORM,
            "version": session.get_one(Version, 1).number,
            "tables": {str(model.__tablename__): list(_rows(session, model)) for model in SAVED},
        }
    content = gzip.compress(json.dumps(told, ensure_ascii=False).encode(), mtime=0)
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise BotError(f"{path} cannot be written: {error.strerror}.") from error
    return len(content)


def restore(engine: Engine, path: Path, by: str) -> Report:
    """Put everything that a backup holds in place of what is kept, derive the archive from it, and note it in the log.

    One transaction: wholly done or not at all. Raises BotError for a file that is no backup, LoadUnderWay,
    ArchiveUnusable.
    """
    saved = _read(path)
    around = Surroundings(by, datetime.now(UTC))
    with loading(engine, by) as session:
        try:
            before = state_of(session).documents
            _replace(session, saved.tables)
        except (SQLAlchemyError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise BotError(f"{path.name} is a backup that this version cannot read; nothing was changed.") from error
        version = session.get_one(Version, 1)
        version.number = max(version.number, saved.version)
        version.loaded_at = None
        session.add(version)
        session.flush()
        wanted = Aim(state_of(session))
        settled = settle_on(session, wanted, forget=True)
        documents = documents_changed(said(before), said(settled.state.documents))
        settled = replace(settled, report=replace(settled.report, documents=documents))
        return write(session, wanted, settled, f"Restored from {path.name}", around)


def _read(path: Path) -> Backup:
    """The version and the tables of a backup."""
    try:
        told = json.loads(gzip.decompress(path.read_bytes()))
    except FileNotFoundError as error:
        raise BotError(f"There is no file {path}.") from error
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise BotError(f"{path} is no backup, or it is damaged.") from error
    known = isinstance(told, dict) and told.get("form") == FORM
    if not known or not isinstance(told.get("version"), int) or not isinstance(told.get("tables"), dict):
        raise BotError(f"{path} is no backup that this version can read.")
    return Backup(told["version"], told["tables"])


def _rows(session: Session, model: type[SQLModel]) -> Iterator[dict[str, object]]:
    order = inspect(model).primary_key
    for row in session.exec(select(model).order_by(*order)):
        yield {name: _out(value) for name, value in row.model_dump().items()}


def _replace(session: Session, tables: Mapping[str, list[dict[str, object]]]) -> None:
    """What is kept becomes what the file says. Plans are of the archive as it was: they go."""
    gone: tuple[type[SQLModel], ...] = (*reversed(SAVED), Plan)
    for kept in gone:
        session.connection().execute(_table(kept).delete())
    for model in SAVED:
        table = _table(model)
        rows = [{name: _in(value) for name, value in row.items()} for row in tables[table.name]]
        if any(row.keys() - table.columns.keys() for row in rows):
            raise ValueError(table.name)
        if rows:
            session.connection().execute(insert(table), rows)
    session.expire_all()


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _out(value: object) -> object:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return {"moment": value.isoformat()} if isinstance(value, datetime) else value


def _in(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return base64.b64decode(value["bytes"]) if "bytes" in value else datetime.fromisoformat(value["moment"])
