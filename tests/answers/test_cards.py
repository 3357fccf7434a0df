"""Cards of races, results, stages and standings, on a short archive made by hand."""

import pytest
from sqlalchemy import Engine, delete

from bot.answers.common.refusals import NothingToShow
from bot.answers.context import QuestionRunner
from bot.answers.race.overview import overview
from bot.answers.results.results import results, stages
from bot.answers.sources import sources
from bot.answers.standings.standings import standings
from bot.archive.db.engine import write_session
from bot.archive.models.core import Conflict, Race, RaceSession, SessionRow, Standing
from bot.archive.queries.evidence import CORRECTIONS
from bot.cards import Facts
from bot.errors import AmbiguousName, NothingKnown, UnknownName
from tests.support.archive_rows import ALLY, NAMELESS, WAWA, fill_archive
from tests.support.cards import column, facts_of, table_of, whole_card


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    return fill_archive(archive)


def test_without_a_name_the_latest_race_of_the_default_series_is_told(desk: QuestionRunner) -> None:
    card = desk.ask(overview)
    assert card.title == "2023 Ally 400"
    assert card.question.command_text() == f"/race name:{ALLY}"
    assert card.summary == "Ross Chastain won the 2023 Ally 400 at Nashville."
    assert card.as_of == "NASCAR Cup Series · race 17 of 36 · June 25, 2023"
    assert card.note == ""


def test_a_race_card_tells_every_fact_once_with_its_unit(desk: QuestionRunner) -> None:
    card = whole_card(desk, overview, "Ally 400")
    told = facts_of(card)
    assert table_of(card).heading == "Top five"
    assert table_of(card).rows[0] == ("1", "1", "Chastain", "Chevrolet", "")
    assert table_of(card).rows[4] == ("5", "45", "Reddick", "Toyota", "-2 laps")
    assert "Winner" not in told
    assert told["Winning car"] == "No. 1, Trackhouse Racing, Chevrolet"
    assert told["Pole"] == "Ross Chastain, 29.797 s"
    assert told["Most laps led"] == "Ross Chastain, 99 laps"
    assert told["Stage winners"] == "Tyler Reddick, Denny Hamlin"
    assert told["Track"] == "Nashville Superspeedway, 1.333 miles (2.145 km)"
    assert told["Distance"] == "300 laps, 400 miles"
    assert told["Cautions"] == "4 for 24 laps"
    assert told["Lead changes"] == "21 among 12 drivers"
    assert told["Time"] == "3 h 0 min 7 s, 132.914 mph"
    assert "Red flags" not in told
    assert "Page type" not in told
    assert told["NBC television, Specialty reporter"] == "Parker Kligerman"
    assert told["PRN radio, Turn announcer"] == "Rob Albright (turns 1 & 2)"
    assert told["Television"] == "NBC"


def test_a_race_card_names_its_sources_disagreements_and_what_to_ask_next(desk: QuestionRunner) -> None:
    card = desk.ask(overview)
    assert [(cited.title, cited.kind, cited.document) for cited in card.citations] == [
        ("2023 Ally 400", "race page", "page.txt")
    ]
    assert facts_of(card)["Sources"] == "2 facts are disputed"
    assert [follow.label for follow in card.follow_ups] == [
        "Results",
        "Story",
        "Stages",
        "Standings",
        "Season",
    ]


def test_what_a_moderator_has_corrected_is_disputed_no_more(archive: Engine) -> None:
    settled = Conflict(
        race=ALLY, number=90, value_name="cautions", value="5", document=CORRECTIONS, line=1, other_value="4",
        other_document="page.txt", other_line=9, reason="a correction is trusted over all",
    )  # fmt: skip
    desk = fill_archive(archive, extra_rows=(settled,))
    assert facts_of(desk.ask(overview))["Sources"] == "2 facts are disputed"


def test_a_race_known_from_a_recap_tells_what_there_is(desk: QuestionRunner) -> None:
    card = whole_card(desk, overview, WAWA)
    told = facts_of(card)
    assert card.summary == "Justin Allgaier won the 2023 Wawa 250 at Daytona."
    assert column(card, "Driver")[0] == "Justin Allgaier"
    assert told["Margin"] == "0.005 s"
    assert told["Date"] == "August 25, 2023"
    assert told["Distance"] == "110 laps run of 100 laps scheduled, overtime attempts: 2"
    assert told["Stage winners"] == "Austin Hill"
    assert told["How this race is known"] == "The text names no race."
    assert [follow.label for follow in card.follow_ups] == ["Results", "Stages", "Season"]


def test_a_race_of_no_name_says_so(desk: QuestionRunner) -> None:
    card = desk.ask(overview, NAMELESS)
    assert card.title == "A race of no known name"
    assert card.as_of == ""
    assert card.summary == "No winner is known yet for the race of no known name."


def test_races_are_called_by_what_is_known(archive: Engine) -> None:
    desk = fill_archive(
        archive,
        extra_rows=(
            Race(key="a", season=1975, track="Darlington Raceway", order_key="1"),
            Race(key="b", season=1975, round=3, series="west", series_name="West Series", order_key="2"),
            Race(key="c", season=1975, name="1975 Rebel 500", round=9, order_key="3"),
            Race(key="d", order_key="4"),
        ),
    )
    titles = {key: desk.ask(overview, key).title for key in "abcd"}
    assert titles == {
        "a": "1975 race at Darlington Raceway",
        "b": "3rd race of the 1975 West Series",
        "c": "1975 Rebel 500",
        "d": "A race of no known name",
    }
    assert desk.ask(overview, "a").summary == "No winner is known yet for the 1975 race at Darlington Raceway."
    assert desk.ask(overview, "c").as_of == "race 9"


def test_an_empty_archive_says_how_to_load(archive: Engine) -> None:
    desk = QuestionRunner(archive)
    for ask in (overview, results, stages, standings):
        with pytest.raises(NothingKnown, match="load"):
            desk.ask(ask)
    with pytest.raises(NothingKnown, match="load"):
        desk.ask(overview, "nashville")


def test_results_are_those_of_the_race_unless_a_session_is_named(desk: QuestionRunner) -> None:
    card = desk.ask(results)
    assert card.question.command_text() == f"/results race:{ALLY} session:Race"
    assert card.title == "2023 Ally 400 results"
    assert card.summary == "Ross Chastain won the 2023 Ally 400 ahead of Martin Truex Jr. and Denny Hamlin."
    assert [one.heading for one in table_of(card).columns] == ["Pos", "No", "Driver", "St", "Pts", "Gap"]
    assert column(card, "Driver")[3] == "Ty Gibbs (R)"
    assert column(card, "Pts")[-1] == "0"
    assert column(card, "Gap") == ["", "", "", "", "-2", "-2"]
    assert table_of(card).derivations[4] == "300 - 298 laps"
    assert table_of(card).note == (
        "(R) rookie, (i) ineligible for series points. Laps led are not given. "
        "Gap: laps or seconds behind, or what ended it."
    )


def test_filters_combine(desk: QuestionRunner) -> None:
    card = desk.ask(results, None, "race", None, "Joe Gibbs Racing", "Toyota")
    assert column(card, "Driver") == ["Martin Truex Jr.", "Denny Hamlin", "Ty Gibbs (R)"]
    assert card.question.command_text().endswith("team:Joe Gibbs Racing manufacturer:Toyota")
    assert card.summary == (
        "The best of 3 Joe Gibbs Racing and Toyota cars in the 2023 Ally 400 was Martin Truex Jr., 2nd."
    )
    with pytest.raises(NothingToShow, match="Trackhouse Racing and Toyota in the 2023 Ally 400"):
        desk.ask(results, None, "race", None, "Trackhouse Racing", "Toyota")


def test_stage_rows_take_their_team_from_the_entry_list(desk: QuestionRunner) -> None:
    card = desk.ask(results, None, "stage 1", None, "23XI Racing", None)
    assert column(card, "Driver") == ["Tyler Reddick"]


def test_one_driver_is_told_in_full_for_every_session(desk: QuestionRunner) -> None:
    card = desk.ask(results, None, None, "J. J. Yeley")
    assert card.summary == "J. J. Yeley finished 6th in the 2023 Ally 400."
    assert [block.heading for block in card.blocks] == ["Race", "The weekend"]
    assert facts_of(card, "Race") == {
        "Position": "6th",
        "Car": "No. 51",
        "Team": "Rick Ware Racing",
        "Manufacturer": "Ford",
        "Grid": "6",
        "Laps": "298",
        "Points": "0: ineligible for points in this series",
        "Marks": "ineligible for series points",
        "From grid to finish": "none: finished where the start was",
    }
    assert facts_of(card, "The weekend") == {
        "Stage 1": "no stage points",
        "Stage 2": "no stage points",
        "Qualifying": "6th",
    }


def test_one_driver_in_one_session_shows_rounds_without_a_time(desk: QuestionRunner) -> None:
    assert facts_of(desk.ask(results, None, "quali", "Ty Gibbs"))["Round 2"] == "no time"
    assert facts_of(desk.ask(results, None, "quali", "Ross Chastain"))["Round 2"] == "29.797 s"
    assert facts_of(desk.ask(results, None, "practice", "Tyler Reddick"))["Speed"] == "162.250 mph"


def test_qualifying_says_no_time_where_there_is_none(desk: QuestionRunner) -> None:
    card = desk.ask(results, None, "Qualifying")
    assert card.summary == (
        "Ross Chastain was fastest in qualifying for the 2023 Ally 400 ahead of Tyler Reddick and Martin Truex Jr."
    )
    assert column(card, "R1")[-1] == "no time"
    assert column(card, "R2")[:3] == ["29.797", "30.005", "no time"]


def test_practice_says_how_much_of_it_is_published(archive: Engine) -> None:
    row = SessionRow(
        race=ALLY, session="practice", number=2, position=2, driver="Ross Chastain", document="page.txt", line=1
    )
    card = fill_archive(archive, extra_rows=(row,)).ask(results, None, "Practice")
    assert table_of(card).note == "The first 2 of 6 cars."


def test_beyond_the_published_there_are_no_stage_points_and_never_a_place(desk: QuestionRunner) -> None:
    card = desk.ask(results, None, "stage 1")
    assert column(card, "Driver") == ["Tyler Reddick", "Ross Chastain"]
    with pytest.raises(NothingToShow, match="Ty Gibbs scored no stage points in Stage 1"):
        desk.ask(results, None, "Stage 1", "Ty Gibbs")
    with pytest.raises(NothingToShow, match="Nothing is known of Alex Bowman in Stage 1"):
        desk.ask(results, None, "Stage 1", "Alex Bowman")
    with pytest.raises(NothingToShow, match=r"known of Alex Bowman in the 2023 Ally 400\. 6 drivers there") as refused:
        desk.ask(results, None, None, "Alex Bowman")
    assert "/driver name:Alex Bowman" in [one.question.command_text() for one in refused.value.follow_ups]


def test_the_entry_list_is_a_session(desk: QuestionRunner) -> None:
    card = desk.ask(results, None, "entry list")
    assert card.summary == "6 cars were entered for the 2023 Ally 400."
    assert column(card, "M") == ["C", "T", "T", "T", "T", "F"]
    assert table_of(card).note == "C = Chevrolet, F = Ford, T = Toyota. (R) is a rookie."
    shared = desk.ask(results, None, "entry list", None, "Joe Gibbs Racing")
    assert [one.heading for one in table_of(shared).columns] == ["No", "Driver"]
    assert table_of(shared).note == "All: Joe Gibbs Racing, Toyota. (R) is a rookie."
    with pytest.raises(NothingToShow, match="Trackhouse Racing and Ford in Entry list"):
        desk.ask(results, None, "entry list", None, "Trackhouse Racing", "Ford")
    assert facts_of(desk.ask(results, None, "entry list", "Ty Gibbs"))["Marks"] == "rookie"


def test_results_of_a_recap_show_only_the_columns_it_fills(desk: QuestionRunner) -> None:
    card = desk.ask(results, WAWA)
    assert [one.heading for one in table_of(card).columns] == ["Pos", "Driver"]
    assert column(card, "Pos") == ["1", "4", "10"]
    with pytest.raises(NothingToShow, match=r"No “quali” results for the 2023 Wawa 250\. There are: Race, Stage 1"):
        desk.ask(results, WAWA, "quali")
    with pytest.raises(NothingToShow, match="No results for the race of no known name yet"):
        desk.ask(results, NAMELESS)


def test_a_session_that_is_announced_without_rows_says_so(archive: Engine) -> None:
    held = RaceSession(race=WAWA, key="practice", title="Practice", rank=300, document="daytona-recap.txt", line=1)
    with pytest.raises(NothingToShow, match="No “Practice” results"):
        fill_archive(archive, extra_rows=(held,)).ask(results, WAWA, "practice")


def test_names_are_resolved_and_what_was_read_is_said(desk: QuestionRunner) -> None:
    assert desk.ask(results, None, "race", "chastain").note == ""
    assert desk.ask(results, None, "race", "chastin").note == "“chastin” read as Ross Chastain."
    with pytest.raises(UnknownName):
        desk.ask(results, None, None, "zzzz qqqq")
    with pytest.raises(AmbiguousName):
        desk.ask(results, None, "stage")


def test_stages_tell_winner_points_and_who_scored_most(desk: QuestionRunner) -> None:
    card = desk.ask(stages)
    assert card.summary == "In the 2023 Ally 400, Tyler Reddick won Stage 1 and Denny Hamlin won Stage 2."
    assert [block.heading for block in card.blocks][:2] == ["Stage 1 · 90 laps", "Stage 2 · 95 laps"]
    assert facts_of(card, "Stage 3") == {
        "Laps": "115",
        "Winner": "Ross Chastain, who won the race",
        "Stage points": "none: this stage ends with the race",
    }
    assert facts_of(card, "Most stage points")["Tyler Reddick"] == "10"


def test_the_last_stage_shows_the_winner_a_document_gives_it(archive: Engine) -> None:
    row = SessionRow(
        race=ALLY, session="stage-3", number=1, position=1, driver="Ross Chastain", document="page.txt", line=1
    )
    desk = fill_archive(archive, extra_rows=(row,))
    assert desk.ask(stages).summary.endswith("and Ross Chastain won Stage 3 and the race.")
    card = desk.ask(results, None, "stage 3")
    assert facts_of(card)["Winner"] == "Ross Chastain, who won the race"
    assert card.summary == "Ross Chastain won Stage 3 of the 2023 Ally 400."


def test_a_stage_of_which_nothing_is_told_is_not_given_the_race_s_winner(desk: QuestionRunner) -> None:
    card = desk.ask(stages, WAWA)
    assert [block.heading for block in card.blocks] == ["Stage 1 · won by 0.143 s"]
    assert table_of(card).note == ""


def test_a_race_without_stages_says_so_and_what_is_held(archive: Engine) -> None:
    desk = fill_archive(archive)
    with pytest.raises(NothingToShow, match="No stage results for the race of no known name") as refused:
        desk.ask(stages, NAMELESS)
    assert [one.label for one in refused.value.follow_ups] == ["The race", "Latest race with stages"]


def test_standings_give_gaps_to_the_leader_and_to_the_row_above(desk: QuestionRunner) -> None:
    card = desk.ask(standings)
    assert card.title == "2023 NASCAR Cup Series drivers’ standings after race 17 of 36, June 2023"
    assert card.summary == (
        "Martin Truex Jr. leads the 2023 Cup standings with 576 points, 18 ahead of William Byron and Ross Chastain."
    )
    assert column(card, "Gap") == ["–", "18", "18", "233"]
    assert column(card, "±") == ["", "", "1", ""]
    assert column(card, "Driver")[-1] == "Ty Gibbs (R)"
    assert card.as_of == "after race 17 of 36, Ally 400"
    assert table_of(card).derivations[3] == "gap 233 = 576 - 343"
    assert "16 places only." in table_of(card).note
    assert card.question.command_text() == f"/standings championship:drivers after:{ALLY}"


def test_standings_of_manufacturers_after_a_race(desk: QuestionRunner) -> None:
    card = desk.ask(standings, "manufacturers", "cup", 2023, ALLY)
    assert card.summary == "Chevrolet leads the 2023 Cup manufacturers’ standings with 642 points."
    assert card.follow_ups[0].question.command_text() == f"/standings championship:drivers after:{ALLY}"


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (
            ("drivers", None, None, WAWA),
            "No drivers’ standings after the 2023 Wawa 250 yet. There are: drivers’",
        ),
        (("owners", None, None, None), "No owners’ standings"),
        (("drivers", "nxs", None, None), "No Xfinity drivers’ standings"),
        (("drivers", None, 1999, None), "No 1999 drivers’ standings"),
        (("pit crews", None, None, None), "drivers, manufacturers, owners or points scored"),
    ],
)
def test_standings_not_held_are_answered_with_those_that_are(
    desk: QuestionRunner, asked: tuple[str, str | None, int | None, str | None], why: str
) -> None:
    with pytest.raises(NothingKnown, match=why):
        desk.ask(standings, *asked)


def test_standings_of_the_default_series_go_before_later_ones(archive: Engine) -> None:
    other = Standing(
        race=WAWA, championship="drivers", number=1, position=1, name="Justin Allgaier", points=800,
        document="daytona-recap.txt", line=1,
    )  # fmt: skip
    desk = fill_archive(archive, extra_rows=(other,))
    assert desk.ask(standings).as_of == "after race 17 of 36, Ally 400"
    assert (
        desk.ask(standings, None, "nxs").summary == "Justin Allgaier leads the 2023 Xfinity standings with 800 points."
    )


def test_no_standings_at_all_is_said_plainly(archive: Engine) -> None:
    desk = fill_archive(archive)
    with write_session(archive) as session:
        session.exec(delete(Standing))
    with pytest.raises(NothingToShow, match="no other standings"):
        desk.ask(standings)


def test_sources_say_what_a_moderator_corrected_and_not_that_it_is_disputed(archive: Engine) -> None:
    settled = Conflict(
        race=ALLY, number=90, value_name="cautions", value="5", document=CORRECTIONS, line=1, other_value="4",
        other_document="page.txt", other_line=9, reason="a correction is trusted over all",
    )  # fmt: skip
    card = fill_archive(archive, extra_rows=(settled,)).ask(sources, show="Conflicts")
    assert card.summary.endswith("both sides are here. 1 value was corrected by a moderator.")
    corrected = next(block for block in card.blocks if block.heading.endswith("corrected by a moderator"))
    assert isinstance(corrected, Facts)
    assert [(fact.label, fact.value) for fact in corrected.facts[:2]] == [
        ("Shown", "5 (correction 1)"),
        ("In the document", "4 (race page, line 9)"),
    ]
