"""Questions that a start asks itself, once it is ready, so that no fan waits for statements that are made only once.

The first question of each kind takes 5 to 12 ms longer than the next: SQLAlchemy writes its statements then (measured).
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from bot.answers.ask import ask
from bot.answers.context import QueryContext, QuestionRunner
from bot.answers.history import records, schedule, track
from bot.answers.people import compare, driver, team
from bot.answers.race import overview
from bot.answers.results import results
from bot.answers.standings import standings
from bot.cards import Card
from bot.errors import BotError
from bot.names.index import NameIndex
from bot.questions.ranking.model import ranking_model

__all__ = ["warm_up"]

# Of each way of answering one: the first reads all names (0.3 s with the whole history), the others the lists of words,
# the tallies, a season, races before the latest, the story, and the pages with their model of how sure an answer is.
ASKED_QUESTIONS = (
    "who won", "who has the most wins", "which race had the most cautions this season", "who won stage 2",
    "what happened in the end", "who qualified better", "who wonn the qualifyingg", "who won the 1 unheard of race",
)  # fmt: skip
WarmUpQuestion = Callable[[QueryContext], Card]


def warm_up(runner: QuestionRunner) -> Iterator[None]:
    """One question of each kind about what the archive has most of, each asked when the next item is wanted."""
    ranking_model()
    yield
    for question in _questions(runner.names):
        # An archive need not be able to answer it: then nothing was lost but the attempt.
        with suppress(BotError):
            runner.ask(question)
        yield


def _questions(names: NameIndex) -> Iterator[WarmUpQuestion]:
    race, driver_name, other, team_name, track_name, season = (
        next(iter(names.of_kind(kind)[place:]), None)
        for kind, place in (("race", 0), ("driver", 0), ("driver", 1), ("team", 0), ("track", 0), ("season", 0))
    )
    if race is not None:
        yield partial(overview.overview, name=race.value)
        yield partial(results.results, race=race.value)
        yield partial(results.stages, race=race.value)
    if driver_name is not None:
        yield partial(driver.driver_profile, name=driver_name.value)
        if season is not None:
            yield partial(driver.driver_profile, name=driver_name.value, season=int(season.value))
        if other is not None:
            yield partial(compare.comparison, first=driver_name.value, second=other.value)
    if team_name is not None:
        yield partial(team.team_profile, name=team_name.value)
    if track_name is not None:
        yield partial(track.track, name=track_name.value)
    for question in ASKED_QUESTIONS:
        yield partial(ask.ask, question=question)
    yield schedule.schedule
    yield partial(standings.standings, championship="drivers")
    yield partial(records.records, what="most wins")
