"""Words of the cards of drivers and teams, and of two drivers side by side."""

from collections.abc import Sequence

from bot.answers.common.text import join, plural, sentence
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = [
    "KNOWN_LABEL",
    "KNOWN_SCOPE",
    "ahead_sentence",
    "last_races_heading",
    "meetings_heading",
    "missing_races_text",
    "never_met_text",
    "no_starts_sentence",
    "nothing_known_text",
    "short_starts",
    "standing_heading",
    "together_text",
]

KNOWN_LABEL = "Known so far"
KNOWN_SCOPE = "In the races known here, "  # begins a sentence about numbers that are not the whole career


def short_starts(count: int, series: str, title: str) -> str:
    """“1,184 Cup starts”; of a series without a short name “12 starts in the ARCA Menards Series”."""
    short = SHORT_SERIES_NAMES.get(series)
    return plural(count, f"{short} start") if short else f"{plural(count, 'start')} in the {title}"


def missing_races_text(count: int, rounds: int, when: str, title: str) -> str:
    """“1 of at least 17 races of 2023 (NASCAR Cup Series)”."""
    return f"{count:,} of at least {rounds:,} races of {when} ({title})"


def nothing_known_text(name: str, scope: str, others: str) -> str:
    """That nothing is known of somebody in some races, and of which there is something."""
    there_is = f" There is something of {others}." if others else ""
    return f"Nothing is known of {name}{scope}.{there_is}"


def no_starts_sentence(name: str, race: str, status: str | None, races: int) -> str:
    """“Don Woodard is listed and did not start: 2 races, the last of them the 1954 Sharon 200, “withdrew””."""
    how = f", “{status}”" if status else ""
    which = f"the {race}{how}" if races == 1 else f"{plural(races, 'race')}, the last of them the {race}{how}"
    return sentence(f"{name} is listed and did not start: {which}")


def last_races_heading(series_title: str) -> str:
    """“Last races, NASCAR Cup Series”."""
    return f"Last races, {series_title}"


def meetings_heading(series_title: str, *, are_all: bool) -> str:
    """“Last meetings, NASCAR Cup Series”."""
    return f"{'Meetings' if are_all else 'Last meetings'}, {series_title}"


def standing_heading(race_title: str) -> str:
    """“Standing after the 2023 Ally 400”."""
    return f"Standing after the {race_title}"


def ahead_sentence(first: str, second: str, counts: Sequence[tuple[int, int, int, str]], scope: str) -> str:
    """“Denny Hamlin finished ahead of Kyle Larson in 218 of 400 Cup races and in 7 of 12 Xfinity races”.

    `counts` are, for each series, how often the first and the second were ahead, of how many races, and what the series
    is called. Who was ahead more often in the first series is named first.
    """
    first_ahead, second_ahead, *_ = counts[0]
    if first_ahead == second_ahead:
        times = plural(first_ahead, "time")
        return sentence(f"{first} and {second} finished ahead {times} each in {_races(counts[0])}{scope}")
    is_first = first_ahead > second_ahead
    better, other = (first, second) if is_first else (second, first)
    texts = [f"{count[0] if is_first else count[1]:,} of {_races(count)}" for count in counts]
    return sentence(f"{better} finished ahead of {other} in {join(texts)}{scope}")


def _races(count: tuple[int, int, int, str]) -> str:
    _, _, races, series = count
    return plural(races, f"{series} race".strip())


def together_text(count: int) -> str:
    """How the races both started were counted."""
    return f"counted over the {plural(count, 'race')} in which both have a result"


def never_met_text(both: str, scope: str, elsewhere: int, years: str) -> str:
    """That two never started one race there, and where they did."""
    text = f"{both} never started a race together{scope}."
    return f"{text} They did in {plural(elsewhere, 'race')}, {years}." if elsewhere else text
