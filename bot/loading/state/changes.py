"""From what a moderator wants to what would then be in force: nothing is read as a race or written here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath

from sqlmodel import Session, col, func, select

from bot.archive.models.tallies import HistoryDocument
from bot.archive.models.user_data import Correction, LoadRecord
from bot.documents.model import Document
from bot.errors import BadDocument, BotError, LoadUnderWay, NothingKnown
from bot.loading.merge.corrections import ActiveCorrection, parse_correction
from bot.loading.moderation.correctable import current_value
from bot.loading.read.folder import DocumentFolder
from bot.loading.read.gzip_file import GZIP_SUFFIX
from bot.loading.read.history_file import is_history
from bot.loading.state.change import Change, UploadPart
from bot.loading.state.document_set import (
    ORIGIN_FOLDER,
    ORIGIN_UPLOAD,
    ActiveDocument,
    DocumentSet,
    active_set,
    excluded_digests,
    missing_texts,
    set_before_load,
)

__all__ = ["ChangeContext", "TargetState", "active_corrections", "target_of"]


@dataclass(frozen=True, slots=True)
class TargetState:
    """What would be in force, and what has to be written for it.

    `new_documents` are documents by digest that may not be kept yet, `new_correction` a correction to be added;
    `excluded` are (digest, name) of texts to be set aside, `readmitted` of those that no longer are. The rest goes into
    the report.
    """

    document_set: DocumentSet
    new_documents: Mapping[str, Document] = field(default_factory=dict)
    new_correction: Correction | None = None
    excluded: frozenset[tuple[str, str]] = frozenset()
    readmitted: frozenset[tuple[str, str]] = frozenset()
    rejected: tuple[BadDocument, ...] = ()
    excluded_files: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    correction_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeContext:
    """Who wants it, when, and what it needs besides the archive: the folder, or the documents that are uploaded.

    `unreadable` are files that came with them and are none. `documents_before` are those that were in force before a
    restore put others in their place, by name.
    """

    by: str
    at: datetime
    folder: DocumentFolder | None = None
    documents: tuple[Document, ...] = ()
    unreadable: tuple[BadDocument, ...] = ()
    documents_before: Mapping[str, ActiveDocument] | None = None


def target_of(session: Session, change: Change, context: ChangeContext) -> TargetState:
    """What would be in force after a change. Raises NothingKnown or BotError where it is about nothing there is."""
    return _TARGET_FUNCTIONS[change.kind](session, change, context)


def active_corrections(session: Session, target: TargetState) -> tuple[ActiveCorrection, ...]:
    """The corrections that would be in force, by number."""
    rows = list(session.exec(select(Correction).order_by(col(Correction.number))))
    rows += [target.new_correction] if target.new_correction else []
    return tuple(
        ActiveCorrection(row.number, row.race, row.what, row.value)
        for row in rows
        if row.number in target.document_set.corrections
    )


def _reload(session: Session, _: Change, context: ChangeContext) -> TargetState:
    """The folder as it is; uploads stay, excluded texts stay away, and an unreadable file leaves its last version."""
    folder = context.folder or DocumentFolder((), None, ())
    active, excluded = active_set(session), excluded_digests(session)
    documents = {name: document for name, document in active.documents.items() if document.origin == ORIGIN_UPLOAD}
    new_documents: dict[str, Document] = {}
    excluded_files, overridden_files = [], []
    # A file of the folder is, in this order: what is in force already, or beaten by an upload of its name; a text that
    # moderators have excluded; one whose lines were not read because it was in force a moment ago; or new.
    for document in (*folder.documents, *((folder.catalogue,) if folder.catalogue else ())):
        active_version = active.documents.get(document.name)
        if active_version and (active_version.digest == document.digest or active_version.origin == ORIGIN_UPLOAD):
            documents[document.name] = active_version
            overridden_files += [document.name] if active_version.digest != document.digest else []
        elif document.digest in excluded:
            excluded_files.append(document.name)
            documents |= {document.name: active_version} if active_version else {}
        elif document.name in folder.unchanged_names:
            raise LoadUnderWay("The archive has changed while the folder was read. Try again.")
        else:
            new_documents[document.digest] = document
            documents[document.name] = ActiveDocument(
                document.name, document.digest, ORIGIN_FOLDER, context.by, context.at
            )
    unreadable = {error.path.name.removesuffix(GZIP_SUFFIX) for error in folder.rejected} - documents.keys()
    documents |= {name: active.documents[name] for name in unreadable if name in active.documents}
    return TargetState(
        DocumentSet(documents, active.corrections),
        new_documents,
        rejected=folder.rejected,
        excluded_files=tuple(excluded_files),
        passed_over=tuple(overridden_files),
    )


def _upload(session: Session, change: Change, context: ChangeContext) -> TargetState:
    """The set with the uploaded document. Raises BadDocument where it is no history and would replace one."""
    part = UploadPart(change.name, change.digest, 0, change.race)
    return _uploads(session, replace(change, parts=(part,)), context)


def _uploads(session: Session, change: Change, context: ChangeContext) -> TargetState:
    """The set with the uploaded documents. Raises as `_upload`, BotError where a text is gone."""
    active, texts = active_set(session), {document.name: document for document in context.documents}
    uploaded = {}
    for part in change.parts:
        document = texts.get(part.name)
        if document is None:
            raise BotError(f"The text of {part.name} is gone. Upload it again.")
        # Thousands of races would go for one table, by a name that was left as it was downloaded.
        if session.get(HistoryDocument, part.name) is not None and not is_history(document, change.form):
            reason = "this would take the place of a whole history; give it a name of its own, cup-2099-17.csv"
            raise BadDocument(document.path, 1, reason)
        uploaded[part.name] = ActiveDocument(
            part.name, part.digest, ORIGIN_UPLOAD, context.by, context.at, part.race, change.form
        )
    return TargetState(
        DocumentSet({**active.documents, **uploaded}, active.corrections),
        {document.digest: document for document in context.documents},
        readmitted=frozenset((part.digest, part.name) for part in change.parts),
        rejected=context.unreadable,
    )


def _removal(session: Session, change: Change, _: ChangeContext) -> TargetState:
    active = active_set(session)
    removed = active.documents.get(change.name)
    if removed is None:
        raise NothingKnown(f"No document called {PurePath(change.name).name} is in force; /data documents lists them.")
    remaining = {name: document for name, document in active.documents.items() if name != change.name}
    return TargetState(DocumentSet(remaining, active.corrections), excluded=frozenset({(removed.digest, removed.name)}))


def _roll_back(session: Session, change: Change, _: ChangeContext) -> TargetState:
    """The state before a load; texts that are in force now and were not then are set aside."""
    if session.get(LoadRecord, change.number) is None:
        raise NothingKnown(f"There is no load {change.number}; /data log lists them.")
    current, earlier = active_set(session), set_before_load(session, change.number)
    if lost := missing_texts(session, earlier):
        raise NothingKnown(
            f"Load {change.number} can no longer be rolled back: of {lost[0]} only the last versions are kept. "
            "/data log says which loads can."
        )
    # Without being excluded, what has come since would be back with the next reload of the folder.
    readmitted = frozenset((document.digest, document.name) for document in earlier.documents.values())
    excluded = frozenset((document.digest, document.name) for document in current.documents.values()) - readmitted
    correction_lines = [
        *(f"correction {number} no longer in force" for number in sorted(current.corrections - earlier.corrections)),
        *(f"correction {number} in force again" for number in sorted(earlier.corrections - current.corrections)),
    ]
    return TargetState(earlier, excluded=excluded, readmitted=readmitted, correction_lines=tuple(correction_lines))


def _correction(session: Session, change: Change, context: ChangeContext) -> TargetState:
    number = (session.exec(select(func.max(Correction.number))).one() or 0) + 1
    race = change.race or ""
    parse_correction(number, change.what, change.value)
    if not change.reason.strip():
        raise BotError("A correction needs a reason: say in a few words where the value comes from.")
    value_before = current_value(session, race, change.what)
    active = active_set(session)
    same_value_query = select(Correction.number).where(
        Correction.race == race, Correction.what == change.what, col(Correction.in_force)
    )
    replaced = frozenset(number_before for number_before in session.exec(same_value_query) if number_before is not None)
    correction = Correction(
        number=number,
        race=race,
        what=change.what,
        old=value_before,
        value=change.value.strip(),
        reason=change.reason.strip(),
        by=context.by,
        at=context.at,
    )
    correction_lines = [
        f"{change.what}: {correction.value} instead of {value_before or 'nothing'}: {correction.reason}"
    ]
    correction_lines += [f"correction {number_before} is replaced" for number_before in sorted(replaced)]
    document_set = DocumentSet(active.documents, active.corrections - replaced | {number})
    return TargetState(document_set, new_correction=correction, correction_lines=tuple(correction_lines))


def _withdrawal(session: Session, change: Change, _: ChangeContext) -> TargetState:
    active = active_set(session)
    if change.number not in active.corrections:
        raise NothingKnown(f"No correction {change.number} is in force; /data corrections lists those that are.")
    correction = session.get_one(Correction, change.number)
    document_set = DocumentSet(active.documents, active.corrections - {change.number})
    return TargetState(document_set, correction_lines=(f"{correction.what}: {correction.value} is withdrawn",))


def _tie(session: Session, change: Change, context: ChangeContext) -> TargetState:
    """The choice of a race for a document in force: kept with it until its text changes."""
    active = active_set(session)
    document = active.documents.get(change.name)
    if document is None:
        raise NothingKnown(f"No document called {PurePath(change.name).name} is in force; /data documents lists them.")
    tied = replace(document, race=change.race, by=context.by, at=context.at)
    return TargetState(DocumentSet({**active.documents, change.name: tied}, active.corrections))


def _rebuild(session: Session, _: Change, __: ChangeContext) -> TargetState:
    return TargetState(active_set(session))


_TARGET_FUNCTIONS: Mapping[str, Callable[[Session, Change, ChangeContext], TargetState]] = {
    "reload": _reload,
    "upload": _upload,
    "uploads": _uploads,
    "removal": _removal,
    "roll back": _roll_back,
    "correction": _correction,
    "withdrawal": _withdrawal,
    "tie": _tie,
    "restore": _rebuild,
    "rebuild": _rebuild,
}
