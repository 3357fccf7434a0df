"""The cells of a history: the name, count or measure that a text gives, worked out once for each different text."""

import csv

from bot.language.patterns import Pattern

__all__ = ["EMPTY_CELLS", "CountCache", "MeasureCache", "NameCache", "TextCache", "lenient_cells", "strict_cells"]

EMPTY_CELLS = frozenset({"", "NA", "-"})  # what the sport's statisticians write where they know nothing
MAX_CELL_LENGTH = 200  # characters; the longest name of a race has 64
MAX_COUNT = 1_000_000  # the points of 1967 went to 6,500 a race
_COUNT = Pattern(r"([0-9]{1,7})(?:\.0*)?")
# Letters that names of the sport have beside the plain ones: accented ones, dashes, curly quotes, a trade mark.
_NAME_CHARACTERS = Pattern("[\\x00-\\x7f\\u00c0-\\u017f\\u2010-\\u2026\\u2122]*")


class TextCache(dict[str, str | None]):
    """Cell -> the text it gives, None for nothing; worked out once."""

    def __missing__(self, cell: str) -> str | None:
        text = self[cell] = None if cell.strip() in EMPTY_CELLS else _clean(cell)
        return text


class NameCache(dict[str, str]):
    """Cell -> the name it gives, which has to be there."""

    def __missing__(self, cell: str) -> str:
        if cell.strip() in EMPTY_CELLS:
            raise ValueError("this row lacks the name of the driver, the track or the race")
        name = self[cell] = _clean(cell)
        return name


class CountCache(dict[str, int | None]):
    """Cell -> the whole number it gives, None for nothing."""

    def __missing__(self, cell: str) -> int | None:
        stripped_cell = cell.strip()
        count = None if stripped_cell in EMPTY_CELLS else _parse_count(stripped_cell)
        self[cell] = count
        return count


class MeasureCache(dict[str, float | None]):
    """Cell -> the length or the rating it gives, None for nothing."""

    def __missing__(self, cell: str) -> float | None:
        measure = self[cell] = _parse_measure(cell)
        return measure


def strict_cells(line: str) -> list[str]:
    """The cells of one line. Raises ValueError where its quotes do not close."""
    try:
        rows = list(csv.reader([line], strict=True))
    except csv.Error as error:
        raise ValueError(f"the quotes of this row do not close as they should ({error})") from error
    return rows[0] if rows else []


def lenient_cells(line: str) -> list[str]:
    """The cells of one line, whatever its quotes do; none where the line cannot be taken apart."""
    try:
        return next(csv.reader([line]), [])
    except csv.Error:  # a cell of more than 131,072 characters
        return []


def _clean(cell: str) -> str:
    """The text of a cell: one space between words, and letters that were read in the wrong alphabet put right."""
    text = " ".join(cell.split())
    if not text.isascii():
        text = _repair_encoding(text)
    if not text.isprintable():
        invisible_letter = next(letter for letter in text if not letter.isprintable())
        raise ValueError(f"a character that cannot be seen (U+{ord(invisible_letter):04X}); type the cell again")
    if len(text) > MAX_CELL_LENGTH:
        raise ValueError(f"a cell of {len(text):,} characters; at most {MAX_CELL_LENGTH} are read")
    return text


def _repair_encoding(text: str) -> str:
    """UTF-8 that somebody read as Windows-1252 ("Oâ€™Reilly") as it was meant; any other text as it is.

    So is a text whose letters only happen to be such bytes: "CAFÉ’s" would become "CAFɒs".
    """
    try:
        repaired_text = text.encode("cp1252").decode()
    except UnicodeError:
        return text
    return repaired_text if _NAME_CHARACTERS.fullmatch(repaired_text) else text


def _parse_count(text: str) -> int:
    found = _COUNT.fullmatch(text)
    if found is None or int(found[1]) > MAX_COUNT:
        raise ValueError(f"“{text[:40]}” is no count; write a whole number, or NA where nobody knows")
    return int(found[1])


def _parse_measure(text: str) -> float | None:
    """A length or a rating: not below nothing."""
    text = text.strip()
    if text in EMPTY_CELLS:
        return None
    try:
        measure = float(text)
    except ValueError as error:
        raise ValueError(f"“{text[:40]}” is no number; write NA where nobody knows") from error
    if not 0 <= measure < MAX_COUNT:
        raise ValueError(f"{text[:40]} is out of bounds for a length or a rating")
    return measure
