"""Tracks, seasons and records on a short history made by hand."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, delete, event, update
from sqlmodel import col

from bot.answers.common.refusals import NothingToShow
from bot.answers.context import QuestionRunner
from bot.answers.history.record_kinds import RECORD_NAMES, RECORDS, STAGE_WINS, minimum_starts
from bot.answers.history.records import records
from bot.answers.history.schedule import schedule
from bot.answers.history.track import track
from bot.answers.sources import card_view
from bot.archive.db.engine import write_session
from bot.archive.models.core import Race, SeasonTally, SessionRow, TrackTally
from bot.cards import Card, Facts, Table
from bot.errors import NothingKnown, UnknownName
from bot.loading.build.tallies import recount
from tests.support.cards import facts_of, table_of
from tests.support.history_rows import CUP, HILL, RIVERVIEW, SHORE, fill_history


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    return fill_history(archive)


def rows_of(card: Card) -> list[tuple[str, ...]]:
    return list(table_of(card).rows)


def stated(card: Card) -> list[bool]:
    """Of each fact and row of a card, whether it names a line or how it was worked out."""
    told: list[bool] = []
    for block in card.blocks:
        if isinstance(block, Facts):
            told += [bool(fact.sources or fact.derivation or fact.origin == "archive") for fact in block.facts]
        elif isinstance(block, Table):
            sources = block.sources or ((),) * len(block.rows)
            how = block.derivations or ("",) * len(block.rows)
            told += [bool(one or two) for one, two in zip(sources, how, strict=True)]
    return told


def test_a_track_tells_its_winners_the_latest_first(desk: QuestionRunner) -> None:
    card = desk.ask(track, "riverview")
    assert card.title == RIVERVIEW
    assert card.summary == "Ann Ash won most at Riverview Speedway, 3 of 4 Cup races."
    assert rows_of(card) == [
        ("2022", "Sponsor 400", "Ash"),
        ("1951", "Riverview 200", "Ash"),
        ("1950", "100 Miles at Riverview (round 2)", "Birch"),
        ("1950", "100 Miles at Riverview (round 1)", "Ash"),
    ]
    assert card.as_of == "after the 2022 Sponsor 400"


def test_a_track_that_changed_tells_every_length_and_when(desk: QuestionRunner) -> None:
    told = facts_of(desk.ask(track, RIVERVIEW))
    assert told["Length"] == "0.75 miles (2022); 0.5 miles (1950 to 1951)"
    assert told["Surface"] == "paved (1951 to 2022); dirt (1950)"
    assert facts_of(desk.ask(track, SHORE))["Length"] == "1 mile"
    assert "Length" not in facts_of(desk.ask(track, "hill road"))


def test_records_of_a_track_show_ties_and_the_least_starts_of_an_average(desk: QuestionRunner) -> None:
    told = facts_of(desk.ask(track, RIVERVIEW, part="rc"))
    assert told["Most wins"] == "Ann Ash, 3"
    assert told["Most starts"] == "Ann Ash, Bea Birch and Cal Cole, 4 each"
    assert told["Most laps led"] == "Ann Ash and Bea Birch, 80 each"
    assert told["Best average finish"] == "Ann Ash, 1.3 (at least 4 starts)"


def test_a_track_counts_each_series_apart_and_offers_the_others(desk: QuestionRunner) -> None:
    card = desk.ask(track, RIVERVIEW)
    assert facts_of(card)["NASCAR Xfinity Series"] == "1 race, 2022"
    assert [follow.label for follow in card.follow_ups] == ["Latest race", "Most wins", "Xfinity here"]
    other = desk.ask(track, RIVERVIEW, "nxs")
    assert other.summary == "Eli Elm won the only Xfinity race known at Riverview Speedway, the 2022 Sponsor 250."
    with pytest.raises(NothingToShow, match=r"No races of the NASCAR Xfinity Series at Shore Raceway\.") as refused:
        desk.ask(track, SHORE, "nxs")
    assert [one.label for one in refused.value.follow_ups] == ["Cup here"]
    with pytest.raises(UnknownName):
        desk.ask(track, "zzzz qqqq")


def test_a_track_where_nobody_won_twice_says_so_and_one_without_tallies_still_answers(archive: Engine) -> None:
    desk = fill_history(archive)
    with write_session(archive) as session:
        session.exec(delete(TrackTally))
    assert (
        desk.ask(track, "hill").summary == "Cal Cole won the only Cup race known at Hill Road Course, the 1951 Hill 50."
    )
    assert "Most wins" not in facts_of(desk.ask(track, "hill"))


def test_a_race_without_a_known_winner_is_listed_all_the_same(archive: Engine) -> None:
    lost = Race(key="cup-1952-1", series="cup", season=1952, round=1, track=SHORE, order_key="1952-001-")
    desk = fill_history(archive, extra_rows=(lost,))
    card = desk.ask(track, SHORE)
    assert rows_of(card)[1] == ("1952", f"race at {SHORE}", "–")
    assert all(stated(card))
    listed = desk.ask(schedule, "cup", 1952)
    assert rows_of(listed) == [("1", SHORE, "–")]
    assert rows_of(desk.ask(schedule, "cup", 1952, part="ra")) == [("1", f"race at {SHORE}", SHORE)]


def test_a_season_is_told_in_its_order_with_track_and_winner(desk: QuestionRunner) -> None:
    card = desk.ask(schedule)
    assert card.title == "2022 NASCAR Cup Series schedule"
    assert rows_of(card) == [("1", RIVERVIEW, "Ann Ash"), ("2", SHORE, "Bea Birch")]
    assert [column.heading for column in table_of(card).columns] == ["Rd", "Track", "Winner"]
    assert rows_of(desk.ask(schedule, part="ra")) == [("1", "Sponsor 400", RIVERVIEW), ("2", "Sponsor 400", SHORE)]
    assert card.note == ""
    assert card.question.command_text() == "/schedule series:cup season:2022"
    assert [follow.question.command_text() for follow in card.follow_ups] == [
        "/race name:cup-2022-2",
        "/standings series:cup season:2022",
        "/records what:most wins series:cup season:2022",
    ]


def test_a_season_with_a_round_missing_says_which(desk: QuestionRunner) -> None:
    card = desk.ask(schedule, "cup", 1951)
    assert facts_of(card) == {"Not known yet": "round 3 of 4"}
    assert [row[0] for row in rows_of(card)] == ["1", "2", "4"]
    assert [follow.label for follow in card.follow_ups] == ["Latest race", "Standings", "Most wins", "1950"]


def test_rounds_that_a_document_counts_are_missed_too(archive: Engine) -> None:
    more = (
        Race(key="cup-2023-17", series="cup", season=2023, round=17, rounds=36, name="Ally 400", order_key="2023-017-"),
        Race(key="cup-2023-x", series="cup", season=2023, name="Clash", order_key="2023-000-"),
    )
    card = fill_history(archive, extra_rows=more).ask(schedule, "cup", 2023)
    assert facts_of(card) == {"Not known yet": "rounds 1 to 16 and 18 to 36 of 36"}
    assert table_of(card).note == "Of 1 race the round is not known."
    assert card.as_of == "after race 17 of 36, Ally 400"


def test_a_season_that_is_not_held_is_answered_with_those_that_are(desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown, match=r"Cup Series in 1999\. There are races of 1950 to 1951 and 2022\."):
        desk.ask(schedule, None, 1999)


def test_an_empty_archive_has_no_season(archive: Engine) -> None:
    with pytest.raises(NothingKnown, match="load"):
        QuestionRunner(archive).ask(schedule)


def test_records_tell_of_how_many_and_in_which_series(desk: QuestionRunner) -> None:
    card = desk.ask(records, "most wins")
    assert card.title == "Most wins: NASCAR Cup Series"
    assert card.summary == "Ann Ash and Bea Birch have the most Cup wins in the 7 races known, 3 each."
    assert rows_of(card) == [("=1", "Ann Ash", "3", "7"), ("=1", "Bea Birch", "3", "7"), ("3", "Cal Cole", "1", "7")]
    assert (card.note, table_of(card).note) == ("", "")
    assert card.as_of == "counted over 7 races, 1950 to 2022"
    assert [citation.document for citation in card.citations] == [CUP]


def test_a_minimum_keeps_a_lucky_start_out_and_is_named(desk: QuestionRunner) -> None:
    card = desk.ask(records, "best average finish")
    assert [row[1] for row in rows_of(card)] == ["Ann Ash", "Bea Birch", "Cal Cole", "Dee Dunn"]
    assert table_of(card).note == "With at least 5 starts (one race in ten, 5 to 100)."
    assert table_of(card).derivations[0] == "12 ÷ 7 starts that tell it, 1950 to 2022"
    season = desk.ask(records, "best average finish", "cup", None, 1951)
    assert table_of(season).note == "With at least 2 starts (half of the races)."


@pytest.mark.parametrize(
    ("races", "season", "least"),
    [(2822, None, 100), (737, None, 74), (157, None, 16), (30, None, 5), (3, None, 3), (36, 2024, 18), (1, 2024, 1)],
)
def test_the_minimum_follows_from_how_many_races_there_were(races: int, season: int | None, least: int) -> None:
    assert minimum_starts(races, season) == least


def test_what_few_rows_tell_is_said(desk: QuestionRunner) -> None:
    card = desk.ask(records, "most laps led")
    assert card.summary == "Cal Cole has the most Cup laps led in the 7 races known, 210 in 7 starts."
    assert table_of(card).note == "Laps led are known for 20 of 28 starts."
    rating = desk.ask(records, "best driver rating", None, None, 2022)
    assert "Driver ratings" not in table_of(rating).note
    assert rows_of(rating)[0][1:] == ("Ann Ash", "119.00", "2")
    with pytest.raises(NothingKnown, match="No driver rating known for NASCAR Cup Series, 1951"):
        desk.ask(records, "best driver rating", None, None, 1951)
    with pytest.raises(NothingKnown, match="Nobody has at least 5 starts"):
        desk.ask(records, "best driver rating")


def test_a_record_of_a_season_that_is_told_in_part_says_so_first(archive: Engine) -> None:
    runner = fill_history(archive)
    with write_session(archive) as session:
        session.exec(update(SessionRow).where(col(SessionRow.race) == "cup-1951-4").values(laps_led=None))
        recount(session, {("cup", season) for season in (1950, 1951, 2022)}, set())
    card = runner.ask(records, "most laps led", season=1951)
    assert card.summary == "Ann Ash has the most Cup laps led in 1951 in the 3 races known, 110 in 3 starts."
    assert table_of(card).note == "Laps led are known for 2 of 3 races."


def test_records_at_a_track_and_of_one_season_there(desk: QuestionRunner) -> None:
    card = desk.ask(records, "most wins", None, "riverview")
    assert card.title == "Most wins: NASCAR Cup Series, Riverview Speedway"
    assert rows_of(card)[0] == ("1", "Ann Ash", "3", "4")
    both = desk.ask(records, "best average start", "cup", RIVERVIEW, 1950)
    assert rows_of(both)[0] == ("1", "Bea Birch", "1.00", "2")
    assert both.as_of == "counted over 2 races, 1950"
    assert [follow.label for follow in both.follow_ups] == [
        "Bea Birch", "All tracks", "All seasons", "Track", "Schedule",
    ]  # fmt: skip


@pytest.mark.parametrize("what", [one for one in RECORD_NAMES if one not in {"most stage wins", "best driver rating"}])
def test_a_season_at_a_track_is_counted_over_rows_as_the_tallies_count(desk: QuestionRunner, what: str) -> None:
    """There was one race on the hill: what its rows come to is what the tally of the track says."""
    over_rows = desk.ask(records, what, "cup", HILL, 1951)
    assert rows_of(over_rows) == rows_of(desk.ask(records, what, "cup", HILL))
    assert all(stated(over_rows))


def test_stage_wins_are_counted_over_the_stages_that_are_told(desk: QuestionRunner) -> None:
    card = desk.ask(records, "most stage wins")
    assert rows_of(card) == [("1", "Cal Cole", "2"), ("=2", "Ann Ash", "1"), ("=2", "Bea Birch", "1")]
    assert card.as_of == "counted over 4 stages, 2022"
    with pytest.raises(NothingKnown, match="No stage winners known for NASCAR Cup Series, 1950"):
        desk.ask(records, "most stage wins", None, None, 1950)


def test_what_is_no_record_is_refused_with_those_that_are(desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown, match="Ask for most wins"):
        desk.ask(records, "youngest winner")
    with pytest.raises(NothingKnown, match="No wins known for NASCAR Cup Series, 1999"):
        desk.ask(records, "most wins", None, None, 1999)


def test_too_many_equals_are_left_out_and_told(archive: Engine) -> None:
    crowd = tuple(
        SeasonTally(kind="driver", name=f"Driver {n}", series="nxs", season=2022, starts=9, wins=1 if n else 2)
        for n in range(50)
    )
    card = fill_history(archive, extra_rows=crowd).ask(records, "most wins", "nxs", None, 2022)
    assert [row[1] for row in rows_of(card)] == ["Driver 0"]
    assert table_of(card).note == "Those with 1 are too many to list."


def test_the_records_a_person_can_choose_are_those_there_are() -> None:
    assert sorted(RECORD_NAMES) == sorted(record.name for record in (*RECORDS, STAGE_WINS))


def test_everything_on_these_cards_names_a_line_or_how_it_was_worked_out(desk: QuestionRunner) -> None:
    asked = [desk.ask(records, what, None, None, 2022) for what in RECORD_NAMES]
    asked += [desk.ask(track, RIVERVIEW), desk.ask(track, SHORE), desk.ask(schedule), desk.ask(schedule, "cup", 1951)]
    for card in asked:
        assert all(stated(card)), card.title
        assert card.is_cited
        assert card.citations
    explained = desk.ask(card_view, asked[0], "sources")
    assert explained.title == "Worked out: Most wins: NASCAR Cup Series, 2022"
    assert explained.sides == ("report",)


def test_a_card_asks_few_questions_of_the_archive(desk: QuestionRunner) -> None:
    asked: list[str] = []
    desk.ask(track, SHORE)
    event.listen(desk.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    questions: tuple[tuple[Callable[..., Card], tuple[str | int | None, ...]], ...] = (
        (track, (RIVERVIEW,)), (schedule, ("cup", 1950)), (records, ("most wins", None, SHORE)),
    )  # fmt: skip
    for question, options in questions:
        asked.clear()
        desk.ask(question, *options)
        assert len([one for one in asked if one.lstrip().upper().startswith("SELECT")]) <= 8, asked
