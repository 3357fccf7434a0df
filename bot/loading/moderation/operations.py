"""What moderators do with documents and corrections: the work itself, in this process, whatever its size.

Everything is synchronous and may be called from any thread; every call has a transaction of its own and raises a
BotError with one clear line. `moderation.py` decides which of it a worker process does.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from bot.archive.db.engine import read_session, write_session
from bot.errors import StalePlan
from bot.loading.automatic.verdict import verdict_on
from bot.loading.automatic.watched_plan import WatchedPlan, parse_companions, race_articles
from bot.loading.load import carry_out, evaluate, load
from bot.loading.moderation import queries
from bot.loading.moderation.correctable import correctable_values
from bot.loading.moderation.plans import applicable_plan, delete_plan, plan_row, plan_rows, store_plan
from bot.loading.moderation.preview import write_preview
from bot.loading.moderation.rows import (
    CorrectionRow,
    DocumentRow,
    LoadRow,
    PlanRow,
    PreviewArchive,
    RemovedDocument,
)
from bot.loading.moderation.user_data import UserData
from bot.loading.read.folder import DocumentFolder, FolderListing, list_folder, read_folder
from bot.loading.read.reader import readable_kinds
from bot.loading.read.upload import check_hints, parse_upload
from bot.loading.read.uploaded_files import UploadedFile, parse_files
from bot.loading.report import Report
from bot.loading.state.change import Change, UploadPart, with_race
from bot.loading.state.changes import ChangeContext
from bot.loading.state.document_set import active_digests
from bot.loading.state.load_lock import load_session
from bot.loading.state.published_names import name_of_fetched
from bot.loading.state.published_source import FetchedDocument

__all__ = ["Operations"]


class Operations(UserData):
    """What moderators can do with the archive at `engine` and the documents in `folder`."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        super().__init__(engine)
        self.folder = folder

    # Plans: nothing is written to the archive but the plan itself.

    def plan_reload(self, by: str, listing: FolderListing | None = None) -> PlanRow:
        """What reading the folder again would do. Raises ArchiveUnusable where it cannot be read.

        `listing` are its files where the caller has listed them already, here and below.
        """
        folder = self._read_folder(listing or list_folder(self.folder))
        return self._make_plan(Change("reload"), ChangeContext(by, datetime.now(UTC), folder))

    def plan_upload(
        self, by: str, name: str, content: bytes, race: str | None = None, kind: str | None = None
    ) -> PlanRow:
        """What a document would do, alone. Raises as `plan_uploads`."""
        return self.plan_uploads(by, (UploadedFile(name, content),), race, kind)

    def plan_uploads(
        self, by: str, files: Sequence[UploadedFile], race: str | None = None, kind: str | None = None
    ) -> PlanRow:
        """What documents would do together, up to ten or a zip of them; what cannot be read is named and left out.

        `race` (a key) ties them to a race, `kind` says how to read them; .gz is unpacked. Raises BadDocument where none
        can be read, NothingKnown for an unknown race.
        """
        parsed = parse_files(files)
        with read_session(self.engine) as session:
            check_hints(session, race, kind)
        documents = parsed.documents
        if len(documents) == 1 and not parsed.unreadable:
            change = Change("upload", documents[0].name, documents[0].digest, race or None, kind or None)
        else:
            parts = tuple(UploadPart(one.name, one.digest, len(one.lines), race or None) for one in documents)
            change = Change("uploads", form=kind or None, parts=parts)
        context = ChangeContext(by, datetime.now(UTC), documents=documents, unreadable=parsed.unreadable)
        return self._make_plan(change, context)

    def plan_choice(self, by: str, plan_key: str, race: str, document: str = "") -> PlanRow:
        """The same upload with `race` (a key) for one of its documents, by name or short key; the plan before it goes.

        Raises StalePlan where it is gone, and what planning raises.
        """
        with read_session(self.engine) as session:
            plan = applicable_plan(session, plan_key)
            check_hints(session, race, None)
        change = with_race(plan.change, race, document)
        row = self._make_plan(change, ChangeContext(by, datetime.now(UTC), documents=plan.documents))
        self.discard(plan_key)
        return row

    def plan_fetched(self, by: str, fetched: FetchedDocument) -> PlanRow:
        """What a fetched document would do. Raises what an upload of it raises.

        A document that was fetched from the same page before keeps its name, also when the page has another title now.
        """
        with read_session(self.engine) as session:
            name = name_of_fetched(session, fetched)
        document = parse_upload(name, fetched.content)
        change = Change("upload", document.name, document.digest, source=fetched.source)
        return self._make_plan(change, ChangeContext(by, datetime.now(UTC), documents=(document,)))

    def plan_watched(self, by: str, fetched: FetchedDocument, companions: Sequence[FetchedDocument]) -> WatchedPlan:
        """What a new version of a watched page would do, and what speaks against doing it without a person.

        `companions` are other pages of the same season as they are now. Raises what an upload of the page raises.
        """
        with read_session(self.engine) as session:
            document = parse_upload(name_of_fetched(session, fetched), fetched.content)
            change = Change("upload", document.name, document.digest, source=fetched.source)
            evaluation = evaluate(session, change, ChangeContext(by, datetime.now(UTC), documents=(document,)))
            if evaluation.rejected:
                raise evaluation.rejected[0]
            verdict = verdict_on(session, evaluation, change, tuple(parse_companions(companions)))
            summary = queries.upload_summary(evaluation, change)
        with write_session(self.engine) as session:
            plan = store_plan(session, change, by, evaluation, (document,), summary)
        return WatchedPlan(plan, document.name, verdict.doubts, verdict.is_waiting, race_articles(evaluation))

    def plan_removal(self, by: str, document_name: str) -> PlanRow:
        """What taking a document out of force would do. Raises NothingKnown where it is not in force."""
        return self._make_plan(Change("removal", document_name), ChangeContext(by, datetime.now(UTC)))

    def plan_roll_back(self, by: str, load_number: int) -> PlanRow:
        """What going back to before a load would do. Raises NothingKnown where there was no such load."""
        return self._make_plan(Change("roll back", number=load_number), ChangeContext(by, datetime.now(UTC)))

    def plan_correction(self, by: str, race: str, what: str, value: str, reason: str) -> PlanRow:
        """What mending one value would do; `what` is named as in conflicts. Raises BotError for a value that cannot be.

        `race` is the race's key.
        """
        change = Change("correction", race=race, what=what, value=value, reason=reason)
        return self._make_plan(change, ChangeContext(by, datetime.now(UTC)))

    def plan_withdrawal(self, by: str, correction_number: int) -> PlanRow:
        """What withdrawing a correction would do. Raises NothingKnown where it is not in force."""
        return self._make_plan(Change("withdrawal", number=correction_number), ChangeContext(by, datetime.now(UTC)))

    def plan_tie(self, by: str, document_name: str, race: str | None) -> PlanRow:
        """What it would do to choose the race (a key) that a document in force tells of; None for the one it says.

        Raises NothingKnown where there is no such document or race, BadDocument for a document of many races.
        """
        with read_session(self.engine) as session:
            check_hints(session, race, None)
        return self._make_plan(Change("tie", document_name, race=race), ChangeContext(by, datetime.now(UTC)))

    def preview(self, plan_key: str, folder: Path) -> PreviewArchive:
        """The archive of the races of a plan, in a file of `folder`. Raises StalePlan, and what planning raises."""
        with read_session(self.engine) as session:
            plan = applicable_plan(session, plan_key)
            is_reload = plan.change.kind == "reload"
        documents = self._read_folder(list_folder(self.folder)) if is_reload else None
        with read_session(self.engine) as session:
            evaluation = evaluate(session, plan.change, ChangeContext("", datetime.now(UTC), documents, plan.documents))
        return write_preview(evaluation, folder)

    def discard(self, plan_key: str) -> None:
        """Forget a plan. Raises StalePlan where it is gone already."""
        with write_session(self.engine) as session:
            delete_plan(session, plan_key)

    # Loads.

    def apply(self, plan_key: str, by: str, listing: FolderListing | None = None) -> Report:
        """Do what was planned. Raises StalePlan, LoadUnderWay (by whom, since when), and what planning raises."""
        with read_session(self.engine) as session:
            is_reload = applicable_plan(session, plan_key).change.kind == "reload"
        # The folder is read before the lock is taken: nobody has to wait for a slow disk.
        folder = self._read_folder(listing or list_folder(self.folder)) if is_reload else None
        with load_session(self.engine, by) as session:
            plan = applicable_plan(session, plan_key)
            context = ChangeContext(by, datetime.now(UTC), folder, plan.documents)
            evaluation = evaluate(session, plan.change, context)
            if evaluation.document_set.fingerprint() != plan.outcome:
                raise StalePlan("The documents folder has changed since this was planned. Plan it again.")
            delete_plan(session, plan_key)
            applied = replace(evaluation, report=replace(evaluation.report, plan=plan_key))
            return carry_out(session, plan.change, applied, context)

    def reload(self, by: str, listing: FolderListing | None = None) -> Report:
        """Read the folder again and do at once what that changes. Raises ArchiveUnusable, LoadUnderWay."""
        return load(self.engine, self.folder, by=by, listing=listing)

    # What there is.

    def plans(self) -> tuple[PlanRow, ...]:
        """Plans that wait, the newest first."""
        return self._query(plan_rows)

    def plan(self, plan_key: str) -> PlanRow:
        """A plan that waits, or is stale. Raises StalePlan where it was applied or is gone."""
        with read_session(self.engine) as session:
            return plan_row(session, plan_key)

    def load_log(self) -> tuple[LoadRow, ...]:
        """Every load, the newest first."""
        return self._query(queries.load_log)

    def active_documents(self) -> tuple[DocumentRow, ...]:
        """Every document in force, by name."""
        return self._query(queries.active_documents)

    def text_around(self, document: str, line: int, margin_lines: int = 5) -> tuple[tuple[int, str], ...]:
        """(number, text) of the lines around a line of a document in force. Raises NothingKnown where it has none."""
        with read_session(self.engine) as session:
            return queries.text_around(session, document, line, margin_lines)

    def readable_kinds(self) -> Sequence[str]:
        """The kinds of document that an upload can be read as, each once."""
        return readable_kinds()

    def corrections(self) -> tuple[CorrectionRow, ...]:
        """Every correction in force, the newest first."""
        return self._query(queries.corrections)

    def rejections(self) -> tuple[str, ...]:
        """Why, as "file:line: why", of every document that the last load could not read."""
        return self._query(queries.rejections)

    def excluded_documents(self) -> tuple[str, ...]:
        """Names of texts that were removed or rolled back: a reload names them and does not bring them back."""
        return self._query(queries.excluded_documents)

    def removed_documents(self) -> tuple[RemovedDocument, ...]:
        """The same, each with whether a file of its name lies in the folder; in none that cannot be read."""
        return tuple(RemovedDocument(name, (self.folder / name).is_file()) for name in self.excluded_documents())

    def correctable_values(self, race: str) -> tuple[tuple[str, str], ...]:
        """(what, present value) of everything that can be mended of a race, by its key; "" where nothing is told."""
        with read_session(self.engine) as session:
            return tuple(correctable_values(session, race).items())

    def _make_plan(self, change: Change, context: ChangeContext) -> PlanRow:
        """See in one snapshot what a change comes to, then write the plan down."""
        with read_session(self.engine) as session:
            evaluation = evaluate(session, change, context)
        upload_summary = queries.upload_summary(evaluation, change)
        # A reload goes on without the files that are broken; who uploads one document wants to know why it is not read.
        if change.kind in {"upload", "tie"} and evaluation.rejected:
            raise evaluation.rejected[0]
        if change.kind == "uploads" and evaluation.report.unchanged and evaluation.rejected:
            raise evaluation.rejected[0]
        with write_session(self.engine) as session:
            return store_plan(session, change, context.by, evaluation, context.documents, upload_summary)

    def _read_folder(self, listing: FolderListing) -> DocumentFolder:
        """The folder, without reading again what is in force already."""
        with read_session(self.engine) as session:
            known_digests = active_digests(session)
        return read_folder(listing, known_digests)
