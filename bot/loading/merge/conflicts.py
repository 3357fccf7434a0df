"""Resolution of conflicts: which of several values of one fact or cell is shown, and what is kept of the others.

The order of trust is that of `sourced_claims`: corrections, the catalogue, tables, prose. Among equals the value that
more documents give, then the one whose document's name and line come first, so that arrival plays no part.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.archive.models.core import Conflict, Support
from bot.language.fold import fold
from bot.loading.merge.sourced_claims import CATALOGUE_TRUST, CORRECTION_TRUST, TABLE_TRUST

__all__ = ["WORDS_TRUST", "Evidence", "Resolution", "Ruling", "Value", "equal_values", "resolve_conflict"]

Value = str | int | float | bool | date | tuple[float | None, ...]
WORDS_TRUST = 0  # of a value that could not be read, and stands in its words
RELATIVE_TOLERANCE = 1e-9  # of the larger number; documents write at most six figures


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value as one document gives it, at one line."""

    value: Value
    document: str
    line: int
    trust: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """A value that stands over all but a correction, wherever else it is said or not; `reason` says why, for people."""

    evidence: Evidence
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The value shown with its source, how many documents give it, and the rows that keep the rest."""

    chosen: Evidence
    document_count: int
    conflicts: tuple[Conflict, ...]
    supports: tuple[Support, ...]


def resolve_conflict(
    race: str,
    value_name: str,
    evidence: Iterable[Evidence],
    *,
    allow_partial: bool = False,
    ruling: Ruling | None = None,
) -> Resolution:
    """The choice among all evidence of one value; at least one piece is needed.

    `value_name` is the field of a fact or the text of a `CellRef`. With `allow_partial` a name that is a part of
    another says the same, only less of it. A `ruling` is shown from the line that gives its value, or else from its
    own. Conflicts are numbered 0; the race numbers them when it has all.
    """
    is_equal = equal_or_partial if allow_partial else equal_values
    evidence = _with_ruling(tuple(evidence), ruling)
    # The most trusted piece comes first in its group, and so is the one shown; of a name and its part the longer.
    ordered = sorted(
        evidence,
        key=lambda piece: (-piece.trust, -len(value_text(piece.value)) * allow_partial, piece.document, piece.line),
    )
    groups = _group_by_value(ordered, is_equal)
    groups.sort(key=lambda group: (not _is_ruled(group, ruling), _group_rank(group)))
    winners, losers = groups[0], groups[1:]
    chosen = winners[0]
    conflicts = tuple(
        _conflict(race, value_name, chosen, piece, _reason(chosen, piece, winners, group, ruling))
        for group in losers
        for piece in group
    )
    supports = tuple(
        Support(race=race, value_name=value_name, document=document, line=line)
        for document, line in sorted(
            {(piece.document, piece.line) for piece in winners[1:]} - {(chosen.document, chosen.line)}
        )
    )
    return Resolution(chosen, len({piece.document for piece in winners}), conflicts, supports)


def _conflict(race: str, value_name: str, chosen: Evidence, other: Evidence, reason: str) -> Conflict:
    return Conflict(
        race=race,
        number=0,
        value_name=value_name,
        value=value_text(chosen.value),
        document=chosen.document,
        line=chosen.line,
        other_value=value_text(other.value),
        other_document=other.document,
        other_line=other.line,
        reason=reason,
    )


def value_text(value: Value) -> str:
    """A value as text: dates are ISO, whole floats have no ".0"."""
    if isinstance(value, float):
        return f"{value:g}" if value == round(value) and abs(value) < 1e6 else repr(value)
    if isinstance(value, tuple):
        return ", ".join("no time" if part is None else value_text(part) for part in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def equal_values(value: Value, other: Value) -> bool:
    """Whether two values are the same; spelling is no disagreement."""
    if isinstance(value, int | float) and isinstance(other, int | float):
        return abs(value - other) <= RELATIVE_TOLERANCE * max(abs(value), abs(other))
    if isinstance(value, str) and isinstance(other, str):
        return fold(value) == fold(other)
    return value == other


def equal_or_partial(value: Value, other: Value) -> bool:
    """Whether two values are the same, or the words of one are among the words of the other."""
    if isinstance(value, str) and isinstance(other, str):
        words = [set(fold(text).split()) for text in (value, other)]
        return words[0] <= words[1] or words[1] <= words[0]
    return equal_values(value, other)


def _group_rank(group: Sequence[Evidence]) -> tuple[int, int, str, int]:
    """The order of groups, the winner first; `group` begins with its most trusted piece."""
    documents = {piece.document for piece in group}
    return -group[0].trust, -len(documents), group[0].document, group[0].line


def _with_ruling(evidence: tuple[Evidence, ...], ruling: Ruling | None) -> tuple[Evidence, ...]:
    """The evidence with that of the ruling, where nothing as trusted gives its value and no correction stands."""
    if ruling is None or any(piece.trust == CORRECTION_TRUST for piece in evidence):
        return evidence
    ruled = ruling.evidence
    if any(piece.trust >= ruled.trust and equal_values(piece.value, ruled.value) for piece in evidence):
        return evidence
    return (*evidence, ruled)


def _is_ruled(group: Sequence[Evidence], ruling: Ruling | None) -> bool:
    """Whether a group stands whatever others say: it is a correction, or has the value of the ruling."""
    if group[0].trust == CORRECTION_TRUST:
        return True
    return ruling is not None and equal_values(group[0].value, ruling.evidence.value)


def _group_by_value(evidence: Sequence[Evidence], is_equal: Callable[[Value, Value], bool]) -> list[list[Evidence]]:
    """Evidence grouped by value; each piece is compared with the first of a group."""
    # Equality here knows tolerance and parts of names, so it has no hash to group by.
    groups: list[list[Evidence]] = []
    for piece in evidence:
        for group in groups:
            if is_equal(group[0].value, piece.value):
                group.append(piece)
                break
        else:
            groups.append([piece])
    return groups


def _reason(
    chosen: Evidence, other: Evidence, winners: Sequence[Evidence], losers: Sequence[Evidence], ruling: Ruling | None
) -> str:
    """Why the chosen value is shown and the other is not, for people."""
    if chosen.trust == CORRECTION_TRUST:
        return "a correction is trusted over all"
    if ruling is not None:
        return ruling.reason
    if chosen.trust > other.trust:
        side = {CATALOGUE_TRUST: "the catalogue is"}.get(chosen.trust, "a table is")
        weaker = {TABLE_TRUST: "a table", WORDS_TRUST: "words that could not be read"}.get(other.trust, "prose")
        return f"{side} trusted over {weaker}"
    if chosen.document == other.document:
        return "the same document says both; the first stands"
    if len({piece.document for piece in winners}) > len({piece.document for piece in losers}):
        return "more documents say so"
    return "both are trusted alike; the document first by name stands"
