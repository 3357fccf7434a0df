"""`/driver`: a career in numbers, its seasons, tracks and last races, and all that documents of single races tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.citations import CitationIndex, SourcedRow
from bot.answers.common.resolve import ResolvedRace, as_of, race_title, resolve_name
from bot.answers.common.text import join, plural
from bot.answers.context import QueryContext
from bot.answers.people.career import rank_tracks, season_span, series_title, took_start, totals_by_series
from bot.answers.people.driver_career import (
    DriverCareer,
    build_career,
    career_as_of,
    career_blocks,
    career_summary,
    season_blocks,
)
from bot.answers.people.driver_races import passage_quotes, race_blocks, race_follow_ups, races_summary, with_buttons
from bot.answers.people.person_rows import PersonRows, narrow, read_person_rows, resolve_person
from bot.archive.queries.careers import SeasonRow, seasons_of
from bot.archive.queries.driver_races import DriverRace, best_teammate
from bot.cards import Argument, Card, FollowUp, Question, Quotes
from bot.errors import NothingKnown

__all__ = ["driver_profile"]


@dataclass(frozen=True, slots=True)
class DriverQuery:
    """Who is meant, what narrows the question, and notes on how it was read."""

    name: str
    season: int | None
    series: str | None
    notes: tuple[str, ...]

    def question(self) -> Question:
        """The question in canonical words."""
        season = (Argument("season", str(self.season)),) if self.season is not None else ()
        series = (Argument("series", self.series, "series"),) if self.series else ()
        return Question("driver", (self.argument(), *season, *series))

    def argument(self) -> Argument:
        """The driver as the option of `/driver`."""
        return Argument("name", self.name, "driver")

    def admits(self, row: SeasonRow) -> bool:
        """Whether a season was asked for."""
        return self.series in {None, row.series} and self.season in {None, row.season}


def driver_profile(context: QueryContext, name: str, season: int | None = None, series: str | None = None) -> Card:
    """What a driver did: the numbers of each series apart, then what documents of single races tell; on air, apart.

    With a season that season race by race, with a series only that one. Somebody who is only on air has a card too.
    Raises UnknownName, AmbiguousName, and NothingKnown where nothing is told of what was asked.
    """
    person, note = resolve_person(context, name)
    resolved_series = resolve_name(context, series, "series") if series else None
    notes = tuple(one for one in (note, resolved_series.note if resolved_series else "") if one)
    query = DriverQuery(person, season, resolved_series.value if resolved_series else None, notes)
    all_rows, season_rows = read_person_rows(context, person), seasons_of(context.session, "driver", person)
    person_rows = narrow(all_rows, season, query.series)
    rows = tuple(row for row in season_rows if query.admits(row))
    if not rows and not person_rows.has_rows:
        raise NothingKnown(_no_answer(context, query, all_rows, season_rows))
    career = build_career(context, person, rows, one_season=season is not None, has_race_documents=person_rows.has_rows)
    return (
        _career_card(context, query, career, person_rows) if career else _races_card(context, query, person_rows, rows)
    )


def _no_answer(
    context: QueryContext, query: DriverQuery, all_rows: PersonRows, season_rows: Sequence[SeasonRow]
) -> str:
    """What is not told, and of which seasons and series something is."""
    seasons = {race.season for race in all_rows.races if race.season} | {row.season for row in season_rows}
    if not seasons or (query.season is None and query.series is None):
        return f"The documents name {query.name} and tell nothing more."
    when = f" in {query.season}" if query.season is not None else ""
    where = f" in the {series_title(context, query.series)}" if query.series else ""
    held = [
        f"{season_span(one.seasons)} ({series_title(context, one.series)})" for one in totals_by_series(season_rows, "")
    ]
    seasons_text = join(held) if held else join([str(one) for one in sorted(seasons)])
    return f"The documents tell nothing of {query.name}{when}{where}. They do tell of {seasons_text}."


def _races_card(context: QueryContext, query: DriverQuery, person_rows: PersonRows, rows: Sequence[SeasonRow]) -> Card:
    """A person of whom documents of single races tell, where there is no more than one race to count."""
    titles = {race.key: race_title(context.session, race) for race in person_rows.races}
    sources = CitationIndex(context.session, _cited_rows(person_rows))
    latest = ResolvedRace(person_rows.races[0], titles[person_rows.races[0].key])
    passages = tuple(passage_quotes(person_rows, titles, sources))
    races = sum(row.starts for row in rows)
    count_note = (f"In this archive: {plural(races, 'race')}.",) if races else ()
    return Card(
        title=query.name,
        question=query.question(),
        summary=races_summary(person_rows, titles),
        blocks=(*race_blocks(context, person_rows, titles), *passages),
        notes=(*query.notes, *count_note, *_more_passages_note(person_rows, passages)),
        as_of=as_of(latest),
        citations=sources.all_citations(),
        follow_ups=race_follow_ups(person_rows, latest),
    )


def _career_card(context: QueryContext, query: DriverQuery, career: DriverCareer, person_rows: PersonRows) -> Card:
    """The career, then what documents of single races tell."""
    is_whole_career = query.season is None
    titles = {race.key: race_title(context.session, race) for race in person_rows.races}
    sources = CitationIndex(context.session, (*career.runs, *_cited_rows(person_rows)))
    passages = tuple(passage_quotes(person_rows, titles, sources))
    blocks = career_blocks(context, career) if is_whole_career else season_blocks(context, career)
    blocks_of_races = race_blocks(context, person_rows, titles, apart=True)
    if person_rows.races:
        latest = ResolvedRace(person_rows.races[0], titles[person_rows.races[0].key])
        blocks_of_races = with_buttons(blocks_of_races, race_follow_ups(person_rows, latest))
    return Card(
        title=query.name if is_whole_career else f"{query.name}, {query.season}",
        question=query.question(),
        summary=career_summary(context, career),
        blocks=(*blocks, *blocks_of_races, *passages),
        notes=(*query.notes, *career.missing_races, *_more_passages_note(person_rows, passages)),
        as_of=career_as_of(context, career, season=not is_whole_career),
        citations=sources.all_citations(),
        follow_ups=tuple(_follow_ups(context, query, career)),
    )


def _cited_rows(person_rows: PersonRows) -> Iterable[SourcedRow]:
    groups: tuple[Sequence[SourcedRow], ...] = (
        person_rows.rows,
        person_rows.entries,
        person_rows.standings,
        person_rows.broadcasts,
        person_rows.passages,
    )
    return (row for group in groups for row in group)


def _more_passages_note(person_rows: PersonRows, passages: Sequence[Quotes]) -> Iterable[str]:
    rest = len(person_rows.passages) - sum(len(block.quotes) for block in passages)
    if rest > 0:
        yield f"{plural(rest, 'more passage')} name them: ask /recap about them."


def _follow_ups(context: QueryContext, query: DriverQuery, career: DriverCareer) -> Iterable[FollowUp]:
    """The last race, the team, the best team mate of that race to be compared with, the best track."""
    if query.season is not None:
        yield FollowUp("Whole career", Question("driver", (query.argument(),)))
    last = next((run for run in career.runs if took_start(run)), None)
    if last is None:
        return
    yield FollowUp("Last race", Question("race", (Argument("name", last.race, "race"),)))
    if last.team:
        yield FollowUp("Team", Question("team", (Argument("name", last.team, "team"),)))
        yield from _compare_with_team_mate(context, query, last, last.team)
    best, _ = rank_tracks(career.tracks, career.totals[0].series)
    if best:
        yield FollowUp("Best track", Question("track", (Argument("name", best[0].track, "track"),)))


def _compare_with_team_mate(
    context: QueryContext, query: DriverQuery, last: DriverRace, team: str
) -> Iterable[FollowUp]:
    team_mate = best_teammate(context.session, last.race, team, query.name)
    if team_mate:
        both = (Argument("first", query.name, "driver"), Argument("second", team_mate, "driver"))
        yield FollowUp(f"Compare with {team_mate}", Question("compare", both))
