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
from pathlib import Path

from sqlalchemy import Engine

import bot
from bot.errors import ArchiveAway, ArchiveUnusable, BotError, LoadUnderWay, NothingKnown, StalePlan
from bot.loading.load_limits import LoadLimits
from bot.loading.moderation.rows import PlanRow
from bot.loading.moderation.worker import OUT_OF_MEMORY, WorkerCall, WorkerReply, WorkerRequest
from bot.loading.report import Report
from bot.loading.stored_json import from_json, to_json

__all__ = ["WorkerPool"]

log = logging.getLogger(__name__)

# Errors that are made of their text alone, by the name that comes back; any other comes back as a BotError.
ERRORS: Mapping[str, type[BotError]] = {
    error.__name__: error for error in (StalePlan, LoadUnderWay, ArchiveAway, ArchiveUnusable, NothingKnown)
}
MAX_OPEN_WORKERS = 2  # one that plans beside one that loads: there are two processors, and fans want one of them


class WorkerPool:
    """Worker processes of one archive; used by any thread. After `stop` there are none, and none is started."""

    def __init__(self, engine: Engine, folder: Path, limits: LoadLimits) -> None:
        self.limits = limits
        self._engine, self._folder = engine, folder
        self._slots = threading.BoundedSemaphore(MAX_OPEN_WORKERS)
        self._lock = threading.Lock()
        self._open: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

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

    def load(self, request: WorkerRequest) -> Report:
        """The report of an operation that loads. Raises as `plan` does."""
        reply = self._reply(request)
        if reply.report is None:
            raise BotError(f"No report came of “{request.operation}”.")
        return reply.report

    def stop(self) -> None:
        """End every worker process now; what they were writing is rolled back."""
        with self._lock:
            self._stopped = True
            for process in self._open:
                process.kill()

    def _reply(self, request: WorkerRequest) -> WorkerReply:
        address = self._engine.url.render_as_string(hide_password=False)
        call = to_json(WorkerCall(address, self._folder, request, self.limits.memory_bytes))
        with self._slots:
            reply = self._run(call)
        if reply.error == OUT_OF_MEMORY:
            raise BotError(
                f"This takes more memory than a load may have ({self.limits.memory_bytes // 1_000_000:,} MB), so it "
                "was ended. Nothing was changed; bring it in smaller parts."
            )
        if reply.error:
            raise ERRORS.get(reply.error, BotError)(reply.text)
        return reply

    def _run(self, call: str) -> WorkerReply:
        """The reply of a process of its own. Raises BotError where it takes too long or dies."""
        process = self._start()
        timer = threading.Timer(self.limits.time_s, process.kill)
        timer.start()
        try:
            output = _exchange(process, call)
        finally:
            is_late = not timer.is_alive()
            timer.cancel()
            with self._lock:
                self._open.discard(process)
        if process.returncode == 0:
            return from_json(WorkerReply, output)
        log.warning("a worker process ended with code %s", process.returncode)
        if is_late:
            raise BotError(
                f"This took longer than the {self.limits.time_s:g} seconds that a load may take, so it was ended. "
                "Nothing was changed."
            )
        raise BotError("The load was cut short: its process has ended. Nothing was changed; try again.")

    def _start(self) -> subprocess.Popen[bytes]:
        """A process that waits for its call, with as little of the environment as it needs: no token."""
        source_root = str(Path(bot.__file__).parents[1])
        environment = {name: value for name, value in os.environ.items() if name.upper() != "DISCORD_TOKEN"}
        paths = os.pathsep.join(filter(None, (source_root, environment.get("PYTHONPATH"))))
        with self._lock:
            if self._stopped:
                raise BotError("The bot is stopping. Try again when it is back.")
            process = subprocess.Popen(
                [sys.executable, "-m", "bot.loading.moderation.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**environment, "PYTHONPATH": paths},
            )
            self._open.add(process)
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
