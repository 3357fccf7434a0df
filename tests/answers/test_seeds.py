"""Cards on the archive of the seeds: every shape a renderer or a button relies on holds for all of them."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.context import QueryContext, QuestionRunner
from bot.answers.moderation.status import status_card
from bot.answers.people.driver import driver_profile
from bot.answers.race.overview import overview
from bot.answers.recap.recap import recap
from bot.answers.results.results import results, stages
from bot.answers.standings.standings import standings
from bot.cards import Card, Facts, Quotes, Table
from bot.errors import BotError, NothingKnown
from tests.support.cards import column, facts_of, whole_card

RACES = (None, "nashville", "daytona", "ally", "wawa")
SESSIONS = (None, "Race", "Stage 1", "stage two", "Stage 3", "quali", "Practice", "entry list")
DRIVERS = (None, "chastain", "#45", "suarez", "Parker Kligerman", "Justin Haley", "blaney")
TEAMS = (None, "jgr", "Trackhouse Racing")
MAKES = (None, "toyota", "Chevrolet")
ABOUT = (None, "reddick wheel", "stage 2", "spin", "kligerman", "zebra", "lap 85")

Ask = Callable[[QueryContext], Card]
QUESTIONS: st.SearchStrategy[Ask] = st.one_of(
    st.builds(lambda r: lambda reader: overview(reader, r), st.sampled_from(RACES)),
    st.builds(lambda r: lambda reader: stages(reader, r), st.sampled_from(RACES)),
    st.builds(
        lambda r, s, d, t, m: lambda reader: results(reader, r, s, d, t, m),
        *map(st.sampled_from, (RACES, SESSIONS, DRIVERS, TEAMS, MAKES)),
    ),
    st.builds(
        lambda c, a: lambda reader: standings(reader, c, None, None, a),
        st.sampled_from((None, "drivers", "manufacturers")),
        st.sampled_from(RACES),
    ),
    st.builds(lambda d: lambda reader: driver_profile(reader, d, None), st.sampled_from(DRIVERS[1:])),
    st.builds(lambda r, a: lambda reader: recap(reader, r, a), st.sampled_from(RACES), st.sampled_from(ABOUT)),
)


def check_shape(card: Card) -> None:
    """What `cards` promises to those who draw them."""
    assert card.title
    assert card.summary[-1] in ".!?"
    assert not card.note or card.note[-1] in ".!?"
    assert card.as_of
    assert card.citations
    assert len(set(card.citations)) == len(card.citations)
    assert len(card.parts) + len(card.follow_ups) <= 25, "they are the entries of one select"
    assert all(0 < len(follow.label) <= 80 for follow in card.follow_ups)
    assert len({follow.label for follow in card.follow_ups}) == len(card.follow_ups)
    for block in card.blocks:
        if isinstance(block, Table):
            assert block.rows
            assert all(len(row) == len(block.columns) for row in block.rows)
            assert sum(one.shrinks_first for one in block.columns) <= 1
        elif isinstance(block, Facts):
            assert block.facts
            assert all(fact.label and fact.value for fact in block.facts)
        else:
            assert isinstance(block, Quotes)
            assert all(quote.text and quote.citation.line for quote in block.quotes)
            assert all(0 <= s < e <= len(quote.text) for quote in block.quotes for s, e in quote.bold)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ask=QUESTIONS)
def test_every_card_has_the_shape_that_is_promised_and_can_be_asked_again(seed_desk: QuestionRunner, ask: Ask) -> None:
    try:
        card = seed_desk.ask(ask)
    except BotError as refused:
        text = str(refused)
    else:
        check_shape(card)
        text = card.summary
    assert len(text) <= 1000, "what is said in words is short"


def test_the_race_of_the_seeds_is_told_in_full(seed_desk: QuestionRunner) -> None:
    told = facts_of(whole_card(seed_desk, overview))
    assert told["Winning car"] == "No. 1, Trackhouse Racing, Chevrolet"
    assert told["Cautions"] == "4 for 24 laps"
    assert told["Time"] == "3 h 0 min 7 s, 132.914 mph"
    assert told["Series"] == "NASCAR Cup Series, 2023, race 17 of 36"


def test_all_36_cars_and_44_drivers_are_listed(seed_desk: QuestionRunner) -> None:
    assert len(column(seed_desk.ask(results), "Driver")) == 36
    assert len(column(seed_desk.ask(results, None, "Entry list"), "Driver")) == 36
    assert len(column(seed_desk.ask(standings), "Driver")) == 44
    assert column(seed_desk.ask(results, None, "qualifying"), "R1")[-1] == "no time"


def test_a_place_in_practice_beyond_three_is_refused(seed_desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown, match=r"known of Alex Bowman in practice for the 2023 Ally 400\. 3 drivers"):
        seed_desk.ask(results, None, "practice", "bowman")


def test_the_status_of_the_seeds_names_every_document(seed_desk: QuestionRunner) -> None:
    assert {"ally-400-race-page.txt", "catalogue.toml"} <= set(facts_of(seed_desk.ask(status_card)))
