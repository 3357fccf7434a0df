"""Chart of a career: wins, top fives and the average finish of each season in one series."""

from collections.abc import Mapping, Sequence

from bot.answers.common.citations import cite
from bot.answers.common.text import average_text, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.career import (
    CareerTotals,
    CountBasis,
    missing_races,
    series_title,
    totals_by_season,
    totals_by_series,
)
from bot.answers.people.people_words import KNOWN_LABEL
from bot.answers.people.query import PeopleQuery, resolve_query
from bot.archive.queries.careers import seasons_of
from bot.archive.queries.driver_races import DriverRace, races_of_competitor
from bot.cards import Argument, Card, Chart, ChartSeries, Fact, Facts, FollowUp, Question, archive_fact
from bot.errors import NothingKnown

__all__ = ["career_by_season"]

MIN_SEASONS = 2  # one season makes no chart


def career_by_season(context: QueryContext, name: str, series: str | None) -> Card:
    """Wins, top fives and average finish of a driver by season, in one series: the one that is asked for, or the first.

    Raises UnknownName and AmbiguousName, and NothingKnown where fewer than two seasons of it are held.
    """
    query = resolve_query(context, "driver", {"name": name}, {"series": series})
    rows = [row for row in seasons_of(context.session, "driver", query.name) if query.admits(row)]
    careers = totals_by_series(rows, context.default_series)
    # The default series comes first, and may be the one of two races in a long career elsewhere.
    career = next((one for one in careers if len(one.seasons) >= MIN_SEASONS), None)
    if career is None:
        raise NothingKnown(_no_answer(context, query, careers))
    seasons = tuple(reversed(totals_by_season(rows, career.series)))
    title = f"{query.name} in the {series_title(context, career.series)}"
    chart = _chart(title, seasons)
    runs = races_of_competitor(context.session, "driver", query.name, [(career.series, seasons[-1].seasons[0])])
    missing = missing_races(context, {career.series: career.seasons}).values()
    known = tuple(archive_fact(KNOWN_LABEL, text) for text in missing)
    return Card(
        title=f"{query.name}: career by season",
        question=Question("chart", (Argument("what", "career"), *_arguments(query, career))),
        summary=sentence(f"{plural(career.wins, 'win')} and {plural(career.top_fives, 'top five')}{_in(title)}"),
        blocks=(Facts((*_facts(seasons, CountBasis(career.starts, _documents(runs))), *known)),),
        note=query.note,
        as_of=f"after the season {seasons[-1].seasons[0]}",
        citations=cite(context.session, runs[:1]),
        follow_ups=(FollowUp("Driver", Question("driver", query.people)),),
        chart=chart,
    )


def _arguments(query: PeopleQuery, career: CareerTotals) -> tuple[Argument, ...]:
    return (Argument("driver", query.name, "driver"), Argument("series", career.series, "series"))


def _in(title: str) -> str:
    return f" for {title}"


def _documents(runs: Sequence[DriverRace]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(run.document for run in runs))


def _no_answer(context: QueryContext, query: PeopleQuery, careers: Sequence[CareerTotals]) -> str:
    seasons = careers[0].season_span if careers else ""
    known = f" The only one is {seasons}." if seasons else ""
    return f"A chart of a career takes two seasons or more of {query.name}{query.scope_text(context)}.{known}"


def _chart(title: str, seasons: Sequence[CareerTotals]) -> Chart:
    """The three numbers of each season from the first to the last; a year between them without a start stays empty."""
    by_year = {season.seasons[0]: season for season in seasons}
    years = tuple(range(min(by_year), max(by_year) + 1))
    return Chart(
        "columns",
        title,
        tuple(map(str, years)),
        (
            ChartSeries("Wins", tuple(by_year[year].wins if year in by_year else None for year in years)),
            ChartSeries("Top fives", tuple(by_year[year].top_fives if year in by_year else None for year in years)),
            ChartSeries("Average finish", tuple(_average(by_year, year) for year in years), is_secondary=True),
        ),
        _alt(title, seasons),
    )


def _average(by_year: Mapping[int, CareerTotals], year: int) -> float | None:
    season = by_year.get(year)
    return round(season.finish_sum / season.starts, 1) if season and season.starts else None


def _best_seasons(seasons: Sequence[CareerTotals]) -> tuple[CareerTotals, CareerTotals]:
    """The season with most wins (top fives decide), and that with the best average finish."""
    started = [season for season in seasons if season.starts]
    return (
        max(seasons, key=lambda season: (season.wins, season.top_fives)),
        min(started or seasons, key=lambda season: season.finish_sum / max(season.starts, 1)),
    )


def _alt(title: str, seasons: Sequence[CareerTotals]) -> str:
    """Two sentences: what is drawn, and which seasons stand out."""
    most, best = _best_seasons(seasons)
    span = f"{seasons[0].seasons[0]} to {seasons[-1].seasons[0]}"
    wins = f"Most wins came in {most.seasons[0]}, {most.wins}" if most.wins else "No column of wins stands"
    average = f"the line is best in {best.seasons[0]} at {average_text(best.finish_sum, best.starts)}"
    return f"Columns of wins and top fives and a line of the average finish for {title}, {span}. {wins}; {average}."


def _facts(seasons: Sequence[CareerTotals], basis: CountBasis) -> tuple[Fact, ...]:
    most, best = _best_seasons(seasons)
    wins = f"{most.seasons[0]}, {plural(most.wins, 'win')} in {plural(most.starts, 'start')}" if most.wins else ""
    average = average_text(best.finish_sum, best.starts)
    facts = (
        Fact("Most wins in a season", wins, derivation=basis.text("place 1, season by season")),
        Fact(
            "Best average finish",
            f"{best.seasons[0]}, {average} over {plural(best.starts, 'start')}",
            derivation=f"{best.finish_sum:,} ÷ {plural(best.starts, 'start')}",
        ),
    )
    return tuple(fact for fact in facts if fact.value)
