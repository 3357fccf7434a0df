"""Documents into readings: the first format that knows a document reads it; catalogue and moderators have their say."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.catalogue import CatalogueEntry
from bot.documents.model import Document, FactClaim, RaceIdentity, Reading
from bot.errors import BadDocument
from bot.loading.merge.grouping import FULL_KEY

__all__ = [
    "Outline",
    "ReadDocument",
    "identity_of",
    "kinds_known",
    "outline",
    "read_document",
    "with_claims",
]


@dataclass(frozen=True, slots=True)
class Outline:
    """One reading of a document without its claims: enough to tell which race it is about.

    `number` counts the readings of a document from 0; `own` is what the document itself says of its race, `identity`
    that with what the catalogue's `entry` and the moderator's `hint` (a race key) say; `tied` is a hint without round.
    """

    name: str
    digest: str
    number: int
    kind: str
    title: str
    lines: int
    own: RaceIdentity
    entry: CatalogueEntry | None
    hint: str | None
    forced: str | None
    identity: RaceIdentity
    tied: str | None

    @property
    def key(self) -> str:
        """The key of the race, where series, season and round are all told."""
        return f"{self.identity.series}-{self.identity.season}-{self.identity.round}"


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One reading of one document, what the catalogue adds, what a moderator said, and the identity all of it makes."""

    reading: Reading
    entry: CatalogueEntry | None
    identity: RaceIdentity
    said: tuple[FactClaim, ...] = ()
    tied: str | None = None

    @property
    def name(self) -> str:
        """The file name."""
        return self.reading.document.name


def read_document(document: Document, kind: str | None = None) -> tuple[Reading, ...]:
    """Read a document whole, as the `kind` of document that a moderator says it is, if any.

    Raises BadDocument where no format knows the document, or the one that does finds it broken.
    """
    from bot.documents import FORMATS  # noqa: PLC0415 - half a second, and a start needs the data desk without it

    for form in FORMATS:
        if kind in (None, form.kind) and form.knows(document):
            return tuple(form.read(document))
    kinds = ", ".join(dict.fromkeys(form.kind for form in FORMATS))
    if kind is None:
        raise BadDocument(document.path, 1, f"this is none of the kinds of document I can read ({kinds})")
    taken = next((form.kind for form in FORMATS if form.knows(document)), None)
    looks = f"it looks like a {taken}" if taken else f"it is none of the kinds I can read ({kinds})"
    raise BadDocument(document.path, 1, f"this cannot be read as a {kind}: {looks}")


def outline(
    reading: Reading, number: int, entry: CatalogueEntry | None, hint: str | None, forced: str | None
) -> Outline:
    """The outline of one reading."""
    document = reading.document
    return Outline(
        document.name,
        document.digest,
        number,
        reading.kind,
        reading.title,
        len(document.lines),
        reading.identity,
        entry,
        hint,
        forced,
        identity_of(reading.identity, entry, hint),
        hint if hint and not FULL_KEY.fullmatch(hint) else None,
    )


def with_claims(one: Outline, reading: Reading) -> ReadDocument:
    """The reading that an outline is of, with all that is said of it."""
    return ReadDocument(reading, one.entry, one.identity, _said_by(one.hint), one.tied)


def _said_by(hint: str | None) -> tuple[FactClaim, ...]:
    """The facts that a moderator states by tying a document to a race of a known round."""
    found = FULL_KEY.fullmatch(hint or "")
    if not found:
        return ()
    return (
        FactClaim(1, "series", found["series"]),
        FactClaim(1, "season", int(found["season"])),
        FactClaim(1, "round", int(found["round"])),
    )


def identity_of(told: RaceIdentity, entry: CatalogueEntry | None, hint: str | None) -> RaceIdentity:
    """What all say together: the moderator before the catalogue, the catalogue before the document."""
    said = entry.identity if entry else RaceIdentity()
    tied = FULL_KEY.fullmatch(hint or "")
    return RaceIdentity(
        series=tied["series"] if tied else said.series or told.series,
        season=int(tied["season"]) if tied else said.season or told.season,
        round=int(tied["round"]) if tied else said.round or told.round,
        name=said.name or told.name,
        track=said.track or told.track,
        day=said.day or told.day,
        appeared=told.appeared,
        winner=told.winner,
    )


def kinds_known() -> Sequence[str]:
    """The kinds of document that can be read, each once."""
    from bot.documents import FORMATS  # noqa: PLC0415 - as above

    return tuple(dict.fromkeys(form.kind for form in FORMATS))
