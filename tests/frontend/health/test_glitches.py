"""What the network does by itself is a line of the log; what the program does wrong keeps its trace."""

import io
import logging
import socket
import ssl
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.answers.context import QuestionRunner
from bot.cli.log_form import log_formatter
from bot.frontend.event_guard import guard_events
from bot.frontend.health.glitches import GlitchFilter
from tests.support.discord import loopback_discord

RESPONSE = cast("Any", SimpleNamespace(status=503, reason="Service Unavailable"))
GLITCHES: tuple[BaseException, ...] = (
    aiohttp.ClientOSError(104, "Connection reset by peer"),
    aiohttp.ServerDisconnectedError(),
    TimeoutError(),
    ConnectionResetError(104, "Connection reset by peer"),
    socket.gaierror(-3, "Temporary failure in name resolution"),
    ssl.SSLError("bad record\nmac"),
    discord.GatewayNotFound(),  # type: ignore[no-untyped-call]
    discord.DiscordServerError(RESPONSE, "upstream"),
)


def logged(error: BaseException) -> str:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(log_formatter("text"))
    handler.addFilter(GlitchFilter())
    logger = logging.Logger("discord.client")
    logger.addHandler(handler)
    try:
        raise error
    except BaseException:
        logger.exception("Attempting a reconnect in %.2fs", 1.5)
    return out.getvalue()


@pytest.mark.parametrize("error", GLITCHES, ids=lambda error: type(error).__name__)
def test_a_glitch_is_one_line(error: BaseException) -> None:
    (line,) = logged(error).splitlines()
    assert f"WARNING discord.client: Attempting a reconnect in 1.50s: {type(error).__name__}" in line


@pytest.mark.parametrize("error", [KeyError("id"), OSError(28, "No space left on device"), ValueError("odd")])
def test_a_fault_keeps_its_trace(error: Exception) -> None:
    assert "ERROR discord.client" in logged(error)
    assert "Traceback" in logged(error)


def test_what_an_error_quotes_cannot_pass_for_a_line_of_the_log() -> None:
    lines = logged(ValueError("x\n2026-11-27 07:15:02,118 ERROR spotter: all is lost\x1b[2J\r")).splitlines()
    assert [line for line in lines if line.startswith("2026") and "all is lost" in line] == []
    assert all(line.isprintable() for line in lines)


async def test_an_event_that_cannot_be_read_is_passed_over(
    seed_desk: QuestionRunner, caplog: pytest.LogCaptureFixture
) -> None:
    """What reads events is private to discord.py: where a new version keeps it elsewhere, this fails."""
    async with loopback_discord(seed_desk) as loopback:
        readers = loopback.bot._connection.parsers
        for name in ("INTERACTION_CREATE", "GUILD_CREATE", "MESSAGE_CREATE"):
            assert readers[name].__module__ == guard_events.__module__
            readers[name]({"odd": []})
    assert caplog.text.count("cannot be read and is passed over") >= 2


async def test_a_message_that_nobody_wrote_to_the_bot_is_not_even_read(
    seed_desk: QuestionRunner, caplog: pytest.LogCaptureFixture
) -> None:
    async with loopback_discord(seed_desk) as loopback:
        read, user = loopback.bot._connection.parsers["MESSAGE_CREATE"], loopback.bot.user
        assert user is not None
        # They lack what discord.py reads of a message, so that a line of the log shows which it has looked at.
        read({"author": {"bot": True}})
        read({"author": {}, "webhook_id": "7"})
        read({"author": {}, "guild_id": "5", "mentions": [{"id": "8"}]})
        assert "cannot be read" not in caplog.text
        read({"author": {}, "guild_id": "5", "mentions": [{"id": str(user.id)}]})
        assert caplog.text.count("cannot be read") == 1
        read({"author": {}})
        assert caplog.text.count("cannot be read") == 2
