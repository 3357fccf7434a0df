"""`/records`: who has the most, or the best average, of how many drivers and with which minimum.

Series are never added up. Who is equal shares a place. An average needs enough starts to say something; how many is a
rule (`record_kinds.least_starts`) that is written on the card.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.citations import tally_citations
from bot.answers.common.questions import question_about
from bot.answers.common.resolve import resolve_name
from bot.answers.common.text import MAX_SENTENCE_NAMES, average_text, join, join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.history.record_kinds import (
    KNOWN_LABELS,
    MOST_STARTS,
    RECORD_NAMES,
    RECORDS,
    STAGE_WINS,
    UNIT_PLURALS,
    RecordDefinition,
    minimum_starts,
    minimum_text,
)
from bot.answers.people.career import season_span, series_title
from bot.archive.queries.records import (
    Population,
    RankedDriver,
    StageWinner,
    race_counts_by_season,
    races_that_tell,
    rank_drivers,
    stage_winners,
)
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.errors import NothingKnown

__all__ = ["records"]

MAX_PAGE_ROWS = 20  # rows of a page; who is equal with the last of them is shown too, up to as many again


@dataclass(frozen=True, slots=True)
class RecordsQuery:
    """Of which races a record is asked, in canonical names; `races` are those the archive holds, by season."""

    series: str
    series_title: str
    season: int | None
    track: str | None
    races: dict[int, int]
    notes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many races that is."""
        return sum(self.races.values())

    def scope_text(self) -> str:
        """“NASCAR Cup Series, 1985, Daytona International Speedway”."""
        return ", ".join(part for part in (self.series_title, str(self.season or ""), self.track or "") if part)

    def races_text(self) -> str:
        """“157 races, 1959 to 2025”."""
        span = season_span(season for season in self.races if season)
        return plural(self.count, "race") + (f", {span}" if span else "")

    def arguments(self, *, without: str = "") -> Iterable[Argument]:
        """The options that ask it again."""
        yield Argument("series", self.series, "series")
        if self.track and without != "track":
            yield Argument("track", self.track, "track")
        if self.season and without != "season":
            yield Argument("season", str(self.season))


def records(
    context: QueryContext, what: str, series: str | None = None, track: str | None = None, season: int | None = None
) -> Card:
    """The drivers with the most of `what`, or the best average: in one series, the default one where none is named.

    Raises UnknownName, AmbiguousName, and NothingKnown for another `what` or where no result is held.
    """
    record_name = what.strip().casefold()
    if record_name not in RECORD_NAMES:
        raise NothingKnown(f"There is no record of that name. Ask for {join(RECORD_NAMES, 'or')}.")
    query = _resolve_query(context, series, track, season)
    if record_name == STAGE_WINS.name:
        return _stage_wins_card(context, query)
    kind = next(record for record in RECORDS if record.name == record_name)
    minimum = minimum_starts(query.count, query.season) if kind.measure.average else 1
    rows, population = rank_drivers(context.session, kind.measure, minimum, query.series, query.season, query.track)
    # Nobody holds a record with none of it; an average of places is never 0.
    ranking = [row for row in rows if row.total] if not kind.measure.smallest_first else list(rows)
    if not ranking:
        raise NothingKnown(_no_answer(query, kind, population))
    page_rows = _with_ties(ranking, lambda row: _value(kind, row))
    return Card(
        title=f"{kind.name.capitalize()}: {query.scope_text()}",
        question=Question("records", (Argument("what", kind.name), *query.arguments())),
        summary=_summary(kind, page_rows, _known_races_text(context, query, kind, population)),
        blocks=(_table(kind, page_rows),),
        notes=tuple(_notes(kind, query, population, ranking, page_rows)),
        as_of=f"counted over {query.races_text()}",
        citations=tally_citations(context.session, query.series, query.season, query.track),
        follow_ups=tuple(_follow_ups(query, kind.name, page_rows[0].driver)),
    )


def _resolve_query(context: QueryContext, series: str | None, track: str | None, season: int | None) -> RecordsQuery:
    resolved = {"series": resolve_name(context, series, "series")} if series else {}
    canonical_series = resolved["series"].value if series else context.default_series
    if track:
        resolved["track"] = resolve_name(context, track, "track", season=season, series=canonical_series)
    canonical_track = resolved["track"].value if track else None
    notes = [name.note for name in resolved.values() if name.note]
    title = series_title(context, canonical_series)
    if not series:
        notes.append(f"Series are counted apart: this is the {title}.")
    races = race_counts_by_season(context.session, canonical_series, season, canonical_track)
    return RecordsQuery(canonical_series, title, season, canonical_track, dict(races), tuple(notes))


def _no_answer(query: RecordsQuery, kind: RecordDefinition, population: Population) -> str:
    scope = query.scope_text()
    if not query.count:
        return f"The documents tell of no race: {scope}."
    if kind.measure.average and population.known_starts:
        return (
            f"Nobody has {minimum_text(query.count, query.season)} that tell it: {scope}. The archive holds "
            f"{query.races_text()}."
        )
    measure = kind.name.removeprefix("most ").removeprefix("best ")
    return f"The documents do not tell {measure} for any start: {scope}. The archive holds {query.races_text()}."


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


def _known_races_text(context: QueryContext, query: RecordsQuery, kind: RecordDefinition, starts: Population) -> str:
    """“; laps led are told for 11 of 28 races”: a season of which a part is told is no season's record; else ""."""
    count = kind.measure.count_column
    if query.season is None or starts.known_starts == starts.starts:
        return ""
    known_races = races_that_tell(context.session, count, query.series, query.season, query.track)
    return f"; {KNOWN_LABELS[count].lower()} told for {known_races} of {plural(query.count, 'race')}"


def _summary(kind: RecordDefinition, page_rows: Sequence[RankedDriver], known: str = "") -> str:
    first = page_rows[0]
    leaders = [row.driver for row in page_rows if _value(kind, row) == _value(kind, first)]
    lead = "leads" if len(leaders) == 1 else "lead"
    each = "" if len(leaders) == 1 else " each"
    if kind.measure.average:
        measure = kind.name.removeprefix("best ")
        return sentence(
            f"{join_some(leaders, MAX_SENTENCE_NAMES)} {lead} with "
            f"{_article(measure)} of {_value_text(kind, first)}{each}{known}"
        )
    count = plural(int(first.total), kind.unit, UNIT_PLURALS.get(kind.unit, ""))
    starts = "" if len(leaders) > 1 or kind in (STAGE_WINS, MOST_STARTS) else f" in {plural(first.starts, 'start')}"
    return sentence(f"{join_some(leaders, MAX_SENTENCE_NAMES)} {lead} with {count}{each}{starts}{known}")


def _article(what: str) -> str:
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"


def _value_text(kind: RecordDefinition, row: RankedDriver) -> str:
    return average_text(row.total, row.known_starts, 2) if kind.measure.average else f"{int(row.total):,}"


def _table(kind: RecordDefinition, page_rows: Sequence[RankedDriver]) -> Table:
    columns = [Column("#", numeric=True), Column("Driver", shrinks_first=True), Column(kind.heading, numeric=True)]
    values = [_value(kind, row) for row in page_rows]
    cells = [[_rank_text(values, number), row.driver, _value_text(kind, row)] for number, row in enumerate(page_rows)]
    if kind not in (STAGE_WINS, MOST_STARTS):
        columns.append(Column("Starts", numeric=True))
        for line, row in zip(cells, page_rows, strict=True):
            line.append(f"{row.known_starts if kind.measure.average else row.starts:,}")
    derivation = tuple(_derivation(kind, row) for row in page_rows)
    return Table(tuple(columns), tuple(map(tuple, cells)), derivations=derivation)


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
        return f"counted over the stages whose winner is told{seasons}"
    if kind.measure.average:
        total = f"{row.total:,.1f}".removesuffix(".0")
        return f"{total} ÷ {plural(row.known_starts, 'start')} that tell it{seasons}"
    coverage = (
        f"; {plural(row.known_starts, 'start')} of {row.starts:,} tell it" if row.known_starts < row.starts else ""
    )
    return f"counted over the results of {plural(row.starts, 'start')}{seasons}{coverage}"


def _notes(
    kind: RecordDefinition,
    query: RecordsQuery,
    population: Population,
    ranking: Sequence[RankedDriver],
    page_rows: Sequence[RankedDriver],
) -> Iterable[str]:
    """Notes: of how many drivers, with which minimum, and what is not known."""
    yield from query.notes
    if kind.measure.average:
        eligible = f"{population.eligible_drivers:,} of {plural(population.drivers, 'driver')}"
        verb = "has" if population.eligible_drivers == 1 else "have"
        yield f"{eligible} {verb} {minimum_text(query.count, query.season)}."
    else:
        yield f"Of {plural(population.drivers, 'driver')} with a start."
    if kind.remark:
        yield kind.remark
    if population.known_starts < population.starts:
        label = KNOWN_LABELS[kind.measure.count_column]
        yield f"{label} told for {population.known_starts:,} of {population.starts:,} starts."
    if len(page_rows) < min(len(ranking), MAX_PAGE_ROWS):
        equal = next(row for row in ranking if row not in page_rows)
        yield f"Those with {_value_text(kind, equal)} are left out: they are too many to show."


def _stage_wins_card(context: QueryContext, query: RecordsQuery) -> Card:
    """Stage wins are counted over the stages themselves: no tally holds them, and few seasons had any."""
    winners = stage_winners(context.session, query.series, query.season, query.track)
    if not winners:
        raise NothingKnown(
            f"The documents tell of no stage winner: {query.scope_text()}. The archive holds {query.races_text()}; "
            "the sport "
            "has raced in stages since 2017."
        )
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
        summary=_summary(STAGE_WINS, page_rows),
        blocks=(_table(STAGE_WINS, page_rows),),
        notes=(
            *query.notes,
            f"Of {plural(len(winners), 'driver')} who won one. The part that ends with the race is no stage win.",
        ),
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
    if query.track:
        series = Argument("series", query.series, "series")
        yield FollowUp("The track", Question("track", (Argument("name", query.track, "track"), series)))
        narrowed = Question("records", (Argument("what", what), *query.arguments(without="track")))
        yield FollowUp("All tracks", narrowed)
    if query.season:
        yield FollowUp("All seasons", Question("records", (Argument("what", what), *query.arguments(without="season"))))
        season = Argument("season", str(query.season))
        yield FollowUp("Schedule", Question("schedule", (Argument("series", query.series, "series"), season)))
