"""Buttons keep their law: who pressed, where it is answered, what happens to old ones, in any process."""

from discord import app_commands
from discord.ext import commands
from sqlalchemy import Engine

from bot.answers.common.refusals import NothingToShow
from bot.answers.context import QuestionRunner
from bot.cards import Argument, Card, Column, Fact, Facts, FollowUp, Part, Question, Table, chosen_part
from bot.errors import AmbiguousName, NothingKnown, UnknownName
from bot.frontend.client import SpotterBot
from bot.frontend.components import BACK, ON, SHARE
from bot.frontend.custom_ids import option_code
from bot.frontend.host import Interaction
from bot.frontend.replies import asked_part, send_card
from bot.terminal.payloads import EPHEMERAL_FLAG
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
    async def career(self, interaction: Interaction, name: str) -> None:
        """A card of parts, which says the part that it was built for."""
        parts = (Part("ov"), Part("tr", description="Best first"), Part("st1", "Stage 1"))
        shown = chosen_part(parts, asked_part(interaction)).code
        rows = tuple((f"{shown} {n}",) for n in range(45 if shown == "tr" else 1))
        question = Question("career", (Argument("name", name),), shown)
        who = FollowUp("Who", Question("who", (Argument("name", "Ross Chastain", "driver"),)))
        table = Table((Column("Place"),), rows, derivations=("counted",) * len(rows))
        card = Card(name, question, f"It is {shown}.", (table,), parts=parts, follow_ups=(who,))
        await send_card(interaction, card)

    @app_commands.command()
    async def secret(self, interaction: Interaction) -> None:
        """A card for one person."""
        await send_card(interaction, Card("Secret", Question("secret"), "Yours.", is_personal=True))

    @app_commands.command()
    async def who(self, interaction: Interaction, name: str, after: str | None = None) -> None:
        """A name, which may be none."""
        if name == "chas":
            raise AmbiguousName(
                "driver", name, [("Ross Chastain", "Ross Chastain"), ("Chase Elliott", "Chase Elliott")]
            )
        if name == "many":
            raise AmbiguousName("person", name, [(f"Driver {n}", f"Driver {n} · No. {n} · 1990") for n in range(30)])
        if name == "zz":
            raise UnknownName("driver", name, [("Ross Chastain", "Ross *Chastain*")])
        if name == "other":
            raise UnknownName("driver", "another text", [("Ross Chastain", "Ross *Chastain*")])
        if name in {"elsewhere", "everywhere"}:
            names = ("Results", "Recap") if name == "elsewhere" else tuple("abcdefg")
            follow_ups = [FollowUp(one, Question("help", (Argument("command", one),))) for one in names]
            raise NothingToShow("No stage results for this race yet.", follow_ups)
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


async def test_a_part_is_shown_in_place_and_its_pages_and_sources_come_back_to_it(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = assert_valid(await loopback.slash("career", {"name": "x"}, FAN))
        assert entries(reply) == ["Overview", "Tracks", "Stage 1"]
        assert [entry["label"] for entry in reply.entries if entry.get("default")] == ["Overview"]
        assert labels(reply) == ["Sources", "Who"]
        turned = assert_valid(await loopback.press(reply, button(reply, "Tracks")))
        assert turned.edited_in_place
        assert reply.headline == "It is tr."
        assert_valid(await loopback.press(reply, button(reply, ON)))
        assert "tr 15" in reply.text
        assert [entry["label"] for entry in reply.entries if entry.get("default")] == ["Tracks"]
        sources = assert_valid(await loopback.press(reply, button(reply, "Sources")))
        assert "tr 30" in sources.text


async def test_a_part_is_shown_privately_to_anybody_else(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = await loopback.slash("career", {"name": "x"}, FAN)
        answer = assert_valid(await loopback.press(reply, button(reply, "Stage 1"), OTHER))
        assert answer.is_private
        assert answer.headline == "It is st1."
        assert reply.headline == "It is ov."


async def test_a_private_reply_is_shared_once_by_its_reader_and_stays_private(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = await loopback.slash("career", {"name": "x"}, FAN)
        private = assert_valid(await loopback.press(reply, button(reply, "Tracks"), OTHER))
        assert labels(private) == [ON, "Sources", SHARE]
        assert entries(private) == ["Overview", "Tracks", "Stage 1", "Who"]
        share = button(private, SHARE)
        shared = assert_valid(await loopback.press(private, share, OTHER))
        [posted] = shared.followups
        assert not posted["flags"] & EPHEMERAL_FLAG
        assert shared.headline == "It is tr."
        assert f"Shared by user{OTHER.id}" in shared.text
        assert SHARE not in labels(shared)
        assert SHARE not in labels(private)
        assert private.is_private
        private.buttons[-1]["disabled"] = False
        again = assert_valid(await loopback.press(private, share, OTHER))
        assert again.followups == []


async def test_a_card_for_one_person_is_never_shared(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = await loopback.slash("career", {"name": "x"}, FAN)
        reply.buttons[0]["custom_id"] = "2f|secret|0"
        assert SHARE not in labels(assert_valid(await loopback.press(reply, "2f|secret|0")))
        reply.buttons[0]["custom_id"] = "2h|secret|0"
        answer = assert_valid(await loopback.press(reply, "2h|secret|0"))
        assert answer.failed
        assert answer.text == "This answer is for you alone; it cannot be shared."


async def test_a_button_of_version_1_opens_its_card_at_its_first_page_in_the_place_of_an_embed(
    seed_desk: QuestionRunner,
) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        old = await loopback.slash("laps", {}, FAN)
        pressed = {"type": 2, "style": 2, "label": "Next", "custom_id": "1n|laps|2|sn=2023"}
        old.last_message.update(
            embeds=[{"description": "Laps"}], components=[{"type": 1, "components": [pressed]}], flags=0
        )
        turned = assert_valid(await loopback.press(old, "1n|laps|2|sn=2023"))
        assert turned.requests[0].body["data"]["embeds"] == []
        assert turned.requests[0].body["data"]["attachments"] == []
        assert "Page 1" in old.text
        assert old.last_message["embeds"] == []


async def test_the_arrow_under_sources_leads_to_more_sources(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        reply = assert_valid(await loopback.slash("sources", {}, FAN))
        assert_valid(await loopback.press(reply, button(reply, ON)))
        assert reply.text.startswith("### Sources: ")
        assert "Page 2" in reply.text


async def test_up_to_25_candidates_say_what_tells_them_apart(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = assert_valid(await loopback.slash("who", {"name": "many"}, FAN))
        assert len(reply.entries) == 25
        assert (reply.entries[0]["label"], reply.entries[0]["description"]) == ("Driver 0", "No. 0 · 1990")
        answer = assert_valid(await loopback.press(reply, reply.entries[24]["value"]))
        assert answer.headline == "Driver 24 None"


async def test_a_refusal_leads_to_what_there_is(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Probe,)) as loopback:
        reply = assert_valid(await loopback.slash("who", {"name": "elsewhere"}, FAN))
        assert reply.failed
        assert reply.text == "No stage results for this race yet."
        assert labels(reply) == ["Results", "Recap"]
        many = assert_valid(await loopback.slash("who", {"name": "everywhere"}, FAN))
        assert labels(many) == ["a", "b", "c", "d", "e"]
