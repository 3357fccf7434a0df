"""Bots that are prepared and not connected, the people who ask them, and Discord's own judgement of what they send."""

import importlib
import re
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from bot.answers.context import QuestionRunner
from bot.frontend.client import HomeServer, SpotterBot
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import OPERATOR_RIGHTS, Person, Reply, SentRequest
from tests.support.paths import SHARED

HOME_GUILD, MODERATOR_ROLE = 5, 7
FAN = Person(1, HOME_GUILD)
MODERATOR = Person(2, HOME_GUILD, OPERATOR_RIGHTS)
ROLE_HOLDER = Person(3, HOME_GUILD, roles=(MODERATOR_ROLE,))
OTHER_GUILD_OPERATOR = Person(4, 9, OPERATOR_RIGHTS)
DIRECT_MESSAGE_FAN = Person(6, None)


@asynccontextmanager
async def loopback_discord(
    runner: QuestionRunner, documents: Path = Path(), home: int | None = HOME_GUILD, cogs: Sequence[Any] = ()
) -> AsyncIterator[LoopbackDiscord]:
    """A switchboard of a bot with all its commands, and with `cogs` of the test's own."""
    async with SpotterBot(runner, documents, HomeServer(home, frozenset({MODERATOR_ROLE}))) as bot:
        await bot.prepare()
        for cog in cogs:
            await bot.add_cog(cog(bot))
        yield LoopbackDiscord(bot)


def assert_valid(reply: Reply) -> Reply:
    """`reply`, once Discord's specification and rules find nothing wrong with what was sent."""
    if SHARED.is_dir():
        assert [fault for sent in reply.requests for fault in request_faults(sent)] == []
    return reply


def request_faults(request: SentRequest) -> Sequence[str]:
    """What Discord would find wrong with one request."""
    spec, rules = _discord_spec_and_rules()
    operation, _ = spec.match(request.method, re.sub(r"\{[^}]+\}", "1", request.path))
    assert operation is not None, request.path
    errors: list[str] = spec.body_errors(operation, "application/json", request.body)
    if request.body.get("type") in {4, 7} or "embeds" in request.body:
        errors += rules.message_errors(_data(request), {})
    return errors


async def upload(
    loopback: LoopbackDiscord, person: Person, name: str, content: bytes, size: int = 0, **options: str
) -> Reply:
    """Attach a file to /data upload; it is fetched from here, where discord.py would ask Discord's servers."""

    async def fetch(url: str) -> bytes:
        del url
        return content

    vars(loopback.bot.http)["get_from_cdn"] = fetch
    url = "https://cdn.discordapp.com/attachments/2000/77/file"
    attachment = {"id": "77", "filename": name, "size": size or len(content), "url": url, "proxy_url": url}
    values = {"file": "77"} | options
    return await loopback.slash("data upload", values, person, {"attachments": {"77": attachment}})


def labels(reply: Reply) -> list[str]:
    """The labels of the buttons that can be pressed."""
    return [button["label"] for button in reply.buttons if not button.get("disabled")]


def button(reply: Reply, label: str) -> str:
    """The custom id of the button of this label."""
    return str(next(b["custom_id"] for b in reply.buttons if b["label"] == label))


def _data(request: SentRequest) -> dict[str, Any]:
    return dict(request.body.get("data") or {}) if "type" in request.body else request.body


@cache
def _discord_spec_and_rules() -> tuple[Any, Any]:
    sys.path.insert(0, str(SHARED))
    try:
        return importlib.import_module("discordsim.spec").Spec(), importlib.import_module("discordsim.rules")
    finally:
        sys.path.remove(str(SHARED))
