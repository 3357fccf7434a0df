"""`/track`: who won at a track, how long it was over the years, and the records held there."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.answers.common.citations import places
from bot.answers.common.race_list import RaceList, called_in_list, race_list
from bot.answers.common.resolve import named
from bot.answers.common.text import decimal, join, plural, sentence, some_of
from bot.answers.context import Reader
from bot.answers.history.record_kinds import at_least, least_starts
from bot.answers.people.career import average, series_called, years
from bot.archive.queries.tracks import (
    OfTrack,
    RunRace,
    SeriesHere,
    ToldRow,
    facts_told,
    races_at,
    series_at,
    track_tallies,
)
from bot.cards import Argument, Block, Card, Column, Fact, Facts, FollowUp, Question, Table
from bot.errors import NothingKnown

__all__ = ["track"]

WINNERS = (Column("Year", numeric=True), Column("Race", grow=True), Column("Winner"))
MOST_TIED = 3  # names of those who share a record; more are counted


def track(reader: Reader, name: str, series: str | None = None) -> Card:
    """The winners of a series at a track, the latest first, with the records held there and what the track was like.

    Without a series the default one, or the one that raced there most. Raises UnknownName, AmbiguousName, and
    NothingKnown where the series never raced there.
    """
    meant = named(reader, name, "track")
    asked = named(reader, series, "series") if series else None
    here = series_at(reader.session, meant.value)
    chosen = _chosen(reader, meant.value, here, asked.value if asked else None)
    races = races_at(reader.session, meant.value, chosen.series)
    told = facts_told(reader.session, [race.key for race in races], ("track_length_mi", "surface"))
    listed = race_list(reader, races, [row for rows in told.values() for row in rows])
    arguments = (Argument("name", meant.value, "track"), Argument("series", chosen.series, "series"))
    return Card(
        title=meant.value,
        question=Question("track", arguments),
        summary=_summary(reader, listed, chosen),
        blocks=tuple(_blocks(reader, meant.value, listed, told, here, chosen)),
        notes=tuple(note for note in (meant.note, asked.note if asked else "") if note),
        as_of=f"after the {_title(races[0])}",
        citations=listed.citations,
        follow_ups=tuple(_follow_ups(reader, meant.value, races, here, chosen)),
    )


def _chosen(reader: Reader, track_name: str, here: Sequence[SeriesHere], asked: str | None) -> SeriesHere:
    """The series whose races are shown. Raises NothingKnown where that has none here."""
    if not here:
        raise NothingKnown(f"The documents tell of no race at {track_name}.")
    found = [one for one in here if one.series == (asked or reader.default_series)]
    if found:
        return found[0]
    if asked is None:
        return here[0]
    held = [f"{plural(one.races, 'race')} of the {series_called(reader, one.series)}" for one in here]
    raise NothingKnown(
        f"The documents tell of no race of the {series_called(reader, asked)} at {track_name}. They tell of "
        f"{join(held)}."
    )


def _title(race: RunRace) -> str:
    return f"{race.season or ''} {called_in_list([race])[race.key]}".strip()


def _summary(reader: Reader, listed: RaceList, chosen: SeriesHere) -> str:
    """How often the series raced here, and who won most."""
    count = f"{plural(chosen.races, 'race')} of the {series_called(reader, chosen.series)}"
    most = listed.winners()
    if chosen.races == 1 or not most:
        only = f", won by {listed.races[0].winner}" if most else ""
        return sentence(f"{count}: the {_title(listed.races[0])}{only}")
    if most[0][1] == 1:
        return sentence(f"{count}, and nobody won twice")
    return sentence(f"{count}; {_tied([driver for driver, _ in most])} won most often, {_times(most[0][1], most)}")


def _each(count: int, holders: Sequence[object]) -> str:
    return f"{count:,}" + (" each" if len(holders) > 1 else "")


def _times(count: int, holders: Sequence[object]) -> str:
    return plural(count, "time") + (" each" if len(holders) > 1 else "")


def _tied(names: Sequence[str]) -> str:
    return some_of(sorted(names), MOST_TIED)


def _blocks(
    reader: Reader,
    name: str,
    listed: RaceList,
    told: Mapping[str, tuple[ToldRow, ...]],
    here: Sequence[SeriesHere],
    chosen: SeriesHere,
) -> Iterable[Block]:
    yield Facts((*_held(reader, here, chosen), _first(listed), *_over_the_years(listed, told)))
    records = tuple(_records(track_tallies(reader.session, name, chosen.series), chosen.races))
    if records:
        yield Facts(records, f"Records of the {series_called(reader, chosen.series)} here")
    called = called_in_list(listed.races)
    yield Table(
        WINNERS,
        tuple((str(race.season or ""), called[race.key], race.winner or "not told") for race in listed.races),
        "Winners",
        sources=tuple(listed.stands(race) for race in listed.races),
        how=tuple(listed.how(race) for race in listed.races),
    )


def _held(reader: Reader, here: Sequence[SeriesHere], chosen: SeriesHere) -> Iterable[Fact]:
    """How many races the archive holds, the series that is shown first."""
    for one in sorted(here, key=lambda one: one != chosen):
        seasons = years(season for season in (one.first, one.last) if season)
        told = plural(one.races, "race") + (f", {seasons}" if seasons else "")
        yield Fact(series_called(reader, one.series), told, how="counted over the races that the archive holds")


def _first(listed: RaceList) -> Fact:
    race = listed.races[-1]
    won = f", won by {race.winner}" if race.winner else ""
    return Fact("First race held", _title(race) + won, listed.stands(race), how=listed.how(race))


def _over_the_years(listed: RaceList, told: Mapping[str, tuple[ToldRow, ...]]) -> Iterable[Fact]:
    """Length and surface as the documents tell them with each race: one track has had several lengths."""
    seasons = {race.key: race.season for race in listed.races}
    shown: tuple[tuple[str, str, Callable[[ToldRow], str]], ...] = (
        ("Length", "track_length_mi", lambda row: _miles(row.number) if row.number else row.value),
        ("Surface", "surface", lambda row: row.value),
    )
    for label, field, wording in shown:
        values: dict[str, list[ToldRow]] = {}
        for row in told[field]:
            values.setdefault(wording(row), []).append(row)
        spans = [
            f"{value} ({years(season for row in rows if (season := seasons[row.race]))})"
            for value, rows in values.items()
        ]
        missing = len(listed.races) - len(told[field])
        stands = places(*(row for rows in values.values() for row in (rows[0], rows[-1])))
        if values:
            text = "; ".join(spans) if len(values) > 1 else next(iter(values))
            text += f"; not told for {plural(missing, 'race')}" if missing else ""
            how = "as told with each race" if len(values) > 1 or missing else ""
            yield Fact(label, text, stands, how=how)
        else:
            yield Fact(label, "no document of this archive tells it", how="looked for with each race held")


def _miles(number: float) -> str:
    return f"{decimal(number)} {'mile' if number == 1 else 'miles'}"


def _records(rows: Sequence[OfTrack], races: int) -> Iterable[Fact]:
    """The most of everything that is counted, and the best average with the starts it needs."""
    if not rows:
        return
    population = f"counted over {plural(sum(row.starts for row in rows), 'start')} of {plural(len(rows), 'driver')}"
    known = sum(row.led_known for row in rows)
    starts = sum(row.starts for row in rows)
    led = f"; laps led are told for {known:,} of {starts:,} starts" if known < starts else ""
    counted: tuple[tuple[str, Callable[[OfTrack], int], str], ...] = (
        ("Most wins", lambda row: row.wins, ""),
        ("Most top fives", lambda row: row.top_fives, ""),
        ("Most laps led", lambda row: row.laps_led, led),
        ("Most starts from first", lambda row: row.poles, "; counted from starting places"),
        ("Most starts", lambda row: row.starts, ""),
    )
    for label, of, remark in counted:
        most = max(of(row) for row in rows)
        holders = [row.driver for row in rows if of(row) == most]
        if most:
            yield Fact(label, f"{_tied(holders)}, {_each(most, holders)}", how=population + remark)
    yield from _best_average(rows, races)


def _best_average(rows: Sequence[OfTrack], races: int) -> Iterable[Fact]:
    least = least_starts(races, None)
    enough = [row for row in rows if row.starts >= least]
    if not enough:
        return
    best = min(row.finish_sum / row.starts for row in enough)
    holders = [row for row in enough if row.finish_sum / row.starts == best]
    first = holders[0]
    value = f"{_tied([row.driver for row in holders])}, {average(first.finish_sum, first.starts)}"
    sums = "; ".join(f"{row.driver} {row.finish_sum:,} ÷ {row.starts}" for row in holders[:MOST_TIED])
    how = f"{sums}; of {plural(len(enough), 'driver')} with {at_least(races, None)}"
    yield Fact("Best average finish", f"{value} (at least {plural(least, 'start')})", how=how)


def _follow_ups(
    reader: Reader, name: str, races: Sequence[RunRace], here: Sequence[SeriesHere], chosen: SeriesHere
) -> Iterable[FollowUp]:
    where, series = Argument("track", name, "track"), Argument("series", chosen.series, "series")
    yield FollowUp("Latest race", Question("race", (Argument("name", races[0].key, "race"),)))
    yield FollowUp("Records here", Question("records", (Argument("what", "most wins"), series, where)))
    for one in here:
        if one != chosen:
            question = Question("track", (Argument("name", name, "track"), Argument("series", one.series, "series")))
            yield FollowUp(series_called(reader, one.series), question)
