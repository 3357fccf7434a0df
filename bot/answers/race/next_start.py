"""The next race on the card of a race, its start as a moment, which everybody reads in their own time."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.answers.common.fact_lines import ISO_DAY, fill_lines
from bot.answers.race.overview_lines import NEXT_LINES
from bot.archive.queries.races import KnownFacts
from bot.cards import Fact
from bot.documents.season_article.days import parse_start, zone_of
from bot.language.moments import moment

__all__ = ["next_race_facts"]


def next_race_facts(race_facts: KnownFacts) -> Iterable[Fact]:
    """Which race is next, when and where it is on air: a moment where day, time of day and zone are told."""
    day, clock = race_facts.find("next_race_date"), race_facts.find("next_race_time")
    start = _start(day.value, clock.value) if day and clock else None
    if day is None or clock is None or start is None:
        yield from fill_lines(race_facts, NEXT_LINES)
        return
    # The time stays, for its line is cited, and says nothing more.
    start_facts = {day.field: replace(day, value=moment(start)), clock.field: replace(clock, value="")}
    for fact in fill_lines(KnownFacts({**race_facts.by_field, **start_facts}), NEXT_LINES):
        yield replace(fact, derivation=f"the start is {clock.value} on {day.value}")


def _start(day: str, clock: str) -> datetime | None:
    """The start by its day and time as they are written; None where either or the zone is not told."""
    start, zone = parse_start(clock).start, zone_of(clock)
    if start is None or zone is None or not ISO_DAY.fullmatch(day):
        return None
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(start), ZoneInfo(zone))
