"""Races of one driver that a question asks about together, as one table: of a season, a track, a name, or all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.answers.ask.forms.plans import Refusal
from bot.answers.ask.history.career import CareerScope, missing_of_scope
from bot.answers.ask.history.races_table import RaceSet, races_of_name
from bot.answers.ask.history.wins import career_scope
from bot.answers.ask.race_tables import QuestionTables
from bot.answers.ask.scope import Scope
from bot.answers.ask.words.frame import Frame
from bot.answers.common.citations import source_lines
from bot.answers.common.resolve import race_title
from bot.answers.common.text import date_text
from bot.archive.queries.careers import seasons_of
from bot.archive.queries.driver_races import DriverRace, races_of_competitor
from bot.archive.queries.races import race_of
from bot.questions.tables.model import ColumnRole, RawRow, TypedTable
from bot.questions.tables.typing import typed_table
from bot.racing.series import SHORT_SERIES_NAMES
from bot.racing.statuses import NO_START_STATUSES

__all__ = ["DriverRuns", "driver_runs", "run_title", "runs_table", "when_run"]

COLUMNS = (
    ("Race", ColumnRole.RACE), ("Season", ColumnRole.YEAR), ("Track", ColumnRole.TRACK), ("Place", ColumnRole.PLACE),
    ("Start", ColumnRole.GRID), ("Car number", ColumnRole.OTHER), ("Make", ColumnRole.MAKE), ("Team", ColumnRole.TEAM),
    ("Driver", ColumnRole.PERSON),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DriverRuns:
    """Races of a driver, the latest first: all that he started of those that are asked about.

    `where` says which they are (“ at Bristol in the Cup Series”); `gap` is the refusal where races from one season to
    another are not here, None where all are.
    """

    name: str
    runs: tuple[DriverRace, ...]
    where: str
    gap: Callable[[int | None, int | None], Refusal | None]


def driver_runs(frame: Frame, scope: Scope, tables: QuestionTables) -> DriverRuns | Refusal | None:
    """The races that are asked about, of those that the driver started."""
    name, series = frame.people[0], scope.series or tables.race.series
    if series is None:
        return None
    short = SHORT_SERIES_NAMES.get(series, series)
    counted = career_scope(scope, tables, frame)
    if counted is not None:
        where = f"{counted.said()} in the {short} Series"
        runs = _starts(tables, name, counted)
        return DriverRuns(name, runs, where, partial(missing_of_scope, tables, counted))
    if scope.season is not None:
        return None
    named = races_of_name(scope, tables, series)
    if not isinstance(named, RaceSet):
        return named
    keys = {race.key for race in named.races}
    runs = tuple(run for run in _starts(tables, name, CareerScope(series, None, None)) if run.race in keys)
    return DriverRuns(name, runs, f" in {named.name}", _no_gap)


def _no_gap(_since: int | None, _until: int | None) -> None:
    """Nothing: that all races of a name are here was seen when they were looked for."""


def _starts(tables: QuestionTables, name: str, counted: CareerScope) -> tuple[DriverRace, ...]:
    rows = [row for row in seasons_of(tables.session, "driver", name) if row.series == counted.series]
    pairs = {(row.series, row.season) for row in rows if counted.season in {None, row.season}}
    runs = races_of_competitor(tables.session, "driver", name, pairs) if pairs else ()
    return tuple(
        run for run in runs
        if counted.track in {None, run.track} and run.position is not None and run.status not in NO_START_STATUSES
    )  # fmt: skip


def when_run(tables: QuestionTables, run: DriverRace) -> str:
    """“, on June 25, 2023”; "" where no document tells the day."""
    race = race_of(tables.session, run.race)
    return f", on {date_text(race.day)}" if race is not None and race.day is not None else ""


def run_title(tables: QuestionTables, run: DriverRace) -> str:
    """The whole title of the race of a run: “2023 Ally 400”."""
    race = race_of(tables.session, run.race)
    return race_title(race) if race is not None else f"{run.season} {run.name}"


def runs_table(tables: QuestionTables, name: str, runs: Sequence[DriverRace]) -> TypedTable:
    """The table of races of a driver, the latest first; the first and the last have their whole titles."""
    rows = []
    for run in runs:
        title = run_title(tables, run) if run in {runs[0], runs[-1]} else f"{run.season} {run.name}"
        cells = (title, run.season, run.track, run.position, run.grid, run.car, run.manufacturer, run.team, run.driver)
        rows.append(RawRow(source_lines(run), tuple("" if cell is None else str(cell) for cell in cells)))
    return typed_table(name, [one for one, _ in COLUMNS], rows, ("Races",), [role for _, role in COLUMNS])
