"""Whether Discord already has the commands as they are: one that is told nothing new forgets nothing."""

from collections.abc import Mapping, Sequence
from typing import cast

__all__ = ["differs"]

SLASH = 1
DEFAULTS: Mapping[str, object] = {"required": False, "nsfw": False, "autocomplete": False, "type": SLASH}
SETS = frozenset({"contexts", "integration_types"})
# Discord adds these by itself, or gives an older name to what `contexts` says.
ITS_OWN = frozenset(["id", "application_id", "version", "guild_id", "default_permission", "dm_permission", "handler"])


def differs(ours: Sequence[object], theirs: Sequence[object], *, in_guild: bool = False) -> bool:
    """Whether two lists of commands, as Discord's API writes them, mean different commands.

    What Discord adds, leaves out or orders in its own way makes no difference; nor do its commands of other types,
    such as the entry point of an activity. Where a command can be used says nothing `in_guild`.
    """
    return _known(ours, in_guild) != _known(theirs, in_guild)


def _known(commands: Sequence[object], in_guild: bool) -> dict[str, object]:
    plain = [cast("dict[str, object]", _plain(command)) for command in commands]
    slash = [command for command in plain if command.get("type", SLASH) == SLASH]
    left = SETS if in_guild else frozenset()
    return {str(c["name"]): {key: value for key, value in c.items() if key not in left} for c in slash}


def _plain(value: object) -> object:
    """A value of a payload with defaults, empty values and Discord's own additions left out."""
    if isinstance(value, Mapping):
        cleaned = {key: _entry(key, entry) for key, entry in value.items() if key not in ITS_OWN}
        return {
            key: entry
            for key, entry in cleaned.items()
            if entry not in (None, [], {}, "") and (key not in DEFAULTS or entry != DEFAULTS[key])
        }
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value


def _entry(key: str, value: object) -> object:
    if key in SETS and isinstance(value, list):
        return sorted(value)
    return str(value) if key == "default_member_permissions" and value is not None else _plain(value)
