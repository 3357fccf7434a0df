"""A table with a row for each stage: "| Stage | Laps | Winner | Second | Third |", parted by strokes or tabs."""

from collections.abc import Iterator, Sequence

from bot.documents.recap.paragraphs import RecapParagraph
from bot.documents.recap.results.orders import Placing
from bot.language.fold import fold
from bot.language.marked_words import mark_words
from bot.language.ordinals import ordinal, ordinal_words
from bot.racing.sessions import stage_key

__all__ = ["stage_table_rows", "table_cells"]

MOST_STAGES = 4
_STAGE_HEADS = {"stage", "stages", "segment"}
_WINNER_HEADS = {"winner", "winners", "stage winner"}
_PLACES = {form(place): place for place in range(1, 11) for form in (ordinal, ordinal_words)}


def stage_table_rows(paragraphs: Sequence[RecapParagraph]) -> Iterator[Placing]:
    """The placings of every row below a head that has a column for the stage and one for its winner."""
    columns: dict[int, int] = {}
    for one in paragraphs:
        cells = table_cells(one.text)
        if fold(cells[0]) in _STAGE_HEADS:
            columns = _columns(cells)
        elif len(cells) == 1:
            columns = {}
        elif columns and cells[0].removeprefix("Stage ").isdigit():
            yield from _row(one.line, cells, columns)


def table_cells(text: str) -> tuple[str, ...]:
    """The cells of a row, parted by tabs or strokes; one where the line is no row."""
    parts = text.split("\t") if "\t" in text else text.strip().removeprefix("|").removesuffix("|").split("|")
    return tuple(one.strip(" *_") for one in parts)


def _columns(heads: Sequence[str]) -> dict[int, int]:
    """The place that each column tells; none where no column has the winner."""
    found: dict[int, int] = {}
    for column, head in enumerate(heads):
        place = 1 if fold(head) in _WINNER_HEADS else _PLACES.get(fold(head))
        if place:
            found[column] = place
    return found if 1 in found.values() and len(set(found.values())) == len(found) else {}


def _row(line: int, cells: Sequence[str], columns: dict[int, int]) -> Iterator[Placing]:
    stage = int(cells[0].removeprefix("Stage "))
    for column, place in columns.items():
        words = mark_words(cells[column]).words if column < len(cells) else ()
        if len(words) == 1 and words[0].has("name") and 1 <= stage <= MOST_STAGES:
            yield Placing(line, stage_key(stage), words[0].text, place)
