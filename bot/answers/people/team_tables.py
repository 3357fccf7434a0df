"""Tables of a team for a phone: drivers, cars, seasons, last wins, one season race by race."""

from collections.abc import Sequence

from bot.answers.common.citations import places
from bot.answers.people.career import Counting, average, by_season, run_title, started
from bot.answers.people.career_tables import UNKNOWN, cell
from bot.archive.queries.careers import SeasonRow, TeamDriver
from bot.archive.queries.driver_races import Run
from bot.cards import Column, Table

__all__ = ["cars_table", "drivers_table", "team_runs_table", "team_seasons_table", "wins_table"]

COUNTS = (Column("Races", numeric=True), Column("Won", numeric=True), Column("Years", numeric=True))
SEASON = tuple(Column(text, numeric=True) for text in ("Year", "Races", "Cars", "Won", "T5", "T10", "Avg"))
MOST_CARS = 15


def drivers_table(drivers: Sequence[TeamDriver], counting: Counting, heading: str, *, apart: bool = False) -> Table:
    """Who drove for the team, those with most starts first."""
    rows = tuple((one.driver, str(one.starts), str(one.wins), _span(one)) for one in drivers)
    how = tuple(Counting(one.starts, counting.documents).says("by name") for one in drivers)
    return Table((Column("Driver", grow=True), *COUNTS), rows, heading, how=how, apart=apart)


def cars_table(rows: Sequence[TeamDriver], counting: Counting, heading: str) -> Table:
    """The car numbers of the team, those with most starts first."""
    apart: dict[str, list[TeamDriver]] = {}
    for row in rows:
        apart.setdefault(row.car, []).append(row)
    cars = sorted(apart.items(), key=lambda car: (-sum(one.starts for one in car[1]), car[0]))
    cells = tuple(_car(car, own) for car, own in cars[:MOST_CARS])
    how = tuple(
        Counting(sum(one.starts for one in own), counting.documents).says("by car number")
        for _, own in cars[:MOST_CARS]
    )
    rest = f"{len(cars) - MOST_CARS} more numbers with fewer races" if len(cars) > MOST_CARS else ""
    unknown = f"{UNKNOWN}: no number is told" if "" in apart else ""
    note = "; ".join(part for part in (rest, unknown) if part)
    return Table((Column("Car", numeric=True), *COUNTS), cells, heading, note, how=how)


def _car(car: str, own: Sequence[TeamDriver]) -> tuple[str, str, str, str]:
    first, last = min(one.first_season for one in own), max(one.last_season for one in own)
    return car or UNKNOWN, str(sum(one.starts for one in own)), str(sum(one.wins for one in own)), _years(first, last)


def team_seasons_table(rows: Sequence[SeasonRow], series: str, counting: Counting, heading: str) -> Table:
    """A row for each season, the latest first: races, and cars started in them."""
    records = by_season(rows, series)
    cells = tuple(
        (
            *map(str, (one.seasons[0], one.races, one.starts, one.wins, one.top_fives, one.top_tens)),
            average(one.finish_sum, one.starts),
        )
        for one in records
    )
    how = tuple(Counting(one.starts, counting.documents).says(f"the season {one.years}") for one in records)
    note = "Cars: starts of all its cars. T5, T10: in the first five, ten. Avg: average finish"
    return Table(SEASON, cells, heading, note, how=how)


def wins_table(runs: Sequence[Run], heading: str, *, apart: bool = False) -> Table:
    """Won races with their drivers, each on its own line of a document."""
    columns = (Column("Race", grow=True), Column("Driver", grow=True), Column("Car", numeric=True))
    rows = tuple((run_title(run), run.driver, run.car or UNKNOWN) for run in runs)
    return Table(columns, rows, heading, sources=tuple(places(run) for run in runs), apart=apart)


def team_runs_table(runs: Sequence[Run], heading: str) -> Table:
    """One season race by race: where the cars of the team finished, the best first."""
    races: dict[str, list[Run]] = {}
    for run in sorted(runs, key=lambda run: (run.order_key, run.position or 0)):
        races.setdefault(run.race, []).append(run)
    columns = (Column("Rd", numeric=True), Column("Race", grow=True), Column("Finish", numeric=True))
    rows = tuple(
        (cell(own[0].round), own[0].name or own[0].track or "", " ".join(_place(run) for run in own))
        for own in races.values()
    )
    stayed = "; no: did not start" if any("no" in row[-1].split() for row in rows) else ""
    note = f"Finish: each of its cars, the best first; /results tells who{stayed}"
    return Table(columns, rows, heading, note, tuple(places(*own) for own in races.values()))


def _place(run: Run) -> str:
    return cell(run.position) if started(run) else "no"


def _span(one: TeamDriver) -> str:
    return _years(one.first_season, one.last_season)


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
