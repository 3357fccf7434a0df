"""Documents -> archive, in one transaction: wholly done or not done at all."""

import logging
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.archive.db.engine import reading
from bot.archive.db.schema import REBUILT, is_of_this_schema
from bot.archive.models.core import Version
from bot.archive.models.user_data import Rejection
from bot.errors import ArchiveUnusable, BotError, LoadUnderWay
from bot.loading.build.evaluate import Settled, settle_on
from bot.loading.read.folder import FolderListing, list_folder, read_folder
from bot.loading.report import Report
from bot.loading.startup import THE_PROGRAM, THE_TERMINAL, beginning, holds_nothing
from bot.loading.state.changes import Aim, Deed, Surroundings, aim
from bot.loading.state.document_set import UPLOAD, aside_of, digests_held, state_of
from bot.loading.state.load_lock import loading
from bot.loading.write.write import write

__all__ = ["THE_PROGRAM", "THE_TERMINAL", "enact", "fill", "load", "rederive"]

log = logging.getLogger(__name__)

LOOKS_AGAIN_S = 0.5  # a start that waits for the load of another


def fill(engine: Engine, directory: Path) -> Report | None:
    """What a start does: an empty archive reads the folder; one of another program is derived anew from what it keeps.

    Where another process is at it already, its end is waited for: of several that start at once one loads. None where
    there is nothing to do. Raises ArchiveUnusable.
    """
    told = False
    while True:
        try:
            to_do = beginning(engine)
            if to_do == "derive":
                return rederive(engine)
            return load(engine, directory, by=THE_PROGRAM) if to_do == "load" else None
        except LoadUnderWay as error:
            if not told:
                log.warning("waiting to start: %s", error)
            told = True
            time.sleep(LOOKS_AGAIN_S)


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
    with reading(engine) as session:
        if not is_of_this_schema(session):
            raise ArchiveUnusable(REBUILT)
        listing = listing or list_folder(directory)
        unchanged = nothing_new(session, listing)
        version = session.get_one(Version, 1).number
        known = digests_held(session)
    if unchanged is not None:
        return replace(unchanged, version=version, dry_run=dry_run)
    around = Surroundings(by, datetime.now(UTC), read_folder(listing, known))
    if dry_run:
        with reading(engine) as session:
            return settle_on(session, aim(session, Deed("reload"), around)).report
    with loading(engine, by) as session:
        return enact(session, Deed("reload"), around)


def nothing_new(session: Session, listing: FolderListing) -> Report | None:
    """What a reload would report if every file of the folder is known by its hash; None if it has something to do."""
    if holds_nothing(session) or session.exec(select(Rejection.number).limit(1)).first():
        return None
    files = {file.name: file.digest for file in listing.files}
    held, aside = state_of(session).documents, aside_of(session)
    named, passed = [], []
    for name, digest in files.items():
        old = held.get(name)
        if old and old.origin == UPLOAD and old.digest != digest:
            passed.append(name)
        elif not old or old.digest != digest:
            if digest not in aside:
                return None
            named.append(name)
    if any(one.origin != UPLOAD and name not in files for name, one in held.items()):
        return None
    return Report(0, set_aside=tuple(named), passed_over=tuple(passed))


def enact(session: Session, deed: Deed, around: Surroundings) -> Report:
    """Do a deed within the one transaction of a load, which the caller holds. Raises what `aim` and reading raise."""
    wanted = aim(session, deed, around)
    return carried_out(session, wanted, settle_on(session, wanted), deed, around)


def carried_out(session: Session, wanted: Aim, settled: Settled, deed: Deed, around: Surroundings) -> Report:
    """Write what was settled on, unless that changes nothing."""
    if deed.kind != "reload" and settled.report.unchanged:
        raise BotError(f"{deed.title} would change nothing: the archive is as it would be afterwards.")
    return write(session, wanted, settled, deed.title, around)


def rederive(engine: Engine) -> Report:
    """Derive the archive anew from the documents and corrections it keeps, as after an update of the program."""
    around = Surroundings(THE_PROGRAM, datetime.now(UTC))
    with loading(engine, THE_PROGRAM, anew=True) as session:
        wanted = Aim(state_of(session))
        settled = settle_on(session, wanted, forget=True)
        return write(session, wanted, settled, "Derived anew after an update of the program", around, anew=True)
