"""Discord without a network: interactions made here go through the very command tree, and what is sent is kept.

This is how the terminal and the tests speak to the bot. It is private to discord.py (2.7), so that all of it is in
this file; `tests/test_dispatch.py` fails loudly when a new version of discord.py changes what it stands on.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import discord
from discord import app_commands
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.frontend.client import Interaction, SpotterBot
from bot.terminal.payloads import (
    APPLICATION,
    LOADING,
    UPDATE,
    Enclosed,
    Json,
    Person,
    Reply,
    Sent,
    interaction_payload,
    message_payload,
)

__all__ = ["Switchboard"]

MESSAGE, THINKING, CHOICES, MODAL = 4, 5, 8, 9


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
        payload = interaction_payload(self._new_id(), kind, data, person, message)
        state = cast("Any", self.bot._connection)
        return discord.Interaction(data=cast("Any", payload), state=state), Reply(person)

    def _new_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def message(self, interaction: Interaction, body: Json, flags: int) -> Json:
        """A message as Discord would give it back after `body` was sent."""
        return message_payload(self._new_id(), interaction.id, interaction.user.id, body, flags)


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
