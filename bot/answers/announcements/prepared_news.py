"""News as they are posted: made in a reader's snapshot, written down by `news_round` in a writer's transaction."""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.answers.announcements.news import (
    NewsCalendar,
    NewsItem,
    PastNews,
    news_kind,
    news_outlook,
    present_item,
)
from bot.answers.announcements.news_calendar import read_calendar, scheduled_rows
from bot.answers.announcements.result_card import (
    lost_result_announcement,
    result_announcement,
    veiled_result_announcement,
)
from bot.answers.announcements.standings_card import standings_announcement, veiled_standings_announcement
from bot.answers.announcements.start_card import start_announcement
from bot.answers.context import QueryContext
from bot.answers.data_version import read_version
from bot.answers.history.next_race_words import start_of_row
from bot.archive.news import NewsRow, news_rows, news_version
from bot.archive.preferences.rules import SPOILER_HOURS
from bot.archive.queries.races import RaceRow, race_of
from bot.archive.queries.seasons import ScheduledRaceRow
from bot.cards import Announcement
from bot.errors import BotError
from bot.loading.stored_json import to_json
from bot.racing.spoilers import RaceTime, hidden_races

__all__ = ["PreparedNews", "PreparedRound", "prepare_round"]

log = logging.getLogger(__name__)

EDIT_TIME = timedelta(days=7)  # after which a message says what was true then
DIGEST_CHARS = 16


@dataclass(frozen=True, slots=True)
class PreparedNews:
    """One item as it is posted: `veiled` where results are hidden for one of the `hidden_hours`, else `full`.

    `row` is what is written down of it. With `is_edit` only messages that are there are changed.
    """

    row: NewsRow
    not_after: datetime
    full: Announcement
    veiled: Announcement | None = None
    hidden_hours: frozenset[int] = frozenset()
    is_edit: bool = False

    def announcement_for(self, spoiler_hours: int) -> Announcement:
        """What is posted where results are hidden for so many hours."""
        return self.veiled if self.veiled is not None and spoiler_hours in self.hidden_hours else self.full


@dataclass(frozen=True, slots=True)
class PreparedRound:
    """What is to be written in one round: news of a data version, where that before is still the last looked at."""

    version: int
    version_before: int | None
    news: tuple[PreparedNews, ...] = ()
    passed: tuple[NewsRow, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be written."""
        return not self.news and not self.passed and self.version == self.version_before


@dataclass(frozen=True, slots=True)
class _Round:
    """What the news of one round are made of."""

    context: QueryContext
    calendar: NewsCalendar
    scheduled: Mapping[str, ScheduledRaceRow]
    now: datetime

    def posts(self, item: NewsItem, not_after: datetime) -> Iterator[PreparedNews]:
        """The item as it is posted; nothing, and a line in the log, where the archive cannot tell it."""
        row = NewsRow(item.kind, item.subject, item.series, item.day, self.now)
        try:
            yield self._prepared(row, item, not_after)
        except BotError as error:
            log.warning("%s of %s is not announced: %s", item.kind, item.subject, error)

    def edits(self, rows: Iterable[NewsRow]) -> Iterator[PreparedNews]:
        """What was told lately and is told otherwise by now."""
        for row in rows:
            if not row.digest or row.at + EDIT_TIME < self.now:
                continue
            try:
                edit = self._edit(row)
            except BotError as error:
                log.warning("what was announced of %s stays as it is: %s", row.subject, error)
                continue
            if edit is not None and edit.row.digest != row.digest:
                yield replace(edit, is_edit=True)

    def _edit(self, row: NewsRow) -> PreparedNews | None:
        """What a message says by now; None where that is what it said. Raises BotError."""
        until, item = self.now + EDIT_TIME, past_item(row)
        if row.kind in {"day", "hour"}:
            return self._prepared(row, item, until) if self._is_to_come(row) else None
        present = present_item(item, self.calendar)
        if present is not None:
            return self._prepared(row, present, until)
        if row.kind != "result":  # those after the next race are another message
            return None
        lost = lost_result_announcement(row.series, row.day)
        return PreparedNews(replace(row, digest=_digest(lost)), until, lost)

    def _is_to_come(self, row: NewsRow) -> bool:
        """Whether a race that was announced is still in a schedule, and has not begun."""
        scheduled = self.scheduled.get(row.subject)
        if scheduled is None or scheduled.winner:
            return False
        start = start_of_row(scheduled)
        return start is None or start > self.now

    def _prepared(self, row: NewsRow, item: NewsItem, not_after: datetime) -> PreparedNews:
        """The item in full, and veiled where it gives a result away. Raises BotError where the archive lacks it."""
        if item.kind in {"day", "hour"}:
            full = start_announcement(self.scheduled[item.subject])
            return PreparedNews(replace(row, digest=_digest(full)), not_after, full)
        race = race_of(self.context.session, item.race)
        if race is None:
            raise BotError(f"there is no race {item.race} any more")
        if item.kind == "result":
            full, veiled = result_announcement(self.context, race, row.winner), veiled_result_announcement(race)
        else:
            season = race.season or 0
            full = standings_announcement(self.context, item.series, season)
            veiled = veiled_standings_announcement(item.series, season)
        stored = replace(row, digest=_digest(full), winner=row.winner or race.winner or "")
        return PreparedNews(stored, not_after, full, veiled, self._hidden_hours(race))

    def _hidden_hours(self, race: RaceRow) -> frozenset[int]:
        """For how many hours a server has to hide results so that this one is hidden now."""
        plain = RaceTime(race.key, race.series, race.season, race.day, has_winner=True)
        times = [_scheduled(plain, row) for row in self.scheduled.values() if row.race == race.key] or [plain]
        return frozenset(hours for hours in SPOILER_HOURS if hidden_races(times, hours, self.now))


def _scheduled(race: RaceTime, row: ScheduledRaceRow) -> RaceTime:
    """When a race was, with what a schedule says of it."""
    return replace(race, start=start_of_row(row), scheduled_day=row.day)


def prepare_round(context: QueryContext, now: datetime) -> PreparedRound:
    """What is to be told at the moment `now`, and what was told and has changed since."""
    session = context.session
    version, before, rows = read_version(session).number, news_version(session), news_rows(session)
    calendar = read_calendar(session, version, before, now)
    outlook = news_outlook(calendar, PastNews(before, tuple(map(past_item, rows))), now)
    work = _Round(context, calendar, scheduled_rows(session, now), now)
    news = [prepared for one in outlook.timely for prepared in work.posts(one.item, one.not_after)]
    edits = work.edits(rows) if version != before else ()
    passed = tuple(NewsRow(item.kind, item.subject, item.series, item.day, now) for item in outlook.passed)
    return PreparedRound(version, before, (*news, *edits), passed)


def past_item(row: NewsRow) -> NewsItem:
    """The item that a row is about, as it was when it was found."""
    return NewsItem(news_kind(row.kind), row.subject, row.series, row.day)


def _digest(announcement: Announcement) -> str:
    return hashlib.sha256(to_json(announcement).encode()).hexdigest()[:DIGEST_CHARS]
