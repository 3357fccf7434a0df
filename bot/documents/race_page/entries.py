"""The entry list of a race page: one car a row, each with its marks."""

from bot.documents.model import Claim, EntryClaim, FootnoteClaim, RawClaim
from bot.documents.race_page.blocks import PageSection
from bot.documents.race_page.columns import KeyedTable
from bot.documents.race_page.result_rows import ResultRowReader

__all__ = ["read_entries"]


def read_entries(section: PageSection, table: KeyedTable) -> list[Claim]:
    """The cars of an entry list; a row without a car number, or with one that stands above, is kept raw."""
    claims: list[Claim] = []
    lines_by_car: dict[str, int] = {}
    for row in table.rows:
        banner = table.banner_text(row)
        if banner:
            claims += [] if banner.startswith("Official") else [FootnoteClaim(row.line, banner, section.heading)]
            continue
        reading = ResultRowReader(table, row, "entries").read()
        faults = list(reading.faults)
        entry = reading.claim
        if entry and entry.car and entry.car not in lines_by_car:
            lines_by_car[entry.car] = row.line
            claims.append(
                EntryClaim(
                    row.line, entry.car, entry.driver, entry.team, entry.manufacturer, entry.rookie, entry.ineligible
                )
            )
        elif entry and entry.car:
            faults.append(f"{entry.driver}: car {entry.car} stands in line {lines_by_car[entry.car]} too")
        elif entry and not faults:
            faults.append(f"{entry.driver}: no car number")
        claims += [RawClaim(row.line, section.heading, fault) for fault in faults]
    return claims
