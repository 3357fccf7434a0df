"""Numbers as people write them into a value: with their unit, with "approximately" before and "(estimated)" behind.

A number is read only where every word around it is known to leave it what it is. Two numbers where one is wanted, a
range or a sum say something else: they raise UnreadableValue, and who reads the page keeps the words.
"""

import re
from dataclasses import dataclass

from bot.language.numbers import COUNT, parse_count
from bot.language.patterns import Pattern

__all__ = [
    "DECIMAL",
    "Quantity",
    "UnreadableValue",
    "check_words_before",
    "check_words_behind",
    "parse_decimal",
    "read_count",
    "read_measure",
    "read_speed_mph",
    "with_digits",
    "without_notes",
]

KM_PER_MILE = 1.609344
MAX_VALUE_LENGTH = 300  # characters; the longest value of an infobox seen has 90, and patterns stay cheap below this
# Words before a number that say how sure it is, and not another number.
_QUALIFIERS = frozenset({
    "about", "almost", "announced", "approx", "approximately", "around", "at", "average", "avg", "c", "ca", "circa",
    "close", "crowd", "est", "estimated", "estimate", "in", "just", "least", "likely", "more", "nearly", "no", "of",
    "official", "officially", "over", "reported", "reportedly", "roughly", "some", "speed", "than", "the", "to",
    "total", "up", "well",
})  # fmt: skip
# Words behind a number that make another one of it.
_CHANGING_WORDS = frozenset({
    "and", "between", "billion", "dozen", "dozens", "fewer", "half", "hundred", "less", "minus", "never", "not", "of",
    "or", "per", "plus", "quarter", "short", "times", "to", "tons", "under", "until", "vs", "x",
})  # fmt: skip
_SOFT_ENDINGS = ("or so", "or more")  # "43,000 or more" is 43,000 as much as "43,000+" is
_COUNT_UNITS = frozenset({
    "lap", "laps", "fan", "fans", "spectator", "spectators", "people", "person", "point", "points", "pts",
    "car", "cars", "driver", "drivers", "leader", "leaders", "time", "times", "attendees", "in attendance",
    "race", "round",
})  # fmt: skip
_GLUED_ENDINGS = frozenset({"st", "nd", "rd", "th", "k", "laps", "lap"})  # what may follow a digit without a space
_MULTIPLIERS = {"k": 1_000, "thousand": 1_000, "million": 1_000_000}

# A note of a page copied from a browser, a raised digit, a sign that points to a legend.
_NOTE = Pattern(r"\[(?:[0-9]{1,3}|[A-Za-z]{1,2}|(?:note|nb|n|N) ?[0-9]{1,2})\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<![*†‡§^#])[*†‡§^#]+$")
_BRACKETS = Pattern(r"\([^()]*\)|\[[^\[\]]*\]")
_WHOLE = r"[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9}"
_SPACED_WHOLE = r"[0-9]{1,3}(?:[ \u2009\u202f'’][0-9]{3}){1,2}"
_COUNT_START = Pattern(rf"(?:{_WHOLE})(?:\.0)?(?![0-9]|[.,:/⁄][0-9]| ?[½⅓⅔¼¾⅛⅜⅝⅞])")
_SPACED_COUNT = Pattern(rf"(?:{_SPACED_WHOLE})(?![0-9]|[.,:/][0-9])")
_NUMBER_WORDS = Pattern(rf"(?<![\w.-])(?:a |one )?{COUNT}(?! hundred| thousand)")
_WORD = Pattern(r"[^\W\d_]+")
_VULGAR = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8}

DECIMAL = (
    r"(?:[0-9]{1,3} ?[+ ] ?)?[0-9]{1,3} ?[/⁄] ?[1-9][0-9]{0,2}(?![0-9.])|[0-9]{0,4} ?[½⅓⅔¼¾⅛⅜⅝⅞]"
    r"|[0-9]{1,3}(?:,[0-9]{3}){1,2}(?:\.[0-9]{1,6})?(?![0-9,])|[0-9]{1,7}(?:\.[0-9]{1,6})?(?![0-9]| ?[½⅓⅔¼¾⅛⅜⅝⅞])"
    r"|\.[0-9]{1,6}(?![0-9])"
)
"""Source of a pattern: a number with decimals, a fraction or a mixed number."""
_UNIT_FORMS = {
    "mph": ("mph", "m.p.h.", "mi/h", "miles per hour", "mile per hour", "miles an hour"),
    "km/h": ("km/h", "kmh", "kph", "kilometers per hour", "kilometres per hour", "km per hour"),
    "mi": ("miles", "mile", "mi"),
    "km": ("kilometers", "kilometres", "kilometer", "kilometre", "kms", "km"),
    "m": ("meters", "metres", "m"),
    "ft": ("feet", "foot", "ft"),
    "laps": ("laps", "lap"),
}
_UNIT_BY_FORM = {form: unit for unit, forms in _UNIT_FORMS.items() for form in forms}
_UNITS = "|".join(re.escape(form) for form in sorted(_UNIT_BY_FORM, key=len, reverse=True))
_MEASURE = Pattern(rf"(?<![\w.,/])({DECIMAL})(?:[ -]?({_UNITS})(?![a-z/]))?\.?", re.IGNORECASE)


class UnreadableValue(Exception):
    """A value whose words do not come to one number or day; the page's reader keeps them as they are written."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that was read; `is_exact` says that nothing but its unit stood beside it."""

    value: float
    is_exact: bool

    @property
    def whole(self) -> int:
        """The number where it is a count."""
        return int(self.value)


def without_notes(text: str) -> str:
    """A value without the notes that point to elsewhere: "43,000[3]", "2¹", "19.502*".

    Raises UnreadableValue for a text of more than MAX_VALUE_LENGTH characters: that is no value.
    """
    if len(text) > MAX_VALUE_LENGTH:
        raise UnreadableValue(text[:MAX_VALUE_LENGTH])
    return _NOTE.sub("", text).strip()


def with_digits(text: str) -> str:
    """A text with its numbers in digits: "twenty-one among twelve" is "21 among 12"."""
    return _NUMBER_WORDS.sub(lambda found: found[0] if found[0][0].isdigit() else _digits(found[0]), text)


def _digits(words: str) -> str:
    try:
        return str(parse_count(words))
    except KeyError:  # "a four"
        return words


def read_count(text: str, low: int, high: int, *, spaced: bool = False) -> Quantity:
    """A whole number from `low` to `high`; with `spaced` thousands may be set apart by spaces.

    Raises UnreadableValue for anything that is not one such number and words that leave it one.
    """
    plain = with_digits(without_notes(text))
    found = (_SPACED_COUNT.search(plain) if spaced else None) or _COUNT_START.search(plain)
    if found is None or any(character.isdigit() for character in plain[: found.start()]):
        raise UnreadableValue(text)
    glued = _WORD.match(plain, found.end())
    if glued and glued[0].lower() not in _GLUED_ENDINGS:
        raise UnreadableValue(text)
    behind = plain[found.end() :].strip()
    number = int(re.sub(r"\.0$|[^0-9]", "", found[0]))
    multiplier = _WORD.match(behind)
    if multiplier and multiplier[0].lower() in _MULTIPLIERS:
        number *= _MULTIPLIERS[multiplier[0].lower()]
        behind = behind[multiplier.end() :]
    is_exact = check_words_before(plain[: found.start()])
    is_exact &= check_words_behind(behind, _COUNT_UNITS)
    if not low <= number <= high:
        raise UnreadableValue(text)
    return Quantity(number, is_exact)


def check_words_before(text: str) -> bool:
    """Whether nothing stands before a number. Raises UnreadableValue where it is more than how sure the number is."""
    plain = text.strip(" ~≈≃><≥:(=")
    words = [word.lower() for word in _WORD.findall(plain)]
    if (
        any(word not in _QUALIFIERS for word in words)
        or words[:1] in (["no"], ["of"])
        or re.search(r"[-−–+/\d]", plain)
    ):
        raise UnreadableValue(text)
    return not text.strip()


def check_words_behind(text: str, units: frozenset[str] = frozenset()) -> bool:
    """Whether nothing but a unit stands behind a number. Raises UnreadableValue where it makes another of it."""
    lowered = text.strip().lower()
    unit = next((form for form in sorted(units, key=len, reverse=True) if _begins_with(lowered, form)), "")
    rest = lowered[len(unit) :].strip(" .")
    if not rest:
        return True
    outside = _BRACKETS.sub(" ", rest)
    for ending in _SOFT_ENDINGS:
        outside = outside.removesuffix(ending).strip()
    is_other = outside[:1] in {"%", "-", "–", "−", "/", "'", "°"} and not outside.startswith(("– ", "- ", "— "))
    if is_other or any(character.isdigit() for character in outside) or set(_WORD.findall(outside)) & _CHANGING_WORDS:
        raise UnreadableValue(text)
    return False


def _begins_with(text: str, word: str) -> bool:
    return text.startswith(word) and not text[len(word) : len(word) + 1].isalpha()


def parse_decimal(text: str) -> float:
    """The number of a match of DECIMAL."""
    plain = text.replace(",", "").replace("⁄", "/").strip()
    if plain[-1] in _VULGAR:
        return float(plain[:-1].strip() or 0) + _VULGAR[plain[-1]]
    if "/" not in plain:
        return float(plain)
    before, _, denominator = plain.partition("/")
    numbers = before.replace("+", " ").split()
    return sum(map(int, numbers[:-1])) + int(numbers[-1]) / int(denominator)


def read_measure(text: str, unit: str, low: float, high: float) -> Quantity:
    """A length from `low` to `high` in `unit` ("mi", "km"), alone or beside the same in other units.

    A number without a unit is in this one. Raises UnreadableValue where there is none, or several of it.
    """
    return _measured(text, unit, low, high, 1.0)


def read_speed_mph(text: str, low: float = 20, high: float = 300) -> Quantity:
    """A speed in mph; one that is given in km/h alone is turned into mph. Raises UnreadableValue as `read_measure`."""
    try:
        return _measured(text, "mph", low, high, 1.0)
    except UnreadableValue:
        metric = _measured(text, "km/h", low * KM_PER_MILE, high * KM_PER_MILE, KM_PER_MILE)
        return Quantity(round(metric.value, 3), metric.is_exact)


def _measured(text: str, unit: str, low: float, high: float, per_unit: float) -> Quantity:
    plain = with_digits(without_notes(text))
    outside = _BRACKETS.sub(lambda found: " " * len(found[0]), plain)
    measures = [(one, _UNIT_BY_FORM.get((one[2] or "").lower(), "")) for one in _MEASURE.finditer(plain)]
    bare = [one for one, its_unit in measures if not its_unit and outside[one.start() : one.end()].strip()]
    in_unit = [one for one, its_unit in measures if its_unit == unit]
    # A number without a unit is taken for the wanted one only where no other stands beside it.
    chosen = in_unit or (bare if per_unit == 1.0 else [])
    values = {parse_decimal(one[1]) for one in chosen}
    if len(values) != 1 or (in_unit and bare) or len(bare) > 1:
        raise UnreadableValue(text)
    first = chosen[0]
    is_alone = check_words_before(_MEASURE.sub(" ", _BRACKETS.sub(" ", plain[: first.start()])))
    is_alone &= check_words_behind(_MEASURE.sub(" ", _BRACKETS.sub(" ", plain[first.end() :])))
    value = values.pop() / per_unit
    if not low <= value <= high:
        raise UnreadableValue(text)
    # Documents that do not write a fraction write three decimals: 1+1/3 and 1.333 are one length.
    return Quantity(value if first[1].replace(".", "").isdigit() else round(value, 3), is_alone)
