"""Card of a driver of whom tables only say that the car did not start, qualify or stay entered."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import CitationIndex, source_lines
from bot.answers.common.questions import question_about
from bot.answers.context import QueryContext
from bot.answers.people.career import driver_race_title
from bot.answers.people.career_tables import UNKNOWN_CELL
from bot.answers.people.people_words import no_starts_sentence
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
        summary=no_starts_sentence(query.name, driver_race_title(runs[0]), runs[0].status, len(runs)),
        blocks=(_table(runs),),
        note=query.note,
        as_of=f"after the {driver_race_title(runs[0])}",
        citations=CitationIndex(context.session, runs).all_citations(),
        follow_ups=tuple(_follow_ups(query, runs)),
    )


def _table(runs: Sequence[DriverRace]) -> Table:
    columns = (Column("Race", shrinks_first=True), Column("Car", numeric=True), Column("Why"))
    rows = tuple((driver_race_title(run), run.car or UNKNOWN_CELL, run.status or UNKNOWN_CELL) for run in runs)
    return Table(columns, rows, "Entered", sources=tuple(source_lines(run) for run in runs))


def _follow_ups(query: PeopleQuery, runs: Sequence[DriverRace]) -> Iterable[FollowUp]:
    yield FollowUp("The race", question_about("race", runs[0].race))
    if runs[0].team:
        yield FollowUp("Team", question_about("team", runs[0].team))
    if query.narrowing:
        yield FollowUp("All races", query.whole().question())
