"""What fans call them: the table beside this file, and whom each name means among the entities there are."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.language.fold import fold
from bot.names.entity import KINDS

__all__ = ["Aliases", "DatedAlias", "EnteredAlias", "assign_nicknames", "load_aliases", "with_entered"]

# The words by which a sponsor is added to a name.
SPONSOR_CONNECTORS = frozenset(
    ["powered", "presented", "benefiting", "benefitting", "with", "driven", "available", "by"]
)


@dataclass(frozen=True, slots=True)
class DatedAlias:
    """A name that went from one owner to the next: `owners` are (canonical name, first season, last season)."""

    kind: str
    alias: str
    owners: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class EnteredAlias:
    """A name that a moderator has entered: `alias`, folded, means the `kind` of this canonical `name`."""

    kind: str
    alias: str
    name: str


@dataclass(frozen=True, slots=True)
class Aliases:
    """The whole table: kind to canonical name to its other names, as written."""

    groups: Mapping[str, Mapping[str, tuple[str, ...]]]
    dated: tuple[DatedAlias, ...]

    def of_kind(self, kind: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(folded canonical name, folded other names) of every group of a kind."""
        for name, others in self.groups.get(kind, {}).items():
            yield fold(name), tuple(fold(other) for other in others)


def assign_nicknames(
    number_by_name: Mapping[str, int], groups: Iterable[tuple[str, tuple[str, ...]]]
) -> tuple[dict[int, list[str]], set[str]]:
    """The nicknames in groups of `Aliases.of_kind`, by the number of their owner, and the names without an owner.

    `number_by_name` has the number of every folded spelling. A name may go on after the canonical one, as "Wawa 250
    Powered by Coca-Cola" does, but only by a sponsor: a road course is not the oval, nor a son his father.
    """
    number_by_prefix: dict[str, int] = {}
    for text, number in number_by_name.items():
        words = text.split()
        split_at = next((at for at, word in enumerate(words) if at and word in SPONSOR_CONNECTORS), 0)
        if split_at:
            number_by_prefix.setdefault(" ".join(words[:split_at]), number)
    nicknames: defaultdict[int, list[str]] = defaultdict(list)
    ownerless_names: set[str] = set()
    for canonical, others in groups:
        owner_number = next(
            (number_by_name[name] for name in (canonical, *others) if name in number_by_name),
            number_by_prefix.get(canonical),
        )
        if owner_number is None:
            ownerless_names.update((canonical, *others))
        else:
            nicknames[owner_number].extend(name for name in (canonical, *others) if name not in number_by_name)
    return dict(nicknames), ownerless_names


def with_entered(aliases: Aliases, entered: Iterable[EnteredAlias]) -> Aliases:
    """The table with what moderators have entered: such a name means nothing else any more."""
    names_by_kind: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in entered:
        names_by_kind[one.kind][one.alias] = one.name
    groups = dict(aliases.groups)
    for kind, name_by_alias in names_by_kind.items():
        kept = {
            name: tuple(other for other in others if fold(other) not in name_by_alias)
            for name, others in aliases.groups.get(kind, {}).items()
        }
        for alias, name in name_by_alias.items():
            kept[name] = (*kept.get(name, ()), alias)
        groups[kind] = kept
    dated = tuple(one for one in aliases.dated if fold(one.alias) not in names_by_kind.get(one.kind, {}))
    return Aliases(groups, dated)


@cache
def load_aliases() -> Aliases:
    """The table, read once."""
    alias_table = tomllib.loads(files("bot.names").joinpath("aliases.toml").read_text(encoding="utf-8"))
    groups = {
        kind: {name: tuple(map(str, others)) for name, others in alias_table.get(kind, {}).items()} for kind in KINDS
    }
    dated = tuple(
        DatedAlias(
            str(alias["kind"]), str(alias["alias"]), tuple((str(n), int(a), int(z)) for n, a, z in alias["owners"])
        )
        for alias in alias_table.get("dated", ())
    )
    return Aliases(groups, dated)
