"""The order of a session: nobody is in it twice, no place is taken twice, and the race leaves none out."""

from bot.documents.history_csv.rows import MIN_HEADER_COLUMNS, header_columns
from bot.documents.model import Document, RowClaim
from bot.documents.text.document_line import DocumentLine
from bot.documents.text.faults import FaultList
from bot.racing.sessions import is_stage

__all__ = ["check_order", "is_history_slice"]

SLICE_COLUMNS = frozenset({"Season", "Race", "Track", "Name", "Finish", "Start", "Car", "Driver", "Pts"})


def is_history_slice(document: Document) -> bool:
    """Whether the table has the head of a history, with a season, a race and all else that makes one."""
    header = next((line for line in document.lines if line.strip()), "")
    columns = header_columns(header)
    return len(columns) >= MIN_HEADER_COLUMNS and columns.keys() >= SLICE_COLUMNS


def check_order(document: Document, title: str, rows: list[RowClaim], faults: FaultList, *, is_whole: bool) -> None:
    """Every fault in the order of a session goes into `faults`; `is_whole` says that it has no gaps, as the race.

    Cars may share a place of a stage: that has happened. A slice of a history is as its history: in old races a number,
    a place or a driver is there twice, and places are left out.
    """
    if is_history_slice(document):
        return
    for what, column in (("car", "car"), ("", "driver")):
        line_by_value: dict[str, int] = {}
        for row in rows:
            value = getattr(row, column)
            if value in line_by_value:
                with faults.collect():
                    raise DocumentLine(document, row.line).error(
                        f"{what} {value} is in {title} twice: it stands in line {line_by_value[value]} too".strip()
                    )
            if value:
                line_by_value[value] = row.line
    if not faults.faults:  # a row that cannot be read leaves its place free, and that says nothing new
        _check_positions(document, title, rows, faults, is_whole=is_whole)


def _check_positions(
    document: Document, title: str, rows: list[RowClaim], faults: FaultList, *, is_whole: bool
) -> None:
    placed = sorted((row for row in rows if row.position), key=lambda row: (row.position or 0, row.line))
    for index, row in enumerate(placed):
        previous_row = placed[index - 1] if index else None
        with faults.collect():
            if previous_row and previous_row.position == row.position and not is_stage(row.session):
                what = "two winners" if row.position == 1 else f"two cars in position {row.position}"
                raise DocumentLine(document, row.line).error(
                    f"{title} has {what}: line {previous_row.line} says so too"
                )
            if is_whole and (row.position or 0) > index + 1:
                raise DocumentLine(document, row.line).error(
                    f"{title} has no position {index + 1}, but this row has position {row.position}"
                )
        if faults.faults:
            return  # one place too many moves all behind it
