"""The next race by the schedule and the clock: coming, begun, moved, cancelled, without a day, and none at all."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel

from bot.answers.ask.ask import ask as ask_question
from bot.answers.history.coming_words import ComingPhrase, coming_phrase
from bot.answers.history.next_race import next_race
from bot.answers.race.overview import overview
from bot.archive.models.core import Source
from bot.archive.models.seasons import ScheduledRace
from bot.cards import Card, Facts, Table
from bot.errors import UnknownName
from bot.language.moments import write_out
from tests.support.history_rows import RIVERVIEW, fill_history

SEASON = 2023
FIRST = date(2023, 2, 19)
ARTICLE = "season-2023.wikitext"


def row(number: int, name: str, day: date | None, **values: object) -> ScheduledRace:
    columns: dict[str, object] = {
        "series": "cup",
        "season": SEASON,
        "number": number,
        "series_name": "NASCAR Cup Series",
        "round": number,
        "name": name,
        "track": RIVERVIEW,
        "day": day,
        "document": ARTICLE,
        "line": 10 + number,
        "network": "Fox",
        "radio": "MRN",
    }
    if day is not None:
        columns |= {"start": "14:30", "zone": "America/New_York", "starts_at": f"{day}T19:30:00Z"}
    return ScheduledRace.model_validate(columns | values)


ASK = Callable[[datetime], Card]


def asking(engine: Engine, rows: list[ScheduledRace]) -> ASK:
    source = Source(document=ARTICLE, digest="1", kind="season article", title="2023 season", lines=99)
    extra: list[SQLModel] = [source, *rows]
    runner = fill_history(engine, extra_rows=extra)
    return lambda now: runner.ask(next_race, None, now)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def facts(card: Card) -> dict[str, str]:
    [block] = [one for one in card.blocks if isinstance(one, Facts)]
    return {fact.label: write_out(fact.value) for fact in block.facts}


@pytest.fixture
def ask(archive: Engine) -> ASK:
    """A season of four races, of which the second was moved, the third cancelled, and the last has no day."""
    week = timedelta(days=7)
    return asking(
        archive,
        [
            row(1, "First 500", FIRST),
            row(2, "Second 400", FIRST + week + timedelta(days=1), status="postponed", first_day=FIRST + week),
            row(3, "Third 300", FIRST + 2 * week, status="cancelled"),
            row(4, "Fourth 250", FIRST + 3 * week, start=None, zone=None, starts_at=None),
            row(5, "Last 200", None, written_day="TBA"),
        ],
    )


def test_the_next_race_is_said_with_its_moment_and_where_it_is_on(ask: ASK) -> None:
    card = ask(at(FIRST - timedelta(days=3)))
    assert write_out(card.summary).startswith(
        "The next Cup race is the First 500 at Riverview Speedway, February 19, 2023"
    )
    assert (facts(card)["Television"], facts(card)["Radio"]) == ("Fox", "MRN")
    assert facts(card)["At the track"] == "Sunday, February 19, 2:30 pm ET"
    assert card.title == "2023 First 500"


def test_a_race_that_has_begun_stays_for_two_days_at_most(ask: ASK) -> None:
    assert "First 500 at Riverview Speedway began" in ask(at(FIRST, 22)).summary
    assert "its result is not known yet" in ask(at(FIRST + timedelta(days=1))).summary
    assert "Second 400" in ask(at(FIRST + timedelta(days=2), 20)).summary


def test_a_race_whose_result_is_known_is_not_the_next_one(archive: Engine) -> None:
    ask = asking(archive, [row(1, "First 500", FIRST, winner="Abel"), row(2, "Second 400", FIRST + timedelta(days=7))])
    assert "Second 400" in ask(at(FIRST, 23)).summary


def test_a_moved_race_and_a_cancelled_one_are_said(ask: ASK) -> None:
    assert "Postponed from February 26, 2023." in ask(at(FIRST + timedelta(days=5))).note
    card = ask(at(FIRST + timedelta(days=12)))
    assert "Fourth 250" in card.summary
    assert card.note == "The Third 300 was cancelled."


def test_what_is_to_be_announced_is_said(ask: ASK) -> None:
    assert facts(ask(at(FIRST + timedelta(days=12))))["Start"] == "Sunday, March 12, 2023, time to be announced"
    last = ask(at(FIRST + timedelta(days=40)))
    assert "Last 200" in last.summary
    assert facts(last)["Start"] == "TBA"


def test_a_race_postponed_without_a_day_waits_for_one(archive: Engine) -> None:
    ask = asking(archive, [row(1, "First 500", None, status="postponed", first_day=FIRST)])
    assert "postponed, its day to be announced" in ask(at(FIRST + timedelta(days=1))).summary
    assert "Postponed from February 19, 2023." in ask(at(FIRST)).note


def test_without_a_schedule_the_answer_says_so_with_what_is_known(archive: Engine) -> None:
    runner = fill_history(archive)
    card = runner.ask(next_race, None, at(FIRST))
    assert card.summary.endswith("Nobody has brought a schedule yet. The latest race known is the 2022 Sponsor 400.")
    assert [follow_up.label for follow_up in card.follow_ups] == ["Latest race", "Schedule"]


def test_a_season_that_is_over_has_no_next_race(archive: Engine) -> None:
    ask = asking(archive, [row(1, "First 500", FIRST, winner="Abel")])
    card = ask(at(FIRST + timedelta(days=30)))
    assert "The last schedule known is that of 2023: all its races lie in the past." in card.summary


def test_over_the_end_of_the_year_the_next_season_is_looked_at(archive: Engine) -> None:
    new_year = date(2024, 1, 2)
    rows = [row(1, "First 500", FIRST, winner="Abel"), row(1, "New 500", new_year, season=2024)]
    ask = asking(archive, rows)
    assert "New 500" in ask(at(date(2023, 12, 31), 23)).summary


def test_the_last_winners_at_the_track_and_the_defending_one_are_named(ask: ASK) -> None:
    card = ask(at(FIRST))
    assert facts(card)["Defending winner"] == "Ann Ash, of the 2022 Sponsor 400"
    [table] = [block for block in card.blocks if isinstance(block, Table)]
    assert table.heading == "Last winners at Riverview Speedway"
    assert table.rows[:2] == (("2022", "Sponsor 400", "Ann Ash"), ("1951", "Riverview 200", "Ann Ash"))


def test_the_races_of_its_weekend_and_of_other_series_stand_beside_it(archive: Engine) -> None:
    duel = row(1, "Duel 1", FIRST - timedelta(days=3), round=None, counts=False)
    other = row(1, "Small 250", FIRST - timedelta(days=1), series="nxs", track="Shore Raceway")
    card = asking(archive, [duel, row(2, "First 500", FIRST), other])(at(FIRST - timedelta(days=1), 22))
    assert facts(card)["Duel 1 (no points)"].startswith("February 16, 2023")
    assert facts(card)["Xfinity, the same week"].startswith("Small 250 at Shore Raceway, February 18, 2023")


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("next race", None),
        ("the next cup race", "cup"),
        ("When is the next NASCAR race?", None),
        ("this weekend", None),
        ("next xfinity race", "nxs"),
        ("truck race this weekend", "truck"),
        ("upcoming", None),
    ],
)
def test_a_race_to_come_can_be_meant_in_words(text: str, series: str | None) -> None:
    assert coming_phrase(text) == ComingPhrase(series)


@pytest.mark.parametrize(
    "text", [None, "", "last week", "last sunday", "nashville", "next stop nashville", "cup", "2023"]
)
def test_words_for_anything_else_are_left_alone(text: str | None) -> None:
    assert coming_phrase(text) is None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("next race at shore", ComingPhrase(None, "shore")),
        ("When do they race at Shore Raceway next?", ComingPhrase(None, "shore raceway")),
        ("the next truck race in riverview", ComingPhrase("truck", "riverview")),
    ],
)
def test_a_race_to_come_can_be_meant_by_its_track(text: str, phrase: ComingPhrase) -> None:
    assert coming_phrase(text) == phrase


def test_the_next_race_at_a_track_is_that_of_the_series_or_else_of_another(archive: Engine) -> None:
    source = Source(document=ARTICLE, digest="1", kind="season article", title="2023 season", lines=99)
    week = timedelta(days=7)
    rows = [
        row(1, "First 500", FIRST),
        row(2, "Second 400", FIRST + week, track="Shore Raceway"),
        row(1, "Small 250", FIRST, series="truck", track="New Harbor Street Course"),
    ]
    runner = fill_history(archive, extra_rows=[source, *rows])
    now = at(FIRST - timedelta(days=2))

    def title(text: str) -> str:
        return runner.ask(overview, text, coming_at=now).title

    assert title("next race at shore") == "2023 Second 400"
    assert title("next race at the new harbor street course") == "2023 Small 250"  # nobody has raced there yet
    card = runner.ask(ask_question, "when is the next race at shore raceway?", coming_at=now)
    assert write_out(card.summary).startswith("The next Cup race at Shore Raceway is the Second 400, February 26, 2023")
    assert card.question.command_text() == "/next series:cup track:Shore Raceway"
    assert runner.ask(next_race, "cup", now, "new harbor").summary.startswith("No race of the")
    with pytest.raises(UnknownName):
        runner.ask(overview, "next race at nowhere at all", coming_at=now)


def test_a_race_that_is_called_the_next_one_is_the_race_to_come(archive: Engine) -> None:
    source = Source(document=ARTICLE, digest="1", kind="season article", title="2023 season", lines=99)
    runner = fill_history(archive, extra_rows=[source, row(1, "First 500", FIRST)])
    card = runner.ask(overview, "this weekend", coming_at=at(FIRST - timedelta(days=2)))
    assert card.title == "2023 First 500"
    assert runner.ask(overview, "last sunday").title == "2022 Sponsor 400 at Shore Raceway"
