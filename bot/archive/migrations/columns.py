"""Kinds of columns that every step writes alike."""

from sqlalchemy import Column, DateTime, LargeBinary, String
from sqlalchemy.types import TypeEngine

__all__ = ["BINARY", "MOMENT", "TEXT", "kept"]

TEXT: TypeEngine[str] = String().with_variant(String(collation="C"), "postgresql")  # ordered by bytes on every engine
MOMENT, BINARY = DateTime(), LargeBinary()


def kept(name: str, kind: TypeEngine[object] = TEXT, **more: object) -> Column[object]:
    """A column that every row has a value in."""
    return Column(name, kind, nullable=False, **more)  # type: ignore[arg-type]
