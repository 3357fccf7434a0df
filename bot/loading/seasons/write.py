"""Writing of seasons: the rows of those that were made anew, and of those that no document tells of any more."""

from collections.abc import Collection, Iterable

from sqlalchemy import tuple_
from sqlmodel import Session, delete, select

from bot.archive.db.bulk import in_batches, table_of
from bot.archive.models.seasons import SEASON_MODELS, SeasonBuild
from bot.loading.seasons.stage import SeasonKey, SeasonSet

__all__ = ["write_seasons"]


def write_seasons(session: Session, seasons: SeasonSet) -> None:
    """Put the seasons in the archive that were made anew, and take out those that are gone."""
    present = frozenset(
        (series, season) for series, season in session.exec(select(SeasonBuild.series, SeasonBuild.season))
    )
    made = frozenset((rows.build.series, rows.build.season) for rows in seasons.made)
    _delete_seasons(session, sorted((present - seasons.keys) | (made & present)))
    session.add_all([row for season in seasons.made for row in season.rows])
    session.flush()


def _delete_seasons(session: Session, keys: Collection[SeasonKey]) -> None:
    for part in _batches(keys):
        for model in SEASON_MODELS:
            table = table_of(model)
            session.exec(delete(model).where(tuple_(table.c.series, table.c.season).in_(part)))


def _batches(keys: Collection[SeasonKey]) -> Iterable[list[SeasonKey]]:
    return (list(part) for part in in_batches(list(keys)))
