"""How likely a name is meant before anything is typed: starts, wins and how long ago."""

from math import log1p

from bot.names.entity import Entity

__all__ = ["likelihood"]

# Fitted on pairs (the name a fan means, another that would do) of half of the development queries: all 124 in the right
# order, and 123 of 125 of the half held out. A half-life instead of fading got 122 and 118.
STARTS_PER_WIN = 40
FADING, FADING_SEASONS = 1.5, 10.0
# Race names fade at once when the sponsor goes, and then hardly any more: 23 of 24 pairs against 19.
RACE_FADING, RACE_FADING_SEASONS = 0.5, 2.0
MIN_PROMINENCE, PROMINENCE_SPAN = -3.0, 9.5  # one start in 1949 and the most wins of today


def likelihood(entity: Entity, latest_season: int) -> float:
    """From 0 (hardly ever meant) to 1, `latest_season` being the last season the index knows."""
    seasons_ago = max(0, latest_season - (entity.last_season or latest_season))
    fading, seasons = (RACE_FADING, RACE_FADING_SEASONS) if entity.kind == "race" else (FADING, FADING_SEASONS)
    prominence = log1p((entity.starts + STARTS_PER_WIN * entity.wins) / 10) - fading * log1p(seasons_ago / seasons)
    return min(1.0, max(0.0, (prominence - MIN_PROMINENCE) / PROMINENCE_SPAN))
