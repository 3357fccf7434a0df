"""Check of a backup before anything is replaced: its size, its shape, its texts and what points where.

A backup is a file like any other: it may be damaged, made by hand, or by somebody who means ill. What is wrong with it
is told as a ValueError, whose text says what.
"""

import base64
import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Boolean, Column, DateTime, Integer, LargeBinary, Table
from sqlalchemy.types import TypeDecorator

from bot.loading.read.plain_file import MAX_DOCUMENT_BYTES
from bot.loading.report import Report
from bot.loading.state.document_set import document_set_from_json
from bot.loading.stored_json import from_json

__all__ = ["BackupRows", "check_contents", "checked_rows", "digest_of_tables", "unpacked"]

MAX_UNPACKED_BYTES = 400_000_000  # of one backup; with the whole history and a hundred loads one has 20 million
MAX_ROWS = 200_000  # of one table; of long documents there is a row for every thousand lines
MAX_TEXT_BYTES = 1_000_000_000  # of all texts together, when they are unpacked
MAX_VALUE_CHARS = 1_000_000  # of a value that is no text of a document
CHUNK_BYTES = 1_000_000
WHOLE_NUMBERS = range(-(2**63), 2**63)

BackupRows = list[dict[str, object]]


def unpacked(path: Path) -> bytes:
    """What a packed file holds. Raises OSError or zlib.error for what is none, ValueError for too much."""
    content = bytearray()
    with gzip.open(path) as file:
        while chunk := file.read(CHUNK_BYTES):
            content += chunk
            if len(content) > MAX_UNPACKED_BYTES:
                raise ValueError(f"it holds more than {MAX_UNPACKED_BYTES:,} bytes")
    return bytes(content)


def digest_of_tables(tables: Mapping[str, BackupRows]) -> str:
    """The SHA-256 of the rows of all tables, by which a file shows that it is as it was written."""
    text = json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def checked_rows(table: Table, rows: object) -> BackupRows:
    """The rows of a table with their values as the database takes them. Raises ValueError."""
    if not isinstance(rows, list) or len(rows) > MAX_ROWS:
        raise ValueError(f"{table.name} has no rows, or more than {MAX_ROWS:,}")
    return [_checked_row(table, row) for row in rows]


def check_contents(rows: Mapping[str, BackupRows]) -> None:
    """Raise ValueError where a text cannot be unpacked, is too long, or is missing where something points to it."""
    text_bytes, digests = 0, set[object]()
    for row in rows["document_text"]:
        digests.add(row["digest"])
        text_bytes += _text_size(row)
        if text_bytes > MAX_TEXT_BYTES:
            raise ValueError(f"its texts have more than {MAX_TEXT_BYTES:,} bytes")
    for part in rows["document_part"]:
        text_bytes += len(_unpacked_text(part["content"]))
        if text_bytes > MAX_TEXT_BYTES:
            raise ValueError(f"its texts have more than {MAX_TEXT_BYTES:,} bytes")
    needed: set[object] = set()
    for load in rows["load_record"]:
        from_json(Report, _unpacked_text(load["report"]).decode())
        _unpacked_text(load["state"])
        needed |= {
            document.digest for document in document_set_from_json(_content_of(load["state"])).documents.values()
        }
    needed -= {version["digest"] for version in rows["published_version"] if not version["is_kept"]}
    needed |= {row["digest"] for name in ("document_part", "held_document") for row in rows[name]}
    if needed - digests:
        raise ValueError(f"it lacks the text of {len(needed - digests):,} documents")


def _checked_row(table: Table, row: object) -> dict[str, object]:
    if not isinstance(row, dict) or row.keys() - table.columns.keys():
        raise ValueError(f"a row of {table.name} has other columns")
    return {name: _checked_value(table.columns[name], value) for name, value in row.items()}


def _checked_value(column: "Column[object]", value: object) -> object:
    """A value of a column. Raises ValueError where it is of another kind than the column."""
    if value is None and column.nullable:
        return None
    kind_of_column = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    for kind, read in _READERS:
        if isinstance(kind_of_column, kind):
            return read(value, column.name)
    if isinstance(value, str) and len(value) <= MAX_VALUE_CHARS:
        return value
    raise ValueError(f"{column.name} is no text, or too long")


def _moment(value: object, name: str) -> datetime:
    if isinstance(value, dict) and value.keys() == {"moment"}:
        return datetime.fromisoformat(str(value["moment"]))
    raise ValueError(f"{name} is no moment")


def _content(value: object, name: str) -> bytes:
    if isinstance(value, dict) and value.keys() == {"bytes"} and isinstance(value["bytes"], str):
        return base64.b64decode(value["bytes"], validate=True)
    raise ValueError(f"{name} is no content")


def _boolean(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"{name} is neither true nor false")


def _number(value: object, name: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value in WHOLE_NUMBERS:
        return value
    raise ValueError(f"{name} is no whole number")


_READERS = ((DateTime, _moment), (LargeBinary, _content), (Boolean, _boolean), (Integer, _number))


def _text_size(row: Mapping[str, object]) -> int:
    """Bytes of a text that is stored whole, 0 for one in parts. Raises ValueError where it cannot be."""
    content = _content_of(row["content"])
    size = len(_unpacked_text(content)) if content else 0
    # The first schema guessed sizes: only a text that is longer than any may be is refused for what it says.
    if not isinstance(row["size"], int) or not 0 <= row["size"] <= 4 * MAX_DOCUMENT_BYTES:
        raise ValueError("a text says that it has more than a document may have")
    return size


def _content_of(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError("a text is missing")
    return value


def _unpacked_text(value: object) -> bytes:
    """What a stored text holds, unpacked no further than a document may be long."""
    decompressor = zlib.decompressobj()
    try:
        text = decompressor.decompress(_content_of(value), MAX_DOCUMENT_BYTES + 1)
        text.decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise ValueError("a text in it is damaged") from error
    if len(text) > MAX_DOCUMENT_BYTES or not decompressor.eof:
        raise ValueError(f"a text in it is damaged, or has more than {MAX_DOCUMENT_BYTES:,} bytes")
    return text
