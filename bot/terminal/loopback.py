"""Loopback Discord, without a network: interactions made here go through the command tree, and replies are recorded.

The terminal and the tests speak to the bot through it. It stands on private parts of discord.py (2.7), all of them in
this file; `tests/terminal/test_loopback.py` fails loudly when a new version of discord.py changes one.
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
    DEFERRED_UPDATE_RESPONSE,
    INPUT_TYPE,
    LOADING_FLAG,
    SELECT_TYPE,
    UPDATE_RESPONSE,
    Json,
    Person,
    Reply,
    SentFile,
    SentRequest,
    form_component,
    interaction_payload,
    message_payload,
)

__all__ = ["LoopbackDiscord"]

MESSAGE_RESPONSE, THINKING_RESPONSE, CHOICES_RESPONSE, MODAL_RESPONSE = 4, 5, 8, 9


class LoopbackDiscord:
    """Discord for a bot that is prepared and not logged in: it takes interactions and records what the bot sends."""

    def __init__(self, bot: SpotterBot) -> None:
        self.bot = bot
        self._last_id = 10_000  # above the ids of people, servers and roles, which callers choose
        state = bot._connection
        # A guild's interaction asks the connection who the bot is, which it learns at the login.
        state.application_id = APPLICATION_ID
        me = {"id": APPLICATION_ID, "username": "Spotter", "discriminator": "0", "avatar": None, "bot": True}
        state.user = discord.ClientUser(state=state, data=cast("Any", me))

    async def slash(
        self, name: str, options: Mapping[str, str | int], person: Person, resolved: Json | None = None
    ) -> Reply:
        """Call a command by its full name; `resolved` are the objects whose ids its options give, such as files."""
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
        """Press a button of the last message shown, or choose the entry of a select whose value `custom_id` is."""
        select = next((one for one in previous.components if _has_entry(one, custom_id)), None)
        kind = discord.ComponentType.string_select.value if select else discord.ComponentType.button.value
        pressed_id = select["custom_id"] if select else custom_id
        data: Json = {"custom_id": pressed_id, "component_type": kind} | ({"values": [custom_id]} if select else {})
        interaction, reply = self._interaction(3, data, person or previous.asker, previous.last_message)
        store = self.bot._connection._view_store
        with _recording(self, interaction, reply):
            # discord.py answers a press in a task that it gives to nobody: the new tasks are those to wait for.
            tasks_before = asyncio.all_tasks()
            store.dispatch_view(kind, pressed_id, cast("Any", interaction))
            await asyncio.gather(*(asyncio.all_tasks() - tasks_before))
        reply.failed = interaction.command_failed
        reply.opened_from = previous.last_message if reply.modal else None
        # The message in which a page was turned is the one that the next press comes from.
        if reply.edited_in_place:
            previous.last_message.update(reply.message or {})
        return reply

    async def submit(self, form_reply: Reply, values: Mapping[str, str]) -> Reply:
        """Send the form that a press opened, its fields filled in by custom id."""
        form = form_reply.modal or {}
        fields = {row["component"]["custom_id"]: row["component"] for row in form["components"]}
        sent = [
            form_component(fields.get(name, {"type": INPUT_TYPE, "custom_id": name}), 100 + number, value)
            for number, (name, value) in enumerate(values.items(), 1)
        ]
        rows = [{"type": 18, "id": component["id"] - 100, "component": component} for component in sent]
        data: Json = {"custom_id": form["custom_id"], "components": rows}
        interaction, reply = self._interaction(5, data, form_reply.asker, form_reply.opened_from)
        with _recording(self, interaction, reply):
            await self.bot.on_interaction(interaction)
        reply.failed = interaction.command_failed
        if reply.edited_in_place and form_reply.opened_from is not None:
            form_reply.opened_from.update(reply.message or {})
        return reply

    async def receive(self, event: str, data: Json) -> None:
        """Have the gateway tell the bot of something, such as "GUILD_CREATE"; what it does then is done at the end."""
        tasks_before = asyncio.all_tasks()
        self.bot._connection.parsers[event](data)
        while new_tasks := asyncio.all_tasks() - tasks_before:
            await asyncio.gather(*new_tasks)

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
        # A subcommand is sent inside its command, as its only option.
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
    """Adapter in the place of the network: it records what discord.py sends and answers as Discord would."""

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
        """Discord's answer to one request to its API, of whatever sort."""
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
        """Discord's answer to the first response to an interaction."""
        kind, data = body["type"], body.get("data") or {}
        reply = self._reply
        if kind == CHOICES_RESPONSE:
            reply.choices = tuple((choice["name"], choice["value"]) for choice in data["choices"])
        elif kind == MODAL_RESPONSE:
            reply.modal = data
        elif kind in {MESSAGE_RESPONSE, THINKING_RESPONSE}:
            loading = LOADING_FLAG if kind == THINKING_RESPONSE else 0
            reply.message = self._loopback.message(self._interaction, data, (data.get("flags") or 0) | loading)
        elif kind in {UPDATE_RESPONSE, DEFERRED_UPDATE_RESPONSE}:
            before = self._interaction.message
            kept_flags = before.flags.value if before is not None else 0
            reply.message = {key: data[key] or [] for key in ("embeds", "components") if key in data}
            reply.message["flags"] = kept_flags | (data.get("flags") or 0)
        return {"interaction": {"id": str(self._interaction.id), "type": self._interaction.type.value}}

    def _edit(self, body: Json) -> Json:
        """Discord's answer to an edit of the first response."""
        # After a press has changed its message in place, what was said of it is only what has changed.
        message = self._loopback.message(self._interaction, {}, 0) | (self._reply.message or {})
        message |= {key: value or [] for key, value in body.items() if key in {"embeds", "components"}}
        message["flags"] = (message["flags"] | (body.get("flags") or 0)) & ~LOADING_FLAG
        self._reply.message = message
        return message


def _has_entry(component: Json, value: str) -> bool:
    """Whether a component is a select with an entry of this value."""
    return component["type"] == SELECT_TYPE and any(entry["value"] == value for entry in component["options"])


@contextmanager
def _recording(loopback: LoopbackDiscord, interaction: Interaction, reply: Reply) -> Iterator[None]:
    """Context manager that records in `reply` what is sent to Discord meanwhile."""
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
