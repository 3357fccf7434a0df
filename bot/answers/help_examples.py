"""Examples of `/help`: questions that this archive answers, about the latest race that has what is asked for."""

from collections.abc import Callable, Iterable
from itertools import chain

from bot.answers.common.fitting_race import resolve_race_with
from bot.answers.context import QueryContext
from bot.archive.queries.races import RaceRow
from bot.archive.queries.records import has_starts
from bot.archive.queries.results import result_rows_of, sessions_of, top_rows_of
from bot.archive.queries.story import races_with_story
from bot.cards import Argument, Question
from bot.errors import NameProblem, NothingKnown, ResultHidden
from bot.names.entity import Entity
from bot.racing.sessions import RACE_SESSION, is_stage

__all__ = ["all_examples", "first_examples"]

STAGE_TITLE = "Stage 1"  # of a race that was run in stages the archive has the first


def first_examples(context: QueryContext, race: RaceRow | None) -> tuple[Question, ...]:
    """One question of each of the commands that people want first, at most five; `race` is the latest."""
    if race is None:
        return ()
    questions = [Question("race", (Argument("name", shortest_name(context, race)),)), *_results(context, race)]
    if race.winner and context.names.get("driver", race.winner):
        questions.append(Question("driver", (Argument("name", race.winner),)))
    return (*questions, *_standings(context), *_story(context))


def all_examples(context: QueryContext, race: RaceRow | None) -> tuple[Question, ...]:
    """A question of every command that this archive can answer."""
    if race is None:
        return ()
    groups = (first_examples(context, race), _about_the_race(context, race), _over_the_years(context, race))
    return tuple(dict.fromkeys(chain.from_iterable(groups)))


def _latest_with(context: QueryContext, has_it: Callable[[Entity], bool]) -> RaceRow | None:
    """The latest race that has something; None where none has."""
    try:
        resolved = resolve_race_with(context, None, has_it, "")
    except (NothingKnown, ResultHidden):
        return None
    entity = context.names.get("race", resolved.race.key)
    return resolved.race if entity is not None and has_it(entity) else None


def _results(context: QueryContext, race: RaceRow) -> Iterable[Question]:
    """The results of a stage, where there is any; else of a session of the latest race."""
    staged = _latest_with(context, lambda entity: bool(entity.event and STAGE_TITLE in entity.event.sessions))
    shown = staged or race
    sessions = [row for row in sessions_of(context.session, shown.key) if row.rows]
    if sessions:
        chosen = next((row for row in sessions if is_stage(row.key)), sessions[0])
        options = (Argument("race", shortest_name(context, shown)), Argument("session", chosen.title))
        yield Question("results", options)


def _standings(context: QueryContext) -> Iterable[Question]:
    race = _latest_with(context, lambda entity: bool(entity.event and entity.event.standings))
    entity = context.names.get("race", race.key) if race else None
    if race and entity and entity.event:
        after = Argument("after", shortest_name(context, race))
        yield Question("standings", (Argument("championship", entity.event.standings[0]), after))


def _story(context: QueryContext) -> Iterable[Question]:
    with_story = races_with_story(context.session)
    race = _latest_with(context, lambda entity: entity.value in with_story)
    if race:
        yield Question("recap", (Argument("race", shortest_name(context, race)),))


def _about_the_race(context: QueryContext, race: RaceRow) -> Iterable[Question]:
    """Questions about the latest race for which the first page has no room."""
    name = shortest_name(context, race)
    if race.winner:
        yield Question("ask", (Argument("question", f"who won {name}"),))
    staged = _latest_with(context, lambda entity: bool(entity.event and STAGE_TITLE in entity.event.sessions))
    if staged:
        yield Question("stages", (Argument("race", shortest_name(context, staged)),))
    yield Question("sources", (Argument("race", name),))
    if sum(bool(row.grid) for row in result_rows_of(context.session, race.key, RACE_SESSION)) > 1:
        yield Question("chart", (Argument("what", "grid to finish"), Argument("race", name)))
    first, second, *_ = (*top_rows_of(context.session, race.key), None, None)
    # Only names that the index knows are offered: an example has to work.
    if first is None or first.session != RACE_SESSION or not context.names.get("driver", first.driver):
        return
    if first.team and context.names.get("team", first.team):
        yield Question("team", (Argument("name", first.team),))
    if second is not None and second.session == RACE_SESSION and context.names.get("driver", second.driver):
        yield Question("compare", (Argument("first", first.driver), Argument("second", second.driver)))


def _over_the_years(context: QueryContext, race: RaceRow) -> Iterable[Question]:
    """The track of the latest race, its season, most wins there."""
    if not race.series or not race.season:
        return
    series, season = Argument("series", race.series), Argument("season", str(race.season))
    yield Question("next", (series,))
    yield Question("schedule", (series, season))
    if race.track and context.names.get("track", race.track):
        yield Question("track", (Argument("name", race.track),))
    if has_starts(context.session, race.series, race.season):
        yield Question("records", (Argument("what", "most wins"), series, season))
    yield Question("spoilers", (Argument("hours", "24 hours"),))


def shortest_name(context: QueryContext, race: RaceRow) -> str:
    """The shortest way to type this race that really means it: its name, with its year, else its key."""
    for text in (race.name, f"{race.season} {race.name}"):
        if text and race.name and _resolves_to(context, text, race.key):
            return text
    return race.key


def _resolves_to(context: QueryContext, text: str, key: str) -> bool:
    try:
        return context.names.resolve(text, "race", series=context.default_series).entity.value == key
    except NameProblem:
        return False
