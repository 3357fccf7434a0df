"""Bots that are prepared and not connected, the people who ask them, and Discord's own judgement of what they send."""

import importlib
import re
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from bot.answers.context import AnswerDesk
from bot.frontend.client import Home, SpotterBot
from bot.terminal.loopback import Switchboard
from bot.terminal.payloads import OPERATOR, Person, Reply, Sent

SHARED = Path(__file__).resolve().parents[3] / "shared"

HOME, ROLE = 5, 7
FAN = Person(1, HOME)
MODERATOR = Person(2, HOME, OPERATOR)
ROLE_HOLDER = Person(3, HOME, roles=(ROLE,))
ELSEWHERE = Person(4, 9, OPERATOR)
ALONE = Person(6, None)


@asynccontextmanager
async def a_board(
    desk: AnswerDesk, documents: Path = Path(), home: int | None = HOME, cogs: Sequence[Any] = ()
) -> AsyncIterator[Switchboard]:
    """A switchboard of a bot with all its commands, and with `cogs` of the test's own."""
    async with SpotterBot(desk, documents, Home(home, frozenset({ROLE}))) as bot:
        await bot.prepare()
        for cog in cogs:
            await bot.add_cog(cog(bot))
        yield Switchboard(bot)


def judged(reply: Reply) -> Reply:
    """`reply`, once Discord's specification and rules find nothing wrong with what was sent."""
    if SHARED.is_dir():
        assert [fault for sent in reply.sent for fault in faults(sent)] == []
    return reply


def faults(sent: Sent) -> Sequence[str]:
    """What Discord would find wrong with one request."""
    spec, rules = _judges()
    operation, _ = spec.match(sent.method, re.sub(r"\{[^}]+\}", "1", sent.path))
    assert operation is not None, sent.path
    found: list[str] = spec.body_errors(operation, "application/json", sent.body)
    if sent.body.get("type") in {4, 7} or "embeds" in sent.body:
        found += rules.message_errors(_data(sent), {})
    return found


async def upload(board: Switchboard, person: Person, name: str, content: bytes, size: int = 0, **options: str) -> Reply:
    """Attach a file to /data upload; it is fetched from here, where discord.py would ask Discord's servers."""

    async def fetched(url: str) -> bytes:
        del url
        return content

    vars(board.bot.http)["get_from_cdn"] = fetched
    url = "https://cdn.discordapp.com/attachments/2000/77/file"
    attached = {"id": "77", "filename": name, "size": size or len(content), "url": url, "proxy_url": url}
    given = {"file": "77"} | options
    return await board.slash("data upload", given, person, {"attachments": {"77": attached}})


def labels(reply: Reply) -> list[str]:
    """The labels of the buttons that can be pressed."""
    return [button["label"] for button in reply.buttons if not button.get("disabled")]


def button(reply: Reply, label: str) -> str:
    """The custom id of the button of this label."""
    return str(next(b["custom_id"] for b in reply.buttons if b["label"] == label))


def _data(sent: Sent) -> dict[str, Any]:
    return dict(sent.body.get("data") or {}) if "type" in sent.body else sent.body


@cache
def _judges() -> tuple[Any, Any]:
    sys.path.insert(0, str(SHARED))
    try:
        return importlib.import_module("discordsim.spec").Spec(), importlib.import_module("discordsim.rules")
    finally:
        sys.path.remove(str(SHARED))
