"""Comparison of our commands with those that Discord has, so that they are sent only when they differ.

A start that changes no command sends none: one request less, and Discord limits them.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, cast

import discord
from discord import app_commands
from discord.http import Route

__all__ = ["command_ids", "command_payloads", "commands_differ", "read_commands", "sync_tree"]

log = logging.getLogger(__name__)

SLASH_COMMAND_TYPE = 1
COMMAND_TYPES = frozenset({SLASH_COMMAND_TYPE, 2, 3})  # those of the menu of a person and of a message too
# Discord leaves out what has its default, discord.py writes it down, or the other way round.
DEFAULT_VALUES: Mapping[str, object] = {
    "required": False,
    "nsfw": False,
    "autocomplete": False,
    "type": SLASH_COMMAND_TYPE,
}
UNORDERED_KEYS = frozenset({"contexts", "integration_types"})
# Discord adds these by itself, or gives an older name to what `contexts` says.
IGNORED_KEYS = frozenset(
    ["id", "application_id", "version", "guild_id", "default_permission", "dm_permission", "handler"]
)


def commands_differ(
    local_commands: Sequence[object], discord_commands: Sequence[object], *, in_guild: bool = False
) -> bool:
    """Whether two lists of commands, as Discord's API writes them, are different commands.

    Additions, omissions and orders of Discord's own make no difference; nor do its commands of other types, such as
    the entry point of an activity. `in_guild`: the place where a command can be used is not compared.
    """
    return _commands_by_name(local_commands, in_guild) != _commands_by_name(discord_commands, in_guild)


async def sync_tree(
    tree: app_commands.CommandTree[Any], guild: discord.Object | None, discord_commands: Sequence[object]
) -> Mapping[str, int]:
    """The ids of the commands of one guild, or of the global ones, once Discord has those of the tree."""
    local_commands = await command_payloads(tree, guild)
    if not commands_differ(local_commands, discord_commands, in_guild=guild is not None):
        return command_ids(discord_commands)
    synced = await tree.sync(guild=guild)
    log.info("told Discord the commands%s", " of the home server" if guild else "")
    return {command.name: command.id for command in synced}


async def command_payloads(tree: app_commands.CommandTree[Any], guild: discord.Object | None) -> list[Any]:
    """The commands of one guild, or the global ones, as Discord is told them: in every language."""
    commands, translator = tree.get_commands(guild=guild), tree.translator
    if translator is None:
        return [command.to_dict(tree) for command in commands]
    return [await command.get_translated_payload(tree, translator) for command in commands]


async def read_commands(
    http: discord.http.HTTPClient, application: int, guild: discord.Object | None
) -> Sequence[object]:
    """The commands that Discord has, as its API writes them, in every language."""
    route = (
        Route("GET", "/applications/{app}/guilds/{guild}/commands", app=application, guild=guild.id)
        if guild
        else Route("GET", "/applications/{app}/commands", app=application)
    )
    # discord.py has no way of its own to ask for the other languages; without them every start would send all anew.
    commands: Sequence[object] = await http.request(route, params={"with_localizations": "true"})
    return commands


def command_ids(discord_commands: Sequence[object]) -> Mapping[str, int]:
    """The ids of slash commands, by name, out of what Discord's API says of them."""
    commands = cast("Sequence[Mapping[str, object]]", discord_commands)
    slash_commands = (one for one in commands if one.get("type", SLASH_COMMAND_TYPE) == SLASH_COMMAND_TYPE)
    return {str(one["name"]): int(str(one["id"])) for one in slash_commands if str(one.get("id")).isdecimal()}


def _commands_by_name(commands: Sequence[object], in_guild: bool) -> dict[str, object]:
    normalised = [cast("dict[str, object]", _normalise(command)) for command in commands]
    ours = [command for command in normalised if command.get("type", SLASH_COMMAND_TYPE) in COMMAND_TYPES]
    skipped_keys = UNORDERED_KEYS if in_guild else frozenset()
    return {
        f"{command.get('type', SLASH_COMMAND_TYPE)} {command['name']}": {
            key: value for key, value in command.items() if key not in skipped_keys
        }
        for command in ours
    }


def _normalise(value: object) -> object:
    """A value of a payload with defaults, empty values and Discord's own additions left out."""
    if isinstance(value, Mapping):
        entries = {key: _normalise_entry(key, entry) for key, entry in value.items() if key not in IGNORED_KEYS}
        return {
            key: entry
            for key, entry in entries.items()
            if entry not in (None, [], {}, "") and (key not in DEFAULT_VALUES or entry != DEFAULT_VALUES[key])
        }
    if isinstance(value, list | tuple):
        return [_normalise(entry) for entry in value]
    return value


def _normalise_entry(key: str, value: object) -> object:
    if key in UNORDERED_KEYS and isinstance(value, list):
        return sorted(value)
    return str(value) if key == "default_member_permissions" and value is not None else _normalise(value)
