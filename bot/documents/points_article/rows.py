"""One row of a points list as people write it: place, name, marks and numbers, each by itself.

"1. x-Kyle Larson*, Hendrick Motorsports - 2,117 points" is place 1, name "Kyle Larson", marks "x-" and "*", and one
number, 2,117, that the row itself calls points. What a number without a word is, only the whole list can tell.
"""

import re
from dataclasses import dataclass

from bot.documents.points_article.words import GAP_WORDS, MAKES, OTHER_NUMBERS, TEAM_WORDS
from bot.language.patterns import Pattern

__all__ = ["ListNumber", "ListRow", "parse_row"]

MAX_ROW_LENGTH = 240  # characters; the longest row of the known lists has 96
FEWEST_PROSE_WORDS = 10  # small words of a line without a place; the longest row of the known lists has seven
MAX_MOVES = 2
MAX_NUMBERS = 20  # of one row; a row with all of a season's columns has 14
_BULLET = Pattern(r"[\s|•·‣▪●]*(?:[-–—*](?=\s))?[\s|]*")
_RANK = Pattern(
    r"(?:[Nn]o\.\s?|P(?=[0-9])|[T=]-?(?=[0-9])|\((?=[0-9]{1,2}\))|\[(?=[0-9]{1,2}\]))?(?P<rank>[0-9]{1,3})(?:st|nd|rd|th|=|T(?![a-z]))?"
    r"(?:\s?[.):\]](?=[\s#A-Za-z*(\[])|,\s?(?=[A-Za-z#\"*(])|\s?[-–—]\s(?=\D)|\s*\|\s*|\s+)\s*"
)
_RANK_BEFORE = Pattern(
    r"(?:\(tied?\)|\([-+]?[0-9]{1,2}\)|[↑↓▲▼]\s?[0-9]{0,2}|[-+][0-9]{1,2}(?=\s)|[-–—=](?=\s?\|))\s*|\|\s*"
)
_MARK_BEFORE = Pattern(r"(?:[a-z]{1,2}-(?=[A-Z])|[*#^†‡~+]{1,3}(?=\s?[A-Z])|\((?:[A-Za-z]|[0-9])\)(?=\s?[A-Z]))\s?")
_CAR = Pattern(
    r"(?:[Nn]o\.\s?|#)(?P<car>[0-9]{1,3}(?:[A-Za-z](?![A-Za-z]))?)(?:\s?[-–—]\s?|\s?[:,|]\s?|\s*)(?=[A-Za-z0-9])"
)
_BARE_CAR = Pattern(r"(?P<car>[0-9]{1,2})(?:\s?[-–—|,]\s?|\s+)(?=[A-Z0-9*][A-Za-z.*])")
_NAME_END = Pattern(
    r",(?!\s?(?:Jr|Sr|II|III|IV)\b)|\s[-–—]|[–—]|-(?=\$?[0-9])|\s?[:|;(\[*#^†‡~=\t…]|\s{2}|\.{2}|\s(?=[-+−]?\$?[0-9])|,?\s(?=[xyz]$)|$"
)
_NAME = Pattern(
    r"(?:[0-9]{1,2}(?=[A-Z]))?[^\W\d_](?:[^\W\d_]|['’.&/-](?=\S|$)|\.(?=\s)|,(?=\s[JSI])|\s(?=\S)){1,44}\.?", re.UNICODE
)
_MARK_BEHIND = Pattern(
    r"\s?(?:[*#^†‡~]{1,3}|\((?:[A-Za-z]{1,2}|[0-9]{1,2}(?:\s[a-z]{3,5})?)\)|\[(?=[^\]\[]{0,20}[a-z])[^\]\[]{1,20}\]|-?[xyz](?=[\s,:|]|$))"
)
_NUMBER = Pattern(
    r"(?P<sign>[-+−–])?(?P<money>\$)?(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,9})(?P<fraction>\.[0-9]+)?"
)
_LABEL = Pattern(r"[\s\-–]?(?P<word>[A-Za-z][A-Za-z'’-]{0,14})")
_NAME_WORD = Pattern(r"[A-Z]{1,3}(?![A-Za-z])")  # right behind a figure: "23XI Racing"
_TIE = Pattern(r"(?P<before>\s{0,12}(?:[Nn]o\.\s?)?[0-9]{1,3}[.)]?)\s?\((?:tie|tied|t)\)[.,:]?(?=\s)", re.IGNORECASE)
_LAST_FIRST = Pattern(
    r",\s(?P<first>[A-Z][\w'’.-]{1,14}(?:\s[A-Z][\w'’.-]{0,14})?)(?=\s?(?:[-–—,:;|]\s?)?\s[0-9]|[,:;|]\s?[0-9]|\s*\()"
)
_CAR_BEHIND = Pattern(r"\s?(?P<car>[0-9]{1,3}[A-Za-z]?)(?![0-9A-Za-z])")
_POINTS_LABELS = frozenset({"points", "point", "pts", "pt"})


@dataclass(frozen=True, slots=True)
class ListNumber:
    """A number of a row. `label` is "points", "gap", "other" or "" where no word says what it counts."""

    value: int
    label: str
    signed: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row; `rank` is the number before the name, a place or a car as the list will tell."""

    line: int
    text: str
    rank: int | None
    name: str
    marks: tuple[str, ...]
    car: str | None
    numbers: tuple[ListNumber, ...]


def parse_row(line: int, text: str) -> ListRow | None:
    """The row that a line of a list may be; None where no name stands where a row has one. It may have no numbers."""
    if len(text) > MAX_ROW_LENGTH or (_RANK.match(text, _end(_BULLET.match(text), 0)) is None and _is_prose(text)):
        return None
    written, text = text, text.replace("**", "").replace("__", "")  # bold in the text of forums
    tie = _TIE.match(text)
    text = f"{tie['before'].rstrip('.)')}.{text[tie.end() :]}" if tie else text
    place = _end(_BULLET.match(text), 0)
    rank_match = _RANK.match(text, place)
    rank, marks, car = None, [], None
    if rank_match:
        rank, place = int(rank_match["rank"]), rank_match.end()
        for _ in range(MAX_MOVES):  # a move and the bar behind it
            place = _end(_RANK_BEFORE.match(text, place), place)
    while (mark := _MARK_BEFORE.match(text, place)) is not None:
        marks.append(mark[0].strip())
        place = mark.end()
    car_match = _CAR.match(text, place) or (_BARE_CAR.match(text, place) if rank is not None else None)
    if car_match:
        car, place = car_match["car"], car_match.end()
    name, car_behind, place = _name_at(text, place)
    if not name:
        return None
    while (mark := _MARK_BEHIND.match(text, place)) is not None and mark.end() > place:
        marks.append(mark[0].strip())
        place = mark.end()
    numbers = _numbers(text[place:]) or _numbers(marks.pop() if marks and marks[-1].startswith("(") else "")
    return ListRow(line, written, rank, name, tuple(marks), car or car_behind, numbers)


def _name_at(text: str, start: int) -> tuple[str, str | None, int]:
    """The name that begins here as people say it, a car number told behind it, and where they end; "" for no name."""
    end = _NAME_END.search(text, start)
    place = end.start() if end else len(text)
    name = text[start:place].strip()
    if not _NAME.fullmatch(name) or not name.strip(".")[:1].isalnum():
        return "", None, start
    car = _CAR_BEHIND.match(text, place) if name.endswith(" No.") else None
    if car:  # "JR Motorsports No. 9"
        return name.removesuffix(" No."), car["car"], car.end()
    inverted = _LAST_FIRST.match(text, place) if " " not in name and name.lower() not in MAKES else None
    if inverted and not {word.lower() for word in inverted["first"].split()} & (MAKES | TEAM_WORDS):
        return f"{inverted['first']} {name}", None, inverted.end()
    return name, None, place


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence: "Falk, who started ninth, was third and ..."."""
    return sum(word.isalpha() and word.islower() for word in text.split()) >= FEWEST_PROSE_WORDS


def _end(match: re.Match[str] | None, otherwise: int) -> int:
    return match.end() if match else otherwise


def _numbers(text: str) -> tuple[ListNumber, ...]:
    """The whole numbers of the rest of a row, each with what the word beside it says that it counts."""
    numbers: list[ListNumber] = []
    for match in _NUMBER.finditer(text):
        before = text[match.start() - 1 : match.start()]
        is_decimal = before == "." and text[max(match.start() - 2, 0)] != "."  # dots may lead to the number
        if match["fraction"] or is_decimal or before.isalpha() or _NAME_WORD.match(text, match.end()):
            continue  # an average, or a figure of a word such as "23XI"
        if len(numbers) == MAX_NUMBERS:
            return ()
        value = int(match["digits"].replace(",", ""))
        sign = match["sign"] if match["sign"] and (not before or before in " (|\t,;:") else None
        label = "other" if match["money"] or sign == "+" else _label(text, match.end())
        numbers.append(ListNumber(value, label, sign not in {None, "+"}))
    return tuple(numbers)


def _label(text: str, place: int) -> str:
    word = _LABEL.match(text, place)
    if not word:
        return ""
    first = word["word"].lower()
    if first in _POINTS_LABELS:
        following = _LABEL.match(text, word.end())
        return "gap" if following and following["word"].lower() in GAP_WORDS else "points"
    if first in GAP_WORDS:
        return "gap"
    return "other" if first in OTHER_NUMBERS or first.startswith("top") else ""
