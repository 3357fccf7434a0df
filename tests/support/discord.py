"""Bots that are prepared and not connected, the people who ask them, and judgement of what the bots send."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.answers.context import QuestionRunner
from bot.fetching.fetch_settings import NO_FETCHING, FetchSettings
from bot.frontend.client import HomeServer, SpotterBot
from bot.frontend.rate_limit import RateLimitKind
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import OPERATOR_RIGHTS, Person, Reply, SentRequest
from tests.support.discord_limits import limit_faults
from tests.support.discord_schema import HAS_SCHEMA, schema_faults
from tests.support.moderation import NO_WORKERS

HOME_GUILD, MODERATOR_ROLE = 5, 7
FAN = Person(1, HOME_GUILD)
MODERATOR = Person(2, HOME_GUILD, OPERATOR_RIGHTS)
ROLE_HOLDER = Person(3, HOME_GUILD, roles=(MODERATOR_ROLE,))
OTHER_GUILD_OPERATOR = Person(4, 9, OPERATOR_RIGHTS)
DIRECT_MESSAGE_FAN = Person(6, None)


@asynccontextmanager
async def loopback_discord(
    runner: QuestionRunner,
    documents: Path = Path(),
    home: int | None = HOME_GUILD,
    cogs: Sequence[Any] = (),
    question_limit: RateLimitKind | None = None,
    fetching: FetchSettings = NO_FETCHING,
) -> AsyncIterator[LoopbackDiscord]:
    """A loopback Discord with a bot that has all its commands, and `cogs` of the test's own."""
    roles = frozenset({MODERATOR_ROLE})
    async with SpotterBot(
        runner,
        documents,
        HomeServer(home, roles),
        load_limits=NO_WORKERS,
        question_limit=question_limit,
        fetching=fetching,
    ) as bot:
        await bot.prepare()
        for cog in cogs:
            await bot.add_cog(cog(bot))
        yield LoopbackDiscord(bot)


def assert_valid(reply: Reply) -> Reply:
    """`reply`, once no request of it breaks a limit of ours, or Discord's own schema where that is at hand."""
    assert [fault for sent in reply.requests for fault in request_faults(sent)] == []
    return reply


def request_faults(request: SentRequest) -> Sequence[str]:
    """The faults of one request; `tests/conftest.py` has the run say it where the schema is missing."""
    return [*limit_faults(request), *(schema_faults(request) if HAS_SCHEMA else ())]


def displayed(text: str) -> str:
    """Escaped text as a reader sees it."""
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text).replace("\u200b", "")


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


def entries(reply: Reply) -> list[str]:
    """The entries of the select."""
    return [entry["label"] for entry in reply.entries]


def button(reply: Reply, label: str) -> str:
    """The custom id of the button of this label, or of the entry of the select."""
    ids = [str(one["custom_id"]) for one in reply.buttons if one["label"] == label]
    return next(iter(ids + [str(entry["value"]) for entry in reply.entries if entry["label"] == label]))
