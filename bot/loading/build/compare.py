"""The last stage before writing: what a load would change, race by race."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from sqlmodel import Session, SQLModel, col, select

from bot.archive.db.bulk import in_batches
from bot.archive.models.build_cache import ParsedDocumentRecord, RaceBuild, ReadingRecord
from bot.archive.models.core import DERIVED_TABLES, Name, Race, RawBlock, Source, Spelling, Version
from bot.archive.models.page_tables import PageTableRecord
from bot.archive.models.seasons import SEASON_MODELS
from bot.archive.models.tallies import (
    CareerTally,
    HistoryDocument,
    HistoryRaceRecord,
    SeasonTally,
    TeamTally,
    TrackTally,
)
from bot.archive.models.user_data import Correction
from bot.documents.recap.identity.text_kinds import kinds_without_race
from bot.errors import BadDocument
from bot.language.shortening import one_line
from bot.loading.build.archive_build import ArchiveBuild
from bot.loading.build.diff import diff_documents, diff_races
from bot.loading.report import CellChange, Losses, RaceChanges, Report, SeasonChanges
from bot.loading.review.archive_neighbours import reviewed_load
from bot.loading.review.concerns import find_concerns
from bot.loading.review.race_state import RaceState, race_state
from bot.loading.state.candidates import CandidateSet
from bot.loading.state.changes import TargetState
from bot.loading.state.document_set import ActiveDocument, DocumentSet
from bot.loading.state.previous_build import PreviousBuild

__all__ = ["ARCHIVE_WIDE_MODELS", "PER_RACE_MODELS", "Evaluation", "compare"]

ARCHIVE_WIDE_MODELS: tuple[type[SQLModel], ...] = (Source, ParsedDocumentRecord)
OTHER_MODELS: tuple[type[SQLModel], ...] = (
    *ARCHIVE_WIDE_MODELS, Name, Spelling, Race, RaceBuild, SeasonTally, CareerTally, TeamTally, TrackTally,
    HistoryDocument, HistoryRaceRecord, *SEASON_MODELS, PageTableRecord, ReadingRecord,
)  # fmt: skip
PER_RACE_MODELS: tuple[type[SQLModel], ...] = tuple(model for model in DERIVED_TABLES if model not in OTHER_MODELS)
# Races of histories that a report tells cell by cell: a season has up to 36, a whole history thousands.
MAX_DETAILED_HISTORY_RACES = 40
MAX_UNREAD_LENGTH = 120  # characters of what could not be read that a report repeats


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a change comes to: what will be in force, the rows of it, and the report of a dry run.

    `changed_keys` are the keys of all races whose rows go or come, `history_keys` those of them that are made from
    histories alone. `rejected` are the documents that cannot be read.
    """

    target: TargetState
    document_set: DocumentSet
    archive_build: ArchiveBuild
    changed_keys: frozenset[str]
    history_keys: tuple[str, ...]
    report: Report
    rejected: tuple[BadDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class RaceDifferences:
    """The races that change, cell by cell where they are not too many for it.

    `detailed` goes by key, as do `before` and `after`, the same races as they are and as they would be.
    `from_histories` are the keys of the races of histories alone that come, change or go;
    `is_history_detailed` says that these are in `detailed` too.
    """

    detailed: Mapping[str, RaceChanges]
    from_histories: frozenset[str]
    is_history_detailed: bool
    history_keys: Sequence[str]
    before: Mapping[str, RaceState]
    after: Mapping[str, RaceState]


def compare(
    session: Session,
    target: TargetState,
    candidates: CandidateSet,
    archive_build: ArchiveBuild,
    previous: PreviousBuild,
    documents_before: Mapping[str, ActiveDocument] | None = None,
) -> Evaluation:
    """What the archive has to become beside what it is. `documents_before` were in force before a restore."""
    history_keys = previous.keys_to_write(archive_build.history_only)
    differences = _race_differences(session, archive_build, previous, history_keys)
    rejected = sorted(candidates.rejected, key=lambda error: (error.path.name, error.line))
    active = candidates.active.documents
    before = _fingerprints(active if documents_before is None else documents_before)
    changed_documents = diff_documents(before, _fingerprints(candidates.document_set.documents))
    new_names = {change.document for change in changed_documents}
    report = Report(
        session.get_one(Version, 1).number,
        tuple(differences.detailed.values()),
        changed_documents,
        tuple(map(str, rejected)),
        tuple(sorted({error.path.name for error in rejected} & active.keys())),
        dry_run=True,
        set_aside=target.excluded_files,
        passed_over=target.passed_over,
        corrections=target.correction_lines,
        idle=_idle_correction_lines(session, target, archive_build),
        spellings=_spelling_changes(archive_build),
        undecided=archive_build.undecided,
        seasons=tuple(_season_changes(archive_build, previous)),
        without_race=_texts_without_race(archive_build, new_names),
        unread=_unread_lines(archive_build, new_names),
    )
    report = _reviewed(session, report, archive_build, previous, differences, len(candidates.document_set.documents))
    keys = frozenset(differences.detailed) | differences.from_histories
    return Evaluation(target, candidates.document_set, archive_build, keys, history_keys, report, tuple(rejected))


def _reviewed(
    session: Session,
    report: Report,
    archive_build: ArchiveBuild,
    previous: PreviousBuild,
    differences: RaceDifferences,
    documents_left: int,
) -> Report:
    """The same with what goes, which races new documents tell of, and what of it all looks wrong."""
    new_names = {change.document for change in report.documents}
    histories = previous.history_changes(
        archive_build.history_only, differences.history_keys, archive_build.merged_keys
    )
    reviewed = reviewed_load(
        session,
        (differences.before, differences.after),
        archive_build.seasons,
        [one for one in archive_build.found_races if one.document in new_names],
        () if differences.is_history_detailed else histories,
    )
    removed = sum(change.what == "removed" for change in report.documents)
    races = len(previous.race_keys - archive_build.race_keys)
    return replace(
        report,
        histories=reviewed.histories,
        found_races=reviewed.found_races,
        concerns=find_concerns(reviewed),
        losses=Losses(removed, documents_left, races, len(archive_build.race_keys)),
    )


def _spelling_changes(archive_build: ArchiveBuild) -> tuple[CellChange, ...]:
    changes = archive_build.history_only.spelling_changes
    return tuple(CellChange(change.kind, change.old, change.new) for change in changes)


def _texts_without_race(archive_build: ArchiveBuild, changed_documents: Collection[str]) -> tuple[str, ...]:
    """The changed documents that are texts about no race, each with what it is taken for."""
    return tuple(
        sorted(
            f"{row.document} ({row.kind})"
            for row in archive_build.archive_rows
            if isinstance(row, Source) and row.document in changed_documents and row.kind in kinds_without_race()
        )
    )


def _unread_lines(archive_build: ArchiveBuild, documents: Collection[str]) -> tuple[str, ...]:
    """What these documents say of races that could not be read, by document and line."""
    blocks = {
        (row.document, row.line, row.section, row.text)
        for race in archive_build.merged_races
        for row in race.rows.rows
        if isinstance(row, RawBlock) and row.document in documents
    }
    return tuple(
        f"{document}:{line}: {one_line(f'{section}: {text}' if section else text, MAX_UNREAD_LENGTH)}"
        for document, line, section, text in sorted(blocks)
    )


def _race_differences(
    session: Session, archive_build: ArchiveBuild, previous: PreviousBuild, history_keys: Sequence[str]
) -> RaceDifferences:
    """Which races differ from what the archive holds.

    Merged races are compared cell by cell, and so are those of histories where they are few. Of a whole history that
    comes or goes, `previous` knows by the digests of its lines which races differ: their rows are never made twice.
    """
    removed_keys = previous.race_keys - archive_build.race_keys
    from_histories = frozenset({*history_keys, *(removed_keys - previous.merged_keys)})
    detailed_history_keys: AbstractSet[str] = (
        from_histories if len(from_histories) <= MAX_DETAILED_HISTORY_RACES else frozenset()
    )
    history_tables = archive_build.history_only.tables(key for key in history_keys if key in detailed_history_keys)
    new_races = [
        *(merged.rows for merged in archive_build.merged_races),
        *(tables.as_models() for tables in history_tables),
    ]
    # The old rows of a race: it is made anew, or was merged and goes, or is one of few that histories bring or lose.
    keys = (
        {race_rows.race.key for race_rows in new_races} | (removed_keys & previous.merged_keys) | detailed_history_keys
    )
    old_races = {race.key: race for race in _races_with_keys(session, keys & previous.race_keys)}
    old_rows = _rows_by_race(session, old_races)
    detailed = diff_races(old_races, old_rows, new_races)
    before = {key: race_state(race, old_rows.get(key, ())) for key, race in old_races.items() if key in detailed}
    after = {rows.race.key: race_state(rows.race, rows.rows) for rows in new_races if rows.race.key in detailed}
    return RaceDifferences(
        {key: _with_outlines(changes, key, before, after) for key, changes in detailed.items()},
        from_histories,
        bool(detailed_history_keys),
        history_keys,
        before,
        after,
    )


def _with_outlines(
    changes: RaceChanges, key: str, before: Mapping[str, RaceState], after: Mapping[str, RaceState]
) -> RaceChanges:
    """The changes of a race with what matters first, as it is and as it would be."""
    outlines = [states[key].outline if key in states else None for states in (before, after)]
    title = (after.get(key) or before[key]).title
    return replace(changes, key=key, title=title, before=outlines[0], after=outlines[1])


def _season_changes(archive_build: ArchiveBuild, previous: PreviousBuild) -> Iterator[SeasonChanges]:
    """The seasons that documents tell of otherwise than before, and those that none tells of any more."""
    for made in archive_build.seasons.made:
        before = previous.season_builds.get((made.build.series, made.build.season))
        if before is None or before.inputs != made.build.inputs:
            yield made.changes
    for key in sorted(previous.season_builds.keys() - archive_build.seasons.keys):
        build = previous.season_builds[key]
        yield SeasonChanges(f"{build.season} {build.series_name}", 0, 0)


def _races_with_keys(session: Session, keys: Collection[str]) -> Iterator[Race]:
    for part in in_batches(sorted(keys)):
        yield from session.exec(select(Race).where(col(Race.key).in_(part)))


def _rows_by_race(session: Session, races: Mapping[str, Race]) -> dict[str, list[SQLModel]]:
    rows: dict[str, list[SQLModel]] = {}
    for keys in in_batches(sorted(races)):
        for model in PER_RACE_MODELS:
            for row in session.exec(select(model).where(col(model.race).in_(keys))):  # type: ignore[attr-defined]
                rows.setdefault(row.race, []).append(row)  # type: ignore[attr-defined]
    return rows


def _fingerprints(documents: Mapping[str, ActiveDocument]) -> dict[str, str]:
    """Name -> what a document is and how it is read, as a text to compare."""
    return {name: repr((document.build_inputs, document.origin)) for name, document in documents.items()}


def _idle_correction_lines(session: Session, target: TargetState, archive_build: ArchiveBuild) -> tuple[str, ...]:
    """In words, which corrections find nothing to mend any more."""
    if not archive_build.idle_corrections:
        return ()
    rows = {row.number: row for row in session.exec(select(Correction))}
    if target.new_correction:
        rows[target.new_correction.number] = target.new_correction
    return tuple(
        f"correction {number}, of {rows[number].what}, finds nothing to mend"
        for number in archive_build.idle_corrections
    )
