"""Change: what somebody wants done to the archive, as a plan keeps it."""

from dataclasses import dataclass, replace

from bot.errors import NothingKnown
from bot.loading.state.published_source import PublishedSource
from bot.names.entity import short_key

__all__ = ["Change", "UploadPart", "with_race"]


@dataclass(frozen=True, slots=True)
class UploadPart:
    """One document of an upload of several: its name, digest and number of lines, and the race it is tied to."""

    name: str
    digest: str
    line_count: int
    race: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a moderator wants, as a plan keeps it. Which fields are used depends on `kind`.

    "reload" of the folder; "upload" of `name` with `digest`, tied to `race` and read as `form`, and fetched from
    `source`, where it was fetched; "uploads" of the documents `parts`, each tied to a race of its own, read as `form`;
    "removal" of `name`; "roll back" to before load `number`; "correction" of `what` of `race` to `value` for a
    `reason`; "withdrawal" of correction `number`; "tie" of `name` to `race`, or to none; "restore" of the backup
    `name`, whose documents are in force already; "rebuild" of what is.
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
    parts: tuple[UploadPart, ...] = ()
    source: PublishedSource | None = None

    @property
    def title(self) -> str:
        """What a person reads in the log."""
        return {
            "reload": "Reload",
            "upload": f"{'Fetch' if self.source else 'Upload'} of {self.name}",
            "uploads": f"Upload of {len(self.parts)} documents: {', '.join(part.name for part in self.parts)}",
            "removal": f"Removal of {self.name}",
            "roll back": f"Roll back to before load {self.number}",
            "correction": f"Correction of {self.what}",
            "withdrawal": f"Withdrawal of correction {self.number}",
            "tie": f"{self.name} tells of {self.race or 'the race it says'}",
            "restore": f"Restored from {self.name}",
            "rebuild": "Derived anew after an update of the program",
        }[self.kind]

    @property
    def is_rebuild(self) -> bool:
        """Whether everything is read and made anew, from what is in force already."""
        return self.kind in {"restore", "rebuild"}

    @property
    def may_change_nothing(self) -> bool:
        """Whether it is no fault if the archive is afterwards what it was before."""
        return self.is_rebuild or self.kind == "reload"


def with_race(change: Change, race: str, document: str) -> Change:
    """An upload with a race for the `document` of this name or short key. Raises NothingKnown where it has none."""
    if change.kind == "upload":
        return replace(change, race=race)
    meant = [part for part in change.parts if document in {part.name, short_key("document", part.name)}]
    if not meant:
        raise NothingKnown("This plan uploads no such document.")
    return replace(change, parts=tuple(replace(part, race=race) if part in meant else part for part in change.parts))
