"""A race page copied out of a browser: tabs between cells, no marks before headings, the infobox as lines of cells.

Line by line it becomes the form of other race pages, so that every line keeps its number: rows of cells between bars,
marked headings, and the infobox as a list.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.documents.model import Document
from bot.documents.race_page.blocks import INFOBOX, MAX_HEADING_LENGTH, ListItem
from bot.documents.race_page.columns import column_key, stage_number
from bot.documents.race_page.facts import is_statistic
from bot.documents.race_page.headings import SectionMeaning, read_headings
from bot.language.patterns import Pattern

__all__ = ["is_browser_page", "names_columns", "with_bars"]

_EDIT = Pattern(r" ?\[ ?edit(?: source)?(?: ?\| ?edit(?: source)?)? ?\]$")
_BOX_START = Pattern(r"^(?:race details|race information)\b", 2)
_DESCRIPTION = Pattern(r"^(?:Race|Round) [0-9]{1,3} of [0-9]{1,3} (?:in|of) the ")
_HEADING = Pattern(r"^[A-Z0-9][^|:\t]*[^.,;:!?\s]$")
_TITLE = Pattern(r"^(?:19|20)[0-9]{2} [^\t=]{3,80}(?<![.:;,])$")
_COURSE_LENGTH = Pattern(r"^[0-9.]{1,6} ?(?:mi|miles?)\b")
# Headings of race pages that say nothing about a table.
_HEADINGS = frozenset({
    "report", "background", "media", "television", "radio", "race", "references", "external links", "see also", "notes",
    "first half", "second half", "race summary", "race statistics", "format", "first stage", "final stage", "post race",
    "penalties", "overtime", "summary", "aftermath", "race report",
})  # fmt: skip
# Lines of the box that begin a part of it, and what their keys are called in the infobox of other pages.
_BOX_PARTS: Mapping[str, Mapping[str, str]] = {
    "pole position": {"driver": "Pole Driver", "team": "Pole Team", "time": "Pole Time", "speed": "Pole Speed"},
    "most laps led": {"driver": "Most Driver", "team": "Most Team", "laps": "Most Laps"},
    "winner": {"driver": "First Driver", "team": "First Team", "car": "Car"},
    "television": {"network": "Network", "announcers": "Announcers"},
    "radio": {"radio": "Radio", "booth announcers": "Booth Ann", "turn announcers": "Turn Ann"},
}
_BOX_KEYS: Mapping[str, str] = {
    "date": "Fulldate", "location": "Location", "distance": "Distance Laps", "scheduled distance": "Scheduled Laps",
    "weather": "Weather", "average speed": "Avg", "attendance": "Attendance", "official name": "Full Name",
    "course length": "Course Mi",
}  # fmt: skip
_TAB = "\t"
MAX_BOX_LINES = 60  # lines of the page below its title that may be the box
MOST_VALUE_WORDS = 6  # of a value on a line of its own; what is longer and ends with a stop is a sentence
MIN_COLUMNS = 3  # of a table of drivers


def is_browser_page(document: Document) -> bool:
    """Whether lines of the page have tabs between cells, and one of them names the columns of a table of drivers."""
    return any("\t" in line and names_columns(line) for line in document.lines)


def names_columns(line: str) -> bool:
    """Whether a line of cells between tabs names the columns of a table of drivers."""
    keys = {column_key(cell) for cell in line.strip("\n").split("\t")[:MAX_BOX_LINES]}
    return {"position", "driver"} <= keys or ({"car", "driver"} <= keys and len(keys) >= MIN_COLUMNS)


def with_bars(document: Document) -> Document:
    """The page in the form of other race pages, line by line."""
    lines = list(document.lines)
    box = range(*_box_lines(lines))
    changed = [_changed_line(lines, number) for number in range(len(lines))]
    title = next((number for number, line in enumerate(lines[:MAX_BOX_LINES]) if line.strip()), 0)
    if lines and _TITLE.match(lines[title].strip()):
        changed[title] = f"= {lines[title].strip()} ="
    for number, text in zip(box, _box_items(lines[box.start : box.stop]), strict=True):
        changed[number] = text
    return replace(document, lines=tuple(changed))


def _box_lines(lines: Sequence[str]) -> tuple[int, int]:
    """The first line of the box and the one after its last; nothing where the page has none."""
    start = next((number for number, line in enumerate(lines[:MAX_BOX_LINES]) if _BOX_START.match(line.strip())), None)
    if start is None:
        return 0, 0
    for number, line in enumerate(lines[start + 1 : start + MAX_BOX_LINES], start + 1):
        text = line.strip()
        is_long = len(text) > MAX_HEADING_LENGTH or (text.endswith(".") and len(text.split()) > MOST_VALUE_WORDS)
        is_prose = "\t" not in text and is_long and not _DESCRIPTION.match(text)
        if is_prose or names_columns(line) or _EDIT.search(text):
            return start, _value_end(lines, start, number)
    return start, min(start + MAX_BOX_LINES, len(lines))


def _value_end(lines: Sequence[str], start: int, end: int) -> int:
    """Where a box ends whose text goes on at `end`: what has no cells there is a heading already."""
    while end > start + 1 and "\t" not in lines[end - 1] and not _DESCRIPTION.match(lines[end - 1].strip()):
        end -= 1
    return end


def _box_items(lines: Sequence[str]) -> Iterator[str]:
    """The lines of the box as a list under "Infobox"; what is no value is blank."""
    part: Mapping[str, str] = {}
    for number, line in enumerate(lines):
        cells = [cell.strip() for cell in line.split("\t")]
        key = cells[0].lower().strip(":")
        name = next((name for name in _BOX_PARTS if key.startswith(name)), None)
        part = _BOX_PARTS[name] if name and len(cells) == 1 else part
        yield INFOBOX if not number else _box_item(cells, key, part)


def _box_item(cells: Sequence[str], key: str, part: Mapping[str, str]) -> str:
    text = cells[0]
    if _DESCRIPTION.match(text):
        return f"- Description: {text}"
    first = text or "".join(cells[1:2])
    if _COURSE_LENGTH.match(first):
        return f"- Course Mi: {first}"
    if len(cells) < 2 or not cells[1]:
        return ""
    if key.startswith("no.") and part is _BOX_PARTS["winner"]:
        return f"- First Driver: {_TAB.join(cells)}"
    name = part.get(key) or _BOX_KEYS.get(key) or text.strip(":")
    return f"- {name}: {_TAB.join(cell for cell in cells[1:] if cell)}"


def _changed_line(lines: Sequence[str], number: int) -> str:
    """A line as other race pages write it."""
    line = lines[number]
    text = line.strip()
    if not text or _EDIT.fullmatch(text):
        return ""
    if "\t" in line.strip("\n\r "):
        cells = (cell.strip().replace("|", "/") for cell in line.split("\t"))
        return f"| {' | '.join(cells)} |"
    edit = _EDIT.search(text) if text.endswith("]") else None
    has_edit_below = number + 1 < len(lines) and _EDIT.fullmatch(lines[number + 1].strip()) is not None
    if edit or has_edit_below or _is_heading(text):
        heading = text[: edit.start()] if edit else text
        return f"==={heading}===" if _is_part(heading) else f"=={heading}=="
    if _is_band(lines, number):
        return f"| {text.replace('|', '/')} |"
    return f"- {text}" if ":" in text and is_statistic(ListItem(number, text)) else line


def _is_heading(text: str) -> bool:
    if len(text) > MAX_HEADING_LENGTH or not _HEADING.match(text) or stage_number(text):
        return False
    meaning = _meaning(text)
    is_known = " ".join(text.lower().replace("-", " ").split()) in _HEADINGS
    return is_known or meaning.kind is not None or meaning.event is not None


def _is_part(heading: str) -> bool:
    """Whether a heading is "Results" and no more: those of the heading above."""
    meaning = _meaning(heading)
    return meaning.kind == "race" and not meaning.is_sure and meaning.event is None


def _meaning(text: str) -> SectionMeaning:
    return read_headings((text,), frozenset(), frozenset())


def _is_band(lines: Sequence[str], number: int) -> bool:
    """Whether a line stands between two rows of cells, as a band across their table does."""
    return 0 < number < len(lines) - 1 and "\t" in lines[number - 1] and "\t" in lines[number + 1]
