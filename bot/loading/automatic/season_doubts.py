"""What of a season would go or change: rows of its schedule, winners, days, points."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlmodel import Session, SQLModel, select

from bot.archive.models.seasons import ScheduledRace, SeasonConflict, SeasonFinish, SeasonStanding
from bot.language.fold import fold
from bot.loading.build.compare import Evaluation
from bot.loading.seasons.stage import SeasonRows

__all__ = ["season_doubts"]

MAX_MOVED_DAYS = 10  # that a race is moved by without anybody looking: rain is a day, another weekend seven
MAX_GAINED_POINTS = 80  # in one race: a win, the stages and the fastest lap give 76 in all since 2026, 61 before
RowKey = tuple[int | None, str]
RowT = TypeVar("RowT", bound=SQLModel)


def season_doubts(session: Session, evaluation: Evaluation) -> Iterator[str]:
    """What speaks against loading the seasons of a load by themselves, and those that would go."""
    for made in evaluation.archive_build.seasons.made:
        yield from _doubts_of(session, made)
    for changes in evaluation.report.seasons:
        if not changes.scheduled and not changes.standings:
            yield f"{changes.season} would go"


def _doubts_of(session: Session, made: SeasonRows) -> Iterator[str]:
    key = (made.build.series, made.build.season)
    scheduled = session.exec(
        select(ScheduledRace).where(ScheduledRace.series == key[0], ScheduledRace.season == key[1])
    ).all()
    standings = session.exec(
        select(SeasonStanding).where(SeasonStanding.series == key[0], SeasonStanding.season == key[1])
    ).all()
    disputed = session.exec(
        select(SeasonConflict.value_name).where(SeasonConflict.series == key[0], SeasonConflict.season == key[1])
    ).all()
    yield from _schedule_doubts(scheduled, _rows(made, ScheduledRace))
    yield from _standings_doubts(standings, _rows(made, SeasonStanding))
    yield from _grid_doubts(made)
    new = [row for row in _rows(made, SeasonConflict) if row.value_name not in disputed]
    if new:
        yield f"documents differ on {new[0].value_name} ({new[0].value[:60]} or {new[0].other_value[:60]})"


def _schedule_doubts(before: Sequence[ScheduledRace], after: Sequence[ScheduledRace]) -> Iterator[str]:
    """Races that go, winners and days that become others."""
    new = {_row_key(row): row for row in after}
    for row in before:
        name = row.name or row.track or f"race {row.number}"
        other = new.get(_row_key(row))
        if other is None:
            yield f"{name} would go from the schedule"
            continue
        if row.winner and fold(row.winner) != fold(other.winner or ""):
            yield f"{name}: the winner would be {other.winner or 'nobody'} instead of {row.winner}"
        if row.day and (other.day is None or abs((other.day - row.day).days) > MAX_MOVED_DAYS):
            yield f"{name}: the day would be {other.day or other.written_day or 'unknown'} instead of {row.day}"
        if row.track and fold(row.track) != fold(other.track or ""):
            yield f"{name}: the track would be {other.track or 'unknown'} instead of {row.track}"


def _standings_doubts(before: Sequence[SeasonStanding], after: Sequence[SeasonStanding]) -> Iterator[str]:
    """Rows that go, and points that change without a race, or by more than a race gives."""
    new = {(row.championship, fold(row.name), row.car): row for row in after}
    for row in before:
        other = new.get((row.championship, fold(row.name), row.car))
        if other is None:
            yield f"{row.name} would go from the {row.championship}’ standings"
            continue
        gained = (other.points or 0) - (row.points or 0)
        most = MAX_GAINED_POINTS * max(other.races - row.races, 0)
        if row.points is not None and not 0 <= gained <= most:
            races = other.races - row.races
            yield f"{row.name}: {other.points or 0:g} points instead of {row.points:g} after {races} more races"


def _grid_doubts(made: SeasonRows) -> Iterator[str]:
    """Races whose winner in the grid of a championship is not one that the schedule names."""
    winners = {fold(row.winner) for row in _rows(made, ScheduledRace) if row.winner}
    names = {(row.championship, row.number): row.name for row in _rows(made, SeasonStanding)}
    for mark in _rows(made, SeasonFinish):
        name = names[mark.championship, mark.number]
        if mark.championship == "drivers" and mark.position == 1 and winners and fold(name) not in winners:
            yield f"{name} has won {mark.race} in the standings, and no race in the schedule"


def _row_key(row: ScheduledRace) -> RowKey:
    """By what a row of a schedule is known again: its round, or its name where it has none."""
    return (row.round, "") if row.round is not None else (None, fold(row.name or row.track or ""))


def _rows(made: SeasonRows, model: type[RowT]) -> list[RowT]:
    return [row for row in made.rows if isinstance(row, model)]
