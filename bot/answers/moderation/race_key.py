"""Key of the race that a moderator types: as fans name it, or as a key, which may be that of a new race."""

from bot.answers.context import QueryContext
from bot.names.index import NameIndex
from bot.racing.race_key import RaceKey

__all__ = ["race_key_question", "typed_race_key"]


def typed_race_key(names: NameIndex, text: str, series: str) -> str:
    """The key of the race that `text` means; `series` is preferred. Raises UnknownName or AmbiguousName."""
    typed = text.strip()
    # A key is what it is, whether the archive has the race already or not: "cup-2023-18".
    if RaceKey.find(typed.lower()):
        return typed.lower()
    if names.get("race", typed) is not None:
        return typed
    return names.resolve(typed, "race", series=series).entity.value


def race_key_question(context: QueryContext, text: str) -> str:
    """The same by the names of the archive as it is now."""
    return typed_race_key(context.names, text, context.default_series)
