"""The rows of one table of results, in their order: what of it contradicts the rest is kept as it is written."""

from collections.abc import Sequence
from dataclasses import replace

from bot.documents.model import Claim, Document, FootnoteClaim, RawClaim
from bot.documents.race_page.blocks import PageRow, PageSection
from bot.documents.race_page.columns import KeyedTable
from bot.documents.race_page.order import wrong_positions
from bot.documents.race_page.result_rows import ResultRowReader, RowReading
from bot.documents.text.document_line import DocumentLine
from bot.errors import BadDocument
from bot.racing.sessions import RACE_SESSION

__all__ = ["read_results"]

MAX_LISTED_POSITIONS = 12  # positions that a fault names


def read_results(
    document: Document, section: PageSection, table: KeyedTable, session: str, next_position: int = 1
) -> list[Claim]:
    """The rows of a session, and what of them is kept raw; `next_position` is where an earlier part of it ended.

    Raises BadDocument where the order of the rows is beyond repair.
    """
    claims: list[Claim] = []
    readings: list[tuple[PageRow, RowReading]] = []
    band: str | None = None
    for row in table.rows:
        banner = table.banner_text(row)
        if banner:
            band = band if banner.startswith("Official") else banner
            claims += [] if banner.startswith("Official") else [FootnoteClaim(row.line, banner, section.heading)]
            continue
        readings.append((row, ResultRowReader(table, row, session, band, is_race=table.kind == "race").read()))
    positions = [reading.position for _, reading in readings]
    first = next((position for position in positions if position), 1)
    offset = first - 1 if first == next_position else 0
    wrong = wrong_positions(
        [position - offset if position else None for position in positions],
        has_single_winner=session == RACE_SESSION and not offset,
    )
    if wrong is None:
        raise _order_fault(document, table, readings)
    for index, (row, reading) in enumerate(readings):
        claims += _row_claims(section, table, row, reading, is_out_of_order=index in wrong)
    return claims


def _row_claims(
    section: PageSection, table: KeyedTable, row: PageRow, reading: RowReading, *, is_out_of_order: bool
) -> list[Claim]:
    """The claim of a row, and each of its faults kept raw; a position out of order is a fault and no position."""
    claim, faults = reading.claim, list(reading.faults)
    if claim and is_out_of_order:
        faults.append(f"{claim.driver}: {table.name_of('position')} “{table.cell(row, 'position')}”, out of order")
        claim = replace(claim, position=None)
    return [*([claim] if claim else []), *(RawClaim(row.line, section.heading, fault) for fault in faults)]


def _order_fault(document: Document, table: KeyedTable, readings: Sequence[tuple[PageRow, RowReading]]) -> BadDocument:
    """The error that names every position that stands more than once, with its lines."""
    lines: dict[int, list[int]] = {}
    for row, reading in readings:
        if reading.position is not None:
            lines.setdefault(reading.position, []).append(row.line)
    repeated = [
        f"position {position} stands in lines {', '.join(map(str, numbers[:4]))}"
        for position, numbers in lines.items()
        if len(numbers) > 1
    ]
    detail = "; ".join(repeated[:MAX_LISTED_POSITIONS]) or "they rise and fall, and are no whole count"
    return DocumentLine(document, table.page_table.line).error(
        f"the positions of this table contradict each other: {detail}"
    )
