"""Buttons keep their law: who pressed, where it is answered, what happens to old ones, in any process."""

from discord import app_commands
from discord.ext import commands
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.cards import Argument, Card, Column, Fact, Facts, FollowUp, Question, Table
from bot.errors import AmbiguousName, NothingKnown, UnknownName
from bot.frontend.client import SpotterBot
from bot.frontend.components import BACK, ON
from bot.frontend.custom_ids import option_code
from bot.frontend.host import Interaction
from bot.frontend.replies import send_card
from tests.support.discord import (
    DIRECT_MESSAGE_FAN,
    FAN,
    MODERATOR,
    assert_valid,
    button,
    entries,
    labels,
    loopback_discord,
)

OTHER = MODERATOR


class Probe(commands.Cog):
    """Commands whose answers the tests choose."""

    def __init__(self, bot: SpotterBot) -> None:
        self.bot = bot

    @app_commands.command()
    async def laps(
        self, interaction: Interaction, about: str | None = None, season: int | None = None, rows: float = 45.0
    ) -> None:
        """A long table."""
        options = (("about", about), ("season", season), ("rows", rows))
        arguments = tuple(Argument(name, str(value)) for name, value in options if value is not None)
        table = Table((Column("Lap", numeric=True),), tuple((str(n),) for n in range(int(rows))))
        follow_ups = (
            FollowUp("Who", Question("who", (Argument("name", "Ross Chastain", "driver"),))),
            FollowUp("Who else", Question("who", (Argument("name", "x" * 60),))),
            FollowUp("Gone", Question("gone")),
            FollowUp("Wrong", Question("laps", (Argument("season", "many"),))),
            FollowUp("Needs", Question("who")),
            FollowUp("Sixth", Question("help")),
        )
        await send_card(
            interaction, Card("Laps", Question("laps", arguments), f"{season!r}", (table,), follow_ups=follow_ups)
        )

    @app_commands.command()
    async def who(self, interaction: Interaction, name: str, after: str | None = None) -> None:
        """A name, which may be none."""
        if name == "chas":
            raise AmbiguousName(
                "driver", name, [("Ross Chastain", "Ross Chastain"), ("Chase Elliott", "Chase Elliott")]
            )
        if name == "zz":
            raise UnknownName("driver", name, [("Ross Chastain", "Ross *Chastain*")])
        if name == "other":
            raise UnknownName("driver", "another text", [("Ross Chastain", "Ross *Chastain*")])
        if name == "none":
            raise NothingKnown("The documents do not say.")
        await send_card(interaction, Card("Who", Question("who"), f"{name} {after}", (Facts((Fact("a", "b"),)),)))


async def test_the_asker_turns_the_page_in_place(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = assert_valid(await loopback.slash("laps", {"season": 2023}, FAN))
        assert not reply.is_private
        assert labels(reply) == [ON, "Who"]
        assert entries(reply) == ["Gone", "Wrong", "Needs", "Sixth"]
        assert "`/who name:xxx" in reply.text
        turned = assert_valid(await loopback.press(reply, button(reply, ON)))
        assert turned.edited_in_place
        assert "Page 2" in reply.text
        assert BACK in labels(reply)
        assert_valid(await loopback.press(reply, button(reply, BACK)))
        assert "Page 1" in reply.text


async def test_anybody_else_gets_the_page_privately(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = await loopback.slash("laps", {}, FAN)
        answer = assert_valid(await loopback.press(reply, button(reply, ON), OTHER))
        assert answer.is_private
        assert not answer.edited_in_place
        assert "Page 2" in answer.text
        assert "Page 1" in reply.text
        assert_valid(await loopback.press(answer, button(answer, ON), OTHER))
        assert "Page 3" in answer.text


async def test_follow_ups_are_answered_privately(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = await loopback.slash("laps", {}, DIRECT_MESSAGE_FAN)
        answer = assert_valid(await loopback.press(reply, button(reply, "Who")))
        assert answer.is_private
        assert "Ross Chastain" in answer.text


async def test_candidates_are_offered_privately_and_answered_publicly(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = assert_valid(await loopback.slash("who", {"name": "chas", "after": "2023"}, FAN))
        assert reply.is_private
        assert reply.failed
        assert entries(reply) == ["Ross Chastain", "Chase Elliott"]
        answer = assert_valid(await loopback.press(reply, button(reply, "Chase Elliott")))
        assert not answer.is_private
        assert answer.headline == "Chase Elliott 2023"
        reply = assert_valid(await loopback.slash("who", {"name": "zz", "after": "2023"}, FAN))
        assert entries(reply) == ["Ross *Chastain*"]


async def test_candidates_that_fit_no_button_are_printed(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = assert_valid(await loopback.slash("who", {"name": "zz", "after": "long " * 20}, FAN))
        assert entries(reply) == []
        assert "`/who name:Ross Chastain after:long long" in reply.text
        reply = assert_valid(await loopback.slash("who", {"name": "other"}, FAN))
        assert reply.text.endswith("Ross \\*Chastain\\*")


async def test_pages_of_a_question_too_long_for_a_button_say_how_to_ask_it(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = assert_valid(await loopback.slash("laps", {"about": "loose wheel " * 9}, FAN))
        assert ON not in labels(reply)
        assert "ask it shorter: `/laps about:loose wheel loose wheel loose wheel rows:45.0`" in reply.text


async def test_a_press_works_in_a_new_process(seed_archive: Engine) -> None:
    async with loopback_discord(QuestionRunner(seed_archive), cogs=(Probe,)) as loopback:
        reply = await loopback.slash("laps", {"season": 2023}, FAN)
    async with loopback_discord(QuestionRunner(seed_archive), cogs=(Probe,)) as loopback:
        assert_valid(await loopback.press(reply, button(reply, ON)))
        assert "Page 2" in reply.text
        answer = assert_valid(await loopback.press(reply, button(reply, "Who")))
        assert "Ross Chastain" in answer.text


async def test_a_button_of_an_older_version_says_what_to_type(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = await loopback.slash("laps", {}, FAN)
        for custom_id, command in (("0n|race|1", "race"), ("next:17", "help"), ("1n|race|0|zz=1", "race")):
            reply.buttons[0]["custom_id"] = custom_id
            reply.buttons[0]["disabled"] = False
            answer = assert_valid(await loopback.press(reply, custom_id))
            assert answer.is_private
            assert answer.failed
            assert answer.text == (f"This button is from an older version. Type /{command} … instead.")


async def test_a_button_for_what_is_no_more_says_so(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = await loopback.slash("laps", {}, FAN)
        for label in ("Gone", "Wrong", "Needs"):
            answer = assert_valid(await loopback.press(reply, button(reply, label)))
            assert answer.is_private
            assert "older version" in answer.text


async def test_an_error_after_a_press_keeps_the_card(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = await loopback.slash("laps", {}, FAN)
        reply.buttons[1]["custom_id"] = "1n|who|1|ne=none"
        answer = assert_valid(await loopback.press(reply, "1n|who|1|ne=none"))
        assert answer.is_private
        assert answer.text == "The documents do not say."
        assert "**Laps**" in reply.text


async def test_no_view_is_kept_in_memory(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = await loopback.slash("laps", {}, FAN)
        await loopback.press(reply, button(reply, ON))
        assert loopback.bot.persistent_views == []
        assert loopback.bot._connection._view_store._views == {}


async def test_no_command_has_two_options_of_one_code(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        for command in loopback.bot.list_commands(loopback.bot.home.guild):
            codes = [option_code(parameter.display_name) for parameter in command.parameters]
            assert len(codes) == len(set(codes)), command.qualified_name
