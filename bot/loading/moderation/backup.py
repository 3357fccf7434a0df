"""What cannot be worked out again, in one file: documents, corrections, aliases, reports, preferences and the log.

The file is JSON, compressed with gzip, and only its owner may read it. What is derived from it is derived anew when it
is restored.
"""

import base64
import gzip
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, insert, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, SQLModel, select

from bot.archive.db.engine import read_session
from bot.archive.models.core import Version
from bot.archive.models.fetching import PublishedVersion, Watch
from bot.archive.models.preferences import PREFERENCE_MODELS
from bot.archive.models.user_data import (
    ActiveDocumentRecord,
    Correction,
    DocumentPart,
    DocumentText,
    ExcludedDocument,
    LoadRecord,
    MistakeReport,
    NameAlias,
    Plan,
    UnansweredQuestion,
)
from bot.archive.queries.mistake_reports import key_fingerprints
from bot.errors import BotError
from bot.loading.load import carry_out, evaluate
from bot.loading.moderation.backup_check import BackupRows, check_contents, checked_rows, digest_of_tables, unpacked
from bot.loading.report import Report
from bot.loading.state.change import Change
from bot.loading.state.changes import ChangeContext
from bot.loading.state.document_set import active_set
from bot.loading.state.load_lock import load_session

__all__ = ["KeptData", "backup", "look_at_archive", "look_at_backup", "restore"]

BACKUP_FORMAT = "spotter backup 3"
# Of before moderators entered aliases, and reports led back to their cards.
SECOND_FORMAT = "spotter backup 2"
# Of before a backup had a digest, reports a keyed fingerprint, and questions a day.
FIRST_FORMAT = "spotter backup 1"
FORMATS = (BACKUP_FORMAT, SECOND_FORMAT, FIRST_FORMAT)
MAX_DATA_VERSION = 2**31 - 1
BACKUP_MODELS: tuple[type[SQLModel], ...] = (
    DocumentText,
    DocumentPart,
    ActiveDocumentRecord,
    ExcludedDocument,
    LoadRecord,
    Correction,
    MistakeReport,
    UnansweredQuestion,
    NameAlias,
    PublishedVersion,
    Watch,
    *PREFERENCE_MODELS,
)
# Tables that backups of before there was such a table do not have: nothing is kept in them then.
LATER_MODELS = frozenset({NameAlias, PublishedVersion, Watch, *PREFERENCE_MODELS})


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a file says, checked: the data version it was made of, and the rows of each table by the table's name.

    In the first format the fingerprints of reports have no key.
    """

    version: int
    is_first_format: bool
    tables: Mapping[str, BackupRows]


def backup(engine: Engine, path: Path) -> int:
    """Write everything that is kept to a file, of one moment; the number of its bytes.

    The file is complete or not there at all. Raises BotError where it cannot be written, ArchiveUnusable.
    """
    with read_session(engine) as session:
        tables = {str(model.__tablename__): list(_rows(session, model)) for model in BACKUP_MODELS}
        version = session.get_one(Version, 1).number
    payload = {"form": BACKUP_FORMAT, "version": version, "digest": digest_of_tables(tables), "tables": tables}
    content = gzip.compress(json.dumps(payload, ensure_ascii=False).encode(), mtime=0)
    # Written beside and renamed: a backup that is cut short never takes the place of a good one.
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        # It has what people wrote, and documents that may not be anybody's to read.
        with open(unfinished, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content)
        unfinished.replace(path)
    except OSError as error:
        raise BotError(f"{path} cannot be written: {error.strerror}.") from error
    return len(content)


@dataclass(frozen=True, slots=True)
class KeptData:
    """What a backup or an archive keeps: the data version, how many of each, and when its last load was, and whose."""

    version: int
    documents: int
    corrections: int
    aliases: int
    reports: int
    last_load: str

    @property
    def text(self) -> str:
        """The same in a line, for people."""
        counts = (
            (self.documents, "document in force", "documents in force"),
            (self.corrections, "correction", "corrections"),
            (self.aliases, "alias", "aliases"),
            (self.reports, "report", "reports"),
        )
        kept = ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts)
        return f"data version {self.version}; {kept}; {self.last_load}"


def look_at_backup(path: Path) -> KeptData:
    """What a backup holds; nothing is replaced. Raises BotError for a file that is no backup."""
    contents = _read_backup(path)
    return _kept_data(contents.version, contents.tables)


def look_at_archive(engine: Engine) -> KeptData:
    """What an archive keeps, to be held against a backup."""
    with read_session(engine) as session:
        models = (ActiveDocumentRecord, Correction, NameAlias, MistakeReport, LoadRecord)
        tables = {
            str(model.__tablename__): [row.model_dump() for row in session.exec(select(model))] for model in models
        }
        return _kept_data(session.get_one(Version, 1).number, tables)


def _kept_data(version: int, tables: Mapping[str, BackupRows]) -> KeptData:
    loads = sorted(tables["load_record"], key=lambda load: str(load["number"]).zfill(12))
    last = f"the last load on {loads[-1]['at']:%Y-%m-%d %H:%M} UTC by {loads[-1]['by']}" if loads else "never loaded"
    corrections = sum(bool(row["in_force"]) for row in tables["correction"])
    documents, aliases, reports = (len(tables[name]) for name in ("held_document", "name_alias", "mistake_report"))
    return KeptData(version, documents, corrections, aliases, reports, last)


def restore(engine: Engine, path: Path, by: str) -> Report:
    """Put everything that a backup holds in place of what is kept, derive the archive from it, and note it in the log.

    The archive may be empty, or of another version of the program: nothing that was derived is needed. The file is
    checked whole before anything is replaced, and then it is one transaction: wholly done or not at all. Raises
    BotError for a file that is no backup, LoadUnderWay, ArchiveUnusable.
    """
    contents = _read_backup(path)
    change = Change("restore", path.name)
    with load_session(engine, by, rebuild=True) as session:
        try:
            context = ChangeContext(by, datetime.now(UTC), documents_before=active_set(session).documents)
            _replace_tables(session, contents.tables)
            if contents.is_first_format:
                key_fingerprints(session)
        except SQLAlchemyError as error:
            raise BotError(f"{path.name} is a backup that this version cannot read; nothing was changed.") from error
        version = session.get_one(Version, 1)
        # Never back: processes that answer tell by the number that there is something new to read.
        version.number = max(version.number, contents.version)
        version.loaded_at = None
        version.preferences += 1
        session.add(version)
        session.flush()
        return carry_out(session, change, evaluate(session, change, context), context)


def _read_backup(path: Path) -> BackupContents:
    """The version and the tables of a backup, checked. Raises BotError."""
    try:
        payload = json.loads(unpacked(path))
    except FileNotFoundError as error:
        raise BotError(f"There is no file {path}.") from error
    except (OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
        reason = f": {error}" if type(error) is ValueError else ""
        raise BotError(f"{path} is no backup, or it is damaged{reason}; nothing was changed.") from error
    form = payload.get("form") if isinstance(payload, dict) else None
    if form not in FORMATS:
        raise BotError(f"{path} is no backup that this version can read.")
    try:
        is_first = form == FIRST_FORMAT
        return BackupContents(_data_version(payload), is_first, _checked_tables(payload, is_first=is_first))
    except (ValueError, KeyError, TypeError) as error:
        reason = f" ({error})" if type(error) is ValueError else ""
        raise BotError(f"{path.name} is no backup that this version can read{reason}; nothing was changed.") from error


def _data_version(payload: Mapping[str, Any]) -> int:
    """The number of the archive that was saved. Raises ValueError, KeyError."""
    number = payload["version"]
    # By its type first: whether something else lies in a range is found by going through it.
    if type(number) is not int or not 0 <= number <= MAX_DATA_VERSION:
        raise ValueError("its version is no number of an archive")
    return number


def _checked_tables(payload: Mapping[str, Any], *, is_first: bool) -> dict[str, BackupRows]:
    """The rows of each table as the database takes them. Raises ValueError, KeyError or TypeError."""
    tables = payload["tables"]
    if not is_first and payload["digest"] != digest_of_tables(tables):
        raise ValueError("it is not as it was written")
    rows = {
        str(model.__tablename__): checked_rows(_table(model), _rows_in_file(tables, model)) for model in BACKUP_MODELS
    }
    check_contents(rows)
    _fill_new_columns(rows)
    return rows


def _rows_in_file(tables: Mapping[str, Any], model: type[SQLModel]) -> object:
    """The rows of a table as a file has them. Raises KeyError where it lacks one that it has to have."""
    name = str(model.__tablename__)
    return tables.get(name, []) if model in LATER_MODELS else tables[name]


def _fill_new_columns(rows: Mapping[str, BackupRows]) -> None:
    """Give rows of an older backup what the columns have that came since."""
    now = datetime.now(UTC)
    for question in rows["unanswered"]:
        question.setdefault("asked_at", now)
    for report in rows["mistake_report"]:
        report.setdefault("link", "")
        report.setdefault("answered_at", None)


def _rows(session: Session, model: type[SQLModel]) -> Iterator[dict[str, object]]:
    order = inspect(model).primary_key
    for row in session.exec(select(model).order_by(*order)):
        yield {name: _to_json_value(value) for name, value in row.model_dump().items()}


def _replace_tables(session: Session, tables: Mapping[str, BackupRows]) -> None:
    """What is kept becomes what the file says. Plans are of the archive as it was: they go."""
    models_to_empty: tuple[type[SQLModel], ...] = (*reversed(BACKUP_MODELS), Plan)
    for emptied_model in models_to_empty:
        session.connection().execute(_table(emptied_model).delete())
    # In the order of their foreign keys; before, they were emptied in the opposite order.
    for model in BACKUP_MODELS:
        table = _table(model)
        if tables[table.name]:
            session.connection().execute(insert(table), tables[table.name])
    session.expire_all()


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _to_json_value(value: object) -> object:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return {"moment": value.isoformat()} if isinstance(value, datetime) else value
