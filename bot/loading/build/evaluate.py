"""What an aim comes to: documents that cannot be read are rejected whole, and what is left is derived and compared."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from sqlmodel import Session, SQLModel, col, select

from bot.archive.db.bulk import in_batches
from bot.archive.models.tallies import (
    CareerTally,
    HistoryDocument,
    HistoryRaceRecord,
    SeasonTally,
    TeamTally,
    TrackTally,
)
from bot.archive.models.user_data import Correction
from bot.archive.models.core import DERIVED_TABLES, Name, Race, Source, Spelling, Version
from bot.archive.models.build_cache import RaceBuild, ParsedDocumentRecord
from bot.errors import BadDocument
from bot.loading.state.changes import TargetState
from bot.loading.state.previous_build import PreviousBuild
from bot.loading.startup import is_built_by_other_program
from bot.loading.gc_pause import pause_gc
from bot.loading.merge.corrections import ActiveCorrection
from bot.loading.build.build import ArchiveBuild, build
from bot.loading.build.diff import diff_races, diff_documents
from bot.loading.state.document_set import ActiveDocument, DocumentSet, active_set
from bot.loading.read.reading_cache import ReadingCache
from bot.loading.report import CellChange, Report

__all__ = ["PER_RACE_MODELS", "Evaluation", "document_fingerprints", "evaluate"]

ARCHIVE_WIDE_MODELS: tuple[type[SQLModel], ...] = (Source, ParsedDocumentRecord)
OTHER_MODELS: tuple[type[SQLModel], ...] = (
    *ARCHIVE_WIDE_MODELS, Name, Spelling, Race, RaceBuild, SeasonTally, CareerTally, TeamTally, TrackTally, HistoryDocument,
    HistoryRaceRecord,
)  # fmt: skip
PER_RACE_MODELS: tuple[type[SQLModel], ...] = tuple(model for model in DERIVED_TABLES if model not in OTHER_MODELS)
MAX_DETAILED_HISTORY_RACES = 40  # races of histories that a report tells cell by cell; a season has up to 36, a whole history thousands


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What will be in force, the rows of it, the keys of the races to be written, and the report of a dry run.

    `changed_keys` are the keys of all races whose rows go or come, `history_keys` those of them that are made from histories alone.
    `rejected` are the documents that cannot be read.
    """

    document_set: DocumentSet
    archive_build: ArchiveBuild
    changed_keys: frozenset[str]
    history_keys: tuple[str, ...]
    report: Report
    rejected: tuple[BadDocument, ...] = ()


@pause_gc()
def evaluate(session: Session, target: TargetState, *, ignore_cache: bool = False) -> Evaluation:
    """Derive what is wanted and compare it with the archive; nothing is written.

    A document that is new and cannot be read is rejected: what was in force under its name stays. With `ignore_cache`
    everything is read anew. Raises BotError for an archive that cannot be.
    """
    active = active_set(session)
    previous_race_builds = list(session.exec(select(RaceBuild)))
    ignore_cache = ignore_cache or is_built_by_other_program(session)
    reading_cache = ReadingCache(session, target.new_documents, ignore_cache=ignore_cache)
    document_set, rejected, unreadable = target.document_set, list(target.rejected), set[str]()
    corrections = _active_corrections(session, target)
    cached_builds = {} if ignore_cache else {row.race: row for row in previous_race_builds}
    while True:
        try:
            readable = {name: one for name, one in document_set.documents.items() if name not in unreadable}
            for name in sorted(readable):
                if readable[name].digest in target.new_documents:
                    reading_cache.check_readable(readable[name])
            archive_build = build(readable, corrections, reading_cache, cached_builds)
            break
        except BadDocument as error:
            rejected.append(error)
            document_set = _without_broken(document_set, active, error, unreadable)
    previous = PreviousBuild.from_archive(session, previous_race_builds, ignore_cache=ignore_cache)
    history_keys = previous.keys_to_write(archive_build.history_only)
    changed_keys, report = _compare(session, target, document_set, archive_build, active, previous, history_keys)
    rejected.sort(key=lambda one: (one.path.name, one.line))
    kept_documents = tuple(sorted({error.path.name for error in rejected} & active.documents.keys()))
    report = replace(report, rejected=tuple(map(str, rejected)), kept=kept_documents)
    return Evaluation(document_set, archive_build, changed_keys, history_keys, report, tuple(rejected))


def _without_broken(document_set: DocumentSet, active: DocumentSet, error: BadDocument, unreadable: set[str]) -> DocumentSet:
    """The state with the last good version of a document in place of one that breaks.

    One that was in force already stays, `unreadable`: another version of the program reads it again. Raises the error
    where it is about no document.
    """
    name = PurePath(error.path).name
    broken, active_version = document_set.documents.get(name), active.documents.get(name)
    if broken is None or name in unreadable:
        raise error
    if broken == active_version:
        unreadable.add(name)
        return document_set
    documents = {other: one for other, one in document_set.documents.items() if other != name}
    return DocumentSet(documents | ({name: active_version} if active_version else {}), document_set.corrections)


def _active_corrections(session: Session, target: TargetState) -> list[ActiveCorrection]:
    rows = session.exec(select(Correction).order_by(col(Correction.number)))
    candidates = [*rows, *((target.new_correction,) if target.new_correction else ())]
    return [
        ActiveCorrection(row.number, row.race, row.what, row.value) for row in candidates if row.number in target.document_set.corrections
    ]  # fmt: skip


def _compare(
    session: Session,
    target: TargetState,
    document_set: DocumentSet,
    archive_build: ArchiveBuild,
    active: DocumentSet,
    previous: PreviousBuild,
    history_keys: Sequence[str],
) -> tuple[frozenset[str], Report]:
    """The keys of the races that change, and what the report says. A few races of histories are told cell by cell."""
    removed_keys = previous.race_keys - archive_build.race_keys
    from_histories = {*history_keys, *(removed_keys - previous.merged_keys)}
    detailed_history_keys = from_histories if len(from_histories) <= MAX_DETAILED_HISTORY_RACES else set()
    detailed_keys = {one.race.key for one in archive_build.merged_races} | (removed_keys & previous.merged_keys) | detailed_history_keys
    new_races = [*archive_build.merged_races, *(one.as_models() for one in archive_build.history_only.tables(key for key in history_keys if key in detailed_history_keys))]
    old_races = {race.key: race for race in _races_with_keys(session, detailed_keys & previous.race_keys)}
    changes = diff_races(old_races, _rows_by_race(session, old_races), new_races)
    report = Report(
        session.get_one(Version, 1).number,
        tuple(changes.values()),
        diff_documents(document_fingerprints(active.documents), document_fingerprints(document_set.documents)),
        dry_run=True,
        set_aside=target.excluded_files,
        passed_over=target.passed_over,
        corrections=target.correction_lines,
        idle=_idle_correction_lines(session, target, archive_build),
        histories=() if detailed_history_keys else previous.history_changes(archive_build.history_only, history_keys, archive_build.merged_keys),
        spellings=tuple(CellChange(one.kind, one.old, one.new) for one in archive_build.history_only.spelling_changes),
    )
    return frozenset(changes) | from_histories, report


def _races_with_keys(session: Session, keys: Collection[str]) -> Iterator[Race]:
    for part in in_batches(sorted(keys)):
        yield from session.exec(select(Race).where(col(Race.key).in_(part)))


def document_fingerprints(documents: Mapping[str, ActiveDocument]) -> dict[str, str]:
    """Name -> all that is said of a document, to tell which have changed."""
    return {name: repr((one.build_inputs, one.origin)) for name, one in documents.items()}


def _idle_correction_lines(session: Session, target: TargetState, archive_build: ArchiveBuild) -> tuple[str, ...]:
    """In words, which corrections find nothing to mend any more."""
    if not archive_build.idle_corrections:
        return ()
    rows = {row.number: row for row in session.exec(select(Correction))}
    if target.new_correction:
        rows[target.new_correction.number] = target.new_correction
    return tuple(f"correction {number}, of {rows[number].what}, finds nothing to mend" for number in archive_build.idle_corrections)


def _rows_by_race(session: Session, races: Mapping[str, Race]) -> dict[str, list[SQLModel]]:
    rows: dict[str, list[SQLModel]] = {}
    for keys in in_batches(sorted(races)):
        for model in PER_RACE_MODELS:
            for row in session.exec(select(model).where(col(model.race).in_(keys))):  # type: ignore[attr-defined]
                rows.setdefault(row.race, []).append(row)  # type: ignore[attr-defined]
    return rows
