"""How the single-valued facts of a race are written: units by the name of the field, several facts in one line.

A line is data: a label and pieces such as "{cautions} for {caution_laps}". A piece is shown where all its fields are
known; of alternatives, parted by "|", the first that is. A value that the catalogue gives is marked so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.answers.common.citations import places
from bot.answers.common.text import day, decimal, duration, lap_time, plural
from bot.archive.queries.races import FactRow, KnownFacts
from bot.cards import Fact
from bot.documents.catalogue import CATALOGUE_NAME
from bot.racing.facts import FIELDS

__all__ = ["Line", "line_of", "lines_of", "value_text"]

FIELD = re.compile(r"\{(\w+)\}")
LAPS = frozenset({"laps_scheduled", "laps_run", "caution_laps", "most_laps_led", "margin_laps"})
PLAIN = frozenset({"season", "round", "rounds"})
COUNTS = frozenset({"cautions", "red_flags", "lead_changes", "overtime_attempts"})
UNITS = {"_mi": "miles", "_km": "km"}
MARK = " (from the catalogue)"
SHORT = 60.0  # seconds; a lap or a margin is told to the thousandth, a race in hours and minutes


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line of a card, made of `pieces` that are joined by commas."""

    label: str
    pieces: tuple[str, ...]

    def fields(self) -> frozenset[str]:
        """Every field this line can tell."""
        return frozenset(name for piece in self.pieces for name in FIELD.findall(piece))


def value_text(fact: FactRow) -> str:
    """The value with its unit: “June 25, 2023”, “300 laps”, “29.797 s”, “132.914 mph”."""
    field = FIELDS.get(fact.field)
    if field is not None and field.type is date:
        return day(date.fromisoformat(fact.value))
    if fact.number is None or fact.field in PLAIN:
        return fact.value
    return _measure(fact.field, fact.number)


def _measure(field: str, number: float) -> str:
    if field in LAPS:
        return plural(int(number), "lap")
    if number == 0 and field in COUNTS:
        return "none"
    if field.endswith("_mph"):
        return f"{number:.3f} mph"
    if field.endswith("_s"):
        return f"{lap_time(number)} s" if number < SHORT else duration(number)
    for ending, unit in UNITS.items():
        if field.endswith(ending):
            return f"{decimal(number)} {'mile' if number == 1 and unit == 'miles' else unit}"
    return decimal(number)


def line_of(known: KnownFacts, line: Line) -> Fact | None:
    """The line as far as its facts are known; None where none is."""
    parts: list[tuple[str, bool]] = []
    used: list[FactRow] = []
    for alternatives in _alternatives(line.pieces):
        for alternative, names in alternatives:
            if all(name in known.by_field for name in names):
                found = {name: known.by_field[name] for name in names}
                parts.append((_filled(alternative, found), _catalogued(found.values())))
                used += found.values()
                break
    if not parts:
        return None
    return Fact(line.label, _marked(parts), places(*used), max(fact.agree for fact in used))


@cache
def _alternatives(pieces: tuple[str, ...]) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    """The alternatives of each piece, each with its fields: read once, for the lines of a card are always the same."""
    return tuple(
        tuple((alternative, tuple(dict.fromkeys(FIELD.findall(alternative)))) for alternative in piece.split("|"))
        for piece in pieces
    )


def lines_of(known: KnownFacts, lines: Iterable[Line]) -> tuple[Fact, ...]:
    """The lines of which anything is known."""
    return tuple(fact for line in lines if (fact := line_of(known, line)) is not None)


def _filled(piece: str, found: Mapping[str, FactRow]) -> str:
    """The piece with the values of its fields."""
    return FIELD.sub(lambda match: value_text(found[match[1]]), piece)


def _catalogued(facts: Iterable[FactRow]) -> bool:
    return any(fact.document == CATALOGUE_NAME for fact in facts)


def _marked(parts: Sequence[tuple[str, bool]]) -> str:
    """The pieces of a line; what the catalogue gives is marked, once where that is all of it."""
    if all(catalogued for _, catalogued in parts):
        return ", ".join(text for text, _ in parts) + MARK
    return ", ".join(text + (MARK if catalogued else "") for text, catalogued in parts)
