"""`/team`: what a team did, each series apart: wins, drivers, cars, seasons, last wins; one season race by race."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.answers.common.citations import CitationIndex
from bot.answers.common.grouping import group
from bot.answers.common.questions import question_about
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.text import MAX_SENTENCE_NAMES, join, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.career import (
    CareerTotals,
    career_line,
    finish_facts,
    grid_and_lap_facts,
    missing_races,
    series_title,
    totals_by_series,
)
from bot.answers.people.career_tables import MAX_LISTED_RACES
from bot.answers.people.people_words import nothing_known_text
from bot.answers.people.profile import Career, no_result_text, series_part, starts_text
from bot.answers.people.query import PeopleQuery, resolve_query
from bot.answers.people.team_names import TeamNames, all_seasons, team_names
from bot.answers.people.team_tables import cars_table, drivers_table, team_races_table, team_seasons_table, wins_table
from bot.answers.people.team_words import owner_of
from bot.archive.queries.careers import SeasonRow, TeamDriver, drivers_of_team
from bot.archive.queries.driver_races import DriverRace, races_of_competitor
from bot.cards import (
    Argument,
    Block,
    Card,
    Fact,
    Facts,
    FollowUp,
    Part,
    Question,
    Table,
    chosen_part,
)

__all__ = ["team_profile"]

OVERVIEW, WINS, DRIVERS, SEASONS, CARS, RACE_BY_RACE = map(Part, ("ov", "wi", "dr", "se", "ca", "ra"))


@dataclass(frozen=True, slots=True)
class TeamCareer(Career):
    """The career of a team with its drivers; its races are its wins, of a single season all."""

    drivers: tuple[TeamDriver, ...]

    def drivers_in(self, totals: CareerTotals) -> tuple[TeamDriver, ...]:
        """Who drove in a series, a row for each car number."""
        return tuple(driver for driver in self.drivers if driver.series == totals.series)


def team_profile(
    context: QueryContext, name: str, season: int | None = None, series: str | None = None, part: str = ""
) -> Card:
    """What a team did, the numbers of each series apart; wins, drivers, seasons and cars in parts.

    With a season that season, race by race in a part. Raises UnknownName, AmbiguousName, and NothingToShow where no
    result of the team is known.
    """
    query = resolve_query(context, "team", {"name": name}, {"season": season, "series": series}, "team")
    season = query.season
    organisation = team_names(context, query.name)
    all_rows = all_seasons(context, organisation)
    rows = tuple(row for row in all_rows if query.admits(row))
    if not rows:
        raise _no_answer(context, query, all_rows)
    career = _build_career(context, query, organisation, rows)
    names = tuple(organisation.facts(season, query.series))
    builders = _parts(context, career, (*names, *_owner_facts(query.name)), one_season=season is not None)
    return Card(
        title=career.name if season is None else f"{career.name}, {season}",
        question=query.question(part),
        summary=_summary(context, career),
        blocks=tuple(builders[chosen_part(tuple(builders), part)]()),
        note=query.note,
        as_of=career.as_of(context, season),
        citations=CitationIndex(context.session, career.runs).all_citations(),
        follow_ups=tuple(_follow_ups(query, career)),
        parts=tuple(builders),
    )


def _no_answer(context: QueryContext, query: PeopleQuery, all_rows: Sequence[SeasonRow]) -> NothingToShow:
    """That nothing is known of what was asked, and of which seasons and series there is something."""
    if not all_rows:
        return NothingToShow(nothing_known_text(query.name, "", ""))
    whole = FollowUp(query.name, query.whole().question())
    return NothingToShow(no_result_text(context, query, all_rows), (whole,))


def _owner_facts(team: str) -> Iterable[Fact]:
    """Who entered the cars of a team without a name."""
    owner = owner_of(team)
    if owner:
        text, mark = f"no name known, entered by the owner {owner}", f"the tables mark such cars “{team}”"
        yield Fact("Team", text, derivation=mark, origin="archive")


def _build_career(
    context: QueryContext, query: PeopleQuery, organisation: TeamNames, rows: tuple[SeasonRow, ...]
) -> TeamCareer:
    """The numbers of these seasons, with drivers and some of their races, under all names it had then."""
    series_totals = totals_by_series(rows, context.default_series)
    missing = missing_races(context, {totals.series: totals.seasons for totals in series_totals})
    names = organisation.names_in(query.season, query.series)
    runs = [run for name in names for run in _races_to_show(context, query, name, series_totals, rows)]
    # Of several names the races come mixed; of one they are in this order already.
    runs.sort(key=lambda run: (run.order_key, run.race), reverse=True)
    drivers = tuple(
        driver
        for name in names
        for driver in drivers_of_team(context.session, name, query.season)
        if query.series in {None, driver.series}
    )
    title = organisation.title(query.season, query.series)
    return TeamCareer(title, series_totals, rows, tuple(runs), tuple(missing.values()), drivers)


def _races_to_show(
    context: QueryContext,
    query: PeopleQuery,
    name: str,
    series_totals: Sequence[CareerTotals],
    rows: Sequence[SeasonRow],
) -> Iterable[DriverRace]:
    """The first and the last wins in each series; where there is none its last season, of one season all of it."""
    seasons_won = [
        (totals.series, season)
        for totals in series_totals
        for season in _seasons_with_wins(totals.series, rows)
        if query.season is None
    ]
    winless = {totals.series for totals in series_totals} - {series for series, _ in seasons_won}
    last_seasons = [(totals.series, totals.seasons[-1]) for totals in series_totals if totals.series in winless]
    # A team has thousands of races: of seasons with wins only the wins are read.
    if seasons_won:
        yield from races_of_competitor(context.session, "team", name, seasons_won, only_wins=True)
    if last_seasons:
        yield from races_of_competitor(context.session, "team", name, last_seasons)


def _seasons_with_wins(series: str, rows: Sequence[SeasonRow]) -> set[int]:
    """The first season with a win, and the last ones that hold as many as are told one by one."""
    rows_with_wins = [row for row in rows if row.series == series and row.wins]
    seasons = {rows_with_wins[0].season} if rows_with_wins else set()
    win_count = 0
    # From the latest season back, until the list of last wins is full.
    for row in reversed(rows_with_wins):
        if win_count < MAX_LISTED_RACES:
            seasons.add(row.season)
        win_count += row.wins
    return seasons


def _summary(context: QueryContext, career: TeamCareer) -> str:
    """“Petty Enterprises won 268 of 2,890 Cup starts, 1949 to 2008”, each series apart."""
    counts = [
        f"{f'{totals.wins:,}' if totals.wins else 'none'} of {starts_text(context, totals)}" for totals in career.totals
    ]
    return sentence(f"{career.scope_text}{career.name} won {join(counts)}{career.span_text}")


def _numbers(context: QueryContext, career: TeamCareer, totals: CareerTotals) -> Iterable[Block]:
    """The numbers of one series."""
    counting, drivers = career.count_basis(totals), _merge_cars(career.drivers_in(totals))
    spread = f"{totals.starts:,} by its cars in {plural(totals.races, 'race')}{totals.seasons_text}"
    best = ", ".join(f"{driver.driver} ({_driver_text(driver)})" for driver in drivers[:MAX_SENTENCE_NAMES])
    text = f"{len(drivers):,}; most starts: {best}" if len(drivers) > MAX_SENTENCE_NAMES else best
    yield Facts(
        (
            Fact("Starts", spread, derivation=counting.text()),
            *finish_facts(totals, counting, career.runs_in(totals)),
            *grid_and_lap_facts(totals, counting),
            Fact("Drivers", text, derivation=counting.text("starts and wins by name")),
        ),
        series_title(context, totals.series),
    )


def _driver_text(driver: TeamDriver) -> str:
    """“54 wins of 423”, “492 starts”."""
    return f"{plural(driver.wins, 'win')} of {driver.starts:,}" if driver.wins else plural(driver.starts, "start")


def _merge_cars(rows: Sequence[TeamDriver]) -> tuple[TeamDriver, ...]:
    """One row for each driver, whatever the cars, those with most starts first."""
    merged = (
        replace(
            own[0],
            car="",
            starts=sum(row.starts for row in own),
            wins=sum(row.wins for row in own),
            first_season=min(row.first_season for row in own),
            last_season=max(row.last_season for row in own),
        )
        for own in group(rows, lambda row: row.driver).values()
    )
    return tuple(sorted(merged, key=lambda driver: (-driver.starts, -driver.wins, driver.driver)))


def _parts(
    context: QueryContext, career: TeamCareer, names: Sequence[Fact], *, one_season: bool
) -> dict[Part, Callable[[], Iterable[Block]]]:
    """Numbers first, of every other series in a part of its own; then wins, drivers, seasons, cars, or race by race."""
    first, *others = career.totals
    tables: dict[Part, Callable[[], Iterable[Block]]] = {
        DRIVERS: lambda: _tables(context, career, _drivers_of),
        **({} if one_season else {SEASONS: lambda: _tables(context, career, _seasons_of)}),
        CARS: lambda: _tables(context, career, _cars_of),
    }
    has_wins = any(run.position == 1 for run in career.runs)
    wins = {WINS: lambda: _tables(context, career, _wins_of)} if has_wins and not one_season else {}
    races = {RACE_BY_RACE: lambda: _tables(context, career, _races_of)} if one_season else {}
    return {
        OVERVIEW: lambda: _overview(context, career, first, others, names),
        **{
            series_part(context, totals.series, number): partial(_numbers, context, career, totals)
            for number, totals in enumerate(others)
        },
        **wins,
        **races,
        **tables,
    }


def _overview(
    context: QueryContext,
    career: TeamCareer,
    first: CareerTotals,
    others: Sequence[CareerTotals],
    names: Sequence[Fact],
) -> Iterable[Block]:
    """The numbers of the first series, every other series in one line, and the names it had."""
    yield from _numbers(context, career, first)
    lines = [career_line(totals, career.count_basis(totals), series_title(context, totals.series)) for totals in others]
    if below := (*lines, *names, *career.known_facts()):
        yield Facts(below)


def _tables(
    context: QueryContext, career: TeamCareer, table_of: Callable[[TeamCareer, CareerTotals, str], Table | None]
) -> Iterable[Block]:
    """One table of each series, headed by its name."""
    tables = (table_of(career, totals, series_title(context, totals.series)) for totals in career.totals)
    return (table for table in tables if table is not None)


def _wins_of(career: TeamCareer, totals: CareerTotals, title: str) -> Table | None:
    won = [run for run in career.runs_in(totals) if run.position == 1]
    return wins_table(won[:MAX_LISTED_RACES], f"Last wins, {title}") if won else None


def _drivers_of(career: TeamCareer, totals: CareerTotals, title: str) -> Table | None:
    return drivers_table(_merge_cars(career.drivers_in(totals)), career.count_basis(totals), title)


def _seasons_of(career: TeamCareer, totals: CareerTotals, title: str) -> Table | None:
    return team_seasons_table(career.rows, totals.series, career.count_basis(totals), title)


def _cars_of(career: TeamCareer, totals: CareerTotals, title: str) -> Table | None:
    return cars_table(career.drivers_in(totals), career.count_basis(totals), title)


def _races_of(career: TeamCareer, totals: CareerTotals, title: str) -> Table | None:
    return team_races_table(career.runs_in(totals), title)


def _follow_ups(query: PeopleQuery, career: TeamCareer) -> Iterable[FollowUp]:
    """All seasons, the last win, and who started most for the team."""
    if query.season is not None:
        yield FollowUp("All seasons", query.whole().question())
    last_win = next((run for run in career.runs if run.position == 1), None)
    if last_win:
        yield FollowUp("Last win", question_about("race", last_win.race))
    drivers = _merge_cars(career.drivers)
    if drivers:
        driver = drivers[0].driver
        yield FollowUp(driver, question_about("driver", driver))
    latest = max(row.season for row in career.rows)
    if query.season is None:
        yield FollowUp(f"Season {latest}", Question("team", (*query.people, Argument("season", str(latest)))))
