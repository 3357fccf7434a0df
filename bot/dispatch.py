"""Discord without a network: interactions made here go through the very command tree, and what is sent is kept.

This is how the terminal and the tests speak to the bot. It is private to discord.py (2.7), so that all of it is in
this file; `tests/test_dispatch.py` fails loudly when a new version of discord.py changes what it stands on.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import discord
from discord import app_commands
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.client import Interaction, SpotterBot

__all__ = ["OPERATOR", "Enclosed", "Person", "Reply", "Sent", "Switchboard"]

Json = dict[str, Any]  # what Discord's API says; its keys are checked against the specification in the tests

APPLICATION = 1000
CHANNEL = 2000
EPHEMERAL, LOADING = 1 << 6, 1 << 7
MESSAGE, THINKING, SILENT, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
MEMBER_RIGHTS = discord.Permissions(view_channel=True, send_messages=True, use_application_commands=True)


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: rights in the guild are a bit field; `guild` None is a direct message."""

    id: int
    guild: int | None
    rights: int = MEMBER_RIGHTS.value
    roles: tuple[int, ...] = ()
    name: str = ""


OPERATOR = MEMBER_RIGHTS.value | discord.Permissions(manage_guild=True).value


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that comes with an answer."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """One request to Discord's API, with the files that go with it."""

    method: str
    path: str
    body: Json
    files: tuple[Enclosed, ...] = ()


@dataclass(slots=True)
class Reply:
    """What a person sees after one interaction. `message` is the payload, None where there is none."""

    asker: Person
    message: Json | None = None
    followups: list[Json] = field(default_factory=list)
    choices: tuple[tuple[str, str | int | float], ...] = ()
    modal: Json | None = None
    failed: bool = False
    sent: list[Sent] = field(default_factory=list)

    @property
    def shown(self) -> Json:
        """The last message shown; an empty one where nothing was."""
        return self.followups[-1] if self.followups else self.message or {}

    @property
    def embed(self) -> Json:
        """The embed of the last message shown."""
        return cast("Json", (self.shown.get("embeds") or [{}])[0])

    @property
    def buttons(self) -> tuple[Json, ...]:
        """Every button under the last message shown."""
        return tuple(button for row in self.shown.get("components") or () for button in row["components"])

    @property
    def turned(self) -> bool:
        """Whether the message under which a button was pressed has been changed in place."""
        return bool(self.sent) and self.sent[-1].body.get("type") == UPDATE

    @property
    def files(self) -> tuple[Enclosed, ...]:
        """The files that came with the last message shown."""
        return self.sent[-1].files if self.sent else ()

    @property
    def private(self) -> bool:
        """Whether only the asker sees the last message."""
        return bool(self.shown.get("flags", 0) & EPHEMERAL)


class Switchboard:
    """Puts interactions into a bot that has been prepared but not logged in."""

    def __init__(self, bot: SpotterBot) -> None:
        self.bot = bot
        self._last_id = 10_000
        state = bot._connection
        state.application_id = APPLICATION
        me = {"id": APPLICATION, "username": "Spotter", "discriminator": "0", "avatar": None, "bot": True}
        state.user = discord.ClientUser(state=state, data=cast("Any", me))

    async def slash(
        self, name: str, options: Mapping[str, str | int], person: Person, resolved: Json | None = None
    ) -> Reply:
        """Call a command by its full name; `resolved` are the things whose ids are among its options."""
        data = self._command(name, options, None) | ({"resolved": resolved} if resolved else {})
        interaction, reply = self._interaction(2, data, person)
        await self._run(interaction, reply)
        return reply

    async def suggest(
        self, name: str, options: Mapping[str, str | int], focused: str, person: Person
    ) -> tuple[tuple[str, str | int | float], ...]:
        """The (label, value) choices offered while `focused` is being typed."""
        interaction, reply = self._interaction(4, self._command(name, options, focused), person)
        await self._run(interaction, reply)
        return reply.choices

    async def press(self, on: Reply, custom_id: str, person: Person | None = None) -> Reply:
        """Press a button of the last message shown."""
        kind = discord.ComponentType.button.value
        data: Json = {"custom_id": custom_id, "component_type": kind}
        interaction, reply = self._interaction(3, data, person or on.asker, on.shown)
        store = self.bot._connection._view_store
        with _kept(self, interaction, reply):
            before = asyncio.all_tasks()
            store.dispatch_view(kind, custom_id, cast("Any", interaction))
            await asyncio.gather(*(asyncio.all_tasks() - before))
        reply.failed = interaction.command_failed
        if reply.turned:
            on.shown.update(reply.message or {})
        return reply

    async def submit(self, on: Reply, filled: Mapping[str, str]) -> Reply:
        """Send the form that a press opened, its fields filled in by custom id."""
        form = on.modal or {}
        rows = [
            {"type": 18, "id": number, "component": {"type": 4, "id": 100 + number, "custom_id": name, "value": value}}
            for number, (name, value) in enumerate(filled.items(), 1)
        ]
        data: Json = {"custom_id": form["custom_id"], "components": rows}
        interaction, reply = self._interaction(5, data, on.asker)
        with _kept(self, interaction, reply):
            await self.bot.on_interaction(interaction)
        reply.failed = interaction.command_failed
        return reply

    async def _run(self, interaction: Interaction, reply: Reply) -> None:
        tree = self.bot.tree
        with _kept(self, interaction, reply):
            try:
                await tree._call(interaction)
            except app_commands.AppCommandError as error:
                await tree.on_error(interaction, error)
        reply.failed = interaction.command_failed

    def _command(self, name: str, options: Mapping[str, str | int], focused: str | None) -> Json:
        """The data of a slash command or of its autocomplete."""
        command = self.bot.find(name)
        kinds = {p.display_name: p.type.value for p in command.parameters} if command else {}
        values: list[Json] = [
            {"name": option, "type": kinds.get(option, 3), "value": value}
            | ({"focused": True} if option == focused else {})
            for option, value in options.items()
        ]
        first, *rest = name.split()
        for sub in reversed(rest):
            values = [{"name": sub, "type": 1, "options": values}]
        at_home = {"guild_id": str(self.bot.home.guild)} if rest and self.bot.home.guild else {}
        return {"id": "1", "name": first, "type": 1, "options": values} | at_home

    def _interaction(
        self, kind: int, data: Json, person: Person, message: Json | None = None
    ) -> tuple[Interaction, Reply]:
        payload: Json = {
            "id": str(self._new_id()), "application_id": str(APPLICATION), "type": kind, "token": "none", "version": 1,
            "data": data, "locale": "en-US", "app_permissions": str(MEMBER_RIGHTS.value), "entitlements": [],
            "attachment_size_limit": 10 * 1024 * 1024, "authorizing_integration_owners": {}, "channel_id": str(CHANNEL),
        }  # fmt: skip
        payload |= _place(person) | ({"message": message} if message is not None else {})
        state = cast("Any", self.bot._connection)
        return discord.Interaction(data=cast("Any", payload), state=state), Reply(person)

    def _new_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def message(self, interaction: Interaction, body: Json, flags: int) -> Json:
        """A message as Discord would give it back after `body` was sent."""
        user = _user(interaction.user.id)
        return {
            "id": str(self._new_id()), "type": 20, "channel_id": str(CHANNEL), "author": _user(APPLICATION),
            "content": body.get("content") or "", "embeds": body.get("embeds") or [],
            "components": body.get("components") or [], "attachments": [], "mentions": [], "mention_roles": [],
            "mention_everyone": False, "pinned": False, "tts": False, "edited_timestamp": None, "flags": flags,
            "timestamp": "2024-01-01T00:00:00+00:00",
            "interaction_metadata": {
                "id": str(interaction.id), "type": 2, "user": user, "authorizing_integration_owners": {},
            },
        }  # fmt: skip


class _Keeper(AsyncWebhookAdapter):
    """Stands where discord.py expects the network: keeps what is sent and answers as Discord would."""

    def __init__(self, board: Switchboard, interaction: Interaction, reply: Reply) -> None:
        self._board, self._interaction, self._reply = board, interaction, reply

    async def request(
        self,
        route: Route,
        session: object,
        *,
        payload: Json | None = None,
        multipart: Sequence[Json] | None = None,
        **_: object,
    ) -> Json:
        """One request to the API, of whatever sort."""
        del session
        body = payload if payload is not None else _body(multipart or ())
        self._reply.sent.append(Sent(route.method, route.path, body, tuple(_files(multipart or ()))))
        if route.path.endswith("/callback"):
            return self._respond(body)
        if route.path.endswith("@original"):
            return self._edit(body)
        message = self._board.message(self._interaction, body, body.get("flags") or 0)
        self._reply.followups.append(message)
        return message

    def _respond(self, body: Json) -> Json:
        """The first response to an interaction."""
        kind, data = body["type"], body.get("data") or {}
        reply = self._reply
        if kind == CHOICES:
            reply.choices = tuple((choice["name"], choice["value"]) for choice in data["choices"])
        elif kind == MODAL:
            reply.modal = data
        elif kind in {MESSAGE, THINKING}:
            loading = LOADING if kind == THINKING else 0
            reply.message = self._board.message(self._interaction, data, (data.get("flags") or 0) | loading)
        elif kind == UPDATE:
            reply.message = {key: data[key] or [] for key in ("embeds", "components") if key in data}
        return {"interaction": {"id": str(self._interaction.id), "type": self._interaction.type.value}}

    def _edit(self, body: Json) -> Json:
        """An edit of the first response."""
        message = self._reply.message or self._board.message(self._interaction, {}, 0)
        message |= {key: value or [] for key, value in body.items() if key in {"embeds", "components"}}
        message["flags"] &= ~LOADING
        self._reply.message = message
        return message


@contextmanager
def _kept(board: Switchboard, interaction: Interaction, reply: Reply) -> Iterator[None]:
    """While this lasts, what is sent to Discord is kept in `reply`."""
    token = async_context.set(_Keeper(board, interaction, reply))
    try:
        yield
    finally:
        async_context.reset(token)


def _body(multipart: Sequence[Json]) -> Json:
    """The JSON part of a body with files."""
    part = next((part["value"] for part in multipart if part["name"] == "payload_json"), "{}")
    return cast("Json", json.loads(part))


def _files(multipart: Sequence[Json]) -> Iterator[Enclosed]:
    """The files of a body."""
    for part in multipart:
        if part["name"].startswith("files["):
            yield Enclosed(part["filename"], part["value"].read())


def _place(person: Person) -> Json:
    """Where a person is, and with which rights."""
    if person.guild is None:
        channel = {"id": str(CHANNEL), "type": 1, "recipients": [_user(person.id)], "last_message_id": None}
        return {"user": _user(person.id, person.name), "channel": channel, "context": 1}
    guild = str(person.guild)
    roles = [_role(role) for role in person.roles]
    member = {
        "user": _user(person.id, person.name), "roles": [str(role) for role in person.roles],
        "permissions": str(person.rights), "joined_at": "2024-01-01T00:00:00+00:00", "deaf": False, "mute": False,
        "flags": 0,
    }  # fmt: skip
    channel = {"id": str(CHANNEL), "type": 0, "name": "here", "position": 0, "permission_overwrites": [], "nsfw": False}
    where: Json = {"id": guild, "locale": "en-US", "features": [], "roles": roles}
    return {"guild_id": guild, "guild": where, "channel": channel, "member": member, "context": 0}


def _role(number: int) -> Json:
    colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    return {
        "id": str(number), "name": "role", "permissions": "0", "position": 1, "color": 0, "colors": colours,
        "hoist": False, "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip


def _user(number: int, name: str = "") -> Json:
    shown = {"username": f"user{number}", "global_name": name or None}
    return {"id": str(number), "discriminator": "0", "avatar": None} | shown
