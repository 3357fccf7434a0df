"""Questions over many races, on a short history: counted where all races are there, and never out of missing stages."""

import pytest
from sqlalchemy import Engine, delete
from sqlmodel import col

from bot.answers.ask.ask import ask
from bot.answers.context import QuestionRunner
from bot.archive.db.engine import write_session
from bot.archive.models.core import FactRecord, RaceSession, SessionRow
from bot.errors import NothingKnown
from tests.support.history_rows import fill_history


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    return fill_history(archive)


def test_wins_are_counted_over_a_season_that_is_all_there(desk: QuestionRunner) -> None:
    card = desk.ask(ask, "how many wins does bea birch have this season")
    assert card.summary == "Bea Birch has 1 win in 2022 in the Cup Series, of 2 starts."
    (button,) = card.follow_ups
    assert (button.label, button.question.command) == ("Bea Birch", "driver")


@pytest.mark.parametrize("question", ["how many wins has bea birch at riverview", "most wins of all time"])
def test_nothing_is_counted_where_races_are_missing(question: str, desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown, match="cannot be counted"):
        desk.ask(ask, question)


def test_stages_are_told_of_a_race_that_has_them(desk: QuestionRunner) -> None:
    assert desk.ask(ask, "did bea birch win a stage").summary.startswith("Yes: Bea Birch won 1 stage")


@pytest.mark.parametrize(
    "question",
    [
        "did ann ash win a stage at riverview in 1951", "how many stages did ann ash win at riverview in 1951",
        "how many stage points did ann ash score at riverview in 1951", "who were the rookies at riverview in 1951",
    ],
)  # fmt: skip
def test_what_no_document_marks_is_not_none(question: str, desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown):
        desk.ask(ask, question)


def test_a_season_is_not_answered_by_one_of_its_races(desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown, match="races of 2022 together"):
        desk.ask(ask, "how many laps did bea birch complete in 2022")
    assert "in 2022" in desk.ask(ask, "how many wins does bea birch have in 2022").summary


@pytest.fixture
def desk_without_stages(desk: QuestionRunner, archive: Engine) -> QuestionRunner:
    """The same history, in which nobody wrote down the stages of the latest race, at Shore."""
    with write_session(archive) as session:
        of_race = col(SessionRow.race) == "cup-2022-2", col(SessionRow.session) != "race"
        session.execute(delete(SessionRow).where(*of_race))
        session.execute(
            delete(RaceSession).where(col(RaceSession.race) == "cup-2022-2", col(RaceSession.key) != "race")
        )
    return desk


def test_a_question_goes_to_the_latest_race_that_tells_it_and_says_so(desk_without_stages: QuestionRunner) -> None:
    card = desk_without_stages.ask(ask, "who won stage 1")
    assert card.summary == "Cal Cole won stage 1 of the 2022 Sponsor 400 at Riverview Speedway."
    assert card.note.startswith("The latest Cup race with stages; the 2022 Sponsor 400 at Shore")


@pytest.mark.parametrize(
    "question", ["who won stage 1 in 2022 at shore", "who won stage 1 of the last race", "who won stage 1 at shore"]
)
def test_a_race_that_is_named_is_never_replaced(question: str, desk_without_stages: QuestionRunner) -> None:
    with pytest.raises(NothingKnown, match=r"at Shore Raceway is not known here\. Known of it: the results"):
        desk_without_stages.ask(ask, question)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how many different winners in 2022", "The 2 Cup races of 2022 had 2 different winners."),
        ("which races did bea birch win in 2022", "Bea Birch won 1 of the 2 Cup races of 2022: Sponsor 400."),
        ("last win of bea birch", "Bea Birch last won in the Cup Series in the 2022 Sponsor 400 at Shore Raceway."),
        ("who has more wins in 2022, ann ash or cal cole", "Ann Ash has more in 2022 in the Cup Series: "
         "Ann Ash 1 win and Cal Cole 0 wins."),
        ("does cal cole have more wins than ann ash in 2022", "No: Cal Cole 0 wins and Ann Ash 1 win in 2022 in the "
         "Cup Series."),
    ],
)  # fmt: skip
def test_a_season_and_a_career_are_tables_too(question: str, answer: str, desk: QuestionRunner) -> None:
    card = desk.ask(ask, question)
    assert card.summary == answer
    assert len(card.follow_ups) == 1


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("which race had the most cautions in 2022", "None of the 2 Cup races of 2022 here tells that"),
        ("how many different winners in 1951", "cannot be counted"),
        ("who has more wins, ann ash or bea birch", "cannot be counted"),
        ("first win of ann ash", "cannot be counted"),
    ],
)
def test_what_races_here_do_not_tell_is_not_guessed(question: str, why: str, desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown, match=why):
        desk.ask(ask, question)


def test_the_most_of_a_season_says_of_how_many_races(desk: QuestionRunner, archive: Engine) -> None:
    with write_session(archive) as session:
        for number, cautions in ((1, 7), (2, 9)):
            session.add(
                FactRecord(race=f"cup-2022-{number}", field="cautions", value=str(cautions), number=cautions,
                           document="cup_series.csv", line=number, agree=1)
            )  # fmt: skip
    card = desk.ask(ask, "which race had the most cautions this season")
    assert card.summary.startswith("Of the 2 Cup races of 2022, the Sponsor 400")
    assert card.summary.endswith("had the most cautions: 9.")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how many sponsor 400s has bea birch won",
         "Bea Birch has 1 win in the 2 Cup races called Sponsor 400 (2022), of 2 starts."),
        ("did ann ash ever win the sponsor 400",
         "Yes: Ann Ash has 1 win in the 2 Cup races called Sponsor 400 (2022), of 2 starts."),
        ("who won the most sponsor 400s",
         "Ann Ash and Bea Birch won the most of the 2 Cup races called Sponsor 400 (2022): 1."),
        ("when did bea birch win the sponsor 400",
         "Bea Birch has 1 win in the 2 Cup races called Sponsor 400 (2022): 2022 Sponsor 400."),
        ("who was the first winner of the sponsor 400",
         "Of the 2 Cup races called Sponsor 400 (2022), Ann Ash was the first to win: the 2022 Sponsor 400."),
    ],
)  # fmt: skip
def test_the_races_of_one_name_are_counted_together(question: str, answer: str, desk: QuestionRunner) -> None:
    assert desk.ask(ask, question).summary == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("bea birch's average finish in 2022",
         "Bea Birch has an average finish of 1.5 in 2022 in the Cup Series, over 2 starts."),
        ("how many times did bea birch finish second in 2022",
         "Bea Birch has 1 finish in 2nd place in 2022 in the Cup Series, of 2 starts."),
        ("how many dnfs did cal cole have in 2022", "Cal Cole has no DNFs in 2022 in the Cup Series, of 2 starts."),
        ("what make did ann ash drive in 2022", "The make of Ann Ash in 2022 in the Cup Series, of 2 races here: "
         "Ford in 2."),
        ("what was bea birch's best finish in 2022",
         "Bea Birch finished 1st at best in 2022 in the Cup Series, of 2 starts: 2022 Sponsor 400."),
        ("has ann ash won in 2022", "Yes: Ann Ash has 1 win in 2022 in the Cup Series, of 2 starts."),
        ("bea birch wins 2022", "Bea Birch has 1 win in 2022 in the Cup Series, of 2 starts."),
        ("the last race bea birch won",
         "Bea Birch last won in the Cup Series in the 2022 Sponsor 400 at Shore Raceway."),
        ("who drove the 1 car in 2022", "Car number 1 was driven in 2022 in the Cup Series by Bea Birch in 1 race and "
         "Ann Ash in 1 race."),
        ("who led the most laps in 2022", "Bea Birch has the most laps led in 2022 in the Cup Series: 80."),
    ],
)  # fmt: skip
def test_the_races_of_a_driver_are_one_table(question: str, answer: str, desk: QuestionRunner) -> None:
    card = desk.ask(ask, question)
    assert card.summary == answer
    assert len(card.follow_ups) == 1


@pytest.mark.parametrize(
    "question",
    [
        "how many times did ann ash finish second in 1951", "average finish of ann ash at riverview",
        "has cal cole ever won at riverview", "who was the first winner at riverview",
        "how many different winners at riverview",
    ],
)  # fmt: skip
def test_nothing_is_said_of_many_races_where_some_are_missing(question: str, desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown, match="cannot be counted"):
        desk.ask(ask, question)


def test_one_race_is_enough_for_a_yes(desk: QuestionRunner) -> None:
    assert desk.ask(ask, "has ann ash ever won at riverview").summary.startswith(
        "Yes: Ann Ash won the 2022 Sponsor 400"
    )


def test_the_last_winner_at_a_track_is_that_of_the_latest_race(desk: QuestionRunner) -> None:
    assert desk.ask(ask, "last winner at riverview").summary.startswith("Ann Ash won the 2022 Sponsor 400")


def test_a_series_is_no_race_of_its_name(desk: QuestionRunner) -> None:
    assert desk.ask(ask, "who won the xfinity race").summary == "Eli Elm won the 2022 Sponsor 250."
