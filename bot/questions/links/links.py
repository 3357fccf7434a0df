"""What a span of a question may mean in a table: a condition on its rows, or a column."""

from dataclasses import dataclass

from bot.questions.programs.row_sets import Condition

__all__ = ["ColumnLink", "ConditionLink"]


@dataclass(frozen=True, slots=True)
class ConditionLink:
    """Words of a question from `start` up to `end` as a condition on rows.

    `words` are all that it explains, `rows` those that meet it, both as sets of bits. `kind` says how it was found:
    "text", "number", "top", "status", "day" or "empty"; `strength` is from 0 (a guess) to 1 (as it stands there).
    `named` are words that name its column, which other links may share.
    """

    condition: Condition
    column: int
    start: int
    end: int
    words: int
    rows: int
    kind: str
    strength: float
    features: tuple[str, ...] = ()
    named: int = 0


@dataclass(frozen=True, slots=True)
class ColumnLink:
    """Words of a question from `start` up to `end` as a column; `strength` as in `ColumnPhrase`."""

    column: int
    start: int
    end: int
    words: int
    strength: int
