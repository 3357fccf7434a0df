"""Places in an order, in digits and in English words: "17th", "third", "P4"."""

from bot.language.numbers import TEN_WORDS, UNIT_WORDS, number_words, parse_count
from bot.language.patterns import Pattern

__all__ = ["ORDINAL", "ordinal", "ordinal_words", "parse_ordinal"]

_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_DIGITS = Pattern(r"\d+")


def _ordinal_form(word: str) -> str:
    """The ordinal of one number word."""
    if word in TEN_WORDS:
        return f"{word[:-1]}ieth"
    return _IRREGULAR.get(word, f"{word}th")


_CARDINALS = {_ordinal_form(word): word for word in (*UNIT_WORDS, *TEN_WORDS, "hundred")}


def ordinal(number: int) -> str:
    """“1st”, “2nd”, “3rd”, “11th”."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def ordinal_words(number: int) -> str:
    """The words of a place: "seventh", "twenty-first", "three hundredth". Raises ValueError as `number_words` does."""
    words = number_words(number)
    last_start = max(words.rfind(" "), words.rfind("-")) + 1
    return words[:last_start] + _ordinal_form(words[last_start:])


# The longest word first, so that no word ends the match of a longer one.
_WORDS = "|".join(sorted((ordinal_words(number) for number in range(1, 100)), key=len, reverse=True))

ORDINAL = rf"(?:[Pp][0-9]{{1,2}}(?!\w)|[0-9]{{1,3}}(?:st|nd|rd|th)(?!\w)|(?i:{_WORDS})(?![\w]))"
"""Source of a pattern: a place in an order, in digits or in the words of up to ninety-nine."""


def parse_ordinal(text: str) -> int:
    """The number of "third", "Twenty-first", "17th" or "P4". Raises KeyError for words that are no ordinal."""
    digits = _DIGITS.search(text)
    if digits:
        return int(digits[0])
    words = text.lower()
    last_start = max(words.rfind(" "), words.rfind("-")) + 1
    return parse_count(words[:last_start] + _CARDINALS[words[last_start:]])
