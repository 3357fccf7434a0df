"""Words of the cards of records: who has the most, of what and where, and what is said where nobody has any."""

from collections.abc import Sequence

from bot.answers.common.short_names import place_text
from bot.answers.common.text import MAX_SENTENCE_NAMES, join_some, plural, sentence
from bot.answers.history.record_kinds import KNOWN_LABELS, UNIT_PLURALS, RecordDefinition

__all__ = [
    "STAGE_WINS_NOTE",
    "TOO_MANY_EQUAL",
    "average_sentence",
    "coverage_note",
    "most_sentence",
    "no_record_text",
    "no_stage_wins_text",
    "part_of_season_text",
    "scope_words",
]

STAGE_WINS_NOTE = "The last part of a race, which ends with it, is no stage win."
TOO_MANY_EQUAL = "Those with {} are too many to list."


def scope_words(when: str, track: str | None, known_races: int | None) -> str:
    """“ at Daytona in 2023”, “ in the 1990s”, behind what is counted; `known_races` where not all are known."""
    scope = (f" at {place_text(track)}" if track else "") + (f" in {when}" if when else "")
    return scope + (f" in the {plural(known_races, 'race')} known" if known_races is not None else "")


def most_sentence(
    kind: RecordDefinition, leaders: Sequence[str], count: int, starts: int | None, series: str, scope: str
) -> str:
    """“Richard Petty has the most Cup wins, 200 in 1,184 starts”; `starts` None: they are no news."""
    units = UNIT_PLURALS.get(kind.unit, f"{kind.unit}s")
    have, each = ("has", "") if len(leaders) == 1 else ("have", " each")
    of_starts = f" in {plural(starts, 'start')}" if starts is not None else ""
    what = f"{series} {units}" if series else units
    return sentence(
        f"{join_some(leaders, MAX_SENTENCE_NAMES)} {have} the most {what}{scope}, {count:,}{each}{of_starts}"
    )


def average_sentence(kind: RecordDefinition, leaders: Sequence[str], value: str, series: str, scope: str) -> str:
    """“William Byron has the best Cup average finish in 2023, 10.97”."""
    have, each = ("has", "") if len(leaders) == 1 else ("have", " each")
    who, measure = join_some(leaders, MAX_SENTENCE_NAMES), kind.name.removeprefix("best ")
    return sentence(f"{who} {have} the best {series} {measure}{scope}, {value}{each}")


def part_of_season_text(count_column: str, known_races: int, races: int) -> str:
    """“Laps led are known for 11 of 28 races.”: a season of which a part is known is no season's record."""
    return f"{KNOWN_LABELS[count_column]} known for {known_races} of {plural(races, 'race')}."


def coverage_note(count_column: str, known: int, starts: int) -> str:
    """“Starting places are known for 96,998 of 100,076 starts.”; "" where they are for all."""
    return "" if known >= starts else f"{KNOWN_LABELS[count_column]} known for {known:,} of {starts:,} starts."


def no_record_text(measure: str, scope: str, races: str) -> str:
    """That what is counted is not known of any start; `races` are those that there are, "" for none."""
    return f"No {measure} known for {scope}." + (f" There are {races}." if races else " There are no races either.")


def no_stage_wins_text(scope: str, races: str) -> str:
    """That no stage winner is known, and since when there are stages."""
    there_are = f" There are {races};" if races else ""
    return f"No stage winners known for {scope}.{there_are} the sport has raced in stages since 2017."
