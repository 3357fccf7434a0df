"""Where moderators' work is done: what is small here, what is big by a worker process, so that answers go on.

What there is to do stands in `operations.py`; here is only asked how many bytes have to be parsed for it.
"""

from sqlalchemy import Engine

from bot.archive.db.engine import read_session
from bot.loading.moderation.operations import Operations
from bot.loading.moderation.plans import PendingPlan, applicable_plan
from bot.loading.moderation.rows import CorrectionRow, DocumentRow, LoadRow, MistakeReportRow, PlanRow, UnansweredRow
from bot.loading.moderation.worker import WorkerRequest, load_in_worker, needs_worker, plan_in_worker
from bot.loading.read.folder import FolderListing, list_folder
from bot.loading.report import Report
from bot.loading.state.load_size import new_folder_bytes, roll_back_bytes

__all__ = ["CorrectionRow", "DocumentRow", "LoadRow", "MistakeReportRow", "Moderation", "PlanRow", "UnansweredRow"]


class Moderation(Operations):
    """What moderators can do while others ask: the same, without keeping them waiting."""

    def plan_reload(self, by: str, listing: FolderListing | None = None) -> PlanRow:
        """What reading the folder again would do. Raises ArchiveUnusable where it cannot be read."""
        listing = listing or list_folder(self.folder)
        if needs_worker(self.engine, new_folder_bytes(self.engine, listing)):
            return plan_in_worker(self.engine, self.folder, WorkerRequest("plan reload", by))
        return super().plan_reload(by, listing)

    def plan_upload(
        self, by: str, name: str, content: bytes, race: str | None = None, kind: str | None = None
    ) -> PlanRow:
        """What a document would do; `race` (a key) ties it to a race, `kind` says how to read it; .gz is unpacked.

        Raises BadDocument for what is no document, or one that cannot be read; NothingKnown for an unknown race.
        """
        # Unpacked here, parsed in the worker: what is no document is refused without a process being started for it.
        document = self._parse_upload(name, content, race, kind)
        if needs_worker(self.engine, max(len(content), sum(map(len, document.lines)))):
            request = WorkerRequest("plan upload", by, name=name, content=content, race=race, kind=kind)
            return plan_in_worker(self.engine, self.folder, request)
        return self._plan_document(by, document, race, kind)

    def plan_roll_back(self, by: str, load_number: int) -> PlanRow:
        """What going back to before a load would do. Raises NothingKnown where there was no such load."""
        if needs_worker(self.engine, roll_back_bytes(self.engine, load_number)):
            return plan_in_worker(
                self.engine, self.folder, WorkerRequest("plan roll back", by, load_number=load_number)
            )
        return super().plan_roll_back(by, load_number)

    def apply(self, plan_key: str, by: str, listing: FolderListing | None = None) -> Report:
        """Do what was planned. Raises StalePlan, LoadUnderWay (by whom, since when), and what planning raises."""
        with read_session(self.engine) as session:
            plan = applicable_plan(session, plan_key)
        if plan.change.kind == "reload":
            listing = listing or list_folder(self.folder)
        if needs_worker(self.engine, _plan_bytes(self.engine, plan, listing)):
            return load_in_worker(self.engine, self.folder, WorkerRequest("apply", by, plan_key=plan_key))
        return super().apply(plan_key, by, listing)

    def reload(self, by: str, listing: FolderListing | None = None) -> Report:
        """Read the folder again and do at once what that changes. Raises ArchiveUnusable, LoadUnderWay."""
        listing = listing or list_folder(self.folder)
        if needs_worker(self.engine, new_folder_bytes(self.engine, listing)):
            return load_in_worker(self.engine, self.folder, WorkerRequest("reload", by))
        return super().reload(by, listing)


def _plan_bytes(engine: Engine, plan: PendingPlan, listing: FolderListing | None) -> int:
    """Bytes of the documents that a plan brings in; `listing` is the folder that a reload reads."""
    if listing is not None:
        return new_folder_bytes(engine, listing)
    if plan.change.kind == "roll back":
        return roll_back_bytes(engine, plan.change.number)
    return sum(map(len, plan.document.lines)) if plan.document else 0
