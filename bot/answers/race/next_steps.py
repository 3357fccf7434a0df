"""Where the card of a race leads: its results, stages, story and points, the race after it, its track and season."""

from collections.abc import Iterable, Sequence

from bot.answers.common.questions import question_about
from bot.answers.common.resolve import ResolvedRace
from bot.answers.context import QueryContext
from bot.archive.queries.races import RaceRow, race_row_counts
from bot.archive.queries.results import RaceSessionRow
from bot.cards import Argument, FollowUp, Question
from bot.racing.race_key import RaceKey
from bot.racing.sessions import is_stage

__all__ = ["race_follow_ups"]


def race_follow_ups(
    context: QueryContext, resolved: ResolvedRace, sessions: Sequence[RaceSessionRow]
) -> tuple[FollowUp, ...]:
    """What can be asked next of this race, what most people want first."""
    race = resolved.race
    counts = race_row_counts(context.session, race.key)
    choices = (
        ("Results", "results", any(session.rows for session in sessions)),
        ("Story", "recap", counts.passage_count > 0),
        ("Stages", "stages", any(is_stage(session.key) for session in sessions)),
    )
    about_race = [
        FollowUp(label, Question(command, (resolved.argument("race"),)))
        for label, command, is_held in choices
        if is_held
    ]
    if counts.standing_count:
        about_race.append(FollowUp("Standings", Question("standings", (resolved.argument("after"),))))
    return (*about_race, *_next_race(context, race), *_track_and_season(context, race))


def _next_race(context: QueryContext, race: RaceRow) -> Iterable[FollowUp]:
    """The race after this one in its season."""
    if not (race.series and race.season and race.round):
        return
    key = str(RaceKey(race.series, race.season, race.round + 1))
    entity = context.names.get("race", key)
    if entity is not None:
        yield FollowUp("Next race", question_about("race", key), description=entity.name)


def _track_and_season(context: QueryContext, race: RaceRow) -> Iterable[FollowUp]:
    """The track over the years, and the season."""
    if race.series is None:
        return
    series = Argument("series", race.series, "series")
    if race.track is not None and context.names.get("track", race.track) is not None:
        yield FollowUp("Track", Question("track", (Argument("name", race.track, "track"), series)))
    if race.season:
        yield FollowUp("Season", Question("schedule", (series, Argument("season", str(race.season)))))
