"""A table of a championship after a race: a head that names a place or points and drivers, makers or owners.

Which race it stands after the columns say, the file's name, or whoever loads it. Columns that nobody knows are kept and
named; everything that leaves a row open is refused at once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from bot.documents.model import Claim, Document, ParsedDocument, RawClaim, StandingClaim
from bot.documents.points_article.championships import MAX_RACE_POINTS
from bot.documents.points_article.words import NAME_COLUMNS
from bot.documents.results_csv.race import race_of_table
from bot.documents.results_csv.sheet import Header, Sheet, SheetRow, read_sheet, sheet_header
from bot.documents.results_csv.table import EMPTY_CELLS, ResultsRow
from bot.documents.results_csv.values import parse_count, parse_driver, parse_place
from bot.documents.standings_csv.columns import standings_key
from bot.documents.text.document_line import DocumentLine
from bot.documents.text.faults import FaultList
from bot.racing.document_kinds import STANDINGS_TABLE_KIND

__all__ = ["STANDINGS_TABLE", "StandingsTableFormat"]

# Columns that only a table of results has: with one of them a table is of a race.
_RESULT_WORDS = frozenset(
    {"laps", "led", "laps led", "start", "st", "status", "grid", "laps completed", "finish", "fin"}
)
_RACE_COLUMNS = ("series", "season", "round", "race", "track", "date")
MIN_POINTS = -999
MAX_LOOK_AHEAD, MAX_DIGITS = 5, 5  # rows of a table whose points are looked at, and figures that points have


class StandingsTableFormat:
    """Reads standings tables."""

    kind = STANDINGS_TABLE_KIND

    def recognizes(self, document: Document) -> bool:
        """Whether the text is a table whose head has points and names, and nothing that only results have."""
        return _header(document) is not None

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The table's one reading. Raises BadDocument with every fault and its line."""
        header = _header(document)
        if header is None:
            raise DocumentLine(document, 1).error("this table has no header with points and names")
        sheet = read_sheet(document, header, standings_key)
        faults = FaultList()
        table = _table(header)
        rows = [(row, _cells(row, table)) for row in sheet.rows]
        race = race_of_table(
            document, [ResultsRow(row.line, _race_cells(cells)) for row, cells in rows], sheet.titles, faults
        )
        claims: list[Claim] = []
        for row, cells in rows:
            with faults.collect():
                claims.append(_standing(DocumentLine(document, row.line), cells, table, len(claims) + 1))
        _check_order([claim for claim in claims if isinstance(claim, StandingClaim)], document, faults)
        faults.raise_all()
        facts = [fact for fact in race.facts.values() if fact.field in _FACT_FIELDS]
        claims = [*facts, *claims, *_unknown(header, sheet, table)]
        identity = race.identity(None)
        title = " ".join(str(part) for part in (identity.season, identity.name, "standings") if part)
        return (ParsedDocument(document, self.kind, title, identity, tuple(claims)),)


STANDINGS_TABLE = StandingsTableFormat()
_FACT_FIELDS = frozenset({"series", "series_name", "season", "round", "race_name", "track", "date"})


@dataclass(frozen=True, slots=True)
class StandingsColumns:
    """Where the columns of a table stand, and the column of the names ("driver", "manufacturer", "owner", "team")."""

    places: dict[str, int]
    names: str


def _header(document: Document) -> Header | None:
    """The head of a table of a championship; None where there is none, or where it may as well be one of results."""
    header = sheet_header(document, standings_key, frozenset({"points"}))
    if header is None:
        return None
    keys = {standings_key(name) for name in header.names}
    names_results = {" ".join(name.lower().replace("_", " ").split()) for name in header.names} & _RESULT_WORDS
    if not keys & set(NAME_COLUMNS) or "points" not in keys or names_results:
        return None
    return header if keys & {"gap", "championship"} or _says_standings(document, header) else None


def _says_standings(document: Document, header: Header) -> bool:
    """Whether the file's name, the lines above the head, or points that no race gives make it a championship."""
    titles = " ".join([PurePath(document.name).stem, *document.lines[: header.line - 1]])
    if {"standings", "standing", "points", "championship"} & set(re.findall("[a-z]+", titles.lower())):
        return True
    place = next(place for place, name in enumerate(header.names) if standings_key(name) == "points")
    cells = [line.split(header.separator) for line in document.lines[header.line : header.line + MAX_LOOK_AHEAD]]
    points = [re.sub("[^0-9]", "", row[place]) for row in cells if len(row) > place]
    return any(len(number) <= MAX_DIGITS and int(number or 0) > MAX_RACE_POINTS for number in points)


def _table(header: Header) -> StandingsColumns:
    places: dict[str, int] = {}
    for place, name in enumerate(header.names):
        places.setdefault(standings_key(name), place)
    places.pop("", None)
    names = next(key for key in ("driver", "manufacturer", "owner", "team") if key in places)
    return StandingsColumns(places, names)


def _cells(row: SheetRow, table: StandingsColumns) -> dict[str, str]:
    return {key: row.cells[place] for key, place in table.places.items() if row.cells[place].lower() not in EMPTY_CELLS}


def _race_cells(cells: dict[str, str]) -> dict[str, str]:
    return {name: cells[name] for name in _RACE_COLUMNS if name in cells}


def _standing(source: DocumentLine, cells: dict[str, str], table: StandingsColumns, number: int) -> StandingClaim:
    """A row; without a column of places its place is that among the rows. Raises BadDocument."""
    if table.names not in cells:
        raise source.error(f"this row has no {table.names}")
    if "points" not in cells:
        raise source.error("this row has no points")
    championship = NAME_COLUMNS[table.names]
    told = cells.get("championship", "").lower().removesuffix("s") + "s"
    if told in {"drivers", "manufacturers", "owners"}:
        championship = told
    name, rookie, _ = parse_driver(source, cells[table.names])
    written = cells[table.names]
    marks = " ".join(part.strip() for part in written.replace(name, "|").split("|") if part.strip()) or cells.get(
        "mark"
    )
    position = parse_place(source, cells["position"]) if "position" in cells else number
    gap = cells.get("gap", "").lstrip("-−–+")
    return StandingClaim(
        source.line,
        championship,
        position,
        name,
        parse_count(source, cells["points"], "points", MIN_POINTS),
        parse_count(source, gap, "points behind") if gap[:1].isdecimal() else None,
        rookie=rookie,
        car=cells.get("car") if championship == "owners" else None,
        marks=None if marks in {"#", "(R)"} else marks,
    )


def _check_order(claims: Sequence[StandingClaim], document: Document, faults: FaultList) -> None:
    """Nobody stands in a championship twice, but for owners, who have a row for each car."""
    lines: dict[tuple[str, str], int] = {}
    for claim in claims:
        key = claim.championship, claim.name
        with faults.collect():
            if key in lines and claim.championship != "owners":
                raise DocumentLine(document, claim.line).error(f"{claim.name} stands in line {lines[key]} too")
        lines.setdefault(key, claim.line)


def _unknown(header: Header, sheet: Sheet, table: StandingsColumns) -> Iterator[Claim]:
    """The columns that nobody knows, named together, with their cells."""
    known = set(table.places.values())
    columns = {
        name or f"column {place + 1}": [(row.line, row.cells[place]) for row in sheet.rows if row.cells[place]]
        for place, name in enumerate(header.names)
        if place not in known
    }
    columns = {name: cells for name, cells in columns.items() if cells}
    if columns:
        text = "\n".join(
            f"{name}: " + "; ".join(f"{line}: {cell}" for line, cell in cells) for name, cells in columns.items()
        )
        yield RawClaim(header.line, f"Columns: {', '.join(columns)}", text)
