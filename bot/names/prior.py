"""How likely a name is meant before anything is typed: starts, wins and how long ago."""

from math import log1p

from bot.names.entity import Entity

__all__ = ["likelihood"]

# Fitted on half of the development queries (last names, first names, prefixes; see benchmarks/README.md).
STARTS_PER_WIN = 20
HALF_LIFE = 15.0  # seasons after which a name is asked for half as often
LASTING = 0.25  # the part of fame that time does not take


def likelihood(entity: Entity, latest: int) -> float:
    """From 0 (never heard of) upwards to about 1, `latest` being the last season the index knows."""
    ago = max(0, latest - (entity.last_season or latest))
    recency = LASTING + (1 - LASTING) * 0.5 ** (ago / HALF_LIFE)
    return log1p((entity.starts + STARTS_PER_WIN * entity.wins) / 10 * recency) / 7
