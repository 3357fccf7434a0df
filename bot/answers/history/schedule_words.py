"""Words of the card of a season's schedule: who won most, which race is next, and which rounds are not known."""

from collections.abc import Sequence
from datetime import datetime

from bot.answers.common.text import MAX_SENTENCE_NAMES, join, join_some, plural, sentence
from bot.answers.history.season_lines import ScheduleLine, name_cell, start_text, weekday_text
from bot.language.moments import moment

__all__ = [
    "MISSING_LABEL",
    "missing_rounds_text",
    "most_wins_sentence",
    "next_race_sentence",
    "no_season_text",
    "number_spans",
    "only_scheduled_sentence",
    "schedule_title",
    "without_round_text",
]

MISSING_LABEL = "Not known yet"


def schedule_title(season_title: str) -> str:
    """“2023 NASCAR Cup Series schedule”."""
    return f"{season_title} schedule"


def most_wins_sentence(winners: Sequence[tuple[str, int]], races: int, season: str, *, is_whole: bool) -> str:
    """“William Byron won most races of the 2023 Cup season, 6 of 36.”; `season` is “2023 Cup”."""
    known = plural(races, "race") if is_whole else f"{plural(races, 'race')} known so far"
    if not winners:
        return sentence(f"{known} in the {season} season")
    if races == 1:
        return sentence(f"{winners[0][0]} won the only race known of the {season} season")
    if winners[0][1] == 1 and len(winners) > 1:
        return sentence(f"nobody won twice in the {season} season, {known}")
    names = join_some(sorted(name for name, _ in winners), MAX_SENTENCE_NAMES)
    each = " each" if len(winners) > 1 else ""
    return sentence(f"{names} won most in the {season} season, {winners[0][1]} of {known}{each}")


def only_scheduled_sentence(races: int, season: str) -> str:
    """“36 races in the 2026 Cup season, none of them run yet.”."""
    return sentence(f"{plural(races, 'race')} in the {season} season, none with a winner yet")


def next_race_sentence(coming: Sequence[ScheduleLine], all_races: int) -> str:
    """“Next is the Daytona 500 at Daytona on Sunday, February 15; 36 of 36 races are to come”."""
    line = coming[0]
    name = name_cell(line)
    track = f" at {line.track}" if line.track and line.track not in name else ""
    rest = f"{len(coming)} of {plural(all_races, 'race')} {'is' if len(coming) == 1 else 'are'} to come"
    return sentence(f"next is the {name}{track}{_when(line)}; {rest}")


def _when(line: ScheduleLine) -> str:
    """The day in words; with a time of day as a moment, which everybody reads in their own time."""
    if line.day is None:
        return ", day to be announced"
    if line.scheduled and line.scheduled.starts_at:
        return f" on {moment(datetime.fromisoformat(line.scheduled.starts_at))}"
    time = start_text(line.scheduled) if line.scheduled else ""
    return f" on {weekday_text(line.day)}" + (f", {time}" if time else "")


def missing_rounds_text(missing: Sequence[int], last: int) -> str:
    """“rounds 1 to 16 and 18 to 36 of 36”."""
    return f"{'round' if len(missing) == 1 else 'rounds'} {join(number_spans(missing))} of {last}"


def without_round_text(count: int) -> str:
    """That the number of some races is not known."""
    return f"Of {plural(count, 'race')} the round is not known."


def no_season_text(series_title: str, season: int | None, years: Sequence[int]) -> str:
    """That no race of a season is known, and of which seasons there are some."""
    if not years:
        return f"No races of the {series_title} yet."
    return f"No races of the {series_title} in {season}. There are races of {join(number_spans(years))}."


def number_spans(numbers: Sequence[int]) -> list[str]:
    """Numbers in order as “1 to 16” and “18”."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return [str(span[0]) if len(span) == 1 else f"{span[0]} to {span[-1]}" for span in spans]
