"""Words that say which stage of a race is meant: "Stage 1", "the opening 55-lap stage", "both of the 45-lap stages".

"His second stage victory of the season" counts victories and names no stage.
"""

from collections.abc import Sequence
from functools import lru_cache

from bot.language.numbers import NUMBER_STARTS, parse_count
from bot.language.ordinals import parse_ordinal
from bot.language.tokens import Token

__all__ = ["LAST_STAGE", "stages_at"]

LAST_STAGE = -1
MOST_STAGES = 5
MAX_WORDS = 4_000  # of which is kept what they say; a report has 300 different ones
MOST_BRACKET_WORDS = 8  # "(laps 1 - 80)"
_LAP_WORDS = {"lap", "laps"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDER_ENDS = ("st", "nd", "rd", "th")
_ORDERS = {"opening": 1, "final": LAST_STAGE, "last": LAST_STAGE, "closing": LAST_STAGE}
_STAGES = {"stage", "stages", "segment", "segments"}
_WINS = {"win", "wins", "victory", "victories", "triumph", "crown", "winner"}
_OWNERS = {"his", "her", "their", "a", "an", "career", "s"}
_PERIODS = {"season", "year", "career", "campaign"}

_Stages = tuple[int, tuple[int, ...]]


def stages_at(found: Sequence[Token], at: int) -> _Stages | None:
    """(end, numbers) of the words that name stages and begin at a token; None where none do. -1 is the last stage."""
    first = found[at].folded
    if first in _STAGES:
        return _numbered(found, at)
    if first in {"both", "all"}:
        return _all(found, at, first)
    many = _small_count(first)
    if many:  # "the two 45-lap stages"
        end = _behind_length(found, at + 1)
        return (end + 1, _up_to(many)) if _text(found, end) == "stages" else None
    order = _order(first)
    return _ordered(found, at, order) if order else None


def _text(found: Sequence[Token], at: int) -> str:
    return found[at].folded if at < len(found) else ""


def _up_to(many: int) -> tuple[int, ...]:
    return tuple(range(1, many + 1))


def _ordered(found: Sequence[Token], at: int, order: int) -> _Stages | None:
    """As in "the first stage", "the first two stages", "the first and second stages", "the first of the four"."""
    end = at + 1
    if _text(found, end) == "of":
        behind = end + 1 + (_text(found, end + 1) == "the")
        four = _small_count(_text(found, behind)) and _text(found, behind + 1) == "stages"
        return (behind + 2, (order,)) if four else None
    many = _small_count(_text(found, end))
    if many and order == 1 and _text(found, end + 1) == "stages":
        return end + 2, _up_to(many)
    other = _order(_text(found, end + 1)) if _text(found, end) == "and" else None
    if other and _text(found, end + 2) in _STAGES:
        return end + 3, (order, other)
    end = _behind_length(found, end)
    if _text(found, end) not in _STAGES or _counts_wins(found, at, end):
        return None
    return end + 1, (order,)


def _numbered(found: Sequence[Token], at: int) -> _Stages | None:
    end = at + 1 + (_text(found, at + 1) in {"no", "number", "#"})
    numbers: list[int] = []
    while number := _stage_number(found, end):
        numbers.append(number)
        end += 1
        if _text(found, end) not in {",", "and", "&"} or not _stage_number(found, end + 1) or at + 1 == end:
            break
        if found[at].folded != "stages":
            break
        end += 1
    return (_behind_laps(found, end), tuple(numbers)) if numbers else None


def _behind_laps(found: Sequence[Token], at: int) -> int:
    """The place behind the laps of a stage in brackets: "Stage 1 (laps 1-80)"; the same where there are none."""
    inside = [_text(found, at + word) for word in range(MOST_BRACKET_WORDS)]
    if inside[0] != "(" or ")" not in inside or _LAP_WORDS.isdisjoint(inside[: inside.index(")")]):
        return at
    return at + inside.index(")") + 1


def _stage_number(found: Sequence[Token], at: int) -> int:
    text = _text(found, at).lstrip("#")
    if text.isdigit():
        return int(text) if int(text) <= MOST_STAGES else 0
    return _ROMAN.get(text) or _small_count(text)


def _all(found: Sequence[Token], at: int, first: str) -> _Stages | None:
    """As in "both of the 45-lap stages", "both opening stages", "all three stages"."""
    end = at + 1
    while _text(found, end) in {"of", "the", "first", "opening"}:
        end += 1
    many = _small_count(_text(found, end))
    if many and _text(found, end + 1) not in {"lap", "mile"}:
        end += 1
    end = _behind_length(found, end)
    if _text(found, end) != "stages" or not (many or first == "both"):
        return None
    return end + 1, (1, 2) if first == "both" else _up_to(many)


def _behind_length(found: Sequence[Token], at: int) -> int:
    """The place behind "55-lap", or the same where there is none."""
    counted = at < len(found) and (found[at].kind == "number" or _small_count(_text(found, at)))
    return at + 2 if counted and _text(found, at + 1) in {"lap", "mile"} else at


@lru_cache(maxsize=MAX_WORDS)
def _order(word: str) -> int | None:
    if word in _ORDERS:
        return _ORDERS[word]
    if not word.endswith(_ORDER_ENDS) and not word[-1:].isdigit():
        return None
    try:
        number = parse_ordinal(word)
    except (KeyError, ValueError):
        return None
    return number if 1 <= number <= MOST_STAGES else None


@lru_cache(maxsize=MAX_WORDS)
def _small_count(word: str) -> int:
    if not (word in NUMBER_STARTS or word.isdigit()):
        return 0
    try:
        number = parse_count(word)
    except (KeyError, ValueError):
        return 0
    return number if 1 <= number <= MOST_STAGES else 0


def _counts_wins(found: Sequence[Token], at: int, end: int) -> bool:
    """Whether an order counts wins, not stages: "his second stage victory of the season"."""
    if _text(found, end + 1) not in _WINS:
        return False
    before = found[at - 1] if at else None
    behind = [_text(found, end + word) for word in range(2, 6)]
    return bool(before and (before.folded in _OWNERS or before.kind == "owner")) or not _PERIODS.isdisjoint(behind)
