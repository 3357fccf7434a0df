"""Words of the card of a track: who won most there, and what is said of a series that never raced there."""

from collections.abc import Sequence

from bot.answers.common.short_names import place_text
from bot.answers.common.text import MAX_SENTENCE_NAMES, join, join_some, plural, sentence

__all__ = [
    "UNKNOWN_WINNER",
    "here_label",
    "holders_text",
    "most_wins_sentence_at",
    "no_series_there_text",
    "no_track_races_text",
    "only_race_sentence",
]

UNKNOWN_WINNER = "–"


def only_race_sentence(track: str, series: str, race: str, winner: str | None) -> str:
    """“Cal Cole won the only Cup race known at Hill Road, the 1951 Hill 50”."""
    where = f"the only {series} race known at {place_text(track)}, the {race}"
    return sentence(f"{winner} won {where}" if winner else f"nobody is known to have won {where}")


def most_wins_sentence_at(track: str, series: str, races: int, leaders: Sequence[tuple[str, int]]) -> str:
    """“Richard Petty won most at Daytona, 10 of 157 Cup races”."""
    place, count = place_text(track), f"{races:,} {series} races"
    if not leaders:
        return sentence(f"{count} at {place}, no winner known")
    if leaders[0][1] == 1:
        return sentence(f"nobody has won twice at {place} in {count}")
    each = " each" if len(leaders) > 1 else ""
    who = holders_text([driver for driver, _ in leaders])
    return sentence(f"{who} won most at {place}, {leaders[0][1]:,} of {count}{each}")


def holders_text(names: Sequence[str]) -> str:
    """Who holds a record; many are counted."""
    return join_some(sorted(names), MAX_SENTENCE_NAMES)


def here_label(series: str) -> str:
    """“Xfinity here”, of a button."""
    return f"{series} here"


def no_track_races_text(track: str) -> str:
    """That no race at a track is known."""
    return f"No races at {track} yet."


def no_series_there_text(series: str, track: str, counts: Sequence[tuple[int, str]]) -> str:
    """That a series never raced at a track, and which did."""
    there = [f"{plural(count, 'race')} of the {title}" for count, title in counts]
    return f"No races of the {series} at {track}. There are {join(there)}."
