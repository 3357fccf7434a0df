"""Championships race by race: place, name, what each race's column says, points; and tables without the races."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents.season import FinishMark, SeasonStandingClaim
from bot.documents.season_article.cells import (
    EMPTY_TEXTS,
    car_number,
    name_text,
    place_number,
    points_number,
    text_or_none,
    whole_number,
)
from bot.documents.season_article.columns import TableColumns
from bot.documents.season_article.tables import GridCell, GridRow
from bot.language.fold import fold
from bot.language.patterns import Pattern

__all__ = ["Legend", "StandingsGrid", "championship_of", "join_grids", "read_grid", "read_legend"]

MAX_RACE_HEADING_CHARS = 8  # "DAY", "BRI2", "CLT R"; a longer heading is no race
MIN_ROWS = 2
# Tables that list drivers by points and are no championship of the season.
_OTHER_TABLES = Pattern(
    r"(?i)\b(?:rookie|playoffs? (?:seed|grid|field)|stage|bonus|most popular|reset|triple|seeding)\b"
)
_STANDINGS_HEADING = Pattern(r"(?i)\b(?:standings|championship|points|classification)\b")
_INELIGIBLE = Pattern(r"(?i)\b(?:in|not )eligible\b")  # a line across the table, above those who count elsewhere
_CUT = Pattern(r"(?i)\bcut[- –]?(?:off|line)\b")  # below the last who is in the playoffs, or would be
_MAX_MARK_CHARS = 24
MAX_FIELD = 82  # cars in the fullest race of the sport
MAX_LEGEND_CHARS = 3_000  # of a line that may explain the marks
MAX_MEANING_CHARS = 120  # behind the last mark of a line
_LEGEND_WORDS = ("pole", "most laps", "fastest lap")
_LEGEND_MARK = Pattern(r"(bold|italic|(?<![*\n])\*(?=[^*]))")
_YEAR_LINK = Pattern(r"(?:19|20)[0-9]{2} ")
_STAR = Pattern(r"[*＊∗]")


@dataclass(frozen=True, slots=True)
class Legend:
    """What the marks of a grid mean, as the article says: pole where it is bold or italic, most laps led by a star."""

    bold_is_pole: bool = True
    italic_is_pole: bool = True
    star_is_most_laps_led: bool = True


@dataclass(frozen=True, slots=True)
class StandingsGrid:
    """One table of a championship: the headings of its races, the pages that they lead to, and its rows."""

    championship: str
    races: tuple[str, ...]
    pages: tuple[str, ...]
    rows: tuple[SeasonStandingClaim, ...]


def read_legend(lines: Sequence[str]) -> Legend:
    """What the article says of its marks. Without such a line bold and italics mark the pole, a star most laps led."""
    bold = italic = star = True
    for line in lines:
        lowered = line[:MAX_LEGEND_CHARS].lower()
        if not any(word in lowered for word in _LEGEND_WORDS):
            continue
        meanings = dict(_meanings(lowered))
        bold = "pole" in meanings.get("bold", "pole")
        italic = "pole" in meanings.get("italic", "pole")
        star = "most laps" in meanings.get("*", "most laps") or "laps led" in meanings.get("*", "")
        if "bold" in meanings or "italic" in meanings:
            break
    return Legend(bold, italic, star)


def _meanings(line: str) -> Iterator[tuple[str, str]]:
    """Pairs of a mark and what is said of it up to the next one, in a line of small letters."""
    marks = list(_LEGEND_MARK.finditer(line))
    for number, mark in enumerate(marks, 1):
        text = line[mark.end() : marks[number].start() if number < len(marks) else mark.end() + MAX_MEANING_CHARS]
        if text.strip(" '\"|–—-=:"):
            yield mark[1], text


def championship_of(columns: TableColumns, path: Sequence[str]) -> str | None:
    """Which championship a table is: "drivers", "manufacturers" or "owners"; None where it is none of a season."""
    heading = path[-1] if path else ""
    if "points" not in columns or _OTHER_TABLES.search(" ".join(path[-2:])):
        return None
    has_races = len(_race_places(columns)) > 1
    if not has_races and not any(_STANDINGS_HEADING.search(part) for part in path[-2:]):
        return None
    if "winner" in columns or "date" in columns:
        return None
    if "owner" in columns or ("owner" in heading.lower() and "driver" not in heading.lower()):
        return "owners"
    for key, championship in (("driver", "drivers"), ("manufacturer", "manufacturers"), ("team", "owners")):
        if key in columns:
            return championship
    return None


def read_grid(columns: TableColumns, championship: str, legend: Legend) -> StandingsGrid | None:
    """The rows of a championship; None where hardly any row names somebody."""
    places = _race_places(columns)
    headings = tuple(columns.headings[place].replace("\n", " ") for place in places)
    rows: list[SeasonStandingClaim] = []
    is_ineligible = False
    for row in columns.rows:
        if row.is_band:
            is_ineligible = bool(_INELIGIBLE.search(row.cells[0].text))
            if rows and _CUT.search(row.cells[0].text):
                rows[-1] = replace(rows[-1], above_cut=True)
        elif not columns.repeats_headings(row) and not row.is_header:
            claim = _standing(columns, row, championship, places, legend)
            rows += [replace(claim, ineligible=claim.ineligible or is_ineligible)] if claim else []
    pages = tuple(columns.links[place] for place in places)
    return StandingsGrid(championship, headings, pages, tuple(rows)) if len(rows) >= MIN_ROWS else None


def join_grids(grids: Sequence[StandingsGrid]) -> tuple[tuple[StandingsGrid, ...], tuple[StandingsGrid, ...]]:
    """The tables of each championship as one, and those that say the same again or otherwise.

    A table may go on with further names below, or with further races of names that it has: then its places and points
    are the later ones.
    """
    joined: dict[str, StandingsGrid] = {}
    left_out: list[StandingsGrid] = []
    for grid in grids:
        first = joined.get(grid.championship)
        if first is None:
            joined[grid.championship] = grid
            continue
        both = _joined(first, grid)
        if both is None:
            left_out.append(grid)
        else:
            joined[grid.championship] = both
    return tuple(joined.values()), tuple(left_out)


def _joined(first: StandingsGrid, second: StandingsGrid) -> StandingsGrid | None:
    names = {_identity(row) for row in first.rows}
    common = [row for row in second.rows if _identity(row) in names]
    if not common:
        longer = first if len(first.races) >= len(second.races) else second
        return replace(longer, rows=(*first.rows, *second.rows))
    if not second.races or _has_same_races(first, second):
        return None
    later = {_identity(row): row for row in second.rows}
    rows = [_continued(row, later.get(_identity(row)), len(first.races)) for row in first.rows]
    added = [_shifted(row, len(first.races)) for row in second.rows if _identity(row) not in names]
    return StandingsGrid(
        first.championship, (*first.races, *second.races), (*first.pages, *second.pages), (*rows, *added)
    )


def _has_same_races(first: StandingsGrid, second: StandingsGrid) -> bool:
    """Whether the second table has races of the first: by their pages, else its headings are all among those.

    Playoffs go to tracks of the regular season again, so that a heading that both have says nothing.
    """
    if any(first.pages) and any(second.pages):
        return bool((set(first.pages) & set(second.pages)) - {""})
    return set(second.races) <= set(first.races)


def _identity(row: SeasonStandingClaim) -> tuple[str, str]:
    return fold(row.name), (row.car or "") if row.championship == "owners" else ""


def _continued(row: SeasonStandingClaim, later: SeasonStandingClaim | None, races: int) -> SeasonStandingClaim:
    if later is None:
        return row
    shifted = _shifted(later, races)
    return replace(shifted, finishes=(*row.finishes, *shifted.finishes))


def _shifted(row: SeasonStandingClaim, races: int) -> SeasonStandingClaim:
    return replace(row, finishes=tuple(replace(mark, number=mark.number + races) for mark in row.finishes))


def _race_places(columns: TableColumns) -> tuple[int, ...]:
    """The columns of races: headings that are no other word, short ones or such as lead to the page of a race."""
    return tuple(
        place
        for place in columns.unknown_places()
        if len(columns.headings[place]) <= MAX_RACE_HEADING_CHARS or _YEAR_LINK.match(columns.links[place])
    )


def _standing(
    columns: TableColumns, row: GridRow, championship: str, places: Sequence[int], legend: Legend
) -> SeasonStandingClaim | None:
    key = {"drivers": "driver", "manufacturers": "manufacturer"}.get(championship) or (
        "owner" if "owner" in columns else "team"
    )
    name = name_text(columns.text(row, key))
    if not any(character.isalpha() for character in name.name) or text_or_none(name.name) is None:
        return None
    position, points = columns.text(row, "position"), columns.text(row, "points")
    marks = tuple(
        mark
        for number, place in enumerate(places, 1)
        if place < len(row.cells)
        if (mark := _finish(number, columns.headings[place], row.cells[place], legend))
    )
    if columns.may_have_slipped(row) and (position or len(row.cells) > len(columns.headings) or not _are_places(marks)):
        # Who is not ranked often has no cells behind the last race; of anybody else a cell is missing somewhere.
        written = " | ".join(cell.text for cell in row.cells)
        return SeasonStandingClaim(row.line, championship, name.name, place_number(position), written_points=written)
    if points_number(points) is None and not marks:
        return None
    return SeasonStandingClaim(
        row.line,
        championship,
        name.name,
        place_number(position),
        "" if place_number(position) else position,
        points_number(points),
        "" if points_number(points) is not None else points,
        whole_number(columns.text(row, "stage_points")),
        whole_number(columns.text(row, "playoff_points")),
        car_number(columns.text(row, "car")),
        text_or_none(columns.text(row, "team")) if key != "team" else None,
        name.rookie,
        name.ineligible,
        marks,
    )


def _are_places(marks: Sequence[FinishMark]) -> bool:
    return all(mark.position is None or mark.position <= MAX_FIELD for mark in marks)


def _finish(number: int, heading: str, cell: GridCell, legend: Legend) -> FinishMark | None:
    """What a cell says of a race; None for an empty one. Of a manufacturer several cars may stand in it."""
    text = cell.text.strip()
    if text.lower() in EMPTY_TEXTS or len(text) > _MAX_MARK_CHARS or not cell.is_first:
        return None
    is_pole = (cell.is_bold and legend.bold_is_pole) or (cell.is_italic and legend.italic_is_pole)
    has_star = legend.star_is_most_laps_led and bool(_STAR.search(text))
    return FinishMark(number, heading, text, place_number(text), bool(is_pole), has_star)
