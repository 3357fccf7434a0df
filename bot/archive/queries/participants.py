"""Participants: the drivers, teams or makes that were in a race, in a season, in a series."""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Literal

from sqlalchemy import ColumnElement, bindparam, select, union
from sqlmodel import Session, col

from bot.archive.db.statements import PreparedQuery, single_value
from bot.archive.models.core import Entry, Race, SeasonTally, SessionRow

__all__ = ["PARTICIPANT_KINDS", "ParticipantKind", "participants_of_race", "participants_of_season", "tracks_raced_at"]

ParticipantKind = Literal["driver", "team", "manufacturer"]
PARTICIPANT_KINDS: tuple[ParticipantKind, ...] = ("driver", "team", "manufacturer")


def participants_of_race(session: Session, kind: ParticipantKind, race: str) -> frozenset[str]:
    """The canonical names of those of a kind who have a row or an entry in a race."""
    return frozenset(_race_query(kind).rows(session, race=race))


def participants_of_season(
    session: Session, kind: ParticipantKind, season: int | None, series: str | None, names: Collection[str]
) -> frozenset[str]:
    """Those of these canonical names who started in a season, in a series, or in both where both are given."""
    query = _season_query(has_season=season is not None, has_series=series is not None)
    return frozenset(query.rows(session, kind=kind, season=season, series=series, names=tuple(names)))


def tracks_raced_at(session: Session, season: int | None, series: str | None) -> frozenset[str]:
    """The tracks at which there was a race in a season, of a series, or both where both are given."""
    query = _track_query(has_season=season is not None, has_series=series is not None)
    return frozenset(query.rows(session, season=season, series=series))


@cache
def _race_query(kind: ParticipantKind) -> PreparedQuery[str]:
    columns = {
        "driver": (SessionRow.driver, Entry.driver),
        "team": (SessionRow.team, Entry.team),
        "manufacturer": (SessionRow.manufacturer, Entry.manufacturer),
    }
    in_row, in_entry = columns[kind]
    rows = select(col(in_row)).where(col(SessionRow.race) == bindparam("race"), col(in_row).is_not(None))
    entries = select(col(in_entry)).where(col(Entry.race) == bindparam("race"), col(in_entry).is_not(None))
    return PreparedQuery(single_value, union(rows, entries))


@cache
def _season_query(*, has_season: bool, has_series: bool) -> PreparedQuery[str]:
    where = [
        col(SeasonTally.kind) == bindparam("kind"),
        col(SeasonTally.name).in_(bindparam("names", expanding=True)),
        *_scope(SeasonTally, has_season=has_season, has_series=has_series),
    ]
    return PreparedQuery(single_value, select(col(SeasonTally.name)).where(*where).distinct())


@cache
def _track_query(*, has_season: bool, has_series: bool) -> PreparedQuery[str]:
    where = [col(Race.track).is_not(None), *_scope(Race, has_season=has_season, has_series=has_series)]
    return PreparedQuery(single_value, select(col(Race.track)).where(*where).distinct())


def _scope(
    table: type[SeasonTally] | type[Race], *, has_season: bool, has_series: bool
) -> Iterator[ColumnElement[bool]]:
    if has_season:
        yield col(table.season) == bindparam("season")
    if has_series:
        yield col(table.series) == bindparam("series")
