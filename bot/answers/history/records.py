"""`/records`: who has the most, or the best average, of how many drivers and with which minimum.

Series are never added up. Who is equal shares a place. An average needs enough starts to say something; how many is a
rule (`record_kinds.least_starts`) that is written on the card.
"""

from collections.abc import Callable, Iterable, Sequence

from bot.answers.common.citations import tally_citations
from bot.answers.common.questions import question_about
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.short_names import with_short_names
from bot.answers.common.text import average_text, join, plural
from bot.answers.context import QueryContext
from bot.answers.history.record_kinds import (
    MOST_STARTS,
    RECORD_NAMES,
    RECORDS,
    STAGE_WINS,
    RecordDefinition,
    minimum_starts,
    minimum_text,
)
from bot.answers.history.record_words import (
    STAGE_WINS_NOTE,
    TOO_MANY_EQUAL,
    average_sentence,
    coverage_note,
    most_sentence,
    no_record_text,
    no_stage_wins_text,
    part_of_season_text,
    scope_words,
)
from bot.answers.history.records_query import RecordsQuery, resolve_records_query
from bot.answers.people.career import season_span
from bot.archive.queries.records import (
    Population,
    RankedDriver,
    StageWinner,
    active_driver_names,
    races_that_tell,
    rank_drivers,
    stage_winners,
)
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.errors import NothingKnown

__all__ = ["records"]

MAX_PAGE_ROWS = 20  # rows of a page; who is equal with the last of them is shown too, up to as many again


def records(
    context: QueryContext,
    what: str,
    series: str | None = None,
    track: str | None = None,
    season: int | None = None,
    decade: str | None = None,
    drivers: str | None = None,
) -> Card:
    """The drivers with the most of `what`, or the best average: in one series, the default one where none is named.

    Raises UnknownName, AmbiguousName, and NothingKnown for another `what` or where no result is held.
    """
    record_name = what.strip().casefold()
    if record_name not in RECORD_NAMES:
        raise NothingKnown(f"There is no record of that name. Ask for {join(RECORD_NAMES, 'or')}.")
    query = resolve_records_query(context, series, track, season, decade, drivers)
    if record_name == STAGE_WINS.name:
        return _stage_wins_card(context, query)
    kind = next(record for record in RECORDS if record.name == record_name)
    rows, population = _ranked_drivers(context, kind, query)
    # Nobody holds a record with none of it; an average of places is never 0.
    ranking = [row for row in rows if row.total] if not kind.measure.smallest_first else list(rows)
    if not ranking:
        raise _no_answer(query, kind, population)
    page_rows = _with_ties(ranking, lambda row: _value(kind, row))
    return Card(
        title=f"{kind.name.capitalize()}: {query.scope_text()}",
        question=Question("records", (Argument("what", kind.name), *query.arguments())),
        summary=_summary(kind, query, page_rows),
        blocks=(_table(kind, page_rows, tuple(_notes(context, kind, query, population, ranking, page_rows))),),
        note=query.note,
        as_of=f"counted over {query.races_text()}",
        citations=tally_citations(context.session, query.series, query.season, query.track),
        follow_ups=tuple(_follow_ups(query, kind.name, page_rows[0].driver)),
    )


def _ranked_drivers(
    context: QueryContext, kind: RecordDefinition, query: RecordsQuery
) -> tuple[tuple[RankedDriver, ...], Population]:
    """The drivers with enough starts, the best first, and of how many they are."""
    minimum = minimum_starts(query.count, query.season) if kind.measure.average else 1
    return rank_drivers(
        context.session,
        kind.measure,
        minimum,
        query.series,
        query.season,
        query.track,
        decade=query.decade,
        latest=query.latest,
    )


def _no_answer(query: RecordsQuery, kind: RecordDefinition, population: Population) -> NothingToShow:
    """That there is no such record, and the questions with fewer words that may have one."""
    races = query.races_text() if query.count else ""
    measure = kind.name.removeprefix("most ").removeprefix("best ")
    if query.count and kind.measure.average and population.known_starts:
        text = f"Nobody has {minimum_text(query.count, query.season)} for {query.scope_text()}. There are {races}."
    else:
        text = no_record_text(measure, query.scope_text(), races)
    return NothingToShow(text, _wider_questions(query, kind.name))


def _wider_questions(query: RecordsQuery, what: str) -> Iterable[FollowUp]:
    """The same record over all tracks, and over all seasons."""
    if query.track:
        yield FollowUp("All tracks", Question("records", (Argument("what", what), *query.arguments(without="track"))))
    if query.season:
        yield FollowUp("All seasons", Question("records", (Argument("what", what), *query.arguments(without="season"))))
    if query.decade:
        yield FollowUp("All decades", Question("records", (Argument("what", what), *query.arguments(without="decade"))))
    if query.latest:
        yield FollowUp("Everybody", Question("records", (Argument("what", what), *query.arguments(without="drivers"))))


def _value(kind: RecordDefinition, row: RankedDriver) -> float:
    return row.total / row.known_starts if kind.measure.average else row.total


def _with_ties(rows: Sequence[RankedDriver], value: Callable[[RankedDriver], float]) -> Sequence[RankedDriver]:
    """The first rows with all who are equal to the last of them; where those are too many, none of them."""
    if len(rows) <= MAX_PAGE_ROWS:
        return rows
    # A cut between equals would call some of them worse: all of them are shown, or none.
    last = value(rows[MAX_PAGE_ROWS - 1])
    better = [row for row in rows[:MAX_PAGE_ROWS] if value(row) != last]
    equal = [row for row in rows if value(row) == last]
    whole = better + equal
    return whole if len(whole) <= 2 * MAX_PAGE_ROWS or not better else better


def _summary(kind: RecordDefinition, query: RecordsQuery, page_rows: Sequence[RankedDriver]) -> str:
    first = page_rows[0]
    leaders = [row.driver for row in page_rows if _value(kind, row) == _value(kind, first)]
    when = f"the {query.decade}s" if query.decade else str(query.season or "")
    scope = scope_words(when, query.track, None if query.is_whole else query.count)
    scope += " of all active drivers" if query.latest else ""
    if kind.measure.average:
        return average_sentence(
            kind, leaders, _value_text(kind, first), query.short_series or query.series_title, scope
        )
    is_plain = len(leaders) > 1 or kind in (STAGE_WINS, MOST_STARTS)
    starts = None if is_plain else first.starts
    return most_sentence(kind, leaders, int(first.total), starts, query.short_series, scope)


def _value_text(kind: RecordDefinition, row: RankedDriver) -> str:
    return average_text(row.total, row.known_starts, 2) if kind.measure.average else f"{int(row.total):,}"


def _table(kind: RecordDefinition, page_rows: Sequence[RankedDriver], notes: Sequence[str]) -> Table:
    columns = [Column("#", numeric=True), Column("Driver", shrinks_first=True), Column(kind.heading, numeric=True)]
    values = [_value(kind, row) for row in page_rows]
    cells = [[_rank_text(values, number), row.driver, _value_text(kind, row)] for number, row in enumerate(page_rows)]
    if kind not in (STAGE_WINS, MOST_STARTS):
        columns.append(Column("Starts", numeric=True))
        for line, row in zip(cells, page_rows, strict=True):
            line.append(f"{row.known_starts if kind.measure.average else row.starts:,}")
    derivation = tuple(_derivation(kind, row) for row in page_rows)
    return with_short_names(
        Table(tuple(columns), tuple(map(tuple, cells)), note=" ".join(notes), derivations=derivation)
    )


def _rank_text(values: Sequence[float], number: int) -> str:
    """The place, with = where it is shared."""
    place = values.index(values[number]) + 1
    return f"{'=' if values.count(values[number]) > 1 else ''}{place}"


def _derivation(kind: RecordDefinition, row: RankedDriver) -> str:
    seasons = (
        f", {season_span(season for season in (row.first_season, row.last_season) if season)}"
        if row.first_season
        else ""
    )
    if kind == STAGE_WINS:
        return f"counted over the stages whose winner is known{seasons}"
    if kind.measure.average:
        total = f"{row.total:,.1f}".removesuffix(".0")
        return f"{total} ÷ {plural(row.known_starts, 'start')} that tell it{seasons}"
    coverage = (
        f"; {plural(row.known_starts, 'start')} of {row.starts:,} tell it" if row.known_starts < row.starts else ""
    )
    return f"counted over the results of {plural(row.starts, 'start')}{seasons}{coverage}"


def _notes(
    context: QueryContext,
    kind: RecordDefinition,
    query: RecordsQuery,
    population: Population,
    ranking: Sequence[RankedDriver],
    page_rows: Sequence[RankedDriver],
) -> Iterable[str]:
    """What stands below the list: the minimum, how it is counted, what is not known, who is left out."""
    count = kind.measure.count_column
    if kind.measure.average:
        yield f"With {minimum_text(query.count, query.season)}."
    if kind.remark:
        yield kind.remark
    if population.known_starts < population.starts and query.season is not None:
        known_races = races_that_tell(context.session, count, query.series, query.season, query.track)
        yield part_of_season_text(count, known_races, query.count)
    elif population.known_starts < population.starts:
        yield coverage_note(count, population.known_starts, population.starts)
    if len(page_rows) < min(len(ranking), MAX_PAGE_ROWS):
        equal = next(row for row in ranking if row not in page_rows)
        yield TOO_MANY_EQUAL.format(_value_text(kind, equal))


def _stage_wins_card(context: QueryContext, query: RecordsQuery) -> Card:
    """Stage wins are counted over the stages themselves: no tally holds them, and few seasons had any."""
    winners = stage_winners(context.session, query.series, query.season, query.track, decade=query.decade)
    if query.latest:
        active = active_driver_names(context.session, query.series, query.latest)
        winners = tuple(winner for winner in winners if winner.driver in active)
    if not winners:
        races = query.races_text() if query.count else ""
        text = no_stage_wins_text(query.scope_text(), races)
        raise NothingToShow(text, _wider_questions(query, STAGE_WINS.name))
    rows = [
        RankedDriver(
            winner.driver,
            winner.stage_wins,
            winner.stage_wins,
            winner.stage_wins,
            winner.first_season,
            winner.last_season,
        )
        for winner in winners
    ]
    page_rows = _with_ties(rows, lambda row: row.total)
    return Card(
        title=f"{STAGE_WINS.name.capitalize()}: {query.scope_text()}",
        question=Question("records", (Argument("what", STAGE_WINS.name), *query.arguments())),
        summary=_summary(STAGE_WINS, query, page_rows),
        blocks=(_table(STAGE_WINS, page_rows, (STAGE_WINS_NOTE,)),),
        note=query.note,
        as_of=f"counted over {_stages_text(winners)}",
        citations=tally_citations(context.session, query.series, query.season, query.track),
        follow_ups=tuple(_follow_ups(query, STAGE_WINS.name, page_rows[0].driver)),
    )


def _stages_text(winners: Sequence[StageWinner]) -> str:
    """“576 stages, 2017 to 2024”: those whose winner is told."""
    span = season_span(season for winner in winners for season in (winner.first_season, winner.last_season) if season)
    return plural(sum(winner.stage_wins for winner in winners), "stage") + (f", {span}" if span else "")


def _follow_ups(query: RecordsQuery, what: str, leader: str) -> Iterable[FollowUp]:
    yield FollowUp(leader, question_about("driver", leader))
    yield from _wider_questions(query, what)
    if query.track:
        series = Argument("series", query.series, "series")
        yield FollowUp("Track", Question("track", (Argument("name", query.track, "track"), series)))
    if query.season:
        season = Argument("season", str(query.season))
        yield FollowUp("Schedule", Question("schedule", (Argument("series", query.series, "series"), season)))
