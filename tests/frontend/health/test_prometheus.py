"""Metrics: what an operator sees of the answers, and nothing of who asked or what."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.answers.context import QuestionRunner
from bot.errors import BotError
from bot.frontend.client import SpotterBot
from bot.frontend.health.prometheus import PrometheusMetrics, metrics_pages
from tests.support.discord import FAN, MODERATOR, button, loopback_discord
from tests.support.ports import free_port


@asynccontextmanager
async def page(bot: SpotterBot, address: str) -> AsyncIterator[tuple[int, str]]:
    port = free_port()
    async with (
        metrics_pages(bot, port),
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{address}") as response,
    ):
        yield response.status, await response.text()


async def test_answers_are_counted_by_command_and_outcome_and_say_nothing_of_people(
    seed_desk: QuestionRunner,
) -> None:
    async with loopback_discord(seed_desk) as loopback:
        loopback.bot.metrics = PrometheusMetrics()
        answered = await loopback.slash("race", {"name": "nashville"}, FAN)
        await loopback.press(answered, button(answered, "Sources"))
        await loopback.slash("driver", {"name": "Qqxqx Zzyzx"}, FAN)
        await loopback.slash("data reload", {"dry_run": True}, MODERATOR)
        async with page(loopback.bot, "/metrics") as (status, text):
            assert status == 200
    counts = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert counts['spotter_answer_seconds_count{command="race",outcome="answered"}'] == "2.0"
    assert counts['spotter_answer_seconds_count{command="driver",outcome="refused"}'] == "1.0"
    assert counts['spotter_load_seconds_count{outcome="answered"}'] == "1.0"
    assert counts["spotter_data_version"] == "1.0"
    assert counts["spotter_ready"] == "0.0"
    assert not any(word in text.lower() for word in ("nashville", "qqxqx", "zzyzx"))


async def test_a_bot_that_is_not_in_discord_is_not_well(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback, page(loopback.bot, "/healthz") as (status, text):
        assert (status, text) == (503, "not in Discord\n")


async def test_a_port_that_is_taken_is_one_clear_line(seed_desk: QuestionRunner) -> None:
    port = free_port()
    async with loopback_discord(seed_desk) as loopback, metrics_pages(loopback.bot, port):
        with pytest.raises(BotError, match=f"METRICS_PORT {port} cannot be opened"):
            async with metrics_pages(loopback.bot, port):
                logging.error("never")
