"""The seasons of a load: which documents tell of each, and the rows of those that something has changed for.

Like a race, a season is made anew only where its documents, the races that its rows tell of, or the spelling of one of
its names have changed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlmodel import SQLModel

from bot.archive.document_texts import compress_text, decompress_text
from bot.archive.models.core import Conflict
from bot.archive.models.seasons import SeasonBuild, SeasonConflict
from bot.documents.model import ParsedDocument, RawClaim
from bot.errors import BadDocument
from bot.language.shortening import one_line
from bot.loading.canonical.names import CanonicalNames
from bot.loading.read.documents import DocumentReadings
from bot.loading.read.reader import DocumentOutline
from bot.loading.report import SeasonChanges
from bot.loading.seasons.schedule_rows import schedule_rows
from bot.loading.seasons.season_documents import SeasonDocument, names_of_season
from bot.loading.seasons.season_races import SeasonRaces
from bot.loading.seasons.standings_rows import standings_rows
from bot.loading.startup import digest_of, program_stamp
from bot.loading.state.build_cache import spellings_digest
from bot.loading.stored_json import from_json, to_json

__all__ = ["SeasonInputs", "SeasonKey", "SeasonRows", "SeasonSet", "build_seasons", "group_seasons"]

MAX_RAW_CHARS = 80  # of a value that is kept as written, in a report
SeasonKey: TypeAlias = tuple[str, int]  # series, year


@dataclass(frozen=True, slots=True)
class SeasonInputs:
    """A season's documents in outline, in the order of their names, and the races that their rows tell of.

    `races` are (document, number of the reading, key of the race), in order.
    """

    key: SeasonKey
    outlines: tuple[DocumentOutline, ...]
    races: tuple[tuple[str, int, str], ...]

    @property
    def digest(self) -> str:
        """A digest of all that its rows depend on but for the spelling of names."""
        documents = [(outline.name, outline.digest, outline.forced_kind) for outline in self.outlines]
        return digest_of(documents, self.races)


@dataclass(frozen=True, slots=True)
class SeasonRows:
    """A season that was made anew: what it was made from, every row of it, and what that says to moderators."""

    build: SeasonBuild
    rows: tuple[SQLModel, ...]
    changes: SeasonChanges


@dataclass(frozen=True, slots=True)
class SeasonSet:
    """All seasons that documents tell of, by key, and those of them that were made anew."""

    keys: frozenset[SeasonKey]
    made: tuple[SeasonRows, ...]


def group_seasons(outlines: Sequence[DocumentOutline], season_races: SeasonRaces) -> tuple[SeasonInputs, ...]:
    """The seasons that these readings tell of, in the order of their keys."""
    by_key: defaultdict[SeasonKey, list[DocumentOutline]] = defaultdict(list)
    for outline in outlines:
        by_key[outline.identity.series or "", outline.identity.season or 0].append(outline)
    races: defaultdict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for (name, number), race in sorted(season_races.keys.items()):
        races[name].append((name, number, race))
    return tuple(
        SeasonInputs(
            key,
            tuple(sorted(group, key=lambda outline: outline.name)),
            tuple(race for name in sorted(outline.name for outline in group) for race in races[name]),
        )
        for key, group in sorted(by_key.items())
    )


def build_seasons(
    seasons: Sequence[SeasonInputs],
    readings: DocumentReadings,
    canonical_names: CanonicalNames,
    cached_builds: Mapping[SeasonKey, SeasonBuild],
) -> SeasonSet:
    """The rows of the seasons that something has changed for. Raises BadDocument."""
    made = [
        _season_rows(season, readings, canonical_names)
        for season in seasons
        if not _is_cached(season, cached_builds.get(season.key), canonical_names)
    ]
    return SeasonSet(frozenset(season.key for season in seasons), tuple(made))


def _is_cached(season: SeasonInputs, build: SeasonBuild | None, canonical_names: CanonicalNames) -> bool:
    if build is None or build.inputs != season.digest:
        return False
    names = from_json(tuple[str, ...], decompress_text(build.names))
    return build.spellings == spellings_digest(names, canonical_names)


def _season_rows(season: SeasonInputs, readings: DocumentReadings, canonical_names: CanonicalNames) -> SeasonRows:
    read = [readings.with_claims(outline).parsed for outline in season.outlines]
    documents = [_season_document(parsed, season) for parsed in read]
    names = tuple(sorted({name for document in documents for name in names_of_season(document.claims)}))
    scheduled, lost = schedule_rows(documents, canonical_names)
    standings = standings_rows(documents, canonical_names)
    build = SeasonBuild(
        series=season.key[0],
        season=season.key[1],
        series_name=documents[0].claims.series_name,
        inputs=season.digest,
        spellings=spellings_digest(names, canonical_names),
        program=program_stamp(),
        names=compress_text(to_json(names)),
    )
    conflicts = _season_conflicts(season.key, (*lost, *standings.conflicts))
    rows = (build, *scheduled, *standings.standings, *standings.finishes, *conflicts)
    kept_raw = tuple(line for parsed in read for line in _kept_raw(parsed))
    title = f"{build.season} {build.series_name}"
    return SeasonRows(build, rows, SeasonChanges(title, len(scheduled), len(standings.standings), kept_raw))


def _season_document(parsed: ParsedDocument, season: SeasonInputs) -> SeasonDocument:
    if parsed.season is None:
        raise BadDocument(parsed.document.path, 1, "this tells of no season")
    races = {number: race for name, number, race in season.races if name == parsed.document.name}
    return SeasonDocument(parsed.document.name, parsed.season, races)


def _kept_raw(parsed: ParsedDocument) -> Iterator[str]:
    """The values that a document gives and nobody can read, each with its line."""
    for claim in parsed.claims:
        if isinstance(claim, RawClaim):
            yield f"{parsed.document.name}:{claim.line}: {claim.section}: {one_line(claim.text, MAX_RAW_CHARS)}"


def _season_conflicts(key: SeasonKey, conflicts: Sequence[Conflict]) -> Iterator[SeasonConflict]:
    """What documents disagree on, numbered by what it is about."""
    ordered = sorted(conflicts, key=lambda row: (row.value_name, row.other_document, row.other_line, row.other_value))
    for number, row in enumerate(ordered, 1):
        columns = row.model_dump(exclude={"race", "number"})
        yield SeasonConflict(series=key[0], season=key[1], number=number, **columns)
