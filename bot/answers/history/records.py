"""`/records`: who has the most, or the best average, of how many drivers and with which minimum.

Series are never added up. Who is equal shares a place. An average needs enough starts to say something; how many is a
rule (`record_kinds.least_starts`) that is written on the card.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.citations import counted_from
from bot.answers.common.resolve import named
from bot.answers.common.text import join, plural, sentence, some_of
from bot.answers.context import Reader
from bot.answers.history.record_kinds import (
    KNOWN,
    MANY,
    MOST_STARTS,
    RECORDS,
    STAGE_WINS,
    WHAT,
    What,
    at_least,
    least_starts,
)
from bot.answers.people.career import series_called, years
from bot.archive.queries.records import Population, Ranked, StageWinner, races_counted, ranked, stage_wins
from bot.cards import Argument, Card, Column, FollowUp, Question, Table
from bot.errors import NothingKnown

__all__ = ["records"]

SHOWN = 20  # rows of a page; who is equal with the last of them is shown too, up to as many again
LEADERS = 3  # names in the sentence on top


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which races a record is asked, in canonical names; `races` are those the archive holds, by season."""

    series: str
    called: str
    season: int | None
    track: str | None
    races: dict[int, int]
    notes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many races that is."""
        return sum(self.races.values())

    def where(self) -> str:
        """“NASCAR Cup Series, 1985, Daytona International Speedway”."""
        return ", ".join(part for part in (self.called, str(self.season or ""), self.track or "") if part)

    def of_races(self) -> str:
        """“157 races, 1959 to 2025”."""
        told = years(season for season in self.races if season)
        return plural(self.count, "race") + (f", {told}" if told else "")

    def arguments(self, *, without: str = "") -> Iterable[Argument]:
        """The options that ask it again."""
        yield Argument("series", self.series, "series")
        if self.track and without != "track":
            yield Argument("track", self.track, "track")
        if self.season and without != "season":
            yield Argument("season", str(self.season))


def records(
    reader: Reader, what: str, series: str | None = None, track: str | None = None, season: int | None = None
) -> Card:
    """The drivers with the most of `what`, or the best average: in one series, the default one where none is named.

    Raises UnknownName, AmbiguousName, and NothingKnown for another `what` or where no result is held.
    """
    wanted = what.strip().casefold()
    if wanted not in WHAT:
        raise NothingKnown(f"There is no record of that name. Ask for {join(WHAT, 'or')}.")
    asked = _asked(reader, series, track, season)
    if wanted == STAGE_WINS.name:
        return _stages(reader, asked)
    chosen = next(one for one in RECORDS if one.name == wanted)
    least = least_starts(asked.count, asked.season) if chosen.by.average else 1
    rows, population = ranked(reader.session, chosen.by, least, asked.series, asked.season, asked.track)
    found = [row for row in rows if row.total] if not chosen.by.least else list(rows)
    if not found:
        raise NothingKnown(_nothing(asked, chosen, population))
    shown = _with_ties(found, lambda row: _value(chosen, row))
    return Card(
        title=f"{chosen.name.capitalize()}: {asked.where()}",
        question=Question("records", (Argument("what", chosen.name), *asked.arguments())),
        summary=_summary(chosen, shown),
        blocks=(_table(chosen, shown),),
        notes=tuple(_notes(chosen, asked, population, found, shown)),
        as_of=f"counted over {asked.of_races()}",
        citations=counted_from(reader.session, asked.series, asked.season, asked.track),
        follow_ups=tuple(_follow_ups(asked, chosen.name, shown[0].driver)),
    )


def _asked(reader: Reader, series: str | None, track: str | None, season: int | None) -> Asked:
    found = {kind: named(reader, text, kind) for kind, text in (("series", series), ("track", track)) if text}
    chosen = found["series"].value if series else reader.default_series
    where = found["track"].value if track else None
    notes = [meant.note for meant in found.values() if meant.note]
    called = series_called(reader, chosen)
    if not series:
        notes.append(f"Series are counted apart: this is the {called}.")
    races = races_counted(reader.session, chosen, season, where)
    return Asked(chosen, called, season, where, dict(races), tuple(notes))


def _nothing(asked: Asked, chosen: What, population: Population) -> str:
    where = asked.where()
    if not asked.count:
        return f"The documents tell of no race: {where}."
    if chosen.by.average and population.known:
        return (
            f"Nobody has {at_least(asked.count, asked.season)} that tell it: {where}. The archive holds "
            f"{asked.of_races()}."
        )
    what = chosen.name.removeprefix("most ").removeprefix("best ")
    return f"The documents do not tell {what} for any start: {where}. The archive holds {asked.of_races()}."


def _value(chosen: What, row: Ranked) -> float:
    return row.total / row.known if chosen.by.average else row.total


def _with_ties(rows: Sequence[Ranked], value: Callable[[Ranked], float]) -> Sequence[Ranked]:
    """The first rows with all who are equal to the last of them; where those are too many, none of them."""
    if len(rows) <= SHOWN:
        return rows
    last = value(rows[SHOWN - 1])
    better = [row for row in rows[:SHOWN] if value(row) != last]
    equal = [row for row in rows if value(row) == last]
    whole = better + equal
    return whole if len(whole) <= 2 * SHOWN or not better else better


def _summary(chosen: What, shown: Sequence[Ranked]) -> str:
    first = shown[0]
    best = [row.driver for row in shown if _value(chosen, row) == _value(chosen, first)]
    lead = "leads" if len(best) == 1 else "lead"
    each = "" if len(best) == 1 else " each"
    if chosen.by.average:
        what = chosen.name.removeprefix("best ")
        return sentence(f"{some_of(best, LEADERS)} {lead} with {_article(what)} of {_number(chosen, first)}{each}")
    count = plural(int(first.total), chosen.one, MANY.get(chosen.one, ""))
    starts = "" if len(best) > 1 or chosen in (STAGE_WINS, MOST_STARTS) else f" in {plural(first.starts, 'start')}"
    return sentence(f"{some_of(best, LEADERS)} {lead} with {count}{each}{starts}")


def _article(what: str) -> str:
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"


def _number(chosen: What, row: Ranked) -> str:
    return f"{_value(chosen, row):.2f}" if chosen.by.average else f"{int(row.total):,}"


def _table(chosen: What, shown: Sequence[Ranked]) -> Table:
    columns = [Column("#", numeric=True), Column("Driver", grow=True), Column(chosen.heading, numeric=True)]
    values = [_value(chosen, row) for row in shown]
    cells = [[_place(values, number), row.driver, _number(chosen, row)] for number, row in enumerate(shown)]
    if chosen not in (STAGE_WINS, MOST_STARTS):
        columns.append(Column("Starts", numeric=True))
        for line, row in zip(cells, shown, strict=True):
            line.append(f"{row.known if chosen.by.average else row.starts:,}")
    how = tuple(_how(chosen, row) for row in shown)
    return Table(tuple(columns), tuple(map(tuple, cells)), how=how)


def _place(values: Sequence[float], number: int) -> str:
    """The place, with = where it is shared."""
    place = values.index(values[number]) + 1
    return f"{'=' if values.count(values[number]) > 1 else ''}{place}"


def _how(chosen: What, row: Ranked) -> str:
    seasons = f", {years(season for season in (row.first, row.last) if season)}" if row.first else ""
    if chosen == STAGE_WINS:
        return f"counted over the stages whose winner is told{seasons}"
    if chosen.by.average:
        total = f"{row.total:,.1f}".removesuffix(".0")
        return f"{total} ÷ {plural(row.known, 'start')} that tell it{seasons}"
    known = f"; {plural(row.known, 'start')} of {row.starts:,} tell it" if row.known < row.starts else ""
    return f"counted over the results of {plural(row.starts, 'start')}{seasons}{known}"


def _notes(
    chosen: What, asked: Asked, population: Population, found: Sequence[Ranked], shown: Sequence[Ranked]
) -> Iterable[str]:
    """Of how many, with which minimum, and what is not known."""
    yield from asked.notes
    if chosen.by.average:
        enough = f"{population.enough:,} of {plural(population.drivers, 'driver')}"
        have = "has" if population.enough == 1 else "have"
        yield f"{enough} {have} {at_least(asked.count, asked.season)}."
    else:
        yield f"Of {plural(population.drivers, 'driver')} with a start."
    if chosen.remark:
        yield chosen.remark
    if population.known < population.starts:
        yield f"{KNOWN[chosen.by.known]} told for {population.known:,} of {population.starts:,} starts."
    if len(shown) < min(len(found), SHOWN):
        equal = next(row for row in found if row not in shown)
        yield f"Those with {_number(chosen, equal)} are left out: they are too many to show."


def _stages(reader: Reader, asked: Asked) -> Card:
    """Stage wins are counted over the stages themselves: no tally holds them, and few seasons had any."""
    winners = stage_wins(reader.session, asked.series, asked.season, asked.track)
    if not winners:
        raise NothingKnown(
            f"The documents tell of no stage winner: {asked.where()}. The archive holds {asked.of_races()}; the sport "
            "has raced in stages since 2017."
        )
    rows = [Ranked(one.driver, one.won, one.won, one.won, one.first, one.last) for one in winners]
    shown = _with_ties(rows, lambda row: row.total)
    return Card(
        title=f"{STAGE_WINS.name.capitalize()}: {asked.where()}",
        question=Question("records", (Argument("what", STAGE_WINS.name), *asked.arguments())),
        summary=_summary(STAGE_WINS, shown),
        blocks=(_table(STAGE_WINS, shown),),
        notes=(
            *asked.notes,
            f"Of {plural(len(winners), 'driver')} who won one. The part that ends with the race is no stage win.",
        ),
        as_of=f"counted over {_told_stages(winners)}",
        citations=counted_from(reader.session, asked.series, asked.season, asked.track),
        follow_ups=tuple(_follow_ups(asked, STAGE_WINS.name, shown[0].driver)),
    )


def _told_stages(winners: Sequence[StageWinner]) -> str:
    """“576 stages, 2017 to 2024”: those whose winner is told."""
    told = years(season for one in winners for season in (one.first, one.last) if season)
    return plural(sum(one.won for one in winners), "stage") + (f", {told}" if told else "")


def _follow_ups(asked: Asked, what: str, leader: str) -> Iterable[FollowUp]:
    yield FollowUp(leader, Question("driver", (Argument("name", leader, "driver"),)))
    if asked.track:
        series = Argument("series", asked.series, "series")
        yield FollowUp("The track", Question("track", (Argument("name", asked.track, "track"), series)))
        narrowed = Question("records", (Argument("what", what), *asked.arguments(without="track")))
        yield FollowUp("All tracks", narrowed)
    if asked.season:
        yield FollowUp("All seasons", Question("records", (Argument("what", what), *asked.arguments(without="season"))))
        season = Argument("season", str(asked.season))
        yield FollowUp("Schedule", Question("schedule", (Argument("series", asked.series, "series"), season)))
