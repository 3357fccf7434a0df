"""Verdict on a fetched version: everything that keeps it from being loaded without a person.

A wrong fact is worse than a missing one, and anybody may edit an encyclopedia. So a version is loaded by itself only if
nothing of what was there goes or changes, and a race that comes has its whole table and a second document that names
the same winner: the article of the season for that of the race, and the other way round. All else is a plan that a
person has to apply.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlmodel import Session, SQLModel, col, func, select

from bot.archive.document_texts import all_lines
from bot.archive.models.core import Race, SessionRow
from bot.archive.models.user_data import ExcludedDocument
from bot.documents.model import ParsedDocument
from bot.language.fold import fold
from bot.loading.automatic.concern_doubts import concern_doubts
from bot.loading.automatic.season_doubts import season_doubts
from bot.loading.automatic.winners import WinnerSources
from bot.loading.build.compare import Evaluation
from bot.loading.report import RaceChanges
from bot.loading.state.change import Change
from bot.loading.state.document_set import active_set
from bot.racing.sessions import RACE_SESSION

__all__ = ["Verdict", "verdict_on"]

FEWEST_CARS = (
    20  # in a whole table; of the 7,000 races since 1949 that a history tells, those of today have 30 and more
)
SHRUNK_SHARE = 0.7  # of the lines of the version in force: with fewer, a part of the page has gone
# Cells that a race's own page adds to what the article of the season told: how many rows its sessions have.
COUNTING_TABLES = ("session: ",)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks against loading a version by itself; nothing where it is clean.

    `is_waiting` says that all that is missing is a second document, which may come by itself.
    """

    doubts: tuple[str, ...]
    is_waiting: bool = False


def verdict_on(
    session: Session, evaluation: Evaluation, change: Change, companions: Sequence[ParsedDocument]
) -> Verdict:
    """The verdict on a fetched document. `session` still has the archive of before.

    `companions` are other pages of the same season as they are now, which may name the winners too.
    """
    winners = WinnerSources(session, evaluation, change.name, companions)
    lasting = [
        *_document_doubts(session, evaluation, change),
        *chain.from_iterable(map(_race_doubts, evaluation.report.races)),
        *_table_doubts(session, evaluation),
        *season_doubts(session, evaluation),
        *concern_doubts(session, evaluation, change.name, companions),
    ]
    waiting = [*_winner_doubts(session, evaluation, winners), *winners.season_doubts()]
    return Verdict((*lasting, *waiting), bool(waiting) and not lasting)


def _document_doubts(session: Session, evaluation: Evaluation, change: Change) -> Iterator[str]:
    """What looks wrong about the document as a whole."""
    report = evaluation.report
    if session.exec(select(ExcludedDocument.digest).where(ExcludedDocument.name == change.name)).first() is not None:
        yield "a moderator has taken a version of this page out of force"
    if any(choice.document == change.name for choice in report.undecided):
        yield "which race it tells of has to be chosen"
    if any(line.startswith(f"{change.name} ") for line in report.without_race):
        yield "it tells of no race and no season"
    for history in report.histories:
        if history.changed or history.removed:
            yield f"{history.document}: {history.changed:,} races change and {history.removed:,} go"
    before = active_set(session).documents.get(change.name)
    after = evaluation.target.new_documents.get(change.digest)
    if before and after:
        lines = len(all_lines(session, before.digest))
        if len(after.lines) < lines * SHRUNK_SHARE:
            yield f"the page has shrunk from {lines:,} lines to {len(after.lines):,}"


def _race_doubts(changes: RaceChanges) -> Iterator[str]:
    """What goes, changes or is disputed of a race that was there."""
    if changes.removed:
        yield f"{changes.race}: {changes.removed:,} values would go"
    changed = [cell for cell in changes.changed if not cell.where.startswith(COUNTING_TABLES)]
    if changed:
        first = changed[0]
        more = f", and {len(changed) - 1:,} more change" if len(changed) > 1 else ""
        yield f"{changes.race}: {first.where} would be {first.new[:60]} instead of {first.old[:60]}{more}"
    for dispute in changes.disputes[:1]:
        sides = f"{dispute.value[:60]} or {dispute.other_value[:60]}"
        yield f"{changes.race}: documents differ on {dispute.value_name} ({sides})"


def _table_doubts(session: Session, evaluation: Evaluation) -> Iterator[str]:
    """Races that have been run, of which only a part of the table is there."""
    for key, rows in _new_tables(session, evaluation).items():
        places = sorted(row.position for row in rows if row.position)
        if places != list(range(1, len(places) + 1)):
            yield f"{key}: the table of the race has gaps"
        elif len(places) < FEWEST_CARS:
            yield f"{key}: the table of the race has {len(places)} cars, and may not be whole"


def _winner_doubts(session: Session, evaluation: Evaluation, winners: WinnerSources) -> Iterator[str]:
    """Races that have been run, whose winner no second document names."""
    for key, rows in _new_tables(session, evaluation).items():
        winner = next((row.driver for row in rows if row.position == 1), "")
        others = winners.of_race(key)
        if not others:
            yield f"{key}: no second document names {winner or 'the winner'} yet"
        elif {fold(other) for other in others} != {fold(winner)}:
            yield f"{key}: {winner or 'nobody'} has won by this page, and {', '.join(sorted(others))} by another"


def _new_tables(session: Session, evaluation: Evaluation) -> dict[str, list[SessionRow]]:
    """The results of the races whose table comes with this load: until now they had one car at most."""
    tables: dict[str, list[SessionRow]] = {}
    for key, rows in _rows_by_race(evaluation):
        results = [row for row in rows if isinstance(row, SessionRow) and row.session == RACE_SESSION]
        if len(results) > 1 and key in evaluation.changed_keys:
            tables[key] = results
    told = _cars_before(session, tables.keys())
    return {key: rows for key, rows in tables.items() if told.get(key, 0) <= 1}


def _rows_by_race(evaluation: Evaluation) -> Iterator[tuple[str, Sequence[SQLModel]]]:
    """The rows of every race that was made anew, by its key."""
    for merged in evaluation.archive_build.merged_races:
        yield merged.rows.race.key, merged.rows.rows
    for tables in evaluation.archive_build.history_only.tables(evaluation.history_keys):
        models = tables.as_models()
        yield models.race.key, models.rows


def _cars_before(session: Session, keys: Collection[str]) -> dict[str, int]:
    """How many cars the archive has in each of these races."""
    query = (
        select(Race.key, func.count(col(SessionRow.number)))
        .join(SessionRow, (col(SessionRow.race) == col(Race.key)) & (col(SessionRow.session) == RACE_SESSION))
        .where(col(Race.key).in_(sorted(keys)))
        .group_by(col(Race.key))
    )
    return dict(session.exec(query).all())
