"""Races that a document may be about though it fits none for certain: what a moderator chooses from."""

from collections.abc import Iterable

from bot.archive.models.core import Race
from bot.language.fold import fold
from bot.loading.review.race_state import RaceState, race_title

__all__ = ["likely_races"]

MAX_CHOICES = 4  # buttons in a row are five, and one says that it is a new race
FAIR_SCORE = 3  # a track, or a word of the name with anything else; the season alone is shared by forty races
NEAR_DAYS = 7  # a report appears within days of its race


def likely_races(new: RaceState, races: Iterable[Race]) -> tuple[tuple[str, str], ...]:
    """Pairs of (key, race as people read it), the likeliest first; the latest races where nothing speaks for any."""
    scores = {race.key: (_score(new, race), race.order_key, race) for race in races}
    best = sorted(scores.values(), key=lambda one: (one[0], one[1]), reverse=True)[:MAX_CHOICES]
    # Where something speaks for one race, a race for which nothing does is no choice.
    best = [one for one in best if one[0] >= FAIR_SCORE] or best
    return tuple((race.key, _label(race)) for _, _, race in best)


def _score(new: RaceState, race: Race) -> int:
    """How much speaks for a race: words of its name, its track, its winner, its season, its day."""
    words, track = set(_words(new.title)), _track_of(new)
    shared = len(words & set(_words(race.name or "")))
    score = 2 * shared + 3 * bool(track and track == race.track)
    score += 2 * bool(new.outline.winner and new.outline.winner == race.winner)
    score += 2 * bool(new.season and new.season == race.season)
    if new.day and race.day:
        score += 3 * (abs((new.day - race.day).days) <= NEAR_DAYS)
    return score


def _track_of(race: RaceState) -> str:
    return next((name for kind, name in race.names if kind == "track"), "")


def _words(text: str) -> list[str]:
    """The words of a name that tell races apart: no figures, which nearly every name has."""
    return [word for word in fold(text).split() if not word.isdigit()]


def _label(race: Race) -> str:
    return f"{race_title(race)}, {race.track}" if race.track and race.name else race_title(race)
