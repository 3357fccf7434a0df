"""Archives as commands open them: filled before they are asked, and closed again."""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import select

from bot.answers.context import QuestionRunner
from bot.archive.db.engine import open_archive, read_session
from bot.archive.models.core import Race
from bot.errors import BadSettings, LoadEnded
from bot.loading.load_limits import LoadLimits
from bot.loading.startup import startup_action
from bot.racing.series import NATIONAL_SERIES
from bot.settings import Settings

__all__ = ["open_filled_archive", "open_question_runner", "opened_archive"]

log = logging.getLogger("spotter")


@contextmanager
def opened_archive(database_url: str) -> Iterator[Engine]:
    """Context manager that gives the archive of a command, as it is. Raises ArchiveUnusable."""
    engine = open_archive(database_url)
    try:
        yield engine
    finally:
        # Whoever closes the last connection to an SQLite file takes its -wal and -shm away; the collector of garbage
        # may close them too late for that, or never.
        engine.dispose()


@contextmanager
def open_question_runner(settings: Settings) -> Iterator[QuestionRunner]:
    """Context manager that gives the question runner of a terminal, whose archive is filled first."""
    with open_filled_archive(settings) as engine:
        # Names live as long as their data version. Put aside, they are not looked through by the collector of cyclic
        # garbage, which with the names of all seasons stops every answer for 0.17 s now and then (measured).
        yield QuestionRunner(engine, settings.default_series, on_new_names=gc.freeze)


@contextmanager
def open_filled_archive(settings: Settings) -> Iterator[Engine]:
    """Context manager that gives the archive; one that is empty, or of other rules, is built first."""
    with opened_archive(settings.database_url) as engine:
        if startup_action(engine) != "nothing":
            _fill_archive(engine, settings)
        _check_default_series(engine, settings.default_series)
        yield engine


def _check_default_series(engine: Engine, series: str) -> None:
    """Raise BadSettings where the series is none of the sport's and no race of the archive is of it."""
    if series in NATIONAL_SERIES:
        return
    with read_session(engine) as session:
        archive_series = {name for name in session.exec(select(Race.series).distinct()) if name}
    if series not in archive_series:
        choices = ", ".join(sorted(NATIONAL_SERIES | archive_series))
        raise BadSettings(f"DEFAULT_SERIES is no series that the archive knows; write one of these: {choices}.")


def _fill_archive(engine: Engine, settings: Settings) -> None:
    """Read the documents; a document that cannot be read is named in the log."""
    from bot.loading.moderation.moderation import Moderation  # noqa: PLC0415 - loading

    limits = LoadLimits(settings.load_seconds, settings.load_memory_mb * 1_000_000)
    moderation = Moderation(engine, settings.documents_folder, limits)
    try:
        report = moderation.start_up()
    except LoadEnded as error:
        # One document must not keep the bot away: what there is can be asked, and moderators see what is missing.
        log.error("the documents could not be loaded, and the bot starts without them: %s", error)
        return
    finally:
        moderation.stop()
    for line in report.rejected if report else ():
        log.warning("a document was left out: %s", line)
