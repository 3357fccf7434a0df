"""`/compare`: two drivers head to head, in the races in which both started."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from bot.answers.common.citations import CitationIndex
from bot.answers.common.questions import question_about
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.text import join, sentence
from bot.answers.context import QueryContext
from bot.answers.people.better_at import better_at_text
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
from bot.answers.people.people_words import KNOWN_LABEL, ahead_sentence, meetings_heading, never_met_text
from bot.answers.people.profile import series_part
from bot.answers.people.query import PeopleQuery, resolve_query
from bot.archive.queries.driver_races import Meeting, meetings_of
from bot.cards import Block, Card, Fact, Facts, FollowUp, Part, SourceLine, archive_fact, chosen_part
from bot.errors import NothingKnown
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["comparison"]

OVERVIEW, LAST_RACES = Part("ov"), Part("la")
MAX_SEASON_MEETINGS = 40  # of one season all are listed


def comparison(
    context: QueryContext,
    first: str,
    second: str,
    series: str | None = None,
    season: int | None = None,
    track: str | None = None,
    part: str = "",
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
        raise _no_answer(context, query)
    head_to_heads = split_by_series(meetings, context.default_series)
    builders = _parts(context, query, head_to_heads)
    return Card(
        title=join(query.names),
        question=query.question(part),
        summary=_summary(context, query, head_to_heads),
        blocks=tuple(builders[chosen_part(tuple(builders), part)]()),
        note=query.note,
        as_of=f"after the {driver_race_title(meetings[0])}",
        citations=CitationIndex(context.session, _document_lines(meetings)).all_citations(),
        follow_ups=tuple(_follow_ups(query, meetings)),
        parts=tuple(builders),
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


def _no_answer(context: QueryContext, query: PeopleQuery) -> NothingToShow:
    """That they never met there, and where they did."""
    elsewhere = _meetings(context, query.whole()) if query.narrowing else ()
    years = season_span(meeting.season for meeting in elsewhere if meeting.season)
    text = never_met_text(join(query.names), query.scope_text(context), len(elsewhere), years)
    drivers = (FollowUp(name, question_about("driver", name)) for name in query.names)
    together = (FollowUp("All races", query.whole().question()),) if elsewhere else ()
    return NothingToShow(text, (*together, *drivers))


def _summary(context: QueryContext, query: PeopleQuery, head_to_heads: Sequence[HeadToHead]) -> str:
    """“Hamlin finished ahead of Larson in 218 of 400 Cup races and 7 of 12 Xfinity races”, each series apart."""
    counts = [
        (
            own.ahead,
            own.behind,
            len(own.meetings),
            SHORT_SERIES_NAMES.get(own.series or "") or (series_title(context, own.series) if own.series else ""),
        )
        for own in head_to_heads
    ]
    scope = query.scope_text(context, without="series")  # each series is named with its number
    first, second = query.names
    ahead = ahead_sentence(first, second, counts, scope)
    better = better_at_text(head_to_heads[0], first, second)
    return sentence(f"{ahead.removesuffix('.')}; {better}") if better else ahead


def _parts(
    context: QueryContext, query: PeopleQuery, head_to_heads: Sequence[HeadToHead]
) -> dict[Part, Callable[[], Iterable[Block]]]:
    """The numbers of the first series, those of every other one, and the last meetings."""
    first, *others = head_to_heads
    known = missing_races(context, _seasons_by_series(head_to_heads)).values()
    facts = tuple(archive_fact(KNOWN_LABEL, text) for text in known)
    return {
        OVERVIEW: lambda: _numbers(context, query, first, facts),
        **{
            series_part(context, own.series or "other", number): partial(_numbers, context, query, own)
            for number, own in enumerate(others)
        },
        LAST_RACES: lambda: _meeting_blocks(context, query, head_to_heads),
    }


def _numbers(
    context: QueryContext, query: PeopleQuery, head_to_head: HeadToHead, more: tuple[Fact, ...] = ()
) -> Iterable[Block]:
    """The numbers of one series."""
    yield Facts((*head_to_head_facts(head_to_head, *query.names), *more), _title(context, head_to_head))
    yield head_to_head_table(head_to_head, column_names(*query.names))


def _meeting_blocks(context: QueryContext, query: PeopleQuery, head_to_heads: Sequence[HeadToHead]) -> Iterable[Block]:
    """The last meetings in each series; of one season all."""
    several = len(head_to_heads) > 1
    limit = MAX_SEASON_MEETINGS if query.season is not None else MAX_LISTED_RACES_EACH if several else MAX_LISTED_RACES
    for own in head_to_heads:
        heading = meetings_heading(_title(context, own), are_all=len(own.meetings) <= limit)
        yield meetings_table(own.meetings[:limit], column_names(*query.names), heading)


def _title(context: QueryContext, head_to_head: HeadToHead) -> str:
    return series_title(context, head_to_head.series) if head_to_head.series else "Other races"


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
