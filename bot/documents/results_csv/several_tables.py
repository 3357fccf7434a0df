"""Several tables in one file, such as a race and its stages: each under a title that says its session."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.model import Document
from bot.documents.results_csv.cells import SEPARATORS, cells_of
from bot.documents.results_csv.columns import REQUIRED_COLUMNS, column_key
from bot.documents.results_csv.sessions import MAX_TITLE_WORDS, session_of_words

__all__ = ["session_of_titles", "table_parts"]

MAX_LINES, MAX_TABLES = 2_000, 12  # of a file that holds the sessions of a weekend: 480 rows, a dozen sessions
MAX_TITLE_CELLS = 3  # filled in a line over a head: "NASCAR Cup Series,2024,Race 34"
_SEPARATORS = (*SEPARATORS, "|")
_DRIVER_WORDS = ("driver", "drvr", "name")  # a head has one of them, whatever else it has


def table_parts(document: Document) -> tuple[Document, ...]:
    """The document once for each of its tables, with the lines of the others blank: every line keeps its number.

    Empty where it has one table or none, or where a table but the first has no title that says its session.
    """
    if len(document.lines) > MAX_LINES:
        return ()
    heads = list(_heads(document))
    if not 1 < len(heads) <= MAX_TABLES or _is_story(document):
        return ()
    starts = [1, *(_first_title(document, head) for head in heads[1:])]
    ends = [*(start - 1 for start in starts[1:]), len(document.lines)]
    sessions = [
        session_of_titles(document.lines[start - 1 : head - 1]) for start, head in zip(starts, heads, strict=True)
    ]
    if not all(sessions[1:]) or len({session or "Race" for session in sessions}) < len(sessions):
        return ()
    return tuple(_part(document, start, end) for start, end in zip(starts, ends, strict=True))


def _is_story(document: Document) -> bool:
    """Whether sentences stand in the text: a page copied out of a browser has such tables too."""
    words = (line.split() for line in document.lines if not any(sign in line for sign in ("\t", ";", "|", ",,")))
    return any(len(one) > MAX_TITLE_WORDS for one in words)


def session_of_titles(titles: Sequence[str]) -> str:
    """The session that lines over a table tell: "Stage 1", "Qualifying", "Race"; "" where they tell none."""
    told = session_of_words([title.strip(' ,;|\t"') for title in titles])
    return told or ("Race" if any("race" in title.lower().split() for title in titles) else "")


def _heads(document: Document) -> Iterator[int]:
    """The lines that are the head of a table of results, counted from 1."""
    for number, line in enumerate(document.lines, 1):
        small = line[:1_000].lower()
        if any(word in small for word in _DRIVER_WORDS) and not small.startswith("#"):
            keys = ({column_key(cell) for cell in cells_of(line[:10_000], separator)} for separator in _SEPARATORS)
            if any({*REQUIRED_COLUMNS} <= one for one in keys):
                yield number


def _first_title(document: Document, head: int) -> int:
    """The first of the lines right over a head that have few cells: its title."""
    first = head
    while first > 1 and (text := document.lines[first - 2].strip(' ,;|\t"')):
        if any(len([cell for cell in cells_of(text, one) if cell]) > MAX_TITLE_CELLS for one in _SEPARATORS):
            break
        first -= 1
    return first


def _part(document: Document, start: int, end: int) -> Document:
    lines = (*[""] * (start - 1), *document.lines[start - 1 : end], *[""] * (len(document.lines) - end))
    return replace(document, lines=lines)
