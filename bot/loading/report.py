"""What a load did, or would do: per race, per document, in words a moderator can check."""

from dataclasses import dataclass

__all__ = ["Change", "DocumentChange", "RaceChanges", "Report"]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: `where` names it ("race: Ross Chastain: laps"), "" stands for nothing there before or after."""

    where: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RaceChanges:
    """What changed for one race; `race` is its label. Counts are cells (a passage is one)."""

    race: str
    added: int
    removed: int
    changed: tuple[Change, ...]
    new_conflicts: int = 0


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that is new, changed or gone: `what` is "added", "changed" or "removed"."""

    document: str
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """One load. `version` is the data version afterwards; `rejected` are "file:line: why" lines.

    `kept` names rejected documents whose last good version stays in force.
    """

    version: int
    races: tuple[RaceChanges, ...] = ()
    documents: tuple[DocumentChange, ...] = ()
    rejected: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    dry_run: bool = False

    @property
    def unchanged(self) -> bool:
        """Whether the archive is what it was before."""
        return not self.races and not self.documents
