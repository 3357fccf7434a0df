"""The stages of a load between reading and building, from top to bottom; `load.derive` calls them in this order.

They are a pure function of documents, catalogue and corrections: the same set gives the same rows, in whatever order
it came. A race is made anew only where something it depends on has changed: its documents, what the catalogue and
moderators say of them, its corrections, or how one of its names is spelled. That gives what making everything anew
gives, and `tests/loading/test_purity.py` proves it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.archive.models.build_cache import RaceBuild
from bot.loading.build.history_races import HistorySet
from bot.loading.build.race_inputs import RaceInputs
from bot.loading.canonical.name_table import check_unique_keys
from bot.loading.canonical.names import CanonicalNames, WrittenName
from bot.loading.checks.constraints import check_constraints
from bot.loading.checks.run import check_race
from bot.loading.matching.coverage import HistoryCoverage
from bot.loading.merge.bare_names import without_bare_names
from bot.loading.merge.corrections import ActiveCorrection
from bot.loading.merge.grouping import (
    GroupableDocument,
    Grouping,
    JoinedDocument,
    UndecidedDocument,
    group_stories,
    group_tables,
)
from bot.loading.merge.location_tracks import with_location_tracks
from bot.loading.merge.race import RaceRows, merge_race
from bot.loading.read.documents import DocumentReadings
from bot.loading.read.reader import DocumentOutline
from bot.loading.seasons.season_races import SeasonRaces, match_season_races
from bot.loading.seasons.stage import SeasonInputs, group_seasons
from bot.loading.state.build_cache import spellings_digest

__all__ = ["MergedRace", "RaceGroups", "check_races", "choose_spellings", "group_races", "merge_races"]


G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class RaceGroups:
    """The races that have to be merged from claims, by key; of `histories` each other race is a race of its own.

    `seasons` are what documents tell of whole seasons.
    """

    readings: DocumentReadings
    corrections: tuple[ActiveCorrection, ...]
    races: Mapping[str, RaceInputs]
    histories: HistorySet
    seasons: tuple[SeasonInputs, ...] = ()
    joined: tuple[JoinedDocument, ...] = ()
    undecided: tuple[UndecidedDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedRace:
    """A race that was made anew; `spellings` is a digest of how its names are spelled."""

    inputs: RaceInputs
    spellings: str
    rows: RaceRows


# Group: which documents tell of one race.


def group_races(
    readings: DocumentReadings, corrections: Sequence[ActiveCorrection], cached_builds: Mapping[str, RaceBuild]
) -> RaceGroups:
    """Every race with its documents and corrections, in the order of the keys.

    A race that only histories tell of, all in the same words, is no group: its rows are made in bulk.
    """
    histories = HistorySet.from_histories(readings.histories.values())
    corrections_by_race: defaultdict[str, list[ActiveCorrection]] = defaultdict(list)
    for correction in sorted(corrections, key=lambda correction: correction.number):
        corrections_by_race[correction.race].append(correction)
    grouping, season_races = _documents_by_race(readings.outlines, histories)
    races = {
        key: RaceInputs(key, outlines, tuple(corrections_by_race[key]), readings, cached_builds.get(key))
        for key, outlines in histories.join_groups(grouping.races, frozenset(corrections_by_race)).items()
    }
    seasons = group_seasons([outline for outline in readings.outlines if outline.is_season], season_races)
    return RaceGroups(readings, tuple(corrections), races, histories, seasons, grouping.joined, grouping.undecided)


def _documents_by_race(
    outlines: Sequence[DocumentOutline], histories: HistorySet
) -> tuple[Grouping[DocumentOutline], SeasonRaces]:
    """The documents of each race by its key, and which rows of season articles are among them.

    Pages and tables found races first, then the winners that season articles name; stories join what is founded.
    """
    documents = [
        outline for outline in outlines if not (outline.is_season or outline.is_season_row or outline.is_tables)
    ]
    tables = group_tables([one for one in documents if one.is_founding], histories.races, histories.results_of)
    season_races = match_season_races(
        [outline for outline in outlines if outline.is_season_row], _together(histories.races, tables.races)
    )
    founded: Mapping[str, Sequence[GroupableDocument]] = _together(histories.races, tables.races, season_races.races)
    coverage = HistoryCoverage(histories.races)
    stories = group_stories([one for one in documents if not one.is_founding], founded, histories.results_of, coverage)
    grouping = Grouping(
        _together(tables.races, season_races.races, stories.races),
        (*tables.joined, *stories.joined),
        (*tables.undecided, *stories.undecided),
    )
    return grouping, season_races


def _together(*groups: Mapping[str, Sequence[G]]) -> dict[str, tuple[G, ...]]:
    """The documents that any of these have of each race."""
    together: dict[str, tuple[G, ...]] = {}
    for races in groups:
        for key, documents in races.items():
            together[key] = (*together.get(key, ()), *documents)
    return together


# Spell: one spelling for each name, chosen over all documents at once.


def choose_spellings(groups: RaceGroups) -> CanonicalNames:
    """The spellings of all names. Raises BotError where two names share the short key that buttons carry."""
    name_votes: Counter[WrittenName] = Counter()
    # A history votes as a whole, and a race with its other documents only: so no line of a history counts twice.
    for history in groups.histories.by_name.values():
        name_votes.update(history.name_votes)
    for race in groups.races.values():
        name_votes.update(race.name_usage.name_votes)
    canonical_names = CanonicalNames.from_counts(name_votes)
    check_unique_keys(canonical_names)
    return canonical_names


# Merge: the claims of a race become one race, and what they disagree on is kept.


def merge_races(groups: RaceGroups, canonical_names: CanonicalNames) -> Iterator[MergedRace]:
    """The races that something has changed for, each merged when it is asked for."""
    for race in groups.races.values():
        spellings = spellings_digest(race.name_usage.all_names, canonical_names)
        if race.is_cached_with(spellings):
            continue
        claims_with_tracks = with_location_tracks(race.claims, canonical_names.is_table_track)
        spelled = [canonical_names.spell_claim(claim) for claim in claims_with_tracks]
        claims = list(without_bare_names(spelled, canonical_names.is_table_driver))
        cells = [canonical_names.spell_cell(cell) for cell in race.parsed_corrections.cells]
        yield MergedRace(race, spellings, merge_race(race.key, claims, cells, race.history_names, race.known_round))


# Check: what no race can have is refused, and the sport's own arithmetic is recomputed.


def check_races(merged_races: Iterable[MergedRace]) -> Iterator[MergedRace]:
    """The same races with the rows of their checks. Raises BadDocument for a row that breaks a law of its table."""
    for merged in merged_races:
        race, rows = merged.rows.race, merged.rows.rows
        check_constraints((*rows, race))
        yield replace(merged, rows=RaceRows(race, (*rows, *check_race(race, rows))))
