"""Questions in plain English on the archive of the seeds: answered, asked back, corrected or refused, never guessed."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.ask.answer import answer_of
from bot.answers.ask.ask import NotAQuestion, ask
from bot.answers.ask.reading import read_question
from bot.answers.context import QueryContext, QuestionRunner
from bot.cards import Quotes
from bot.errors import AmbiguousName, BotError, NothingKnown, UnknownName
from tests.support.examples import examples


def said(runner: QuestionRunner, question: str) -> str:
    """The first line of an answer, and the passages below it."""
    card = runner.ask(ask, question)
    quotes = [quote.text for block in card.blocks if isinstance(block, Quotes) for quote in block.quotes]
    return " ".join([card.summary, *quotes])


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("who won stage 1 at nashville", "Tyler Reddick won stage 1"),
        ("who finished 10th", "A. J. Allmendinger was 10th"),
        ("who was last", "Ryan Blaney was last"),
        ("front row at nashville", "Ross Chastain and Tyler Reddick"),
        ("xfinity race top 5?", "Justin Allgaier, Sheldon Creed, Daniel Hemric, Parker Kligerman and Cole Custer"),
        ("who is 10th in the standings", "Joey Logano was 10th in the drivers’ standings"),
        ("which manufacterer is on top of the standings", "Chevrolet was first"),
        ("where did stenhaus finish", "Ricky Stenhouse Jr. finished 22nd"),
        ("what number is bubba", "car number 23"),
        ("chastains pts without the stage points", "40 points"),
        ("how far back is kyle busch in pts", "48 points behind"),
        ("what was chastains points position before and after nashville", "4th in the drivers’ standings before"),
        ("how many positions did blaney drop in the points", "lost 5 places"),
        ("did ty gibbs beat harrison burton", "Yes: Ty Gibbs (14th) ahead of Harrison Burton (21st)"),
        ("is toyota ahead of ford in the mfr points", "Yes: Toyota (2nd) ahead of Ford (3rd)"),
        ("who qualified better kyle busch or buescher", "Kyle Busch (11th) ahead of Chris Buescher (12th)"),
        ("gap betwen byron and bell in the standigns", "27 points between"),
        ("who finished right behind chase elliott", "Kyle Larson was 5th"),
        ("who finished between byron and jones", "Christopher Bell was 7th"),
        ("how many toyotas finished in the top 10", "3 drivers in a Toyota"),
        ("how many cars finished on the lead lap", "21 drivers on the lead lap"),
        ("any fords in the top 10", "No: nobody"),
        ("which drivers got stage points in both stages", "Martin Truex Jr."),
        ("who wasnt eligible for points sunday", "Brennan Poole"),
        ("worst finishing hendrick car?", "Alex Bowman"),
        ("which toyota driver scored most stage points", "Martin Truex Jr."),
        ("slowest actual time in round 2 of quali", "37.269"),
        ("who dropped the most positions from the start", "Tyler Reddick"),
        ("average finish for hendrick cars", "an average place of 8"),
        ("who all drives for stewart haas", "Kevin Harvick (No. 4)"),
        ("how many laps were under caution", "24 laps"),
        ("what lap did stage 2 end on", "lap 185"),
        ("how many races left after nashville", "19 races were left"),
        ("who did lap by lap on tv", "Rick Allen"),
        ("what time is the chicago street race", "5:30 p.m."),
        ("how many laps did chastian lead", "led 99 laps"),
        ("with how many to go did chastain take the lead for good", "laps to go; another telling has it on lap"),
        ("did gragson finish on the lead lap", "No: Noah Gragson completed 299 of 300 laps"),
        ("the driver who won stage 1, where did he finish", "Tyler Reddick finished 30th"),
        ("what happened to blaney", "Blaney"),
    ],
)
def test_a_question_is_answered_from_rows_or_from_the_story(
    question: str, words: str, seed_desk: QuestionRunner
) -> None:
    assert words.casefold() in said(seed_desk, question).casefold()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("did larson win", "No: Ross Chastain won the 2023 Ally 400; Kyle Larson was 5th."),
        ("why did larson win at nashville", "Ross Chastain won"),
        ("why did kyle busch dnf", "Kyle Busch finished 9th"),
        ("what was hamlins pole speed", "Denny Hamlin did not win the pole for the 2023 Ally 400; Ross Chastain did."),
        ("who won stage 4 at nashville", "only three stages"),
        ("how many pts did sheldon creed score at nashville", "Sheldon Creed was not in the race"),
        ("is bubba leading the points", "No: Martin Truex Jr. was first"),
    ],
)
def test_what_is_not_so_is_corrected(question: str, words: str, seed_desk: QuestionRunner) -> None:
    assert words in said(seed_desk, question)


@pytest.mark.parametrize(
    "question",
    [
        "what were the odds on chastain", "fastest pit stop sunday", "how old is ross chastain",
        "where is chastain from",
        "margin of victory at nashville", "how many laps did hamlin lead", "who won the truck race at nashville",
        "who won at bristol", "who won the daytona 500", "where did kurt busch finish", "did it rain",
        "how many races has chastain won in his career", "who won the super bowl", "fastest lap of the race",
    ],
)  # fmt: skip
def test_what_nothing_here_says_is_refused_with_what_there_is(question: str, seed_desk: QuestionRunner) -> None:
    with pytest.raises((NothingKnown, UnknownName)):
        seed_desk.ask(ask, question)


@pytest.mark.parametrize(
    "question",
    [
        "hello", "how are you", "tell me a joke", "¿quién ganó la carrera?", "🏁", "",
        "what is the population of nashville",        "what is the capital of tennessee",
        "who is the mayor of nashville", "what is the weather in nashville", "how tall is nashvilles mayor",
        "what time is it in nashville", "how many people live in nashville", "how old is the governor of tennessee",
        "who is the ceo of toyota", "how much does a chevrolet cost", "is chevrolet better than ford",
        "when was ford founded", "who invented the toyota", "what country is toyota from", "who sings at nashville",
        "what is the best restaurant in nashville", "can you book me a hotel in nashville", "what is love",
        "where can i eat in nashville", "how do i get to nashville", "is it raining in nashville",
        "how long do i cook chicken", "who founded nashville", "what does busch beer cost",
    ],
)  # fmt: skip
def test_what_is_no_race_question_is_said_so_in_five_words(question: str, seed_desk: QuestionRunner) -> None:
    with pytest.raises(NotAQuestion, match=r"^That is no race question\.$"):
        seed_desk.ask(ask, question)


def test_of_two_people_it_is_asked_who_is_meant(seed_desk: QuestionRunner) -> None:
    with pytest.raises(AmbiguousName) as asked:
        seed_desk.ask(ask, "where did dillon finish")
    assert {name for name, _ in asked.value.candidates} == {"Austin Dillon", "Ty Dillon"}
    card = seed_desk.ask(ask, "where did dillon finish", None, "Ty Dillon")
    assert "Ty Dillon finished 32nd" in card.summary


@pytest.mark.parametrize("question", ["who won the ally 400", "who was the winner of the ally 400"])
def test_an_article_before_the_name_of_a_race_is_no_part_of_it(question: str, seed_desk: QuestionRunner) -> None:
    assert said(seed_desk, question) == "Ross Chastain won the 2023 Ally 400."


def test_a_race_that_is_named_is_never_another_one(seed_desk: QuestionRunner) -> None:
    assert "Justin Allgaier was not in the race: the 2023 Ally 400" in said(
        seed_desk, "where did allgaier finish at nashville"
    )
    with pytest.raises(NothingKnown, match="was on a Sunday"):
        seed_desk.ask(ask, "where did haley finish saturday")
    assert "Wawa 250" in said(seed_desk, "where did allgaier finish")  # no race is named, and he was in this one


def test_a_card_says_what_it_read_and_where_it_stands(seed_desk: QuestionRunner) -> None:
    card = seed_desk.ask(ask, "who won stage 2 at nashville")
    [facts] = card.blocks
    assert "Stage 2 of the 2023 Ally 400" in str(facts)
    assert card.follow_ups[0].question.command_text() == "/results race:cup-2023-17 session:Stage 2"
    assert card.citations


def test_what_sources_tell_otherwise_stands_beside_the_answer(seed_desk: QuestionRunner) -> None:
    card = seed_desk.ask(ask, "when was the nashville race")
    assert "June 25, 2023" in card.summary
    assert "2023-07-02" in str(card.blocks)


@pytest.mark.parametrize(
    ("before", "text", "words"),
    [
        ("who won stage 2 at nashville", "and stage 1?", "Tyler Reddick won stage 1"),
        ("where did larson finish", "what about hamlin", "Denny Hamlin finished 3rd"),
        ("who won stage 1", "how about in the xfinity race", "Austin Hill won stage 1"),
        ("where did larson finish", "who won", "Ross Chastain won"),
    ],
)
def test_a_follow_up_takes_the_scope_of_the_answer_before(
    before: str, text: str, words: str, seed_desk: QuestionRunner
) -> None:
    card = seed_desk.ask(ask, text, "cup-2023-17", previous=before)
    assert words in card.summary


def test_every_question_of_a_card_fits_a_button_or_stays_as_it_was_typed(seed_desk: QuestionRunner) -> None:
    typed = "how many different drivers scored stage pts at nashville"
    card = seed_desk.ask(ask, typed)
    [question, race] = card.question.arguments
    assert len(question.value.encode()) <= 40
    assert seed_desk.ask(ask, question.value, race.value).summary == card.summary


def test_every_fact_form_answers_its_example(seed_desk: QuestionRunner) -> None:
    text = files("bot.answers.ask.forms").joinpath("facts.toml").read_text(encoding="utf-8")
    for line in tomllib.loads(text)["fact"]:

        def program(context: QueryContext, question: str = str(line["example"])) -> str:
            reading = read_question(context, question)
            assert reading is not None, question
            answer = answer_of(context, reading)
            assert answer.program or "is not known here" in answer.text, (question, answer.text)
            return answer.program

        seed_desk.ask(program)


HOSTILE = st.one_of(
    st.text(max_size=2_000),
    st.lists(
        st.sampled_from([
            "who", "won", "stage", "2", "larson", "<@123>", "@everyone", "'; drop table race; --", "\u202e", "7" * 300,
            "and", "did", "not", "in", "1979", "daytona", "500", "the driver who", "top", "#48",
            "{0}", "%s", "\x00", "ß",
        ]),
        max_size=300,
    ).map(" ".join),
)  # fmt: skip


@given(HOSTILE)
@examples(60)
@pytest.mark.no_cover
def test_any_text_is_answered_or_politely_refused(seed_desk: QuestionRunner, text: str) -> None:
    try:
        answer = seed_desk.ask(ask, text[:2_000]).summary
    except BotError as refusal:
        answer = str(refusal)
    assert answer
