"""Race that has what was asked for: of the races that fit the words, the latest with a story, a stage or a session.

"nashville" means its latest race; who asks for the story of it means the latest that has one. A race that was named
with its year is that race, whatever it lacks.
"""

from collections.abc import Callable, Iterable

from bot.answers.common.resolve import ResolvedRace, race_of_key, race_title, resolve_race
from bot.answers.common.short_names import place_text
from bot.answers.context import QueryContext
from bot.answers.hidden.withheld import check_seen
from bot.errors import AmbiguousName, NameProblem
from bot.names.entity import Entity
from bot.names.race.editions import latest_first, race_date_order

__all__ = ["resolve_race_with"]

MAX_TRIED_RACES = 12  # races that have it and whose names are compared with the words; each takes a millisecond


def resolve_race_with(
    context: QueryContext, text: str | None, has_it: Callable[[Entity], bool], what: str
) -> ResolvedRace:
    """The race somebody typed; where it lacks `what` ("a story"), the latest one that fits the words and has it.

    Where no race that fits has it, the race as it was typed: the caller says what that lacks. Raises UnknownName,
    AmbiguousName, and NothingKnown where the archive is empty.
    """
    try:
        resolved = resolve_race(context, text)
    except AmbiguousName as ambiguous:
        # Of two races that fit, one with a story and one without, only one can be meant.
        entities = [context.names.get("race", value) for value, _ in ambiguous.candidates]
        having = [entity for entity in entities if entity is not None and has_it(entity)]
        if len(having) != 1:
            raise
        return _shown_instead(context, having[0], f"The one with {what}.") or resolve_race(context, text)
    entity = context.names.get("race", resolved.race.key)
    if entity is not None and has_it(entity):
        return resolved
    for other in _fitting_races(context, text, resolved, has_it):
        where = f" at {place_text(other.event.track)}" if text and other.event and other.event.track else ""
        instead = _shown_instead(context, other, f"The latest{where} with {what}.")
        if instead is not None:
            return instead
    return resolved


def _shown_instead(context: QueryContext, entity: Entity, note: str) -> ResolvedRace | None:
    race = race_of_key(context, entity.value)
    if race is None:
        return None
    resolved = ResolvedRace(race, race_title(race), note)
    check_seen(context.hidden, race.key, resolved.in_sentence)
    return resolved


def _fitting_races(
    context: QueryContext, text: str | None, resolved: ResolvedRace, has_it: Callable[[Entity], bool]
) -> Iterable[Entity]:
    """The races that fit the words and have it, the latest first; without words those of the default series first."""
    races = context.names.of_kind("race")
    if text is None or not text.strip():
        having = [entity for entity in races if has_it(entity)]
        own = [entity for entity in having if entity.event and entity.event.series == context.default_series]
        if having:
            yield max(own or having, key=race_date_order)
        return
    race = resolved.race
    # What is known of a race is looked at last: there are thousands of races, and a few at one track.
    alike = latest_first(
        entity
        for entity in races
        if entity.event
        and entity.event.series == race.series
        and (entity.event.track == race.track or entity.name == race.name)
        and has_it(entity)
    )
    yield from (entity for entity in alike[:MAX_TRIED_RACES] if _fits(context, text, entity))


def _fits(context: QueryContext, text: str, entity: Entity) -> bool:
    """Whether the words may mean this race: they do in its season, or it is one of those they leave open there."""
    event = entity.event
    if event is None or event.season is None:
        return False
    try:
        match = context.names.resolve(text, "race", series=event.series, season=event.season)
    except AmbiguousName as ambiguous:
        return entity.value in {value for value, _ in ambiguous.candidates}
    except NameProblem:
        return False
    return match.entity.value == entity.value
