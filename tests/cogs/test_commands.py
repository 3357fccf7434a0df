"""Every command through the real tree on the archive of the seeds; what is sent is judged by Discord's limits."""

import re

import pytest
from discord import app_commands

from bot.answers.context import QuestionRunner
from bot.frontend import limits
from bot.frontend.components import ON
from bot.terminal.command_parser import parse_command
from bot.terminal.payloads import Person, Reply
from cogs.options import choices
from tests.support.discord import (
    DIRECT_MESSAGE_FAN,
    FAN,
    MODERATOR,
    OTHER_GUILD_OPERATOR,
    assert_valid,
    button,
    displayed,
    entries,
    labels,
    loopback_discord,
)
from tests.support.paths import SEEDS

RACE = "cup-2023-17"


def text_of(reply: Reply) -> str:
    return reply.text


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("race", {}, ("Ally 400", "Ross Chastain")),
        ("race", {"name": "nashvile"}, ("Ross Chastain", "From ")),
        ("race", {"name": "wawa"}, ("Daytona",)),
        ("results", {"race": "ally"}, ("Ross Chastain", "Page 1")),
        ("results", {"race": RACE, "session": "Stage 1"}, ("Stage 1",)),
        ("results", {"race": RACE, "session": "Entry list", "manufacturer": "Toyota"}, ("Toyota",)),
        ("results", {"race": RACE, "team": "jgr", "driver": "truex"}, ("Truex",)),
        ("stages", {"race": "2023 ally 400"}, ("Stage 1", "Stage 2")),
        ("standings", {}, ("Truex", "Page 1")),
        ("standings", {"championship": "manufacturers", "series": "cup", "season": 2023}, ("Chevrolet",)),
        ("standings", {"after": RACE}, ("Truex",)),
        ("driver", {"name": "suarez"}, ("Daniel Suárez",)),
        ("driver", {"name": "#45", "season": 2023}, ("45",)),
        ("driver", {"name": "chastain", "series": "cup"}, ("Ross Chastain won the 2023 Ally 400.",)),
        ("team", {"name": "jgr"}, ("Joe Gibbs Racing", "From ")),
        ("team", {"name": "jgr", "season": 2023, "series": "cup"}, ("Joe Gibbs Racing, 2023",)),
        ("compare", {"first": "chastain", "second": "truex"}, ("finished ahead of",)),
        (
            "compare",
            {"first": "chastain", "second": "truex", "series": "cup", "season": 2023, "track": "nashville"},
            ("finished ahead of",),
        ),
        ("track", {"name": "nashville"}, ("Nashville Superspeedway", "Ross Chastain", "1.333 miles")),
        ("next", {}, ("to come is known", "2023 Ally 400")),
        ("next", {"series": "cup"}, ("The last schedule known is that of 1949",)),
        (
            "next",
            {"track": "nashville"},
            ("No race of the NASCAR Cup Series to come at Nashville Superspeedway is known",),
        ),
        ("schedule", {}, ("Ally 400", "Jun 25", "rounds 1 to 16 and 18 to 36 of 36")),
        ("schedule", {"series": "cup", "season": 2023}, ("Ross Chastain",)),
        ("schedule", {"track": "nashville", "month": "jun"}, ("at Nashville Superspeedway, in June", "Ross Chastain")),
        ("records", {"what": "most wins", "track": "nashville"}, ("Most wins", "Ross Chastain", "From ")),
        ("chart", {"what": "grid to finish", "race": "ally 400"}, ("gained most", "From ")),
        ("standings", {"championship": "points scored in races"}, ("Not the standings", "Chastain")),
        ("recap", {"race": RACE}, ("From ",)),
        ("recap", {"race": RACE, "about": "reddick wheel"}, ("**",)),
        ("help", {}, ("/race", "/results")),
        ("help", {"command": "results"}, ("/results",)),
    ],
)
@pytest.mark.parametrize("person", [FAN, DIRECT_MESSAGE_FAN, OTHER_GUILD_OPERATOR])
async def test_a_command_answers_publicly_wherever_it_is_asked(
    command: str, options: dict[str, str | int], words: tuple[str, ...], person: Person, seed_desk: QuestionRunner
) -> None:
    async with loopback_discord(seed_desk) as loopback:
        reply = assert_valid(await loopback.slash(command, options, person))
        assert not reply.failed, text_of(reply)
        assert not reply.is_private
        for word in words:
            assert word in text_of(reply)


@pytest.mark.parametrize("command", ["data status", "data reload"])
async def test_the_moderators_commands_answer_privately(command: str, seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, SEEDS) as loopback:
        reply = assert_valid(await loopback.slash(command, {}, MODERATOR))
        assert not reply.failed, text_of(reply)
        assert reply.is_private


async def test_every_button_of_every_card_works(seed_desk: QuestionRunner) -> None:
    asked: tuple[tuple[str, dict[str, str | int]], ...] = (
        ("race", {}), ("results", {}), ("stages", {}), ("standings", {}), ("driver", {"name": "chastain"}),
        ("team", {"name": "jgr"}), ("compare", {"first": "chastain", "second": "truex"}), ("recap", {}), ("help", {}),
    )  # fmt: skip
    async with loopback_discord(seed_desk) as loopback:
        for command, options in asked:
            reply = assert_valid(await loopback.slash(command, options, FAN))
            for label in [*labels(reply), *entries(reply)]:
                answer = assert_valid(await loopback.press(reply, button(reply, label)))
                assert not answer.failed, (command, label, text_of(answer))


async def test_every_page_of_the_standings_can_be_reached_and_all_rows_are_there(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        reply = assert_valid(await loopback.slash("standings", {}, FAN))
        text = text_of(reply)
        while ON in labels(reply):
            assert_valid(await loopback.press(reply, button(reply, ON)))
            text += text_of(reply)
        for name in ("Truex", "Chastain", "McLeod", "Suárez"):
            assert name in text


async def test_a_name_nobody_has_is_answered_privately(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        reply = assert_valid(await loopback.slash("driver", {"name": "<@12> **x**"}, FAN))
        assert reply.is_private
        assert reply.failed
        assert "<@12>" not in reply.text


@pytest.mark.parametrize(
    ("command", "option", "typed", "first"),
    [
        ("race", "name", "nash", "cup-2023-17"),
        ("results", "race", "ally", "cup-2023-17"),
        ("results", "driver", "chast", "Ross Chastain"),
        ("results", "manufacturer", "toy", "Toyota"),
        ("results", "team", "joe", "Joe Gibbs Racing"),
        ("results", "session", "", "Race"),
        ("standings", "after", "", "cup-2023-17"),
        ("standings", "season", "20", 2023),
        ("standings", "series", "", "cup"),
        ("driver", "season", "", 2023),
        ("driver", "series", "", "cup"),
        ("team", "name", "joe", "Joe Gibbs Racing"),
        ("compare", "second", "chast", "Ross Chastain"),
        ("recap", "race", "", "cup-2023-17"),
        ("track", "name", "nash", "Nashville Superspeedway"),
        ("records", "track", "", "Nashville Superspeedway"),
        ("records", "season", "", 2023),
        ("schedule", "series", "", "cup"),
        ("help", "command", "/res", "results"),
    ],
)
async def test_what_is_typed_is_completed(
    command: str, option: str, typed: str, first: str | int, seed_desk: QuestionRunner
) -> None:
    async with loopback_discord(seed_desk) as loopback:
        offered = await loopback.suggest(command, {option: typed}, option, FAN)
        assert first in [value for _, value in offered]


async def test_every_autocomplete_helps_before_anything_is_typed_and_keeps_the_limits(
    seed_desk: QuestionRunner,
) -> None:
    async with loopback_discord(seed_desk) as loopback:
        for command in loopback.bot.list_commands(5):
            for parameter in command.parameters:
                if parameter.autocomplete:
                    offered = await loopback.suggest(
                        command.qualified_name, {parameter.display_name: ""}, parameter.display_name, MODERATOR
                    )
                    assert 1 <= len(offered) <= limits.CHOICES, (command.name, parameter.name)
                    assert len({label for label, _ in offered}) == len(offered)
                    assert all(1 <= len(label) <= limits.CHOICE_LABEL_CHARS for label, _ in offered)
                    assert all(1 <= len(str(value)) <= limits.CHOICE_VALUE_CHARS for _, value in offered)


@pytest.mark.parametrize("series", ["cup", "nxs"])
async def test_the_race_offered_first_is_the_one_answered_when_nothing_is_typed(
    series: str, seed_desk: QuestionRunner
) -> None:
    desk = QuestionRunner(seed_desk.engine, series)
    desk.ask(lambda _: None)
    async with loopback_discord(desk) as loopback:
        _, value = (await loopback.suggest("race", {"name": ""}, "name", FAN))[0]
        offered, answered = [await loopback.slash("race", given, FAN) for given in ({"name": str(value)}, {})]
        assert str(value).startswith(f"{series}-")
        assert offered.components == answered.components


async def test_sessions_are_those_of_the_race_that_was_chosen(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:

        async def of(race: str) -> list[str]:
            options = {"race": race, "session": ""}
            return [label for label, _ in await loopback.suggest("results", options, "session", FAN)]

        assert "Qualifying" in await of(RACE)
        assert "Qualifying" in await of("")
        assert "Qualifying" not in await of("daytona")
        assert await of("no such race at all") == [
            "Race",
            "Stage 1",
            "Stage 2",
            "Stage 3",
            "Qualifying",
            "Practice",
            "Entry list",
        ]


async def test_help_and_its_completion_show_the_moderators_commands_to_moderators_only(
    seed_desk: QuestionRunner,
) -> None:
    async with loopback_discord(seed_desk) as loopback:
        for person, shown in ((FAN, False), (MODERATOR, True)):
            reply = await loopback.slash("help", {}, person)
            assert ("For moderators" in str(reply.message)) is shown
            offered = await loopback.suggest("help", {"command": "data"}, "command", person)
            assert bool(offered) is shown


def _is_private(reply: Reply) -> bool:
    """Whether one person alone sees a message."""
    return bool(reply.last_message["flags"] & 64)


async def test_the_moderators_part_of_a_public_help_is_shown_to_who_asks_alone(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        public = await loopback.slash("help", {}, MODERATOR)
        assert not _is_private(public)
        shown = assert_valid(await loopback.press(public, button(public, "For moderators"), MODERATOR))
        assert _is_private(shown)
        assert not shown.edited_in_place
        assert "1. See what waits" in shown.text
        again = await loopback.press(shown, button(shown, "Overview"), MODERATOR)
        assert again.edited_in_place


async def test_help_on_every_command_has_an_example_that_works(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        commands = [command for command in loopback.bot.list_commands(None) if command.name != "help"]
        for command in (command for command in commands if command.parameters):
            page = await loopback.slash("help", {"command": command.name}, FAN)
            examples = re.findall(rf"^/{command.name} .*:.*$", page.text, re.MULTILINE)
            assert examples, f"bot/answers/help.py has no example of /{command.name}"
            for example in examples:
                line = parse_command(displayed(example), commands)
                reply = assert_valid(await loopback.slash(line.command, line.options, FAN))
                assert not reply.failed, example


# No driver of the seeds has a career of two seasons, and no season two tables of standings.
WITHOUT_EXAMPLE = {("chart", "driver"), ("chart", "series"), ("chart", "season")}


async def test_help_has_an_example_of_every_option_that_works(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        for command in loopback.bot.list_commands(None):
            page = displayed((await loopback.slash("help", {"command": command.name}, FAN)).text)
            values = dict(re.findall(r"^\*\*(\w+)\*\* .*\. Example: (.+)$", page, re.MULTILINE))
            others = {(command.name, option.display_name) for option in command.parameters} - WITHOUT_EXAMPLE
            assert {(command.name, name) for name in values} == others
            required = [option.display_name for option in command.parameters if option.required]
            needed = {name: values[name] for name in required}
            for name, value in values.items():
                typed = {**needed, name: value}
                text = " ".join([f"/{command.name}", *(f"{option}:{given}" for option, given in typed.items())])
                line = parse_command(text, [command])
                reply = await loopback.slash(line.command, line.options, FAN)
                assert not reply.failed, (text, reply.text)


def test_choices_are_unique_and_short_whatever_the_names() -> None:
    pairs = [
        ("x" * 200, "v" * 200),
        ("x" * 200, "other"),
        ("", "empty"),
        ("same", "one"),
        ("same", "two"),
        ("more", "one"),
    ]
    offered = choices([*pairs, *((str(n), str(n)) for n in range(60))])
    assert len(offered) == limits.CHOICES
    assert [choice.value for choice in offered[:3]] == ["x" * 99 + "…", "empty", "one"]


async def test_a_command_is_one_sentence(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        for command in loopback.bot.list_commands(5):
            assert isinstance(command, app_commands.Command)
            assert command.description.endswith(".")
            assert len(command.description) <= limits.COMMAND_DESCRIPTION_CHARS
            for parameter in command.parameters:
                assert 5 <= len(parameter.description) <= limits.COMMAND_DESCRIPTION_CHARS
