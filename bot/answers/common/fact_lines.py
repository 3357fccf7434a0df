"""How the single-valued facts of a race are written: units by the name of the field, several facts in one line.

A line is data: a label and pieces such as "{cautions} for {caution_laps}". A piece is shown where all its fields are
known; of alternatives, parted by "|", the first that is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.answers.common.citations import source_lines
from bot.answers.common.text import date_text, decimal, duration, lap_time, plural
from bot.archive.queries.races import FactRow, KnownFacts
from bot.cards import Fact
from bot.racing.facts import FACT_FIELDS

__all__ = ["ISO_DAY", "FactLine", "fill_line", "fill_lines", "value_text"]

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # a day that could not be read is in its own words
FIELD_PATTERN = re.compile(r"\{(\w+)\}")
LAP_FIELDS = frozenset({"laps_scheduled", "laps_run", "caution_laps", "most_laps_led", "margin_laps"})
UNITLESS_FIELDS = frozenset({"season", "round", "rounds"})
COUNT_FIELDS = frozenset({"cautions", "red_flags", "lead_changes", "overtime_attempts"})
UNIT_BY_SUFFIX = {"_mi": "miles", "_km": "km"}
SHORT_TIME_S = 60.0  # seconds; a lap or a margin is told to the thousandth, a race in hours and minutes


@dataclass(frozen=True, slots=True)
class FactLine:
    """One labelled line of a card, made of `pieces` that are joined by commas."""

    label: str
    pieces: tuple[str, ...]

    def fields(self) -> frozenset[str]:
        """Every field this line can tell."""
        return frozenset(name for piece in self.pieces for name in FIELD_PATTERN.findall(piece))


def value_text(fact: FactRow) -> str:
    """The value with its unit: “June 25, 2023”, “300 laps”, “29.797 s”, “132.914 mph”."""
    field = FACT_FIELDS.get(fact.field)
    if field is not None and field.type is date and ISO_DAY.fullmatch(fact.value):
        return date_text(date.fromisoformat(fact.value))
    if fact.number is None or fact.field in UNITLESS_FIELDS:
        return fact.value
    return _with_unit(fact.field, fact.number)


def _with_unit(field: str, number: float) -> str:
    if field in LAP_FIELDS:
        return plural(int(number), "lap")
    if number == 0 and field in COUNT_FIELDS:
        return "none"
    if field.endswith("_mph"):
        return f"{number:.3f} mph"
    if field.endswith("_s"):
        return f"{lap_time(number)} s" if number < SHORT_TIME_S else duration(number)
    for ending, unit in UNIT_BY_SUFFIX.items():
        if field.endswith(ending):
            return f"{decimal(number)} {'mile' if number == 1 and unit == 'miles' else unit}"
    return decimal(number)


def fill_line(race_facts: KnownFacts, line: FactLine) -> Fact | None:
    """The line as far as its facts are known; None where none is. A value of "" is cited and says nothing."""
    parts: list[str] = []
    used_rows: list[FactRow] = []
    for alternatives in _alternatives(line.pieces):
        # The first alternative that can be filled wins; a piece without one is left out, and the line stands without
        # it.
        for alternative, names in alternatives:
            if all(name in race_facts.by_field for name in names):
                by_field = {name: race_facts.by_field[name] for name in names}
                parts.append(_fill_piece(alternative, by_field))
                used_rows += by_field.values()
                break
    if not parts:
        return None
    return Fact(
        line.label, ", ".join(filter(None, parts)), source_lines(*used_rows), max(fact.agree for fact in used_rows)
    )


@cache
def _alternatives(pieces: tuple[str, ...]) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    """The alternatives of each piece, each with its fields: read once, for the lines of a card are always the same."""
    return tuple(
        tuple(
            (alternative, tuple(dict.fromkeys(FIELD_PATTERN.findall(alternative)))) for alternative in piece.split("|")
        )
        for piece in pieces
    )


def fill_lines(race_facts: KnownFacts, lines: Iterable[FactLine]) -> tuple[Fact, ...]:
    """The lines of which anything is known."""
    return tuple(fact for line in lines if (fact := fill_line(race_facts, line)) is not None)


def _fill_piece(piece: str, by_field: Mapping[str, FactRow]) -> str:
    """The piece with the values of its fields."""
    return FIELD_PATTERN.sub(lambda match: value_text(by_field[match[1]]), piece)
