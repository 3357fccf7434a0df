"""Values as JSON and back: what is kept beside the tables of an archive, and what goes to the worker process.

The types say how: a field that a text does not name has its default, and one that the type does not know is passed
over, so that what one version of the program has kept the next can read.
"""

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

__all__ = ["from_json", "to_json"]

T = TypeVar("T")


def to_json(value: object) -> str:
    """A dataclass, or a tuple of them, as JSON."""
    return _adapter(type(value)).dump_json(value).decode()  # type: ignore[arg-type]  # a class has a hash


def from_json(kind: type[T], text: str) -> T:
    """The value of this type that a text holds. Raises ValueError where it holds none."""
    value: T = _adapter(kind).validate_json(text)  # type: ignore[arg-type]
    return value


@cache
def _adapter(kind: type[object]) -> TypeAdapter[Any]:
    """Made when it is first wanted: that of a report takes some milliseconds, which no start has to wait for."""
    return TypeAdapter(kind)
