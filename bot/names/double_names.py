"""Names of one and the same person or track, in the table beside this file."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

__all__ = ["double_names"]


def double_names(kind: str, name: str) -> tuple[tuple[str, str], ...]:
    """(other name, how that is known) of everybody and everything of a kind that has this canonical name too."""
    return _table().get((kind, name), ())


@cache
def _table() -> Mapping[tuple[str, str], tuple[tuple[str, str], ...]]:
    pairs = tomllib.loads(files("bot.names").joinpath("double_names.toml").read_text(encoding="utf-8"))["pair"]
    others: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for pair in pairs:
        for name in pair["names"]:
            own = tuple((str(other), str(pair["source"])) for other in pair["names"] if other != name)
            key = str(pair["kind"]), str(name)
            others[key] = (*others.get(key, ()), *own)
    return others
