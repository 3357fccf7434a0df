"""The terminal asks the very commands that Discord asks, and completes with their own suggestions."""

import io
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.archive.queries.mistake_reports import save_mistake_report
from bot.cards import Card, Column, Question, Table
from bot.errors import NotACommand
from bot.terminal.command_parser import parse_command, parse_partial
from bot.terminal.console import CommandCompleter, Terminal
from bot.terminal.display import choice_lines, message_panel, print_card
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import Json
from tests.support.discord import MODERATOR, loopback_discord


def a_terminal(loopback: LoopbackDiscord) -> tuple[Terminal, io.StringIO]:
    out = io.StringIO()
    return Terminal(loopback.bot, Console(file=out, width=80)), out


def unwrapped(out: io.StringIO) -> str:
    """What was drawn, in one line without its frames."""
    return " ".join(out.getvalue().replace("│", " ").split())


@pytest.mark.parametrize(
    ("text", "command", "options"),
    [
        ("/race nashville", "race", {"name": "nashville"}),
        ("race", "race", {}),
        ("/race name:nashville", "race", {"name": "nashville"}),
        ("/results race:2023 ally 400 session:Stage 1", "results", {"race": "2023 ally 400", "session": "Stage 1"}),
        ("/results nashville session:Stage 1", "results", {"race": "nashville", "session": "Stage 1"}),
        (
            "/standings championship:Manufacturers season:2023",
            "standings",
            {"championship": "manufacturers", "season": 2023},
        ),
        ("/recap about:what he said: a lot", "recap", {"about": "what he said: a lot"}),
        ("/data status", "data status", {}),
        ("/data reload yes", "data reload", {"dry_run": True}),
        ("/data reload dry_run:No", "data reload", {"dry_run": False}),
    ],
)
async def test_a_line_is_read_as_discord_would_send_it(
    text: str, command: str, options: dict[str, object], seed_desk: QuestionRunner
) -> None:
    async with loopback_discord(seed_desk) as loopback:
        line = parse_command(text, loopback.bot.list_commands(5))
        assert (line.command, line.options) == (command, options)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("/foo bar", "There is no command /foo. There are: /race, "),
        ("/racing", "There is no command /racing."),
        ("/driver", "driver needs name: "),
        ("/driver x season:soon", "season takes a number, not “soon”."),
        ("/driver x season:" + "9" * 30, "season takes a number"),
        ("/standings championship:teams", "championship is one of: drivers, manufacturers, points scored in races."),
        ("/data status now", "/data status takes no options."),
        ("/data reload perhaps", "dry_run is yes or no, not “perhaps”."),
        ("/data upload", "A file cannot be attached in the terminal. Leave it with quit, then: spotter upload FILE."),
        ("/data upload page.txt race:ally", "spotter upload FILE"),
    ],
)
async def test_a_line_that_no_command_can_read_says_why(text: str, message: str, seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        with pytest.raises(NotACommand) as error:
            parse_command(text, loopback.bot.list_commands(5))
        assert message in str(error.value)


async def test_what_is_being_typed_is_told_from_what_is_there(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        begun = parse_partial("/results race:nash session:St", loopback.bot.list_commands(5))
        assert begun is not None
        assert (begun.options, begun.option, begun.value) == ({"race": "nash"}, "session", "St")
        assert parse_partial("/nothing", loopback.bot.list_commands(5)) is None


async def test_answers_are_drawn_and_buttons_chosen_by_number(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        terminal, out = a_terminal(loopback)
        assert await terminal.answer("/sources nashville")
        assert "[1] ▶" in out.getvalue()
        assert "Page 1" in unwrapped(out)
        assert await terminal.answer("1")
        assert "Page 2" in unwrapped(out)
        assert not await terminal.answer("77")
        assert "There is no button 77" in out.getvalue()


async def test_an_error_is_told_from_an_answer(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        terminal, out = a_terminal(loopback)
        assert not await terminal.answer("/driver qqqqqq")
        assert not await terminal.answer("/nothing")
        assert await terminal.answer("help")
        assert await terminal.answer("/data status")
        assert "There is no command /nothing" in out.getvalue()


async def test_lines_of_a_pipe_are_answered_until_quit(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        terminal, out = a_terminal(loopback)
        await terminal.converse(io.StringIO("/race nashville\n\n quit \n/nothing\n"))
        assert "Ross Chastain" in out.getvalue()
        assert "/nothing" not in out.getvalue()
        await terminal.converse(io.StringIO("/nothing"))
        assert "There is no command /nothing" in out.getvalue()


async def test_the_operator_plans_applies_and_fills_in_a_form_at_the_terminal(filled: Engine, documents: Path) -> None:
    async with loopback_discord(QuestionRunner(filled), documents) as loopback:
        terminal, out = a_terminal(loopback)
        await loopback.bot.entries.write(
            lambda session: save_mistake_report(session, 1, "/race name:cup-2023-17", "page.txt", "The pole is wrong.")
        )
        for line in ("/data reports", "1", "It is right."):
            assert await terminal.answer(line), line
        assert "Your answer" in out.getvalue()
        assert "It is answered and closed." in out.getvalue()
        (documents / "daytona-recap.txt").unlink()
        assert await terminal.answer("/data reload yes")
        assert await terminal.answer("1")
        assert await terminal.answer("/data log")
        assert "by the terminal" in out.getvalue()
        assert await terminal.answer("/data template")
        assert "results.csv:" in out.getvalue()


class Tty(io.StringIO):
    """Lines that a person types."""

    def isatty(self) -> bool:
        return True


async def test_a_person_types_at_a_prompt(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        terminal, out = a_terminal(loopback)
        with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
            keys.send_text("/race nashville\r\x03/stages\r\x04")
            await terminal.converse(Tty())
        assert "Tab completes" in out.getvalue()
        assert "Stage 1" in out.getvalue()


async def completions(loopback: LoopbackDiscord, text: str) -> list[str]:
    words = CommandCompleter(loopback, MODERATOR)
    found = [c async for c in words.get_completions_async(Document(text), CompleteEvent())]
    assert list(words.get_completions(Document(text), CompleteEvent())) == []
    return [text[: len(text) + c.start_position] + c.text for c in found]


async def test_tab_completes_commands_options_and_their_values(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        assert await completions(loopback, "/st") == ["/stages ", "/standings "]
        assert await completions(loopback, "data s") == ["/data status "]
        assert "/race " in await completions(loopback, "")
        assert "/race " in await completions(loopback, "/race")
        assert "/race cup-2023-17 " in await completions(loopback, "/race nash")
        assert "/results nashville session:" in await completions(loopback, "/results nashville ses")
        assert await completions(loopback, "/results nashville session:Stage 2") == [
            "/results nashville session:Stage 2 "
        ]
        assert "/standings championship:drivers " in await completions(loopback, "/standings championship:d")
        assert await completions(loopback, "/data status x") == []
        assert await completions(loopback, "/data reload dry_run:y") == ["/data reload dry_run:yes "]
        assert "/recap about:x race:" in await completions(loopback, "/recap about:x ")


def test_a_message_is_drawn_with_its_marks() -> None:
    out = io.StringIO()
    text = (
        "## Who?\n**Pole** R\\*ss\u200b `code`\n-# small\n\n```\nPos Driver\n  1 x\n```\n> said **it** <t:1687721400:f>"
    )
    inside = [
        {"type": 10, "content": text},
        {"type": 12, "items": [{"description": "Ross gained six places."}]},
        {"type": 10, "content": "[2023 Ally 400](https://a.b/c) </race:123>"},
    ]
    container = {"type": 17, "accent_color": 0x123456, "components": inside}
    Console(file=out, width=60).print(message_panel([container], 60))
    drawn = out.getvalue()
    for part in (
        "Who?", "Pole R*ss code", "small", "Pos Driver", "  1 x", "  said it June 25, 2023, 19:30 UTC",
        "Ross gained six places.", "2023 Ally 400 (https://a.b/c) /race ",
    ):  # fmt: skip
        assert part in drawn
    assert "\u200b" not in drawn
    assert "**" not in drawn


def test_buttons_are_numbered_and_those_that_cannot_be_pressed_are_not_then_what_can_be_chosen() -> None:
    buttons: list[Json] = [{"label": "◀", "disabled": True}, {"label": "▶"}, {"label": "Stages", "disabled": False}]
    line = choice_lines(buttons, [{"label": "Tracks", "default": True}, {"label": "Story"}])
    assert line.plain.split("   ") == ["◀", "[1] ▶", "[2] Stages", "\n[3] Tracks", "[4] Story", ""]


async def test_an_entry_of_a_select_is_chosen_by_its_number(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        terminal, out = a_terminal(loopback)
        assert not await terminal.answer("/driver austin")
        assert "[1] " in out.getvalue()
        assert await terminal.answer("1")


def test_a_card_without_a_command_is_drawn_whole() -> None:
    out = io.StringIO()
    table = Table((Column("Lap", numeric=True),), tuple((str(n),) for n in range(45)))
    print_card(Card("Report", Question("data reload"), blocks=(table,)), Console(file=out, width=80))
    assert "Page 3" in out.getvalue()
    assert "44" in out.getvalue()
