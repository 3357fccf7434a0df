"""The order of a session: nobody is in it twice, no place is taken twice, and the race leaves none out."""

from bot.documents.model import Document, RowClaim
from bot.documents.text.faults import FaultList
from bot.documents.text.measures import DocumentLine
from bot.racing.sessions import is_stage

__all__ = ["check_order"]


def check_order(document: Document, title: str, rows: list[RowClaim], faults: FaultList, *, is_whole: bool) -> None:
    """Every fault in the order of a session goes into `faults`; `is_whole` says that it has no gaps, as the race.

    Cars may share a place of a stage: that has happened.
    """
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
