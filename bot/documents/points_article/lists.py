"""The lists of a text: which lines are rows of one, what stands above it, and rows that share a line.

A list is a run of rows without prose between them. Blank lines and short asides ("Playoff cutline") do not end it.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.documents.model import Document
from bot.documents.points_article.cell_lines import cells_on_lines, lone_rank, rank_over_cells
from bot.documents.points_article.rows import ListRow, parse_row
from bot.documents.points_article.words import ASIDE_WORDS
from bot.documents.recap.dates import without_date
from bot.language.patterns import Pattern

__all__ = ["TextList", "text_lists"]

MIN_GLUED_ROWS = 3  # rows on one line that make a list; two may be a remark
MAX_ASIDE_WORDS = 8  # of a line that parts a list and does not end it
MAX_ROWS = 2_000  # of all lists of a text; what comes behind is kept as it is. A season's longest table has 80
MAX_HEADINGS = 3  # lines above a list that may say what it is
_GLUED_RANK = Pattern(
    r"(?:(?<=\s)|^|(?<=[;:(]))(?:No\.\s?)?(?P<rank>[0-9]{1,2})(?P<mark>[.):,]|)(?P<space>\s?)"
    r"(?=[\s#(*]{0,3}[A-Za-z]|\s?[0-9]{1,2}[A-Z]|\s?#?[0-9]{1,3}[\s-]{1,2}[A-Za-z])"
)
_TIED = Pattern(r"\s{0,4}(?:\(tied?\)|\(T\)|tie:)[.,:]?\s", re.IGNORECASE)
_TIE_BEHIND = Pattern(r"(?<![^\s])([0-9]{1,2}) \(tied?\)([.,:]?)")
_WIDE_GAP = Pattern(r" {3,}|\t")
MAX_COLUMNS_OF_ROWS = 4
_DIGIT = Pattern("[0-9]")
_RULE = Pattern(r"[\s\-–—_=*.|+:]+")
_OF_RACE = Pattern(r"\((?i:started|finished)\s")  # "Reed Falk (Started 11th, Finished 9th)" is a result
_RANK_IN_BRACKETS = Pattern(r"\s?\((?P<rank>[0-9]{1,2})(?:st|nd|rd|th)\swith\s")


@dataclass(slots=True)
class TextList:
    """A list as it is found: its rows, the lines above it, the nearest first, and the lines that are all its own.

    `leads` are lines whose beginning is prose: what stands before the first row of the line.
    """

    headings: tuple[str, ...] = ()
    rows: list[ListRow] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    leads: dict[int, str] = field(default_factory=dict)

    def takes(self, row: ListRow) -> bool:
        """Whether a row goes on with this list: with a place as its rows have one, and no new first place."""
        last = self.rows[-1]
        if (row.rank is None) != (last.rank is None):
            return False
        return row.rank is None or row.rank != 1 or last.rank == 1


def text_lists(document: Document) -> tuple[TextList, ...]:
    """Every run of rows, in order, up to `MAX_ROWS` in all."""
    finder = _ListFinder()
    lines = [without_date(line) if line.lstrip().startswith("date ") else line for line in document.lines]
    lone_ranks = [lone_rank(line) for line in lines]
    ranks = lone_ranks if 1 in lone_ranks else [rank_over_cells(line) for line in lines]
    number = 0
    while number < len(lines) and finder.row_count < MAX_ROWS:
        cells = cells_on_lines(lines, ranks, number) if ranks[number] == 1 else None
        if cells:
            number = finder.add_cell_lines(number, cells)
        elif lone_ranks[number]:
            finder.add_lone_rank(number + 1, lone_ranks[number])
            number += 1
        else:
            finder.add_line(number + 1, lines[number])
            number += 1
    finder.end_list()
    return tuple(finder.lists)


class _ListFinder:
    """Lists as they grow, line by line."""

    def __init__(self) -> None:
        self.lists: list[TextList] = []
        self.row_count = 0
        self._open: TextList | None = None
        self._headings: list[str] = []
        self._lone_rank: tuple[int, int] | None = None

    def add_line(self, number: int, text: str) -> None:
        """Take a line as rows, as a part of a list that is no row, or as what ends a list."""
        if not text.strip() or _RULE.fullmatch(text):
            return
        if self._lone_rank is None and not _DIGIT.search(text):
            self._add_words(text)  # no row is without a number: most lines of a long text end here
        elif not self._add_rows_beside(number, text):
            row = _row_of_line(number, text, self._lone_rank or self._tied_rank(number, text))
            if row is not None and (row.numbers or row.rank is not None):
                self._add_row(number, row)
            else:
                self._add_words(text)
            self._lone_rank = None

    def _add_rows_beside(self, number: int, text: str) -> bool:
        """Take a line as several rows; False where it is none or one."""
        last = self._open.rows[-1].rank if self._open else None
        glued = _glued_rows(text, last + 1 if last else None)
        if glued and len(glued[1]) <= MAX_ROWS:
            lead, parts = glued
            rows = [row for part in parts if (row := parse_row(number, part))]
            if sum(bool(row.numbers) for row in rows) >= len(parts) - len(parts) // 5:
                self._add_glued(number, lead, rows)
                return True
        columns = _columns_of_rows(number, text)
        for one in columns:
            self._add_row(number, one)
        return bool(columns)

    def _add_words(self, text: str) -> None:
        """Take a line that is no row: an aside within a list, or what ends it and may stand over the next."""
        if not (self._open and _is_aside(text)):
            self.end_list()
            self._headings = [text.strip(), *self._headings][:MAX_HEADINGS]

    def _tied_rank(self, number: int, text: str) -> tuple[int, int] | None:
        """The place of a row that says only that it is shared: "(tie) Abel Quist, 2,076"."""
        last = self._open.rows[-1].rank if self._open else None
        return (number, last) if last and _TIED.match(text) else None

    def add_lone_rank(self, number: int, rank: int) -> None:
        """Take a place that stands alone on its line, above its row."""
        self._lone_rank = number, rank

    def add_cell_lines(self, start: int, cells: Sequence[tuple[int, str]]) -> int:
        """Take rows whose cells stand on lines of their own; gives the index of the line behind the last."""
        self.end_list()
        for first, text in cells:
            row = parse_row(first + 1, text)
            if row is not None:
                self._add_row(first + 1, row)
        end = cells[-1][0] + (cells[1][0] - cells[0][0] if len(cells) > 1 else 1)
        if self._open:
            self._open.lines |= set(range(start + 1, end + 1))
        return end

    def end_list(self) -> None:
        """Keep the list that is open, if any; what comes next begins another."""
        if self._open:
            _set_in_order(self._open.rows)
            self.lists.append(self._open)
            self._headings = _headings_in(self._open)
        self._open = None

    def _add_row(self, number: int, row: ListRow) -> None:
        if self._open and not self._open.takes(row):
            headings = self._headings
            self.end_list()
            self._headings = [*headings, *self._headings][:MAX_HEADINGS]
        if self._open is None:
            self._open = TextList(tuple(self._headings))
        self._open.rows.append(row)
        self.row_count += 1
        self._open.lines.add(number)
        if self._lone_rank:
            self._open.lines.add(self._lone_rank[0])

    def _add_glued(self, number: int, lead: str, rows: Sequence[ListRow]) -> None:
        if lead.strip(" :-–—*•\t"):
            self.end_list()
            self._headings = [lead.strip(), *self._headings][:MAX_HEADINGS]
        for row in rows:
            self._add_row(number, row)
        if self._open and lead.strip(" :-–—*•\t"):
            self._open.lines.discard(number)
            self._open.leads[number] = lead


def _headings_in(found: TextList) -> list[str]:
    """The lines of a list that is too short to be one, and what stands over it: a day and a title look like rows."""
    if len(found.rows) >= MIN_GLUED_ROWS or any(row.rank is not None for row in found.rows):
        return []
    return [*(row.text.strip() for row in reversed(found.rows)), *found.headings][:MAX_HEADINGS]


def _row_of_line(number: int, text: str, told_rank: tuple[int, int] | None) -> ListRow | None:
    """The row of a line; its place may stand on the line above, or in brackets: "Reed Falk (11th with 283 points)"."""
    if _OF_RACE.search(text):
        return None
    bracketed = _RANK_IN_BRACKETS.search(text)
    if bracketed and not told_rank:
        told_rank, text = (number, int(bracketed["rank"])), f"{text[: bracketed.start()]} {text[bracketed.end() :]}"
    if told_rank:
        return parse_row(number, f"{told_rank[1]}. {_TIED.sub('', text).strip()}")
    if text.count(",") > 1 and ", " not in text and "\t" not in text:
        cells, is_clear = _separated_cells(text)
        row = parse_row(number, " | ".join(cells))
        return replace(row, text=text, numbers=row.numbers if is_clear else ()) if row else None
    return parse_row(number, text.rstrip(" .;|"))


def _columns_of_rows(number: int, text: str) -> list[ListRow]:
    """The rows of a line that stand beside each other, each with its place; none where there are not two."""
    parts = _WIDE_GAP.split(text.strip())
    if not 1 < len(parts) <= MAX_COLUMNS_OF_ROWS:
        return []
    rows = [row for part in parts if (row := parse_row(number, part)) and row.rank is not None and row.numbers]
    return rows if len(rows) == len(parts) else []


def _set_in_order(rows: list[ListRow]) -> None:
    """Rows that stood beside each other, by their places: "1 11", "2 12" is a list that goes on in a second column."""
    ranks = [row.rank or 0 for row in rows]
    is_beside = len({row.line for row in rows}) < len(rows) and ranks != sorted(ranks)
    if is_beside and sorted(ranks) == list(range(min(ranks), max(ranks) + 1)):
        rows.sort(key=lambda row: row.rank or 0)


def _separated_cells(text: str) -> tuple[list[str], bool]:
    """The cells of a line of comma-separated values, and whether they are no thousands: "5,310" may be both."""
    try:
        cells = [cell.strip() for cell in next(csv.reader([text]), [])]
    except csv.Error:
        return [], False
    pairs = pairwise(cells)
    return cells, not any(re.fullmatch("[0-9]{1,2}", one) and re.fullmatch("[0-9]{3}", other) for one, other in pairs)


def _is_aside(text: str) -> bool:
    words = re.findall(r"[a-z-]+", text.lower())
    return (
        len(words) <= MAX_ASIDE_WORDS
        and bool(ASIDE_WORDS & set(words))
        and not re.search(r"points|standings", text.lower())
    )


def _glued_rows(text: str, next_rank: int | None) -> tuple[str, list[str]] | None:
    """(what comes first, the text of each row) of a line that holds several rows; None where it does not.

    Two are enough where the first has the `next_rank` of the list that is open.
    """
    ranked = _split_at_ranks(text, next_rank)
    if ranked:
        return ranked
    lead, _, rest = text.rpartition(": ") if text.count(";") >= MIN_GLUED_ROWS - 1 else ("", "", text)
    if rest.count(";") >= MIN_GLUED_ROWS - 1:
        return lead, [part.strip(" .") for part in rest.split(";") if part.strip(" .")]
    return None


def _split_at_ranks(text: str, next_rank: int | None) -> tuple[str, list[str]] | None:
    """A line cut before each place, which counts up by one or stays: "1. A 500 2. B 498 2. C 498 4. D 490".

    Behind a tie, which may be two drivers in one row, it counts on: "3 (tie), A and B 490. 5, C 480".
    """
    text = _TIE_BEHIND.sub(r"\1\2 (tie)", text)
    starts: list[tuple[int, int]] = []
    style: tuple[str, str] | None = None
    for match in _GLUED_RANK.finditer(text):
        rank, own_style = int(match["rank"]), (match["mark"], match["space"])
        if not starts and (rank == 1 or (rank <= MAX_FIRST_RANK and own_style[0])):
            starts, style = [(match.start(), rank)], own_style
        elif starts and own_style == style and _goes_on(text[starts[-1][0] : match.start()], starts, rank):
            starts.append((match.start(), rank))
    goes_on = len(starts) == MIN_GLUED_ROWS - 1 and starts[0][1] == next_rank and not text[: starts[0][0]].strip()
    if len(starts) < MIN_GLUED_ROWS and not goes_on:
        return None
    ends = [start for start, _ in starts[1:]] + [len(text)]
    rows = [text[start:end].strip(" .;,|") for (start, _), end in zip(starts, ends, strict=True)]
    return text[: starts[0][0]], rows


def _goes_on(row: str, starts: Sequence[tuple[int, int]], rank: int) -> bool:
    """Whether a place may be the next one behind a row."""
    last = starts[-1][1]
    return rank in {last, len(starts) + starts[0][1]} or ("(tie)" in row and last < rank <= last + MAX_TIED)


MAX_TIED = 5  # drivers in one row
MAX_FIRST_RANK = 40  # a list may go on in a second column: "11. Mark Martin 2,301"
