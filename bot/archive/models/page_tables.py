"""Tables of pages as they stand there, whether anybody knows what they mean or not. Rules as in `core`."""

from sqlmodel import Field, SQLModel

__all__ = ["PageTableRecord"]


class PageTableRecord(SQLModel, table=True):
    """Table of a page in force, the `number`th of it from 1; its header stands on `line`.

    `headings` are those above it, `header` its column names: JSON lists of texts. `rows` is a JSON list of
    [line, [cell, ...]]. It belongs to no race: its page may tell of none.
    """

    __tablename__ = "page_table"
    document: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    line: int
    headings: str
    header: str
    row_count: int
    rows: str
