"""The championship tables of a race page: position, points, gap to the leader, and the size of the last move."""

from bot.documents.model import Claim, FootnoteClaim, RawClaim, StandingClaim
from bot.documents.race_page.blocks import PageParagraph, PageRow, PageSection, RuledTable
from bot.documents.race_page.columns import KeyedTable
from bot.documents.text.people import read_marked_name
from bot.documents.text.quantities import UnreadableValue, read_count, without_notes
from bot.language.patterns import Pattern

__all__ = ["read_ruled_standings", "read_standings"]

_CHAMPIONSHIPS = {"driver": "drivers", "manufacturer": "manufacturers", "owner": "owners", "team": "owners"}
_POINTS = Pattern(r"^([-−–]?[0-9][0-9,]{0,8})(?: ?\( ?[+–−-]?([0-9,]{1,9}) ?\))?$")
_RULED_POINTS = Pattern(r" ([0-9,]{1,9} ?(?:\([–−-]?[0-9,]{1,9}\))?)$")
_ARROW = Pattern(r"1\w{0,20}arrow\w{0,20}\.(?:svg|png)")  # the picture of an arrow: "1uparrow_green.svg"
_MOVE = Pattern(r"[0-9]{1,3}")
MAX_ROW_LENGTH = 200  # characters; the longest row of a table set with spaces has 52


def read_standings(section: PageSection, table: KeyedTable) -> list[Claim]:
    """The rows of one championship; a row whose place, name or points cannot be read is kept raw."""
    key = next(key for key in _CHAMPIONSHIPS if key in table.keys)
    claims: list[Claim] = []
    for row in table.rows:
        if table.banner_text(row):
            claims += _banner_claims(section, row, table.banner_text(row))
            continue
        change = _MOVE.search(table.cell(row, "change"))
        try:
            position = read_count(table.cell(row, "position"), 1, 999).whole
            points = table.cell(row, "points")
            move = int(change[0]) if change else None
            claims.append(_standing_claim(row.line, _CHAMPIONSHIPS[key], position, table.cell(row, key), points, move))
        except UnreadableValue:
            cells = " | ".join(cell for cell in row.cells if cell)
            claims.append(RawClaim(row.line, section.heading, f"a row that cannot be read: {cells}"))
    return claims


def read_ruled_standings(section: PageSection, ruled: RuledTable) -> list[Claim]:
    """The rows of a championship table set with spaces; kept raw whole where its head or a row is no such row."""
    championship = next((name for word, name in _CHAMPIONSHIPS.items() if word in ruled.head.lower().split()), None)
    rows = [row for row in ruled.rows if not row.text.startswith("Official ")]
    try:
        if championship is not None:
            return [_ruled_claim(championship, row) for row in rows]
    except UnreadableValue:
        pass
    return [RawClaim(ruled.line, section.heading, "\n".join([ruled.head, *(row.text for row in ruled.rows)]))]


def _ruled_claim(championship: str, row: PageParagraph) -> StandingClaim:
    """A row such as "1uparrow_green.svg 7 1 Joey Logano 4,000 (–0)": an arrow, the move, position, name and points.

    Raises UnreadableValue where it is none.
    """
    words = row.text.split() if len(row.text) <= MAX_ROW_LENGTH else []
    if words and _ARROW.fullmatch(words[0]):
        words = words[1:]
    numbers = [word for word in words[:2] if _MOVE.fullmatch(word)]
    rest = " ".join(words[len(numbers) :])
    points = _RULED_POINTS.search(rest)
    name = rest[: points.start()] if points else ""
    is_row = bool(numbers) and bool(name) and not any(character.isdigit() for character in name)
    if not is_row or points is None or not int(numbers[-1]):
        raise UnreadableValue(row.text)
    move = int(numbers[0]) if len(numbers) > 1 else None
    return _standing_claim(row.line, championship, int(numbers[-1]), name, points[1], move)


def _standing_claim(
    line: int, championship: str, position: int, cell: str, points: str, change: int | None
) -> StandingClaim:
    """`change` lost its arrow on the way here: its size is kept, and no direction is claimed.

    Raises UnreadableValue where the row names nobody, or its points are none.
    """
    named = read_marked_name(cell)
    points_match = _POINTS.match(without_notes(points))
    if not named.name or not points_match:
        raise UnreadableValue(points)
    sign = -1 if points_match[1][0] in "-−–" else 1
    gap = points_match[2]
    return StandingClaim(
        line,
        championship,
        position,
        named.name,
        sign * _whole(points_match[1].lstrip("-−–")),
        _whole(gap) if gap else None,
        change,
        "r" in named.marks,
    )


def _whole(digits: str) -> int:
    """A number with or without thousands separators. Raises UnreadableValue where those are not in their places."""
    return read_count(digits, 0, 99_999).whole


def _banner_claims(section: PageSection, row: PageRow, text: str) -> list[Claim]:
    return [] if text.startswith("Official") else [FootnoteClaim(row.line, text, section.heading)]
