"""Steps of `/settings`: who may, what is shown, the form of each group, and what is stored of it."""

from collections.abc import Callable
from typing import cast

import discord
from sqlmodel import Session

from bot.answers.preferences.server_settings import (
    ServerView,
    forget_server_card,
    forgotten_server_card,
    settings_card,
)
from bot.answers.preferences.setting_words import HOURS_CHOICES, KIND_CHOICES, REPLIES_CHOICES
from bot.archive.db.engine import read_session
from bot.archive.preferences import changes
from bot.archive.preferences.queries import server_preferences
from bot.archive.preferences.rules import AnnouncementKind, ChannelPreferences, Replies, ServerPreferences
from bot.errors import NotAllowed
from bot.frontend.host import Interaction, host_of
from bot.frontend.replies import begin_in_place, send_card
from bot.frontend.servers.audience import audience_of
from bot.frontend.servers.channel_check import announcement_fault
from bot.frontend.servers.choice_forms import ChoiceField, ask_choices
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = [
    "change_announcements",
    "change_channel",
    "change_replies",
    "change_series",
    "forget_now",
    "offer_to_forget",
    "show_again",
    "show_settings",
]

SAVED = "saved"
SAVED_LATER = "it is saved as soon as the load that runs now is done"
SERVER_ONLY = "Settings are those of a server. Type /settings in one that you manage."
NOT_INVITED = "This server has not added the bot, only you have. Who manages the server can add it, then set it here."
MANAGERS_ONLY = "Only who may manage this server can see and change its settings."


async def show_settings(interaction: Interaction, notice: str = "") -> None:
    """Show what the server has set. Raises NotAllowed for who may not manage it."""
    guild = _managed_guild(interaction)
    await send_card(interaction, settings_card(await _server_view(interaction, guild), notice))


async def change_series(interaction: Interaction, form: str) -> None:
    """Ask for the default series, and store it. Raises NotAllowed."""
    guild = _managed_guild(interaction)
    view = await _server_view(interaction, guild)
    default = view.series_names.get(view.operator_series, view.operator_series)
    chosen = await ask_choices(
        interaction,
        "Default series",
        (
            ChoiceField(
                "series",
                "Which series is meant where none is named?",
                f"{default}, the default",
                _texts(view.server.series),
                tuple(view.series_names.items()),
            ),
        ),
        form,
    )
    if chosen is not None:
        series = _first(chosen["series"])
        await _save(interaction, lambda session: changes.save_series(session, guild.id, series))


async def change_replies(interaction: Interaction, form: str) -> None:
    """Ask for the server's spoilers and replies, and store them. Raises NotAllowed."""
    guild = _managed_guild(interaction)
    server = (await _server_view(interaction, guild)).server
    fields = _rule_fields(server.spoiler_hours, server.replies, "Shown at once, the default", "Everybody, the default")
    chosen = await ask_choices(interaction, "Spoilers and replies", fields, form)
    if chosen is not None:
        hours, replies = _hours(chosen["spoilers"]), _replies(chosen["replies"])

        def store(session: Session) -> None:
            changes.save_spoilers(session, guild.id, hours)
            changes.save_replies(session, guild.id, replies)

        await _save(interaction, store)


async def change_channel(interaction: Interaction, form: str) -> None:
    """Ask for what is otherwise in the channel where it is asked, and store it. Raises NotAllowed."""
    guild = _managed_guild(interaction)
    view = await _server_view(interaction, guild)
    own = view.server.of_channel(view.channel)
    placeholder = "As in the rest of the server"
    fields = _rule_fields(own.spoiler_hours, own.replies, placeholder, placeholder)
    name = view.channel_names.get(view.channel, "this channel")
    chosen = await ask_choices(interaction, f"Only in #{name}", fields, form)
    if chosen is not None:
        new = ChannelPreferences(view.channel, _hours(chosen["spoilers"]), _replies(chosen["replies"]))
        await _save(
            interaction,
            lambda session: changes.save_channel_rules(session, guild.id, new.channel, new.spoiler_hours, new.replies),
        )


async def change_announcements(interaction: Interaction, form: str) -> None:
    """Ask what is announced where, and store it once the bot may do so there. Raises NotAllowed with what it lacks."""
    guild = _managed_guild(interaction)
    server = (await _server_view(interaction, guild)).server
    chosen = await ask_choices(interaction, "Announcements", _announcement_fields(guild, server), form)
    if chosen is None:
        return
    channel, role = _first(chosen["channel"]), _first(chosen["role"])
    kinds = frozenset(cast("tuple[AnnouncementKind, ...]", chosen["kinds"]))
    if channel is None or not kinds:
        await _save(interaction, lambda session: changes.save_announcements(session, guild.id, None))
        return
    fault = announcement_fault(guild, int(channel), int(role) if role else None)
    if fault:
        raise NotAllowed(f"Nothing was changed: {fault}.")
    choice = changes.AnnouncementChoice(int(channel), kinds, int(role) if role else None)
    await _save(interaction, lambda session: changes.save_announcements(session, guild.id, choice))


async def offer_to_forget(interaction: Interaction) -> None:
    """Show what would be forgotten, in the place of the settings. Raises NotAllowed."""
    _managed_guild(interaction)
    await begin_in_place(interaction)
    await send_card(interaction, forget_server_card())


async def forget_now(interaction: Interaction) -> None:
    """Forget everything of the server, and say so in the place of the question. Raises NotAllowed."""
    guild = _managed_guild(interaction)
    await begin_in_place(interaction)
    host = host_of(interaction)
    is_done = await host.entries.write(lambda session: changes.forget_server(session, guild.id))
    host.runner.preferences.drop()
    await send_card(interaction, forgotten_server_card(is_done))


async def show_again(interaction: Interaction) -> None:
    """Show the settings in the place of the message that was pressed. Raises NotAllowed."""
    _managed_guild(interaction)
    await begin_in_place(interaction)
    await show_settings(interaction)


def _managed_guild(interaction: Interaction) -> discord.Guild:
    """The server whose settings the person may change, where the bot is. Raises NotAllowed."""
    guild = interaction.guild
    if guild is None:
        raise NotAllowed(SERVER_ONLY)
    if not interaction.is_guild_integration():
        raise NotAllowed(NOT_INVITED)
    # Discord hides the command from others, and administrators of the server may have shown it to anybody.
    if not interaction.permissions.manage_guild:
        raise NotAllowed(MANAGERS_ONLY)
    return guild


async def _server_view(interaction: Interaction, guild: discord.Guild) -> ServerView:
    """The server as its settings are shown, read anew. Raises ArchiveUnusable."""
    host = host_of(interaction)

    def read() -> ServerPreferences:
        with read_session(host.runner.engine) as session:
            return server_preferences(session, guild.id) or ServerPreferences(guild.id)

    server = await host.in_thread(read)
    is_unknown = guild.unavailable or not guild.channels  # Discord has an outage, or has not told yet
    return ServerView(
        server=server,
        channel=audience_of(interaction).channel or 0,
        operator_series=host.runner.default_series,
        series_names={one.value: one.name for one in host.runner.names.of_kind("series")} or SHORT_SERIES_NAMES,
        channel_names={channel.id: channel.name for channel in guild.channels},
        role_names={role.id: role.name for role in guild.roles},
        fault="" if server.channel is None or is_unknown else announcement_fault(guild, server.channel, server.role),
    )


async def _save(interaction: Interaction, action: Callable[[Session], None]) -> None:
    """Store what was chosen, and show the settings again in the place of what was pressed."""
    await begin_in_place(interaction)
    host = host_of(interaction)

    def store(session: Session) -> bool:
        action(session)
        return True

    is_stored = await host.entries.write(store)
    host.runner.preferences.drop()
    await show_settings(interaction, SAVED if is_stored else SAVED_LATER)


def _announcement_fields(guild: discord.Guild, server: ServerPreferences) -> tuple[ChoiceField, ...]:
    # What is deleted is not offered: Discord refuses a form that names it.
    channel = server.channel if server.channel is not None and guild.get_channel(server.channel) else None
    role = server.role if server.role is not None and guild.get_role(server.role) else None
    kinds = tuple(sorted(server.kinds)) if server.channel is not None else tuple(value for value, _ in KIND_CHOICES)
    return (
        ChoiceField("channel", "Where?", "Nowhere", _texts(channel), kind="channel"),
        ChoiceField("kinds", "What?", "Nothing", kinds, KIND_CHOICES, most=len(KIND_CHOICES)),
        ChoiceField("role", "Which role is pinged?", "No role", _texts(role), kind="role"),
    )


def _rule_fields(
    hours: int | None, replies: Replies | None, no_hours: str, no_replies: str
) -> tuple[ChoiceField, ChoiceField]:
    return (
        ChoiceField("spoilers", "Spoilers", no_hours, _texts(hours), HOURS_CHOICES),
        ChoiceField("replies", "Replies to commands", no_replies, _texts(replies), REPLIES_CHOICES),
    )


def _texts(value: int | str | None) -> tuple[str, ...]:
    return () if value is None else (str(value),)


def _first(values: tuple[str, ...]) -> str | None:
    return values[0] if values else None


def _hours(values: tuple[str, ...]) -> int | None:
    return int(values[0]) if values else None


def _replies(values: tuple[str, ...]) -> Replies | None:
    return cast("Replies", values[0]) if values else None
