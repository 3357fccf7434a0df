"""One document, parsed: the first format that knows it reads it; catalogue and moderators have their say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.documents.address import without_address_line
from bot.documents.catalogue import CatalogueEntry, read_catalogue
from bot.documents.model import Document, FactClaim, ParsedDocument, RaceIdentity
from bot.documents.near_misses import near_miss
from bot.documents.page_tables import plain_tables
from bot.documents.recap.identity.text_kinds import kinds_without_race
from bot.documents.registry import FORMATS
from bot.documents.tables_page.reader import as_tables_page
from bot.documents.templates.registry import ANY_TEMPLATE, template_hint
from bot.documents.text_limits import MAX_TEXT_LINES, check_cells, check_lines, filled_lines, has_too_many_lines
from bot.errors import BadDocument
from bot.loading.read.race_results import identity_with_results
from bot.loading.seasons.readings import SEASON_READING
from bot.racing.document_kinds import (
    POINTS_ARTICLE_KIND,
    RACE_PAGE_KIND,
    RECAP_KIND,
    RESULTS_TABLE_KIND,
    SEASON_ARTICLE_KIND,
    STANDINGS_TABLE_KIND,
    TABLE_KINDS,
    TABLES_KIND,
)
from bot.racing.race_key import RaceKey

__all__ = [
    "DocumentOutline",
    "DocumentWithClaims",
    "combined_identity",
    "names_race",
    "outline_document",
    "read_catalogue_facts",
    "read_document",
    "readable_kinds",
    "with_claims",
    "with_template_hint",
]


@dataclass(frozen=True, slots=True)
class DocumentOutline:
    """One reading of a document without its claims: enough to tell which race it is about.

    `number` counts the readings of a document from 0; `own_identity` is what the document itself says of its race,
    `identity` that with what the catalogue's `catalogue_entry` and the moderator's `race_hint` (a race key) say.
    `address` is where the document came from, where it says so.
    """

    name: str
    digest: str
    number: int
    kind: str
    title: str
    lines: int
    own_identity: RaceIdentity
    catalogue_entry: CatalogueEntry | None
    race_hint: str | None
    forced_kind: str | None
    identity: RaceIdentity
    address: str = ""

    @property
    def tied(self) -> str | None:
        """The key of the race that a moderator has chosen for it."""
        return self.race_hint

    @property
    def is_founding(self) -> bool:
        """Whether it can found a race: it is a table or a page, or the catalogue says which race it tells of."""
        said = self.said_identity
        return self.kind in TABLE_KINDS or RaceKey.of(said.series, said.season, said.round) is not None

    @property
    def tells_race(self) -> bool:
        """Whether it tells of a race that was run: it is no preview and none of its kind, or somebody says of which."""
        return self.kind not in kinds_without_race() or names_race(self.said_identity)

    @property
    def said_identity(self) -> RaceIdentity:
        """What the catalogue says of the race."""
        return self.catalogue_entry.identity if self.catalogue_entry else RaceIdentity()

    @property
    def is_season(self) -> bool:
        """Whether it tells of a whole season, and of no race."""
        return self.kind == SEASON_ARTICLE_KIND and self.number == SEASON_READING

    @property
    def is_season_row(self) -> bool:
        """Whether it is what an article about a season says of one race."""
        return self.kind == SEASON_ARTICLE_KIND and self.number != SEASON_READING

    @property
    def is_tables(self) -> bool:
        """Whether it is a page of tables that tells of no race, by itself or by anybody."""
        is_page = self.kind == RACE_PAGE_KIND and not self.tied and not names_race(self.identity)
        return is_page or self.kind == TABLES_KIND

    @property
    def key(self) -> str:
        """The key of the race, where its identity has series, season and round."""
        return str(RaceKey.of(self.identity.series, self.identity.season, self.identity.round))


@dataclass(frozen=True, slots=True)
class DocumentWithClaims:
    """One reading of one document, what the catalogue adds, what a moderator said, and the identity all of it makes."""

    parsed: ParsedDocument
    catalogue_entry: CatalogueEntry | None
    identity: RaceIdentity
    moderator_facts: tuple[FactClaim, ...] = ()

    @property
    def name(self) -> str:
        """The file name."""
        return self.parsed.document.name


def read_document(document: Document, kind: str | None = None, *, has_race: bool = False) -> tuple[ParsedDocument, ...]:
    """Read a document whole, as the `kind` of document that a moderator says it is, if any.

    A page that tells of no race is one of tables, unless it `has_race` by what a moderator says.

    Raises BadDocument where no format knows the document, or the one that does finds it broken: then the error ends
    with how to get a file of that kind that works.
    """
    document = without_address_line(document)
    for document_format in FORMATS:
        if has_too_many_lines(document, document_format.kind):
            continue
        if kind in (None, document_format.kind) and document_format.recognizes(document):
            try:
                check_lines(document, document_format.kind)
                parsed = tuple(document_format.read(document))
                check_cells(parsed)
            except BadDocument as error:
                raise with_template_hint(error, document_format.kind) from error
            is_raceless = kind is None and not has_race and document_format.kind == RACE_PAGE_KIND
            if is_raceless and parsed[0].tables and not names_race(parsed[0].identity):
                return (as_tables_page(parsed[0]),)
            return parsed if parsed[0].tables or document_format.kind not in _PROSE_KINDS else _with_tables(parsed)
    raise _refusal(document, kind)


def _refusal(document: Document, kind: str | None) -> BadDocument:
    """The error for a document that no format knows, or not that of `kind`: what nearly fitted, and what it lacks."""
    if has_too_many_lines(document, TABLES_KIND):
        why = f"{filled_lines(document):,} lines are more than the {MAX_TEXT_LINES:,} that a page or a story may have"
        return BadDocument(document.path, MAX_TEXT_LINES + 1, f"{why}, and it is no table of results that I can read")
    kinds = ", ".join(dict.fromkeys(form.kind for form in FORMATS))
    nearest = near_miss(document)
    if kind is None and nearest:
        reason = (
            f"this is none of the kinds of document I can read; it looks most like a {nearest.kind}: {nearest.lack}"
        )
        return with_template_hint(BadDocument(document.path, nearest.line, reason), nearest.kind)
    if kind is None:
        return BadDocument(
            document.path, 1, f"this is none of the kinds of document I can read ({kinds}){ANY_TEMPLATE}"
        )
    other_kind = next((form.kind for form in FORMATS if form.recognizes(document)), None)
    likely_kind = f"it looks like a {other_kind}" if other_kind else f"it is none of the kinds I can read ({kinds})"
    if other_kind is None and nearest and nearest.kind == kind:
        likely_kind = nearest.lack
    return with_template_hint(BadDocument(document.path, 1, f"this cannot be read as a {kind}: {likely_kind}"), kind)


def _with_tables(parsed: tuple[ParsedDocument, ...]) -> tuple[ParsedDocument, ...]:
    """The readings of a story with the tables that stand in it."""
    return (replace(parsed[0], tables=plain_tables(parsed[0].document)), *parsed[1:])


def names_race(identity: RaceIdentity) -> bool:
    """Whether anything is told by which one race could be meant."""
    return any((identity.name, identity.season, identity.day, identity.round, identity.winner))


def with_template_hint(error: BadDocument, kind: str) -> BadDocument:
    """The error of a kind of document with how to get a file of that kind that works."""
    return BadDocument(error.path, error.line, error.reason + template_hint(kind), kind)


def read_catalogue_facts(document: Document) -> tuple[ParsedDocument, ...]:
    """What the catalogue says of each document that it names. Raises BadDocument."""
    return tuple(
        ParsedDocument(document, "catalogue", entry.document, entry.identity, entry.facts)
        for entry in read_catalogue(document)
    )


_PROSE_KINDS = frozenset({POINTS_ARTICLE_KIND, RECAP_KIND})
# Tables that are about one race and often do not say which: a file that was downloaded has only the rows.
_ONE_RACE_TABLES = frozenset({RESULTS_TABLE_KIND, STANDINGS_TABLE_KIND})
_HOW_TO_SAY_RACE = (
    "choose the race when you upload it (race:, or --race), call the file by its race (cup-2099-17.csv), or add "
    "columns season and round or race"
)


def _tells_race(identity: RaceIdentity) -> bool:
    """Whether a season and one more part are told: without them any race could be meant."""
    day = identity.day
    return bool((identity.season or day) and (identity.name or identity.round or identity.track or day))


def outline_document(
    parsed: ParsedDocument,
    number: int,
    catalogue_entry: CatalogueEntry | None,
    race_hint: str | None,
    forced_kind: str | None,
) -> DocumentOutline:
    """The outline of one reading. Raises BadDocument where a table of one race leaves open which."""
    document = parsed.document
    own_identity = identity_with_results(parsed)
    identity = combined_identity(own_identity, catalogue_entry, race_hint)
    if parsed.kind in _ONE_RACE_TABLES and not race_hint and not _tells_race(identity):
        raise with_template_hint(
            BadDocument(document.path, 1, f"this {parsed.kind} does not say of which race it is: {_HOW_TO_SAY_RACE}"),
            parsed.kind,
        )
    return DocumentOutline(
        document.name,
        document.digest,
        number,
        parsed.kind,
        parsed.title,
        len(document.lines),
        own_identity,
        catalogue_entry,
        race_hint,
        forced_kind,
        identity,
        document.address,
    )


def with_claims(outline: DocumentOutline, parsed: ParsedDocument) -> DocumentWithClaims:
    """An outline with all that its document claims, and what catalogue and moderators add."""
    return DocumentWithClaims(parsed, outline.catalogue_entry, outline.identity, _facts_from_hint(outline.race_hint))


def _facts_from_hint(race_hint: str | None) -> tuple[FactClaim, ...]:
    """The facts that a moderator states by tying a document to a race of a known round."""
    full_key = RaceKey.find(race_hint)
    if not full_key:
        return ()
    return (
        FactClaim(1, "series", full_key.series),
        FactClaim(1, "season", full_key.season),
        FactClaim(1, "round", full_key.round),
    )


def combined_identity(own: RaceIdentity, catalogue_entry: CatalogueEntry | None, race_hint: str | None) -> RaceIdentity:
    """What all say together: the moderator before the catalogue, the catalogue before the document."""
    catalogue = catalogue_entry.identity if catalogue_entry else RaceIdentity()
    full_key = RaceKey.find(race_hint)
    return RaceIdentity(
        series=full_key.series if full_key else catalogue.series or own.series,
        season=full_key.season if full_key else catalogue.season or own.season,
        round=full_key.round if full_key else catalogue.round or own.round,
        name=catalogue.name or own.name,
        track=catalogue.track or own.track,
        day=catalogue.day or own.day,
        appeared=own.appeared,
        winner=own.winner,
        stage_winners=own.stage_winners,
        finish=own.finish,
        signs=own.signs,
    )


def readable_kinds() -> Sequence[str]:
    """The kinds of document that can be read, each once."""
    return tuple(dict.fromkeys(form.kind for form in FORMATS))
