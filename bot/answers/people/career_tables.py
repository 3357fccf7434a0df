"""Tables of a career for a phone: by season, by track, race by race."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import places
from bot.answers.common.text import plural
from bot.answers.people.career import Counting, Record, average, run_title, started
from bot.archive.queries.careers import TrackRow
from bot.archive.queries.driver_races import Run
from bot.cards import Column, Table

__all__ = ["cell", "runs_table", "season_runs_table", "seasons_table", "tracks_table"]

UNKNOWN = "–"  # in a cell: no document tells it
PARTLY = "+"  # after a number: known for some of the starts only
MOST_TRACKS = 15
SEASON_COLUMNS = tuple(Column(text, numeric=True) for text in ("Year", "Races", "Won", "T5", "T10", "Avg", "Led"))
MEANS = "T5, T10: in the first five, ten. Avg: average finish. Led: laps led"


def seasons_table(records: Sequence[Record], counting: Counting, heading: str, *, apart: bool = False) -> Table:
    """A row for each season, the latest first; each says over how many results it was counted."""
    rows = tuple(
        (
            *map(str, (record.seasons[0], record.starts, record.wins, record.top_fives, record.top_tens)),
            average(record.finish_sum, record.starts),
            _led(record),
        )
        for record in records
    )
    how = tuple(Counting(one.starts, counting.documents).says(f"the season {one.years}") for one in records)
    note = MEANS + _legend(row[-1] for row in rows)
    return Table(SEASON_COLUMNS, rows, heading, note, how=how, apart=apart)


def tracks_table(tracks: Sequence[TrackRow], least: int, counting: Counting, heading: str) -> Table:
    """The best tracks by wins, then by average finish; `least` starts are needed to be among them."""
    columns = (
        Column("Track", grow=True),
        Column("Races", numeric=True),
        Column("Won", numeric=True),
        Column("Avg", numeric=True),
    )
    shown = tracks[:MOST_TRACKS]
    rows = tuple((one.track, str(one.starts), str(one.wins), average(one.finish_sum, one.starts)) for one in shown)
    how = tuple(
        Counting(one.starts, counting.documents).says(f"{one.finish_sum:,} places ÷ {plural(one.starts, 'start')}")
        for one in shown
    )
    rest = f"; {len(tracks) - len(shown)} more" if len(tracks) > len(shown) else ""
    note = f"By wins, then average finish (Avg), with at least {plural(least, 'start')}{rest}"
    return Table(columns, rows, heading, note, how=how)


def runs_table(runs: Sequence[Run], heading: str, *, apart: bool = False) -> Table:
    """Single races of one driver, each on its own line of a document."""
    columns = (Column("Race", grow=True), *_numbers("St", "Fin", "Led"))
    rows = tuple((run_title(run), cell(run.grid), _finish(run), cell(run.laps_led)) for run in runs)
    sources = tuple(places(run) for run in runs)
    return Table(columns, rows, heading, _means(rows), sources, apart=apart)


def season_runs_table(runs: Sequence[Run], heading: str, *, apart: bool = False) -> Table:
    """One season of one driver race by race, with the points of each race."""
    columns = (Column("Rd", numeric=True), Column("Race", grow=True), *_numbers("St", "Fin", "Pts", "Led"))
    rows = tuple(
        (cell(run.round), run.name or run.track or run.race, cell(run.grid), _finish(run), *_points_and_led(run))
        for run in sorted(runs, key=lambda run: run.order_key)
    )
    sources = tuple(places(run) for run in sorted(runs, key=lambda run: run.order_key))
    return Table(columns, rows, heading, _means(rows), sources, apart=apart)


def cell(number: int | None) -> str:
    """A number, or a dash where no document tells it."""
    return UNKNOWN if number is None else f"{number:,}"


def _numbers(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading, numeric=True) for heading in headings)


def _points_and_led(run: Run) -> tuple[str, str]:
    return cell(run.points), cell(run.laps_led)


def _finish(run: Run) -> str:
    """The place; who took no start has none."""
    return cell(run.position) if started(run) else "no"


def _led(record: Record) -> str:
    if not record.led_known:
        return UNKNOWN
    return f"{record.laps_led:,}" + (PARTLY if record.led_known < record.starts else "")


def _means(rows: Sequence[tuple[str, ...]]) -> str:
    """What the headings and marks of a table of races mean."""
    points = ", Pts: points" if rows and len(rows[0]) > 5 else ""
    stayed = "; no: did not start" if any("no" in row for row in rows) else ""
    return f"St: start, Fin: finish{points}, Led: laps led" + stayed + _legend(text for row in rows for text in row)


def _legend(cells: Iterable[str]) -> str:
    shown = tuple(cells)
    unknown = f"; {UNKNOWN}: not known" if UNKNOWN in shown else ""
    partly = f"; {PARTLY}: of the starts for which it is known" if any(one.endswith(PARTLY) for one in shown) else ""
    return unknown + partly
