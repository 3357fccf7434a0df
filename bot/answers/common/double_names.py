"""Notes that point from one name of a person or a track to the other under which the archive counts it too."""

from collections.abc import Iterator

from bot.answers.context import QueryContext
from bot.names.double_names import double_names

__all__ = ["double_name_notes"]


def double_name_notes(context: QueryContext, kind: str, name: str) -> Iterator[str]:
    """A sentence for each other name that the archive has, with its seasons and how it is known to be the same."""
    for other, source in double_names(kind, name):
        entity = context.names.get(kind, other)
        if entity is not None:
            first, last = entity.first_season, entity.last_season
            years = f", {first}" + (f" to {last}" if last != first else "") if first else ""
            yield f"The archive counts more under {other}{years}: {source}."
