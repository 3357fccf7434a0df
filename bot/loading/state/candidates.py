"""The documents that a load tries to read, and what becomes of those that break."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from bot.errors import BadDocument
from bot.loading.state.document_set import ActiveDocument, DocumentSet

__all__ = ["CandidateSet"]


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """What a load would put in force, without the documents that proved broken.

    `active` is what is in force before it. `rejected` are the errors of broken documents; `unreadable` names those
    that stay in force all the same, because they were read once and this version of the program cannot.
    """

    document_set: DocumentSet
    active: DocumentSet
    rejected: tuple[BadDocument, ...] = ()
    unreadable: frozenset[str] = frozenset()

    @property
    def readable(self) -> Mapping[str, ActiveDocument]:
        """The documents that the archive is to be made from, by name."""
        return {name: document for name, document in self.document_set.documents.items() if name not in self.unreadable}

    def without(self, error: BadDocument) -> "CandidateSet":
        """The set with the last good version of a document in place of the one that breaks.

        Raises the error again where it is about no document that could be left out.
        """
        name = PurePath(error.path).name
        broken, good = self.document_set.documents.get(name), self.active.documents.get(name)
        if broken is None or name in self.unreadable:
            raise error
        rejected = (*self.rejected, error)
        if broken == good:
            return replace(self, rejected=rejected, unreadable=self.unreadable | {name})
        documents = {other: document for other, document in self.document_set.documents.items() if other != name}
        documents |= {name: good} if good else {}
        return replace(self, rejected=rejected, document_set=replace(self.document_set, documents=documents))
