"""Label of a race: one line."""

from bot.archive.models.core import Race
from bot.archive.queries.races import RaceRow

__all__ = ["race_label"]


def race_label(race: Race | RaceRow) -> str:
    """Year and track first: "2023 · Nashville Superspeedway · Ally 400 · NASCAR Cup Series"."""
    parts = [str(race.season) if race.season else "", race.track or "", race.name or "", race.series_name or ""]
    label = " · ".join(part for part in parts if part)
    return label or f"a race of no known name ({race.key})"
