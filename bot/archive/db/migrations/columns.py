"""Kinds of columns that every step writes alike."""

from typing import Any

from sqlalchemy import Column, DateTime, LargeBinary, String
from sqlalchemy.types import TypeEngine

__all__ = ["BINARY", "TEXT", "TIMESTAMP", "required_column"]

TEXT: TypeEngine[str] = String().with_variant(String(collation="C"), "postgresql")  # ordered by bytes on every engine
TIMESTAMP, BINARY = DateTime(timezone=True), LargeBinary()


def required_column(name: str, kind: TypeEngine[Any] = TEXT, **options: Any) -> Column[Any]:  # noqa: ANN401 - as Column has them
    """A column that every row has a value in."""
    return Column(name, kind, nullable=False, **options)
