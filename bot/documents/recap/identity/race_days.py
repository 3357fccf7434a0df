"""On which day a text says that its race was run, and when the text itself appeared.

A text gives the day in words ("held on May 26, 2019"), or a day of the week beside the day on which it appeared:
"Sunday's race" in a text of a Monday is that of the day before.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.documents.recap.identity.day_words import weekday_number
from bot.documents.recap.identity.phrase_table import PhraseTable, phrase_lists
from bot.documents.recap.identity.scope import ScopedSentence
from bot.language.fold import fold
from bot.language.months import MONTH, month_number
from bot.language.patterns import Pattern
from bot.language.word_lists import word_lists
from bot.language.words import Word, words

__all__ = ["PageDay", "RaceDay", "find_page_day", "find_race_day", "own_page_day", "race_weekdays"]

HEAD_CHARS = 220  # characters of a line in which a dateline or byline gives it
FRIDAY = 4
NAMING_WORTH = 3  # what a day is worth more in a sentence that names the race
WON_WORTH = 3  # times what a day beside any other word for racing is worth: the race may have begun the day before
MOST_MAIL_HEADS = 8  # lines: from, to, subject, date and their kind
OTHER_WORDS = 3  # words on both sides of a day that say whose day it is: "won the pole on Saturday"
SAME_STORY = timedelta(days=7)  # between a text and the page that it was posted on
WORDS_OF_DEED = 8  # in front of a date that say whose day it is: "died on Monday, May 7, 2007"
LONGEST_STORY_DAYS = 10  # between a race and a report of it; what lies before is the day of something else
MAX_DAYS_BEFORE = 3  # days between a race and a text that calls its day by name; a week later it says the date
_WEEKDAY = r"(?:(?P<weekday>Mon|Tues?|Wed|Wednes|Thurs?|Fri|Sat|Satur|Sun)(?:day)?\.?,?\s)?"
_FULL_DATE_SOURCE = (
    rf"{_WEEKDAY}(?:\b|(?<=[a-z]))(?:(?P<month>{MONTH})\s(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>(?:19|20)[0-9]{{2}})"
    rf"|(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?\s(?P<month2>{MONTH}),?\s(?P<year2>(?:19|20)[0-9]{{2}})"
    r"|(?P<iso>(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})"
    r"|(?P<month3>[0-9]{1,2})/(?P<day3>[0-9]{1,2})/(?P<year3>(?:19|20)[0-9]{2}))\b"
)
_FULL_DATE = Pattern(_FULL_DATE_SOURCE, re.IGNORECASE)  # headings are written in capitals
_DATE_LABEL = Pattern(rf"(?:Race\s[Dd]ate|Date|DATE)[:\s]\s?(?![0-9]{{4}}-){_FULL_DATE_SOURCE}")
_SHORT_DATE = Pattern(
    rf"(?P<weekday>day,?\s\(?)?\b(?P<month>{MONTH})\s(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?![,:]?[0-9])(?!,?\s(?:19|20)[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class PageDay:
    """The day that a page gives above its text, with its line.

    `has_weekday` says that it names the day of the week, `in_brackets` that it stands in the brackets of a dateline.
    """

    line: int
    day: date
    has_weekday: bool = False
    in_brackets: bool = False


@dataclass(frozen=True, slots=True)
class RaceDay:
    """The day of the race and the line that tells it."""

    line: int
    day: date


def find_page_day(lines: Sequence[tuple[int, str]]) -> PageDay | None:
    """The first full date in the (number, text) of a page's headings and first paragraphs; None where they give none.

    "Posted May 15, 2016" is the page's: a day shortly before it that stands below it goes before. A line of prose
    counts only as far as its dateline: "DOVER, Del. (May 14, 2016) - ...".
    """
    of_page: PageDay | None = None
    for number, text in lines:
        found = _FULL_DATE.search(text[:HEAD_CHARS])
        day = _full_date(found) if found and _is_dateline(text, found.start(), found.end()) else None
        if not found or not day:
            continue
        page = PageDay(number, day, bool(found["weekday"]), text[: found.start()].endswith("("))
        if of_page is not None:
            return page if timedelta(0) <= of_page.day - day <= SAME_STORY else of_page
        if not _day_phrases().groups_in(tuple(words(text[: found.start()]))) & {"of_page"}:
            return page
        of_page = page
    return of_page


def own_page_day(lines: Sequence[tuple[int, str]], published: tuple[int, date] | None) -> PageDay | None:
    """The day of a page, of which `published` is what its keeper wrote in front of it; its own goes before.

    One that lies further back than the same story may be that of anything else.
    """
    own = find_page_day(lines)
    if published is None or (own and published[1] - own.day <= SAME_STORY):
        return own
    return PageDay(*published)


def _is_mail(sentences: Sequence[tuple[int, ScopedSentence]]) -> bool:
    """Whether a text begins with the head of an e-mail, whose "Date:" is the day on which it was sent."""
    labels = (sentence.text.partition(":") for _, sentence in sentences[:MOST_MAIL_HEADS])
    return any(colon and word_lists().has("mail_head", fold(label)) for label, colon, _ in labels)


def _is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a date stands in a short line, or in front of the sentence that a line begins with."""
    before, after = text[:start], text[end : end + 24].lstrip(" ).,")
    after = after.partition(")")[2].lstrip() if after.startswith("(") else after  # "May 14, 2007 (AP) -- "
    is_heading = len(text) <= HEAD_CHARS // 2 and text.rstrip("\"”’')")[-1:] not in set(".!?")
    return is_heading or not before.strip() or (before.count(" ") <= 8 and after[:1] in {"—", "–", "-", "|", "·"})


def find_race_day(
    sentences: Sequence[tuple[int, ScopedSentence]],
    page: PageDay | None,
    weekdays: frozenset[int],
    season: int | None,
    *,
    is_page_of_race: bool = False,
) -> RaceDay | None:
    """The day of the race by the (line, sentence) of a report; None where they do not say.

    `weekdays` are the days of the week on which the text says that it was run, `season` its season if that is clear.
    `is_page_of_race` says that the heading with the page's day names the race or its track beside it.
    """
    told = _told_day(sentences, page, weekdays, season)
    if told or page is None:
        return told
    if _is_weekend_page(page, weekdays) or (is_page_of_race and weekdays <= {page.day.weekday()}):
        return RaceDay(page.line, page.day)
    if weekdays and page.day.weekday() in weekdays and len(weekdays) == 1:
        return RaceDay(page.line, page.day)
    for line, sentence in sentences:
        of_race = _of_race(sentence)
        for one in _day_phrases().find(of_race):
            # A release of a day or two later says "tonight" too; "yesterday" only a paper does.
            is_same = one.group == "same_day" and (not weekdays or page.day.weekday() in weekdays)
            if (is_same or one.group == "day_before") and not _is_of_other(of_race, one.first):
                return RaceDay(line, page.day - timedelta(days=one.group == "day_before"))
    if len(weekdays) == 1:
        days = (page.day.weekday() - next(iter(weekdays))) % 7
        return RaceDay(page.line, page.day - timedelta(days=days)) if days <= MAX_DAYS_BEFORE else None
    return None


def _is_weekend_page(page: PageDay, weekdays: frozenset[int]) -> bool:
    """Whether a page names the day of the week above its text, a day of racing, and the text speaks of no other.

    A release of the evening has the day of its race on top; one of a later day calls the race's day by name.
    """
    if page.in_brackets and not weekdays:
        return page.day.weekday() > FRIDAY
    return page.has_weekday and page.day.weekday() >= FRIDAY and weekdays <= {page.day.weekday()}


def _may_be_of_race(day: date | None, page: PageDay | None, weekdays: frozenset[int]) -> bool:
    """Whether a day agrees with what else the text says of the race's: its day of the week, when the text appeared."""
    if day is None or (weekdays and day.weekday() not in weekdays):
        return False
    return page is None or page.day - day <= timedelta(days=LONGEST_STORY_DAYS)


def _is_deed_of_other(of_race: Sequence[Word], start: int) -> bool:
    """Whether the words in front of a date say that it is the day of something else: "died on May 7, 2007"."""
    before = [word for word in of_race if word.end <= start][-WORDS_OF_DEED:]
    return bool(_day_phrases().groups_in(before) & {"other", "once"})


def _told_day(
    sentences: Sequence[tuple[int, ScopedSentence]],
    page: PageDay | None,
    weekdays: frozenset[int],
    season: int | None,
) -> RaceDay | None:
    """The day that a sentence about the running or winning of the race gives."""
    for line, sentence in sentences:
        label = _DATE_LABEL.match(sentence.text)
        day = _full_date(label) if label and not _is_mail(sentences) else None
        if day:
            return RaceDay(line, day)
        of_race = _of_race(sentence)
        if not _day_phrases().groups_in(of_race) & {"run", "won"}:
            continue
        for found in _FULL_DATE.finditer(sentence.text):
            day = _full_date(found)
            if not day or not _may_be_of_race(day, page, weekdays) or _is_deed_of_other(of_race, found.start()):
                continue
            if sentence.is_of_race(found.start(), found.end()) and (not season or day.year == season):
                return RaceDay(line, day)
        short = _short_day(sentence, of_race, page, page.day.year if page else season)
        if short and _may_be_of_race(short, page, weekdays):
            return RaceDay(line, short)
    return None


def _short_day(
    sentence: ScopedSentence, of_race: Sequence[Word], page: PageDay | None, year: int | None
) -> date | None:
    """The day that a sentence gives without its year; None where it gives none, or the year is not known."""
    for found in _SHORT_DATE.finditer(sentence.text) if year else ():
        day = _day(year or 0, month_number(found["month"]), int(found["day"]))
        # A day after the text appeared is that of another race, unless the text insists: "on Sunday (July 2)".
        is_past = page is None or (day is not None and day <= page.day) or found["weekday"]
        is_other = _is_deed_of_other(of_race, found.start("month"))
        if day and is_past and not is_other and sentence.is_of_race(found.start("month"), found.end()):
            return day
    return None


def race_weekdays(sentences: Iterable[ScopedSentence], naming: frozenset[int]) -> Counter[int]:
    """How surely the sentences of a report say that its race was run on each day of the week (0 is Monday).

    `naming` are the numbers of the sentences that name the race. Where somebody won, the day is worth most.
    """
    counts: Counter[int] = Counter()
    for order, sentence in enumerate(sentences):
        of_race = _of_race(sentence)
        groups = _day_phrases().groups_in(of_race)
        worth = (WON_WORTH if "won" in groups else 1 if "run" in groups else 0) + NAMING_WORTH * (order in naming)
        if worth:
            for number, word in enumerate(of_race):
                weekday = weekday_number(word)
                if weekday is not None and not _is_of_other(of_race, number):
                    counts[weekday] += worth
    return counts


def _is_of_other(of_race: Sequence[Word], number: int) -> bool:
    """Whether a word near this one says that its day is that of qualifying, practice or anything else."""
    around = of_race[max(0, number - OTHER_WORDS) : number + OTHER_WORDS + 1]
    return "other" in _day_phrases().groups_in(around)


def _of_race(sentence: ScopedSentence) -> tuple[Word, ...]:
    return tuple(word for word in words(sentence.text) if sentence.is_of_race(word.start, word.end))


def _full_date(found: re.Match[str]) -> date | None:
    """The day of a full date; None where there is no such day."""
    if found["iso"]:
        year, month, day = found["iso"].split("-")
        return _day(int(year), int(month), int(day))
    if found["year3"]:
        return _day(int(found["year3"]), int(found["month3"]), int(found["day3"]))
    month_name = found["month"] or found["month2"]
    return _day(int(found["year"] or found["year2"]), month_number(month_name), int(found["day"] or found["day2"]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _day_phrases() -> PhraseTable:
    return PhraseTable(phrase_lists("race_days.toml"))
