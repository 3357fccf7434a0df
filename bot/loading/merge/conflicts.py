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

__all__ = ["Evidence", "Outcome", "Value", "settle"]

Value = str | int | float | bool | date | tuple[float | None, ...]
SAME = 1e-9  # relative; numbers are written with at most six figures


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value as one document tells it, at one line."""

    value: Value
    document: str
    line: int
    trust: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value shown with its source, how many documents tell it, and the rows that keep the rest."""

    shown: Evidence
    agree: int
    conflicts: tuple[Conflict, ...]
    supports: tuple[Support, ...]


def settle(race: str, what: str, evidence: Iterable[Evidence], *, brief: bool = False) -> Outcome:
    """Choose among everything told about one value; at least one piece of evidence is needed.

    `what` names the value for people, such as "date" or "race: Ross Chastain: grid". With `brief` a name that is a
    part of another tells the same, only less of it. Conflicts are numbered 0; the race numbers them when all are
    known.
    """
    told = sorted(evidence, key=lambda one: (-one.trust, -len(text_of(one.value)) * brief, one.document, one.line))
    camps = _camps(told, within if brief else same)
    camps.sort(key=lambda camp: (-camp[0].trust, -len({one.document for one in camp}), camp[0].document, camp[0].line))
    winners, losers = camps[0], camps[1:]
    shown = winners[0]
    conflicts = tuple(
        Conflict(
            race=race,
            number=0,
            what=what,
            shown=text_of(shown.value),
            document=shown.document,
            line=shown.line,
            other=text_of(one.value),
            other_document=one.document,
            other_line=one.line,
            why=_why(shown, one, winners, camp),
        )
        for camp in losers
        for one in camp
    )
    supports = tuple(
        Support(race=race, what=what, document=document, line=line)
        for document, line in sorted({(one.document, one.line) for one in winners[1:]} - {(shown.document, shown.line)})
    )
    return Outcome(shown, len({one.document for one in winners}), conflicts, supports)


def text_of(value: Value) -> str:
    """A value as text: dates are ISO, whole floats keep no ".0"."""
    if isinstance(value, float):
        return f"{value:g}" if value == round(value) and abs(value) < 1e6 else repr(value)
    if isinstance(value, tuple):
        return ", ".join("no time" if part is None else text_of(part) for part in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def same(one: Value, other: Value) -> bool:
    """Whether two values tell the same; spelling is no disagreement."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= SAME * max(abs(one), abs(other))
    if isinstance(one, str) and isinstance(other, str):
        return fold(one) == fold(other)
    return one == other


def within(one: Value, other: Value) -> bool:
    """Whether two values tell the same, or the words of one are among the words of the other."""
    if isinstance(one, str) and isinstance(other, str):
        words = [set(fold(text).split()) for text in (one, other)]
        return words[0] <= words[1] or words[1] <= words[0]
    return same(one, other)


def _camps(evidence: Sequence[Evidence], alike: Callable[[Value, Value], bool]) -> list[list[Evidence]]:
    camps: list[list[Evidence]] = []
    for one in evidence:
        for camp in camps:
            if alike(camp[0].value, one.value):
                camp.append(one)
                break
        else:
            camps.append([one])
    return camps


def _why(shown: Evidence, other: Evidence, winners: Sequence[Evidence], losers: Sequence[Evidence]) -> str:
    if shown.trust == CORRECTION_TRUST:
        return "a correction is trusted over all"
    if shown.trust > other.trust:
        side = {CATALOGUE_TRUST: "the catalogue is"}.get(shown.trust, "a table is")
        return f"{side} trusted over " + ("a table" if other.trust == TABLE_TRUST else "prose")
    if shown.document == other.document:
        return "the same document says both; the first stands"
    if len({one.document for one in winners}) > len({one.document for one in losers}):
        return "more documents say so"
    return "both are trusted alike; the document first by name stands"
