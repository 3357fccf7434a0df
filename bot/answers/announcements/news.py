"""News: what servers are told of unasked, and when. A pure function of the calendar, of what was told, and the clock.

    a day before a race    for six hours; where its start is to be announced from noon of the day before
    an hour before it      until it starts
    a race's result        for six hours after the load that brought it, of races of the last seven days
    new standings          the same

Past those six hours, in which nobody was there to tell it, it is old and passed over. What a first load brings is old.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args

from bot.archive.preferences.rules import AnnouncementKind
from bot.racing.spoilers import EASTERN

__all__ = [
    "CHOICE_BY_KIND",
    "EASTERN",
    "RESULT_DAYS",
    "NewsCalendar",
    "NewsItem",
    "NewsKind",
    "NewsOutlook",
    "PastNews",
    "RaceStart",
    "TimelyNews",
    "news_kind",
    "news_outlook",
    "present_item",
]

NewsKind = Literal["day", "hour", "result", "standings"]
CHOICE_BY_KIND: Mapping[NewsKind, AnnouncementKind] = {
    "day": "next", "hour": "next", "result": "result", "standings": "standings",
}  # fmt: skip

NEWS_KINDS: tuple[NewsKind, ...] = get_args(NewsKind)
CATCH_UP_TIME = timedelta(hours=6)
RESULT_DAYS = timedelta(days=7)  # a result that comes later is no news: it fills a gap
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
NOON = time(12)
NO_RACE_COMES = frozenset({"cancelled"})


@dataclass(frozen=True, slots=True)
class NewsItem:
    """Something to be told: once for its `kind` and `subject`, of a race of `series` on `day`.

    `race` is the key of the race whose result it gives away; "" for a race to come.
    """

    kind: NewsKind
    subject: str
    series: str
    day: date | None = None
    race: str = ""


@dataclass(frozen=True, slots=True)
class RaceStart:
    """Row of a schedule, by what tells when its race starts; `starts_at` is None where that is to be announced."""

    subject: str
    series: str
    day: date | None
    starts_at: datetime | None = None
    status: str = ""
    has_winner: bool = False


@dataclass(frozen=True, slots=True)
class NewsCalendar:
    """What the archive says of these days, at one data version.

    `facts` are the results of races of the last days, and the newest standings. Nothing in them that the version before
    had not is older than `loaded_since`; None where that is not known.
    """

    version: int
    starts: tuple[RaceStart, ...] = ()
    facts: tuple[NewsItem, ...] = ()
    loaded_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastNews:
    """What was found before: the items that were told or passed over, and the data version that was looked at last.

    None as the version: nobody has looked yet.
    """

    version: int | None = None
    items: tuple[NewsItem, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelyNews:
    """An item that is to be told now, and not after a moment."""

    item: NewsItem
    not_after: datetime


@dataclass(frozen=True, slots=True)
class NewsOutlook:
    """What is to be told now, and what is to be passed over for good."""

    timely: tuple[TimelyNews, ...] = ()
    passed: tuple[NewsItem, ...] = ()


def news_outlook(calendar: NewsCalendar, past: PastNews, now: datetime) -> NewsOutlook:
    """What is to be told at the moment `now`, and what is passed over."""
    starts = [news for start in calendar.starts for news in _start_news(start, now)]
    present = {start.subject for start in calendar.starts}
    timely = [news for news in starts if not _is_past(news.item, past.items, present)]
    if past.version == calendar.version:
        return NewsOutlook(tuple(timely))
    present = {fact.subject for fact in calendar.facts}
    facts = [fact for fact in calendar.facts if _is_of_these_days(fact, now)]
    new = [fact for fact in facts if not _is_past(fact, past.items, present)]
    until = calendar.loaded_since + CATCH_UP_TIME if calendar.loaded_since else None
    if not past.version or until is None or until < now:
        return NewsOutlook(tuple(timely), tuple(new))
    return NewsOutlook((*timely, *(TimelyNews(fact, until) for fact in new)))


def news_kind(text: str) -> NewsKind:
    """The kind that was written down as a text. Raises ValueError for any other text."""
    return NEWS_KINDS[NEWS_KINDS.index(text)]


def present_item(item: NewsItem, calendar: NewsCalendar) -> NewsItem | None:
    """The fact of the calendar that an item was about, whatever its race is known by now; None where it is gone."""
    present = {fact.subject for fact in calendar.facts}
    return next((fact for fact in calendar.facts if _is_past(fact, (item,), present)), None)


def _start_news(start: RaceStart, now: datetime) -> Iterator[TimelyNews]:
    """That a race starts in a day, or in an hour, where it is the time to say so."""
    if start.has_winner or start.status in NO_RACE_COMES:
        return
    day_before = _day_before(start)
    if day_before is not None and day_before <= now < day_before + CATCH_UP_TIME:
        yield TimelyNews(NewsItem("day", start.subject, start.series, start.day), day_before + CATCH_UP_TIME)
    if start.starts_at is not None and start.starts_at - AN_HOUR <= now < start.starts_at:
        yield TimelyNews(NewsItem("hour", start.subject, start.series, start.day), start.starts_at)


def _day_before(start: RaceStart) -> datetime | None:
    """The moment a day before a race; None for one without a day."""
    if start.starts_at is not None:
        return start.starts_at - A_DAY
    return datetime.combine(start.day - A_DAY, NOON, EASTERN) if start.day else None


def _is_of_these_days(fact: NewsItem, now: datetime) -> bool:
    today = now.astimezone(EASTERN).date()
    return fact.day is not None and today - RESULT_DAYS <= fact.day <= today


def _is_past(item: NewsItem, past: Sequence[NewsItem], present: Collection[str]) -> bool:
    """Whether an item was found before, perhaps when its race was known by something else on the same day.

    `present` are the subjects there are now: one that is among them is another race.
    """
    return any(old.subject == item.subject or _is_renamed(old, item, present) for old in past if old.kind == item.kind)


def _is_renamed(old: NewsItem, item: NewsItem, present: Collection[str]) -> bool:
    is_same_day = old.day is not None and (old.series, old.day) == (item.series, item.day)
    return item.kind != "standings" and is_same_day and old.subject not in present
