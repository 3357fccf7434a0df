"""Who sees a reply: as was asked for this once, else as the channel or the server has it, else everybody."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from bot.answers.context import QuestionRunner
from bot.archive.db.engine import write_session
from bot.archive.preferences.changes import save_channel_rules, save_replies, save_series
from bot.terminal.payloads import CHANNEL_ID, Reply
from tests.support.discord import (
    DIRECT_MESSAGE_FAN,
    FAN,
    HOME_GUILD,
    OTHER_GUILD_OPERATOR,
    assert_valid,
    button,
    entries,
    labels,
    loopback_discord,
)

EPHEMERAL = 64


def prefer(engine: Engine, *steps: Callable[[Session], object]) -> None:
    with write_session(engine) as session:
        for step in steps:
            step(session)


def server_private(session: Session) -> None:
    save_replies(session, HOME_GUILD, "private")


def channel_private(session: Session) -> None:
    save_channel_rules(session, HOME_GUILD, CHANNEL_ID, None, "private")


def channel_public(session: Session) -> None:
    save_channel_rules(session, HOME_GUILD, CHANNEL_ID, None, "public")


def is_private(reply: Reply) -> bool:
    return bool(reply.last_message["flags"] & EPHEMERAL)


@pytest.mark.parametrize(
    ("steps", "asked", "private"),
    [
        ((), {}, False),
        ((), {"private": True}, True),
        ((server_private,), {}, True),
        ((server_private,), {"private": False}, False),
        ((channel_private,), {}, True),
        ((server_private, channel_public), {}, False),
        ((server_private, channel_public), {"private": True}, True),
    ],
)
async def test_what_is_asked_this_once_goes_before_the_channel_and_that_before_the_server(
    steps: tuple[Callable[[Session], object], ...], asked: dict[str, bool], private: bool, archive: Engine
) -> None:
    prefer(archive, *steps)
    async with loopback_discord(QuestionRunner(archive)) as loopback:
        assert is_private(assert_valid(await loopback.slash("help", asked, FAN))) is private


async def test_a_rule_is_of_one_server_and_of_no_direct_message(archive: Engine) -> None:
    prefer(archive, server_private)
    async with loopback_discord(QuestionRunner(archive)) as loopback:
        answers = [
            await loopback.slash("help", {}, person) for person in (FAN, OTHER_GUILD_OPERATOR, DIRECT_MESSAGE_FAN)
        ]
        assert [is_private(answer) for answer in answers] == [True, False, False]


async def test_a_private_answer_stays_private_and_can_be_shared(filled: Engine) -> None:
    prefer(filled, server_private)
    async with loopback_discord(QuestionRunner(filled)) as loopback:
        reply = assert_valid(await loopback.slash("race", {"name": "nashville"}, FAN))
        assert is_private(reply)
        assert "Share" in labels(reply)
        sources = assert_valid(await loopback.press(reply, button(reply, "Sources"), FAN))
        assert is_private(sources)
        shared = assert_valid(await loopback.press(reply, button(reply, "Share"), FAN))
        assert not is_private(shared)


async def test_who_asked_privately_chooses_privately_which_one_was_meant(filled: Engine) -> None:
    async with loopback_discord(QuestionRunner(filled)) as loopback:
        for private in (True, False):
            reply = assert_valid(await loopback.slash("driver", {"name": "austin", "private": private}, FAN))
            assert is_private(reply), "a question back is always private"
            chosen = assert_valid(await loopback.press(reply, button(reply, entries(reply)[0]), FAN))
            assert not chosen.failed
            assert is_private(chosen) is private


async def test_the_option_is_no_part_of_the_question(filled: Engine) -> None:
    async with loopback_discord(QuestionRunner(filled)) as loopback:
        reply = await loopback.slash("results", {"race": "nashville", "private": True}, FAN)
        assert not [one for one in reply.components if "True" in str(one.get("custom_id", ""))]
        page = assert_valid(await loopback.press(reply, button(reply, "▶"), FAN))
        assert not page.failed
        assert is_private(page)


async def test_a_server_has_its_own_series(filled: Engine) -> None:
    prefer(filled, lambda session: save_series(session, HOME_GUILD, "nxs"))
    async with loopback_discord(QuestionRunner(filled)) as loopback:
        here, elsewhere = [await loopback.slash("race", {}, person) for person in (FAN, DIRECT_MESSAGE_FAN)]
        assert here.headline != elsewhere.headline


async def test_what_a_person_chose_is_read_only_for_what_nobody_else_sees(filled: Engine) -> None:
    runner, read = QuestionRunner(filled), list[str]()
    async with loopback_discord(runner) as loopback:
        event.listen(filled, "before_cursor_execute", lambda *call: read.append(str(call[2])))
        await loopback.slash("help", {}, FAN)
        assert not [statement for statement in read if "person_preference" in statement]
        await loopback.slash("help", {"private": True}, FAN)
        assert [statement for statement in read if "person_preference" in statement]
        read.clear()
        await loopback.slash("help", {"private": True}, FAN)
        assert not [statement for statement in read if "_preference" in statement], "both are known by now"
