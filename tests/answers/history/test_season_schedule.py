"""Seasons with races to come: their schedule, their championship, and that nothing else finds what was not run yet."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.history import schedule
from bot.answers.race.overview import overview
from bot.answers.sources import sources_card
from bot.answers.standings import standings
from bot.cards import Card, Facts, Table
from bot.errors import NothingKnown, UnknownName
from bot.language.moments import write_out
from bot.loading.load import load
from tests.support.cards import facts_of, table_of
from tests.support.databases import archive_at
from tests.support.paths import SAMPLES, SEEDS

ARTICLE = "cup-2023-season.wikitext"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuestionRunner]:
    """Answers from an archive of one article about a season that is under way."""
    place = tmp_path_factory.mktemp("season")
    (place / "documents").mkdir()
    (place / "documents" / ARTICLE).write_bytes((SAMPLES / ARTICLE).read_bytes())
    engine: Engine = archive_at(place / "archive.db")
    load(engine, place / "documents")
    yield QuestionRunner(engine)
    engine.dispose()


def rows(desk: QuestionRunner, part: str) -> dict[str, tuple[str, ...]]:
    """The rows of a part of the schedule by their first column."""
    return {row[0]: row for row in table_of(desk.ask(schedule.schedule, part=part)).rows}


def by_name(card: Card) -> dict[str, tuple[str, ...]]:
    """The rows of a card's table by the name in their second column."""
    return {row[1]: row for row in table_of(card).rows}


def test_races_to_come_stand_in_the_schedule_with_day_time_and_channel(desk: QuestionRunner) -> None:
    card = desk.ask(schedule.schedule)
    assert card.summary == (
        "Next is the Grant Park 220 at Chicago Street Course on Sunday, July 2; 2 of 8 races are to come."
    )
    assert rows(desk, "ov")["18"] == ("18", "Jul 2", "Chicago Street Course", "to come")
    assert rows(desk, "ra")["18"] == ("18", "Grant Park 220", "Chicago Street Course")
    assert rows(desk, "tv")["18"] == ("18", "Jul 2", "", "NBC, MRN")
    assert rows(desk, "tv")["19"] == ("19", "TBA", "", "USA, PRN")


def test_the_time_of_a_race_to_come_is_told_in_plain_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("timed")
    text = (SAMPLES / ARTICLE).read_text("utf-8").replace("| TBA\n| NBC", "| 5:30 p.m.\n| NBC")
    (place / "documents").mkdir()
    (place / "documents" / ARTICLE).write_text(text, "utf-8")
    engine = archive_at(place / "archive.db")
    load(engine, place / "documents")
    desk = QuestionRunner(engine)
    card, on_air = desk.ask(schedule.schedule), rows(desk, "tv")
    engine.dispose()
    assert on_air["18"] == ("18", "Jul 2", "5:30 pm ET", "NBC, MRN")
    assert write_out(card.summary).startswith(
        "Next is the Grant Park 220 at Chicago Street Course on July 2, 2023, 21:30 UTC; "
    )


NEXT_YEAR = """The '''2024 NASCAR Cup Series''' is a season.
==Schedule==
{|
! No. !! Race !! Track !! Date
|-
! 1
| Daytona 500 || Daytona International Speedway || February 18
|}
"""
OTHER_SERIES = """The '''2024 ARCA Menards Series''' is a season.
==Schedule==
{|
! No. !! Race !! Track !! Date !! Winner
|-
! 1
| Hard Rock Bet 200 || Daytona International Speedway || February 17 || Gus Dean
|-
! 2
| General Tire 150 || Phoenix Raceway || March 8 ||
|}
"""


def test_next_year_s_schedule_waits_while_this_season_has_races_to_come(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    place = tmp_path_factory.mktemp("next")
    (place / "documents").mkdir()
    (place / "documents" / ARTICLE).write_bytes((SAMPLES / ARTICLE).read_bytes())
    (place / "documents" / "next.wikitext").write_text(NEXT_YEAR, "utf-8")
    (place / "documents" / "arca.wikitext").write_text(OTHER_SERIES, "utf-8")
    engine = archive_at(place / "archive.db")
    load(engine, place / "documents")
    desk = QuestionRunner(engine)
    assert desk.ask(schedule.schedule).title == "2023 NASCAR Cup Series schedule"
    coming = desk.ask(schedule.schedule, "cup", 2024)
    assert coming.summary == (
        "Next is the Daytona 500 at Daytona International Speedway on Sunday, February 18; 1 of 1 race is to come."
    )
    assert coming.as_of == "before the first race"
    other = desk.ask(schedule.schedule, "arca")
    assert other.title == "2024 ARCA Menards Series schedule"
    assert table_of(other).rows[0][3] == "Gus Dean"
    assert desk.ask(overview, None).title == "2023 Ally 400"
    engine.dispose()


def test_what_was_run_moved_or_called_off_says_so(desk: QuestionRunner) -> None:
    seasons = table_of(desk.ask(schedule.schedule, "cup", 2023)).rows
    names = [row[1] for row in table_of(desk.ask(schedule.schedule, "cup", 2023, part="ra")).rows]
    told = dict(zip(names, seasons, strict=True))
    assert told["Ally 400"][1:] == ("Jun 25", "Nashville", "Chastain")
    assert told["Coca-Cola 600"][1] == "May 29 (from May 28)"
    assert told["Toyota Owners 400"][3] == "cancelled"
    assert told["Busch Light Clash at The Coliseum (no points)"][3] == "Truex Jr."
    assert told["Bluegreen Vacations Duel 1 (no points)"][3] == "–"


def test_every_row_names_the_lines_it_stands_on(desk: QuestionRunner) -> None:
    card = desk.ask(schedule.schedule)
    (table,) = (block for block in card.blocks if isinstance(block, Table))
    assert len(table.sources) == len(table.rows)
    assert all(table.sources)
    shown = desk.ask(lambda context: sources_card(context, card))
    assert [citation.document for citation in shown.citations] == [ARTICLE]


def test_no_other_command_finds_a_race_to_come(desk: QuestionRunner) -> None:
    latest = desk.ask(overview, None)
    assert latest.title == "2023 Ally 400"
    with pytest.raises((UnknownName, NothingKnown)):
        desk.ask(overview, "grant park 220")
    suggested = [entity.label for entity in desk.names.suggest("grant", "race", limit=25)]
    assert not [label for label in suggested if "Grant" in label]


def test_a_winner_without_a_table_is_told_with_pole_and_most_laps_led(desk: QuestionRunner) -> None:
    card = desk.ask(overview, "daytona 500")
    text = repr(card)
    assert "Ricky Stenhouse Jr." in text
    assert "Alex Bowman" in text
    assert "Brad Keselowski" in text


def test_a_season_has_its_championship_without_a_race_being_chosen(desk: QuestionRunner) -> None:
    card = desk.ask(standings.standings, None, "cup", 2023)
    assert card.as_of == "after 3 of 4 races"
    assert card.summary == (
        "Ross Chastain leads the 2023 Cup standings with 2,084.5 points, 34.5 ahead of Ryan Blaney."
    )
    assert by_name(card)["Chastain"] == ("1", "Chastain", "2,084.5", "1", "1", "2")
    assert by_name(card)["Gibbs (R)"][:3] == ("3", "Gibbs (R)", "400")
    assert by_name(card)["Hocevar (i)"][:3] == ("–", "Hocevar (i)", "–")
    assert {follow_up.label for follow_up in card.follow_ups} >= {"Manufacturers’ standings", "Schedule"}


def test_makes_have_points_and_no_counts_of_finishes(desk: QuestionRunner) -> None:
    card = desk.ask(standings.standings, "manufacturers", None, 2023)
    assert by_name(card)["Chevrolet"] == ("1", "Chevrolet", "114")


def test_a_season_without_any_document_says_which_there_are(desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown, match="There are races of 2023"):
        desk.ask(schedule.schedule, "cup", 1999)


def test_where_a_page_gives_other_points_after_the_same_race_both_are_told(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    place = tmp_path_factory.mktemp("both")
    (place / "documents").mkdir()
    lines = [f"! R{number}" for number in range(1, 18)]
    places = [f"| {number}" for number in range(1, 18)]
    rows = ("|-\n! {}\n| {}\n" + "\n".join(places) + "\n! {}\n").format
    text = (
        "The '''2023 NASCAR Cup Series''' was a season.\n==Standings==\n{|\n! Pos\n! Driver\n"
        + "\n".join(lines)
        + "\n! Pts\n"
        + rows(1, "Martin Truex Jr.", 576)
        + rows(2, "William Byron", 557)
        + "|}"
    )
    (place / "documents" / "season.wikitext").write_text(text, "utf-8")
    (place / "documents" / "page.txt").write_bytes((SEEDS / "ally-400-race-page.txt").read_bytes())
    engine = archive_at(place / "archive.db")
    load(engine, place / "documents")
    desk = QuestionRunner(engine)
    card = desk.ask(standings.standings, "drivers", "cup", 2023)
    disputed = desk.ask(standings.standings, "drivers", "cup", 2023, part="di")
    engine.dispose()
    assert card.as_of == "after 17 of 17 races"  # nothing says that there are no more
    assert facts_of(card)["Sources"] == "1 fact is disputed"
    (block,) = disputed.blocks
    assert isinstance(block, Facts)
    (fact,) = block.facts
    assert (fact.label, fact.value) == ("William Byron, points", "557 is shown, 558 stands elsewhere")
    assert [place.document for place in fact.sources] == ["season.wikitext", "page.txt"]
