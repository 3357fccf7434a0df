"""What was settled on, into the tables: within the one transaction of a load."""

from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from heapq import merge
from typing import TypeAlias

from sqlmodel import Session, SQLModel, col, delete, select

from bot.archive.db.bulk import in_parts, without_indexes
from bot.archive.document_texts import keep_lines, packed
from bot.archive.models.build_cache import RaceWorkings
from bot.archive.models.core import Fact, Race, RaceSession, SessionRow, Version
from bot.archive.models.user_data import LoadRecord, Rejection, SetAside
from bot.loading.build.build import Derived
from bot.loading.build.evaluate import PER_RACE, WHOLE, Settled
from bot.loading.build.history_races import Renaming
from bot.loading.build.tallies import RaceResults, count_some, results_of, tallied, write_all
from bot.loading.canonical.name_table import write_names
from bot.loading.gc_pause import without_collector
from bot.loading.report import Report
from bot.loading.report_json import report_to_json
from bot.loading.state.changes import Aim, Surroundings
from bot.loading.state.document_set import state_json, write_state
from bot.loading.write.bulk import delete_races, remember_histories, rename, write_bulk

__all__ = ["write"]

Touched: TypeAlias = tuple[str, int, str | None]  # series, season, track
INDEXED = (Race, Fact, RaceSession, SessionRow)
MANY = 500  # races; past them everything is counted again, which takes a second


def write(
    session: Session, wanted: Aim, settled: Settled, what: str, around: Surroundings, *, anew: bool = False
) -> Report:
    """Put it in force and in the log; where nothing changes, only what was rejected is written down, if that is new.

    With `anew`, races that were made again are written down even if they came out as they were.
    """
    version = session.get_one(Version, 1)
    _write_rejections(session, settled.report.rejected)
    _write_aside(session, wanted, around)
    again = anew and settled.derived.workings
    if settled.report.unchanged and version.loaded_at is not None and not again:
        return replace(settled.report, dry_run=False)
    report = replace(settled.report, version=version.number + 1, dry_run=False)
    for one in settled.state.documents.values():
        if one.digest in wanted.fresh:
            keep_lines(session, one.digest, wanted.fresh[one.digest].lines)
    if wanted.mended is not None:
        session.add(wanted.mended)
        session.flush()
    write_state(session, settled.state)
    _write_derived(session, settled)
    version.number, version.loaded_at = report.version, around.at
    session.add(version)
    record = LoadRecord(
        number=report.version,
        at=around.at,
        by=around.by,
        what=what,
        report=packed(report_to_json(report)),
        state=state_json(settled.state),
    )
    session.add(record)
    return report


def _write_rejections(session: Session, lines: tuple[str, ...]) -> None:
    known = tuple(session.exec(select(Rejection.line).order_by(col(Rejection.number))))
    if known != lines:
        session.exec(delete(Rejection))
        session.add_all(Rejection(number=number, line=line) for number, line in enumerate(lines, 1))
        session.flush()


def _write_aside(session: Session, wanted: Aim, around: Surroundings) -> None:
    """Set texts aside, and no longer those that are in force again under their name."""
    for digest, name in sorted(wanted.restored):
        row = session.get(SetAside, (digest, name))
        if row is not None:
            session.delete(row)
    for digest, name in sorted(wanted.aside):
        session.merge(SetAside(digest=digest, name=name, by=around.by, at=around.at))
    session.flush()


@without_collector()
def _write_derived(session: Session, settled: Settled) -> None:
    """Replace the rows of every changed race, the workings of every one made, and the tables of the whole archive."""
    derived = settled.derived
    touched = _touched(session, settled.changed)
    every = not frozenset(session.exec(select(Race.key))) - settled.changed
    delete_races(session, tuple(reversed(PER_RACE)), sorted(settled.changed), every=every)
    renamings = derived.bulk.renamings
    rename(session, renamings)
    _write_workings(session, derived)
    for table in WHOLE:
        session.exec(delete(table))
    with ThreadPoolExecutor(1) as counting, without_indexes(session.connection(), *INDEXED) if every else nullcontext():
        results = write_bulk(session, derived.bulk, settled.bulk)
        rewritten = [race for race in derived.races if race.race.key in settled.changed]
        _insert(session, [race.race for race in rewritten])
        _insert(session, [row for race in rewritten for row in race.rows])
        _insert(session, [*derived.whole, *derived.workings])
        # The database makes its indexes while this is counted: it lets other threads go on meanwhile.
        counted = counting.submit(tallied, _in_order(session, derived, results)) if every else None
    if counted is not None:
        write_all(session, counted.result())
    else:
        _count_touched(session, settled.changed, touched | _renamed(touched, renamings))
    write_names(session, [one.tally for one in derived.adds], derived.canon)
    remember_histories(session, derived.bulk)


def _write_workings(session: Session, derived: Derived) -> None:
    """Forget what was remembered of races that are made again, or are no longer merged."""
    known = frozenset(session.exec(select(RaceWorkings.race)))
    gone = (known - derived.merged) | {row.race for row in derived.workings}
    for some in in_parts(sorted(gone)):
        session.exec(delete(RaceWorkings).where(col(RaceWorkings.race).in_(some)))


def _touched(session: Session, keys: Collection[str]) -> frozenset[Touched]:
    """(series, season, track) of these races, as far as the archive has them."""
    if len(keys) > MANY:
        return frozenset()
    held = select(Race.series, Race.season, Race.track).where(col(Race.key).in_(sorted(keys)))
    return frozenset((series, season, track) for series, season, track in session.exec(held) if series and season)


def _renamed(touched: Iterable[Touched], renamings: Iterable[Renaming]) -> frozenset[Touched]:
    """The same under the names that their tracks have from now on: so what is counted of them is called by now."""
    tracks = {one.old: one.new for one in renamings if one.kind == "track"}
    return frozenset((series, season, tracks[track]) for series, season, track in touched if track in tracks)


def _in_order(session: Session, derived: Derived, written: list[RaceResults]) -> list[RaceResults]:
    """The results of all races by series and season: those just written in bulk, and those of the merged races."""
    merged = results_of(session, col(Race.key).in_(sorted(derived.merged)))
    return list(merge(merged, written, key=lambda race: (race.series, race.season)))


def _count_touched(session: Session, changed: Collection[str], before: frozenset[Touched]) -> None:
    """Count starts and wins again: of the seasons and tracks of the changed races, as they were and as they are."""
    if len(changed) > MANY:
        write_all(session, tallied(list(results_of(session))))
        return
    touched = before | _touched(session, changed)
    seasons = {(series, season) for series, season, _ in touched}
    count_some(session, seasons, {(series, track) for series, _, track in touched if track})


def _insert(session: Session, rows: Iterable[SQLModel]) -> None:
    """Parents are inserted by an earlier call: nothing here orders rows by foreign keys."""
    session.add_all(list(rows))
    session.flush()
