"""The sessions of a results table: which cars finished where. The race and its stages are ranked without gaps."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.documents.model import Claim, Document, FactClaim, RowClaim, SessionClaim
from bot.documents.race_page.columns import stage_number
from bot.documents.results_csv.sheet import ResultsRow
from bot.documents.results_csv.values import parse_car_number, parse_decimal, parse_driver, parse_seconds
from bot.documents.text.measures import EMPTY_VALUES, DocumentLine, parse_integer
from bot.language.patterns import Pattern
from bot.racing.sessions import PRACTICE_SESSION, RACE_SESSION, is_stage, practice_key, session_title, stage_key

__all__ = ["ResultsSession", "read_sessions", "row_facts"]

_SESSION_KEYS = {
    "": "race", "race": "race", "qualifying": "qualifying", "qualification": "qualifying", "starting lineup": "lineup",
    "starting line-up": "lineup", "lineup": "lineup", "grid": "lineup",
}  # fmt: skip
_SESSION_TITLES = {"race": "Race", "qualifying": "Qualifying", "lineup": "Starting lineup"}
_ROUND_COLUMNS = ("r1_s", "r2_s", "r3_s")
_PRACTICE = Pattern(r"\bpractice\b", re.IGNORECASE)


@dataclass(slots=True)
class ResultsSession:
    """One session as its rows are read: `length` in laps and the line that says it, 0 where none does."""

    key: str
    title: str
    line: int
    length: int | None = None
    length_line: int = 0
    rows: list[RowClaim] = field(default_factory=list)

    def claims(self) -> list[Claim]:
        """The session and its rows; a race is as long as its winner drove."""
        first = next((row for row in self.rows if row.position == 1), None)
        laps = first.laps if first and self.key == "race" and self.length is None else self.length
        return [SessionClaim(self.length_line or self.line, self.key, self.title, laps or None), *self.rows]


def read_sessions(document: Document, rows: Sequence[ResultsRow]) -> list[ResultsSession]:
    """Every session, in the order in which they begin in the table.

    Raises BadDocument where a session is unknown, a cell is none of its kind, a car or a driver is in a session twice,
    and where positions are missing or there twice.
    """
    sessions: dict[str, ResultsSession] = {}
    rounds = [name for name in _ROUND_COLUMNS if any(name in row.cells for row in rows)]
    for row in rows:
        source = DocumentLine(document, row.line)
        key, title = _session_key_and_title(source, row.cells.get("session", ""))
        session = sessions.setdefault(key, ResultsSession(key, title, row.line))
        _set_length(source, session, row.cells.get("stage_laps", ""))
        session.rows.append(_row_claim(source, key, row, rounds))
    for session in sessions.values():
        _check_duplicates(document, session)
    return _number_practices(sessions.values())


def row_facts(sessions: Iterable[ResultsSession]) -> list[FactClaim]:
    """What the rows say of the race as a whole: who won, who had the pole, who led most laps."""
    facts: list[FactClaim] = []
    for session in sessions:
        first = next((row for row in session.rows if row.position == 1), None)
        if session.key == "race" and first:
            facts += _fact_claims(first, ("winner", "winner_car", "winner_team", "laps_run"), first.laps or None)
            facts += _most_laps_led(session.rows, first.laps)
        if session.key == "qualifying" and first:
            time = next((time for time in reversed(first.rounds_s) if time), first.time_s)
            facts += _fact_claims(first, ("pole_driver", "", "pole_team", "pole_time_s"), time)
    return facts


def _fact_claims(row: RowClaim, fields: Sequence[str], result_value: float | None) -> list[FactClaim]:
    field_values = zip(fields, (row.driver, row.car, row.team, result_value), strict=True)
    return [FactClaim(row.line, name, value) for name, value in field_values if name and value is not None]


def _most_laps_led(rows: Sequence[RowClaim], laps: int | None) -> list[FactClaim]:
    """Nothing where two drivers led as many, or where the laps led are not all the laps of the race."""
    leaders = sorted((row for row in rows if row.laps_led), key=lambda row: -(row.laps_led or 0))
    if (
        not leaders
        or sum(row.laps_led or 0 for row in leaders) != laps
        or (len(leaders) > 1 and leaders[0].laps_led == leaders[1].laps_led)
    ):
        return []
    return _fact_claims(
        leaders[0], ("most_laps_led_driver", "", "most_laps_led_team", "most_laps_led"), leaders[0].laps_led
    )


def _session_key_and_title(source: DocumentLine, text: str) -> tuple[str, str]:
    """(key, title) of a session; a practice is known by its title until all are known."""
    plain = " ".join(text.lower().removesuffix("results").split())
    if plain in _SESSION_KEYS:
        return _SESSION_KEYS[plain], _SESSION_TITLES[_SESSION_KEYS[plain]]
    stage = stage_number(plain)
    if stage:
        return stage_key(stage), session_title(stage_key(stage))
    if _PRACTICE.search(plain):
        return f"practice {plain}", text[:1].upper() + text[1:]
    raise source.error(
        f"there is no session “{text[:40]}”: write Race, Stage 1, Qualifying, Starting lineup or Practice"
    )


def _number_practices(sessions: Iterable[ResultsSession]) -> list[ResultsSession]:
    """One practice is "practice", of several each has its number."""
    all_sessions = list(sessions)
    practices = [session for session in all_sessions if session.key.startswith("practice ")]
    for count, session in enumerate(practices, 1):
        session.key = PRACTICE_SESSION if len(practices) == 1 else practice_key(count)
        session.rows = [replace(row, session=session.key) for row in session.rows]
    return all_sessions


def _set_length(source: DocumentLine, session: ResultsSession, text: str) -> None:
    if text.lower() in EMPTY_VALUES:
        return
    length = parse_integer(source, text, "the length of a session in laps", minimum=1)
    if session.length not in {None, length}:
        raise source.error(f"{session.title} has {length} laps here and {session.length} in line {session.length_line}")
    if session.length is None:
        session.length, session.length_line = length, source.line


def _row_claim(source: DocumentLine, key: str, row: ResultsRow, rounds: Sequence[str]) -> RowClaim:
    cells = row.cells
    for name in ("position", "driver"):
        if name not in cells:
            raise source.error(f"this row has no {name}")
    name, rookie, ineligible = parse_driver(source, cells["driver"])
    return RowClaim(
        source.line,
        key,
        name,
        parse_integer(source, cells["position"], "a position", minimum=1),
        parse_car_number(source, cells["car"]) if "car" in cells else None,
        cells.get("team"),
        cells.get("manufacturer"),
        grid=_parse_count(source, cells, "grid", "a grid position"),
        laps=_parse_count(source, cells, "laps", "laps completed"),
        points=_parse_count(source, cells, "points", "points", minimum=-999),
        time_s=parse_seconds(source, cells.get("time_s", ""), "a lap time"),
        speed_mph=_parse_speed(source, cells.get("speed_mph", "")),
        rounds_s=tuple(
            parse_seconds(source, cells.get(column, ""), "a qualifying time")
            for column in rounds
            if key == "qualifying"
        ),
        laps_led=_parse_count(source, cells, "laps_led", "laps led"),
        status=cells.get("status"),
        rookie=rookie,
        ineligible=ineligible,
    )


def _parse_speed(source: DocumentLine, text: str) -> float | None:
    return None if text.lower() in EMPTY_VALUES else parse_decimal(source, text, "a speed") or None


def _parse_count(source: DocumentLine, cells: dict[str, str], name: str, label: str, minimum: int = 0) -> int | None:
    text = cells.get(name, "")
    return None if text.lower() in EMPTY_VALUES else parse_integer(source, text, label, minimum=minimum)


def _check_duplicates(document: Document, session: ResultsSession) -> None:
    """Nobody is in a session twice, no position is taken twice, and the race and its stages leave none out."""
    for what, column in (("car", "car"), ("", "driver")):
        line_by_value: dict[str, int] = {}
        for row in session.rows:
            value = getattr(row, column)
            if value in line_by_value:
                raise DocumentLine(document, row.line).error(
                    f"{what} {value} is in {session.title} twice: it stands in line {line_by_value[value]} too".strip()
                )
            if value:
                line_by_value[value] = row.line
    _check_positions(document, session)


def _check_positions(document: Document, session: ResultsSession) -> None:
    ranked = session.key == RACE_SESSION or is_stage(session.key)
    rows = sorted(session.rows, key=lambda row: (row.position or 0, row.line))
    for index, row in enumerate(rows):
        source = DocumentLine(document, row.line)
        previous_row = rows[index - 1] if index else None
        if previous_row and previous_row.position == row.position:
            what = "two winners" if row.position == 1 else f"two cars in position {row.position}"
            raise source.error(f"{session.title} has {what}: line {previous_row.line} says so too")
        if ranked and row.position != index + 1:
            raise source.error(f"{session.title} has no position {index + 1}, but this row has position {row.position}")
