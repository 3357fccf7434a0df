"""Withheld answers: what is said in place of a result that is hidden, and beside a card that leaves one out."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar, cast

from bot.answers.common.refusals import NothingToShow
from bot.answers.common.text import join
from bot.answers.hidden.hidden_results import SeenArchive
from bot.answers.hidden.withheld_words import hidden_text, left_out_text
from bot.archive.queries.races import RaceRow
from bot.cards import Argument, Card, Question
from bot.errors import NothingKnown, ResultHidden
from bot.racing.series import SHORT_SERIES_NAMES
from bot.racing.spoilers import HiddenRace

__all__ = ["check_season_seen", "check_seen", "hidden_card", "say_left_out"]

T = TypeVar("T")
# Commands whose cards leave hidden races out: of a name or track those with it, of all others any of the series.
NAME_COMMANDS = frozenset(["driver", "team", "compare", "track"])
SERIES_COMMANDS = frozenset(["records", "schedule", "next", "standings"])
ASK_COMMAND = "ask"


def check_seen(hidden: Iterable[HiddenRace], race: str, title: str) -> None:
    """Nothing where the result of a race is seen. Raises ResultHidden, with the title in a sentence."""
    for one in hidden:
        if one.key == race:
            raise ResultHidden(hidden_text(f"The result of {title}", one.until), race, title)


def check_season_seen(hidden: Iterable[HiddenRace], series: str, season: int | None) -> None:
    """Nothing where no race of a season (None: the latest) of a series is hidden, so that its points are seen.

    Raises ResultHidden.
    """
    races = sorted((one for one in hidden if one.series == series and season in {None, one.season}), key=_last)
    if races:
        last = races[-1]
        what = f"{last.season or ''} {SHORT_SERIES_NAMES.get(series, series)} standings".strip()
        raise ResultHidden(hidden_text(f"Who leads the {what}", last.until), last.key, f"the {what}")


def hidden_card(error: ResultHidden, question: Question | None) -> Card:
    """The card in the place of a result; its button *Show* asks the same for the person alone."""
    race = Question("race", (Argument("name", error.race, "race"),))
    title = error.title.removeprefix("the ")
    shown = tuple(filter(None, (question, race)))
    return Card(title[:1].upper() + title[1:], shown[0], str(error), tone="nothing", withheld=shown)


def say_left_out(archive: SeenArchive, hidden: Iterable[HiddenRace], question: Callable[[], T]) -> T:
    """The answer to a question; a card or a refusal that leaves hidden races out says so. Raises as the question."""
    try:
        answer = question()
    except NothingKnown as error:
        if type(error) in {NothingKnown, NothingToShow}:  # others have not understood the question
            error.args = (f"{error} {_left_out(archive.races, hidden)}",)
        raise
    return cast("T", _with_note(answer, archive, hidden)) if isinstance(answer, Card) else answer


def _with_note(card: Card, archive: SeenArchive, hidden: Iterable[HiddenRace]) -> Card:
    """A card that says which hidden races it leaves out; itself where none of them would be on it."""
    command, values = card.question.command, {argument.value for argument in card.question.arguments}
    # An answer about one race leaves out no other.
    is_of_series = command in SERIES_COMMANDS or (command == ASK_COMMAND and not card.as_of)
    races = [
        race
        for race in archive.races
        if _is_asked_of(race, card.question)
        and (is_of_series or (command in NAME_COMMANDS and values & {*archive.starters, race.track}))
    ]
    return replace(card, note=" ".join(filter(None, (card.note, _left_out(races, hidden))))) if races else card


def _is_asked_of(race: RaceRow, question: Question) -> bool:
    """Whether a race is of the series, the season and the track that a question names."""
    own = {"series": race.series, "season": str(race.season), "track": race.track}
    return all(own.get(argument.option, argument.value) == argument.value for argument in question.arguments)


def _left_out(races: Iterable[RaceRow], hidden: Iterable[HiddenRace]) -> str:
    titles = [
        " ".join(str(part) for part in ("the", race.season, race.name or f"race at {race.track}") if part)
        for race in races
    ]
    return left_out_text(join(titles), max((race.until for race in hidden if race.until), default=None))


def _last(race: HiddenRace) -> tuple[bool, datetime | None]:
    return race.until is None, race.until
