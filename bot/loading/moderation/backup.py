"""Everything that cannot be worked out again, in one file: documents, catalogue, corrections, reports and the log.

The file is JSON, compressed with gzip. What is derived from it is derived anew when it is restored.
"""

import base64
import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, Table, insert, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, SQLModel, select

from bot.archive.db.engine import read_session
from bot.archive.models.core import Version
from bot.archive.models.user_data import (
    ActiveDocumentRecord,
    Correction,
    DocumentPart,
    DocumentText,
    ExcludedDocument,
    LoadRecord,
    MistakeReport,
    Plan,
    UnansweredQuestion,
)
from bot.errors import BotError
from bot.loading.load import carry_out, evaluate
from bot.loading.report import Report
from bot.loading.state.changes import Change, ChangeContext
from bot.loading.state.document_set import active_set
from bot.loading.state.load_lock import load_session

__all__ = ["backup", "restore"]

BACKUP_FORMAT = "spotter backup 1"
BACKUP_MODELS: tuple[type[SQLModel], ...] = (
    DocumentText,
    DocumentPart,
    ActiveDocumentRecord,
    ExcludedDocument,
    LoadRecord,
    Correction,
    MistakeReport,
    UnansweredQuestion,
)


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a file says: the data version it was made of, and the rows of each table by the table's name."""

    version: int
    tables: Mapping[str, list[dict[str, object]]]


def backup(engine: Engine, path: Path) -> int:
    """Write everything that is kept to a file, of one moment; the number of its bytes.

    The file is complete or not there at all. Raises BotError where it cannot be written, ArchiveUnusable.
    """
    with read_session(engine) as session:
        payload = {
            "form": BACKUP_FORMAT,
            "version": session.get_one(Version, 1).number,
            "tables": {str(model.__tablename__): list(_rows(session, model)) for model in BACKUP_MODELS},
        }
    content = gzip.compress(json.dumps(payload, ensure_ascii=False).encode(), mtime=0)
    # Written beside and renamed: a backup that is cut short never takes the place of a good one.
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise BotError(f"{path} cannot be written: {error.strerror}.") from error
    return len(content)


def restore(engine: Engine, path: Path, by: str) -> Report:
    """Put everything that a backup holds in place of what is kept, derive the archive from it, and note it in the log.

    The archive may be empty, or of another version of the program: nothing that was derived is needed. One
    transaction: wholly done or not at all. Raises BotError for a file that is no backup, LoadUnderWay,
    ArchiveUnusable.
    """
    contents = _read_backup(path)
    change = Change("restore", path.name)
    with load_session(engine, by, rebuild=True) as session:
        try:
            context = ChangeContext(by, datetime.now(UTC), documents_before=active_set(session).documents)
            _replace_tables(session, contents.tables)
        except (SQLAlchemyError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise BotError(f"{path.name} is a backup that this version cannot read; nothing was changed.") from error
        version = session.get_one(Version, 1)
        # Never back: processes that answer tell by the number that there is something new to read.
        version.number = max(version.number, contents.version)
        version.loaded_at = None
        session.add(version)
        session.flush()
        return carry_out(session, change, evaluate(session, change, context), context)


def _read_backup(path: Path) -> BackupContents:
    """The version and the tables of a backup."""
    try:
        payload = json.loads(gzip.decompress(path.read_bytes()))
    except FileNotFoundError as error:
        raise BotError(f"There is no file {path}.") from error
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise BotError(f"{path} is no backup, or it is damaged.") from error
    is_this_format = isinstance(payload, dict) and payload.get("form") == BACKUP_FORMAT
    if not is_this_format or not isinstance(payload.get("version"), int) or not isinstance(payload.get("tables"), dict):
        raise BotError(f"{path} is no backup that this version can read.")
    return BackupContents(payload["version"], payload["tables"])


def _rows(session: Session, model: type[SQLModel]) -> Iterator[dict[str, object]]:
    order = inspect(model).primary_key
    for row in session.exec(select(model).order_by(*order)):
        yield {name: _to_json_value(value) for name, value in row.model_dump().items()}


def _replace_tables(session: Session, tables: Mapping[str, list[dict[str, object]]]) -> None:
    """What is kept becomes what the file says. Plans are of the archive as it was: they go."""
    models_to_empty: tuple[type[SQLModel], ...] = (*reversed(BACKUP_MODELS), Plan)
    for emptied_model in models_to_empty:
        session.connection().execute(_table(emptied_model).delete())
    # In the order of their foreign keys; before, they were emptied in the opposite order.
    for model in BACKUP_MODELS:
        table = _table(model)
        rows = [{name: _from_json_value(value) for name, value in row.items()} for row in tables[table.name]]
        if any(row.keys() - table.columns.keys() for row in rows):
            raise ValueError(table.name)
        if rows:
            session.connection().execute(insert(table), rows)
    session.expire_all()


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _to_json_value(value: object) -> object:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return {"moment": value.isoformat()} if isinstance(value, datetime) else value


def _from_json_value(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return base64.b64decode(value["bytes"]) if "bytes" in value else datetime.fromisoformat(value["moment"])
