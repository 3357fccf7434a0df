"""Card of a driver of whom tables only say that the car did not start, qualify or stay entered."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import CitationIndex, source_lines
from bot.answers.common.questions import question_about
from bot.answers.common.text import plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.career import driver_race_title, series_title
from bot.answers.people.career_tables import UNKNOWN_CELL
from bot.answers.people.query import PeopleQuery
from bot.archive.queries.driver_races import DriverRace, races_entered
from bot.cards import Card, Column, FollowUp, Table

__all__ = ["no_starts_card"]


def no_starts_card(context: QueryContext, query: PeopleQuery) -> Card | None:
    """The races in whose tables a driver stands who started none of them; None where there is no such race."""
    runs = [
        run
        for run in races_entered(context.session, query.name)
        if query.season in {None, run.season} and query.series in {None, run.series}
    ]
    if not runs:
        return None
    return Card(
        title=query.name if query.season is None else f"{query.name}, {query.season}",
        question=query.question(),
        summary=_summary(context, query.name, runs),
        blocks=(_table(runs),),
        notes=query.notes,
        as_of=f"after the {driver_race_title(runs[0])}",
        citations=CitationIndex(context.session, runs).all_citations(),
        follow_ups=tuple(_follow_ups(query, runs)),
    )


def _summary(context: QueryContext, name: str, runs: Sequence[DriverRace]) -> str:
    """“Don Woodard started no race that this archive holds; the 1954 Sharon 200 tells “did not start””."""
    latest = runs[0]
    where = f" of the {series_title(context, latest.series)}" if latest.series else ""
    status = f" tells “{latest.status}”" if latest.status else " gives no place"
    several = f" the latest of {plural(len(runs), 'race')}," if len(runs) > 1 else ""
    race = f"the {driver_race_title(latest)}{where}"
    return sentence(f"{name} started no race that this archive holds;{several} {race}{status}")


def _table(runs: Sequence[DriverRace]) -> Table:
    columns = (Column("Race", shrinks_first=True), Column("Car", numeric=True), Column("What is told"))
    rows = tuple((driver_race_title(run), run.car or UNKNOWN_CELL, run.status or UNKNOWN_CELL) for run in runs)
    return Table(columns, rows, "Entered", sources=tuple(source_lines(run) for run in runs))


def _follow_ups(query: PeopleQuery, runs: Sequence[DriverRace]) -> Iterable[FollowUp]:
    yield FollowUp("Race", question_about("race", runs[0].race))
    if runs[0].team:
        yield FollowUp("Team", question_about("team", runs[0].team))
    if query.narrowing:
        yield FollowUp("All races", query.whole().question())
