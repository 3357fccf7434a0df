"""Whole numbers in digits and in English words."""

__all__ = ["COUNT", "MAX_NUMBER", "NUMBER_STARTS", "TEN_WORDS", "UNIT_WORDS", "number_words", "parse_count"]

MAX_NUMBER = 999  # the largest number that is written in words; texts of the sport write larger ones in digits
UNIT_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TEN_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBER_STARTS = frozenset((*UNIT_WORDS, *TEN_WORDS))  # the first words of all numbers in words


def _below_hundred(number: int) -> str:
    if number < len(UNIT_WORDS):
        return UNIT_WORDS[number]
    tens, units = divmod(number, 10)
    return f"{TEN_WORDS[tens - 2]}-{UNIT_WORDS[units]}" if units else TEN_WORDS[tens - 2]


_BELOW_HUNDRED = {_below_hundred(number): number for number in range(100)}
# The longest word first: "twenty" would end the match of "twenty-one".
_WORDS = "|".join(sorted(_BELOW_HUNDRED, key=len, reverse=True))

COUNT = rf"(?:[0-9]{{1,4}}(?![.,]*[0-9])|(?i:{_WORDS})(?![\w-]))"
"""Source of a pattern: a whole number in up to four digits, or in the words of up to ninety-nine."""


def number_words(number: int) -> str:
    """The words of a number: "seven", "twenty-one", "three hundred forty-one".

    Raises ValueError for a number below 0 or above MAX_NUMBER.
    """
    if not 0 <= number <= MAX_NUMBER:
        raise ValueError(f"{number} is not written in words: only 0 to {MAX_NUMBER} are")
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    return f"{UNIT_WORDS[hundreds]} hundred" + (f" {_below_hundred(rest)}" if rest else "")


def parse_count(text: str) -> int:
    """The number of "34", "two", "Twenty-one" or "one hundred and five". Raises KeyError for anything else."""
    words = text.lower()
    if words.isdecimal():
        return int(words)
    hundreds, has_hundreds, rest = words.rpartition(" hundred")
    if not has_hundreds:
        return _BELOW_HUNDRED[words]
    if hundreds not in UNIT_WORDS[1:10] or (rest and rest[0] != " "):
        raise KeyError(text)
    below = rest.removeprefix(" and").removeprefix(" ")
    return 100 * _BELOW_HUNDRED[hundreds] + (_BELOW_HUNDRED[below] if rest else 0)
