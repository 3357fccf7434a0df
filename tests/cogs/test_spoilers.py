"""Where results are hidden nothing that the bot sends tells how a race ended, until somebody presses Show."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.archive.db.engine import write_session
from bot.archive.preferences.changes import save_channel_rules, save_spoilers
from bot.loading.load import load
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import CHANNEL_ID, Person, Reply
from tests.support.databases import archive_copy_at
from tests.support.discord import (
    DIRECT_MESSAGE_FAN,
    FAN,
    HOME_GUILD,
    assert_valid,
    button,
    displayed,
    entries,
    labels,
    loopback_discord,
)
from tests.support.hidden_race import BEFORE, HIDDEN, NOW, SECRETS, SEEN_AGAIN, WINNER, write_documents

OTHER = replace(FAN, id=FAN.id + 100)
OPEN_GUILD_FAN = Person(8, 9)  # of a server that hides nothing
SHOW = "Show"
# What somebody may well type while the newest race is hidden, with every option, and questions in plain English.
COMMANDS: tuple[tuple[str, dict[str, str | int]], ...] = (
    ("race", {}), ("race", {"name": "ally 400"}), ("race", {"name": "nashville"}), ("race", {"name": BEFORE}),
    ("race", {"name": "2023 quorvath win"}), ("race", {"name": "next race"}),
    ("results", {}), ("results", {"race": HIDDEN, "session": "Stage 1"}), ("results", {"driver": "abel quist"}),
    ("results", {"race": "example 500", "driver": "abel quist"}), ("results", {"race": BEFORE}),
    ("stages", {}), ("stages", {"race": "nashville"}), ("recap", {}), ("recap", {"race": HIDDEN, "about": "stage 2"}),
    ("sources", {}), ("sources", {"race": HIDDEN, "show": "Conflicts"}), ("sources", {"race": BEFORE}),
    ("standings", {}), ("standings", {"season": 2023}), ("standings", {"championship": "manufacturers"}),
    ("standings", {"after": HIDDEN}), ("standings", {"championship": "points scored in races"}),
    ("driver", {"name": "abel quist"}), ("driver", {"name": "boyd quist", "season": 2023}),
    ("driver", {"name": WINNER}),
    ("team", {"name": "quist racing"}), ("team", {"name": "trackhouse"}), ("team", {"name": "joe gibbs"}),
    ("compare", {"first": "abel quist", "second": "abel orr"}), ("track", {"name": "nashville"}),
    ("track", {"name": "example"}), ("next", {}), ("schedule", {}), ("schedule", {"season": 2023}),
    ("records", {"what": "most wins"}), ("records", {"what": "most stage wins"}),
    ("records", {"what": "most laps led", "track": "nashville"}), ("records", {"what": "most wins", "season": 2023}),
    ("chart", {"what": "grid to finish"}), ("chart", {"what": "points"}), ("help", {}), ("privacy", {}),
    ("chart", {"what": "career", "driver": "abel quist"}), ("chart", {"what": "laps led", "race": HIDDEN}),
    ("help", {"command": "results"}), ("spoilers", {}),
)  # fmt: skip
QUESTIONS = (
    "who won", "who won the ally 400", "who won stage 2 at nashville", "who leads the points", "did abel quist win",
    "where did boyd quist finish", "how many races has abel quist won", "what happened to quorvath", "who had the pole",
    "who won the example 500", "how many cautions were there", "who led the most laps", "when is the next race",
    "which team won at nashville", "who won in 2023", "who won the last race", "who is second in the standings",
)  # fmt: skip
ASKED = (*COMMANDS, *(("ask", dict[str, str | int](question=question)) for question in QUESTIONS))


def fill(engine: Engine) -> None:
    """Load the two races and have the server of the fan hide results for a day."""
    with TemporaryDirectory() as folder:
        load(engine, write_documents(Path(folder)))
    with write_session(engine) as session:
        save_spoilers(session, HOME_GUILD, 24)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Engine]:
    engine = archive_copy_at(tmp_path / "hidden.db", fill)
    yield engine
    engine.dispose()


@asynccontextmanager
async def discord_at(engine: Engine, now: datetime = NOW) -> AsyncIterator[LoopbackDiscord]:
    """A loopback Discord whose clock stands still."""
    runner = QuestionRunner(engine, clock=lambda: now)
    runner.ask(lambda _: None)
    async with loopback_discord(runner) as loopback:
        yield loopback


def told(reply: Reply) -> list[str]:
    """The secrets in all bytes that were sent for a reply."""
    sent = json.dumps([[request.body for request in reply.requests], reply.choices], default=str, ensure_ascii=False)
    return [name for name in SECRETS if name.casefold() in sent.casefold()]


async def pressed(loopback: LoopbackDiscord, reply: Reply, label: str, person: Person) -> Reply:
    """What comes of one press on a message that stays as it was."""
    shown = replace(reply, requests=[], followups=list(reply.followups))
    return assert_valid(await loopback.press(shown, button(shown, label), person))


async def test_no_byte_of_any_command_button_or_entry_tells_how_the_newest_race_ended(archive: Engine) -> None:
    withheld, seen_ids = 0, set[str]()
    async with discord_at(archive) as loopback:
        for command, options in ASKED:
            reply = assert_valid(await loopback.slash(command, options, FAN))
            typed = " ".join(map(str, options.values())).casefold()
            assert [name for name in told(reply) if name.casefold() not in typed] == [], (command, options, reply.text)
            withheld += SHOW in labels(reply)
            for label in [*labels(reply), *entries(reply)]:
                custom_id = button(reply, label)
                if custom_id in seen_ids or label == SHOW or command in {"help", "spoilers"}:
                    continue
                seen_ids.add(custom_id)
                answer = await pressed(loopback, reply, label, FAN if len(seen_ids) % 2 else OTHER)
                assert told(answer) == [], (command, options, label, answer.text)
    assert withheld > 20
    assert len(seen_ids) > 40


async def test_no_suggestion_names_who_only_has_this_race(archive: Engine) -> None:
    async with discord_at(archive) as loopback:
        for command in loopback.bot.list_commands(None):
            for option in (parameter.display_name for parameter in command.parameters if parameter.autocomplete):
                for typed in ("", "z", "quorvath", "tolm", "ottar", "2023 quorvath win"):
                    offered = await loopback.suggest(command.qualified_name, {option: typed}, option, FAN)
                    text = str(offered).casefold()
                    assert [name for name in SECRETS if name.casefold() in text] == [], (command.name, option)


@pytest.mark.parametrize(
    ("command", "options", "is_left_out"),
    [
        ("driver", {"name": "abel quist"}, True),
        ("records", {"what": "most wins"}, True),
        ("schedule", {}, True),
        ("track", {"name": "example"}, False),
        ("records", {"what": "most wins", "track": "example"}, False),
        ("race", {"name": BEFORE}, False),
    ],
)
async def test_a_card_says_what_it_leaves_out(
    command: str, options: dict[str, str | int], is_left_out: bool, archive: Engine
) -> None:
    async with discord_at(archive) as loopback:
        reply = await loopback.slash(command, options, FAN)
        assert ("Without the 2023 Ally 400, hidden here until" in reply.text) is is_left_out


async def test_show_tells_who_presses_alone_and_so_does_what_is_pressed_below(archive: Engine) -> None:
    async with discord_at(archive) as loopback:
        public = await loopback.slash("race", {}, FAN)
        assert not public.is_private
        shown = await pressed(loopback, public, SHOW, OTHER)
        assert shown.is_private
        assert shown.headline.startswith(f"{WINNER} won")
        results = assert_valid(await loopback.press(shown, button(shown, "Results"), OTHER))
        assert results.is_private
        assert WINNER in results.text


async def test_pages_and_parts_of_what_was_shown_are_turned_in_place(archive: Engine) -> None:
    async with discord_at(archive) as loopback:
        shown = await pressed(loopback, await loopback.slash("results", {}, FAN), SHOW, FAN)
        await loopback.press(shown, button(shown, "▶"), FAN)
        assert "Page 2" in shown.text
        await loopback.press(shown, button(shown, "◀"), FAN)
        assert WINNER in shown.text


async def test_what_was_shown_cannot_be_shared_until_it_is_seen_there(archive: Engine) -> None:
    async with discord_at(archive) as loopback:
        shown = await pressed(loopback, await loopback.slash("race", {}, FAN), SHOW, FAN)
        refused = await pressed(loopback, shown, "Share", FAN)
        assert refused.is_private
        assert told(refused) == []
        assert "hidden here until" in refused.text
    async with discord_at(archive, SEEN_AGAIN) as loopback:
        shared = await loopback.press(shown, button(shown, "Share"), FAN)
        assert WINNER in str(shared.followups[-1])


async def test_a_race_is_seen_again_once_its_hours_are_over(archive: Engine) -> None:
    async with discord_at(archive, SEEN_AGAIN) as loopback:
        for command in ("race", "results", "standings", "stages"):
            reply = await loopback.slash(command, {}, FAN)
            assert told(reply) != []
            assert SHOW not in labels(reply)
            assert "hidden" not in reply.text


async def test_every_server_and_channel_has_its_own_rule(archive: Engine) -> None:
    async with discord_at(archive) as loopback:
        assert WINNER in (await loopback.slash("race", {}, OPEN_GUILD_FAN)).text
        assert WINNER not in (await loopback.slash("race", {}, FAN)).text
        with write_session(archive) as session:
            save_channel_rules(session, HOME_GUILD, CHANNEL_ID, 0, None)
        loopback.bot.runner.preferences.drop()
        assert WINNER in (await loopback.slash("race", {}, FAN)).text


async def test_a_person_s_own_rule_holds_for_what_the_person_alone_sees(archive: Engine) -> None:
    async with discord_at(archive) as loopback:
        assert WINNER in (await loopback.slash("race", {}, DIRECT_MESSAGE_FAN)).text
        for hours, is_told in (("24 hours", False), ("12 hours", False), ("show everything", True)):
            chosen = assert_valid(await loopback.slash("spoilers", {"hours": hours}, DIRECT_MESSAGE_FAN))
            assert chosen.is_private
            assert (WINNER in (await loopback.slash("race", {}, DIRECT_MESSAGE_FAN)).text) is is_told
        person = replace(DIRECT_MESSAGE_FAN, guild=HOME_GUILD)
        assert WINNER not in (await loopback.slash("race", {}, person)).text
        assert WINNER in (await loopback.slash("race", {"private": True}, person)).text
        forgotten = await loopback.slash("forget-me", {}, DIRECT_MESSAGE_FAN)
        assert "how long results are hidden from you is deleted" in forgotten.text
        assert WINNER not in (await loopback.slash("race", {"private": True}, person)).text


async def test_a_rule_of_the_server_is_said_and_a_choice_can_be_taken_back(archive: Engine) -> None:
    async with discord_at(archive) as loopback:
        reply = assert_valid(await loopback.slash("spoilers", {}, FAN))
        assert "chosen for this server" in reply.text
        chosen = await pressed(loopback, reply, "72 hours", FAN)
        assert "72 hours (your choice)" in displayed(chosen.text)
        again = await pressed(loopback, chosen, "As the server", FAN)
        assert "your choice" not in again.text
