"""`/track`: who won at a track, how long it was over the years, and the records held there."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.answers.common.citations import source_lines
from bot.answers.common.double_names import double_name_notes
from bot.answers.common.grouping import group
from bot.answers.common.questions import question_about
from bot.answers.common.race_list import RaceList, list_labels, race_list
from bot.answers.common.resolve import resolve_name
from bot.answers.common.text import MAX_SENTENCE_NAMES, average_text, decimal, join, join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.history.record_kinds import minimum_starts, minimum_text
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
from bot.cards import Argument, Block, Card, Column, Fact, Facts, FollowUp, Question, Table
from bot.errors import NothingKnown

__all__ = ["track"]

WINNER_COLUMNS = (Column("Year", numeric=True), Column("Race", shrinks_first=True), Column("Winner"))


def track(context: QueryContext, name: str, series: str | None = None) -> Card:
    """The winners of a series at a track, the latest first, with the records held there and what the track was like.

    Without a series the default one, or the one that raced there most. Raises UnknownName, AmbiguousName, and
    NothingKnown where the series never raced there.
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
    return Card(
        title=resolved_track.value,
        question=Question("track", arguments),
        summary=_summary(context, listing, shown_series),
        blocks=tuple(_blocks(context, resolved_track.value, listing, track_facts, series_rows, shown_series)),
        notes=(
            *(note for note in (resolved_track.note, resolved_series.note if resolved_series else "") if note),
            *double_name_notes(context, "track", resolved_track.value),
        ),
        as_of=f"after the {_race_label(races[0])}",
        citations=listing.citations,
        follow_ups=tuple(_follow_ups(context, resolved_track.value, races, series_rows, shown_series)),
    )


def _choose_series(
    context: QueryContext, track_name: str, series_rows: Sequence[TrackSeries], canonical_series: str | None
) -> TrackSeries:
    """The series whose races are shown. Raises NothingKnown where that has none here."""
    if not series_rows:
        raise NothingKnown(f"The documents tell of no race at {track_name}.")
    matching = [row for row in series_rows if row.series == (canonical_series or context.default_series)]
    if matching:
        return matching[0]
    if canonical_series is None:
        return series_rows[0]
    counts = [f"{plural(row.race_count, 'race')} of the {series_title(context, row.series)}" for row in series_rows]
    raise NothingKnown(
        f"The documents tell of no race of the {series_title(context, canonical_series)} at {track_name}. They tell of "
        f"{join(counts)}."
    )


def _race_label(race: RaceListRow) -> str:
    return f"{race.season or ''} {list_labels([race])[race.key]}".strip()


def _summary(context: QueryContext, listing: RaceList, shown_series: TrackSeries) -> str:
    """How often the series raced here, and who won most."""
    count = f"{plural(shown_series.race_count, 'race')} of the {series_title(context, shown_series.series)}"
    leaders = listing.most_wins()
    if shown_series.race_count == 1 or not leaders:
        winner_text = f", won by {listing.races[0].winner}" if leaders else ""
        return sentence(f"{count}: the {_race_label(listing.races[0])}{winner_text}")
    if leaders[0][1] == 1:
        return sentence(f"{count}, and nobody won twice")
    return sentence(
        f"{count}; {_holders_text([driver for driver, _ in leaders])} won most often, "
        f"{_times_text(leaders[0][1], leaders)}"
    )


def _count_text(count: int, holders: Sequence[object]) -> str:
    return f"{count:,}" + (" each" if len(holders) > 1 else "")


def _times_text(count: int, holders: Sequence[object]) -> str:
    return plural(count, "time") + (" each" if len(holders) > 1 else "")


def _holders_text(names: Sequence[str]) -> str:
    return join_some(sorted(names), MAX_SENTENCE_NAMES)


def _blocks(
    context: QueryContext,
    name: str,
    listing: RaceList,
    track_facts: Mapping[str, tuple[RaceFactRow, ...]],
    series_rows: Sequence[TrackSeries],
    shown_series: TrackSeries,
) -> Iterable[Block]:
    yield Facts(
        (*_race_counts(context, series_rows, shown_series), _first_race(listing), *_track_history(listing, track_facts))
    )
    records = tuple(_record_facts(track_tallies(context.session, name, shown_series.series), shown_series.race_count))
    if records:
        yield Facts(records, f"Records of the {series_title(context, shown_series.series)} here")
    labels = list_labels(listing.races)
    yield Table(
        WINNER_COLUMNS,
        tuple((str(race.season or ""), labels[race.key], race.winner or "not told") for race in listing.races),
        "Winners",
        sources=tuple(listing.race_lines(race) for race in listing.races),
        derivations=tuple(listing.derivation(race) for race in listing.races),
    )


def _race_counts(
    context: QueryContext, series_rows: Sequence[TrackSeries], shown_series: TrackSeries
) -> Iterable[Fact]:
    """How many races the archive holds, the series that is shown first."""
    for row in sorted(series_rows, key=lambda row: row != shown_series):
        seasons = season_span(season for season in (row.first_season, row.last_season) if season)
        text = plural(row.race_count, "race") + (f", {seasons}" if seasons else "")
        yield Fact(series_title(context, row.series), text, derivation="counted over the races that the archive holds")


def _first_race(listing: RaceList) -> Fact:
    race = listing.races[-1]
    winner_text = f", won by {race.winner}" if race.winner else ""
    return Fact(
        "First race held",
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
            text += f"; not told for {plural(missing, 'race')}" if missing else ""
            derivation = "as told with each race" if len(values) > 1 or missing else ""
            yield Fact(label, text, lines, derivation=derivation)
        else:
            yield Fact(label, "no document of this archive tells it", derivation="looked for with each race held")


def _miles_text(number: float) -> str:
    return f"{decimal(number)} {'mile' if number == 1 else 'miles'}"


def _record_facts(rows: Sequence[TrackDriverRow], races: int) -> Iterable[Fact]:
    """The most of everything that is counted, and the best average with the starts it needs."""
    if not rows:
        return
    population = f"counted over {plural(sum(row.starts for row in rows), 'start')} of {plural(len(rows), 'driver')}"
    led_known = sum(row.led_known for row in rows)
    starts = sum(row.starts for row in rows)
    led = f"; laps led are told for {led_known:,} of {starts:,} starts" if led_known < starts else ""
    categories: tuple[tuple[str, Callable[[TrackDriverRow], int], str], ...] = (
        ("Most wins", lambda row: row.wins, ""),
        ("Most top fives", lambda row: row.top_fives, ""),
        ("Most laps led", lambda row: row.laps_led, led),
        ("Most starts from first", lambda row: row.poles, "; counted from starting places"),
        ("Most starts", lambda row: row.starts, ""),
    )
    for label, value_of, remark in categories:
        highest = max(value_of(row) for row in rows)
        holders = [row.driver for row in rows if value_of(row) == highest]
        if highest:
            yield Fact(
                label, f"{_holders_text(holders)}, {_count_text(highest, holders)}", derivation=population + remark
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
    value = f"{_holders_text([row.driver for row in holders])}, {average_text(first.finish_sum, first.starts)}"
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
    yield FollowUp("Records here", Question("records", (Argument("what", "most wins"), series, track_argument)))
    for row in series_rows:
        if row != shown_series:
            question = Question("track", (Argument("name", name, "track"), Argument("series", row.series, "series")))
            yield FollowUp(series_title(context, row.series), question)
