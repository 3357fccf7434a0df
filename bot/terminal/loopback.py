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

from bot.frontend.client import SpotterBot
from bot.frontend.host import Interaction
from bot.terminal.payloads import (
    APPLICATION_ID,
    LOADING_FLAG,
    UPDATE_RESPONSE,
    Json,
    Person,
    Reply,
    SentFile,
    SentRequest,
    interaction_payload,
    message_payload,
)

__all__ = ["LoopbackDiscord"]

MESSAGE_RESPONSE, THINKING_RESPONSE, CHOICES_RESPONSE, MODAL_RESPONSE = 4, 5, 8, 9


class LoopbackDiscord:
    """Puts interactions into a bot that has been prepared but not logged in."""

    def __init__(self, bot: SpotterBot) -> None:
        self.bot = bot
        self._last_id = 10_000
        state = bot._connection
        state.application_id = APPLICATION_ID
        me = {"id": APPLICATION_ID, "username": "Spotter", "discriminator": "0", "avatar": None, "bot": True}
        state.user = discord.ClientUser(state=state, data=cast("Any", me))

    async def slash(
        self, name: str, options: Mapping[str, str | int], person: Person, resolved: Json | None = None
    ) -> Reply:
        """Call a command by its full name; `resolved` are the things whose ids are among its options."""
        data = self._command_data(name, options, None) | ({"resolved": resolved} if resolved else {})
        interaction, reply = self._interaction(2, data, person)
        await self._dispatch(interaction, reply)
        return reply

    async def suggest(
        self, name: str, options: Mapping[str, str | int], focused: str, person: Person
    ) -> tuple[tuple[str, str | int | float], ...]:
        """The (label, value) choices offered while `focused` is being typed."""
        interaction, reply = self._interaction(4, self._command_data(name, options, focused), person)
        await self._dispatch(interaction, reply)
        return reply.choices

    async def press(self, previous: Reply, custom_id: str, person: Person | None = None) -> Reply:
        """Press a button of the last message shown."""
        kind = discord.ComponentType.button.value
        data: Json = {"custom_id": custom_id, "component_type": kind}
        interaction, reply = self._interaction(3, data, person or previous.asker, previous.last_message)
        store = self.bot._connection._view_store
        with _recording(self, interaction, reply):
            tasks_before = asyncio.all_tasks()
            store.dispatch_view(kind, custom_id, cast("Any", interaction))
            await asyncio.gather(*(asyncio.all_tasks() - tasks_before))
        reply.failed = interaction.command_failed
        if reply.edited_in_place:
            previous.last_message.update(reply.message or {})
        return reply

    async def submit(self, form_reply: Reply, values: Mapping[str, str]) -> Reply:
        """Send the form that a press opened, its fields filled in by custom id."""
        form = form_reply.modal or {}
        rows = [
            {"type": 18, "id": number, "component": {"type": 4, "id": 100 + number, "custom_id": name, "value": value}}
            for number, (name, value) in enumerate(values.items(), 1)
        ]
        data: Json = {"custom_id": form["custom_id"], "components": rows}
        interaction, reply = self._interaction(5, data, form_reply.asker)
        with _recording(self, interaction, reply):
            await self.bot.on_interaction(interaction)
        reply.failed = interaction.command_failed
        return reply

    async def _dispatch(self, interaction: Interaction, reply: Reply) -> None:
        tree = self.bot.tree
        with _recording(self, interaction, reply):
            try:
                await tree._call(interaction)
            except app_commands.AppCommandError as error:
                await tree.on_error(interaction, error)
        reply.failed = interaction.command_failed

    def _command_data(self, name: str, options: Mapping[str, str | int], focused: str | None) -> Json:
        """The data of a slash command or of its autocomplete."""
        command = self.bot.find_command(name)
        option_types = {p.display_name: p.type.value for p in command.parameters} if command else {}
        values: list[Json] = [
            {"name": option, "type": option_types.get(option, 3), "value": value}
            | ({"focused": True} if option == focused else {})
            for option, value in options.items()
        ]
        first, *rest = name.split()
        for sub in reversed(rest):
            values = [{"name": sub, "type": 1, "options": values}]
        guild = {"guild_id": str(self.bot.home.guild)} if rest and self.bot.home.guild else {}
        return {"id": "1", "name": first, "type": 1, "options": values} | guild

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


class _RecordingAdapter(AsyncWebhookAdapter):
    """Stands where discord.py expects the network: keeps what is sent and answers as Discord would."""

    def __init__(self, loopback: LoopbackDiscord, interaction: Interaction, reply: Reply) -> None:
        self._loopback, self._interaction, self._reply = loopback, interaction, reply

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
        self._reply.requests.append(SentRequest(route.method, route.path, body, tuple(_files(multipart or ()))))
        if route.path.endswith("/callback"):
            return self._respond(body)
        if route.path.endswith("@original"):
            return self._edit(body)
        message = self._loopback.message(self._interaction, body, body.get("flags") or 0)
        self._reply.followups.append(message)
        return message

    def _respond(self, body: Json) -> Json:
        """The first response to an interaction."""
        kind, data = body["type"], body.get("data") or {}
        reply = self._reply
        if kind == CHOICES_RESPONSE:
            reply.choices = tuple((choice["name"], choice["value"]) for choice in data["choices"])
        elif kind == MODAL_RESPONSE:
            reply.modal = data
        elif kind in {MESSAGE_RESPONSE, THINKING_RESPONSE}:
            loading = LOADING_FLAG if kind == THINKING_RESPONSE else 0
            reply.message = self._loopback.message(self._interaction, data, (data.get("flags") or 0) | loading)
        elif kind == UPDATE_RESPONSE:
            reply.message = {key: data[key] or [] for key in ("embeds", "components") if key in data}
        return {"interaction": {"id": str(self._interaction.id), "type": self._interaction.type.value}}

    def _edit(self, body: Json) -> Json:
        """An edit of the first response."""
        message = self._reply.message or self._loopback.message(self._interaction, {}, 0)
        message |= {key: value or [] for key, value in body.items() if key in {"embeds", "components"}}
        message["flags"] &= ~LOADING_FLAG
        self._reply.message = message
        return message


@contextmanager
def _recording(loopback: LoopbackDiscord, interaction: Interaction, reply: Reply) -> Iterator[None]:
    """While this lasts, what is sent to Discord is kept in `reply`."""
    token = async_context.set(_RecordingAdapter(loopback, interaction, reply))
    try:
        yield
    finally:
        async_context.reset(token)


def _body(multipart: Sequence[Json]) -> Json:
    """The JSON part of a body with files."""
    part = next((part["value"] for part in multipart if part["name"] == "payload_json"), "{}")
    return cast("Json", json.loads(part))


def _files(multipart: Sequence[Json]) -> Iterator[SentFile]:
    """The files of a body."""
    for part in multipart:
        if part["name"].startswith("files["):
            yield SentFile(part["filename"], part["value"].read())
