"""`/driver`: a career in numbers; in its parts seasons, tracks, last races, and what documents of single races tell."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeAlias

from bot.answers.common.citations import CitationIndex, SourcedRow
from bot.answers.common.double_names import double_name_facts
from bot.answers.common.questions import question_about
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.resolve import ResolvedRace, as_of, race_title
from bot.answers.context import QueryContext
from bot.answers.people.career import rank_tracks, took_start
from bot.answers.people.driver_career import (
    DriverCareer,
    build_career,
    career_summary,
    last_race_blocks,
    overview_blocks,
    season_overview_blocks,
    season_race_blocks,
    season_table_blocks,
    series_blocks,
    track_blocks,
)
from bot.answers.people.driver_now import is_of_today, now_facts, season_follow_ups
from bot.answers.people.driver_races import air_blocks, passage_quotes, race_blocks, race_follow_ups, races_summary
from bot.answers.people.no_starts import no_starts_card
from bot.answers.people.people_words import nothing_known_text
from bot.answers.people.person_rows import PersonRows, narrow, read_person_rows
from bot.answers.people.profile import no_result_text, series_part
from bot.answers.people.query import PeopleQuery, resolve_query
from bot.archive.queries.careers import SeasonRow, seasons_of
from bot.archive.queries.driver_races import DriverRace, best_teammate
from bot.cards import Argument, Block, Card, FollowUp, Part, Question, chosen_part

__all__ = ["driver_profile"]

BlocksOf: TypeAlias = Callable[[], Iterable[Block]]

OVERVIEW, SEASONS, LAST_RACES, RACE_BY_RACE, TRACKS = Part("ov"), Part("se"), Part("la"), Part("ra"), Part("tr")
STORY, ON_AIR, RACES_IN_FULL = Part("st"), Part("tv"), Part("rf", "Races in full")


def driver_profile(
    context: QueryContext, name: str, season: int | None = None, series: str | None = None, part: str = ""
) -> Card:
    """What a driver did: the numbers of each series apart; in parts seasons, tracks, races, the story, and on air.

    With a season that season race by race, with a series only that one. Somebody who is only on air has a card too.
    Raises UnknownName, AmbiguousName, and NothingToShow where nothing is known of what was asked.
    """
    query = resolve_query(context, "driver", {"name": name}, {"season": season, "series": series})
    all_rows, season_rows = read_person_rows(context, query.name), seasons_of(context.session, "driver", query.name)
    person_rows = narrow(all_rows, query.season, query.series)
    rows = tuple(row for row in season_rows if query.admits(row))
    if not rows and not person_rows.has_rows:
        card = no_starts_card(context, query)
        if card is None:
            raise _no_answer(context, query, all_rows, season_rows)
        return card
    career = build_career(context, query, rows, has_race_documents=person_rows.has_rows)
    if career is None:
        return _races_card(context, query, person_rows, part)
    return _career_card(context, query, career, person_rows, part)


def _no_answer(
    context: QueryContext, query: PeopleQuery, all_rows: PersonRows, season_rows: Sequence[SeasonRow]
) -> NothingToShow:
    """That nothing is known of what was asked, and of which seasons and series there is something."""
    seasons = {race.season for race in all_rows.races if race.season} | {row.season for row in season_rows}
    if not seasons or not query.narrowing:
        return NothingToShow(nothing_known_text(query.name, "", ""))
    whole = FollowUp(query.name, query.whole().question())
    return NothingToShow(no_result_text(context, query, season_rows, seasons), (whole,))


def _races_card(context: QueryContext, query: PeopleQuery, person_rows: PersonRows, part: str) -> Card:
    """A person of whom documents of single races tell, where there is no more than one race to count."""
    titles = {race.key: race_title(race) for race in person_rows.races}
    sources = CitationIndex(context.session, _cited_rows(person_rows))
    latest = ResolvedRace(person_rows.races[0], titles[person_rows.races[0].key])
    builders: dict[Part, BlocksOf] = {
        OVERVIEW: lambda: race_blocks(context, person_rows, titles),
        STORY: lambda: passage_quotes(person_rows, titles, sources),
        ON_AIR: lambda: air_blocks(person_rows, titles),
    }
    parts = tuple(one for one in builders if _has_content(person_rows, one))
    return Card(
        title=person_rows.name,
        question=query.question(part),
        summary=races_summary(person_rows, titles),
        blocks=tuple(builders[chosen_part(parts, part)]()),
        note=query.note,
        as_of=as_of(latest),
        citations=sources.all_citations(),
        follow_ups=race_follow_ups(person_rows, latest),
        parts=parts if len(parts) > 1 else (),
    )


def _has_content(person_rows: PersonRows, part: Part) -> bool:
    """Whether documents of single races tell anything for this part."""
    if part == STORY:
        return bool(person_rows.passages)
    if part == ON_AIR:
        return bool(person_rows.broadcasts)
    return bool(person_rows.races_entered() or person_rows.standings)


def _career_card(
    context: QueryContext, query: PeopleQuery, career: DriverCareer, person_rows: PersonRows, part: str
) -> Card:
    """The career, then what documents of single races tell."""
    titles = {race.key: race_title(race) for race in person_rows.races}
    sources = CitationIndex(context.session, (*career.runs, *_cited_rows(person_rows)))
    builders: dict[Part, BlocksOf] = {
        **(_career_parts if query.season is None else _season_parts)(context, query, career),
        RACES_IN_FULL: lambda: race_blocks(context, person_rows, titles),
        STORY: lambda: passage_quotes(person_rows, titles, sources),
        ON_AIR: lambda: air_blocks(person_rows, titles),
    }
    of_races = {RACES_IN_FULL, STORY, ON_AIR}
    parts = tuple(one for one in builders if one not in of_races or _has_content(person_rows, one))
    return Card(
        title=career.name if query.season is None else f"{career.name}, {query.season}",
        question=query.question(part),
        summary=career_summary(context, career),
        blocks=tuple(builders[chosen_part(parts, part)]()),
        note=query.note,
        as_of=career.as_of(context, query.season),
        citations=sources.all_citations(),
        follow_ups=tuple(_follow_ups(context, query, career)),
        parts=parts,
        chart_question=_chart_question(career),
    )


def _career_parts(context: QueryContext, query: PeopleQuery, career: DriverCareer) -> dict[Part, BlocksOf]:
    """The parts of a whole career: its numbers, those of every other series, seasons, last races, tracks."""
    also_counted = tuple(double_name_facts(context, "driver", query.name))
    others: dict[Part, BlocksOf] = {
        series_part(context, totals.series, number): partial(series_blocks, context, career, totals)
        for number, totals in enumerate(career.totals[1:])
    }
    has_tracks = any(rank_tracks(career.tracks, totals.series)[0] for totals in career.totals)
    return {
        OVERVIEW: lambda: overview_blocks(context, career, now_facts(context, career), also_counted),
        **others,
        SEASONS: lambda: season_table_blocks(context, career),
        LAST_RACES: lambda: last_race_blocks(context, career),
        **({TRACKS: lambda: track_blocks(context, career)} if has_tracks else {}),
    }


def _season_parts(context: QueryContext, _: PeopleQuery, career: DriverCareer) -> dict[Part, BlocksOf]:
    """The parts of one season: its numbers, and race by race."""
    return {
        OVERVIEW: lambda: season_overview_blocks(context, career),
        RACE_BY_RACE: lambda: season_race_blocks(context, career),
    }


def _cited_rows(person_rows: PersonRows) -> Iterable[SourcedRow]:
    groups: tuple[Sequence[SourcedRow], ...] = (
        person_rows.rows,
        person_rows.entries,
        person_rows.standings,
        person_rows.broadcasts,
        person_rows.passages,
    )
    return (row for group in groups for row in group)


def _chart_question(career: DriverCareer) -> Question | None:
    """The chart of the career; None for one season, which makes none."""
    series = next((totals.series for totals in career.totals if len(totals.seasons) > 1), None)
    if series is None:
        return None
    options = (Argument("driver", career.name, "driver"), Argument("series", series, "series"))
    return Question("chart", (Argument("what", "career"), *options))


def _follow_ups(context: QueryContext, query: PeopleQuery, career: DriverCareer) -> Iterable[FollowUp]:
    """The last race, the team, the team mate of today to be compared with, the best track, the latest seasons."""
    if query.season is not None:
        yield FollowUp("Whole career", query.whole().question())
    last = next((run for run in career.runs if took_start(run)), None)
    if last is None:
        return
    yield FollowUp("Last race", question_about("race", last.race))
    if last.team:
        yield FollowUp("Team", question_about("team", last.team))
        if is_of_today(context, last):
            yield from _compare_with_team_mate(context, last, last.team)
    best, _ = rank_tracks(career.tracks, career.totals[0].series)
    if best:
        yield FollowUp("Best track", question_about("track", best[0].track))
    if query.season is None:
        yield from season_follow_ups(career)


def _compare_with_team_mate(context: QueryContext, last: DriverRace, team: str) -> Iterable[FollowUp]:
    team_mate = best_teammate(context.session, last.race, team, last.driver)
    if team_mate:
        both = (Argument("first", last.driver, "driver"), Argument("second", team_mate, "driver"))
        yield FollowUp(f"Compare with {team_mate}", Question("compare", both))
