"""The result tables of a race page: entry list, practice, qualifying, stages and the race itself.

The table under "Stage Three" is the race: its points are race totals and its laps race laps. Of the last stage itself
the page tells its length and, as it ends with the race, its winner.
"""

import re
from dataclasses import dataclass, field

from bot.documents.model import Claim, Document, EntryClaim, FootnoteClaim, RawClaim, RowClaim, SessionClaim
from bot.documents.race_page.blocks import Row, Section, Table, Title
from bot.documents.race_page.columns import Grid, grid_of, stage_number
from bot.documents.race_page.standings import read_standings
from bot.documents.text.measures import NO_VALUE, Spot, lap_time_s, number, whole

__all__ = ["ResultTables", "raw_table"]

_MARK = re.compile(r"\s*\((R|r|I|i)\)")
_SESSION_TITLE = re.compile(r"\s*(?:results?|\(.*?\))\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Stage:
    """A stage that a title has announced: the line that says most of it, and its length where it is told."""

    number: int
    line: int
    laps: int | None = None

    def session(self) -> SessionClaim:
        return SessionClaim(self.line, f"stage-{self.number}", f"Stage {self.number}", self.laps)


@dataclass(slots=True)
class ResultTables:
    """Reads the tables of one document in order, and remembers which stage a title has announced.

    `practices` is how many practice sessions the document has tables of. Every method raises BadDocument where a
    table breaks its form.
    """

    document: Document
    practices: int
    _stage: _Stage | None = None
    _seen: set[str] = field(default_factory=set)

    def title(self, section: Section, title: Title) -> list[Claim]:
        """Take note of "Stage One" or "Laps: 90" over the next table; a length of nobody knows what is kept raw."""
        claims: list[Claim] = []
        number = stage_number(title.text)
        if number:
            claims = self.end_section()
            self._stage = _Stage(number, title.line)
        laps = re.search(r"Laps:(.*)$", title.text)
        under = stage_number(section.heading)
        if self._stage is None and under:
            self._stage = _Stage(under, title.line)
        if self._stage is None:
            return [RawClaim(title.line, section.heading, title.text)]
        if laps:
            length = whole(Spot(self.document, title.line), laps[1], "the length of a stage in laps", least=1)
            self._stage = _Stage(self._stage.number, title.line, length)
        return claims

    def end_section(self) -> list[Claim]:
        """A stage that was announced over no table still is a session of the race."""
        stage, self._stage = self._stage, None
        if stage is None or f"stage-{stage.number}" in self._seen:
            return []
        self._seen.add(f"stage-{stage.number}")
        return [stage.session()]

    def read(self, section: Section, table: Table) -> list[Claim]:
        """The claims of one table; a table that nobody can read, or a second one of its kind, is kept raw."""
        under = stage_number(section.heading)
        stage = self._stage or (_Stage(under, table.line) if under else None)
        grid = grid_of(section, table, stage.number if stage else None)
        if grid is None:
            return [raw_table(section, table)]
        self._stage = None
        if grid.kind == "standings":
            return self._once(section, grid, read_standings(self.document, section, grid))
        if grid.kind == "entry":
            return self._once(section, grid, self._entries(section, grid))
        return self._once(section, grid, self._sessions(section, grid, stage))

    def _sessions(self, section: Section, grid: Grid, stage: _Stage | None) -> list[Claim]:
        """One session and its rows; with a stage's title over the race, also that stage's length and winner."""
        if grid.kind == "stage" and stage:
            session = stage.session()
            return [session, *self._results(section, grid, session.key)]
        key, title = self._session(section, grid)
        claims = self._results(section, grid, key)
        first = next((claim for claim in claims if isinstance(claim, RowClaim)), None)
        length = first.laps if first and grid.kind == "race" else None
        claims = [SessionClaim(grid.table.line, key, title, length or None), *claims]
        if grid.kind == "race" and stage:
            claims.append(stage.session())
            claims += [_stage_winner(first, stage)] if first else []
        return claims

    def _session(self, section: Section, grid: Grid) -> tuple[str, str]:
        """(key, title) of a session that is no stage."""
        if grid.kind != "practice":
            titles = {"race": "Race", "lineup": "Starting lineup"}
            return grid.kind, titles.get(grid.kind, "Qualifying")
        told = _SESSION_TITLE.sub("", _SESSION_TITLE.sub("", section.heading)) or "Practice"
        if self.practices == 1:
            return "practice", told
        count = 1 + len([key for key in self._seen if key.startswith("practice-")])
        return f"practice-{count}", told if told.lower() != "practice" else f"Practice {count}"

    def _once(self, section: Section, grid: Grid, claims: list[Claim]) -> list[Claim]:
        """One table per session, one entry list, one table per championship; a second one is kept raw."""
        names = {_about(claim) for claim in claims} - {""}
        if names & self._seen:
            return [raw_table(section, grid.table)]
        self._seen |= names
        return [*claims, raw_table(section, grid.table)] if grid.unread() else claims

    def _entries(self, section: Section, grid: Grid) -> list[Claim]:
        claims: list[Claim] = []
        listed: dict[str, int] = {}
        for row in grid.rows:
            if grid.band(row):
                claims += _band(section, grid.band(row), row)
                continue
            spot = Spot(self.document, row.line)
            driver, rookie, ineligible = _driver(spot, grid.cell(row, "driver"))
            car = _car(spot, grid.cell(row, "car"))
            if car is None:
                raise spot.broken(f"{driver} has no car number in the entry list")
            if car in listed:
                raise spot.broken(f"car {car} is in the entry list twice: it stands in line {listed[car]} too")
            listed[car] = row.line
            team, make = grid.cell(row, "team") or None, grid.cell(row, "manufacturer") or None
            claims.append(EntryClaim(row.line, car, driver, team, make, rookie, ineligible))
        return claims

    def _results(self, section: Section, grid: Grid, session: str) -> list[Claim]:
        claims: list[Claim] = []
        positions: list[int] = []
        status = None
        for row in grid.rows:
            if grid.band(row):
                claims += _band(section, grid.band(row), row)
                status = grid.band(row)
                continue
            spot = Spot(self.document, row.line)
            position = whole(spot, grid.cell(row, "position"), "a position", least=1)
            _check_order(spot, grid, positions, position)
            positions.append(position)
            claims.append(_row(spot, grid, row, session, position, status))
        return claims


def raw_table(section: Section, table: Table) -> RawClaim:
    """A table kept whole, cell by cell."""
    text = "\n".join(f"| {' | '.join(row.cells)} |" for row in table.rows)
    return RawClaim(table.line, section.heading, text)


def _stage_winner(first: RowClaim, stage: _Stage) -> RowClaim:
    """The last stage ends with the race: its winner is the race's, and its points are in the race's total."""
    return RowClaim(
        first.line,
        f"stage-{stage.number}",
        first.driver,
        position=1,
        car=first.car,
        team=first.team,
        manufacturer=first.manufacturer,
        rookie=first.rookie,
        ineligible=first.ineligible,
    )


def _about(claim: Claim) -> str:
    if isinstance(claim, SessionClaim):
        return claim.key
    if isinstance(claim, EntryClaim):
        return "entry list"
    return getattr(claim, "championship", "")


def _check_order(spot: Spot, grid: Grid, before: list[int], position: int) -> None:
    """The race and its stages are ranked without gaps; elsewhere no position stands twice."""
    if grid.kind in {"race", "stage"} and position != len(before) + 1:
        raise spot.broken(f"position {position} stands where position {len(before) + 1} should be")
    if position in before:
        raise spot.broken(f"position {position} stands twice in this table")


def _row(spot: Spot, grid: Grid, row: Row, session: str, position: int, status: str | None) -> RowClaim:
    driver, rookie, ineligible = _driver(spot, grid.cell(row, "driver"))
    return RowClaim(
        row.line,
        session,
        driver,
        position,
        _car(spot, grid.cell(row, "car")),
        grid.cell(row, "team") or None,
        grid.cell(row, "manufacturer") or None,
        grid=_count(spot, grid, row, "grid", "a grid position"),
        laps=_count(spot, grid, row, "laps", "laps completed"),
        points=_count(spot, grid, row, "points", "points", least=-999),
        time_s=lap_time_s(spot, grid.cell(row, "time"), "a lap time") if "time" in grid.keys else None,
        speed_mph=_speed(spot, grid.cell(row, "speed")),
        rounds_s=tuple(
            lap_time_s(spot, grid.cell(row, key), "a qualifying time") for key in ("r1", "r2", "r3") if key in grid.keys
        ),
        laps_led=_count(spot, grid, row, "laps_led", "laps led"),
        status=grid.cell(row, "status") or status,
        rookie=rookie,
        ineligible=ineligible,
    )


def _count(spot: Spot, grid: Grid, row: Row, key: str, what: str, least: int = 0) -> int | None:
    text = grid.cell(row, key)
    return None if text.lower() in NO_VALUE else whole(spot, text, what, least=least)


def _speed(spot: Spot, text: str) -> float | None:
    return None if text.lower() in NO_VALUE else number(spot, text, "a speed") or None


def _driver(spot: Spot, cell: str) -> tuple[str, bool, bool]:
    """(name, rookie, ineligible): (R) marks a rookie, (i) a driver who scores no points in this series."""
    marks = {mark.lower() for mark in _MARK.findall(cell)}
    name = _MARK.sub("", cell).strip()
    if not name:
        raise spot.broken("this row names no driver")
    return name, "r" in marks, "i" in marks


def _car(spot: Spot, cell: str) -> str | None:
    """A car number as text: "07" is not "7"; None where the cell is empty."""
    text = cell.removeprefix("#").strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,3}[A-Za-z]?", text):
        raise spot.broken(f"a car number must be a number, not “{text[:40]}”")
    return text


def _band(section: Section, text: str, row: Row) -> list[Claim]:
    """A line across a table; "Official ..." only repeats what the table is."""
    return [] if text.startswith("Official") else [FootnoteClaim(row.line, text, section.heading)]
