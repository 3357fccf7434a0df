"""Charts of one race: from the grid to the finish, and laps led."""

from collections.abc import Sequence

from bot.answers.common.questions import race_follow_up
from bot.answers.common.resolve import ResolvedRace, as_of, resolve_race
from bot.answers.common.short_names import short_driver_names
from bot.answers.common.text import join, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.results.movers import Move, moves_of, top_movers
from bot.answers.results.row_sources import RowSources, row_sources
from bot.archive.queries.results import ResultRow, result_rows_of
from bot.cards import Argument, Card, Chart, ChartSeries, Fact, Facts, FollowUp, Question
from bot.errors import NothingKnown
from bot.language.ordinals import ordinal
from bot.racing.sessions import RACE_SESSION

__all__ = ["grid_to_finish", "laps_led"]

MAX_BARS = 15  # leaders of a race that fit on a picture of 750 pixels
MAX_LISTED = 3


def grid_to_finish(context: QueryContext, race: str | None) -> Card:
    """Where each car started and finished.

    Raises UnknownName, AmbiguousName, and NothingKnown where fewer than two places on the grid are known.
    """
    resolved = resolve_race(context, race)
    rows = result_rows_of(context.session, resolved.race.key, RACE_SESSION)
    moves = moves_of(rows)
    if len(moves) < 2:
        raise NothingKnown(f"Where everybody started is not known yet for {resolved.in_sentence}.")
    by_finish = sorted(moves, key=lambda move: move.position)
    alt = _moves_alt(by_finish, moves)
    names = short_driver_names(move.row.driver for move in moves)
    chart = Chart(
        "slopes",
        f"{resolved.title}: grid to finish",
        ("Grid", "Finish"),
        tuple(ChartSeries(names[move.row.driver], (move.grid, move.position)) for move in by_finish),
        alt,
        is_ranking=True,
    )
    sources = row_sources(context.session, [move.row for move in moves])
    facts = top_movers(moves, sources)
    return _race_card(resolved, "grid to finish", chart, _moves_summary(moves), facts, sources)


def laps_led(context: QueryContext, race: str | None) -> Card:
    """How many laps each leader led. Raises UnknownName, AmbiguousName, and NothingKnown where nobody is known to."""
    resolved = resolve_race(context, race)
    rows = result_rows_of(context.session, resolved.race.key, RACE_SESSION)
    leaders = sorted((row for row in rows if row.laps_led), key=lambda row: (-(row.laps_led or 0), row.position or 999))
    if not leaders:
        raise NothingKnown(f"How many laps each driver led is not known yet for {resolved.in_sentence}.")
    shown = leaders[:MAX_BARS]
    names = short_driver_names(row.driver for row in rows)  # of two Busches in the race one may have led
    laps = max((row.laps or 0 for row in rows), default=0)
    of_laps = f" of {plural(laps, 'lap')}" if laps else ""
    rest = f", the first {len(shown)} of {len(leaders)} leaders" if len(shown) < len(leaders) else ""
    chart = Chart(
        "bars",
        f"{resolved.title}: laps led",
        tuple(names[row.driver] for row in shown),
        (ChartSeries(f"Laps led{of_laps}{rest}", tuple(row.laps_led for row in shown)),),
        _leaders_alt(shown, len(leaders), of_laps),
        unit="laps",
    )
    sources = row_sources(context.session, shown)
    facts = tuple(
        Fact(row.driver, plural(row.laps_led or 0, "lap"), sources.row_lines(row)) for row in shown[:MAX_LISTED]
    )
    first = shown[0]
    summary = sentence(f"{first.driver} led most, {first.laps_led:,}{of_laps}")
    return _race_card(resolved, "laps led", chart, summary, facts, sources)


def _race_card(
    resolved: ResolvedRace,
    what: str,
    chart: Chart,
    summary: str,
    facts: Sequence[Fact],
    sources: RowSources,
) -> Card:
    other = "laps led" if what != "laps led" else "grid to finish"
    race = resolved.argument("race")
    return Card(
        title=chart.title,
        question=Question("chart", (Argument("what", what), race)),
        summary=summary,
        blocks=(Facts(tuple(facts)),) if facts else (),
        note=resolved.note,
        as_of=as_of(resolved),
        citations=sources.citations,
        follow_ups=(
            race_follow_up(resolved),
            FollowUp(other.capitalize(), Question("chart", (Argument("what", other), race))),
        ),
        chart=chart,
    )


def _moves_summary(moves: Sequence[Move]) -> str:
    first, last = moves[0], moves[-1]
    gained = f"{first.row.driver} gained most, {plural(first.gained, 'place')}" if first.gained > 0 else ""
    lost = f"{last.row.driver} lost most, {-last.gained}" if last.gained < 0 else ""
    return sentence("; ".join(part for part in (gained, lost) if part) or "Everybody finished where the start was")


def _moves_alt(by_finish: Sequence[Move], moves: Sequence[Move]) -> str:
    """Two sentences: what is drawn, and what one sees first."""
    winner, first, last = by_finish[0], moves[0], moves[-1]
    way = f"goes from {ordinal(winner.grid)} to {_place(winner)}" if winner.gained else f"stays {_place(winner)}"
    parts = [f"{winner.row.driver} {way}"]
    if first.gained > 0 and first != winner:
        parts.append(f"the steepest rise is {first.row.driver}’s, from {ordinal(first.grid)} to {_place(first)}")
    if last.gained < 0:
        parts.append(f"the steepest fall is {last.row.driver}’s, from {ordinal(last.grid)} to {_place(last)}")
    drawn = f"{plural(len(moves), 'line')} from places on the grid at the left to places at the finish at the right."
    return f"{drawn} {join(parts)}."


def _place(move: Move) -> str:
    return ordinal(move.position)


def _leaders_alt(shown: Sequence[ResultRow], count: int, of_laps: str) -> str:
    """Two sentences: what is drawn, and what one sees first."""
    first, *others = shown
    drawn = f"{plural(len(shown), 'bar')} for {'the drivers' if count > 1 else 'the only driver'} who led a lap."
    next_two = join([f"{row.driver} with {row.laps_led:,}" for row in others[:2]])
    after = f", ahead of {next_two}" if next_two else ""
    return f"{drawn} The longest bar is {first.driver}’s with {first.laps_led:,}{of_laps}{after}."
