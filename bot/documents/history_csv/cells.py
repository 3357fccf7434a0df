"""The cells of a history: the name, count or measure that a text gives, worked out once for each different text."""

import csv
import re

__all__ = ["NOTHING", "Counts", "Measures", "Names", "Texts", "loose_row", "one_row"]

NOTHING = frozenset({"", "NA", "-"})  # what the sport's statisticians write where they know nothing
LONGEST_CELL = 200  # characters; the longest name of a race has 64
LARGEST_COUNT = 1_000_000  # the points of 1967 went to 6,500 a race
_COUNT = re.compile(r"([0-9]{1,7})(?:\.0*)?")
# Letters that names of the sport have beside the plain ones: accented ones, dashes, curly quotes, a trade mark.
_OF_NAMES = re.compile("[\\x00-\\x7f\\u00c0-\\u017f\\u2010-\\u2026\\u2122]*")


class Texts(dict[str, str | None]):
    """Cell -> the text it gives, None for nothing; worked out once."""

    def __missing__(self, cell: str) -> str | None:
        text = self[cell] = None if cell.strip() in NOTHING else _clean(cell)
        return text


class Names(dict[str, str]):
    """Cell -> the name it gives, which has to be there."""

    def __missing__(self, cell: str) -> str:
        if cell.strip() in NOTHING:
            raise ValueError("this row lacks the name of the driver, the track or the race")
        name = self[cell] = _clean(cell)
        return name


class Counts(dict[str, int | None]):
    """Cell -> the whole number it gives, None for nothing."""

    def __missing__(self, cell: str) -> int | None:
        told = cell.strip()
        count = None if told in NOTHING else _count(told)
        self[cell] = count
        return count


class Measures(dict[str, float | None]):
    """Cell -> the length or the rating it gives, None for nothing."""

    def __missing__(self, cell: str) -> float | None:
        measure = self[cell] = _measure(cell)
        return measure


def one_row(line: str) -> list[str]:
    """The cells of one line. Raises ValueError where its quotes do not close."""
    try:
        rows = list(csv.reader([line], strict=True))
    except csv.Error as error:
        raise ValueError(f"the quotes of this row do not close as they should ({error})") from error
    return rows[0] if rows else []


def loose_row(line: str) -> list[str]:
    """The cells of one line, whatever its quotes do; none where the line cannot be taken apart."""
    try:
        return next(csv.reader([line]), [])
    except csv.Error:  # a cell of more than 131,072 characters
        return []


def _clean(cell: str) -> str:
    """The text of a cell: one space between words, and letters that were read in the wrong alphabet put right."""
    text = " ".join(cell.split())
    if not text.isascii():
        text = _mended(text)
    if not text.isprintable():
        unseen = next(letter for letter in text if not letter.isprintable())
        raise ValueError(f"a character that cannot be seen (U+{ord(unseen):04X}); type the cell again")
    if len(text) > LONGEST_CELL:
        raise ValueError(f"a cell of {len(text):,} characters; at most {LONGEST_CELL} are read")
    return text


def _mended(text: str) -> str:
    """UTF-8 that somebody read as Windows-1252 ("Oâ€™Reilly") as it was meant; any other text as it is.

    So is a text whose letters only happen to be such bytes: "CAFÉ’s" would become "CAFɒs".
    """
    try:
        meant = text.encode("cp1252").decode()
    except UnicodeError:
        return text
    return meant if _OF_NAMES.fullmatch(meant) else text


def _count(told: str) -> int:
    found = _COUNT.fullmatch(told)
    if found is None or int(found[1]) > LARGEST_COUNT:
        raise ValueError(f"“{told[:40]}” is no count; write a whole number, or NA where nobody knows")
    return int(found[1])


def _measure(told: str) -> float | None:
    """A length or a rating: not below nothing."""
    told = told.strip()
    if told in NOTHING:
        return None
    try:
        measure = float(told)
    except ValueError as error:
        raise ValueError(f"“{told[:40]}” is no number; write NA where nobody knows") from error
    if not 0 <= measure < LARGEST_COUNT:
        raise ValueError(f"{told[:40]} is out of bounds for a length or a rating")
    return measure
