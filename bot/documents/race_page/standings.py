"""The championship tables of a race page: position, points, gap to the leader, and the size of the last move."""

import re

from bot.documents.model import Claim, Document, FootnoteClaim, RawClaim, StandingClaim
from bot.documents.race_page.blocks import PageParagraph, PageRow, PageSection, RuledTable
from bot.documents.race_page.columns import KeyedTable
from bot.documents.text.measures import DocumentLine, parse_integer
from bot.language.patterns import Pattern

__all__ = ["read_ruled_standings", "read_standings"]

_CHAMPIONSHIPS = {"driver": "drivers", "manufacturer": "manufacturers", "owner": "owners", "team": "owners"}
_POINTS = Pattern(r"^(-?[0-9,]+)(?:\s*\(\s*[–−-]?\s*([0-9,]+)\s*\))?$")
# " 1uparrow_green.svg 7 1 Joey Logano 4,000 (–0)": the arrow's picture, the size of the move, position, name, points.
_RULED_ROW = Pattern(
    r"^(?:1\w*arrow\w*\.(?:svg|png)\s+)?(?:(?P<change>[0-9]{1,3})\s+)?(?P<position>[0-9]{1,3})\s+"
    r"(?P<name>[^0-9]+?)\s+(?P<points>[0-9,]+(?:\s*\([–−-]?[0-9,]+\))?)$"
)
_ROOKIE = Pattern(r"\s*(?:\(R\)|#)")


def read_standings(document: Document, section: PageSection, table: KeyedTable) -> list[Claim]:
    """The rows of one championship; raises BadDocument where a position or a number of points is none."""
    key = next(key for key in _CHAMPIONSHIPS if key in table.keys)
    claims: list[Claim] = []
    for row in table.rows:
        if table.banner_text(row):
            claims += _banner_claims(section, row, table.banner_text(row))
            continue
        source = DocumentLine(document, row.line)
        position = parse_integer(source, table.cell(row, "position"), "a position", minimum=1)
        change = re.search(r"[0-9]{1,3}", table.cell(row, "change"))
        claims.append(
            _standing_claim(
                source,
                _CHAMPIONSHIPS[key],
                position,
                table.cell(row, key),
                table.cell(row, "points"),
                change[0] if change else None,
            )
        )
    return claims


def read_ruled_standings(document: Document, section: PageSection, ruled: RuledTable) -> list[Claim]:
    """The rows of a championship table set with spaces; kept raw whole where its head or a row is no such row."""
    championship = next((name for word, name in _CHAMPIONSHIPS.items() if word in ruled.head.lower().split()), None)
    row_matches = [(row, _RULED_ROW.match(row.text)) for row in ruled.rows if not row.text.startswith("Official ")]
    if championship is None or not all(match for _, match in row_matches):
        return [RawClaim(ruled.line, section.heading, "\n".join([ruled.head, *(row.text for row in ruled.rows)]))]
    return [_ruled_claim(document, championship, row, match) for row, match in row_matches if match]


def _ruled_claim(document: Document, championship: str, row: PageParagraph, match: re.Match[str]) -> StandingClaim:
    source = DocumentLine(document, row.line)
    position = parse_integer(source, match["position"], "a position", minimum=1)
    return _standing_claim(source, championship, position, match["name"], match["points"], match["change"])


def _standing_claim(
    source: DocumentLine, championship: str, position: int, cell: str, points: str, change: str | None
) -> StandingClaim:
    """`change` lost its arrow on the way here: its size is kept, and no direction is claimed."""
    name = _ROOKIE.sub("", cell).strip()
    if not name:
        raise source.error("this row of the standings names nobody")
    points_match = _POINTS.match(points)
    if not points_match:
        raise source.error(f"points must be written like 2,265 (–1,809), not “{points[:40]}”")
    return StandingClaim(
        source.line,
        championship,
        position,
        name,
        parse_integer(source, points_match[1], "points", minimum=-999),
        parse_integer(source, points_match[2], "a gap in points") if points_match[2] else None,
        int(change) if change else None,
        bool(_ROOKIE.search(cell)),
    )


def _banner_claims(section: PageSection, row: PageRow, text: str) -> list[Claim]:
    return [] if text.startswith("Official") else [FootnoteClaim(row.line, text, section.heading)]
