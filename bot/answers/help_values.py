"""What `/help` says may be given for each option of a command: values that work on this archive."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.answers.context import QueryContext
from bot.answers.help_examples import shortest_name
from bot.archive.cell_ref import CellRef
from bot.archive.queries.races import RaceRow, race_of
from bot.archive.queries.results import ResultRow, top_rows_of
from bot.archive.queries.sources import active_document_names
from bot.archive.queries.story import people_in_passages
from bot.cards import Question
from bot.errors import NameProblem
from bot.language.months import MONTHS
from bot.racing.sessions import RACE_SESSION

__all__ = ["option_values"]

ARTICLE_COMMANDS = frozenset({"data fetch", "data watch"})  # their `what` is an article
RACE_OPTIONS = ("race", "after", "name")
# Of the commands for moderators, whatever the archive holds.
MODERATOR_VALUES: Mapping[str, str] = {
    "dry_run": "True", "kind": "race page", "line": "1", "load": "1", "first": "1", "reason": "the official box score",
    "way": "plans only",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExampleRace:
    """A race that values are taken from, and the row of who won it, where one is known."""

    race: RaceRow
    winner: ResultRow | None


def option_values(context: QueryContext, command: str, example: Question | None, race: RaceRow) -> Mapping[str, str]:
    """A value for each option that has one, by the name of the option; those of the example first.

    `race` is the latest race; where the example is about another one, values are of that.
    """
    typed = {argument.option: argument.value for argument in example.arguments} if example else {}
    shown = _race_of(context, command, typed) or race
    winner = next((row for row in top_rows_of(context.session, shown.key) if row.session == RACE_SESSION), None)
    values = dict(_values_of(context, ExampleRace(shown, winner)))
    if command.startswith("data "):
        values.update(MODERATOR_VALUES)
        values.update((*_cell_values(winner), *_document_values(context)))
    if command in ARTICLE_COMMANDS and shown.series_name and shown.season:
        values["what"] = f"{shown.season} {shown.series_name}"
    if command == "chart":
        values = _drawable(context, values)
    return {"command": "results", "private": "True", "hours": "24 hours", **values, **typed}


def _drawable(context: QueryContext, values: Mapping[str, str]) -> dict[str, str]:
    """The values that make a chart: a career takes two seasons, the points of a season two tables of standings."""
    driver = context.names.get("driver", values.get("driver", ""))
    has_career = driver is not None and driver.first_season != driver.last_season
    events = (entity.event for entity in context.names.of_kind("race"))
    tables = Counter((event.series, event.season) for event in events if event and event.standings)
    has_points = tables.get((values.get("series"), int(values.get("season", 0))), 0) > 1
    useless = {
        *(() if has_career else ("driver",)),
        *(() if has_points else ("season",)),
        *(() if has_career or has_points else ("series",)),
    }
    return {option: value for option, value in values.items() if option not in useless}


def _race_of(context: QueryContext, command: str, typed: Mapping[str, str]) -> RaceRow | None:
    """The race that an example is about; None where it is about none."""
    text = next((typed[option] for option in RACE_OPTIONS if option in typed), None)
    if text is None or ("name" in typed and command != "race"):
        return None
    try:
        match = context.names.resolve(text, "race", series=context.default_series)
    except NameProblem:
        return None
    return race_of(context.session, match.entity.value)


def _values_of(context: QueryContext, example: ExampleRace) -> Iterable[tuple[str, str]]:
    """What is known of a race, and what its winner drove; only names that the index knows are offered."""
    race, winner = example.race, example.winner
    yield "race", shortest_name(context, race)
    if race.series and race.season:
        yield from (("series", race.series), ("season", str(race.season)), ("decade", f"{race.season // 10}0s"))
    if race.track and context.names.get("track", race.track):
        yield "track", race.track
    if race.day:
        yield "month", MONTHS[race.day.month - 1]
    for kind, value in (("team", winner.team), ("manufacturer", winner.manufacturer)) if winner else ():
        if value and context.names.get(kind, value):
            yield kind, value
    if winner and context.names.get("driver", winner.driver):
        yield "driver", winner.driver
    person = next(iter(people_in_passages(context.session, race.key)), None)
    if person is not None:
        yield "about", person.person


def _cell_values(winner: ResultRow | None) -> Iterable[tuple[str, str]]:
    """A value of a race as it can be corrected: its own."""
    if winner and winner.laps is not None:
        yield "what", str(CellRef(RACE_SESSION, winner.driver, "laps"))
        yield "value", str(winner.laps)


def _document_values(context: QueryContext) -> Iterable[tuple[str, str]]:
    names = sorted(active_document_names(context.session))
    if names:
        yield "document", names[0]
