"""Everything that a load is to write: the rows of races made anew, and the tables that are of the whole archive."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import SQLModel

from bot.archive.models.build_cache import RaceBuild
from bot.archive.models.core import Source
from bot.documents.catalogue import CATALOGUE_NAME, CatalogueEntry
from bot.documents.history_csv.reader import HISTORY_TABLE
from bot.documents.model import Document
from bot.documents.recap.identity.text_kinds import kinds_without_race
from bot.loading.build.document_races import found_races, undecided_documents
from bot.loading.build.history_races import HistoryOnlyRaces, history_source_row
from bot.loading.build.stages import MergedRace, RaceGroups
from bot.loading.canonical.name_table import tally_race
from bot.loading.canonical.names import CanonicalNames
from bot.loading.checks.constraints import check_unique_rounds
from bot.loading.merge.sourced_claims import CORRECTIONS
from bot.loading.page_tables import PageTableSet
from bot.loading.read.reader import DocumentOutline
from bot.loading.read.reading_cache import outline_to_row
from bot.loading.read.reading_rows import ReadingRows, build_reading_rows
from bot.loading.report import DocumentRace, RaceChoice
from bot.loading.seasons.stage import SeasonSet
from bot.loading.state.build_cache import RaceContribution, digest_of, race_build_row
from bot.racing.document_kinds import TABLES_KIND

__all__ = ["ArchiveBuild", "build_archive"]


@dataclass(frozen=True, slots=True)
class ArchiveBuild:
    """What is to be written: the races made anew and their cached builds, the keys of all races, and further tables.

    `merged_keys` are the keys of the races that are merged from claims, made anew or not; those of histories alone are
    in `history_only`. `contributions` is what the merged ones add to the names. `archive_rows` are the rows of the
    whole archive. `idle_corrections` are the numbers of corrections that correct nothing. `seasons` are the
    schedules and championships of whole seasons, `page_tables` the tables of pages as they stand there, `readings`
    what documents claim. `found_races` and `undecided` are as in `Report`.
    """

    merged_races: tuple[MergedRace, ...]
    race_builds: tuple[RaceBuild, ...]
    merged_keys: frozenset[str]
    history_only: HistoryOnlyRaces
    archive_rows: tuple[SQLModel, ...]
    contributions: tuple[RaceContribution, ...]
    canonical_names: CanonicalNames
    idle_corrections: tuple[int, ...]
    seasons: SeasonSet
    page_tables: PageTableSet
    readings: ReadingRows
    found_races: tuple[DocumentRace, ...] = ()
    undecided: tuple[RaceChoice, ...] = ()

    @property
    def race_keys(self) -> frozenset[str]:
        """The keys of all races."""
        return self.merged_keys | self.history_only.races.keys()


def build_archive(
    groups: RaceGroups,
    canonical_names: CanonicalNames,
    merged_races: Iterable[MergedRace],
    seasons: SeasonSet,
    page_tables: PageTableSet,
) -> ArchiveBuild:
    """Everything that is to be written, once the races made anew are there.

    Raises BotError where two races would be the same round of a season, and what making the races raises.
    """
    contributions, race_builds = {}, []
    made = {race.inputs.key: race for race in merged_races}
    # Races that were made anew say what they add to the whole, and that is kept; of the others it has been kept.
    for key, inputs in groups.races.items():
        if key in made:
            contributions[key] = _contribution_of(made[key])
            race_builds.append(
                race_build_row(key, inputs.digest, made[key].spellings, inputs.name_usage, contributions[key])
            )
        elif inputs.cached_contribution is not None:
            contributions[key] = inputs.cached_contribution
    history_only = groups.histories.history_only(frozenset(groups.races), canonical_names)
    check_unique_rounds({key: contribution.tally for key, contribution in contributions.items()}, history_only.races)
    return ArchiveBuild(
        tuple(made.values()),
        tuple(race_builds),
        frozenset(groups.races),
        history_only,
        tuple(_archive_rows(groups, contributions)),
        tuple(contributions.values()),
        canonical_names,
        _idle_corrections(groups, contributions.values()),
        seasons,
        page_tables,
        build_reading_rows(groups.readings),
        found_races(groups),
        undecided_documents(groups),
    )


def _contribution_of(merged: MergedRace) -> RaceContribution:
    """What a race adds to the whole archive."""
    race, rows = merged.rows.race, merged.rows.rows
    used_numbers = {number for row in rows for number in _correction_numbers(row)}
    idle = tuple(correction.number for correction in merged.inputs.corrections if correction.number not in used_numbers)
    title = " ".join(part for part in (str(race.season or ""), race.name or "") if part)
    return RaceContribution(tally_race(merged.rows), title, idle)


def _correction_numbers(row: SQLModel) -> Iterator[int]:
    """The number of the correction that a row stands on: its line, where the corrections are its document."""
    if getattr(row, "document", "") == CORRECTIONS:
        yield row.line  # type: ignore[attr-defined]


def _idle_corrections(groups: RaceGroups, contributions: Iterable[RaceContribution]) -> tuple[int, ...]:
    """The numbers of corrections that correct nothing: there is no such race, or no row of it stands on them."""
    numbers = [correction.number for correction in groups.corrections if correction.race not in groups.races]
    return tuple(
        sorted([*numbers, *(number for contribution in contributions for number in contribution.idle_corrections)])
    )


def _archive_rows(groups: RaceGroups, contributions: Mapping[str, RaceContribution]) -> Iterator[SQLModel]:
    """The rows of the whole archive: its sources, and what the next load wants to know of its documents."""
    all_sources = (
        *_document_sources(groups, contributions),
        *_season_sources(groups),
        *_table_sources(groups),
        *_text_sources(groups),
        *_other_sources(groups),
    )
    rows = {row.document: row for row in all_sources}
    yield from (rows[name] for name in sorted(rows))
    for history in groups.histories.by_name.values():
        yield history_source_row(history, _catalogue_note(groups.readings.catalogue_entries.get(history.active.name)))
    yield from (outline_to_row(outline) for outline in groups.readings.outlines)


def _document_sources(groups: RaceGroups, contributions: Mapping[str, RaceContribution]) -> Iterator[Source]:
    """One row for each document that is no history; it names the race only where the document tells of one alone."""
    seen: set[str] = set()
    for key, inputs in groups.races.items():
        for outline in inputs.outlines:
            if outline.kind == HISTORY_TABLE.kind or outline.is_season_row:
                continue
            yield Source(
                document=outline.name,
                digest=outline.digest,
                kind=outline.kind,
                title=outline.title or contributions[key].title or _stem(outline.name),
                lines=outline.lines,
                race=None if outline.name in seen else key,
                appeared=outline.own_identity.appeared,
                note=_note(outline),
                address=outline.address,
            )
            seen.add(outline.name)


def _season_sources(groups: RaceGroups) -> Iterator[Source]:
    """One row for each document about a season."""
    return (_raceless_source(outline, outline.kind) for season in groups.seasons for outline in season.outlines)


def _table_sources(groups: RaceGroups) -> Iterator[Source]:
    """One row for each page of tables that tells of no race."""
    tables = (outline for outline in groups.readings.outlines if outline.is_tables)
    return (_raceless_source(outline, TABLES_KIND) for outline in tables)


def _text_sources(groups: RaceGroups) -> Iterator[Source]:
    """One row for each text that tells of no race that was run, and joined none."""
    joined = {outline.name for inputs in groups.races.values() for outline in inputs.outlines}
    for outline in groups.readings.outlines:
        if outline.kind in kinds_without_race() and outline.name not in joined:
            yield _raceless_source(outline, outline.kind)


def _raceless_source(outline: DocumentOutline, kind: str) -> Source:
    return Source(
        document=outline.name,
        digest=outline.digest,
        kind=kind,
        title=outline.title or _stem(outline.name),
        lines=outline.lines,
        note=_catalogue_note(outline.catalogue_entry),
        address=outline.address,
    )


def _other_sources(groups: RaceGroups) -> Iterator[Source]:
    """One row each for what cards cite and is no document: the catalogue and the corrections."""
    catalogue = groups.readings.documents.get(CATALOGUE_NAME)
    if catalogue is not None:
        document = groups.readings.cache.document(catalogue)
        yield _source_row(document, "catalogue", "what the documents leave out")
    if groups.corrections:
        corrections = sorted(groups.corrections, key=lambda correction: correction.number)
        lines = tuple("" for _ in range(corrections[-1].number))  # a correction is cited by its number, as a line
        document = Document(CORRECTIONS, digest_of(corrections), lines)
        yield _source_row(document, "correction", "what moderators have mended")


def _source_row(document: Document, kind: str, title: str) -> Source:
    return Source(document=document.name, digest=document.digest, kind=kind, title=title, lines=len(document.lines))


def _note(outline: DocumentOutline) -> str:
    """What readers are told of a document: the catalogue's note, or that a moderator says what it tells of."""
    return _catalogue_note(outline.catalogue_entry) or (
        "A moderator has said which race this tells of." if outline.race_hint else ""
    )


def _catalogue_note(entry: CatalogueEntry | None) -> str:
    return next((str(fact.value) for fact in entry.facts if fact.field == "note"), "") if entry else ""


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name
