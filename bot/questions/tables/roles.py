"""What the headings of tables mean, and the words by which people ask for a column: read from `roles.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.questions.tables.model import ColumnRole

__all__ = ["column_role", "role_words"]

_FILE = Path(__file__).with_name("roles.toml")


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Headings and words of one role; all folded."""

    headings: frozenset[str]
    parts: frozenset[str]
    words: tuple[tuple[str, ...], ...]


@cache
def role_words() -> Mapping[ColumnRole, RoleWords]:
    """The words of each role, in the order of the file."""
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {ColumnRole(role): _role(entry) for role, entry in entries.items()}


def column_role(heading: str) -> ColumnRole:
    """The role of a column by its folded heading; OTHER where no list has it."""
    for role, words in role_words().items():
        if heading in words.headings:
            return role
    parts = frozenset(heading.split())
    for role, words in role_words().items():
        if parts & words.parts:
            return role
    return ColumnRole.OTHER


def _role(entry: Mapping[str, list[str]]) -> RoleWords:
    words = tuple(sorted((tuple(one.split()) for one in entry["words"]), key=len, reverse=True))
    return RoleWords(frozenset(entry["headings"]), frozenset(entry["parts"]), words)
