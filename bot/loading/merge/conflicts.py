"""Many sources, one truth: which side of a disagreement is shown, and what is kept of the other.

The order of trust is written in `told`: corrections, the catalogue, then tables, then prose. Among equals the value
that more documents tell, then the one whose document's name and line come first, so that arrival plays no part.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.archive.models.core import Conflict, Support
from bot.language.fold import fold
from bot.loading.merge.sourced_claims import CATALOGUE_TRUST, CORRECTION_TRUST, TABLE_TRUST

__all__ = ["Evidence", "Resolution", "Value", "resolve_conflict"]

Value = str | int | float | bool | date | tuple[float | None, ...]
RELATIVE_TOLERANCE = 1e-9  # relative; numbers are written with at most six figures


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value as one document tells it, at one line."""

    value: Value
    document: str
    line: int
    trust: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """The value shown with its source, how many documents tell it, and the rows that keep the rest."""

    chosen: Evidence
    document_count: int
    conflicts: tuple[Conflict, ...]
    supports: tuple[Support, ...]


def resolve_conflict(
    race: str, value_name: str, evidence: Iterable[Evidence], *, allow_partial: bool = False
) -> Resolution:
    """Choose among everything told about one value; at least one piece of evidence is needed.

    `value_name` names the value for people, such as "date" or "race: Ross Chastain: grid". With `allow_partial` a name
    that is a part of another tells the same, only less of it. Conflicts are numbered 0; the race numbers them when all
    are known.
    """
    ordered = sorted(
        evidence, key=lambda one: (-one.trust, -len(value_text(one.value)) * allow_partial, one.document, one.line)
    )
    groups = _group_by_value(ordered, equal_or_partial if allow_partial else equal_values)
    groups.sort(key=lambda camp: (-camp[0].trust, -len({one.document for one in camp}), camp[0].document, camp[0].line))
    winners, losers = groups[0], groups[1:]
    chosen = winners[0]
    conflicts = tuple(
        Conflict(
            race=race,
            number=0,
            value_name=value_name,
            value=value_text(chosen.value),
            document=chosen.document,
            line=chosen.line,
            other_value=value_text(one.value),
            other_document=one.document,
            other_line=one.line,
            reason=_reason(chosen, one, winners, camp),
        )
        for camp in losers
        for one in camp
    )
    supports = tuple(
        Support(race=race, value_name=value_name, document=document, line=line)
        for document, line in sorted(
            {(one.document, one.line) for one in winners[1:]} - {(chosen.document, chosen.line)}
        )
    )
    return Resolution(chosen, len({one.document for one in winners}), conflicts, supports)


def value_text(value: Value) -> str:
    """A value as text: dates are ISO, whole floats keep no ".0"."""
    if isinstance(value, float):
        return f"{value:g}" if value == round(value) and abs(value) < 1e6 else repr(value)
    if isinstance(value, tuple):
        return ", ".join("no time" if part is None else value_text(part) for part in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def equal_values(one: Value, other: Value) -> bool:
    """Whether two values tell the same; spelling is no disagreement."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= RELATIVE_TOLERANCE * max(abs(one), abs(other))
    if isinstance(one, str) and isinstance(other, str):
        return fold(one) == fold(other)
    return one == other


def equal_or_partial(one: Value, other: Value) -> bool:
    """Whether two values tell the same, or the words of one are among the words of the other."""
    if isinstance(one, str) and isinstance(other, str):
        words = [set(fold(text).split()) for text in (one, other)]
        return words[0] <= words[1] or words[1] <= words[0]
    return equal_values(one, other)


def _group_by_value(evidence: Sequence[Evidence], is_equal: Callable[[Value, Value], bool]) -> list[list[Evidence]]:
    groups: list[list[Evidence]] = []
    for piece in evidence:
        for group in groups:
            if is_equal(group[0].value, piece.value):
                group.append(piece)
                break
        else:
            groups.append([piece])
    return groups


def _reason(chosen: Evidence, other: Evidence, winners: Sequence[Evidence], losers: Sequence[Evidence]) -> str:
    if chosen.trust == CORRECTION_TRUST:
        return "a correction is trusted over all"
    if chosen.trust > other.trust:
        side = {CATALOGUE_TRUST: "the catalogue is"}.get(chosen.trust, "a table is")
        return f"{side} trusted over " + ("a table" if other.trust == TABLE_TRUST else "prose")
    if chosen.document == other.document:
        return "the same document says both; the first stands"
    if len({one.document for one in winners}) > len({one.document for one in losers}):
        return "more documents say so"
    return "both are trusted alike; the document first by name stands"
