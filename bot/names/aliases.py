"""What fans call them: the table beside this file, and whom each name means among the entities there are."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.language.fold import fold
from bot.names.entity import KINDS

__all__ = ["Aliases", "DatedAlias", "aliases", "given"]

# The words by which a sponsor is added to a name.
GOES_ON = frozenset(["powered", "presented", "benefiting", "benefitting", "with", "driven", "available", "by"])


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


def given(
    owner: Mapping[str, int], groups: Iterable[tuple[str, tuple[str, ...]]]
) -> tuple[dict[int, list[str]], set[str]]:
    """The nicknames that groups of `Aliases.of` give, by the number of their owner, and the names without an owner.

    `owner` has the number of every folded spelling. A name may go on after the canonical one, as "Wawa 250 Powered by
    Coca-Cola" does, but only by a sponsor: a road course is not the oval, nor a son his father.
    """
    begun: dict[str, int] = {}
    for text, number in owner.items():
        words = text.split()
        at = next((at for at, word in enumerate(words) if at and word in GOES_ON), 0)
        if at:
            begun.setdefault(" ".join(words[:at]), number)
    nicknames: defaultdict[int, list[str]] = defaultdict(list)
    absent: set[str] = set()
    for canonical, others in groups:
        meant = next((owner[name] for name in (canonical, *others) if name in owner), begun.get(canonical))
        if meant is None:
            absent.update((canonical, *others))
        else:
            nicknames[meant].extend(name for name in (canonical, *others) if name not in owner)
    return dict(nicknames), absent


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
