"""What the archive knows around the races of a load, for its review: names, the season's other races, champions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session, SQLModel, col, select

from bot.archive.models.core import Name, Race
from bot.archive.models.seasons import SeasonBuild, SeasonStanding
from bot.loading.report import DocumentRace, HistoryChanges
from bot.loading.review.likely_races import likely_races
from bot.loading.review.race_state import RaceState, race_title
from bot.loading.review.reviewed_load import Neighbour, ReviewedLoad, SeasonChampion
from bot.loading.seasons.stage import SeasonKey, SeasonSet

__all__ = ["reviewed_load"]


def reviewed_load(
    session: Session,
    races: tuple[Mapping[str, RaceState], Mapping[str, RaceState]],
    seasons: SeasonSet,
    found_races: Sequence[DocumentRace] = (),
    histories: tuple[HistoryChanges, ...] = (),
) -> ReviewedLoad:
    """A load with all that its review compares it with; `races` are the changed ones, as they are and would be."""
    before, after = races
    season_races = _season_races(session, before, after)
    made = {_build_key(made.build): made.rows for made in seasons.made}
    return ReviewedLoad(
        before,
        after,
        _known_names(session) if after else {},
        {
            key: tuple(neighbour for other, _, neighbour in season_races.get(_season_of(race), ()) if other != key)
            for key, race in after.items()
        },
        {key: found for key, race in after.items() if (found := _earlier_race(race, season_races)) is not None},
        _champions_in_archive(session, made, seasons.keys),
        _champions((row for rows in made.values() for row in rows), made),
        _with_likely_races(session, found_races, after),
        histories,
    )


def _with_likely_races(
    session: Session, found: Sequence[DocumentRace], after: Mapping[str, RaceState]
) -> tuple[DocumentRace, ...]:
    """The same; those that make a new race with the races of the archive that they may be about all the same."""
    if all(one.reasons for one in found):
        return tuple(found)
    races = session.exec(select(Race).where(col(Race.key).not_in(after))).all()
    return tuple(
        one if one.reasons or one.key not in after else replace(one, choices=likely_races(after[one.key], races))
        for one in found
    )


_SeasonRaces = dict[SeasonKey, list[tuple[str, str, Neighbour]]]  # key, order, race


def _season_of(race: RaceState) -> SeasonKey:
    return race.series or "", race.season or 0


def _season_races(session: Session, before: Mapping[str, RaceState], after: Mapping[str, RaceState]) -> _SeasonRaces:
    """The races of the seasons of the changed races, and of the seasons before, as they would be; in order."""
    changed = {_season_of(race) for race in after.values() if race.series and race.season}
    seasons = changed | {(series, season - 1) for series, season in changed}
    found: _SeasonRaces = {}
    for series in sorted({series for series, _ in seasons}):
        years = [season for one, season in seasons if one == series]
        query = select(Race).where(Race.series == series, col(Race.season).in_(years))
        for race in session.exec(query):
            if race.key not in before and race.key not in after:
                neighbour = Neighbour(race_title(race), race.round, race.day, race.field_size)
                found.setdefault((series, race.season or 0), []).append((race.key, race.order_key, neighbour))
    for state in after.values():
        neighbour = Neighbour(state.title, state.round, state.day, state.cars)
        found.setdefault(_season_of(state), []).append((state.key, state.order_key, neighbour))
    return {season: sorted(races, key=lambda one: one[1]) for season, races in found.items()}


def _earlier_race(race: RaceState, season_races: _SeasonRaces) -> Neighbour | None:
    """The race with cars that was run before one; None where there is none in its season or the one before."""
    if not race.series or not race.season:
        return None
    candidates = [
        (order, neighbour)
        for season in (race.season - 1, race.season)
        for key, order, neighbour in season_races.get((race.series, season), ())
        if key != race.key and order < race.order_key and neighbour.cars
    ]
    return max(candidates, key=lambda one: one[0])[1] if candidates else None


def _known_names(session: Session) -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for kind, value in session.exec(select(Name.kind, Name.value)):
        names.setdefault(kind, set()).add(value)
    return {kind: frozenset(values) for kind, values in names.items()}


def _build_key(build: SeasonBuild) -> SeasonKey:
    return build.series, build.season


def _champions_in_archive(
    session: Session, made: Collection[SeasonKey], kept: Collection[SeasonKey]
) -> dict[SeasonChampion, str]:
    """The champions that the archive has of the seasons that a load makes anew or takes away."""
    all_seasons = {_build_key(build) for build in session.exec(select(SeasonBuild))}
    changed = (all_seasons & set(made)) | (all_seasons - set(kept))
    if not changed:
        return {}
    series, years = {one for one, _ in changed}, {year for _, year in changed}
    rows = session.exec(
        select(SeasonStanding).where(col(SeasonStanding.series).in_(series), col(SeasonStanding.season).in_(years))
    )
    return _champions(rows, changed)


def _champions(rows: Iterable[SQLModel], seasons: Collection[SeasonKey]) -> dict[SeasonChampion, str]:
    """Who is first in each championship of these seasons that is over: the table has results of all its races."""
    return {
        (row.season, row.series_name or row.series, row.championship): row.name
        for row in rows
        if isinstance(row, SeasonStanding)
        and (row.series, row.season) in seasons
        and row.position == 1
        and row.races >= row.rounds > 0
    }
