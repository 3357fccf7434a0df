"""The last stage of a load: what a change comes to, into the tables, within its one transaction."""

from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from heapq import merge
from typing import TypeAlias

from sqlmodel import Session, col, delete, select

from bot.archive.db.bulk import bulk_delete, bulk_insert_models, without_indexes
from bot.archive.document_texts import compress_text, text_storage
from bot.archive.models.build_cache import RaceBuild
from bot.archive.models.core import FactRecord, Race, RaceSession, SessionRow, Version
from bot.archive.models.user_data import ExcludedDocument, LoadRecord, RejectedDocument
from bot.loading.build.archive_build import ArchiveBuild
from bot.loading.build.compare import ARCHIVE_WIDE_MODELS, PER_RACE_MODELS, Evaluation
from bot.loading.build.history_races import SpellingChange
from bot.loading.build.tallies import race_results, recount, write_tallies
from bot.loading.build.tally_counts import RaceResults, count_tallies
from bot.loading.canonical.name_table import write_names
from bot.loading.gc_pause import pause_gc
from bot.loading.page_tables import write_page_tables
from bot.loading.read.reading_rows import write_reading_rows
from bot.loading.report import Report
from bot.loading.seasons.write import write_seasons
from bot.loading.state.change import Change
from bot.loading.state.changes import ChangeContext, TargetState
from bot.loading.state.document_set import document_set_to_json, write_document_set
from bot.loading.stored_json import to_json
from bot.loading.write.bulk import apply_spelling_changes, delete_races, write_history_cache, write_history_races
from bot.loading.write.published import write_published_version

__all__ = ["write_archive"]

SeasonTrack: TypeAlias = tuple[str, int, str | None]  # series, season, track
INDEXED_MODELS = (Race, FactRecord, RaceSession, SessionRow)
FULL_RECOUNT_RACES = 500  # races; past them everything is counted again, which takes a second


def write_archive(session: Session, evaluation: Evaluation, change: Change, context: ChangeContext) -> Report:
    """Put what a change comes to in force and in the log.

    Where nothing changes, only what was rejected is written down, if that is new. A rebuild is written down even if
    every race came out as it was: the archive has to say which version of the program has made it.
    """
    target = evaluation.target
    version = session.get_one(Version, 1)
    _write_rejections(session, evaluation.report.rejected)
    _write_exclusions(session, target, context)
    archive_build = evaluation.archive_build
    is_rebuilt = change.kind == "rebuild" and (
        archive_build.race_builds or archive_build.seasons.made or archive_build.page_tables.rows
    )
    if evaluation.report.unchanged and version.loaded_at is not None and not is_rebuilt:
        return replace(evaluation.report, dry_run=False)
    report = replace(evaluation.report, version=version.number + 1, dry_run=False)
    with text_storage(session, _new_texts(evaluation)):
        if target.new_correction is not None:
            session.add(target.new_correction)
            session.flush()
        write_document_set(session, evaluation.document_set)
        if change.source is not None:
            write_published_version(session, change.name, change.digest, change.source, context.at)
        _write_build(session, evaluation)
    version.number, version.loaded_at = report.version, context.at
    session.add_all([version, _load_record(evaluation, report, change, context)])
    return report


def _new_texts(evaluation: Evaluation) -> dict[str, tuple[str, ...]]:
    """The lines of the documents that come with this load and are in force from now on, by digest."""
    new_documents = evaluation.target.new_documents
    digests = (document.digest for document in evaluation.document_set.documents.values())
    return {digest: new_documents[digest].lines for digest in digests if digest in new_documents}


def _load_record(evaluation: Evaluation, report: Report, change: Change, context: ChangeContext) -> LoadRecord:
    return LoadRecord(
        number=report.version,
        at=context.at,
        by=context.by,
        what=change.title,
        report=compress_text(to_json(report)),
        state=document_set_to_json(evaluation.document_set),
    )


def _write_rejections(session: Session, lines: tuple[str, ...]) -> None:
    lines_before = tuple(session.exec(select(RejectedDocument.line).order_by(col(RejectedDocument.number))))
    if lines_before != lines:
        session.exec(delete(RejectedDocument))
        session.add_all(RejectedDocument(number=number, line=line) for number, line in enumerate(lines, 1))
        session.flush()


def _write_exclusions(session: Session, target: TargetState, context: ChangeContext) -> None:
    """Set texts aside, and no longer those that are in force again under their name."""
    for digest, name in sorted(target.readmitted):
        row = session.get(ExcludedDocument, (digest, name))
        if row is not None:
            session.delete(row)
    for digest, name in sorted(target.excluded):
        session.merge(ExcludedDocument(digest=digest, name=name, by=context.by, at=context.at))
    session.flush()


@pause_gc()
def _write_build(session: Session, evaluation: Evaluation) -> None:
    """Replace the rows of changed races, the cached builds of those made anew, and the tables of the whole archive."""
    archive_build = evaluation.archive_build
    season_tracks_before = _season_tracks(session, evaluation.changed_keys)
    # Where no race stays, whole tables are emptied, indexes made once at the end, and everything counted again.
    is_full_rebuild = not frozenset(session.exec(select(Race.key))) - evaluation.changed_keys
    delete_races(session, tuple(reversed(PER_RACE_MODELS)), sorted(evaluation.changed_keys), all_races=is_full_rebuild)
    # Between deleting and inserting: rows that stay are spelled as the new ones are.
    spelling_changes = archive_build.history_only.spelling_changes
    apply_spelling_changes(session, spelling_changes)
    _delete_outdated_race_builds(session, archive_build)
    for table in ARCHIVE_WIDE_MODELS:
        session.exec(delete(table))
    with (
        ThreadPoolExecutor(1) as counting_pool,
        without_indexes(session.connection(), *INDEXED_MODELS) if is_full_rebuild else nullcontext(),
    ):
        results = _insert_build(session, evaluation)
        # The database makes its indexes while this is counted: it lets other threads go on meanwhile.
        tallies_future = (
            counting_pool.submit(count_tallies, _results_in_order(session, archive_build, results))
            if is_full_rebuild
            else None
        )
    if tallies_future is not None:
        write_tallies(session, tallies_future.result())
    else:
        _recount_changed(
            session,
            evaluation.changed_keys,
            season_tracks_before | _with_renamed_tracks(season_tracks_before, spelling_changes),
        )
    write_seasons(session, archive_build.seasons)
    write_page_tables(session, archive_build.page_tables)
    write_reading_rows(session, archive_build.readings)
    write_names(
        session, [contribution.tally for contribution in archive_build.contributions], archive_build.canonical_names
    )
    write_history_cache(session, archive_build.history_only)


def _insert_build(session: Session, evaluation: Evaluation) -> list[RaceResults]:
    """Write the rows of the changed races and of the whole archive; the results of histories alone are given back."""
    archive_build = evaluation.archive_build
    results = write_history_races(session, archive_build.history_only, evaluation.history_keys)
    # A race may have been made anew and come out as it was: its rows are there, and only its cached build is new.
    changed_races = [
        merged.rows for merged in archive_build.merged_races if merged.rows.race.key in evaluation.changed_keys
    ]
    connection = session.connection()
    bulk_insert_models(connection, [race_rows.race for race_rows in changed_races])
    bulk_insert_models(connection, [row for race_rows in changed_races for row in race_rows.rows])
    bulk_insert_models(connection, [*archive_build.archive_rows, *archive_build.race_builds])
    return results


def _delete_outdated_race_builds(session: Session, archive_build: ArchiveBuild) -> None:
    """Forget the cached builds of races that are made anew, or are no longer merged."""
    cached_keys = frozenset(session.exec(select(RaceBuild.race)))
    outdated_keys = (cached_keys - archive_build.merged_keys) | {row.race for row in archive_build.race_builds}
    bulk_delete(session.connection(), RaceBuild, "race", sorted(outdated_keys))


def _season_tracks(session: Session, keys: Collection[str]) -> frozenset[SeasonTrack]:
    """(series, season, track) of these races, as far as the archive has them."""
    if len(keys) > FULL_RECOUNT_RACES:
        return frozenset()
    query = select(Race.series, Race.season, Race.track).where(col(Race.key).in_(sorted(keys)))
    return frozenset((series, season, track) for series, season, track in session.exec(query) if series and season)


def _with_renamed_tracks(
    season_tracks: Iterable[SeasonTrack], spelling_changes: Iterable[SpellingChange]
) -> frozenset[SeasonTrack]:
    """The same under the names that their tracks have from now on: so what is counted of them is called by now."""
    tracks = {change.old: change.new for change in spelling_changes if change.kind == "track"}
    return frozenset((series, season, tracks[track]) for series, season, track in season_tracks if track in tracks)


def _results_in_order(
    session: Session, archive_build: ArchiveBuild, history_results: list[RaceResults]
) -> list[RaceResults]:
    """The results of all races by series and season: those just written in bulk, and those of the merged races."""
    merged_results = race_results(session, col(Race.key).in_(sorted(archive_build.merged_keys)))
    return list(merge(merged_results, history_results, key=lambda race: (race.series, race.season)))


def _recount_changed(
    session: Session, changed_keys: Collection[str], season_tracks_before: frozenset[SeasonTrack]
) -> None:
    """Count starts and wins again: of the seasons and tracks of the changed races, as they were and as they are."""
    if len(changed_keys) > FULL_RECOUNT_RACES:
        write_tallies(session, count_tallies(list(race_results(session))))
        return
    season_tracks = season_tracks_before | _season_tracks(session, changed_keys)
    seasons = {(series, season) for series, season, _ in season_tracks}
    recount(session, seasons, {(series, track) for series, _, track in season_tracks if track})
