"""Numbers and what they count: places, seconds, laps, years, car numbers, stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.language.numbers import TEN_WORDS, parse_count
from bot.language.ordinals import parse_ordinal
from bot.language.stage_words import stages_at
from bot.language.tokens import Token
from bot.language.word_lists import word_lists

__all__ = ["Measure", "measure_at"]

FIRST_YEAR, LAST_YEAR = 1940, 2060
MAX_WORDS = 4_000  # of which is kept what they say; a report has 300 different ones


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and what it counts, up to the token `end` (excluded).

    `kind`: "car", "stage", "seconds", "place", "count", "year", "laps", "lap", "to_go", "decimal". `marks` are further.
    """

    end: int
    kind: str
    value: float | None = None
    stages: tuple[int, ...] = ()
    car: str | None = None
    marks: tuple[str, ...] = ()


def measure_at(found: Sequence[Token], at: int) -> Measure | None:
    """The measure that begins at a token; None where none does."""
    one = found[at]
    if one.kind not in {"number", "word"}:
        return None
    stages = stages_at(found, at)
    if stages:
        return Measure(stages[0], "stage", stages=stages[1])
    return _car(found, at) or _number(found, at)


def _text(found: Sequence[Token], at: int) -> str:
    return found[at].folded if at < len(found) else ""


def _car(found: Sequence[Token], at: int) -> Measure | None:
    """A car number: "No. 9", "#31"."""
    one = found[at]
    if one.kind == "number" and one.text.startswith("#") and one.text[1:].isdigit() and len(one.text) <= 4:
        return Measure(at + 1, "car", car=one.text[1:])
    number = found[at + 1].text.lstrip("#") if at + 1 < len(found) else ""
    if one.text in {"No.", "Nos.", "no."} and number.isdigit() and len(number) <= 3:
        return Measure(at + 2, "car", car=number)
    return None


def _number(found: Sequence[Token], at: int) -> Measure | None:
    one = found[at]
    if one.kind == "word" and one.folded in {"lap", "laps"} and _digits(found, at + 1):
        return Measure(at + 2, "lap", float(found[at + 1].text))
    place = _place(one)
    if place:
        return Measure(at + 1, "place", float(place))
    value, end = _value(found, at)
    if value is None:
        return None
    return _counted(found, at, end, value)


def _digits(found: Sequence[Token], at: int) -> bool:
    return at < len(found) and found[at].text.isdigit() and len(found[at].text) <= 3


def _place(one: Token) -> int:
    return _place_of(one.folded, one.kind == "word", one.is_capital)


@lru_cache(maxsize=MAX_WORDS)
def _place_of(folded: str, is_word: bool, is_capital: bool) -> int:
    """The place that a word or a number says; 0 for none."""
    plain = folded.lower()
    if not (is_word or plain.endswith(("st", "nd", "rd", "th"))) or plain in {"zeroth", "hundredth"}:
        return 0
    if plain[:1] == "p" and not (plain[1:].isdigit() and len(plain) <= 3 and is_capital):
        return 0
    if not plain.isalpha() and not plain[:1].isdigit() and plain[:1] != "p":
        return 0
    try:
        return parse_ordinal(plain)
    except (KeyError, ValueError):
        return 0


def _value(found: Sequence[Token], at: int) -> tuple[float | None, int]:
    """The number that digits or words at a token say, and the token behind it."""
    one = found[at]
    if one.kind == "number":
        plain = one.text.replace(",", "")
        try:
            return float(plain), at + 1
        except ValueError:
            return None, at
    if one.folded in TEN_WORDS:  # "twenty one"
        value = _count(f"{one.folded}-{_text(found, at + 1)}")
        if value is not None:
            return value, at + 2
    value = _count(one.folded)
    return (None, at) if value is None else (value, at + 1)


@lru_cache(maxsize=MAX_WORDS)
def _count(words: str) -> float | None:
    """The number that words say; None where they say none."""
    try:
        return float(parse_count(words))
    except (KeyError, ValueError):
        return None


def _counted(found: Sequence[Token], at: int, end: int, value: float) -> Measure:
    """What a number counts, by the word behind it."""
    unit = _text(found, end)
    decimal = "." in found[at].text
    if (unit in {"second", "sec", "s"} and decimal) or unit in {"seconds", "secs"}:
        return Measure(end + 1, "seconds", value)
    if decimal and [_text(found, end + word) for word in range(3)] == ["of", "a", "second"]:
        return Measure(end + 3, "seconds", value)
    behind = end + (unit in {"lap", "laps"})
    if word_lists().has("to_go", _text(found, behind)):
        return Measure(behind + 1, "to_go", value)
    if [_text(found, behind), _text(found, behind + 1)] == ["to", "go"]:
        return Measure(behind + 2, "to_go", value)
    return Measure(behind, _plain_kind(found[at].text, value, laps=behind > end), value)


def _plain_kind(text: str, value: float, *, laps: bool) -> str:
    if laps:
        return "laps"
    if text.isdigit() and FIRST_YEAR <= value <= LAST_YEAR:
        return "year"
    return "decimal" if "." in text else "count"
