"""Rows of text made a typed table: roles by heading, amounts by column, rows of totals left out."""

from collections.abc import Sequence

from bot.language.fold import fold
from bot.language.patterns import Pattern
from bot.questions.tables.model import CellKind, ColumnRole, RawRow, TableCell, TableColumn, TableRow, TypedTable
from bot.questions.tables.roles import column_role
from bot.questions.tables.values import MAX_CELL, day_cell, number_in, seconds_in

__all__ = ["typed_table"]

MOST_ROWS = 2_000  # of a table that is searched: the longest season of a series has some 1,500 starts
MOST_COLUMNS = 40
_TIME_SHARE, _NUMBER_SHARE, _DAY_SHARE = 0.25, 0.5, 0.6  # cells of a column that make it one; the rest are remarks
_TIMES = {ColumnRole.TIME, ColumnRole.GAP}
_PEOPLE = {
    ColumnRole.PERSON, ColumnRole.SECOND_PERSON, ColumnRole.WINNER, ColumnRole.POLE, ColumnRole.FASTEST_LAP,
}  # fmt: skip
_NOTE = Pattern(r"(?<=[a-zà-ÿ.)])\d{1,2}$")  # the number of a footnote behind a name
_NO_AMOUNT = {"", "-", "–", "—", "n/a", "N/A", "?"}


def typed_table(
    title: str,
    header: Sequence[str],
    rows: Sequence[RawRow],
    headings: tuple[str, ...] = (),
    roles: Sequence[ColumnRole] = (),
) -> TypedTable:
    """The table of these rows. `roles` are those of the columns where the caller knows them; else headings say them.

    A row that repeats the header, that has one cell only, or that is a total, is no row of the table.
    """
    width = min(max([len(header), *(len(row.cells) for row in rows[:MOST_ROWS])]), MOST_COLUMNS)
    names = [*header, *([""] * width)][:width]
    kept = [row for row in rows[:MOST_ROWS] if _is_row(row, header, width)]
    columns, cells = [], []
    for number in range(width):
        texts = [row.cells[number] if number < len(row.cells) else "" for row in kept]
        column, typed = _column(number, names[number], texts, roles[number] if number < len(roles) else None)
        columns.append(column)
        cells.append(typed)
    typed_rows = (
        TableRow(number, tuple(column[number] for column in cells), row.sources) for number, row in enumerate(kept)
    )
    return TypedTable(title, headings, tuple(columns), tuple(typed_rows))


def _is_row(row: RawRow, header: Sequence[str], width: int) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    if len(filled) < min(2, width) or tuple(row.cells) == tuple(header):
        return False
    return fold(filled[0]) not in {"total", "totals", "source", "sources", "average"}


def _column(
    number: int, heading: str, texts: Sequence[str], role: ColumnRole | None
) -> tuple[TableColumn, tuple[TableCell, ...]]:
    """A column with its cells."""
    words = tuple(fold(heading).split())
    known = role or column_role(" ".join(words))
    cells = _cells([_NOTE.sub("", text) for text in texts] if known in _PEOPLE else texts, known)
    kind = _kind(cells)
    if role is None and known is ColumnRole.CAR_NUMBER and kind is CellKind.TEXT:
        known = ColumnRole.CAR if "car" in words else ColumnRole.OTHER
    if role is None and known is ColumnRole.LAPS and kind is CellKind.TIME:
        known = ColumnRole.TIME
    if role is None and known is ColumnRole.TEAM and words[:1] == ("entry",) and kind is CellKind.NUMBER:
        known = ColumnRole.CAR_NUMBER
    return TableColumn(number, heading, words, known, kind), cells


def _kind(cells: Sequence[TableCell]) -> CellKind:
    """What most of the cells that say something are."""
    for cell in cells:
        if cell.kind is not CellKind.TEXT:
            kinds = [one.kind for one in cells if one.kind is not CellKind.TEXT]
            return max(set(kinds), key=kinds.count)
    return CellKind.TEXT


def _cells(texts: Sequence[str], role: ColumnRole) -> tuple[TableCell, ...]:
    filled = [text for text in texts if text.strip() not in _NO_AMOUNT] or [""]
    words = [tuple(fold(text[:MAX_CELL]).split()) for text in texts]
    if role is not ColumnRole.PLACE:
        times = [seconds_in(text) for text in texts]
        clocks = sum(":" in text or "'" in text or "h" in text for text, time in zip(texts, times, strict=True) if time)
        found = sum(time is not None for time in times)
        share = 0 if role in _TIMES and clocks >= 1 else _TIME_SHARE * len(filled)
        if found and found >= share and (role in _TIMES or clocks > found / 2):
            return _times(texts, words, times)
    numbers = [number_in(text) for text in texts]
    if sum(number is not None for number in numbers) >= _NUMBER_SHARE * len(filled) or role is ColumnRole.PLACE:
        return tuple(
            TableCell(text, key, CellKind.TEXT if number is None else CellKind.NUMBER, number)
            for text, key, number in zip(texts, words, numbers, strict=True)
        )
    return _days(texts, words, len(filled))


def _days(texts: Sequence[str], words: Sequence[tuple[str, ...]], filled: int) -> tuple[TableCell, ...]:
    days = [day_cell(text, key) for text, key in zip(texts, words, strict=True)]
    if sum(day is not None for day in days) >= _DAY_SHARE * filled:
        return tuple(day or TableCell(text, key) for text, key, day in zip(texts, words, days, strict=True))
    return tuple(TableCell(text, key) for text, key in zip(texts, words, strict=True))


def _times(
    texts: Sequence[str], words: Sequence[tuple[str, ...]], times: Sequence[tuple[float, bool] | None]
) -> tuple[TableCell, ...]:
    """Times; a gap is added to the last whole time above it."""
    cells: list[TableCell] = []
    whole = 0.0
    for text, key, time in zip(texts, words, times, strict=True):
        if time is None:
            cells.append(TableCell(text, key))
            continue
        seconds, is_gap = time
        whole = whole if is_gap else seconds
        cells.append(TableCell(text, key, CellKind.TIME, whole + seconds if is_gap else seconds))
    return tuple(cells)
