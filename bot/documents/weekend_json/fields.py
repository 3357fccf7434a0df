"""A saved JSON file as objects with the line each begins on, whose fields may all be missing, null or of another type.

Only the outer levels are walked by hand, for their lines; what lies in them the decoder of Python reads at once.
"""

import json
import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from json import JSONDecoder

from bot.documents.model import Document
from bot.documents.text.document_line import DocumentLine

__all__ = ["WeekendObject", "read_objects"]

MAX_ITEMS = 5_000  # of one list; the longest race has 600 laps, and pit stops of 40 cars come to 400
MAX_TEXT_LENGTH = 2_000  # characters of one value; comments on a race have some hundred
MAX_NUMBER, MAX_NUMBER_LENGTH = 1e9, 20  # what a field may hold, and the characters of one that is text
_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class WeekendObject:
    """An object of the file: its line, its fields, and the objects of those of its fields that are lists of them."""

    line: int
    values: dict[str, object]
    lists: dict[str, tuple["WeekendObject", ...]]

    def text(self, name: str) -> str | None:
        """A field as text without blanks around it; None where it is missing, empty or no text."""
        value = self.values.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        text = " ".join(value.split()) if isinstance(value, str) and len(value) <= MAX_TEXT_LENGTH else ""
        return text if text.isprintable() and text else None

    def number(self, name: str) -> float | None:
        """A field as a number that is not negative; None where it is none."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        try:
            number = float(value.replace(",", "")[:MAX_NUMBER_LENGTH]) if isinstance(value, str) else float(value)
        except (ValueError, OverflowError):
            return None
        return number if math.isfinite(number) and 0 <= number < MAX_NUMBER else None

    def count(self, name: str) -> int | None:
        """A field as a whole number that is not negative; None where it is none."""
        number = self.number(name)
        return int(number) if number is not None and number == int(number) else None

    def objects(self, name: str) -> tuple["WeekendObject", ...]:
        """The objects of a field that is a list of them."""
        return self.lists.get(name, ())


def read_objects(document: Document) -> tuple[WeekendObject, ...]:
    """The object the file is, or those of the list it is.

    Raises BadDocument where the text is no JSON, is nested too deeply, or has a list of too many items.
    """
    reader = _JsonReader(document)
    try:
        return tuple(item for _, item in reader.items(0, 0) if isinstance(item, WeekendObject))
    except json.JSONDecodeError as error:
        raise DocumentLine(document, min(error.lineno, len(document.lines))).error(
            f"this is no whole JSON file ({error.msg}); save it again"
        ) from error
    except RecursionError as error:
        raise DocumentLine(document, 1).error("this JSON file is nested too deeply for a race weekend") from error
    except ValueError as error:  # a number of thousands of digits
        raise DocumentLine(document, 1).error("this JSON file has a number that is none") from error


class _JsonReader:
    """Walks the outer levels of a file: lists of objects, and their fields."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = "\n".join(document.lines)
        self._line_starts = list(accumulate((len(line) + 1 for line in document.lines), initial=0))
        self._decoder = JSONDecoder(parse_constant=lambda _: None)

    def items(self, place: int, depth: int) -> Iterator[tuple[int, object]]:
        """(place behind it, item) of the list that begins here; the one item where none does."""
        place = self._skip(place)
        if self.text[place : place + 1] != "[":
            end, item = self._item(place, depth)
            if depth == 0 and self._skip(end) != len(self.text):
                raise json.JSONDecodeError("something follows its end", self.text, self._skip(end))
            yield end, item
            return
        place = self._skip(place + 1)
        for number in range(MAX_ITEMS + 1):
            if self.text[place : place + 1] == "]":
                yield place + 1, None
                return
            if number == MAX_ITEMS:
                raise DocumentLine(self.document, self._line(place)).error(f"more than {MAX_ITEMS:,} items in one list")
            end, item = self._item(place, depth)
            yield end, item
            place = self._next(end, "]")

    def _item(self, place: int, depth: int) -> tuple[int, object]:
        """(place behind it, value): an object of the outer levels with its line, any other value as it is."""
        if self.text[place : place + 1] != "{" or depth > MAX_DEPTH:
            value, end = self._decoder.raw_decode(self.text, place)
            return end, value
        line, values, lists = self._line(place), dict[str, object](), dict[str, tuple[WeekendObject, ...]]()
        place = self._skip(place + 1)
        while self.text[place : place + 1] != "}":
            name, end = self._decoder.raw_decode(self.text, place)
            place = self._skip(end)
            if not isinstance(name, str) or self.text[place : place + 1] != ":":
                raise json.JSONDecodeError("a name and a colon are expected", self.text, place)
            place = self._skip(place + 1)
            if self.text[place : place + 1] in {"[", "{"}:
                found = list(self.items(place, depth + 1))
                end = found[-1][0]
                lists[name] = tuple(item for _, item in found if isinstance(item, WeekendObject))
            else:
                values[name], end = self._decoder.raw_decode(self.text, place)
            place = self._next(end, "}")
        return place + 1, WeekendObject(line, values, lists)

    def _next(self, place: int, closing: str) -> int:
        """Where the next item or field begins, or the bracket that closes them stands."""
        place = self._skip(place)
        if self.text[place : place + 1] == ",":
            place = self._skip(place + 1)
            if self.text[place : place + 1] == closing:
                raise json.JSONDecodeError("a comma before the end", self.text, place)
            return place
        if self.text[place : place + 1] != closing:
            raise json.JSONDecodeError(f"a comma or {closing} is expected", self.text, place)
        return place

    def _skip(self, place: int) -> int:
        while place < len(self.text) and self.text[place] in _SPACE:
            place += 1
        return place

    def _line(self, place: int) -> int:
        return min(bisect_right(self._line_starts, place), len(self.document.lines))


MAX_DEPTH = 4  # weekend, race, stage, row: what lies deeper has no line of its own


def field_names(item: WeekendObject, known: Sequence[str]) -> tuple[str, ...]:
    """The fields of an object that are not `known` and hold something."""
    told = [*(name for name, value in item.values.items() if value not in (None, "", 0, False)), *item.lists]
    return tuple(name for name in told if name not in known)
