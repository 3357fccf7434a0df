"""Tables of a team for a phone: drivers, cars, seasons, last wins, one season race by race."""

from collections.abc import Sequence

from bot.answers.common.citations import source_lines
from bot.answers.common.grouping import group
from bot.answers.common.short_names import short_race_name, with_short_names
from bot.answers.common.text import average_text
from bot.answers.people.career import CountBasis, driver_race_title, totals_by_season
from bot.answers.people.career_tables import MAX_RANKED_ROWS, UNKNOWN_CELL, finish_cell, number_cell
from bot.archive.queries.careers import SeasonRow, TeamDriver
from bot.archive.queries.driver_races import DriverRace
from bot.cards import Column, Table

__all__ = ["cars_table", "drivers_table", "team_races_table", "team_seasons_table", "wins_table"]

COUNT_COLUMNS = (Column("Races", numeric=True), Column("Won", numeric=True), Column("Years", numeric=True))
SEASON_COLUMNS = tuple(Column(text, numeric=True) for text in ("Year", "Races", "Cars", "Won", "T5", "T10", "Avg"))


def drivers_table(drivers: Sequence[TeamDriver], counting: CountBasis, heading: str) -> Table:
    """Who drove for the team, those with most starts first."""
    rows = tuple(
        (row.driver, str(row.starts), str(row.wins), _years_cell(row.first_season, row.last_season)) for row in drivers
    )
    derivations = tuple(CountBasis(row.starts, counting.documents).text("by name") for row in drivers)
    columns = (Column("Driver", shrinks_first=True), *COUNT_COLUMNS)
    return with_short_names(Table(columns, rows, heading, derivations=derivations))


def cars_table(rows: Sequence[TeamDriver], counting: CountBasis, heading: str) -> Table:
    """The car numbers of the team, those with most starts first."""
    rows_by_car = group(rows, lambda row: row.car)
    cars = sorted(rows_by_car.items(), key=lambda car: (-sum(row.starts for row in car[1]), car[0]))
    cells = tuple(_car_row(car, own) for car, own in cars[:MAX_RANKED_ROWS])
    derivations = tuple(
        CountBasis(sum(row.starts for row in own), counting.documents).text("by car number")
        for _, own in cars[:MAX_RANKED_ROWS]
    )
    rest = f"{len(cars) - MAX_RANKED_ROWS} more numbers with fewer races" if len(cars) > MAX_RANKED_ROWS else ""
    unknown = f"{UNKNOWN_CELL}: number not known" if "" in rows_by_car else ""
    note = "; ".join(part for part in (rest, unknown) if part)
    return Table((Column("Car", numeric=True), *COUNT_COLUMNS), cells, heading, note, derivations=derivations)


def _car_row(car: str, own: Sequence[TeamDriver]) -> tuple[str, str, str, str]:
    first, last = min(row.first_season for row in own), max(row.last_season for row in own)
    return (
        car or UNKNOWN_CELL,
        str(sum(row.starts for row in own)),
        str(sum(row.wins for row in own)),
        _years_cell(first, last),
    )


def team_seasons_table(rows: Sequence[SeasonRow], series: str, counting: CountBasis, heading: str) -> Table:
    """A row for each season, the latest first: races, and cars started in them."""
    seasons = totals_by_season(rows, series)
    cells = tuple(
        (
            *map(str, (season.seasons[0], season.races, season.starts, season.wins, season.top_fives, season.top_tens)),
            average_text(season.finish_sum, season.starts),
        )
        for season in seasons
    )
    derivations = tuple(
        CountBasis(season.starts, counting.documents).text(f"the season {season.season_span}") for season in seasons
    )
    note = "Cars: starts of all its cars. T5, T10: top fives, top tens. Avg: average finish"
    return Table(SEASON_COLUMNS, cells, heading, note, derivations=derivations)


def wins_table(runs: Sequence[DriverRace], heading: str) -> Table:
    """Won races with their drivers, each on its own line of a document."""
    columns = (Column("Race", shrinks_first=True), Column("Driver", shrinks_first=True), Column("Car", numeric=True))
    rows = tuple((short_race_name(driver_race_title(run)), run.driver, run.car or UNKNOWN_CELL) for run in runs)
    return with_short_names(Table(columns, rows, heading, sources=tuple(source_lines(run) for run in runs)))


def team_races_table(runs: Sequence[DriverRace], heading: str) -> Table:
    """One season race by race: where the cars of the team finished, the best first."""
    races = group(sorted(runs, key=lambda run: (run.order_key, run.position or 0)), lambda run: run.race)
    columns = (Column("Rd", numeric=True), Column("Race", shrinks_first=True), Column("Finish", numeric=True))
    rows = tuple(
        (
            number_cell(own[0].round),
            short_race_name(own[0].name or own[0].track or "", own[0].season),
            " ".join(finish_cell(run) for run in own),
        )
        for own in races.values()
    )
    no_start = "; no: did not start" if any("no" in row[-1].split() for row in rows) else ""
    note = f"Finish: each of its cars, the best first{no_start}"
    return Table(columns, rows, heading, note, tuple(source_lines(*own) for own in races.values()))


def _years_cell(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
