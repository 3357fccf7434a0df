"""`/driver`: a career in numbers, its seasons, tracks and last races, and all that documents of single races tell."""

from collections.abc import Iterable, Sequence

from bot.answers.common.citations import CitationIndex, SourcedRow
from bot.answers.common.double_names import double_name_notes
from bot.answers.common.questions import question_about
from bot.answers.common.resolve import ResolvedRace, as_of, race_title
from bot.answers.common.text import plural
from bot.answers.context import QueryContext
from bot.answers.people.career import rank_tracks, took_start
from bot.answers.people.driver_career import (
    DriverCareer,
    build_career,
    career_blocks,
    career_summary,
    season_blocks,
)
from bot.answers.people.driver_races import passage_quotes, race_blocks, race_follow_ups, races_summary, with_buttons
from bot.answers.people.no_starts import no_starts_card
from bot.answers.people.person_rows import PersonRows, narrow, read_person_rows
from bot.answers.people.profile import no_result_text
from bot.answers.people.query import PeopleQuery, resolve_query
from bot.archive.queries.careers import SeasonRow, seasons_of
from bot.archive.queries.driver_races import DriverRace, best_teammate
from bot.cards import Argument, Card, FollowUp, Question, Quotes
from bot.errors import NothingKnown

__all__ = ["driver_profile"]


def driver_profile(context: QueryContext, name: str, season: int | None = None, series: str | None = None) -> Card:
    """What a driver did: the numbers of each series apart, then what documents of single races tell; on air, apart.

    With a season that season race by race, with a series only that one. Somebody who is only on air has a card too.
    Raises UnknownName, AmbiguousName, and NothingKnown where nothing is told of what was asked.
    """
    query = resolve_query(context, "driver", {"name": name}, {"season": season, "series": series})
    all_rows, season_rows = read_person_rows(context, query.name), seasons_of(context.session, "driver", query.name)
    person_rows = narrow(all_rows, query.season, query.series)
    rows = tuple(row for row in season_rows if query.admits(row))
    if not rows and not person_rows.has_rows:
        card = no_starts_card(context, query)
        if card is None:
            raise NothingKnown(_no_answer(context, query, all_rows, season_rows))
        return card
    career = build_career(context, query, rows, has_race_documents=person_rows.has_rows)
    if career is None:
        return _races_card(context, query, person_rows, rows)
    return _career_card(context, query, career, person_rows)


def _no_answer(
    context: QueryContext, query: PeopleQuery, all_rows: PersonRows, season_rows: Sequence[SeasonRow]
) -> str:
    """That nothing is known of what was asked, and of which seasons and series there is something."""
    seasons = {race.season for race in all_rows.races if race.season} | {row.season for row in season_rows}
    if not seasons or not query.narrowing:
        return f"The documents name {query.name} and tell nothing more."
    return no_result_text(context, query, season_rows, seasons)


def _races_card(context: QueryContext, query: PeopleQuery, person_rows: PersonRows, rows: Sequence[SeasonRow]) -> Card:
    """A person of whom documents of single races tell, where there is no more than one race to count."""
    titles = {race.key: race_title(context.session, race) for race in person_rows.races}
    sources = CitationIndex(context.session, _cited_rows(person_rows))
    latest = ResolvedRace(person_rows.races[0], titles[person_rows.races[0].key])
    passages = tuple(passage_quotes(person_rows, titles, sources))
    races = sum(row.starts for row in rows)
    count_note = (f"In this archive: {plural(races, 'race')}.",) if races else ()
    return Card(
        title=person_rows.name,
        question=query.question(),
        summary=races_summary(person_rows, titles),
        blocks=(*race_blocks(context, person_rows, titles), *passages),
        notes=(*query.notes, *count_note, *_more_passages_note(person_rows, passages)),
        as_of=as_of(latest),
        citations=sources.all_citations(),
        follow_ups=race_follow_ups(person_rows, latest),
    )


def _career_card(context: QueryContext, query: PeopleQuery, career: DriverCareer, person_rows: PersonRows) -> Card:
    """The career, then what documents of single races tell."""
    is_whole_career = query.season is None
    titles = {race.key: race_title(context.session, race) for race in person_rows.races}
    sources = CitationIndex(context.session, (*career.runs, *_cited_rows(person_rows)))
    passages = tuple(passage_quotes(person_rows, titles, sources))
    blocks = career_blocks(context, career) if is_whole_career else season_blocks(context, career)
    blocks_of_races = race_blocks(context, person_rows, titles, starts_page=True)
    if person_rows.races:
        latest = ResolvedRace(person_rows.races[0], titles[person_rows.races[0].key])
        blocks_of_races = with_buttons(blocks_of_races, race_follow_ups(person_rows, latest))
    return Card(
        title=career.name if is_whole_career else f"{career.name}, {query.season}",
        question=query.question(),
        summary=career_summary(context, career),
        blocks=(*blocks, *blocks_of_races, *passages),
        notes=(
            *query.notes,
            *double_name_notes(context, "driver", query.name),
            *career.missing_races,
            *_more_passages_note(person_rows, passages),
        ),
        as_of=career.as_of(context, query.season),
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


def _follow_ups(context: QueryContext, query: PeopleQuery, career: DriverCareer) -> Iterable[FollowUp]:
    """The last race, the team, the best team mate of that race to be compared with, the best track."""
    if query.season is not None:
        yield FollowUp("Whole career", query.whole().question())
    last = next((run for run in career.runs if took_start(run)), None)
    if last is None:
        return
    yield FollowUp("Last race", question_about("race", last.race))
    if last.team:
        yield FollowUp("Team", question_about("team", last.team))
        yield from _compare_with_team_mate(context, last, last.team)
    best, _ = rank_tracks(career.tracks, career.totals[0].series)
    if best:
        yield FollowUp("Best track", question_about("track", best[0].track))


def _compare_with_team_mate(context: QueryContext, last: DriverRace, team: str) -> Iterable[FollowUp]:
    team_mate = best_teammate(context.session, last.race, team, last.driver)
    if team_mate:
        both = (Argument("first", last.driver, "driver"), Argument("second", team_mate, "driver"))
        yield FollowUp(f"Compare with {team_mate}", Question("compare", both))
