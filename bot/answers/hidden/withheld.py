"""Withheld answers: what is said in place of a result that is hidden, and beside a card that leaves one out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.answers.common.text import join
from bot.answers.hidden.hidden_results import SeenArchive
from bot.answers.hidden.withheld_words import hidden_text, left_out_text
from bot.cards import Argument, Card, Question
from bot.errors import ResultHidden
from bot.racing.series import SHORT_SERIES_NAMES
from bot.racing.spoilers import HiddenRace

__all__ = ["check_season_seen", "check_seen", "hidden_card", "with_left_out_note"]

# Commands whose cards leave hidden races out: of a name or track those with it, of all others any of the series.
NAME_COMMANDS = frozenset(["driver", "team", "compare", "track"])
SERIES_COMMANDS = frozenset(["records", "schedule", "next", "ask", "standings"])


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


def with_left_out_note(card: Card, archive: SeenArchive, races: Iterable[HiddenRace]) -> Card:
    """A card that says which hidden races it leaves out; itself where none of them would be on it."""
    values = {argument.value for argument in card.question.arguments}
    series = next((one.value for one in card.question.arguments if one.option == "series"), None)
    command = card.question.command
    titles = [
        event.title
        for event in archive.events
        if (command in NAME_COMMANDS and values & {*archive.starters, event.track})
        or (command in SERIES_COMMANDS and series in {None, event.series})
    ]
    if not titles:
        return card
    until = max((race.until for race in races if race.until), default=None)
    return replace(card, note=" ".join(filter(None, (card.note, left_out_text(join(titles), until)))))


def _last(race: HiddenRace) -> tuple[bool, datetime | None]:
    return race.until is None, race.until
