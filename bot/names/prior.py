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
LOWEST, SPAN = -3.0, 9.5  # one start in 1949 and the most wins of today


def likelihood(entity: Entity, latest: int) -> float:
    """From 0 (hardly ever meant) to 1, `latest` being the last season the index knows."""
    ago = max(0, latest - (entity.last_season or latest))
    fading, seasons = (RACE_FADING, RACE_FADING_SEASONS) if entity.kind == "race" else (FADING, FADING_SEASONS)
    heard_of = log1p((entity.starts + STARTS_PER_WIN * entity.wins) / 10) - fading * log1p(ago / seasons)
    return min(1.0, max(0.0, (heard_of - LOWEST) / SPAN))
