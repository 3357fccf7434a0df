"""A process of its own for big loads: it parses and holds the writers' lock while the bot goes on answering.

Measured with questions asked during a load: in a thread answers took 192 ms at the median, with a child 6 ms. What to
do comes as JSON on standard input (an address may hold a password, and arguments can be seen by others); one line of
JSON comes back. Where the parent dies, the child finishes what it began or is rolled back with its process.

A plain subprocess and no `ProcessPoolExecutor`: it can be given limits of time and memory and be killed by its number
without a pool that breaks with it, its death is one clear line, and no error has to be made fit for pickling.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Base64Bytes
from sqlalchemy import Engine

import bot
from bot.archive.db.engine import open_archive
from bot.errors import ArchiveUnusable, BotError, LoadUnderWay, NothingKnown, StalePlan
from bot.loading.moderation.operations import Operations
from bot.loading.moderation.rows import PlanRow
from bot.loading.report import Report
from bot.loading.stored_json import from_json, to_json

__all__ = [
    "BIG_BYTES",
    "OPERATIONS",
    "WorkerRequest",
    "is_shared_database",
    "load_in_worker",
    "main",
    "needs_worker",
    "plan_in_worker",
]

# Errors that are made of their text alone, by the name that comes back; any other comes back as a BotError.
ERRORS: Mapping[str, type[BotError]] = {
    error.__name__: error for error in (StalePlan, LoadUnderWay, ArchiveUnusable, NothingKnown)
}
BIG_BYTES = 1_000_000  # a start costs half a second; parsing a megabyte takes about two (measured on two cores)


@dataclass(frozen=True, slots=True)
class WorkerRequest:
    """What is to be done, a key of `OPERATIONS`, in whose name, and the arguments of that operation."""

    operation: str
    by: str
    plan_key: str = ""
    load_number: int = 0
    name: str = ""
    content: Base64Bytes = b""
    race: str | None = None
    kind: str | None = None


OPERATIONS: Mapping[str, Callable[[Operations, WorkerRequest], PlanRow | Report]] = {
    "plan reload": lambda here, asked: here.plan_reload(asked.by),
    "plan upload": lambda here, asked: here.plan_upload(asked.by, asked.name, asked.content, asked.race, asked.kind),
    "plan roll back": lambda here, asked: here.plan_roll_back(asked.by, asked.load_number),
    "apply": lambda here, asked: here.apply(asked.plan_key, asked.by),
    "reload": lambda here, asked: here.reload(asked.by),
}


@dataclass(frozen=True, slots=True)
class WorkerCall:
    """What goes to the child process; `database_url` may hold a password."""

    database_url: str
    folder: Path
    request: WorkerRequest


@dataclass(frozen=True, slots=True)
class WorkerReply:
    """What comes back: a plan, a report, or the name of an error of ours with its text."""

    plan: PlanRow | None = None
    report: Report | None = None
    error: str = ""
    text: str = ""


def needs_worker(engine: Engine, size_bytes: int) -> bool:
    """Whether so much has to be parsed that another process should do it, and another process can."""
    return size_bytes > BIG_BYTES and is_shared_database(engine)


def is_shared_database(engine: Engine) -> bool:
    """Whether another process sees this database: one in memory is seen by nobody else."""
    return engine.dialect.name != "sqlite" or engine.url.database not in {None, "", ":memory:"}


def plan_in_worker(engine: Engine, folder: Path, request: WorkerRequest) -> PlanRow:
    """The plan that an operation makes. Raises what the operation raises, and BotError where the child process dies."""
    reply = _run_worker(engine, folder, request)
    if reply.plan is None:
        raise BotError(f"The worker process has made no plan of “{request.operation}”.")
    return reply.plan


def load_in_worker(engine: Engine, folder: Path, request: WorkerRequest) -> Report:
    """The report of an operation that loads. Raises as `plan_in_worker` does."""
    reply = _run_worker(engine, folder, request)
    if reply.report is None:
        raise BotError(f"The worker process has made no report of “{request.operation}”.")
    return reply.report


def _run_worker(engine: Engine, folder: Path, request: WorkerRequest) -> WorkerReply:
    call = WorkerCall(engine.url.render_as_string(hide_password=False), folder, request)
    source_root = str(Path(bot.__file__).parents[1])
    paths = os.pathsep.join(filter(None, (source_root, os.environ.get("PYTHONPATH"))))
    process = subprocess.run(
        [sys.executable, "-m", "bot.loading.moderation.worker"],
        input=to_json(call).encode(),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    if process.returncode != 0:
        raise BotError("The load was cut short: its process has ended. Nothing was changed; try again.")
    reply = from_json(WorkerReply, process.stdout.decode())
    if reply.error:
        raise ERRORS.get(reply.error, BotError)(reply.text)
    return reply


def main() -> None:
    """Do what standard input says and print what came of it."""
    call = from_json(WorkerCall, sys.stdin.read())
    engine = open_archive(call.database_url)
    try:
        result = OPERATIONS[call.request.operation](Operations(engine, call.folder), call.request)
    except BotError as error:
        reply = WorkerReply(error=type(error).__name__, text=str(error))
    else:
        reply = WorkerReply(plan=result) if isinstance(result, PlanRow) else WorkerReply(report=result)
    finally:
        engine.dispose()
    sys.stdout.write(to_json(reply))


if __name__ == "__main__":
    main()
