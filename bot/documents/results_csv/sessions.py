"""The sessions of a results table: which cars finished where. The race and its stages are ranked without gaps.

A cell that cannot be read is kept as it is and its row stays; a row without a driver or a place is a fault, unless it
says that the car did not qualify.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.documents.history_csv.reader import stage_points
from bot.documents.model import Claim, Document, FactClaim, RowClaim, SessionClaim
from bot.documents.race_page.columns import stage_number
from bot.documents.results_csv.columns import STAGE_PLACE_COLUMNS
from bot.documents.results_csv.order import check_order
from bot.documents.results_csv.table import ResultsRow
from bot.documents.results_csv.values import (
    parse_car_number,
    parse_count,
    parse_decimal,
    parse_driver,
    parse_place,
    parse_seconds,
)
from bot.documents.text.document_line import DocumentLine
from bot.documents.text.faults import FaultList
from bot.errors import BadDocument
from bot.language.patterns import Pattern
from bot.racing.sessions import PRACTICE_SESSION, RACE_SESSION, is_stage, practice_key, session_title, stage_key

__all__ = ["ResultsSession", "SessionReader", "row_facts", "session_of_words"]

T = TypeVar("T")

_SESSION_KEYS = {
    "": "race", "race": "race", "r": "race", "feature": "race", "main": "race", "qualifying": "qualifying",
    "qualification": "qualifying", "q": "qualifying", "starting lineup": "lineup", "starting line-up": "lineup",
    "lineup": "lineup", "grid": "lineup",
}  # fmt: skip
_SESSION_TITLES = {"race": "Race", "qualifying": "Qualifying", "lineup": "Starting lineup"}
_SESSION_WORDS = {
    "qualifying": "Qualifying", "qual": "Qualifying", "quals": "Qualifying", "practice": "Practice",
    "starting lineup": "Starting lineup", "lineup": "Starting lineup", "starting grid": "Starting lineup",
}  # fmt: skip
MAX_TITLE_WORDS = 12  # of a title that says a session; a longer line is a sentence
_ROUND_COLUMNS = ("r1_s", "r2_s", "r3_s")
_PRACTICE = Pattern(r"\bpractice\b", re.IGNORECASE)
# What stands for a place where a car has none, by whether it was in the race at all.
_NOT_STARTED = frozenset(
    {"dnq", "did not qualify", "wd", "w/d", "withdrew", "withdrawn", "dns", "did not start", "nq", "alt"}
)
_NOT_PLACED = frozenset({
    "dnf", "dsq", "dq", "disqualified", "ret", "retired", "nc", "not classified", "exc", "excluded", "did not finish",
})  # fmt: skip
MIN_RACE_POINTS = -999  # penalties may cost more than a race gives


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


class SessionReader:
    """Reads rows into sessions. `unread` are cells that cannot be read, `absent` rows of cars that did not qualify."""

    def __init__(self, document: Document, faults: FaultList, session: str = "") -> None:
        """`session` is that of rows that do not say theirs; "" is the race."""
        self.document, self.faults, self.session = document, faults, session
        self.unread: list[tuple[int, str]] = []
        self.absent: list[tuple[int, str]] = []

    def read(self, rows: Sequence[ResultsRow]) -> list[ResultsSession]:
        """Every session, in the order in which they begin in the table; the places in stages make sessions too.

        Faults are unknown sessions, rows without driver or place, a car or a driver that is in a session twice, and
        positions that are missing or there twice.
        """
        sessions: dict[str, ResultsSession] = {}
        rounds = [name for name in _ROUND_COLUMNS if any(name in row.cells for row in rows)]
        for row in rows:
            with self.faults.collect():
                self._add_row(sessions, row, rounds)
        told_keys = set(sessions)
        for stage, column in enumerate(STAGE_PLACE_COLUMNS, 1):
            self._add_stage(sessions, stage, column, rows)
        stage_keys = set(sessions) - told_keys
        for session in sessions.values():
            is_whole = (session.key == RACE_SESSION or is_stage(session.key)) and session.key not in stage_keys
            check_order(self.document, session.title, session.rows, self.faults, is_whole=is_whole)
        return _number_practices(sessions.values())

    def _add_row(self, sessions: dict[str, ResultsSession], row: ResultsRow, rounds: Sequence[str]) -> None:
        source = DocumentLine(self.document, row.line)
        key, title = _session_key_and_title(source, row.cells.get("session", self.session))
        claim = self._row_claim(source, key, row, rounds)
        session = sessions.setdefault(key, ResultsSession(key, title, row.line))
        _set_length(source, session, row.cells.get("stage_laps", ""))
        if claim:
            session.rows.append(claim)

    def _row_claim(self, source: DocumentLine, key: str, row: ResultsRow, rounds: Sequence[str]) -> RowClaim | None:
        """The row as a claim; None where the car was in no race."""
        cells = row.cells
        if "driver" not in cells:
            raise source.error("this row has no driver")
        position, status = _place_and_status(source, cells)
        name, rookie, ineligible = parse_driver(source, cells["driver"])
        if position is None and status is None:
            self.absent.append((source.line, ", ".join(cells.values())))
            return None

        def count(column: str, label: str, minimum: int = 0) -> int | None:
            return self._value(source, column, cells, lambda at, text: parse_count(at, text, label, minimum))

        return RowClaim(
            source.line,
            key,
            name,
            position,
            self._value(source, "car", cells, parse_car_number),
            cells.get("team"),
            cells.get("manufacturer"),
            grid=self._value(source, "grid", cells, parse_place_or_none),
            laps=count("laps", "laps completed"),
            points=count("points", "points", MIN_RACE_POINTS),
            time_s=self._time(source, "time_s", cells) if key != RACE_SESSION or "time_s" in cells else None,
            speed_mph=self._value(source, "speed_mph", cells, lambda at, text: parse_decimal(at, text, "a speed"))
            or None,
            rounds_s=tuple(self._time(source, column, cells) for column in rounds if key == "qualifying"),
            laps_led=count("laps_led", "laps led"),
            status=status or None,
            rating=self._value(source, "rating", cells, lambda at, text: parse_decimal(at, text, "a rating")) or None,
            rookie=rookie,
            ineligible=ineligible,
        )

    def _time(self, source: DocumentLine, column: str, cells: dict[str, str]) -> float | None:
        return self._value(source, column, cells, lambda at, text: parse_seconds(at, text, "a lap time"))

    def _value(
        self, source: DocumentLine, column: str, cells: dict[str, str], parse: Callable[[DocumentLine, str], T]
    ) -> T | None:
        """The value of a cell; None where there is none, or where it cannot be read: then it is kept as it is."""
        if column not in cells:
            return None
        try:
            return parse(source, cells[column])
        except BadDocument as fault:
            self.unread.append((source.line, f"{column.replace('_', ' ')} {cells[column]}: {fault.reason}"))
            return None

    def _add_stage(
        self, sessions: dict[str, ResultsSession], stage: int, column: str, rows: Sequence[ResultsRow]
    ) -> None:
        """The places in a stage that the rows of the race tell; the points of a stage follow from its places."""
        key = stage_key(stage)
        claims = []
        for row in rows:
            is_race_row = _SESSION_KEYS.get(row.cells.get("session", self.session).lower()) == RACE_SESSION
            source = DocumentLine(self.document, row.line)
            place = self._value(source, column, row.cells, parse_place_or_none) if is_race_row else None
            if place and "driver" in row.cells:
                name, rookie, ineligible = parse_driver(source, row.cells["driver"])
                car = self._value(source, "car", row.cells, parse_car_number)
                race_points = 0 if row.cells.get("points") in {"0", "0.0"} else None
                claims.append(
                    RowClaim(
                        row.line, key, name, place, car, row.cells.get("team"), row.cells.get("manufacturer"),
                        points=stage_points(place, race_points), rookie=rookie, ineligible=ineligible,
                    )
                )  # fmt: skip
        if claims and key not in sessions:
            sessions[key] = ResultsSession(key, session_title(key), claims[0].line, rows=sorted(claims, key=_place))


def parse_place_or_none(source: DocumentLine, text: str) -> int | None:
    """A place in a stage or on the grid; None for 0, which stands for none. Raises BadDocument."""
    return None if text in {"0", "0.0"} else parse_place(source, text)


def _place(claim: RowClaim) -> int:
    return claim.position or 0


def _place_and_status(source: DocumentLine, cells: dict[str, str]) -> tuple[int | None, str | None]:
    """(place, status) of a row: no place for a car that has none, and no status either for one that was in no race.

    Raises BadDocument where the row says neither a place nor why it has none.
    """
    told, status = cells.get("position", ""), cells.get("status", "")
    words = told.lower().strip(". ")
    if words in _NOT_STARTED or (status.lower().strip(". ") in _NOT_STARTED and (not told or told in {"0", "0.0"})):
        return None, None
    if words in _NOT_PLACED:
        return None, status or told
    if not told:
        if status.lower() in _NOT_PLACED:
            return None, status
        raise source.error("this row has no position")
    if told in {"0", "0.0"} and cells.get("laps", "0") in {"0", "0.0"} and cells.get("points", "0") in {"0", "0.0"}:
        return None, None
    return parse_place(source, told), status


def session_of_words(texts: Iterable[str]) -> str:
    """The session that a title or a file's name tells: "Qualifying", "Practice", "Stage 1" ...; "" for none."""
    for text in texts:
        words = " ".join(re.findall(r"[a-z0-9]+", text.lower()))
        stage = re.search(r"\bstage ([1-4])\b", words)
        if stage and len(words.split()) <= MAX_TITLE_WORDS:
            return f"Stage {stage[1]}"
        for told, session in _SESSION_WORDS.items():
            if f" {told} " in f" {words} " and len(words.split()) <= MAX_TITLE_WORDS:
                return session
    return ""


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
    if not text:
        return
    length = parse_count(source, text, "the length of a session in laps", minimum=1)
    if session.length not in {None, length}:
        raise source.error(f"{session.title} has {length} laps here and {session.length} in line {session.length_line}")
    if session.length is None:
        session.length, session.length_line = length, source.line
