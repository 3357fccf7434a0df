"""Tables of a career for a phone: by season, by track, race by race."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import source_lines
from bot.answers.common.short_names import place_text, short_race_name
from bot.answers.common.text import average_text, plural, race_name_text
from bot.answers.people.career import CareerTotals, CountBasis, took_start
from bot.archive.queries.careers import TrackRow
from bot.archive.queries.driver_races import DriverRace
from bot.cards import Column, Table

__all__ = [
    "MAX_LISTED_RACES",
    "MAX_LISTED_RACES_EACH",
    "MAX_RANKED_ROWS",
    "UNKNOWN_CELL",
    "finish_cell",
    "number_cell",
    "races_table",
    "season_races_table",
    "seasons_table",
    "tracks_table",
]

UNKNOWN_CELL = "–"  # in a cell: no document tells it
PARTIAL_MARK = "+"  # after a number: known for some of the starts only
MAX_LISTED_RACES = 10  # races listed one by one: a screen of a phone
MAX_LISTED_RACES_EACH = 5  # of each of several series
MAX_RANKED_ROWS = 15  # of a list by rank, such as best tracks
SEASON_COLUMNS = tuple(Column(text, numeric=True) for text in ("Year", "Races", "Won", "T5", "T10", "Avg", "Led"))
SEASON_LEGEND = "T5, T10: top fives, top tens. Avg: average finish. Led: laps led"


def seasons_table(seasons: Sequence[CareerTotals], counting: CountBasis, heading: str) -> Table:
    """A row for each season, the latest first; each says over how many results it was counted."""
    rows = tuple(
        (
            *map(str, (season.seasons[0], season.starts, season.wins, season.top_fives, season.top_tens)),
            average_text(season.finish_sum, season.starts),
            _laps_led_cell(season),
        )
        for season in seasons
    )
    derivations = tuple(
        CountBasis(season.starts, counting.documents).text(f"the season {season.season_span}") for season in seasons
    )
    note = SEASON_LEGEND + _mark_legend(row[-1] for row in rows)
    return Table(SEASON_COLUMNS, rows, heading, note, derivations=derivations)


def tracks_table(tracks: Sequence[TrackRow], minimum: int, counting: CountBasis, heading: str) -> Table:
    """The best tracks by wins, then by average finish; `minimum` starts are needed to be among them."""
    columns = (
        Column("Track", shrinks_first=True),
        Column("Races", numeric=True),
        Column("Won", numeric=True),
        Column("Avg", numeric=True),
    )
    listed_tracks = tracks[:MAX_RANKED_ROWS]
    rows = tuple(
        (place_text(track.track), str(track.starts), str(track.wins), average_text(track.finish_sum, track.starts))
        for track in listed_tracks
    )
    derivations = tuple(
        CountBasis(track.starts, counting.documents).text(
            f"{track.finish_sum:,} places ÷ {plural(track.starts, 'start')}"
        )
        for track in listed_tracks
    )
    rest = f"; {len(tracks) - len(listed_tracks)} more" if len(tracks) > len(listed_tracks) else ""
    note = f"By wins, then average finish (Avg), with at least {plural(minimum, 'start')}{rest}"
    return Table(columns, rows, heading, note, derivations=derivations)


def races_table(runs: Sequence[DriverRace], heading: str) -> Table:
    """Single races of one driver, each on its own line of a document."""
    columns = (Column("Year", numeric=True), Column("Race", shrinks_first=True), *_numeric_columns("St", "Fin", "Led"))
    rows: tuple[tuple[str, ...], ...] = tuple(
        (str(run.season or ""), _short_name(run), number_cell(run.grid), finish_cell(run), number_cell(run.laps_led))
        for run in runs
    )
    # A year that all races have is said once, above.
    years = {row[0] for row in rows}
    if len(years) == 1:
        columns, rows = columns[1:], tuple(row[1:] for row in rows)
        heading = f"{heading}, {years.pop()}"
    sources = tuple(source_lines(run) for run in runs)
    return Table(columns, rows, heading, _race_legend(rows), sources)


def _short_name(run: DriverRace) -> str:
    """What a race is called in a list: without its year, its sponsors' tail, and what a championship race is called."""
    name = run.name or run.track or run.race
    return short_race_name(race_name_text(name, run.track, run.round).removeprefix("NASCAR "), run.season)


def season_races_table(runs: Sequence[DriverRace], heading: str) -> Table:
    """One season of one driver race by race, with the points of each race."""
    columns = (
        Column("Rd", numeric=True),
        Column("Race", shrinks_first=True),
        *_numeric_columns("St", "Fin", "Pts", "Led"),
    )
    rows = tuple(
        (
            number_cell(run.round),
            _short_name(run),
            number_cell(run.grid),
            finish_cell(run),
            *_points_and_led_cells(run),
        )
        for run in sorted(runs, key=lambda run: run.order_key)
    )
    sources = tuple(source_lines(run) for run in sorted(runs, key=lambda run: run.order_key))
    return Table(columns, rows, heading, _race_legend(rows), sources)


def number_cell(number: int | None) -> str:
    """A number, or a dash where no document tells it."""
    return UNKNOWN_CELL if number is None else f"{number:,}"


def finish_cell(run: DriverRace) -> str:
    """The place; who took no start has none."""
    return number_cell(run.position) if took_start(run) else "no"


def _numeric_columns(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading, numeric=True) for heading in headings)


def _points_and_led_cells(run: DriverRace) -> tuple[str, str]:
    return number_cell(run.points), number_cell(run.laps_led)


def _laps_led_cell(totals: CareerTotals) -> str:
    if not totals.led_known:
        return UNKNOWN_CELL
    return f"{totals.laps_led:,}" + (PARTIAL_MARK if totals.led_known < totals.starts else "")


def _race_legend(rows: Sequence[tuple[str, ...]]) -> str:
    """What the headings and marks of a table of races mean."""
    no_start = "; no: did not start" if any("no" in row for row in rows) else ""
    return f"St: start, Fin: finish, Led: laps led{no_start}" + _mark_legend(text for row in rows for text in row)


def _mark_legend(cells: Iterable[str]) -> str:
    texts = tuple(cells)
    unknown = f"; {UNKNOWN_CELL}: not known" if UNKNOWN_CELL in texts else ""
    partly = (
        f"; {PARTIAL_MARK}: of the starts for which it is known"
        if any(cell.endswith(PARTIAL_MARK) for cell in texts)
        else ""
    )
    return unknown + partly
