"""The moderators' desk: documents, plans, loads, corrections, reports and questions nobody could answer.

Everything is synchronous and may be called from any thread; every call has a transaction of its own and raises a
BotError with one clear line. Work on more than a megabyte is done by a child process, so that answers go on.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from bot.archive.db.engine import reading, writing
from bot.archive.queries.mistake_reports import close_mistake, delete_mistake, open_mistakes
from bot.archive.queries.unanswered import UnansweredCount, unanswered_rows
from bot.errors import StalePlan
from bot.loading.build.evaluate import settle_on
from bot.loading.load import carried_out, load
from bot.loading.moderation import queries as held_rows
from bot.loading.moderation import worker as child
from bot.loading.moderation.correctable import mendable
from bot.loading.moderation.plans import drop, fresh_plan, keep_plan, plan_rows
from bot.loading.moderation.rows import CorrectionRow, DocumentRow, LoadRow, MistakeRow, PlanRow, UnansweredRow
from bot.loading.read.folder import Folder, FolderListing, list_folder, read_folder
from bot.loading.read.upload import check_hints, received
from bot.loading.report import Report
from bot.loading.state.changes import Deed, Surroundings, aim
from bot.loading.state.document_set import digests_held
from bot.loading.state.load_lock import loading
from bot.loading.state.load_size import size_of_folder, size_of_roll_back

__all__ = ["CorrectionRow", "DataDesk", "DocumentRow", "LoadRow", "MistakeRow", "PlanRow", "UnansweredRow"]

T = TypeVar("T")


class DataDesk:
    """What moderators can do with the archive at `engine` and the documents in `folder`.

    With `children` false everything is done in this process, as in the child process itself.
    """

    def __init__(self, engine: Engine, folder: Path, *, children: bool = True) -> None:
        self.engine, self.folder, self.children = engine, folder, children
        self._unanswered = UnansweredCount(engine)

    # Plans: nothing is written to the archive but the plan itself.

    def plan_reload(self, by: str) -> PlanRow:
        """What reading the folder again would do. Raises ArchiveUnusable where it cannot be read."""
        listing = list_folder(self.folder)
        if self._is_big(size_of_folder(self.engine, listing)):
            return child.plan(self.engine, self.folder, "plan_reload", by)
        return self._plan(Deed("reload"), Surroundings(by, datetime.now(UTC), self._read_folder(listing)))

    def plan_upload(
        self, by: str, name: str, content: bytes, race: str | None = None, kind: str | None = None
    ) -> PlanRow:
        """What a document would do; `race` (a key) ties it to a race, `kind` says how to read it; .gz is unpacked.

        Raises BadDocument for what is no document, or one that cannot be read; NothingKnown for an unknown race.
        """
        document = received(name, content)
        with reading(self.engine) as session:
            check_hints(session, race, kind)
        if self._is_big(len(content)) or self._is_big(sum(map(len, document.lines))):
            return child.plan(self.engine, self.folder, "plan_upload", by, name, content, race, kind)
        deed = Deed("upload", document.name, document.digest, race or None, kind or None)
        return self._plan(deed, Surroundings(by, datetime.now(UTC), document=document))

    def plan_removal(self, by: str, document: str) -> PlanRow:
        """What taking a document out of force would do. Raises NothingKnown where it is not in force."""
        return self._plan(Deed("removal", document), Surroundings(by, datetime.now(UTC)))

    def plan_roll_back(self, by: str, load: int) -> PlanRow:
        """What going back to before a load would do. Raises NothingKnown where there was no such load."""
        if self._is_big(size_of_roll_back(self.engine, load)):
            return child.plan(self.engine, self.folder, "plan_roll_back", by, load)
        return self._plan(Deed("roll back", number=load), Surroundings(by, datetime.now(UTC)))

    def plan_correction(self, by: str, race: str, what: str, value: str, reason: str) -> PlanRow:
        """What mending one value would do; `what` is named as in conflicts. Raises BotError for a value that cannot be.

        `race` is the race's key.
        """
        deed = Deed("correction", race=race, what=what, value=value, reason=reason)
        return self._plan(deed, Surroundings(by, datetime.now(UTC)))

    def plan_withdrawal(self, by: str, correction: int) -> PlanRow:
        """What withdrawing a correction would do. Raises NothingKnown where it is not in force."""
        return self._plan(Deed("withdrawal", number=correction), Surroundings(by, datetime.now(UTC)))

    def apply(self, key: str, by: str) -> Report:
        """Do what was planned. Raises StalePlan, LoadUnderWay (by whom, since when), and what planning raises."""
        with reading(self.engine) as session:
            planned = fresh_plan(session, key)
        listing = list_folder(self.folder) if planned.deed.kind == "reload" else None
        if self._is_big(self._size_of(planned.deed, planned.document, listing)):
            return child.report(self.engine, self.folder, "apply", key, by)
        folder = self._read_folder(listing) if listing else None
        with loading(self.engine, by) as session:
            planned = fresh_plan(session, key)
            around = Surroundings(by, datetime.now(UTC), folder, planned.document)
            wanted = aim(session, planned.deed, around)
            settled = settle_on(session, wanted)
            if settled.state.fingerprint() != planned.outcome:
                raise StalePlan("The documents folder has changed since this was planned. Plan it again.")
            drop(session, key)
            return carried_out(session, wanted, settled, planned.deed, around)

    def discard(self, key: str) -> None:
        """Forget a plan; one that is gone already is no fault."""
        with writing(self.engine) as session:
            drop(session, key)

    def reload(self, by: str) -> Report:
        """Read the folder again and do at once what that changes. Raises ArchiveUnusable, LoadUnderWay."""
        listing = list_folder(self.folder)
        if self._is_big(size_of_folder(self.engine, listing)):
            return child.report(self.engine, self.folder, "reload", by)
        return load(self.engine, self.folder, by=by, listing=listing)

    # What is held.

    def plans(self) -> tuple[PlanRow, ...]:
        """Plans that wait, the newest first."""
        return self._read(plan_rows)

    def log(self) -> tuple[LoadRow, ...]:
        """Every load, the newest first."""
        return self._read(held_rows.log)

    def documents(self) -> tuple[DocumentRow, ...]:
        """Every document in force, by name."""
        return self._read(held_rows.documents)

    def text_around(self, document: str, line: int, around: int = 5) -> tuple[tuple[int, str], ...]:
        """(number, text) of the lines around a line of a document in force. Raises NothingKnown where it has none."""
        with reading(self.engine) as session:
            return held_rows.text_around(session, document, line, around)

    def corrections(self) -> tuple[CorrectionRow, ...]:
        """Every correction in force, the newest first."""
        return self._read(held_rows.corrections)

    def rejected(self) -> tuple[str, ...]:
        """Why, as "file:line: why", of every document that the last load could not read."""
        return self._read(held_rows.rejected)

    def set_aside(self) -> tuple[str, ...]:
        """Names of texts that were removed or rolled back: a reload names them and does not bring them back."""
        return self._read(held_rows.set_aside)

    def correctable(self, race: str) -> tuple[tuple[str, str], ...]:
        """(what, present value) of everything that can be mended of a race, by its key; "" where nothing is told."""
        with reading(self.engine) as session:
            return tuple(mendable(session, race).items())

    def mistakes(self) -> tuple[MistakeRow, ...]:
        """Open reports of mistakes, the oldest first."""
        return self._read(open_mistakes)

    def close_mistake(self, number: int, answer: str) -> None:
        """Close a report with an answer. Raises NothingKnown where there is no such open report."""
        with writing(self.engine) as session:
            close_mistake(session, number, answer)

    def delete_mistake(self, number: int) -> None:
        """Forget a report. Raises NothingKnown where there is none."""
        with writing(self.engine) as session:
            delete_mistake(session, number)

    def count_unanswered(self, kind: str, text: str) -> None:
        """Count a question that found no answer; see UnansweredCount."""
        self._unanswered.add(kind, text)

    def unanswered(self) -> tuple[UnansweredRow, ...]:
        """Questions that found no answer, the most frequent first."""
        return tuple(UnansweredRow(*row) for row in self._read(unanswered_rows))

    def _plan(self, deed: Deed, around: Surroundings) -> PlanRow:
        """Settle on what a deed comes to in one snapshot, then write the plan down."""
        with reading(self.engine) as session:
            wanted = aim(session, deed, around)
            settled = settle_on(session, wanted)
            read_as = held_rows.read_as(settled, deed) if deed.kind == "upload" else ""
        if deed.kind == "upload" and settled.rejected:
            raise settled.rejected[0]
        with writing(self.engine) as session:
            return keep_plan(session, deed, around.by, settled, around.document, read_as)

    def _read_folder(self, listing: FolderListing) -> Folder:
        """The folder, without reading again what is in force already."""
        with reading(self.engine) as session:
            known = digests_held(session)
        return read_folder(listing, known)

    def _size_of(self, deed: Deed, document: object, listing: FolderListing | None) -> int:
        """Bytes of the documents that a deed brings in; `listing` is the folder that a reload reads."""
        if listing is not None:
            return size_of_folder(self.engine, listing)
        if deed.kind == "roll back":
            return size_of_roll_back(self.engine, deed.number)
        return sum(map(len, getattr(document, "lines", ())))

    def _is_big(self, size: int) -> bool:
        return self.children and size > child.BIG_BYTES and child.can_be_reached(self.engine)

    def _read(self, question: Callable[[Session], T]) -> T:
        with reading(self.engine) as session:
            return question(session)
