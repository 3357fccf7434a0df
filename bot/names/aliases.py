"""What fans call them: the table beside this file, and whom each name means among the entities there are."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.names.entity import KINDS
from bot.names.fold import fold

__all__ = ["Aliases", "DatedAlias", "aliases"]


@dataclass(frozen=True, slots=True)
class DatedAlias:
    """A name that went from one owner to the next: `owners` are (canonical name, first season, last season)."""

    kind: str
    alias: str
    owners: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Aliases:
    """The whole table: kind to canonical name to its other names, as written."""

    groups: Mapping[str, Mapping[str, tuple[str, ...]]]
    dated: tuple[DatedAlias, ...]

    def of(self, kind: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(folded canonical name, folded other names) of every group of a kind."""
        for name, others in self.groups.get(kind, {}).items():
            yield fold(name), tuple(fold(other) for other in others)


@cache
def aliases() -> Aliases:
    """The table, read once."""
    table = tomllib.loads(files("bot.names").joinpath("aliases.toml").read_text(encoding="utf-8"))
    groups = {kind: {name: tuple(map(str, others)) for name, others in table.get(kind, {}).items()} for kind in KINDS}
    dated = tuple(
        DatedAlias(str(one["kind"]), str(one["alias"]), tuple((str(n), int(a), int(z)) for n, a, z in one["owners"]))
        for one in table.get("dated", ())
    )
    return Aliases(groups, dated)
