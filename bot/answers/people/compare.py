"""`/compare`: two drivers head to head, in the races in which both started."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import CitationIndex
from bot.answers.common.questions import question_about
from bot.answers.common.text import join, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.career import driver_race_title, missing_races, season_span, series_title
from bot.answers.people.career_tables import MAX_LISTED_RACES, MAX_LISTED_RACES_EACH
from bot.answers.people.compare_tables import (
    HeadToHead,
    column_names,
    head_to_head_facts,
    head_to_head_table,
    meetings_table,
    split_by_series,
)
from bot.answers.people.query import PeopleQuery, resolve_query
from bot.archive.queries.driver_races import Meeting, meetings_of
from bot.cards import Block, Card, Facts, FollowUp, SourceLine
from bot.errors import NothingKnown

__all__ = ["comparison"]

MAX_SEASON_MEETINGS = 40  # of one season all are listed


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
    narrowing = {"series": series, "season": season, "track": track}
    query = resolve_query(context, "compare", {"first": first, "second": second}, narrowing)
    if len(set(query.names)) < 2:
        raise NothingKnown(f"Both names mean {query.name}. Name two different drivers to compare.")
    meetings = _meetings(context, query)
    if not meetings:
        raise NothingKnown(_no_answer(context, query))
    head_to_heads = split_by_series(meetings, context.default_series)
    return Card(
        title=join(query.names),
        question=query.question(),
        summary=_summary(context, query, head_to_heads),
        blocks=tuple(_blocks(context, query, head_to_heads)),
        notes=(*query.notes, *missing_races(context, _seasons_by_series(head_to_heads)).values()),
        as_of=f"after the {driver_race_title(meetings[0])}",
        citations=CitationIndex(context.session, _document_lines(meetings)).all_citations(),
        follow_ups=tuple(_follow_ups(query, meetings)),
    )


def _meetings(context: QueryContext, query: PeopleQuery) -> tuple[Meeting, ...]:
    """The races both started, the latest first, each once: of a driver with two cars the better one.

    Asked from the driver with fewer races, which is faster.
    """
    first, second = query.names
    swapped = _start_count(context, second) < _start_count(context, first)
    names = (second, first) if swapped else (first, second)
    meetings = meetings_of(
        context.session,
        *names,
        series=query.series,
        season=query.season,
        track=query.narrowing_value("track"),
    )
    by_race: dict[str, Meeting] = {}
    for meeting in meetings:
        # Who drove two cars is met twice in a race, first with the better place.
        by_race.setdefault(meeting.race, meeting.swap_drivers() if swapped else meeting)
    return tuple(by_race.values())


def _start_count(context: QueryContext, driver: str) -> int:
    entity = context.names.get("driver", driver)
    return entity.starts if entity else 0


def _no_answer(context: QueryContext, query: PeopleQuery) -> str:
    """That they never met there, and where they did."""
    both = join(query.names)
    answer = f"The archive holds no race{query.scope_text(context)} that both {both} started."
    if not query.narrowing:
        return answer
    elsewhere = _meetings(context, query.whole())
    if not elsewhere:
        return f"{answer} It holds none anywhere else either."
    when = season_span(meeting.season for meeting in elsewhere if meeting.season)
    return f"{answer} It holds {plural(len(elsewhere), 'race')} of both, {when}."


def _summary(context: QueryContext, query: PeopleQuery, head_to_heads: Sequence[HeadToHead]) -> str:
    """“Petty finished ahead of Pearson in 288 of 549 races in the NASCAR Cup Series”, each series apart."""
    counts = []
    for number, head_to_head in enumerate(head_to_heads):
        races = plural(len(head_to_head.meetings), "race") if number == 0 else f"{len(head_to_head.meetings):,}"
        where = f" in the {series_title(context, head_to_head.series)}" if head_to_head.series else ""
        counts.append(f"{head_to_head.ahead:,} of {races}{where}")
    scope = query.scope_text(context, without="series")  # each series is named with its number
    first, second = query.names
    return sentence(f"{first} finished ahead of {second} in {join(counts)}{scope}")


def _blocks(context: QueryContext, query: PeopleQuery, head_to_heads: Sequence[HeadToHead]) -> Iterable[Block]:
    """The numbers of each series and the last meetings in it; several series each on a page of its own."""
    names = column_names(*query.names)
    several = len(head_to_heads) > 1
    limit = MAX_SEASON_MEETINGS if query.season is not None else MAX_LISTED_RACES_EACH if several else MAX_LISTED_RACES
    for number, head_to_head in enumerate(head_to_heads):
        title = series_title(context, head_to_head.series) if head_to_head.series else "Races of no known series"
        yield Facts(head_to_head_facts(head_to_head, *query.names), title, starts_page=number > 0)
        yield head_to_head_table(head_to_head, names, title)
        heading = f"{'Meetings' if len(head_to_head.meetings) <= limit else 'Last meetings'}, {title}"
        yield meetings_table(head_to_head.meetings[:limit], names, heading, starts_page=not several)


def _document_lines(meetings: Sequence[Meeting]) -> Iterable[SourceLine]:
    """A line of each document that the meetings stand on."""
    first_lines = {meeting.document: meeting.line for meeting in meetings}
    second_lines = {meeting.other_document: meeting.other_line for meeting in meetings}
    return (SourceLine(document, line) for document, line in {**first_lines, **second_lines}.items())


def _seasons_by_series(head_to_heads: Sequence[HeadToHead]) -> dict[str, set[int]]:
    """The seasons of each series in which they met."""
    return {
        head_to_head.series: {meeting.season for meeting in head_to_head.meetings if meeting.season}
        for head_to_head in head_to_heads
        if head_to_head.series
    }


def _follow_ups(query: PeopleQuery, meetings: Sequence[Meeting]) -> Iterable[FollowUp]:
    """Both drivers, their last meeting, and all their races where only some were asked for."""
    for driver in query.names:
        yield FollowUp(driver, question_about("driver", driver))
    yield FollowUp("Last meeting", question_about("race", meetings[0].race))
    if query.narrowing:
        yield FollowUp("All races", query.whole().question())
