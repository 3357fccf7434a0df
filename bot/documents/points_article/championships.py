"""What a list says of a championship: which one, who is where, with how many points. Refused where it cannot be told.

A number counts as points where its row says so, or where it is the one column that falls from row to row as points do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.documents.model import StandingClaim
from bot.documents.points_article.lists import TextList
from bot.documents.points_article.rows import ListNumber, ListRow
from bot.documents.points_article.words import (
    MAKES,
    OTHER_LISTS,
    OWNER_WORDS,
    PART_WORDS,
    POINTS_WORDS,
    RACE_LISTS,
    TEAM_WORDS,
)
from bot.language.patterns import Pattern
from bot.language.sentences import sentences

__all__ = ["MAX_RACE_POINTS", "Championship", "championship_of", "names_standings", "read_points"]

MIN_ROWS, MIN_MAKES = 3, 2  # rows that make a table under words such as "standings"; there may be two makes
MIN_UNNAMED_ROWS = 10  # rows that make a table without such words: a top five is a remark in a story
MAX_FIRST_PLACE = 40  # of a list that goes on from another column or page
MAX_RACE_POINTS = 200  # of one race; the most since 1975 are 195 and 61
MAX_POINTS = 9_999  # of a season; money and attendance have more digits
MOST_UNREADABLE = 0.2  # share of rows without points among those with them ("WIN" instead of a number)
MOST_OUT_OF_ORDER = 0.1  # share of rows that may have more points than the one above: penalties, playoffs
_PARTICLES = frozenset(
    {"van", "von", "de", "der", "den", "del", "di", "da", "la", "le", "jr", "jr.", "sr", "sr.", "&", "and", "of"}
)
_ROOKIE_MARKS = frozenset({"#", "(R)", "(r)"})
_COLUMN_GAP = Pattern(r"\S {2,}(?=\S)")  # between columns that are set with spaces
_TIE = Pattern(r"\btied?\b|^\s*T-?[0-9]|^\s*=", re.IGNORECASE)
_BETWEEN_NAMES = Pattern(r",? and |, ")
_LAST_WORDS = Pattern(r"[a-z][a-z'’-]*")


@dataclass(frozen=True, slots=True)
class Championship:
    """The rows of one table as claims, and the rows of it that say no points, as they are written."""

    championship: str
    claims: tuple[StandingClaim, ...]
    unread: tuple[ListRow, ...]


def names_standings(text: str) -> bool | None:
    """Whether words over a list announce a championship; None where they say nothing of it either way."""
    told = sentences(text)
    last = (told[-1] if told else text).lower().replace("’", "'")
    words = set(_LAST_WORDS.findall(last))
    if "|" in text or "\t" in text or len(_COLUMN_GAP.findall(text)) > 1:  # the head of a table, a count a column
        return False if "laps" in words else bool(words & {"points", "pts"}) or None
    if any(other in last for other in OTHER_LISTS) or (words & PART_WORDS and "standings" not in words):
        return False
    points_end = max((last.rfind(word) for word in POINTS_WORDS), default=-1)
    race_end = max((last.rfind(word) for word in RACE_LISTS), default=-1)
    if "laps" in last.split() and len(last.split()) <= 12:
        return False  # the head of a table of results: "Pos Driver Car Laps Points"
    if points_end < 0 and race_end < 0:
        return None
    return points_end >= race_end


def championship_of(found: TextList, title: str) -> str | None:
    """Which championship a list is of: "drivers", "manufacturers" or "owners"; None where it is of none.

    `title` is the first line of the text, which counts where nothing nearer says it.
    """
    told = next((said for text in (*found.headings, title) if (said := names_standings(text)) is not None), None)
    if not told and (told is False or not _says_points(found.rows)):
        return None
    names = [row.name.lower() for row in found.rows]
    if 2 * sum(bool(row.numbers) for row in found.rows) < len(names):
        return None  # names alone: who is where, and no points
    if all(name in MAKES for name in names):
        return "manufacturers" if len(names) >= MIN_MAKES else None
    if len(names) < MIN_ROWS or not all(_is_name(row.name) for row in found.rows):
        return None
    return "owners" if _says_owners((*found.headings[:1], title)) else "drivers"


def _says_points(rows: Sequence[ListRow]) -> bool:
    """Whether the rows themselves are about a championship, with no words above: "2,117 points", and nothing else.

    Points of one race look alike: a leader has more than a race gives.
    """
    values = [number.value for row in rows for number in row.numbers if number.label == "points"]
    others = [number for row in rows for number in row.numbers if not number.label and not number.signed]
    return 2 * len(values) > len(rows) and not others and max(values, default=0) > MAX_RACE_POINTS


def _says_owners(headings: Sequence[str]) -> bool:
    for heading in headings:
        words = set(_LAST_WORDS.findall(heading.lower()))
        if words & {"driver", "drivers", "driver's", "drivers'"}:
            return False
        if words & set(OWNER_WORDS):
            return True
    return False


def _is_name(name: str) -> bool:
    """Whether each word has a capital, or is one that names have small; and there are not more than names have."""
    words = name.split()
    return len(words) <= 6 and all(
        word[0].isupper() or word[0].isdigit() or word.lower().strip(",") in _PARTICLES for word in words
    )


def read_points(found: TextList, championship: str) -> Championship:
    """The table that a list is. Raises ValueError with all that keeps it from being one, a reason for each row."""
    rows = [one for row in found.rows for one in _tied_rows(row)] if championship == "drivers" else found.rows
    places = _are_places(rows)
    is_ranked = places is True
    points = _points(rows)
    unread = tuple(row for row, value in zip(rows, points, strict=True) if value is None)
    faults = [*_name_faults(rows, championship), *_points_faults(rows, points, is_ranked=is_ranked)]
    if places is None:
        faults.append(f"line {rows[0].line}: the numbers before the names may be places or cars")
    if faults:
        raise ValueError("; ".join(faults))
    claims = tuple(
        _claim(championship, row, number, value, points[0], is_ranked=is_ranked)
        for number, (row, value) in enumerate(zip(rows, points, strict=True), 1)
        if value is not None
    )
    return Championship(championship, claims, unread)


def _tied_rows(row: ListRow) -> tuple[ListRow, ...]:
    """A row for each driver of one that says a tie: "3. (tie) Rall and Tamm, 2,054"."""
    names = _BETWEEN_NAMES.split(row.name)
    is_tie = len(names) > 1 and _TIE.search(row.text) is not None and all(" " in name for name in names)
    return tuple(replace(row, name=name) for name in names) if is_tie else (row,)


def _points_faults(rows: Sequence[ListRow], points: Sequence[int | None], *, is_ranked: bool) -> Iterator[str]:
    """Rows of which nobody can say the points, if they are many; and an order that is neither told nor that of points.

    A list with places may leave out the points of those who have won ("Hamlin - WIN").
    """
    read = [value for value in points if value is not None]
    unread = [row for row, value in zip(rows, points, strict=True) if value is None]
    if not read or (len(unread) > max(1, MOST_UNREADABLE * len(rows)) and not (is_ranked and len(read) >= MIN_ROWS)):
        for row in unread:
            yield f"line {row.line}: “{row.text.strip()[:60]}” does not say which number is its points"
    elif not is_ranked and not _falls(read):
        yield f"line {rows[0].line}: the rows have no places, and they do not stand in the order of their points"


def _claim(
    championship: str, row: ListRow, number: int, points: int, leader: int | None, *, is_ranked: bool
) -> StandingClaim:
    """The claim of a row; its gap only where it is what the leader's points and its own come to."""
    told_gap = next((number.value for number in row.numbers if number.label == "gap" or number.signed), None)
    numbers = [number.value for number in row.numbers if number.label != "other"]
    true_gap = leader - points if leader is not None else None
    is_told = told_gap == true_gap or (true_gap in numbers[1:] and true_gap)
    rookie = any(mark in _ROOKIE_MARKS for mark in row.marks)
    car = row.car or (str(row.rank) if row.rank is not None and not is_ranked else None)
    position = row.rank if is_ranked and row.rank is not None else number
    marks = " ".join(mark for mark in row.marks if mark not in _ROOKIE_MARKS) or None
    gap = true_gap if is_told and true_gap is not None and true_gap >= 0 else None
    return StandingClaim(row.line, championship, position, row.name, points, gap, rookie=rookie, car=car, marks=marks)


def _are_places(rows: Sequence[ListRow]) -> bool | None:
    """Whether the numbers before the names are places; False for cars, None where there are none, or nobody can tell.

    Places never fall, and rise by one but for ties and cuts; or a car stands behind them. Cars are all different, and
    in no order.
    """
    told = [row.rank for row in rows if row.rank is not None]
    if not told:
        return False
    rises = [later - earlier for earlier, later in pairwise(told)]
    is_rising = len(told) == len(rows) and all(rise >= 0 for rise in rises)
    are_shared = all(later in {earlier, told[0] + at} for at, (earlier, later) in enumerate(pairwise(told), 1))
    is_counting = are_shared or 2 * sum(rise == 1 for rise in rises) >= len(rises)
    if is_rising and (all(row.car for row in rows) or is_counting):
        return told[0] <= MAX_FIRST_PLACE or None
    is_car = len(set(told)) == len(rows) and not is_rising and not any(row.car for row in rows)
    return False if is_car else None


def _points(rows: Sequence[ListRow]) -> list[int | None]:
    """The points of each row; None for a row that does not say them."""
    labelled = [next((number.value for number in row.numbers if number.label == "points"), None) for row in rows]
    plain = [_plain(row) for row in rows]
    told = sum(value is not None for value in labelled)
    if labelled[0] is not None or 2 * told >= len(rows) or (told and not any(plain)):
        return _with_gaps(labelled, plain)
    unsigned = [[number.value for number in numbers if not number.signed] for numbers in plain]
    column = _points_column([values for values in unsigned if values])
    if column is None:
        return [None] * len(rows)
    points: list[int | None] = [values[column] if len(values) > column else None for values in unsigned]
    return _with_gaps(points, plain)


def _plain(row: ListRow) -> list[ListNumber]:
    """The numbers of a row that no word explains."""
    return [number for number in row.numbers if not number.label and number.value <= MAX_POINTS]


def _with_gaps(points: list[int | None], numbers: Sequence[Sequence[ListNumber]]) -> list[int | None]:
    """The points with those of rows that only say how far behind they are: 2,977 and -232 are 2,745."""
    leader = points[0]
    if leader is None or any(value is not None for value in points[1:]):
        return points
    gaps = [next((one.value for one in row if one.signed), None) for row in numbers[1:]]
    known = [gap for gap in gaps if gap is not None]
    if known != sorted(known) or any(gap > leader for gap in known):
        return points
    return [leader, *(leader - gap if gap is not None else None for gap in gaps)]


def _points_column(rows: Sequence[Sequence[int]]) -> int | None:
    """The column of numbers that are points: it falls from row to row, and no other that does has more in it."""
    if not rows:
        return None
    width = min(len(values) for values in rows)
    if max(len(values) for values in rows) == 1:
        return 0
    falling = [column for column in range(width) if _falls([values[column] for values in rows])]
    if len(falling) == 1:
        return falling[0] if _leads(rows, falling[0]) or len(rows) > MIN_ROWS else None
    return next((column for column in falling if _leads(rows, column)), None)


def _falls(values: Sequence[int]) -> bool:
    steps = [later <= earlier for earlier, later in pairwise(values)]
    return sum(not step for step in steps) <= MOST_OUT_OF_ORDER * len(values) and values[0] == max(values)


def _leads(rows: Sequence[Sequence[int]], column: int) -> bool:
    return all(
        values[column] >= max(value for place, value in enumerate(values) if place != column)
        for values in rows
        if len(values) > 1
    )


def _name_faults(rows: Sequence[ListRow], championship: str) -> Iterator[str]:
    """What is wrong with the names: a driver in the list twice, or one whose team cannot be told from the name."""
    line_by_name: dict[str, int] = {}
    for row in rows:
        words = set(re.findall(r"[a-z]+", row.name.lower()))
        if championship == "drivers" and words & (TEAM_WORDS | MAKES) - {"ford", "nash", "brothers"}:
            yield f"line {row.line}: where the name ends and the team begins cannot be told in “{row.name}”"
        elif championship == "drivers" and "and" in words:
            yield f"line {row.line}: “{row.name}” are two drivers; give each a line"
        elif championship != "owners" and row.name.lower() in line_by_name:
            yield f"line {row.line}: {row.name} stands in line {line_by_name[row.name.lower()]} too"
        line_by_name.setdefault(row.name.lower(), row.line)
