"""Help that works on the loaded archive, and what moderators are told of it."""

from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError

import pytest
from sqlalchemy import Engine

from bot.answers import help as help_answers
from bot.answers.context import QuestionRunner
from bot.answers.help import PRIVACY, CommandHelp, OptionHelp, help_overview
from bot.answers.history.records import records
from bot.answers.history.schedule import schedule
from bot.answers.history.track import track
from bot.answers.moderation.status import load_report_card, status_card
from bot.answers.people.compare import comparison
from bot.answers.people.driver import driver_profile
from bot.answers.people.team import team_profile
from bot.answers.race.overview import overview as race_overview
from bot.answers.recap.recap import recap
from bot.answers.results.results import results
from bot.answers.standings.standings import standings
from bot.archive.models.core import Race
from bot.cards import Card, Facts, Question
from bot.errors import UnknownName
from bot.language.moments import write_out
from bot.loading.report import CellChange, DocumentChange, RaceChanges, Report
from tests.support.archive_rows import ALLY, fill_archive
from tests.support.cards import whole_card

COMMANDS = (
    CommandHelp("race", "/race [name]", "What happened in a race."),
    CommandHelp("results", "/results [race] [session]", "Who finished where."),
    CommandHelp("data status", "/data status", "What the archive holds."),
)
ASK: dict[str, Callable[..., Card]] = {
    "race": race_overview, "results": results, "driver": driver_profile, "standings": standings, "recap": recap,
}  # fmt: skip


def facts_of(card: Card) -> list[tuple[str, str]]:
    facts = [fact for block in card.blocks if isinstance(block, Facts) for fact in block.facts]
    return [(write_out(fact.label), write_out(fact.value)) for fact in facts]


def asked(desk: QuestionRunner, question: Question) -> Card:
    """Ask what an example says, as the commands would."""
    values = {argument.option: argument.value for argument in question.arguments}
    return desk.ask(ASK[question.command], **values)


def test_help_names_every_command_the_data_and_privacy(archive: Engine) -> None:
    card = whole_card(fill_archive(archive), help_overview, COMMANDS)
    told = facts_of(card)
    assert [part.title for part in card.parts] == ["Overview", "Examples", "For moderators", "About Spotter"]
    assert told[:2] == [("/race", "What happened in a race."), ("/results", "Who finished where.")]
    assert ("/data status", "What the archive holds.") in told
    assert ("Data", "Version 3, loaded June 26, 2023, 14:05 UTC; the latest race is the 2023 Ally 400.") in told
    assert ("Privacy", PRIVACY) in told
    assert PRIVACY.count(". ") == 1
    assert card.as_of == "after race 17 of 36, Ally 400"


def test_every_example_works(archive: Engine, seed_desk: QuestionRunner) -> None:
    for desk in (fill_archive(archive), seed_desk):
        card = desk.ask(help_overview, COMMANDS)
        examples = [value for _, value in facts_of(desk.ask(help_overview, COMMANDS, part="ex"))]
        assert examples[: len(card.follow_ups)] == [follow.question.command_text() for follow in card.follow_ups]
        assert {follow.question.command for follow in card.follow_ups} == set(ASK)
        for follow in card.follow_ups:
            assert asked(desk, follow.question).title


def test_help_on_one_command_says_how_it_is_typed(archive: Engine) -> None:
    desk = fill_archive(archive)
    options = (OptionHelp("race", "a race", is_required=True), OptionHelp("session", "a stage"))
    lines = (*COMMANDS[:1], replace(COMMANDS[1], options=options))
    card = desk.ask(help_overview, lines, "/Results")
    assert card.title == "/results"
    assert facts_of(card) == [
        ("Type", "/results [race] [session]"),
        ("race", "a race (needed). Example: Ally 400"),
        ("session", "a stage. Example: Stage 1"),
        ("", "/results race:Ally 400 session:Stage 1"),
    ]
    with pytest.raises(UnknownName) as caught:
        desk.ask(help_overview, COMMANDS, "result")
    assert caught.value.suggestions[0] == ("results", "/results")


@pytest.mark.parametrize(
    ("command", "example"),
    [
        ("team", "/team name:Trackhouse Racing"),
        ("compare", "/compare first:Ross Chastain second:Martin Truex Jr."),
    ],
)
def test_help_on_a_command_of_the_long_view_has_an_example_that_works(
    command: str, example: str, seed_desk: QuestionRunner
) -> None:
    lines = (CommandHelp(command, f"/{command} …", "What is known."),)
    assert facts_of(seed_desk.ask(help_overview, lines, command)) == [("Type", f"/{command} …"), ("", example)]
    assert seed_desk.ask(team_profile, "Trackhouse Racing").title == "Trackhouse Racing"
    assert seed_desk.ask(comparison, "Ross Chastain", "Martin Truex Jr.").title == "Ross Chastain and Martin Truex Jr."


def test_help_on_a_command_over_the_years_shows_an_example_that_works(seed_desk: QuestionRunner) -> None:
    for command, example in (
        ("track", "/track name:Nashville Superspeedway"),
        ("schedule", "/schedule series:cup season:2023"),
        ("records", "/records what:most wins series:cup season:2023"),
    ):
        lines = (CommandHelp(command, f"/{command} …", "Many races."),)
        assert facts_of(seed_desk.ask(help_overview, lines, command)) == [("Type", f"/{command} …"), ("", example)]
    assert seed_desk.ask(track, "Nashville Superspeedway").title == "Nashville Superspeedway"
    assert seed_desk.ask(schedule, "cup", 2023).title == "2023 NASCAR Cup Series schedule"
    assert seed_desk.ask(records, "most wins", "cup", None, 2023).title == "Most wins: NASCAR Cup Series, 2023"


def test_help_works_on_an_empty_archive_and_without_an_installed_program(
    archive: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(help_answers, "version", missing)
    told = dict(facts_of(whole_card(QuestionRunner(archive), help_overview, COMMANDS)))
    assert told["Data"] == "Version 0, nothing is loaded yet."
    assert told["Version"] == "Spotter of this folder"


def test_what_is_for_moderators_is_for_them_alone_and_in_the_order_of_their_work(archive: Engine) -> None:
    names = ("data correct", "data upload", "data status", "data other")
    options = (OptionHelp("race", "a race", is_required=True), OptionHelp("kind", "what to read it as"))
    lines = (*COMMANDS, *(CommandHelp(name, f"/{name}", "For moderators.", options) for name in names))
    desk = fill_archive(archive)
    card = desk.ask(help_overview, lines, part="md")
    assert card.tone == "moderator"
    told = [(label, value) for label, value in facts_of(card) if label]
    assert [label for label, _ in told if label.startswith("/")] == [
        "/data status", "/data upload", "/data correct", "/data other",
    ]  # fmt: skip
    assert told[-2:] == [("race", "a race (needed)"), ("kind", "what to read it as")]
    fans = tuple(line for line in lines if not line.name.startswith("data "))
    assert desk.ask(help_overview, fans, part="md").tone == "answer"


def test_an_example_names_a_race_so_that_it_is_found(archive: Engine) -> None:
    desk = fill_archive(archive, extra_rows=(Race(key="cup-2024-1", series="cup", season=2024, order_key="2024-001"),))
    card = desk.ask(help_overview, COMMANDS)
    assert card.follow_ups[0].question.command_text() == "/race name:cup-2024-1"


def test_status_tells_what_the_archive_stands_on(archive: Engine) -> None:
    card = fill_archive(archive).ask(status_card)
    told = dict(facts_of(card))
    assert card.tone == "moderator"
    assert card.summary == "5 documents tell of 3 races."
    assert told["Data version"] == "3"
    assert told["Last load"] == "June 26, 2023, 14:05 UTC"
    assert told["Latest race"] == "2023 Ally 400"
    assert told["Documents kept but not in force"] == "broken.txt"
    assert told["Sections no format knows"] == "page.txt:140 Gallery"
    assert told["page.txt"] == "race page, 2023 Ally 400, 40 lines"


def test_status_of_an_empty_archive_says_never(archive: Engine) -> None:
    told = dict(facts_of(QuestionRunner(archive).ask(status_card)))
    assert (told["Last load"], told["Latest race"]) == ("never", "none")


def test_a_report_tells_what_changed_and_what_was_rejected() -> None:
    changes = tuple(CellChange(f"race: {n}: laps", "299", f"{300 + n}") for n in range(20))
    races = tuple(RaceChanges(f"Race {n}", 5, 0, changes, new_conflicts=1) for n in range(12))
    card = load_report_card(
        Report(4, races, (DocumentChange("a.txt", "added"),), ("b.txt:3: no table",), kept=("b.txt",), dry_run=False)
    )
    told = facts_of(card)
    assert card.summary == "12 races changed, version 4; 1 document rejected."
    assert ("", "b.txt:3: no table") in told
    assert ("Added", "a.txt") in told
    assert ("Values", "5 added, 20 changed") in told
    assert ("Laps", "20 changes: 0 299 → 300, 1 299 → 301 and so on") in told
    assert "changed: 19’s laps: 299 → 319" in card.files[0].content.decode()
    assert ("And", "2 more races; the file has them all") in told
    assert card.note == "Their last good version stays in force: b.txt."


def test_a_report_of_nothing_says_so() -> None:
    assert load_report_card(Report(4)).summary == "The archive is as it was, version 4; nothing rejected."
    dry = load_report_card(Report(4, (RaceChanges("Race", 0, 1, (CellChange("x", "", "y"),)),), dry_run=True))
    assert dry.title == "What a load would do"
    assert dry.summary == "1 race would change, version 4; nothing rejected."
    assert ("X", "nothing → y") in facts_of(dry)


def test_a_question_of_an_example_is_canonical(archive: Engine) -> None:
    desk = fill_archive(archive)
    for follow in desk.ask(help_overview, COMMANDS).follow_ups:
        assert asked(desk, follow.question).question.command == follow.question.command
    assert desk.ask(race_overview).question.arguments[0].value == ALLY
