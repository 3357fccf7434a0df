"""Races that only the sport's history tells of, and the points that were scored in them."""

import pytest
from sqlalchemy import Engine, delete
from sqlmodel import col

from bot.answers.common.refusals import NothingToShow
from bot.answers.context import QuestionRunner
from bot.answers.race.overview import overview
from bot.answers.results.results import results, stages
from bot.answers.sources import card_view
from bot.answers.standings.standings import standings
from bot.archive.db.engine import write_session
from bot.archive.models.core import FactRecord, Race, SeasonTally, SessionRow, Standing, Support, Version
from bot.cards import Card, Facts, SourceLine
from bot.errors import NothingKnown
from tests.support.cards import facts_of, table_of, whole_card
from tests.support.history_rows import CUP, FIRST_RACE, RIVERVIEW, fill_history

LATE, WITHOUT_POINTS = "cup-2022-1", "cup-1951-1"


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    return fill_history(archive)


def how_of(card: Card, label: str) -> str:
    blocks = [block for block in card.blocks if isinstance(block, Facts)]
    return next(fact.derivation for block in blocks for fact in block.facts if fact.label == label)


def test_what_no_page_tells_of_a_race_is_worked_out_of_its_results(desk: QuestionRunner) -> None:
    card = whole_card(desk, overview, LATE)
    told = facts_of(card)
    assert card.summary == "Ann Ash won the 2022 Sponsor 400 at Riverview Speedway."
    assert told["Winning car"] == "No. 1, Team, Ford"
    assert told["Started first"] == "Bea Birch, who finished 2nd"
    assert told["Most laps led"] == "Bea Birch, 80 laps; 2 drivers led"
    assert told["Distance"] == "100 laps"
    assert told["Field"] == "4 cars, 3 running at the end, 4 with the winner’s laps"
    assert told["Track"] == "Riverview Speedway, 0.75 miles, paved"
    assert told["Stage winners"] == "Cal Cole"
    for label in ("Started first", "Most laps led", "Distance", "Field"):
        assert how_of(card, label).startswith("worked out: ")
    assert "Pole" not in told


@pytest.mark.parametrize("race", [LATE, FIRST_RACE, WITHOUT_POINTS])
def test_what_no_document_tells_is_not_there_and_no_row_is_empty(desk: QuestionRunner, race: str) -> None:
    card = whole_card(desk, overview, race)
    assert not {"Date", "Cautions", "Time", "Pole", "Margin"} & facts_of(card).keys()
    assert all(facts_of(card).values())
    assert card.note == ""


def test_a_race_without_laps_tells_no_distance_and_no_leader(desk: QuestionRunner) -> None:
    told = facts_of(whole_card(desk, overview, FIRST_RACE))
    assert told["Field"] == "4 cars, 3 running at the end"
    assert not {"Distance", "Most laps led"} & told.keys()
    columns = [column.heading for column in table_of(desk.ask(results, FIRST_RACE)).columns]
    assert columns == ["Pos", "No", "Driver", "St", "Pts", "Gap"]


def test_two_races_of_one_name_are_told_apart_by_track_or_by_round(desk: QuestionRunner) -> None:
    assert desk.ask(overview, LATE).title == "2022 Sponsor 400 at Riverview Speedway"
    assert desk.ask(results, "cup-2022-2").title == "2022 Sponsor 400 at Shore Raceway results"
    assert desk.ask(overview, FIRST_RACE).title == "1950 100 Miles at Riverview (round 1)"
    assert desk.ask(overview, WITHOUT_POINTS).title == "1951 Riverview 200"


def test_a_table_that_is_not_whole_tells_only_what_it_says(archive: Engine) -> None:
    desk = fill_history(archive)
    with write_session(archive) as session:
        session.exec(delete(SessionRow).where(col(SessionRow.race) == LATE, col(SessionRow.number).in_((2, 3))))
    told = facts_of(whole_card(desk, overview, LATE))
    assert told["Winning car"] == "No. 1, Team, Ford"
    assert not {"Started first", "Most laps led", "Distance", "Field"} & told.keys()


def test_what_a_page_tells_is_not_worked_out(archive: Engine) -> None:
    facts = (("pole_driver", "Dee Dunn"), ("laps_run", "99"), ("most_laps_led_driver", "Ann Ash"))
    more = [
        FactRecord(race=LATE, field=field, value=value, number=99 if value == "99" else None, document=CUP, line=61)
        for field, value in facts
    ]
    card = whole_card(fill_history(archive, extra_rows=more), overview, LATE)
    assert facts_of(card)["Pole"] == "Dee Dunn"
    assert not {"Started first", "Field"} & facts_of(card).keys()


def test_two_who_started_first_or_led_most_are_both_named(archive: Engine) -> None:
    desk = fill_history(archive)
    with write_session(archive) as session:
        row = session.get(SessionRow, (LATE, "race", 1))
        assert row is not None
        row.grid, row.laps_led = 1, 80
    card = desk.ask(overview, LATE)
    assert facts_of(card)["Started first"] == "Ann Ash, who won; Bea Birch, who finished 2nd"
    assert facts_of(card)["Most laps led"] == "Ann Ash and Bea Birch, 80 laps each; 2 drivers led"
    assert "more than one row tells starting place 1" in how_of(card, "Started first")


def test_a_race_leads_to_its_results_its_track_and_its_season(desk: QuestionRunner) -> None:
    asked = [follow.question.command_text() for follow in desk.ask(overview, WITHOUT_POINTS).follow_ups]
    assert asked == [
        "/results race:cup-1951-1",
        "/race name:cup-1951-2",
        "/track name:Riverview Speedway series:cup",
        "/schedule series:cup season:1951",
    ]
    assert [follow.label for follow in desk.ask(overview, LATE).follow_ups] == [
        "Results", "Stages", "Next race", "Track", "Season",
    ]  # fmt: skip


def test_results_show_how_each_car_ended_and_its_rating(desk: QuestionRunner) -> None:
    table = table_of(desk.ask(results, LATE))
    assert [column.heading for column in table.columns] == ["Pos", "No", "Driver", "St", "Led", "Pts", "Gap"]
    assert not [column.heading for column in table.columns if column.starts_line]
    assert [row[-1] for row in table.rows[:3]] == ["", "", ""]
    assert table.rows[3] == ("4", "4", "Eli Elm", "4", "", "46", "crash")
    told = facts_of(desk.ask(results, LATE, "Race", "Eli Elm"))
    assert (told["Status"], told["Driver rating"]) == ("crash", "116.5")


def test_points_of_a_stage_follow_from_its_places_where_a_history_tells_them(desk: QuestionRunner) -> None:
    card = desk.ask(stages, LATE)
    explained = desk.ask(card_view, desk.ask(results, LATE, "Stage 1", "Cal Cole"), "explain")
    assert (
        card.summary == "In the 2022 Sponsor 400 at Riverview Speedway, Cal Cole won Stage 1 and Ann Ash won Stage 2."
    )
    assert facts_of(explained)["Points: 10"] == "10 points = 11 - 1, the place in the stage"
    with pytest.raises(NothingToShow, match="No stage results for the 1951 Riverview 200"):
        desk.ask(stages, WITHOUT_POINTS)


def test_a_row_of_several_documents_names_every_line(archive: Engine) -> None:
    support = Support(race=LATE, value_name="race: Ann Ash: rating", document="page.txt", line=7)
    card = fill_history(archive, extra_rows=(support,)).ask(results, LATE)
    assert table_of(card).sources[0] == (SourceLine(CUP, 61), SourceLine("page.txt", 7))
    assert "page.txt" in [citation.document for citation in card.citations]


def test_where_no_standings_are_held_points_scored_in_races_are_told_under_that_name(desk: QuestionRunner) -> None:
    card = desk.ask(standings)
    assert card.title == "2022 NASCAR Cup Series: points scored in races"
    assert card.summary == ("Ann Ash and Bea Birch scored the most points in the 2022 Cup season, 97 each in 2 races.")
    assert card.note == (
        "No standings of 2022 yet: points scored in races, without penalties, playoff points and resets."
    )
    assert table_of(card).rows[:3] == (
        ("=1", "Ann Ash", "97", "2"),
        ("=1", "Bea Birch", "97", "2"),
        ("3", "Cal Cole", "94", "2"),
    )
    assert card.question.command_text() == "/standings championship:points scored in races series:cup season:2022"
    assert all(table_of(card).derivations)


def test_a_season_whose_points_nobody_tells_has_neither(desk: QuestionRunner) -> None:
    with pytest.raises(NothingToShow, match="No standings and no points of the 1951"):
        desk.ask(standings, "drivers", "cup", 1951)
    with pytest.raises(NothingKnown, match="No 1999 drivers’ standings"):
        desk.ask(standings, "drivers", None, 1999)
    with pytest.raises(NothingKnown, match="No 2022 Cup manufacturers’ standings"):
        desk.ask(standings, "manufacturers", "cup", 2022)


def test_points_that_some_rows_do_not_tell_are_counted(archive: Engine) -> None:
    desk = fill_history(archive)
    assert "Points are known" not in table_of(desk.ask(standings, None, "cup", 2022)).note
    with write_session(archive) as session:
        tally = session.get(SeasonTally, ("driver", "Cal Cole", "cup", 2022, "7"))
        version = session.get(Version, 1)
        assert tally is not None
        assert version is not None
        tally.points_known, version.number = 1, version.number + 1
    assert "Points are known for 7 of 8 starts." in table_of(desk.ask(standings, None, "cup", 2022)).note


def test_a_published_table_goes_before_points_and_both_can_be_asked_for(archive: Engine) -> None:
    table = Standing(
        race=LATE, championship="drivers", number=1, position=1, name="Bea Birch", points=300, document=CUP, line=61
    )
    desk = fill_history(archive, extra_rows=(table,))
    # A later race of the season is known: the table is an old one.
    assert desk.ask(standings, None, None, 2022).summary == "Bea Birch led the 2022 Cup standings with 300 points."
    points = desk.ask(standings, "points scored in races", "cup", 2022)
    assert points.summary.startswith("Ann Ash and Bea Birch scored the most points")
    assert points.note.startswith("Not the standings: ")
    assert points.follow_ups[0].question.command_text() == "/standings championship:drivers series:cup season:2022"
    with pytest.raises(NothingKnown, match="for whole seasons"):
        desk.ask(standings, "points", None, None, LATE)


def test_a_table_of_an_earlier_season_leads_to_the_points_of_the_latest(archive: Engine) -> None:
    table = Standing(
        race=FIRST_RACE,
        championship="drivers",
        number=1,
        position=1,
        name="Bea Birch",
        points=30,
        document=CUP,
        line=11,
    )
    card = fill_history(archive, extra_rows=(table,)).ask(standings)
    assert card.as_of == "after race 1, 100 Miles at Riverview"
    assert card.summary == "Bea Birch led the 1950 Cup standings with 30 points."
    assert card.note == "Not the latest: races are known up to 2022."
    assert [follow.question.command_text() for follow in card.follow_ups] == [
        "/standings series:cup season:2022",
        f"/race name:{FIRST_RACE}",
    ]


def test_a_winner_whom_another_document_names_has_the_car_of_the_results(archive: Engine) -> None:
    told = FactRecord(race=LATE, field="winner", value="Ann Ash", document="recap.txt", line=3)
    card = whole_card(fill_history(archive, extra_rows=(told,)), overview, LATE)
    (car,) = [
        fact for block in card.blocks if isinstance(block, Facts) for fact in block.facts if fact.label == "Winning car"
    ]
    assert car.value == "No. 1, Team, Ford"
    assert car.sources == (SourceLine("recap.txt", 3), SourceLine(CUP, 61))


def test_a_race_of_a_season_that_names_no_track_has_no_button_for_it(archive: Engine) -> None:
    more = (Race(key="cup-1960-1", series="cup", season=1960, round=1, name="Lost", order_key="1960-001-"),)
    card = fill_history(archive, extra_rows=more).ask(overview, "cup-1960-1")
    assert [follow.label for follow in card.follow_ups] == ["Season"]
    assert card.summary == "No winner is known yet for the 1960 Lost."
    assert RIVERVIEW not in card.title
