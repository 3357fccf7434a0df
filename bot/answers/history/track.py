"""`/track`: who won at a track, how long it was over the years, and the records held there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from bot.answers.common.citations import source_lines
from bot.answers.common.double_names import double_name_facts
from bot.answers.common.grouping import group
from bot.answers.common.questions import question_about
from bot.answers.common.race_list import RaceList, list_labels, race_list
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.resolve import resolve_name
from bot.answers.common.short_names import short_race_name, with_short_names
from bot.answers.common.text import MAX_SENTENCE_NAMES, average_text, decimal, note_text, plural
from bot.answers.context import QueryContext
from bot.answers.history.record_kinds import minimum_starts, minimum_text
from bot.answers.history.track_words import (
    UNKNOWN_WINNER,
    here_label,
    holders_text,
    most_wins_sentence_at,
    no_series_there_text,
    no_track_races_text,
    only_race_sentence,
)
from bot.answers.people.career import season_span, series_title
from bot.archive.queries.tracks import (
    RaceFactRow,
    RaceListRow,
    TrackDriverRow,
    TrackSeries,
    facts_of_races,
    races_at,
    series_at,
    track_tallies,
)
from bot.cards import Argument, Block, Card, Column, Fact, Facts, FollowUp, Part, Question, Table, chosen_part
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["track"]

WINNER_COLUMNS = (Column("Year", numeric=True), Column("Race", shrinks_first=True), Column("Winner"))
MAX_LAST_WINNERS = 5  # on the first page: the years that people remember
OVERVIEW, WINNERS, RECORDS = Part("ov"), Part("wi"), Part("rc")


def track(context: QueryContext, name: str, series: str | None = None, part: str = "") -> Card:
    """The last winners of a series at a track, and what the track was like; all winners and the records in parts.

    Without a series the default one, or the one that raced there most. Raises UnknownName, AmbiguousName, and
    NothingToShow where the series never raced there.
    """
    resolved_series = resolve_name(context, series, "series") if series else None
    resolved_track = resolve_name(context, name, "track", series=resolved_series.value if resolved_series else None)
    series_rows = series_at(context.session, resolved_track.value)
    shown_series = _choose_series(
        context, resolved_track.value, series_rows, resolved_series.value if resolved_series else None
    )
    races = races_at(context.session, resolved_track.value, shown_series.series)
    track_facts = facts_of_races(context.session, [race.key for race in races], ("track_length_mi", "surface"))
    listing = race_list(context, races, [row for rows in track_facts.values() for row in rows])
    arguments = (Argument("name", resolved_track.value, "track"), Argument("series", shown_series.series, "series"))
    records = tuple(
        _record_facts(
            track_tallies(context.session, resolved_track.value, shown_series.series), shown_series.race_count
        )
    )
    parts = _parts(listing, records)
    blocks: dict[Part, Callable[[], Iterable[Block]]] = {
        OVERVIEW: lambda: _overview(context, resolved_track.value, listing, track_facts, series_rows, shown_series),
        WINNERS: lambda: (_winners_table(listing, len(listing.races)),),
        RECORDS: lambda: (Facts(records),),
    }
    return Card(
        title=resolved_track.value,
        question=Question("track", arguments, part),
        summary=_summary(context, resolved_track.value, listing, shown_series),
        blocks=tuple(blocks[chosen_part(parts, part) if parts else OVERVIEW]()),
        note=note_text(resolved_track.note, resolved_series.note if resolved_series else ""),
        as_of=f"after the {_race_label(races[0])}",
        citations=listing.citations,
        follow_ups=tuple(_follow_ups(context, resolved_track.value, races, series_rows, shown_series)),
        parts=parts,
    )


def _parts(listing: RaceList, records: Sequence[Fact]) -> tuple[Part, ...]:
    """What there is besides the overview."""
    winners = (WINNERS,) if len(listing.races) > MAX_LAST_WINNERS else ()
    others = (*winners, *((RECORDS,) if records else ()))
    return (OVERVIEW, *others) if others else ()


def _choose_series(
    context: QueryContext, track_name: str, series_rows: Sequence[TrackSeries], canonical_series: str | None
) -> TrackSeries:
    """The series whose races are shown. Raises NothingToShow where that has none here."""
    if not series_rows:
        raise NothingToShow(no_track_races_text(track_name))
    matching = [row for row in series_rows if row.series == (canonical_series or context.default_series)]
    if matching:
        return matching[0]
    if canonical_series is None:
        return series_rows[0]
    counts = [(row.race_count, series_title(context, row.series)) for row in series_rows]
    raise NothingToShow(
        no_series_there_text(series_title(context, canonical_series), track_name, counts),
        (_other_series(context, track_name, row) for row in series_rows),
    )


def _other_series(context: QueryContext, track_name: str, row: TrackSeries) -> FollowUp:
    question = Question("track", (Argument("name", track_name, "track"), Argument("series", row.series, "series")))
    return FollowUp(here_label(_short_series(context, row.series)), question)


def _short_series(context: QueryContext, series: str) -> str:
    return SHORT_SERIES_NAMES.get(series) or series_title(context, series)


def _race_label(race: RaceListRow) -> str:
    return f"{race.season or ''} {list_labels([race])[race.key]}".strip()


def _summary(context: QueryContext, name: str, listing: RaceList, shown_series: TrackSeries) -> str:
    """Who won most often there."""
    series = _short_series(context, shown_series.series)
    if shown_series.race_count == 1:
        race = listing.races[0]
        return only_race_sentence(name, series, _race_label(race), race.winner)
    return most_wins_sentence_at(name, series, shown_series.race_count, listing.most_wins())


def _count_text(count: int, holders: Sequence[object]) -> str:
    return f"{count:,}" + (" each" if len(holders) > 1 else "")


def _overview(
    context: QueryContext,
    name: str,
    listing: RaceList,
    track_facts: Mapping[str, tuple[RaceFactRow, ...]],
    series_rows: Sequence[TrackSeries],
    shown_series: TrackSeries,
) -> Iterable[Block]:
    yield _winners_table(listing, MAX_LAST_WINNERS)
    first = (_first_race(listing),) if len(listing.races) > MAX_LAST_WINNERS else ()
    yield Facts(
        (
            *_race_counts(context, series_rows, shown_series),
            *first,
            *_track_history(listing, track_facts),
            *double_name_facts(context, "track", name),
        )
    )


def _winners_table(listing: RaceList, count: int) -> Table:
    """The first of the races with their winners, the latest first; `count` of them."""
    labels = list_labels(listing.races)
    shown = listing.races[:count]
    table = Table(
        WINNER_COLUMNS,
        tuple(
            (str(race.season or ""), short_race_name(labels[race.key]), race.winner or UNKNOWN_WINNER) for race in shown
        ),
        "Last winners" if count < len(listing.races) else "Winners",
        sources=tuple(listing.race_lines(race) for race in shown),
        derivations=tuple(listing.derivation(race) for race in shown),
    )
    return with_short_names(table, "Winner", frozenset({UNKNOWN_WINNER}))


def _race_counts(
    context: QueryContext, series_rows: Sequence[TrackSeries], shown_series: TrackSeries
) -> Iterable[Fact]:
    """How many races are known, the series that is shown first."""
    for row in sorted(series_rows, key=lambda row: row != shown_series):
        seasons = season_span(season for season in (row.first_season, row.last_season) if season)
        text = plural(row.race_count, "race") + (f", {seasons}" if seasons else "")
        yield Fact(series_title(context, row.series), text, derivation="counted over the races that are known")


def _first_race(listing: RaceList) -> Fact:
    race = listing.races[-1]
    winner_text = f", won by {race.winner}" if race.winner else ""
    return Fact(
        "First race",
        _race_label(race) + winner_text,
        listing.race_lines(race),
        derivation=listing.derivation(race),
    )


def _track_history(listing: RaceList, track_facts: Mapping[str, tuple[RaceFactRow, ...]]) -> Iterable[Fact]:
    """Length and surface as the documents tell them with each race: one track has had several lengths."""
    seasons = {race.key: race.season for race in listing.races}
    fields: tuple[tuple[str, str, Callable[[RaceFactRow], str]], ...] = (
        ("Length", "track_length_mi", lambda row: _miles_text(row.number) if row.number else row.value),
        ("Surface", "surface", lambda row: row.value),
    )
    for label, field, text_of in fields:
        values = group(track_facts[field], text_of)
        spans = [
            f"{value} ({season_span(season for row in rows if (season := seasons[row.race]))})"
            for value, rows in values.items()
        ]
        missing = len(listing.races) - len(track_facts[field])
        lines = source_lines(*(row for rows in values.values() for row in (rows[0], rows[-1])))
        if values:
            text = "; ".join(spans) if len(values) > 1 else next(iter(values))
            known = f", for {len(track_facts[field]):,} of {plural(len(listing.races), 'race')}" if missing else ""
            derivation = f"as it stands with each race{known}" if len(values) > 1 or missing else ""
            yield Fact(label, text, lines, derivation=derivation)


def _miles_text(number: float) -> str:
    return f"{decimal(number)} {'mile' if number == 1 else 'miles'}"


def _record_facts(rows: Sequence[TrackDriverRow], races: int) -> Iterable[Fact]:
    """The most of everything that is counted, and the best average with the starts it needs."""
    if not rows:
        return
    population = f"counted over {plural(sum(row.starts for row in rows), 'start')} of {plural(len(rows), 'driver')}"
    led_known = sum(row.led_known for row in rows)
    starts = sum(row.starts for row in rows)
    led = f"; laps led are known for {led_known:,} of {starts:,} starts" if led_known < starts else ""
    categories = (
        ("Most wins", "wins", ""),
        ("Most top fives", "top_fives", ""),
        ("Most laps led", "laps_led", led),
        ("Most starts from first", "poles", "; counted from starting places"),
        ("Most starts", "starts", ""),
    )
    for label, column, remark in categories:
        counts: list[int] = list(map(attrgetter(column), rows))  # of some two hundred drivers
        highest = max(counts)
        holders = [row.driver for row, count in zip(rows, counts, strict=True) if count == highest]
        if highest:
            yield Fact(
                label, f"{holders_text(holders)}, {_count_text(highest, holders)}", derivation=population + remark
            )
    yield from _best_average(rows, races)


def _best_average(rows: Sequence[TrackDriverRow], races: int) -> Iterable[Fact]:
    minimum = minimum_starts(races, None)
    eligible = [row for row in rows if row.starts >= minimum]
    if not eligible:
        return
    best = min(row.finish_sum / row.starts for row in eligible)
    # Averages are compared unrounded: those that only look equal do not share the record.
    holders = [row for row in eligible if row.finish_sum / row.starts == best]
    first = holders[0]
    value = f"{holders_text([row.driver for row in holders])}, {average_text(first.finish_sum, first.starts)}"
    sums = "; ".join(f"{row.driver} {row.finish_sum:,} ÷ {row.starts}" for row in holders[:MAX_SENTENCE_NAMES])
    derivation = f"{sums}; of {plural(len(eligible), 'driver')} with {minimum_text(races, None)}"
    yield Fact("Best average finish", f"{value} (at least {plural(minimum, 'start')})", derivation=derivation)


def _follow_ups(
    context: QueryContext,
    name: str,
    races: Sequence[RaceListRow],
    series_rows: Sequence[TrackSeries],
    shown_series: TrackSeries,
) -> Iterable[FollowUp]:
    track_argument, series = Argument("track", name, "track"), Argument("series", shown_series.series, "series")
    yield FollowUp("Latest race", question_about("race", races[0].key))
    yield FollowUp("Most wins", Question("records", (Argument("what", "most wins"), series, track_argument)))
    yield from (_other_series(context, name, row) for row in series_rows if row != shown_series)
