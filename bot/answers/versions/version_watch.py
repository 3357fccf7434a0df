"""Watch over the data version: the old one goes on being served until the new one is whole.

A thread looks every second for a newer data version. Where there is one, a process of its own builds its names; until
they are read, snapshots of the old version stay open, with the names of the same version. Then names and snapshots
change places at once, so that no answer mixes two versions and none waits.
"""

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from bot.answers.data_version import DataVersion, read_version
from bot.answers.entities import read_names
from bot.answers.versions.index_file import index_key, read_index
from bot.answers.versions.index_process import IndexCall, IndexProcess
from bot.archive.db.engine import read_session, write_back
from bot.archive.db.version_snapshots import VersionSnapshots
from bot.archive.queries.races import race_count
from bot.errors import BotError
from bot.loading.gc_pause import pause_gc
from bot.names.index import NameIndex

__all__ = ["ServedVersion", "VersionWatch"]

log = logging.getLogger(__name__)

LOOK_INTERVAL_S = 1.0
IDLE_WORK_PAUSE_S = 0.05  # between two items of idle work: whoever asks meanwhile goes first
# Races of an archive whose names are read and built here: 0.05 s, less than a process takes to start.
SMALL_ARCHIVE_RACES = 300
REST_S = 0.003  # between two steps of a millisecond, in which an index is read while others are answered


@dataclass(frozen=True, slots=True)
class ServedVersion:
    """What questions are answered from: names and snapshots of one data version."""

    names: NameIndex
    snapshots: VersionSnapshots


class VersionWatch:
    """Watch over one archive, from the first `newest` until it is closed. Used by any thread."""

    def __init__(
        self,
        engine: Engine,
        default_series: str,
        on_new_names: Callable[[], object],
        look_interval_s: float,
        small_archive_races: int,
        idle_work: Iterator[object],
        on_preferences: Callable[[int], object],
    ) -> None:
        """`on_new_names` is called whenever another index has come into use, `on_preferences` with their number.

        `idle_work` is done item by item once it may begin, a version is served and nobody waits for another.
        """
        self._on_preferences = on_preferences
        self._idle_work: Iterator[object] | None = idle_work
        self._is_started = False
        self._small_archive_races = small_archive_races
        self.served: ServedVersion | None = None
        self._engine, self._default_series, self._on_new_names = engine, default_series, on_new_names
        self._look_interval_s = look_interval_s
        self._waiting: list[Future[None]] = []
        self._wake, self._lock = threading.Event(), threading.Lock()
        self._thread: threading.Thread | None = None
        self._process: IndexProcess | None = None
        self._is_closed = self._is_unstored = False
        self._path = Path()
        self._last_fault = ""

    def newest(self) -> Future[None]:
        """What is done once the version is served that is the newest now. Fails with BotError where it cannot be."""
        future: Future[None] = Future()
        with self._lock:
            self._waiting.append(future)
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="data version", daemon=True)
                self._thread.start()
        self._wake.set()
        return future

    def begin_idle_work(self) -> None:
        """Have idle work begin: nobody waits for the start of the program any more."""
        self._is_started = True
        self._wake.set()

    def close(self) -> None:
        """End the watch and close the snapshots; nobody may ask any more."""
        self._is_closed = True
        self._wake.set()
        if process := self._process:
            process.stop()
        if self._thread is not None:
            self._thread.join()
        if self.served is not None:
            self.served.snapshots.close()

    def _watch(self) -> None:
        with ExitStack() as until_closed:
            self._path = _file_beside(self._engine) or _temporary_file(until_closed)
            while not self._is_closed:
                with self._lock:
                    waiting, self._waiting = self._waiting, []
                # Whoever waits has seen something committed before this look.
                self._wake.clear()
                fault = self._look()
                for future in waiting:
                    future.set_result(None) if fault is None else future.set_exception(fault)
                if self.served is not None and self._is_started and not self._waiting:
                    self._work_idly()
                is_at_work = self._idle_work is not None and self._is_started
                self._wake.wait(IDLE_WORK_PAUSE_S if is_at_work else self._look_interval_s)

    def _work_idly(self) -> None:
        if self._idle_work is not None:
            try:
                next(self._idle_work)
            except StopIteration:
                self._idle_work = None
        elif self._is_unstored:
            self._store()

    def _look(self) -> BotError | None:
        """Serve the newest version; what stands in the way of it is logged once, and given back."""
        try:
            while not self._is_closed and not self._is_newest():
                is_built_here = self.served is None or self._is_small()
                served = self._built_here() if is_built_here else self._built_apart()
                if served is not None:
                    self._change_to(served)
            if self.served is not None and write_back(self._engine):
                self.served.snapshots.renew()
        except (BotError, DBAPIError, OSError) as error:
            fault = error if isinstance(error, BotError) else BotError(str(error))
            if str(fault) != self._last_fault and not self._is_closed:
                log.warning("the newest data is not answered from yet: %s", fault)
            self._last_fault = str(fault)
            return fault
        self._last_fault = ""
        return None

    def _is_newest(self) -> bool:
        """Whether the newest version is served; if so, its snapshots are begun anew."""
        with read_session(self._engine) as session:
            version = read_version(session)
        self._on_preferences(version.preferences)
        if self.served is None or self.served.snapshots.version != version.number:
            return False
        self.served.snapshots.renew()
        self.served.snapshots.fill()
        return True

    def _change_to(self, served: ServedVersion) -> None:
        before, self.served = self.served, served
        self._on_new_names()
        if before is not None:
            before.snapshots.close()

    def _is_small(self) -> bool:
        """Whether the newest version has so few names that a process of its own is not worth its start."""
        with read_session(self._engine) as session:
            return race_count(session) <= self._small_archive_races

    def _built_here(self) -> ServedVersion | None:
        """The newest version at a start, while nobody asks, or of a small archive; None where it has passed already."""
        with read_session(self._engine) as session:
            version = read_version(session)
        with ExitStack() as on_failure:
            snapshots = self._open(version.number, on_failure)
            if snapshots is None:
                return None
            names = read_index(self._path, self._key(version)) if self.served is None else None
            if names is None:
                with pause_gc(), read_session(self._engine, snapshots) as session:
                    names = read_names(session, version.number, self._default_series)
                self._is_unstored = _file_beside(self._engine) is not None and not self._is_small()
            on_failure.pop_all()
        return ServedVersion(names, snapshots)

    def _built_apart(self) -> ServedVersion | None:
        """The newest version, its names made by a process of its own; None where it has passed meanwhile."""
        with ExitStack() as on_failure:
            with self._index_process() as process:
                snapshots = self._open(process.data_version(), on_failure)
                if snapshots is None:
                    return None
                process.wait()
            with read_session(self._engine, snapshots) as session:
                version = read_version(session)
            with pause_gc():
                names = read_index(self._path, self._key(version), lambda: time.sleep(REST_S))
            if names is None:  # another process has written its own index there since
                return None
            on_failure.pop_all()
        return ServedVersion(names, snapshots)

    def _store(self) -> None:
        """Have the names of a start written for the next start, by a process of its own: it takes 40 MB."""
        self._is_unstored = False
        try:
            with self._index_process() as process:
                process.data_version()
                process.wait()
        except BotError as error:
            log.debug("the names were not stored: %s", error)

    @contextmanager
    def _index_process(self) -> Iterator[IndexProcess]:
        """Context manager that gives a process which `close` can end."""
        address = self._engine.url.render_as_string(hide_password=False)
        with IndexProcess(IndexCall(address, self._default_series, str(self._path))) as process:
            self._process = process
            if self._is_closed:
                process.stop()
            try:
                yield process
            finally:
                self._process = None

    def _open(self, number: int, on_failure: ExitStack) -> VersionSnapshots | None:
        """Open snapshots of a version; None where it has passed. `on_failure` closes them: each holds a connection."""
        snapshots = VersionSnapshots(self._engine, number, lambda session: read_version(session).number)
        on_failure.callback(snapshots.close)
        return snapshots if snapshots.fill() else None

    def _key(self, version: DataVersion) -> str:
        return index_key(version.number, version.loaded_at, self._default_series)


def _file_beside(engine: Engine) -> Path | None:
    """Where the names of an archive are stored from one start to the next: beside its file, if it is one."""
    database = engine.url.database
    is_file = engine.dialect.name == "sqlite" and database not in {None, "", ":memory:"}
    return Path(f"{database}-names") if is_file else None


def _temporary_file(until_closed: ExitStack) -> Path:
    return Path(until_closed.enter_context(tempfile.TemporaryDirectory(prefix="spotter-"))) / "names"
