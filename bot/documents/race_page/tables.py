"""The result tables of a race page: entry list, practice, qualifying, stages and the race itself.

The table under "Stage Three" is the race: its points are race totals and its laps race laps. Of the last stage itself
the page tells its length and, as it ends with the race, its winner.
"""

import re
from dataclasses import dataclass, field

from bot.documents.model import Claim, Document, EntryClaim, FootnoteClaim, RawClaim, RowClaim, SessionClaim
from bot.documents.race_page.blocks import PageRow, PageSection, PageTable, TableTitle
from bot.documents.race_page.columns import KeyedTable, key_columns, stage_number
from bot.documents.race_page.standings import read_standings
from bot.documents.text.measures import EMPTY_VALUES, DocumentLine, parse_integer, parse_lap_time_s, parse_number
from bot.language.patterns import Pattern
from bot.racing.sessions import PRACTICE_SESSION, SessionKey, is_practice, practice_key, session_title, stage_key

__all__ = ["ResultTableReader", "raw_table"]

_ENTRY_MARK = Pattern(r"\s*\((R|r|I|i)\)")
_SESSION_TITLE = Pattern(r"\s*(?:results?|\(.*?\))\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _StageTitle:
    """A stage that a title has announced: the line that says most of it, and its length where it is told."""

    number: int
    line: int
    laps: int | None = None

    @property
    def key(self) -> SessionKey:
        return stage_key(self.number)

    def session_claim(self) -> SessionClaim:
        return SessionClaim(self.line, self.key, session_title(self.key), self.laps)


@dataclass(slots=True)
class ResultTableReader:
    """Reads the tables of one document in order, and remembers which stage a title has announced.

    `practice_count` is how many practice sessions the document has tables of. Every method raises BadDocument where a
    table breaks its form.
    """

    document: Document
    practice_count: int
    _stage: _StageTitle | None = None
    _read_keys: set[str] = field(default_factory=set)

    def add_title(self, section: PageSection, title: TableTitle) -> list[Claim]:
        """Take note of "Stage One" or "Laps: 90" over the next table; a length of nobody knows what is kept raw."""
        claims: list[Claim] = []
        number = stage_number(title.text)
        if number:
            claims = self.end_section()
            self._stage = _StageTitle(number, title.line)
        laps = re.search(r"Laps:(.*)$", title.text)
        heading_stage = stage_number(section.heading)
        if self._stage is None and heading_stage:
            self._stage = _StageTitle(heading_stage, title.line)
        if self._stage is None:
            return [RawClaim(title.line, section.heading, title.text)]
        if laps:
            length = parse_integer(
                DocumentLine(self.document, title.line), laps[1], "the length of a stage in laps", minimum=1
            )
            self._stage = _StageTitle(self._stage.number, title.line, length)
        return claims

    def end_section(self) -> list[Claim]:
        """A stage that was announced over no table still is a session of the race."""
        stage, self._stage = self._stage, None
        if stage is None or stage.key in self._read_keys:
            return []
        self._read_keys.add(stage.key)
        return [stage.session_claim()]

    def read(self, section: PageSection, table: PageTable) -> list[Claim]:
        """The claims of one table; a table that nobody can read, or a second one of its kind, is kept raw."""
        heading_stage = stage_number(section.heading)
        stage = self._stage or (_StageTitle(heading_stage, table.line) if heading_stage else None)
        keyed_table = key_columns(section, table, stage.number if stage else None)
        if keyed_table is None:
            return [raw_table(section, table)]
        self._stage = None
        if keyed_table.kind == "standings":
            return self._claims_once(section, keyed_table, read_standings(self.document, section, keyed_table))
        if keyed_table.kind == "entry":
            return self._claims_once(section, keyed_table, self._entry_claims(section, keyed_table))
        return self._claims_once(section, keyed_table, self._session_claims(section, keyed_table, stage))

    def _session_claims(self, section: PageSection, table: KeyedTable, stage: _StageTitle | None) -> list[Claim]:
        """One session and its rows; with a stage's title over the race, also that stage's length and winner."""
        if table.kind == "stage" and stage:
            session = stage.session_claim()
            return [session, *self._result_claims(section, table, session.key)]
        key, title = self._session_key_and_title(section, table)
        claims = self._result_claims(section, table, key)
        first = next((claim for claim in claims if isinstance(claim, RowClaim)), None)
        length = first.laps if first and table.kind == "race" else None
        claims = [SessionClaim(table.page_table.line, key, title, length or None), *claims]
        if table.kind == "race" and stage:
            claims.append(stage.session_claim())
            claims += [_stage_winner(first, stage)] if first else []
        return claims

    def _session_key_and_title(self, section: PageSection, table: KeyedTable) -> tuple[str, str]:
        """(key, title) of a session that is no stage."""
        if table.kind != "practice":
            titles = {"race": "Race", "lineup": "Starting lineup"}
            return table.kind, titles.get(table.kind, "Qualifying")
        title = _SESSION_TITLE.sub("", _SESSION_TITLE.sub("", section.heading)) or "Practice"
        if self.practice_count == 1:
            return PRACTICE_SESSION, title
        count = 1 + len([key for key in self._read_keys if is_practice(key)])
        return practice_key(count), title if title.lower() != "practice" else f"Practice {count}"

    def _claims_once(self, section: PageSection, table: KeyedTable, claims: list[Claim]) -> list[Claim]:
        """One table per session, one entry list, one table per championship; a second one is kept raw."""
        names = {_claim_key(claim) for claim in claims} - {""}
        if names & self._read_keys:
            return [raw_table(section, table.page_table)]
        self._read_keys |= names
        return [*claims, raw_table(section, table.page_table)] if table.has_unnamed_values() else claims

    def _entry_claims(self, section: PageSection, table: KeyedTable) -> list[Claim]:
        claims: list[Claim] = []
        line_by_car: dict[str, int] = {}
        for row in table.rows:
            if table.banner_text(row):
                claims += _banner_claims(section, table.banner_text(row), row)
                continue
            source = DocumentLine(self.document, row.line)
            driver, rookie, ineligible = _parse_driver(source, table.cell(row, "driver"))
            car = _parse_car_number(source, table.cell(row, "car"))
            if car is None:
                raise source.error(f"{driver} has no car number in the entry list")
            if car in line_by_car:
                raise source.error(f"car {car} is in the entry list twice: it stands in line {line_by_car[car]} too")
            line_by_car[car] = row.line
            team, manufacturer = table.cell(row, "team") or None, table.cell(row, "manufacturer") or None
            claims.append(EntryClaim(row.line, car, driver, team, manufacturer, rookie, ineligible))
        return claims

    def _result_claims(self, section: PageSection, table: KeyedTable, session: str) -> list[Claim]:
        claims: list[Claim] = []
        positions: list[int] = []
        status = None
        for row in table.rows:
            if table.banner_text(row):
                claims += _banner_claims(section, table.banner_text(row), row)
                status = table.banner_text(row)
                continue
            source = DocumentLine(self.document, row.line)
            position = parse_integer(source, table.cell(row, "position"), "a position", minimum=1)
            _check_order(source, table, positions, position)
            positions.append(position)
            claims.append(_row_claim(source, table, row, session, position, status))
        return claims


def raw_table(section: PageSection, table: PageTable) -> RawClaim:
    """A table kept whole, cell by cell."""
    text = "\n".join(f"| {' | '.join(row.cells)} |" for row in table.rows)
    return RawClaim(table.line, section.heading, text)


def _stage_winner(first: RowClaim, stage: _StageTitle) -> RowClaim:
    """The last stage ends with the race: its winner is the race's, and its points are in the race's total."""
    return RowClaim(
        first.line,
        stage.key,
        first.driver,
        position=1,
        car=first.car,
        team=first.team,
        manufacturer=first.manufacturer,
        rookie=first.rookie,
        ineligible=first.ineligible,
    )


def _claim_key(claim: Claim) -> str:
    if isinstance(claim, SessionClaim):
        return claim.key
    if isinstance(claim, EntryClaim):
        return "entry list"
    return getattr(claim, "championship", "")


def _check_order(source: DocumentLine, table: KeyedTable, earlier_positions: list[int], position: int) -> None:
    """The race and its stages are ranked without gaps; elsewhere no position stands twice."""
    if table.kind in {"race", "stage"} and position != len(earlier_positions) + 1:
        raise source.error(f"position {position} stands where position {len(earlier_positions) + 1} should be")
    if position in earlier_positions:
        raise source.error(f"position {position} stands twice in this table")


def _row_claim(
    source: DocumentLine, table: KeyedTable, row: PageRow, session: str, position: int, status: str | None
) -> RowClaim:
    driver, rookie, ineligible = _parse_driver(source, table.cell(row, "driver"))
    return RowClaim(
        row.line,
        session,
        driver,
        position,
        _parse_car_number(source, table.cell(row, "car")),
        table.cell(row, "team") or None,
        table.cell(row, "manufacturer") or None,
        grid=_parse_count(source, table, row, "grid", "a grid position"),
        laps=_parse_count(source, table, row, "laps", "laps completed"),
        points=_parse_count(source, table, row, "points", "points", minimum=-999),
        time_s=parse_lap_time_s(source, table.cell(row, "time"), "a lap time") if "time" in table.keys else None,
        speed_mph=_parse_speed(source, table.cell(row, "speed")),
        rounds_s=tuple(
            parse_lap_time_s(source, table.cell(row, key), "a qualifying time")
            for key in ("r1", "r2", "r3")
            if key in table.keys
        ),
        laps_led=_parse_count(source, table, row, "laps_led", "laps led"),
        status=table.cell(row, "status") or status,
        rookie=rookie,
        ineligible=ineligible,
    )


def _parse_count(
    source: DocumentLine, table: KeyedTable, row: PageRow, key: str, label: str, minimum: int = 0
) -> int | None:
    text = table.cell(row, key)
    return None if text.lower() in EMPTY_VALUES else parse_integer(source, text, label, minimum=minimum)


def _parse_speed(source: DocumentLine, text: str) -> float | None:
    return None if text.lower() in EMPTY_VALUES else parse_number(source, text, "a speed") or None


def _parse_driver(source: DocumentLine, cell: str) -> tuple[str, bool, bool]:
    """(name, rookie, ineligible): (R) marks a rookie, (i) a driver who scores no points in this series."""
    marks = {mark.lower() for mark in _ENTRY_MARK.findall(cell)}
    name = _ENTRY_MARK.sub("", cell).strip()
    if not name:
        raise source.error("this row names no driver")
    return name, "r" in marks, "i" in marks


def _parse_car_number(source: DocumentLine, cell: str) -> str | None:
    """A car number as text: "07" is not "7"; None where the cell is empty."""
    text = cell.removeprefix("#").strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,3}[A-Za-z]?", text):
        raise source.error(f"a car number must be a number, not “{text[:40]}”")
    return text


def _banner_claims(section: PageSection, text: str, row: PageRow) -> list[Claim]:
    """A line across a table; "Official ..." only repeats what the table is."""
    return [] if text.startswith("Official") else [FootnoteClaim(row.line, text, section.heading)]
