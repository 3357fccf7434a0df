"""Width of a text in letters, for a font in which all letters are equally wide."""

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["OTHER_WIDTHS", "text_width", "widest"]

# Letters beyond Latin ones, dashes and quotes: those have a width of 1, these may have another.
OTHER_WIDTHS = re.compile("[^\0-\u02ff\u2010-\u2027]")


def text_width(text: str) -> int:
    """The width of `text` in letters: two for each wide East Asian one, none for marks set above another."""
    if not OTHER_WIDTHS.search(text):  # a table has hundreds of cells, and nearly all are so
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if not unicodedata.combining(c))


def widest(cells: Sequence[str]) -> int:
    """The width of the widest of some texts; 0 for none."""
    return max(map(text_width if OTHER_WIDTHS.search("".join(cells)) else len, cells), default=0)
