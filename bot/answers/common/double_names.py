"""Facts that point from one name of a person or a track to the other under which it is counted too."""

from collections.abc import Iterator

from bot.answers.context import QueryContext
from bot.cards import Fact
from bot.names.double_names import double_names

__all__ = ["double_name_facts"]

ALSO_COUNTED = "Also counted as"


def double_name_facts(context: QueryContext, kind: str, name: str) -> Iterator[Fact]:
    """A fact for each other name that is counted apart, with its seasons; why it is the same is its derivation."""
    for other, source in double_names(kind, name):
        entity = context.names.get(kind, other)
        if entity is not None:
            first, last = entity.first_season, entity.last_season
            years = f", {first}" + (f" to {last}" if last != first else "") if first else ""
            yield Fact(ALSO_COUNTED, f"{other}{years}", derivation=source, origin="archive")
