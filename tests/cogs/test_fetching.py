"""/data fetch and /data watch through the real tree, with the loopback wiki."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.answers.context import QuestionRunner
from bot.archive.db.engine import read_session, write_session
from bot.archive.models.user_data import OutboxMessage
from bot.cli.fetching import kept_watches
from bot.fetching.fetch_settings import FetchSettings
from bot.fetching.lease import give_back_lease, take_lease
from bot.fetching.web_address import AllowedHosts
from bot.frontend.host import HomeServer
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import Reply
from tests.support.discord import FAN, MODERATOR, assert_valid, button, loopback_discord
from tests.support.loopback_wiki import LoopbackWiki, loopback_wiki
from tests.support.watched_season import SEASON_TITLE, race_article, season_article


@pytest.fixture
async def fetching(archive: Engine) -> AsyncIterator[tuple[LoopbackWiki, LoopbackDiscord]]:
    """A wiki, and a bot with an empty archive that may fetch from it."""
    with loopback_wiki() as wiki:
        settings = FetchSettings("mail@example.org", AllowedHosts.of([wiki.site]))
        async with loopback_discord(QuestionRunner(archive), fetching=settings) as loopback:
            yield wiki, loopback


async def slash(loopback: LoopbackDiscord, command: str, **options: str) -> Reply:
    return assert_valid(await loopback.slash(command, options, MODERATOR))


async def test_a_fetched_article_is_looked_at_and_applied(
    fetching: tuple[LoopbackWiki, LoopbackDiscord],
) -> None:
    wiki, loopback = fetching
    wiki.put(SEASON_TITLE, season_article(0))
    plan = await slash(loopback, "data fetch", what=SEASON_TITLE)
    assert "Fetch of 2099 NASCAR Cup Series" in plan.text
    assert "revision 1001" in plan.text
    loaded = assert_valid(await loopback.press(plan, button(plan, "Apply"), MODERATOR))
    assert not loaded.failed, loaded.text
    assert "Fetch of 2099" in (await slash(loopback, "data log")).text


async def test_what_cannot_be_fetched_is_said_privately(fetching: tuple[LoopbackWiki, LoopbackDiscord]) -> None:
    _, loopback = fetching
    reply = await slash(loopback, "data fetch", what="No such page")
    assert reply.failed
    assert "There is nothing at" in reply.text
    fan = assert_valid(await loopback.slash("data fetch", {"what": "x"}, FAN))
    assert "Only moderators" in fan.text


async def test_a_fetch_waits_for_its_turn(
    fetching: tuple[LoopbackWiki, LoopbackDiscord], archive: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiki, loopback = fetching
    wiki.put(SEASON_TITLE, season_article(0))
    monkeypatch.setattr("bot.fetching.turn.PAUSE_S", 0.05)
    monkeypatch.setattr("bot.fetching.turn.WAIT_S", 0.2)
    with write_session(archive) as session:
        assert take_lease(session, "another", datetime.now(UTC))
    reply = await slash(loopback, "data fetch", what=SEASON_TITLE)
    assert "one at a time" in reply.text
    assert wiki.requests == []
    with write_session(archive) as session:
        give_back_lease(session, "another")
    assert not (await slash(loopback, "data fetch", what=SEASON_TITLE)).failed


async def test_a_watch_is_set_up_listed_and_stopped(fetching: tuple[LoopbackWiki, LoopbackDiscord]) -> None:
    wiki, loopback = fetching
    reply = await slash(loopback, "data watch", what=SEASON_TITLE, way="apply when clean")
    assert "1. 2099 NASCAR Cup Series" in reply.text
    assert "a season, apply when clean" in reply.text
    assert (
        "moderator"
        not in (await slash(loopback, "data watch", what="2099 Example 500")).text.split("a page, plans")[0][-9:]
    )
    again = await slash(loopback, "data watch", what=f"{wiki.site}/wiki/2099_Example_500")
    assert again.failed
    assert "already" in again.text
    listed = await slash(loopback, "data watch")
    stopped = assert_valid(await loopback.press(listed, button(listed, "Stop 1"), MODERATOR))
    assert "2099 NASCAR Cup Series" not in stopped.text
    assert "2. 2099 Example 500" in stopped.text


async def test_the_bot_keeps_its_watches_and_tells_moderators_what_it_does_not_load(
    fetching: tuple[LoopbackWiki, LoopbackDiscord], archive: Engine
) -> None:
    wiki, loopback = fetching
    loopback.bot.home = HomeServer(loopback.bot.home.guild, loopback.bot.home.roles, channel=77)
    wiki.put("2099 Example 500", race_article(1, cars=9))
    await slash(loopback, "data watch", what="2099 Example 500", way="apply when clean")
    async with kept_watches(loopback.bot):
        for _ in range(100):
            await asyncio.sleep(timedelta(milliseconds=50).total_seconds())
            with read_session(archive) as session:
                message = session.exec(select(OutboxMessage)).first()
            if message is not None:
                break
    assert message is not None
    assert (message.kind, message.subject, message.channel) == ("watch", "1", "77")
    assert "9 cars" in message.body
    status = await slash(loopback, "data status")
    assert "9 cars" in status.text


async def test_a_bot_without_a_contact_watches_nothing(archive: Engine) -> None:
    async with loopback_discord(QuestionRunner(archive)) as loopback, kept_watches(loopback.bot):
        reply = await slash(loopback, "data watch", what=SEASON_TITLE)
        assert reply.failed
        assert "CONTACT" in reply.text
