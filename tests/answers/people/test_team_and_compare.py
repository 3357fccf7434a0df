"""Teams with their drivers and cars, and two drivers head to head."""

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.people.compare import comparison
from bot.answers.people.compare_tables import column_names
from bot.answers.people.team import team_profile
from bot.answers.sources import sources_card
from bot.archive.models.core import Name, Race, SessionRow
from bot.cards import Argument, Facts, Question, Table
from bot.errors import NothingKnown, UnknownName
from bot.frontend.custom_ids import FOLLOW_UP_ACTION, ButtonPress, encode
from bot.frontend.text.text_table import TABLE_WIDTH, table_lines
from bot.names.entity import short_key
from tests.answers.people.test_career import CUP_NAME, XFINITY_NAME, table, told
from tests.support.archive_rows import fill_archive, runner_of
from tests.support.cards import facts_of
from tests.support.career_rows import CUP, count_careers, fill_careers


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    return fill_careers(archive)


def test_a_team_is_told_by_wins_drivers_cars_and_seasons(desk: QuestionRunner) -> None:
    card = desk.ask(team_profile, "ames brothers")
    assert card.summary == f"Cars of Ames Brothers won 3 of 6 starts in the {CUP_NAME}, 1957 to 1990."
    numbers = facts_of(card, CUP_NAME)
    assert numbers["Starts"] == "6 by its cars in 6 races in 3 seasons, 1957 to 1990"
    assert numbers["Wins"] == "3, from the 1957 Sand 100 to the 1990 Hill 400"
    assert numbers["Drivers"] == "Ned Ames (2 wins of 4), Zed Late (1 win of 2)"
    assert table(card, "Last wins").rows[0] == ("1990 Hill 400", "Zed Late", "41")
    assert table(card, "Drivers").rows == (("Ned Ames", "4", "2", "1957–1958"), ("Zed Late", "2", "1", "1990"))
    assert [row[:4] for row in table(card, "By season").rows] == [
        ("1990", "2", "2", "1"),
        ("1958", "2", "2", "1"),
        ("1957", "2", "2", "1"),
    ]
    assert table(card, "Cars").rows[0][:3] == ("41", "6", "3")


def test_races_and_cars_are_counted_apart(archive: Engine) -> None:
    second = SessionRow(
        race="cup-1990-2", session="race", number=9, position=9, car="9", driver="Bo Bare", team="Ames Brothers",
        document=CUP, line=30,
    )  # fmt: skip
    card = fill_careers(archive, extra_rows=(second,)).ask(team_profile, "Ames Brothers", 1990)
    assert card.title == "Ames Brothers, 1990"
    assert facts_of(card, CUP_NAME)["Starts"] == "3 by its cars in 2 races"
    races = table(card, "Race by race")
    assert races.rows == (("1", "Sand 500", "2"), ("2", "Hill 400", "1 9"))
    assert len(races.sources[1]) == 2
    assert card.follow_ups[0].question.command_text() == "/team name:Ames Brothers"


def test_an_owners_entry_is_called_so(desk: QuestionRunner) -> None:
    card = desk.ask(team_profile, "Al Solo (Owner)")
    assert card.notes[-1] == "No name of a team is told: these cars were entered by their owner, Al Solo."
    assert facts_of(card, CUP_NAME)["Starts"] == "3 by its cars in 3 races in 2 seasons, 1957 to 1958"


def test_a_team_keeps_series_apart_and_can_be_asked_for_one(desk: QuestionRunner) -> None:
    card = desk.ask(team_profile, "Twin Racing")
    assert (
        card.summary
        == f"Cars of Twin Racing won 1 of 3 starts in the {CUP_NAME} and 1 of 1 start in the {XFINITY_NAME}."
    )
    one = desk.ask(team_profile, "Twin Racing", None, "nxs")
    assert one.question.command_text() == "/team name:Twin Racing series:nxs"
    assert [block.heading for block in one.blocks if block.heading.endswith(CUP_NAME)] == []


def test_a_team_that_was_not_there_or_of_which_no_result_is_held_is_said(archive: Engine) -> None:
    desk = fill_careers(
        archive, extra_rows=(Name(kind="team", value="Dust", name="Dust", key=short_key("team", "Dust")),)
    )
    with pytest.raises(NothingKnown, match=r"nothing of Twin Racing in 1970\. They do tell of 1958 to 1990"):
        desk.ask(team_profile, "Twin Racing", 1970)
    with pytest.raises(NothingKnown, match="name Dust and tell no result of its cars"):
        desk.ask(team_profile, "Dust")
    with pytest.raises(UnknownName):
        desk.ask(team_profile, "zzzz qqqq")


def test_a_team_of_a_few_races_held_says_how_much_is_held(archive: Engine) -> None:
    fill_archive(archive)
    count_careers(archive)
    card = runner_of(archive).ask(team_profile, "jgr")
    assert card.summary.startswith("In the races this archive holds, cars of Joe Gibbs Racing won 0 of 3 starts")
    assert f"The archive holds 1 of at least 17 races of 2023 ({CUP_NAME})." in card.notes


def test_two_drivers_are_compared_in_the_races_both_started(desk: QuestionRunner) -> None:
    card = desk.ask(comparison, "Ned Ames", "Al Solo")
    assert card.title == "Ned Ames and Al Solo"
    assert card.summary == f"Ned Ames finished ahead of Al Solo in 2 of 3 races in the {CUP_NAME}."
    assert facts_of(card, CUP_NAME) == {
        "Races both started": "3, from the 1957 Sand 100 to the 1958 Sand 100",
        "Finished ahead": "Ned Ames 2 times, Al Solo 1 time",
    }
    numbers = {row[0]: row[1:] for row in table(card, CUP_NAME).rows}
    assert numbers["Wins"] == ("2", "1")
    assert numbers["Avg finish"] == ("1.3", "2.0")
    assert numbers["Avg start"] == ("3.0", "1.0")
    assert numbers["Poles"] == ("0", "1")
    assert numbers["Laps led"] == ("90", "30")
    note = table(card, CUP_NAME).note
    assert "starting places of both known for 1 of 3 races; laps led of both known for 1 of 3 races" in note
    assert table(card, "Meetings").rows[0] == ("1958 Sand 100", "1", "3")


def test_who_is_named_first_stays_first(desk: QuestionRunner) -> None:
    turned = desk.ask(comparison, "Al Solo", "Ned Ames")
    assert turned.summary == f"Al Solo finished ahead of Ned Ames in 1 of 3 races in the {CUP_NAME}."
    assert table(turned, "Meetings").rows[0] == ("1958 Sand 100", "3", "1")


def test_father_and_son_are_two_in_a_comparison(archive: Engine) -> None:
    late = SessionRow(race="cup-1990-2", session="race", number=9, position=9, driver="Ned Ames", document=CUP, line=30)
    card = fill_careers(archive, extra_rows=(late,)).ask(comparison, "Ned Ames", "Ned Ames Jr.")
    assert card.summary == f"Ned Ames finished ahead of Ned Ames Jr. in 0 of 1 race in the {CUP_NAME}."
    assert [column.heading for column in table(card, "Meetings").columns] == ["Race", "Ames", "Ames Jr."]


def test_a_comparison_is_narrowed_to_a_track_a_season_and_a_series(desk: QuestionRunner) -> None:
    card = desk.ask(comparison, "Ned Ames", "Al Solo", "cup", 1957, "hillside")
    assert (
        card.question.command_text() == "/compare first:Ned Ames second:Al Solo series:cup season:1957 track:Hillside"
    )
    assert card.summary == f"Ned Ames finished ahead of Al Solo in 0 of 1 race in the {CUP_NAME} in 1957 at Hillside."
    assert card.follow_ups[-1].question.command_text() == "/compare first:Ned Ames second:Al Solo"


def test_two_series_of_a_comparison_stand_on_pages_of_their_own(desk: QuestionRunner) -> None:
    card = desk.ask(comparison, "Kay Twin", "Joe Ames")
    assert facts_of(card, XFINITY_NAME)["Races both started"] == "1, the 1990 Little 200"
    meeting = Race(key="cup-1991-1", series="cup", season=1991, round=1, name="Late 100", order_key="1991-001-")
    rows = [
        SessionRow(race=meeting.key, session="race", number=n, position=5, driver=name, document=CUP, line=40 + n)
        for n, name in enumerate(("Kay Twin", "Joe Ames"))
    ]
    count_careers(desk.engine, meeting, *rows)
    with_both = QuestionRunner(desk.engine).ask(comparison, "Kay Twin", "Joe Ames")
    assert "the same place is told of both 1 time" in facts_of(with_both, CUP_NAME)["Finished ahead"]
    assert [one.starts_page for one in with_both.blocks if isinstance(one, Facts)] == [False, True]


def test_a_driver_with_two_cars_in_a_race_is_compared_by_the_better_one(archive: Engine) -> None:
    second = SessionRow(
        race="cup-1957-1", session="race", number=9, position=9, driver="Al Solo", document=CUP, line=30
    )
    card = fill_careers(archive, extra_rows=(second,)).ask(comparison, "Al Solo", "Bo Bare")
    assert facts_of(card, CUP_NAME)["Finished ahead"] == "Al Solo 2 times, Bo Bare 0 times"


def test_two_who_never_met_one_driver_twice_and_nobody_are_told_plainly(desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown) as never:
        desk.ask(comparison, "Ned Ames", "Ned Ames Jr.")
    assert str(never.value) == "The archive holds no race that both Ned Ames and Ned Ames Jr. started."
    with pytest.raises(NothingKnown) as there:
        desk.ask(comparison, "Ned Ames", "Al Solo", None, 1990, None)
    assert str(there.value) == (
        "The archive holds no race in 1990 that both Ned Ames and Al Solo started. "
        "It holds 3 races of both, 1957 to 1958."
    )
    with pytest.raises(NothingKnown, match=r"holds none anywhere else either\."):
        desk.ask(comparison, "Ned Ames", "Zed Late", None, 1990, None)
    with pytest.raises(NothingKnown, match="Both names mean Ned Ames"):
        desk.ask(comparison, "Ned Ames", "ned ames")
    with pytest.raises(UnknownName):
        desk.ask(comparison, "Ned Ames", "zzzz qqqq")


def test_every_number_of_teams_and_comparisons_has_lines_or_says_how(desk: QuestionRunner) -> None:
    cards = [desk.ask(team_profile, name) for name in ("Ames Brothers", "Twin Racing", "Al Solo (Owner)")]
    cards += [desk.ask(team_profile, "Twin Racing", 1990), desk.ask(comparison, "Kay Twin", "Ned Ames")]
    for card in cards:
        found = told(card)
        assert found
        assert all(places or how for places, how in found), card.title
        assert desk.ask(lambda reader, card=card: sources_card(reader, card)).title == f"Sources: {card.title}"  # type: ignore[misc]


def test_the_button_of_a_comparison_fits_whatever_the_names() -> None:
    first, second, track = "A" * 33, "B" * 33, "Daytona International Speedway (Road Course)"
    question = Question(
        "compare",
        (
            Argument("first", first, "driver"), Argument("second", second, "driver"),
            Argument("series", "nxs", "series"), Argument("season", "1957"), Argument("track", track, "track"),
        ),
    )  # fmt: skip
    assert encode(ButtonPress(FOLLOW_UP_ACTION, question, 99, "sources")) is not None


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("Kyle Busch", "Kevin Harvick"), ("Busch", "Harvick")),
        (("Kyle Busch", "Kurt Busch"), ("Kyle", "Kurt")),
        (("Dale Earnhardt", "Dale Earnhardt Jr."), ("Earnhardt", "Earnhardt Jr.")),
        (("Bob Smith Jones", "Bob Brown Jones"), ("Bob Smith Jo…", "Bob Brown Jo…")),
        (("Bob Jones of Alabama", "Bob Jones of Alabama Too"), ("Alabama", "Too")),
        (("Jo Longestnameever A", "Jo Longestnameever  A"), ("1st named", "2nd named")),
    ],
)
def test_names_above_columns_are_short_and_differ(names: tuple[str, str], shown: tuple[str, str]) -> None:
    assert column_names(*names) == shown


def test_tables_fit_a_phone(desk: QuestionRunner) -> None:
    cards = (desk.ask(team_profile, "Ames Brothers"), desk.ask(comparison, "Kay Twin", "Ned Ames"))
    for block in (block for card in cards for block in card.blocks if isinstance(block, Table)):
        head, rows = table_lines(block)
        assert all(len(line) <= TABLE_WIDTH for row in (head, *rows) for line in row)
        assert all(len(row) == 1 for row in rows)
