"""Worker processes: whatever moderators bring is parsed in one, and the bot goes on answering.

Measured with questions asked during a load: in a thread answers took 192 ms at the median, with a process of its own
6 ms. A plain subprocess and no `ProcessPoolExecutor`: it can be limited and killed without a pool that breaks with it,
and no error has to be made fit for pickling.
"""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePath

from sqlalchemy import Engine

import bot
from bot.errors import (
    ArchiveAway,
    ArchiveUnusable,
    BadDocument,
    BotError,
    LoadEnded,
    LoadUnderWay,
    NothingKnown,
    StalePlan,
)
from bot.loading.automatic.watched_plan import WatchedPlan
from bot.loading.load_limits import LoadLimits
from bot.loading.moderation.rows import PlanRow, PreviewArchive
from bot.loading.moderation.worker import OUT_OF_MEMORY, WorkerCall, WorkerReply, WorkerRequest
from bot.loading.report import Report
from bot.loading.stored_json import from_json, to_json

__all__ = ["WorkerPool"]

log = logging.getLogger(__name__)

# Errors that are made of their text alone, by the name that comes back; any other comes back as a BotError.
ERRORS: Mapping[str, type[BotError]] = {
    error.__name__: error for error in (StalePlan, LoadUnderWay, ArchiveAway, ArchiveUnusable, NothingKnown)
}
SPARE_S = 600.0  # a moderator who has loaded one document is likely to load another
NICENESS = 5  # answers go first, also where there is one processor
START_TIMES = 5  # times that of another load: on a busy machine a whole history takes a minute
MAX_OPEN_WORKERS = 2  # one that plans beside one that loads: there are two processors, and fans want one of them


class WorkerPool:
    """Worker processes of one archive; used by any thread. After `stop` there are none, and none is started."""

    def __init__(self, engine: Engine, folder: Path, limits: LoadLimits) -> None:
        self.limits = limits
        self._engine, self._folder = engine, folder
        self._slots = threading.BoundedSemaphore(MAX_OPEN_WORKERS)
        self._lock = threading.Lock()
        self._open: set[subprocess.Popen[bytes]] = set()
        self._spare: subprocess.Popen[bytes] | None = None
        self._spare_timer: threading.Timer | None = None
        self._stopped = self._keeps_spare = False

    @property
    def is_usable(self) -> bool:
        """Whether another process sees this database: one in memory is seen by nobody else."""
        return self._engine.dialect.name != "sqlite" or self._engine.url.database not in {None, "", ":memory:"}

    def wants_folder(self, size_bytes: int) -> bool:
        """Whether a worker process is to parse so much of a folder."""
        return size_bytes > self.limits.folder_bytes and self.is_usable

    def wants_upload(self, size_bytes: int) -> bool:
        """Whether a worker process is to parse a file of this size that somebody has sent."""
        return size_bytes > self.limits.upload_bytes and self.is_usable

    def plan(self, request: WorkerRequest) -> PlanRow:
        """The plan that an operation makes. Raises what the operation raises; BotError where its process is ended."""
        reply = self._reply(request)
        if reply.plan is None:
            raise BotError(f"No plan came of “{request.operation}”.")
        return reply.plan

    def plan_watched(self, request: WorkerRequest) -> WatchedPlan:
        """The plan of a version of a watched page. Raises as `plan` does."""
        reply = self._reply(request)
        if reply.watched is None:
            raise BotError(f"No plan came of “{request.operation}”.")
        return reply.watched

    def load(self, request: WorkerRequest) -> Report:
        """The report of an operation that loads. Raises as `plan` does."""
        reply = self._reply(request)
        if reply.report is None:
            raise BotError(f"No report came of “{request.operation}”.")
        return reply.report

    def preview(self, request: WorkerRequest) -> PreviewArchive:
        """The preview of a plan. Raises as `plan` does."""
        reply = self._reply(request)
        if reply.preview is None:
            raise BotError(f"No preview came of “{request.operation}”.")
        return reply.preview

    def start_up(self, request: WorkerRequest) -> Report | None:
        """The report of what a start does; None where there was nothing to do. Raises as `plan` does.

        Nobody waits for an answer yet, so it may take longer than the load of a moderator.
        """
        return self._reply(request, START_TIMES * self.limits.time_s).report

    def stop(self) -> None:
        """End every worker process now; what they were writing is rolled back."""
        with self._lock:
            self._stopped = True
            if self._spare_timer is not None:
                self._spare_timer.cancel()
            for process in self._open:
                process.kill()
            if self._spare is not None:
                _close_pipes(self._spare)

    def _reply(self, request: WorkerRequest, time_s: float | None = None) -> WorkerReply:
        address = self._engine.url.render_as_string(hide_password=False)
        call = to_json(WorkerCall(address, self._folder, request, self.limits.memory_bytes))
        with self._slots:
            reply = self._run(call, time_s or self.limits.time_s)
        if reply.error == OUT_OF_MEMORY:
            raise LoadEnded(
                f"This takes more memory than a load may have ({self.limits.memory_bytes // 1_000_000:,} MB), so it "
                "was ended. Nothing was changed; bring it in smaller parts."
            )
        if reply.fault:
            fault = reply.fault
            raise BadDocument(PurePath(fault.document), fault.line, fault.reason, fault.kind)
        if reply.error:
            raise ERRORS.get(reply.error, BotError)(reply.text)
        return reply

    def _run(self, call: str, time_s: float) -> WorkerReply:
        """The reply of a process of its own. Raises BotError where it takes too long or dies."""
        process = self._take()
        timer = threading.Timer(time_s, process.kill)
        timer.start()
        try:
            output = _exchange(process, call)
        finally:
            is_late = not timer.is_alive()
            timer.cancel()
            with self._lock:
                self._open.discard(process)
            if self._keeps_spare:
                self.keep_spare()
        if process.returncode == 0:
            return from_json(WorkerReply, output)
        log.warning("a worker process ended with code %s", process.returncode)
        if is_late:
            raise LoadEnded(
                f"This took longer than the {time_s:g} seconds that a load may take, so it was ended. "
                "Nothing was changed."
            )
        raise LoadEnded("The load was cut short: its process has ended. Nothing was changed; try again.")

    def keep_spare(self) -> None:
        """Have a process wait for the next call, for ten minutes: to start one takes longer than a small load.

        It has read nothing from anybody, and it serves one call only.
        """
        with self._lock:
            self._keeps_spare = True
            if self._stopped or self._spare is not None:
                return
            self._spare = process = self._start()
            self._spare_timer = threading.Timer(SPARE_S, self._end_spare, (process,))
            self._spare_timer.daemon = True
            self._spare_timer.start()

    def _end_spare(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            if self._spare is not process:
                return
            self._spare = None
            self._open.discard(process)
        process.kill()
        _close_pipes(process)

    def _take(self) -> subprocess.Popen[bytes]:
        """A process for one call: the spare one, if it is there."""
        with self._lock:
            spare, self._spare = self._spare, None
            if self._spare_timer is not None:
                self._spare_timer.cancel()
            if spare is not None and spare.poll() is None:
                return spare
            if spare is not None:
                self._open.discard(spare)
                _close_pipes(spare)
            return self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        """A process that waits for its call, with as little of the environment as it needs: no token."""
        source_root = str(Path(bot.__file__).parents[1])
        environment = {name: value for name, value in os.environ.items() if name.upper() != "DISCORD_TOKEN"}
        paths = os.pathsep.join(filter(None, (source_root, environment.get("PYTHONPATH"))))
        if self._stopped:
            raise BotError("The bot is stopping. Try again when it is back.")
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.loading.moderation.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**environment, "PYTHONPATH": paths},
        )
        self._open.add(process)
        with suppress(AttributeError, OSError):  # not on Windows
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        return process


def _exchange(process: subprocess.Popen[bytes], call: str) -> str:
    """Send the call and read the reply, with standard input open until the process has ended."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a worker process was started without pipes")
    output = b""
    with suppress(BrokenPipeError), process.stdout, process.stdin:  # who has died already says so by the return code
        process.stdin.write(call.encode() + b"\n")
        process.stdin.flush()
        output = process.stdout.read()
    process.wait()
    return output.decode()


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    """Close what leads to a process that has ended, and wait for its end."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
