"""Where moderators' work is done: whatever has to be parsed by a worker process, so that answers go on.

What there is to do stands in `operations.py`; here is only asked how much has to be parsed and compared for it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Engine

from bot.archive.db.engine import read_session
from bot.loading.load import run_startup_action, wait_for_turn
from bot.loading.load_limits import LoadLimits
from bot.loading.moderation.operations import Operations
from bot.loading.moderation.plans import PendingPlan, applicable_plan
from bot.loading.moderation.rows import (
    CorrectionRow,
    DocumentRow,
    LoadRow,
    MistakeReportPage,
    MistakeReportRow,
    PlanRow,
    PreviewArchive,
    UnansweredRow,
)
from bot.loading.moderation.worker import WorkerRequest
from bot.loading.moderation.worker_pool import WorkerPool
from bot.loading.read.folder import FolderListing, list_folder
from bot.loading.read.uploaded_files import UploadedFile, unpacked_size
from bot.loading.report import Report
from bot.loading.startup import THE_PROGRAM, startup_action
from bot.loading.state.load_size import active_bytes, archive_races, new_folder_bytes, roll_back_bytes

__all__ = [
    "CorrectionRow",
    "DocumentRow",
    "LoadRow",
    "MistakeReportPage",
    "MistakeReportRow",
    "Moderation",
    "PlanRow",
    "UnansweredRow",
]


class Moderation(Operations):
    """What moderators can do while others ask: the same, without keeping them waiting."""

    def __init__(self, engine: Engine, folder: Path, limits: LoadLimits | None = None) -> None:
        super().__init__(engine, folder)
        self._limits = limits or LoadLimits()
        self._workers = WorkerPool(engine, folder, self._limits)
        if self._is_big_archive():
            self._workers.keep_spare()

    def stop(self) -> None:
        """End what is being loaded; nothing of it is kept. For the end of the bot."""
        self._workers.stop()

    def start_up(self) -> Report | None:
        """What a start has to do before it answers: `run_startup_action`, where there is much to read in a process."""
        action = startup_action(self.engine)
        if action == "nothing":
            return None
        is_load = action == "load"
        size_bytes = new_folder_bytes(self.engine, list_folder(self.folder)) if is_load else active_bytes(self.engine)
        if self._workers.wants_folder(size_bytes):
            return wait_for_turn(lambda: self._workers.start_up(WorkerRequest("start up", THE_PROGRAM)))
        return run_startup_action(self.engine, self.folder)

    def plan_reload(self, by: str, listing: FolderListing | None = None) -> PlanRow:
        """What reading the folder again would do. Raises ArchiveUnusable where it cannot be read."""
        listing = listing or list_folder(self.folder)
        if self._is_for_worker(lambda: new_folder_bytes(self.engine, listing)):
            return self._workers.plan(WorkerRequest("plan reload", by))
        return super().plan_reload(by, listing)

    def plan_upload(
        self, by: str, name: str, content: bytes, race: str | None = None, kind: str | None = None
    ) -> PlanRow:
        """What a document would do; `race` (a key) ties it to a race, `kind` says how to read it; .gz is unpacked.

        Raises BadDocument for what is no document, or one that cannot be read; NothingKnown for an unknown race.
        """
        return self.plan_uploads(by, (UploadedFile(name, content),), race, kind)

    def plan_uploads(
        self, by: str, files: Sequence[UploadedFile], race: str | None = None, kind: str | None = None
    ) -> PlanRow:
        """What documents would do together, up to ten or a zip of them. Raises as `plan_upload`."""
        # Not even unpacked here: 38 kB of gzip can hold twenty million lines, which take 1.3 GB (measured).
        if self._workers.wants_upload(unpacked_size(files)):
            return self._workers.plan(WorkerRequest("plan uploads", by, files=tuple(files), race=race, kind=kind))
        return super().plan_uploads(by, files, race, kind)

    def plan_choice(self, by: str, plan_key: str, race: str, document: str = "") -> PlanRow:
        """The same upload with a race for one of its documents. Raises StalePlan, and what planning raises."""
        if self._is_plan_for_worker(plan_key):
            return self._workers.plan(WorkerRequest("plan choice", by, plan_key=plan_key, race=race, name=document))
        return super().plan_choice(by, plan_key, race, document)

    def preview(self, plan_key: str, folder: Path) -> PreviewArchive:
        """The archive of the races of a plan, in a file of `folder`. Raises StalePlan, and what planning raises."""
        if self._is_plan_for_worker(plan_key):
            return self._workers.preview(WorkerRequest("preview", "", plan_key=plan_key, name=str(folder)))
        return super().preview(plan_key, folder)

    def plan_removal(self, by: str, document_name: str) -> PlanRow:
        """What taking a document out of force would do. Raises NothingKnown where it is not in force."""
        if self._is_for_worker():
            return self._workers.plan(WorkerRequest("plan removal", by, name=document_name))
        return super().plan_removal(by, document_name)

    def plan_correction(self, by: str, race: str, what: str, value: str, reason: str) -> PlanRow:
        """What mending one value would do. Raises BotError for a value that cannot be."""
        if self._is_for_worker():
            return self._workers.plan(
                WorkerRequest("plan correction", by, race=race, what=what, value=value, reason=reason)
            )
        return super().plan_correction(by, race, what, value, reason)

    def plan_withdrawal(self, by: str, correction_number: int) -> PlanRow:
        """What withdrawing a correction would do. Raises NothingKnown where it is not in force."""
        if self._is_for_worker():
            return self._workers.plan(WorkerRequest("plan withdrawal", by, number=correction_number))
        return super().plan_withdrawal(by, correction_number)

    def plan_tie(self, by: str, document_name: str, race: str | None) -> PlanRow:
        """What it would do to choose the race that a document tells of. Raises NothingKnown, BotError."""
        if self._is_for_worker():
            return self._workers.plan(WorkerRequest("plan tie", by, name=document_name, race=race))
        return super().plan_tie(by, document_name, race)

    def plan_roll_back(self, by: str, load_number: int) -> PlanRow:
        """What going back to before a load would do. Raises NothingKnown where there was no such load."""
        if self._is_for_worker(lambda: roll_back_bytes(self.engine, load_number)):
            return self._workers.plan(WorkerRequest("plan roll back", by, number=load_number))
        return super().plan_roll_back(by, load_number)

    def apply(self, plan_key: str, by: str, listing: FolderListing | None = None) -> Report:
        """Do what was planned. Raises StalePlan, LoadUnderWay (by whom, since when), and what planning raises."""
        if self._is_plan_for_worker(plan_key, listing):
            return self._workers.load(WorkerRequest("apply", by, plan_key=plan_key))
        return super().apply(plan_key, by, listing)

    def reload(self, by: str, listing: FolderListing | None = None) -> Report:
        """Read the folder again and do at once what that changes. Raises ArchiveUnusable, LoadUnderWay."""
        listing = listing or list_folder(self.folder)
        if self._is_for_worker(lambda: new_folder_bytes(self.engine, listing)):
            return self._workers.load(WorkerRequest("reload", by))
        return super().reload(by, listing)

    def _is_for_worker(self, size_bytes: Callable[[], int] | None = None, *, is_upload: bool = False) -> bool:
        """Whether a worker process is to do a load that has to parse so much; without a size, all that is in force."""
        if self._is_big_archive():
            return True
        size = size_bytes() if size_bytes else active_bytes(self.engine)
        return self._workers.wants_upload(size) if is_upload else self._workers.wants_folder(size)

    def _is_plan_for_worker(self, plan_key: str, listing: FolderListing | None = None) -> bool:
        """Whether a worker process is to work out a plan again. Raises StalePlan."""
        with read_session(self.engine) as session:
            plan = applicable_plan(session, plan_key)
        if plan.change.kind == "reload":
            listing = listing or list_folder(self.folder)
        return self._is_for_worker(lambda: _plan_bytes(self.engine, plan, listing), is_upload=bool(plan.documents))

    def _is_big_archive(self) -> bool:
        """Whether a load has so much to compare that it is never done here."""
        return self._workers.is_usable and archive_races(self.engine) > self._limits.races


def _plan_bytes(engine: Engine, plan: PendingPlan, listing: FolderListing | None) -> int:
    """Bytes that have to be read for a plan at most; `listing` is the folder that a reload reads."""
    if listing is not None:
        return new_folder_bytes(engine, listing)
    if plan.change.kind == "roll back":
        return roll_back_bytes(engine, plan.change.number)
    if plan.documents:
        return sum(len(line) for document in plan.documents for line in document.lines)
    return active_bytes(engine)
