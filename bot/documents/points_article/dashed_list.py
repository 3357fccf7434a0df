"""Lists that have lost their places and line breaks: "Martin Truex Jr. - 576 William Byron - 558 ...".

The order is the document's; a `#` or "(R)" behind a name marks a rookie.
"""

import re

from bot.documents.model import Document, StandingClaim
from bot.documents.points_article.championships import MIN_UNNAMED_ROWS, Championship
from bot.documents.recap.dates import without_date
from bot.documents.text.english import NAME
from bot.language.patterns import Pattern

__all__ = ["dashed_list"]

_DIGIT = Pattern("[0-9]")
_ROW = Pattern(
    rf"(?:(?<!\S)[0-9]{{1,2}}[.)]\s)?(?P<name>{NAME})(?P<rookie>\s?#|\s\(R\))?(?P<mark>\s\([A-Z]\)|\*)?\s?(?:\s[-–—]|:)\s"
    r"(?P<points>[0-9]{1,3}(?:,[0-9]{3})|[0-9]{1,4})(?![0-9:.])(?:\s(?:points|pts\.?))?(?:\s\(-?(?P<gap>[0-9]{1,4})\))?(?=\s|$)"
)


def dashed_list(document: Document) -> Championship | None:
    """The drivers' table of lines that hold nothing but such rows, ten at least, in the order of points; else None."""
    rows: list[tuple[int, re.Match[str]]] = []
    for number, text in enumerate(document.lines, 1):
        if not _DIGIT.search(text):
            continue
        line = without_date(text)
        found = list(_ROW.finditer(line))
        if found and not _ROW.sub("", line).strip(" -*•,;"):
            rows += [(number, row) for row in found]
    points = [_points(row) for _, row in rows]
    if len(rows) < MIN_UNNAMED_ROWS or points != sorted(points, reverse=True):
        return None
    claims = tuple(
        StandingClaim(
            line, "drivers", place, row["name"], _points(row), int(row["gap"]) if row["gap"] else None,
            rookie=bool(row["rookie"]), marks=row["mark"].strip() if row["mark"] else None,
        )
        for place, (line, row) in enumerate(rows, 1)
    )  # fmt: skip
    return Championship("drivers", claims, ())


def _points(row: re.Match[str]) -> int:
    return int(row["points"].replace(",", ""))
