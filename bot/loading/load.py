"""The table of contents of a load: documents -> archive, in one transaction, wholly done or not at all.

Whatever changes the archive is a `Change`, and goes through these stages in this order. All but the last read only.

    stage     call               file                     what it gives
    choose    target_of          state/changes.py         which documents and corrections would be in force
    read      read_documents     read/documents.py        which races each document tells of, and what it claims
    group     group_races        build/stages.py          for each race its documents      (by merge/grouping.py)
    spell     choose_spellings   build/stages.py          one spelling for each name       (by canonical/names.py)
    merge     merge_races        build/stages.py          claims -> one race, conflicts kept   (by merge/race.py)
    check     check_races        build/stages.py          the sport's arithmetic recomputed    (by checks/run.py)
    seasons   build_seasons      seasons/stage.py         schedules and championships of whole seasons
    tables    build_page_tables  page_tables.py           the tables of pages, as they stand there
    build     build_archive      build/archive_build.py   every row that is to be written
    compare   compare            build/compare.py         what that changes, as a Report
    write     write_archive      write/write.py           the new archive, its tallies and the log

    what moderators, operators and starts do                    here
    /data reload, spotter load, a first start                   load
    a plan is made (upload, removal, roll back, correction)     evaluate                in moderation/operations.py
    a plan is applied                                           evaluate, carry_out     in moderation/operations.py
    a backup is restored                                        evaluate, carry_out     in moderation/backup.py
    a start after an update of the program                      rebuild

What has not changed is not made again (state/previous_build.py, state/build_cache.py). Without that there would be less
to understand, but one page into a whole history would take five seconds and not one; and the tests of purity prove
that the archive is what it would be if everything were made anew.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from bot.archive.db.engine import read_session
from bot.archive.db.schema import REBUILD_MESSAGE, has_current_schema
from bot.archive.models.build_cache import RaceBuild
from bot.archive.models.core import Version
from bot.archive.models.seasons import SeasonBuild
from bot.errors import ArchiveUnusable, BadDocument, BotError, LoadUnderWay
from bot.loading.build.archive_build import ArchiveBuild, build_archive
from bot.loading.build.compare import Evaluation, compare
from bot.loading.build.stages import check_races, choose_spellings, group_races, merge_races
from bot.loading.gc_pause import pause_gc
from bot.loading.merge.corrections import ActiveCorrection
from bot.loading.page_tables import build_page_tables
from bot.loading.read.documents import read_documents
from bot.loading.read.folder import FolderListing, list_folder, read_folder
from bot.loading.read.reading_cache import ReadingCache
from bot.loading.report import Report
from bot.loading.seasons.stage import SeasonKey, build_seasons
from bot.loading.startup import THE_PROGRAM, THE_TERMINAL, startup_action
from bot.loading.state.candidates import CandidateSet
from bot.loading.state.change import Change
from bot.loading.state.changes import ChangeContext, active_corrections, target_of
from bot.loading.state.document_set import ActiveDocument, active_digests, active_set
from bot.loading.state.load_lock import load_session
from bot.loading.state.previous_build import PreviousBuild
from bot.loading.state.unchanged_folder import report_if_unchanged
from bot.loading.write.write import write_archive

__all__ = [
    "THE_PROGRAM",
    "THE_TERMINAL",
    "carry_out",
    "evaluate",
    "load",
    "rebuild",
    "run_startup_action",
    "start_up",
    "wait_for_turn",
]

log = logging.getLogger(__name__)

T = TypeVar("T")

LOAD_POLL_INTERVAL_S = 0.5  # a start that waits for the load of another


# The stages.


@pause_gc()
def evaluate(session: Session, change: Change, context: ChangeContext) -> Evaluation:
    """What a change comes to, and how that differs from the archive; nothing is written.

    A document that is new and cannot be read is rejected, and what was in force under its name stays in force. Raises
    NothingKnown or BotError where the change is about nothing there is, or the archive cannot be made so.
    """
    target = target_of(session, change, context)
    corrections = active_corrections(session, target)
    previous = PreviousBuild.from_archive(session, read_anew=change.is_rebuild)
    cache = ReadingCache(session, target.new_documents, ignore_cache=previous.is_ignored)
    cached_seasons = {} if previous.is_ignored else previous.season_builds
    candidates = CandidateSet(target.document_set, active_set(session), target.rejected)
    # That a document is broken may show as late as in the check of its race, when others have been merged with it: so
    # everything is derived again without it, from what the cache has read. Each turn rejects one, and so this ends.
    while True:
        try:
            archive_build = derive(candidates.readable, corrections, cache, previous.race_builds, cached_seasons)
            break
        except BadDocument as error:
            candidates = candidates.without(error)
    return compare(session, target, candidates, archive_build, previous, context.documents_before)


def derive(
    documents: Mapping[str, ActiveDocument],
    corrections: Sequence[ActiveCorrection],
    cache: ReadingCache,
    cached_builds: Mapping[str, RaceBuild],
    cached_seasons: Mapping[SeasonKey, SeasonBuild],
) -> ArchiveBuild:
    """Documents, the catalogue among them, and corrections -> the rows of the archive, and of nothing else.

    Only what something has changed for is made anew; `cached_builds` and `cached_seasons` tell which. Raises
    BadDocument where a document cannot be read, or says what no race has; BotError where two races or two names cannot
    be told apart.
    """
    readings = read_documents(documents, cache)
    groups = group_races(readings, corrections, cached_builds)
    canonical_names = choose_spellings(groups)
    merged_races = merge_races(groups, canonical_names)  # this and the next go race by race: building asks for them
    checked_races = check_races(merged_races)
    seasons = build_seasons(groups.seasons, readings, canonical_names, cached_seasons)
    page_tables = build_page_tables(readings)
    return build_archive(groups, canonical_names, checked_races, seasons, page_tables)


def carry_out(session: Session, change: Change, evaluation: Evaluation, context: ChangeContext) -> Report:
    """Write what a change comes to, within the one transaction of a load, which the caller holds.

    Raises BotError where a moderator wants something that would change nothing.
    """
    if evaluation.report.unchanged and not change.may_change_nothing:
        raise BotError(f"{change.title} would change nothing: the archive is as it would be afterwards.")
    return write_archive(session, evaluation, change, context)


# Whole loads, each with its transaction.


@pause_gc()
def load(
    engine: Engine,
    directory: Path,
    *,
    dry_run: bool = False,
    by: str = THE_TERMINAL,
    listing: FolderListing | None = None,
) -> Report:
    """Make the archive say what the documents of a folder say, and report what that changes.

    Uploaded documents stay. A document that cannot be read is rejected whole; its last good version stays in force.
    With `dry_run` nothing is written. `listing` are the files of the folder where the caller has listed it already.
    Raises ArchiveUnusable (folder or database), LoadUnderWay (somebody else is loading).
    """
    with read_session(engine) as session:
        if not has_current_schema(session):
            raise ArchiveUnusable(REBUILD_MESSAGE)
        listing = listing or list_folder(directory)
        unchanged = report_if_unchanged(session, listing)
        version = session.get_one(Version, 1).number
        active_hashes = active_digests(session)
    if unchanged is not None:
        return replace(unchanged, version=version, dry_run=dry_run)
    change, context = Change("reload"), ChangeContext(by, datetime.now(UTC), read_folder(listing, active_hashes))
    if dry_run:
        with read_session(engine) as session:
            return evaluate(session, change, context).report
    with load_session(engine, by) as session:
        return carry_out(session, change, evaluate(session, change, context), context)


@pause_gc()
def rebuild(engine: Engine) -> Report:
    """Derive the archive anew from the documents and corrections it keeps, as after an update of the program."""
    change, context = Change("rebuild"), ChangeContext(THE_PROGRAM, datetime.now(UTC))
    with load_session(engine, THE_PROGRAM, rebuild=True) as session:
        return carry_out(session, change, evaluate(session, change, context), context)


def run_startup_action(engine: Engine, directory: Path) -> Report | None:
    """What a start does: an empty archive reads the folder; one of another program is derived anew from what it keeps.

    Where another process is at it already, its end is waited for: of several that start at once one loads. None where
    there is nothing to do. Raises ArchiveUnusable.
    """
    return wait_for_turn(lambda: start_up(engine, directory))


def start_up(engine: Engine, directory: Path) -> Report | None:
    """The same without waiting. Raises LoadUnderWay where another process is at it, ArchiveUnusable."""
    action = startup_action(engine)
    if action == "derive":
        return rebuild(engine)
    return load(engine, directory, by=THE_PROGRAM) if action == "load" else None


def wait_for_turn(action: Callable[[], T]) -> T:
    """The result of what a start does, tried again as long as it raises LoadUnderWay."""
    has_warned = False
    while True:
        try:
            return action()
        except LoadUnderWay as error:
            if not has_warned:
                log.warning("waiting to start: %s", error)
            has_warned = True
            time.sleep(LOAD_POLL_INTERVAL_S)
