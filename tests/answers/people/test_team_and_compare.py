"""Teams with their drivers and cars, and two drivers head to head."""

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.people.compare import comparison
from bot.answers.people.compare_tables import column_names
from bot.answers.people.team import team_profile
from bot.answers.sources import sources_card
from bot.archive.models.core import Name, Race, SessionRow
from bot.cards import TABLE_WIDTH, Argument, Question, Table
from bot.errors import NothingKnown, UnknownName
from bot.frontend.custom_ids import FOLLOW_UP_ACTION, ButtonPress, encode
from bot.frontend.text.text_table import table_lines
from bot.names.entity import short_key
from tests.answers.people.test_career import CUP_NAME, XFINITY_NAME, table, told
from tests.support.archive_rows import fill_archive, runner_of
from tests.support.cards import facts_of, whole_card
from tests.support.career_rows import CUP, count_careers, fill_careers


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    return fill_careers(archive)


def test_a_team_is_told_by_wins_drivers_cars_and_seasons(desk: QuestionRunner) -> None:
    card = whole_card(desk, team_profile, "ames brothers")
    assert card.summary == "Ames Brothers won 3 of 6 Cup starts, 1957 to 1990."
    numbers = facts_of(card, CUP_NAME)
    assert numbers["Starts"] == "6 by its cars in 6 races in 3 seasons, 1957 to 1990"
    assert numbers["Wins"] == "3, from the 1957 Sand 100 to the 1990 Hill 400"
    assert numbers["Drivers"] == "Ned Ames (2 wins of 4), Zed Late (1 win of 2)"
    assert table(card, "Last wins").rows[0] == ("1990 Hill 400", "Zed Late", "41")
    drivers, seasons, cars = [block for block in card.blocks if isinstance(block, Table) and block.heading == CUP_NAME]
    assert drivers.rows == (("Ned Ames", "4", "2", "1957–1958"), ("Zed Late", "2", "1", "1990"))
    assert [row[:4] for row in seasons.rows] == [
        ("1990", "2", "2", "1"),
        ("1958", "2", "2", "1"),
        ("1957", "2", "2", "1"),
    ]
    assert cars.rows[0][:3] == ("41", "6", "3")


def test_races_and_cars_are_counted_apart(archive: Engine) -> None:
    second = SessionRow(
        race="cup-1990-2", session="race", number=9, position=9, car="9", driver="Bo Bare", team="Ames Brothers",
        document=CUP, line=30,
    )  # fmt: skip
    card = whole_card(fill_careers(archive, extra_rows=(second,)), team_profile, "Ames Brothers", 1990)
    assert card.title == "Ames Brothers, 1990"
    assert facts_of(card, CUP_NAME)["Starts"] == "3 by its cars in 2 races"
    races = next(block for block in card.blocks if isinstance(block, Table) and block.columns[0].heading == "Rd")
    assert races.rows == (("1", "Sand 500", "2"), ("2", "Hill 400", "1 9"))
    assert len(races.sources[1]) == 2
    assert card.follow_ups[0].question.command_text() == "/team name:Ames Brothers"


def test_an_owners_entry_is_called_so(desk: QuestionRunner) -> None:
    card = whole_card(desk, team_profile, "Al Solo (Owner)")
    assert facts_of(card)["Team"] == "no name known, entered by the owner Al Solo"
    assert facts_of(card, CUP_NAME)["Starts"] == "3 by its cars in 3 races in 2 seasons, 1957 to 1958"


def test_a_team_keeps_series_apart_and_can_be_asked_for_one(desk: QuestionRunner) -> None:
    card = whole_card(desk, team_profile, "Twin Racing")
    assert card.summary == "Twin Racing won 1 of 3 Cup starts and 1 of 1 Xfinity start."
    one = whole_card(desk, team_profile, "Twin Racing", None, "nxs")
    assert one.question.command_text() == "/team name:Twin Racing series:nxs"
    assert [block.heading for block in one.blocks if block.heading.endswith(CUP_NAME)] == []


def test_a_team_that_was_not_there_or_of_which_no_result_is_held_is_said(archive: Engine) -> None:
    desk = fill_careers(
        archive, extra_rows=(Name(kind="team", value="Dust", name="Dust", key=short_key("team", "Dust")),)
    )
    with pytest.raises(NothingKnown, match=r"known of Twin Racing in 1970\. There is something of 1958 to 1990"):
        whole_card(desk, team_profile, "Twin Racing", 1970)
    with pytest.raises(NothingKnown, match="Nothing is known of Dust"):
        whole_card(desk, team_profile, "Dust")
    with pytest.raises(UnknownName):
        whole_card(desk, team_profile, "zzzz qqqq")


def test_a_team_of_a_few_races_held_says_how_much_is_held(archive: Engine) -> None:
    fill_archive(archive)
    count_careers(archive)
    card = whole_card(runner_of(archive), team_profile, "jgr")
    assert card.summary.startswith("In the races known here, Joe Gibbs Racing won none of 3 Cup starts")
    assert facts_of(card)["Known so far"] == f"1 of at least 17 races of 2023 ({CUP_NAME})"


def test_two_drivers_are_compared_in_the_races_both_started(desk: QuestionRunner) -> None:
    card = whole_card(desk, comparison, "Ned Ames", "Al Solo")
    assert card.title == "Ned Ames and Al Solo"
    assert card.summary == "Ned Ames finished ahead of Al Solo in 2 of 3 Cup races."
    assert facts_of(card, CUP_NAME) == {
        "Races both started": "3, from the 1957 Sand 100 to the 1958 Sand 100",
        "Finished ahead": "Ned Ames 2 times, Al Solo 1 time",
    }
    (head_to_head, *_) = [block for block in card.blocks if isinstance(block, Table)]
    numbers = {row[0]: row[1:] for row in head_to_head.rows}
    assert numbers["Wins"] == ("2", "1")
    assert numbers["Avg finish"] == ("1.3", "2.0")
    assert numbers["Avg start"] == ("3.0", "1.0")
    assert numbers["Poles"] == ("0", "1")
    assert numbers["Laps led"] == ("90", "30")
    note = head_to_head.note
    assert "starting places of both known for 1 of 3 races; laps led of both known for 1 of 3 races" in note
    assert table(card, "Meetings").rows[0] == ("1958 Sand 100", "1", "3")


def test_who_was_ahead_more_often_is_said_and_who_is_named_first_stays_first(desk: QuestionRunner) -> None:
    turned = whole_card(desk, comparison, "Al Solo", "Ned Ames")
    assert turned.summary == "Ned Ames finished ahead of Al Solo in 2 of 3 Cup races."
    assert table(turned, "Meetings").rows[0] == ("1958 Sand 100", "3", "1")


def test_father_and_son_are_two_in_a_comparison(archive: Engine) -> None:
    late = SessionRow(race="cup-1990-2", session="race", number=9, position=9, driver="Ned Ames", document=CUP, line=30)
    card = whole_card(fill_careers(archive, extra_rows=(late,)), comparison, "Ned Ames", "Ned Ames Jr.")
    assert card.summary == "Ned Ames Jr. finished ahead of Ned Ames in 1 of 1 Cup race."
    assert [column.heading for column in table(card, "Meetings").columns] == ["Race", "Ames", "Ames Jr."]


def test_a_comparison_is_narrowed_to_a_track_a_season_and_a_series(desk: QuestionRunner) -> None:
    card = whole_card(desk, comparison, "Ned Ames", "Al Solo", "cup", 1957, "hillside")
    assert (
        card.question.command_text() == "/compare first:Ned Ames second:Al Solo series:cup season:1957 track:Hillside"
    )
    assert card.summary == "Al Solo finished ahead of Ned Ames in 1 of 1 Cup race in 1957 at Hillside."
    assert card.follow_ups[-1].question.command_text() == "/compare first:Ned Ames second:Al Solo"


def test_two_series_of_a_comparison_are_parts_of_their_own(desk: QuestionRunner) -> None:
    card = whole_card(desk, comparison, "Kay Twin", "Joe Ames")
    assert facts_of(card, XFINITY_NAME)["Races both started"] == "1, the 1990 Little 200"
    meeting = Race(key="cup-1991-1", series="cup", season=1991, round=1, name="Late 100", order_key="1991-001-")
    rows = [
        SessionRow(race=meeting.key, session="race", number=n, position=5, driver=name, document=CUP, line=40 + n)
        for n, name in enumerate(("Kay Twin", "Joe Ames"))
    ]
    count_careers(desk.engine, meeting, *rows)
    with_both = whole_card(QuestionRunner(desk.engine), comparison, "Kay Twin", "Joe Ames")
    assert "level 1 time" in facts_of(with_both, CUP_NAME)["Finished ahead"]
    assert [part.title for part in with_both.parts] == ["Overview", "Xfinity", "Last races"]


def test_a_driver_with_two_cars_in_a_race_is_compared_by_the_better_one(archive: Engine) -> None:
    second = SessionRow(
        race="cup-1957-1", session="race", number=9, position=9, driver="Al Solo", document=CUP, line=30
    )
    card = whole_card(fill_careers(archive, extra_rows=(second,)), comparison, "Al Solo", "Bo Bare")
    assert facts_of(card, CUP_NAME)["Finished ahead"] == "Al Solo 2 times, Bo Bare 0 times"


def test_two_who_never_met_one_driver_twice_and_nobody_are_told_plainly(desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown) as never:
        whole_card(desk, comparison, "Ned Ames", "Ned Ames Jr.")
    assert str(never.value) == "Ned Ames and Ned Ames Jr. never started a race together."
    with pytest.raises(NothingKnown) as there:
        whole_card(desk, comparison, "Ned Ames", "Al Solo", None, 1990, None)
    assert str(there.value) == (
        "Ned Ames and Al Solo never started a race together in 1990. They did in 3 races, 1957 to 1958."
    )
    with pytest.raises(NothingKnown, match=r"Zed Late never started a race together in 1990\.$"):
        whole_card(desk, comparison, "Ned Ames", "Zed Late", None, 1990, None)
    with pytest.raises(NothingKnown, match="Both names mean Ned Ames"):
        whole_card(desk, comparison, "Ned Ames", "ned ames")
    with pytest.raises(UnknownName):
        whole_card(desk, comparison, "Ned Ames", "zzzz qqqq")


def test_every_number_of_teams_and_comparisons_has_lines_or_says_how(desk: QuestionRunner) -> None:
    cards = [whole_card(desk, team_profile, name) for name in ("Ames Brothers", "Twin Racing", "Al Solo (Owner)")]
    cards += [whole_card(desk, team_profile, "Twin Racing", 1990), whole_card(desk, comparison, "Kay Twin", "Ned Ames")]
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
    cards = (whole_card(desk, team_profile, "Ames Brothers"), whole_card(desk, comparison, "Kay Twin", "Ned Ames"))
    for block in (block for card in cards for block in card.blocks if isinstance(block, Table)):
        head, rows = table_lines(block)
        assert all(len(line) <= TABLE_WIDTH for row in (head, *rows) for line in row)
        assert all(len(row) == 1 for row in rows)
