"""Documents -> archive, in one transaction: wholly done or not done at all."""

import logging
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.archive.db.engine import read_session
from bot.archive.db.schema import REBUILD_MESSAGE, has_current_schema
from bot.archive.models.core import Version
from bot.archive.models.user_data import RejectedDocument
from bot.errors import ArchiveUnusable, BotError, LoadUnderWay
from bot.loading.build.evaluate import Evaluation, evaluate
from bot.loading.read.folder import FolderListing, list_folder, read_folder
from bot.loading.report import Report
from bot.loading.startup import THE_PROGRAM, THE_TERMINAL, is_archive_empty, startup_action
from bot.loading.state.changes import Change, ChangeContext, TargetState, target_of
from bot.loading.state.document_set import ORIGIN_UPLOAD, active_digests, active_set, excluded_digests
from bot.loading.state.load_lock import load_session
from bot.loading.write.write import write_archive

__all__ = ["THE_PROGRAM", "THE_TERMINAL", "apply_change", "load", "rebuild", "run_startup_action"]

log = logging.getLogger(__name__)

LOAD_POLL_INTERVAL_S = 0.5  # a start that waits for the load of another


def run_startup_action(engine: Engine, directory: Path) -> Report | None:
    """What a start does: an empty archive reads the folder; one of another program is derived anew from what it keeps.

    Where another process is at it already, its end is waited for: of several that start at once one loads. None where
    there is nothing to do. Raises ArchiveUnusable.
    """
    has_warned = False
    while True:
        try:
            action = startup_action(engine)
            if action == "derive":
                return rebuild(engine)
            return load(engine, directory, by=THE_PROGRAM) if action == "load" else None
        except LoadUnderWay as error:
            if not has_warned:
                log.warning("waiting to start: %s", error)
            has_warned = True
            time.sleep(LOAD_POLL_INTERVAL_S)


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
    context = ChangeContext(by, datetime.now(UTC), read_folder(listing, active_hashes))
    if dry_run:
        with read_session(engine) as session:
            return evaluate(session, target_of(session, Change("reload"), context)).report
    with load_session(engine, by) as session:
        return apply_change(session, Change("reload"), context)


def report_if_unchanged(session: Session, listing: FolderListing) -> Report | None:
    """What a reload would report if every file of the folder is known by its hash; None if it has something to do."""
    if is_archive_empty(session) or session.exec(select(RejectedDocument.number).limit(1)).first():
        return None
    files = {file.name: file.digest for file in listing.files}
    active, excluded = active_set(session).documents, excluded_digests(session)
    excluded_files, overridden_files = [], []
    for name, digest in files.items():
        old = active.get(name)
        if old and old.origin == ORIGIN_UPLOAD and old.digest != digest:
            overridden_files.append(name)
        elif not old or old.digest != digest:
            if digest not in excluded:
                return None
            excluded_files.append(name)
    if any(one.origin != ORIGIN_UPLOAD and name not in files for name, one in active.items()):
        return None
    return Report(0, set_aside=tuple(excluded_files), passed_over=tuple(overridden_files))


def apply_change(session: Session, change: Change, context: ChangeContext) -> Report:
    """Do a deed within the one transaction of a load, which the caller holds. Raises what `aim` and reading raise."""
    target = target_of(session, change, context)
    return write_evaluation(session, target, evaluate(session, target), change, context)


def write_evaluation(
    session: Session, target: TargetState, evaluation: Evaluation, change: Change, context: ChangeContext
) -> Report:
    """Write what was settled on, unless that changes nothing."""
    if change.kind != "reload" and evaluation.report.unchanged:
        raise BotError(f"{change.title} would change nothing: the archive is as it would be afterwards.")
    return write_archive(session, target, evaluation, change.title, context)


def rebuild(engine: Engine) -> Report:
    """Derive the archive anew from the documents and corrections it keeps, as after an update of the program."""
    context = ChangeContext(THE_PROGRAM, datetime.now(UTC))
    with load_session(engine, THE_PROGRAM, rebuild=True) as session:
        target = TargetState(active_set(session))
        evaluation = evaluate(session, target, ignore_cache=True)
        return write_archive(
            session,
            target,
            evaluation,
            "Derived anew after an update of the program",
            context,
            log_unchanged_rebuild=True,
        )
