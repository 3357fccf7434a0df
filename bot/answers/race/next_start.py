"""The start of the next race as a moment, which everybody reads in their own time."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.answers.common.fact_lines import ISO_DAY
from bot.archive.queries.races import KnownFacts
from bot.documents.season_article.days import parse_start, zone_of
from bot.language.moments import moment

__all__ = ["with_start_moment"]


def with_start_moment(race_facts: KnownFacts) -> KnownFacts:
    """The facts with day and time of the next race as one moment; as they are where either or the zone is not told."""
    day, clock = race_facts.find("next_race_date"), race_facts.find("next_race_time")
    if day is None or clock is None or not ISO_DAY.fullmatch(day.value):
        return race_facts
    start, zone = parse_start(clock.value).start, zone_of(clock.value)
    if start is None or zone is None:
        return race_facts
    when = datetime.combine(date.fromisoformat(day.value), time.fromisoformat(start), ZoneInfo(zone))
    # The time stays, for its line is cited, and says nothing more.
    known = {**race_facts.by_field, day.field: replace(day, value=moment(when)), clock.field: replace(clock, value="")}
    return KnownFacts(known)
