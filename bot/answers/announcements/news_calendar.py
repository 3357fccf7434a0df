"""What the archive says of these days: which races are about to start, who has won, how the championships stand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.answers.announcements.news import EASTERN, RESULT_DAYS, NewsCalendar, NewsItem, RaceStart
from bot.answers.history.next_race_words import start_of_row
from bot.archive.news import loaded_since
from bot.archive.queries.races import RaceRow, finished_races, race_of
from bot.archive.queries.seasons import ScheduledRaceRow, schedules_of
from bot.archive.queries.standings import championship_tables
from bot.language.fold import fold

__all__ = ["read_calendar", "scheduled_rows"]

NEAR_DAYS = timedelta(days=3)  # around now: more than a start that is told of lies away, and less than two seasons
CHAMPIONSHIP = "drivers"


def read_calendar(session: Session, version: int, version_before: int | None, now: datetime) -> NewsCalendar:
    """What there may be news of at a data version, and since when that is there at most."""
    races = finished_races(session, now.astimezone(EASTERN).date() - RESULT_DAYS)
    won = {race.key for race in races}
    starts = tuple(
        RaceStart(subject, row.series, row.day, start_of_row(row), row.status, bool(row.winner) or row.race in won)
        for subject, row in scheduled_rows(session, now).items()
    )
    facts = (*_results(races), *_tables(session, races))
    return NewsCalendar(version, starts, facts, loaded_since(session, version_before))


def scheduled_rows(session: Session, now: datetime) -> Mapping[str, ScheduledRaceRow]:
    """The rows of the schedules of these days by the subject of their news.

    A race goes by its name, which stays when it is moved; of several of one name by which of them it is too.
    """
    seasons = {(now - NEAR_DAYS).year, (now + NEAR_DAYS).year}
    rows: dict[str, ScheduledRaceRow] = {}
    counts: Counter[str] = Counter()
    for row in schedules_of(session, sorted(seasons)):
        name = "-".join(fold(row.name or row.track or f"race {row.number}").split())
        subject = f"{row.series}-{row.season}-{name}"
        counts[subject] += 1
        rows[f"{subject}-{counts[subject]}" if counts[subject] > 1 else subject] = row
    return rows


def _results(races: Iterable[RaceRow]) -> Iterator[NewsItem]:
    for race in races:
        if race.series and race.winner:
            yield NewsItem("result", race.key, race.series, race.day, race.key)


def _tables(session: Session, races: Iterable[RaceRow]) -> Iterator[NewsItem]:
    """The newest drivers' table of each season of these races, if it is one after the latest of them."""
    latest: dict[tuple[str, int], RaceRow] = {}
    for race in races:
        if race.series and race.season:
            latest.setdefault((race.series, race.season), race)
    newest = _newest_tables(session, latest)
    for (series, season), race in latest.items():
        count = newest.get((series, season), 0)
        if count and count >= (race.round or 0):
            yield NewsItem("standings", f"{series}-{season}-{count}", series, race.day, race.key)


def _newest_tables(session: Session, seasons: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], int]:
    """After how many races the newest drivers' table is, by series and season."""
    wanted, tables = frozenset(seasons), championship_tables(session)
    newest: dict[tuple[str, int], int] = {}
    for table in tables.after_races:  # the latest first
        key = table.series or "", table.season or 0
        if table.championship == CHAMPIONSHIP and key in wanted and key not in newest:
            race = race_of(session, table.race)
            newest[key] = (race.round if race else None) or 0
    for of_season in tables.of_seasons:
        key = of_season.series, of_season.season
        if of_season.championship == CHAMPIONSHIP and key in wanted:
            newest[key] = max(newest.get(key, 0), of_season.races)
    return newest
