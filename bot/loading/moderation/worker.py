"""Worker process: one big load, in a process that can be limited and killed.

What to do comes as one line of JSON on standard input (an address may hold a password, and arguments can be seen by
others); one line of JSON goes back. Standard input stays open as long as the bot wants the answer: when it closes, the
bot has ended, and so does this process, whose transaction is rolled back with it.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sqlalchemy.orm import configure_mappers

from bot.archive.db.engine import open_archive
from bot.documents.model import Document
from bot.documents.registry import FORMATS
from bot.documents.templates.registry import TEMPLATES
from bot.errors import BadDocument, BotError
from bot.loading.automatic.watched_plan import WatchedPlan
from bot.loading.load import start_up
from bot.loading.moderation.operations import Operations
from bot.loading.moderation.rows import PlanRow, PreviewArchive
from bot.loading.read.uploaded_files import UploadedFile
from bot.loading.report import Report
from bot.loading.state.published_source import FetchedDocument
from bot.loading.stored_json import from_json, to_json

__all__ = [
    "OPERATIONS",
    "DocumentFault",
    "WorkerCall",
    "WorkerReply",
    "WorkerRequest",
    "fetched_request",
    "main",
    "watched_request",
]

OOM_SCORE, FIRST_TO_GO = Path("/proc/self/oom_score_adj"), "1000"  # Linux alone has it
OUT_OF_MEMORY = "MemoryError"  # the name of that error in a reply; its text is written where the limit is known


@dataclass(frozen=True, slots=True)
class WorkerRequest:
    """What is to be done, a key of `OPERATIONS`, in whose name, and the arguments of that operation."""

    operation: str
    by: str
    plan_key: str = ""
    number: int = 0
    name: str = ""
    race: str | None = None
    kind: str | None = None
    what: str = ""
    value: str = ""
    reason: str = ""
    files: tuple[UploadedFile, ...] = ()
    fetched: tuple[FetchedDocument, ...] = ()


def fetched_request(by: str, fetched: FetchedDocument) -> WorkerRequest:
    """The request to plan a fetched document."""
    return WorkerRequest("plan fetched", by, fetched=(fetched,))


def watched_request(by: str, fetched: FetchedDocument, companions: Sequence[FetchedDocument]) -> WorkerRequest:
    """The request to plan a version of a watched page; its companions stand behind it."""
    return WorkerRequest("plan watched", by, fetched=(fetched, *companions))


OPERATIONS: Mapping[
    str, Callable[[Operations, WorkerRequest], PlanRow | WatchedPlan | Report | PreviewArchive | None]
] = {
    "plan reload": lambda here, asked: here.plan_reload(asked.by),
    "plan uploads": lambda here, asked: here.plan_uploads(asked.by, asked.files, asked.race, asked.kind),
    "plan choice": lambda here, asked: here.plan_choice(asked.by, asked.plan_key, asked.race or "", asked.name),
    "plan fetched": lambda here, asked: here.plan_fetched(asked.by, asked.fetched[0]),
    "plan watched": lambda here, asked: here.plan_watched(asked.by, asked.fetched[0], asked.fetched[1:]),
    "plan roll back": lambda here, asked: here.plan_roll_back(asked.by, asked.number),
    "plan removal": lambda here, asked: here.plan_removal(asked.by, asked.name),
    "plan correction": lambda here, asked: here.plan_correction(
        asked.by, asked.race or "", asked.what, asked.value, asked.reason
    ),
    "plan withdrawal": lambda here, asked: here.plan_withdrawal(asked.by, asked.number),
    "plan tie": lambda here, asked: here.plan_tie(asked.by, asked.name, asked.race),
    "preview": lambda here, asked: here.preview(asked.plan_key, Path(asked.name)),
    "apply": lambda here, asked: here.apply(asked.plan_key, asked.by),
    "reload": lambda here, asked: here.reload(asked.by),
    "start up": lambda here, _: start_up(here.engine, here.folder),
}


@dataclass(frozen=True, slots=True)
class WorkerCall:
    """What goes to the worker process; `database_url` may hold a password, `memory_bytes` is what it may take."""

    database_url: str
    folder: Path
    request: WorkerRequest
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class DocumentFault:
    """What a `BadDocument` carries: the document, the line, the reason, and the kind of document it was read as."""

    document: str
    line: int
    reason: str
    kind: str


@dataclass(frozen=True, slots=True)
class WorkerReply:
    """What comes back: a plan, one of a watched page, a report, a preview, an error's name with its text, or nothing.

    Of a document that breaks its form `fault` says where and how.
    """

    plan: PlanRow | None = None
    report: Report | None = None
    watched: WatchedPlan | None = None
    preview: PreviewArchive | None = None
    error: str = ""
    text: str = ""
    fault: DocumentFault | None = None


def main() -> None:
    """Do what standard input says and print what came of it."""
    _warm_up()
    line = sys.stdin.readline()
    if not line:  # the bot has ended without a load for this process
        return
    call = from_json(WorkerCall, line)
    _limit_memory(call.memory_bytes)
    threading.Thread(target=_end_with_parent, args=(sys.stdin,), daemon=True).start()
    sys.stdout.write(to_json(_reply(call)))
    sys.stdout.flush()
    # Not sys.exit: the thread above waits in a read that would keep the interpreter from closing standard input.
    os._exit(0)


def _warm_up() -> None:
    """Do before a call what takes a third of a small load: patterns, word lists and tables are made ready once.

    The templates are the smallest documents that every kind of reader reads.
    """
    configure_mappers()
    for template in TEMPLATES:
        document = Document(template.file_name, "", tuple(template.text.splitlines()))
        with suppress(BotError):
            next(reader for reader in FORMATS if reader.recognizes(document)).read(document)
    gc.freeze()


def _reply(call: WorkerCall) -> WorkerReply:
    try:
        engine = open_archive(call.database_url)
        try:
            result = OPERATIONS[call.request.operation](Operations(engine, call.folder), call.request)
        finally:
            engine.dispose()
    except BadDocument as error:
        fault = DocumentFault(error.path.name, error.line, error.reason, error.kind)
        return WorkerReply(error=type(error).__name__, text=str(error), fault=fault)
    except BotError as error:
        return WorkerReply(error=type(error).__name__, text=str(error))
    except MemoryError:
        return WorkerReply(error=OUT_OF_MEMORY)
    if isinstance(result, WatchedPlan):
        return WorkerReply(watched=result)
    if isinstance(result, PreviewArchive):
        return WorkerReply(preview=result)
    return WorkerReply(plan=result) if isinstance(result, PlanRow) else WorkerReply(report=result)


def _limit_memory(memory_bytes: int) -> None:
    """Take at most so much memory; where the system has no such limit (Windows), the limit of time has to do."""
    # Where the machine or the container has none left, this process goes and not the one that answers fans.
    with suppress(OSError):
        OOM_SCORE.write_text(FIRST_TO_GO)
    # RLIMIT_DATA counts what a process has really asked for; RLIMIT_AS also the address space that libraries reserve.
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


def _end_with_parent(standard_input: TextIO) -> None:
    """Wait until standard input closes, and end the process at once."""
    standard_input.read()
    os._exit(1)


if __name__ == "__main__":
    main()
