"""`/compare`: two drivers head to head, in the races in which both started."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.citations import CitationIndex
from bot.answers.common.resolve import ResolvedName, resolve_name
from bot.answers.common.text import join, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.career import missing_races, season_span, series_title
from bot.answers.people.compare_tables import (
    HeadToHead,
    column_names,
    head_to_head_facts,
    head_to_head_table,
    meeting_title,
    meetings_table,
    split_by_series,
)
from bot.archive.queries.driver_races import Meeting, meetings_of
from bot.cards import Argument, Block, Card, Facts, FollowUp, Question, SourceLine
from bot.errors import NothingKnown

__all__ = ["comparison"]

MAX_MEETINGS = 10  # meetings told one by one: a screen of a phone
MAX_MEETINGS_EACH = 5  # in each of several series
MAX_SEASON_MEETINGS = 40  # of one season all are told


@dataclass(frozen=True, slots=True)
class ComparisonQuery:
    """Who is compared, in which races, and notes on how that was read."""

    first: str
    second: str
    series: str | None
    season: int | None
    track: str | None
    notes: tuple[str, ...]

    @property
    def is_narrowed(self) -> bool:
        """Whether only some races were asked for."""
        return (self.series, self.season, self.track) != (None, None, None)

    def question(self) -> Question:
        """The question in canonical words."""
        arguments = (
            Argument("first", self.first, "driver"),
            Argument("second", self.second, "driver"),
            Argument("series", self.series, "series") if self.series else None,
            Argument("season", str(self.season)) if self.season is not None else None,
            Argument("track", self.track, "track") if self.track else None,
        )
        return Question("compare", tuple(one for one in arguments if one is not None))


def comparison(
    context: QueryContext,
    first: str,
    second: str,
    series: str | None = None,
    season: int | None = None,
    track: str | None = None,
) -> Card:
    """Two drivers in the races both started: who finished ahead how often, and what each did in them.

    Raises UnknownName, AmbiguousName, and NothingKnown for one driver twice and for two who never met there.
    """
    query = _resolve_query(context, first, second, series, season, track)
    meetings = _meetings(context, query)
    if not meetings:
        raise NothingKnown(_no_answer(context, query))
    head_to_heads = split_by_series(meetings, context.default_series)
    names = column_names(query.first, query.second)
    return Card(
        title=f"{query.first} and {query.second}",
        question=query.question(),
        summary=_summary(context, query, head_to_heads),
        blocks=tuple(_blocks(context, query, head_to_heads, names)),
        notes=(*query.notes, *missing_races(context, _seasons_by_series(head_to_heads)).values()),
        as_of=f"after the {meeting_title(meetings[0])}",
        citations=CitationIndex(context.session, _document_lines(meetings)).all_citations(),
        follow_ups=tuple(_follow_ups(query, meetings)),
    )


def _resolve_query(
    context: QueryContext, first: str, second: str, series: str | None, season: int | None, track: str | None
) -> ComparisonQuery:
    """The question with every name resolved. Raises NothingKnown where both names mean one driver."""
    first_driver, second_driver = resolve_name(context, first, "driver"), resolve_name(context, second, "driver")
    if first_driver.value == second_driver.value:
        raise NothingKnown(f"Both names mean {first_driver.value}. Name two different drivers to compare.")
    resolved_series = resolve_name(context, series, "series") if series else ResolvedName("")
    resolved_track = resolve_name(context, track, "track") if track else ResolvedName("")
    notes = tuple(name.note for name in (first_driver, second_driver, resolved_series, resolved_track) if name.note)
    return ComparisonQuery(
        first_driver.value,
        second_driver.value,
        resolved_series.value or None,
        season,
        resolved_track.value or None,
        notes,
    )


def _meetings(context: QueryContext, query: ComparisonQuery) -> tuple[Meeting, ...]:
    """The races both started, the latest first, each once: of a driver with two cars the better one.

    Asked from the driver with fewer races, which is faster.
    """
    swapped = _start_count(context, query.second) < _start_count(context, query.first)
    names = (query.second, query.first) if swapped else (query.first, query.second)
    meetings = meetings_of(context.session, *names, series=query.series, season=query.season, track=query.track)
    by_race: dict[str, Meeting] = {}
    for meeting in meetings:
        by_race.setdefault(meeting.race, meeting.swap_drivers() if swapped else meeting)
    return tuple(by_race.values())


def _start_count(context: QueryContext, driver: str) -> int:
    entity = context.names.get("driver", driver)
    return entity.starts if entity else 0


def _scope_text(context: QueryContext, query: ComparisonQuery) -> str:
    """“ in the NASCAR Cup Series in 2015 at Martinsville Speedway”; "" where nothing narrows the question."""
    parts = (
        f" in the {series_title(context, query.series)}" if query.series else "",
        f" in {query.season}" if query.season is not None else "",
        f" at {query.track}" if query.track else "",
    )
    return "".join(parts)


def _no_answer(context: QueryContext, query: ComparisonQuery) -> str:
    """That they never met there, and where they did."""
    both = f"{query.first} and {query.second}"
    answer = f"The archive holds no race{_scope_text(context, query)} that both {both} started."
    if not query.is_narrowed:
        return answer
    elsewhere = _meetings(context, ComparisonQuery(query.first, query.second, None, None, None, ()))
    if not elsewhere:
        return f"{answer} It holds none anywhere else either."
    when = season_span(one.season for one in elsewhere if one.season)
    return f"{answer} It holds {plural(len(elsewhere), 'race')} of both, {when}."


def _summary(context: QueryContext, query: ComparisonQuery, head_to_heads: Sequence[HeadToHead]) -> str:
    """“Petty finished ahead of Pearson in 288 of 549 races in the NASCAR Cup Series”, each series apart."""
    counts = []
    for number, head_to_head in enumerate(head_to_heads):
        races = plural(len(head_to_head.meetings), "race") if number == 0 else f"{len(head_to_head.meetings):,}"
        where = f" in the {series_title(context, head_to_head.series)}" if head_to_head.series else ""
        counts.append(f"{head_to_head.ahead:,} of {races}{where}")
    scope = _scope_text(context, ComparisonQuery(query.first, query.second, None, query.season, query.track, ()))
    return sentence(f"{query.first} finished ahead of {query.second} in {join(counts)}{scope}")


def _blocks(
    context: QueryContext, query: ComparisonQuery, head_to_heads: Sequence[HeadToHead], names: tuple[str, str]
) -> Iterable[Block]:
    """The numbers of each series and the last meetings in it; several series each on a page of its own."""
    several = len(head_to_heads) > 1
    limit = MAX_SEASON_MEETINGS if query.season is not None else MAX_MEETINGS_EACH if several else MAX_MEETINGS
    for number, head_to_head in enumerate(head_to_heads):
        title = series_title(context, head_to_head.series) if head_to_head.series else "Races of no known series"
        yield Facts(head_to_head_facts(head_to_head, query.first, query.second), title, starts_page=number > 0)
        yield head_to_head_table(head_to_head, names, title)
        heading = f"{'Meetings' if len(head_to_head.meetings) <= limit else 'Last meetings'}, {title}"
        yield meetings_table(head_to_head.meetings[:limit], names, heading, apart=not several)


def _document_lines(meetings: Sequence[Meeting]) -> Iterable[SourceLine]:
    """A line of each document that the meetings stand on."""
    first_lines = {meeting.document: meeting.line for meeting in meetings}
    second_lines = {meeting.other_document: meeting.other_line for meeting in meetings}
    return (SourceLine(document, line) for document, line in {**first_lines, **second_lines}.items())


def _seasons_by_series(head_to_heads: Sequence[HeadToHead]) -> dict[str, set[int]]:
    """The seasons of each series in which they met."""
    return {
        head_to_head.series: {one.season for one in head_to_head.meetings if one.season}
        for head_to_head in head_to_heads
        if head_to_head.series
    }


def _follow_ups(query: ComparisonQuery, meetings: Sequence[Meeting]) -> Iterable[FollowUp]:
    """Both drivers, their last meeting, and all their races where only some were asked for."""
    for driver in (query.first, query.second):
        yield FollowUp(driver, Question("driver", (Argument("name", driver, "driver"),)))
    yield FollowUp("Last meeting", Question("race", (Argument("name", meetings[0].race, "race"),)))
    if query.is_narrowed:
        both = (Argument("first", query.first, "driver"), Argument("second", query.second, "driver"))
        yield FollowUp("All races", Question("compare", both))
