"""Where a part of a sentence begins to speak of races before this one, and where it counts this one among them."""

from collections.abc import Sequence

from bot.language.ordinals import ORDINAL
from bot.language.patterns import Pattern
from bot.language.words import Word

__all__ = ["counted_from", "counts_this_race"]

MOST_COUNT_WORDS = 5  # between "third" and "in the last four races"
_ORDINAL = Pattern(rf"^{ORDINAL}$")


def counted_from(part: Sequence[Word]) -> int:
    """Where what was before begins: "his first win since last year", "his third after winning there"; else the end."""
    for number, word in enumerate(part):
        behind = part[number + 1].folded if number + 1 < len(part) else ""
        if word.folded == "since" or (number and word.folded == "after" and behind.endswith("ing")):
            return number
    return len(part)


def counts_this_race(part: Sequence[Word], number: int) -> bool:
    """Whether races of late are those in which this one is counted: "his third win in the last four races"."""
    before = part[max(0, number - MOST_COUNT_WORDS) : number]
    return part[number].folded in {"in", "of"} and any(_ORDINAL.search(word.folded) for word in before)
