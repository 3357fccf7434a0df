"""The archive as a pure function of what is in force: the same set gives the same rows, in whatever order it came.

A race is made anew only where something it depends on has changed: its documents, what the catalogue and moderators
say of them, its corrections, or how one of its names is spelled. That gives what making everything anew gives.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import SQLModel

from bot.archive.models.core import Race, Source
from bot.archive.models.build_cache import RaceBuild
from bot.documents.catalogue import CATALOGUE_NAME, CatalogueEntry
from bot.documents.model import Document
from bot.documents.history_csv.reader import HISTORY_TABLE
from bot.loading.canonical.names import CanonicalNames, WrittenName, count_names, written_names
from bot.loading.checks.run import check_race
from bot.loading.merge.corrections import RaceCorrections, ActiveCorrection, parse_corrections
from bot.loading.merge.grouping import group_by_race
from bot.loading.state.document_set import ActiveDocument
from bot.loading.build.history_races import HistoryOnlyRaces, HistorySet, history_source_row
from bot.loading.checks.constraints import check_unique_rounds, check_constraints
from bot.loading.read.reading_cache import ReadingCache, outline_to_row
from bot.loading.merge.race import RaceRows, merge_race
from bot.loading.canonical.name_table import check_unique_keys, tally_race
from bot.loading.read.reader import DocumentOutline
from bot.loading.merge.sourced_claims import CORRECTIONS, SourcedClaim, collect_claims
from bot.loading.state.build_cache import RaceContribution, RaceNameUsage, digest_of, load_cached, race_build_row, spellings_digest

__all__ = ["ArchiveBuild", "build"]


@dataclass(frozen=True, slots=True)
class ArchiveBuild:
    """What is to be written: the races made anew and their workings, the keys of all races, the whole's own tables.

    `merged_keys` are the keys of the races that are merged from claims; those of histories alone are in `history_only`. `contributions` is
    what the merged ones add to the names. `idle_corrections` are the numbers of corrections that found nothing to mend.
    """

    merged_races: tuple[RaceRows, ...]
    race_builds: tuple[RaceBuild, ...]
    merged_keys: frozenset[str]
    history_only: HistoryOnlyRaces
    archive_rows: tuple[SQLModel, ...]
    contributions: tuple[RaceContribution, ...]
    canonical_names: CanonicalNames
    idle_corrections: tuple[int, ...]

    @property
    def race_keys(self) -> frozenset[str]:
        """The keys of all races."""
        return self.merged_keys | self.history_only.races.keys()


def build(
    documents: Mapping[str, ActiveDocument],
    corrections: Sequence[ActiveCorrection],
    reading_cache: ReadingCache,
    cached_builds: Mapping[str, RaceBuild],
) -> ArchiveBuild:
    """Everything that is in force into rows; of `cached_builds` races only those that are touched are made anew.

    Raises BadDocument where a document cannot be read, or says what no race has; BotError where two races or two
    names cannot be told apart.
    """
    catalogue_entries = reading_cache.catalogue_entries(documents)
    names = [name for name in sorted(documents) if name != CATALOGUE_NAME]
    histories = HistorySet.from_histories(found for name in names if (found := reading_cache.history(documents[name])))
    outlines = [
        one
        for name in names
        if name not in histories.by_name
        for one in reading_cache.outlines(documents[name], catalogue_entries.get(name))
    ]
    groups = dict(group_by_race(outlines, histories.races))
    groups = histories.join_groups(groups, {one.race for one in corrections})
    race_builders = {key: _RaceBuilder(key, group, corrections, documents, reading_cache) for key, group in groups.items()}
    contribution_of = _load_cached_contributions(race_builders, cached_builds)
    canonical_names = _canonical_names(race_builders, histories)
    check_unique_keys(canonical_names)
    merged_races, race_builds = [], []
    for key, builder in race_builders.items():
        spellings = spellings_digest(builder.name_usage().all_names, canonical_names)
        if key in contribution_of and cached_builds[key].spellings == spellings:
            continue
        rows = builder.build_rows(canonical_names)
        merged_races.append(rows)
        contribution_of[key] = RaceContribution(tally_race(rows), _race_title(rows.race), builder.idle_corrections(rows))
        race_builds.append(race_build_row(key, builder.inputs, spellings, builder.name_usage(), contribution_of[key]))
    contributions = {key: contribution_of[key] for key in race_builders}
    history_only = histories.history_only(frozenset(race_builders), canonical_names)
    check_unique_rounds({key: one.tally for key, one in contributions.items()}, history_only.races)
    archive_rows = [
        *_source_rows(groups, contributions, documents, reading_cache, corrections),
        *(history_source_row(one, _catalogue_note(catalogue_entries.get(one.active.name))) for one in histories.by_name.values()),
        *(outline_to_row(one) for one in outlines),
    ]
    corrections_without_race = [one.number for one in corrections if one.race not in race_builders]
    idle_corrections = tuple(sorted([*corrections_without_race, *(number for one in contributions.values() for number in one.idle_corrections)]))
    return ArchiveBuild(
        tuple(merged_races), tuple(race_builds), frozenset(race_builders), history_only, tuple(archive_rows), tuple(contributions.values()), canonical_names, idle_corrections
    )  # fmt: skip


class _RaceBuilder:
    """One race on its way from outlines to rows; its documents are read only when they are needed."""

    def __init__(
        self,
        key: str,
        group: tuple[DocumentOutline, ...],
        corrections: Sequence[ActiveCorrection],
        documents: Mapping[str, ActiveDocument],
        reading_cache: ReadingCache,
    ) -> None:
        self.key, self.group, self.library, self.documents = key, group, reading_cache, documents
        self.mendings = tuple(sorted((one for one in corrections if one.race == key), key=lambda one: one.number))
        self.inputs = digest_of(
            [(one.name, one.digest, one.number, one.catalogue_entry, one.race_hint, one.forced_kind) for one in group], self.mendings
        )
        # A history has its say in the spelling of names as a whole, not race by race.
        self.histories = frozenset(one.name for one in group if one.kind == HISTORY_TABLE.kind)
        self.cached_name_usage: RaceNameUsage | None = None
        self._sourced_claims: tuple[SourcedClaim, ...] | None = None

    def race_corrections(self) -> RaceCorrections:
        """Its corrections."""
        return parse_corrections(self.mendings)

    def sourced_claims(self) -> tuple[SourcedClaim, ...]:
        """Everything that is claimed of it."""
        if self._sourced_claims is None:
            documents = [self.library.document_with_claims(self.documents[one.name], one) for one in self.group]
            self._sourced_claims = (*collect_claims(documents), *self.race_corrections().facts)
        return self._sourced_claims

    def name_usage(self) -> RaceNameUsage:
        """The names in what is claimed of it, as remembered or as read."""
        if self.cached_name_usage is None:
            cells = self.race_corrections().cells
            non_history_claims = [one for one in self.sourced_claims() if one.document not in self.histories]
            self.cached_name_usage = RaceNameUsage(count_names(non_history_claims, cells), tuple(sorted(written_names(self.sourced_claims(), cells))))
        return self.cached_name_usage

    def build_rows(self, canonical_names: CanonicalNames) -> RaceRows:
        """Its rows, with its arithmetic recomputed. Raises BadDocument for a row that breaks a law of its table."""
        cells = [canonical_names.spell_cell(cell) for cell in self.race_corrections().cells]
        merged = merge_race(self.key, [canonical_names.spell_claim(one) for one in self.sourced_claims()], cells, self.histories)
        check_constraints((*merged.rows, merged.race))
        return RaceRows(merged.race, (*merged.rows, *check_race(merged.race, merged.rows)))

    def idle_corrections(self, rows: RaceRows) -> tuple[int, ...]:
        """The numbers of its corrections that no row stands on."""
        used_numbers = {number for row in rows.rows for number in _correction_numbers(row)}
        return tuple(one.number for one in self.mendings if one.number not in used_numbers)


def _load_cached_contributions(builders: Mapping[str, _RaceBuilder], cached_builds: Mapping[str, RaceBuild]) -> dict[str, RaceContribution]:
    """What is remembered of the races whose own documents and corrections are as they were."""
    contribution_of: dict[str, RaceContribution] = {}
    for key, builder in builders.items():
        row = cached_builds.get(key)
        if row and row.inputs == builder.inputs:
            builder.cached_name_usage, contribution_of[key] = load_cached(row)
    return contribution_of


def _canonical_names(builders: Mapping[str, _RaceBuilder], histories: HistorySet) -> CanonicalNames:
    """The spellings of all names, chosen over all races and histories."""
    name_votes: Counter[WrittenName] = Counter()
    for history in histories.by_name.values():
        name_votes.update(history.name_votes)
    for race in builders.values():
        name_votes.update(race.name_usage().name_votes)
    return CanonicalNames.from_counts(name_votes)


def _correction_numbers(row: SQLModel) -> Iterator[int]:
    if getattr(row, "document", "") == CORRECTIONS:
        yield row.line  # type: ignore[attr-defined]


def _source_rows(
    groups: Mapping[str, Sequence[DocumentOutline]],
    contributions: Mapping[str, RaceContribution],
    documents: Mapping[str, ActiveDocument],
    reading_cache: ReadingCache,
    corrections: Sequence[ActiveCorrection],
) -> Iterator[Source]:
    """One row for each document, and for what is no document: the catalogue and the corrections."""
    rows: dict[str, Source] = {}
    for key, group in groups.items():
        for outline in group:
            if outline.kind == HISTORY_TABLE.kind:
                continue
            rows[outline.name] = Source(
                document=outline.name,
                digest=outline.digest,
                kind=outline.kind,
                title=outline.title or contributions[key].title or _stem(outline.name),
                lines=outline.lines,
                race=None if outline.name in rows else key,
                appeared=outline.own_identity.appeared,
                note=_note(outline),
            )
    if CATALOGUE_NAME in documents:
        catalogue = reading_cache.document(documents[CATALOGUE_NAME])
        rows[CATALOGUE_NAME] = _source_row(catalogue, "catalogue", "what the documents leave out")
    if corrections:
        lines = tuple("" for _ in range(max(one.number for one in corrections)))
        digest = digest_of(sorted(corrections, key=lambda one: one.number))
        rows[CORRECTIONS] = _source_row(Document(CORRECTIONS, digest, lines), "correction", "what moderators have mended")
    for name in sorted(rows):
        yield rows[name]


def _source_row(document: Document, kind: str, title: str) -> Source:
    return Source(document=document.name, digest=document.digest, kind=kind, title=title, lines=len(document.lines))


def _note(outline: DocumentOutline) -> str:
    """What readers are told of a document: the catalogue's note, or that a moderator says what it tells of."""
    return _catalogue_note(outline.catalogue_entry) or ("A moderator has said which race this tells of." if outline.race_hint else "")


def _catalogue_note(entry: CatalogueEntry | None) -> str:
    return next((str(fact.value) for fact in entry.facts if fact.field == "note"), "") if entry else ""


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _race_title(race: Race) -> str:
    return " ".join(part for part in (str(race.season or ""), race.name or "") if part)
