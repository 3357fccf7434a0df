"""From what a moderator wants to what would then be in force: nothing is read as a race or written here."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import PurePath

from sqlmodel import Session, col, func, select

from bot.archive.models.user_data import Correction, LoadRecord
from bot.documents.model import Document
from bot.errors import BadDocument, BotError, LoadUnderWay, NothingKnown
from bot.loading.merge.corrections import read_correction
from bot.loading.moderation.correctable import value_now
from bot.loading.read.folder import Folder
from bot.loading.state.document_set import FOLDER, UPLOAD, Held, State, aside_of, state_before, state_of

__all__ = ["Aim", "Deed", "Surroundings", "aim"]


@dataclass(frozen=True, slots=True)
class Deed:
    """What a moderator wants, as a plan keeps it. Which fields are used depends on `kind`.

    "reload"; "upload" of `name` with `digest`, tied to `race` and read as `form`; "removal" of `name`; "roll back" to
    before load `number`; "correction" of `what` of `race` to `value` for a `reason`; "withdrawal" of correction
    `number`.
    """

    kind: str
    name: str = ""
    digest: str = ""
    race: str | None = None
    form: str | None = None
    number: int = 0
    what: str = ""
    value: str = ""
    reason: str = ""

    @property
    def title(self) -> str:
        """What a person reads in the log."""
        return {
            "reload": "Reload",
            "upload": f"Upload of {self.name}",
            "removal": f"Removal of {self.name}",
            "roll back": f"Roll back to before load {self.number}",
            "correction": f"Correction of {self.what}",
            "withdrawal": f"Withdrawal of correction {self.number}",
        }[self.kind]

    def json(self) -> str:
        """The deed, to be kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of_json(cls, text: str) -> "Deed":
        """A deed that was kept."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Aim:
    """What would be in force, and what has to be written for it.

    `fresh` are documents by digest that may not be kept yet, `mended` a correction to be added; `aside` are
    (digest, name) of texts to be set aside, `restored` of those that no longer are. The rest is told in the report.
    """

    state: State
    fresh: Mapping[str, Document] = field(default_factory=dict)
    mended: Correction | None = None
    aside: frozenset[tuple[str, str]] = frozenset()
    restored: frozenset[tuple[str, str]] = frozenset()
    rejected: tuple[BadDocument, ...] = ()
    named: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Who wants it, when, and what it needs besides the archive: the folder, or the document that is uploaded."""

    by: str
    at: datetime
    folder: Folder | None = None
    document: Document | None = None


def aim(session: Session, deed: Deed, around: Surroundings) -> Aim:
    """What would be in force after a deed. Raises NothingKnown or BotError where it is about nothing there is."""
    return _AIMS[deed.kind](session, deed, around)


def _reload(session: Session, _: Deed, around: Surroundings) -> Aim:
    """The folder as it is: uploads stay, what a moderator has set aside stays away, unreadable files stay as held."""
    folder = around.folder or Folder((), None, ())
    held, aside = state_of(session), aside_of(session)
    documents = {name: one for name, one in held.documents.items() if one.origin == UPLOAD}
    fresh: dict[str, Document] = {}
    named, passed = [], []
    for document in (*folder.documents, *((folder.catalogue,) if folder.catalogue else ())):
        old = held.documents.get(document.name)
        if old and (old.digest == document.digest or old.origin == UPLOAD):
            documents[document.name] = old
            passed += [document.name] if old.digest != document.digest else []
        elif document.digest in aside:
            named.append(document.name)
            documents |= {document.name: old} if old else {}
        elif document.name in folder.unread:
            raise LoadUnderWay("The archive has changed while the folder was read. Try again.")
        else:
            fresh[document.digest] = document
            documents[document.name] = Held(document.name, document.digest, FOLDER, around.by, around.at)
    unreadable = {error.path.name for error in folder.rejected}
    documents |= {name: held.documents[name] for name in unreadable if name in held.documents}
    return Aim(
        State(documents, held.corrections),
        fresh,
        rejected=folder.rejected,
        named=tuple(named),
        passed_over=tuple(passed),
    )


def _upload(session: Session, deed: Deed, around: Surroundings) -> Aim:
    document, held = around.document, state_of(session)
    if document is None:
        raise BotError(f"The text of {deed.name} is gone. Upload it again.")
    new = Held(deed.name, deed.digest, UPLOAD, around.by, around.at, deed.race, deed.form)
    state = State({**held.documents, deed.name: new}, held.corrections)
    return Aim(state, {document.digest: document}, restored=frozenset({(document.digest, deed.name)}))


def _removal(session: Session, deed: Deed, _: Surroundings) -> Aim:
    held = state_of(session)
    gone = held.documents.get(deed.name)
    if gone is None:
        raise NothingKnown(f"No document called {PurePath(deed.name).name} is in force; /data documents lists them.")
    left = {name: one for name, one in held.documents.items() if name != deed.name}
    return Aim(State(left, held.corrections), aside=frozenset({(gone.digest, gone.name)}))


def _roll_back(session: Session, deed: Deed, _: Surroundings) -> Aim:
    """The state before a load; texts that are in force now and were not then are set aside."""
    if session.get(LoadRecord, deed.number) is None:
        raise NothingKnown(f"There is no load {deed.number}; /data log lists them.")
    now, then = state_of(session), state_before(session, deed.number)
    wanted = frozenset((one.digest, one.name) for one in then.documents.values())
    aside = frozenset((one.digest, one.name) for one in now.documents.values()) - wanted
    said = [
        *(f"correction {number} no longer in force" for number in sorted(now.corrections - then.corrections)),
        *(f"correction {number} in force again" for number in sorted(then.corrections - now.corrections)),
    ]
    return Aim(then, aside=aside, restored=wanted, corrections=tuple(said))


def _correction(session: Session, deed: Deed, around: Surroundings) -> Aim:
    number = (session.exec(select(func.max(Correction.number))).one() or 0) + 1
    race = deed.race or ""
    read_correction(number, deed.what, deed.value)
    if not deed.reason.strip():
        raise BotError("A correction needs a reason: say in a few words where the value comes from.")
    old = value_now(session, race, deed.what)
    held = state_of(session)
    same = select(Correction.number).where(
        Correction.race == race, Correction.what == deed.what, col(Correction.in_force)
    )
    replaced = frozenset(one for one in session.exec(same) if one is not None)
    mended = Correction(
        number=number, race=race, what=deed.what, old=old, value=deed.value.strip(), reason=deed.reason.strip(),
        by=around.by, at=around.at,
    )  # fmt: skip
    said = [f"{deed.what}: {mended.value} instead of {old or 'nothing'}: {mended.reason}"]
    said += [f"correction {one} is replaced" for one in sorted(replaced)]
    state = State(held.documents, held.corrections - replaced | {number})
    return Aim(state, mended=mended, corrections=tuple(said))


def _withdrawal(session: Session, deed: Deed, _: Surroundings) -> Aim:
    held = state_of(session)
    if deed.number not in held.corrections:
        raise NothingKnown(f"No correction {deed.number} is in force; /data correct lists those that are.")
    one = session.get_one(Correction, deed.number)
    state = State(held.documents, held.corrections - {deed.number})
    return Aim(state, corrections=(f"{one.what}: {one.value} is withdrawn",))


_AIMS: Mapping[str, Callable[[Session, Deed, Surroundings], Aim]] = {
    "reload": _reload,
    "upload": _upload,
    "removal": _removal,
    "roll back": _roll_back,
    "correction": _correction,
    "withdrawal": _withdrawal,
}
