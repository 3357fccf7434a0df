"""Tables of pages in force: which there are, and the cells of one, each with its document and line."""

import json
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.archive.db.statements import PreparedQuery, PreparedTableQuery
from bot.archive.models.page_tables import PageTableRecord

__all__ = ["KeptTable", "KeptTableHead", "KeptTableLine", "PageTableColumns", "kept_table", "kept_tables"]


@dataclass(frozen=True, slots=True)
class PageTableHead:
    """What a list of tables says of each; `headings` and `header` are JSON lists."""

    document: str
    number: int
    line: int
    headings: str
    header: str
    row_count: int


@dataclass(frozen=True, slots=True)
class PageTableColumns:
    """A table as the archive has it."""

    document: str
    number: int
    line: int
    headings: str
    header: str
    row_count: int
    rows: str


@dataclass(frozen=True, slots=True)
class KeptTableHead:
    """A table of a document: the line of its header, the headings above it, its column names, how many rows it has."""

    document: str
    number: int
    line: int
    headings: tuple[str, ...]
    header: tuple[str, ...]
    row_count: int


@dataclass(frozen=True, slots=True)
class KeptTableLine:
    """A row: the line it stands on and its cells, "" where one is empty."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptTable:
    """A table with all of its rows, in order."""

    head: KeptTableHead
    rows: tuple[KeptTableLine, ...]


_COLUMNS = (
    col(PageTableRecord.document), col(PageTableRecord.number), col(PageTableRecord.line),
    col(PageTableRecord.headings), col(PageTableRecord.header), col(PageTableRecord.row_count),
)  # fmt: skip
_HEADS = PreparedQuery(
    PageTableHead,
    select(PageTableRecord).with_only_columns(*_COLUMNS).order_by(_COLUMNS[0], _COLUMNS[1]),
)
_TABLE = PreparedTableQuery(
    PageTableColumns,
    PageTableRecord,
    col(PageTableRecord.document) == bindparam("document"),
    col(PageTableRecord.number) == bindparam("number"),
    order=(col(PageTableRecord.number),),
)


def kept_tables(session: Session) -> tuple[KeptTableHead, ...]:
    """Every table of the pages in force, by document and in the order of each."""
    return tuple(_head(row) for row in _HEADS.rows(session))


def kept_table(session: Session, document: str, number: int) -> KeptTable | None:
    """One table with its rows; None where the document has no such table."""
    for row in _TABLE.rows(session, document=document, number=number):
        lines = tuple(KeptTableLine(line, tuple(cells)) for line, cells in json.loads(row.rows))
        return KeptTable(_head(row), lines)
    return None


def _head(row: PageTableHead | PageTableColumns) -> KeptTableHead:
    headings, header = tuple(json.loads(row.headings)), tuple(json.loads(row.header))
    return KeptTableHead(row.document, row.number, row.line, headings, header, row.row_count)
