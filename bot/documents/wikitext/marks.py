"""Marks that stand for what has no character of its own, from the source of a page to the words it shows.

They are private characters, which no page may hold itself: the chunker takes those out. Between them stands what a
superscript, a fraction or a flag shows; only where the words are put on one line is it known what that belongs to.
"""

import re

from bot.language.patterns import Pattern

__all__ = [
    "FLAG_END",
    "FLAG_START",
    "FRACTION_START",
    "HIDDEN_LINE",
    "LINE_BREAK",
    "STRAY_BRACKET",
    "SUPERSCRIPT_END",
    "SUPERSCRIPT_START",
    "count_lines",
    "without_marks",
]

HIDDEN_LINE = "\ue000"  # a line end inside something that was taken out: it counts as a line and shows as nothing
LINE_BREAK = "\ue001"  # a <br>, or the bullet of a list inside a cell or a template
STRAY_BRACKET = (
    "\ue002"  # a bracket without its other half: it shows nothing, and keeps what follows from opening a line
)
FRACTION_START = "\ue003"  # before a fraction: "1" and {{frac|1|3}} are 1+1/3, never 11/3
SUPERSCRIPT_START, SUPERSCRIPT_END = "\ue004", "\ue005"
FLAG_START, FLAG_END = "\ue006", "\ue007"  # around the name of a country that stands for its flag

_MIXED_NUMBER = Pattern(rf"(?<=[0-9])[ \u00a0]?{FRACTION_START}")
_SUPERSCRIPT = Pattern(rf"{SUPERSCRIPT_START}([^{SUPERSCRIPT_START}{SUPERSCRIPT_END}]*){SUPERSCRIPT_END}")
_FLAG = Pattern(rf"{FLAG_START}[^{FLAG_START}{FLAG_END}]*{FLAG_END}")
_OTHER_MARK = Pattern(rf"[{FRACTION_START}{SUPERSCRIPT_START}{SUPERSCRIPT_END}{FLAG_START}{FLAG_END}]")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_POWER_UNITS = ("km", "mi", "ft", " m", "yd")  # "km" and a raised 2 are an area, not a note
_LETTER_MARK = Pattern(r"\(?([A-Za-z]{1,3})\)?")
_FRACTION_BARS = "/⁄"


def count_lines(text: str) -> int:
    """How many line ends of the page a piece of its text has, seen or not."""
    return text.count("\n") + text.count(HIDDEN_LINE)


def without_marks(text: str) -> str:
    """The words with fractions joined to their whole numbers, and superscripts and flags as far as they say something.

    A superscript glued to a word or number is a note and goes ("2" with a raised 1 is 2, not 21); the ending of an
    ordinal stays, and letters become a mark in brackets. A flag stays only where there is nothing else.
    """
    joined = _SUPERSCRIPT.sub(_superscript_text, _MIXED_NUMBER.sub("+", text))
    without_flags = _FLAG.sub("", joined)
    return _OTHER_MARK.sub("", without_flags if _OTHER_MARK.sub("", without_flags).strip() else joined)


def _superscript_text(found: re.Match[str]) -> str:
    raised = found[1].strip()
    before, after = found.string[max(found.start() - 3, 0) : found.start()], found.string[found.end() : found.end() + 1]
    if raised.isdigit() and after in _FRACTION_BARS and after:
        return f"+{raised}" if before[-1:].isdigit() else raised
    if raised.lower() in _ORDINAL_ENDINGS or not before.strip():
        return raised
    if before.lower().endswith(_POWER_UNITS) and raised in {"2", "3"}:
        return raised
    letters = _LETTER_MARK.fullmatch(raised)
    return f" ({letters[1]})" if letters else ""
