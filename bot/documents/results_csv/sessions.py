"""The sessions of a results table: which cars finished where. The race and its stages are ranked without gaps."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.documents.model import Claim, Document, FactClaim, RowClaim, SessionClaim
from bot.documents.race_page.columns import stage_number
from bot.documents.results_csv.sheet import SheetRow
from bot.documents.results_csv.values import car_number, decimal, driver, seconds
from bot.documents.text.measures import NO_VALUE, Spot, whole

__all__ = ["SheetSession", "read_sessions", "told_by_rows"]

_KEYS = {
    "": "race", "race": "race", "qualifying": "qualifying", "qualification": "qualifying", "starting lineup": "lineup",
    "starting line-up": "lineup", "lineup": "lineup", "grid": "lineup",
}  # fmt: skip
_TITLES = {"race": "Race", "qualifying": "Qualifying", "lineup": "Starting lineup"}
_ROUNDS = ("r1_s", "r2_s", "r3_s")
_PRACTICE = re.compile(r"\bpractice\b", re.IGNORECASE)


@dataclass(slots=True)
class SheetSession:
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


def read_sessions(document: Document, rows: Sequence[SheetRow]) -> list[SheetSession]:
    """Every session, in the order in which they begin in the table.

    Raises BadDocument where a session is unknown, a cell is none of its kind, a car or a driver is in a session twice,
    and where positions are missing or there twice.
    """
    sessions: dict[str, SheetSession] = {}
    rounds = [name for name in _ROUNDS if any(name in row.cells for row in rows)]
    for row in rows:
        spot = Spot(document, row.line)
        key, title = _session(spot, row.cells.get("session", ""))
        session = sessions.setdefault(key, SheetSession(key, title, row.line))
        _take_length(spot, session, row.cells.get("stage_laps", ""))
        session.rows.append(_row(spot, key, row, rounds))
    for session in sessions.values():
        _insist_on_order(document, session)
    return _numbered(sessions.values())


def told_by_rows(sessions: Iterable[SheetSession]) -> list[FactClaim]:
    """What the rows say of the race as a whole: who won, who had the pole, who led most laps."""
    facts: list[FactClaim] = []
    for session in sessions:
        first = next((row for row in session.rows if row.position == 1), None)
        if session.key == "race" and first:
            facts += _facts(first, ("winner", "winner_car", "winner_team", "laps_run"), first.laps or None)
            facts += _most_laps_led(session.rows, first.laps)
        if session.key == "qualifying" and first:
            time = next((time for time in reversed(first.rounds_s) if time), first.time_s)
            facts += _facts(first, ("pole_driver", "", "pole_team", "pole_time_s"), time)
    return facts


def _facts(row: RowClaim, fields: Sequence[str], last: float | None) -> list[FactClaim]:
    told = zip(fields, (row.driver, row.car, row.team, last), strict=True)
    return [FactClaim(row.line, name, value) for name, value in told if name and value is not None]


def _most_laps_led(rows: Sequence[RowClaim], laps: int | None) -> list[FactClaim]:
    """Nothing where two drivers led as many, or where the laps led are not all the laps of the race."""
    led = sorted((row for row in rows if row.laps_led), key=lambda row: -(row.laps_led or 0))
    if (
        not led
        or sum(row.laps_led or 0 for row in led) != laps
        or (len(led) > 1 and led[0].laps_led == led[1].laps_led)
    ):
        return []
    return _facts(led[0], ("most_laps_led_driver", "", "most_laps_led_team", "most_laps_led"), led[0].laps_led)


def _session(spot: Spot, text: str) -> tuple[str, str]:
    """(key, title) of a session; a practice is known by its title until all are known."""
    plain = " ".join(text.lower().removesuffix("results").split())
    if plain in _KEYS:
        return _KEYS[plain], _TITLES[_KEYS[plain]]
    stage = stage_number(plain)
    if stage:
        return f"stage-{stage}", f"Stage {stage}"
    if _PRACTICE.search(plain):
        return f"practice {plain}", text[:1].upper() + text[1:]
    raise spot.broken(
        f"there is no session “{text[:40]}”: write Race, Stage 1, Qualifying, Starting lineup or Practice"
    )


def _numbered(sessions: Iterable[SheetSession]) -> list[SheetSession]:
    """One practice is "practice", of several each has its number."""
    told = list(sessions)
    practices = [session for session in told if session.key.startswith("practice ")]
    for count, session in enumerate(practices, 1):
        session.key = "practice" if len(practices) == 1 else f"practice-{count}"
        session.rows = [replace(row, session=session.key) for row in session.rows]
    return told


def _take_length(spot: Spot, session: SheetSession, text: str) -> None:
    if text.lower() in NO_VALUE:
        return
    length = whole(spot, text, "the length of a session in laps", least=1)
    if session.length not in {None, length}:
        raise spot.broken(f"{session.title} has {length} laps here and {session.length} in line {session.length_line}")
    if session.length is None:
        session.length, session.length_line = length, spot.line


def _row(spot: Spot, key: str, row: SheetRow, rounds: Sequence[str]) -> RowClaim:
    cells = row.cells
    for name in ("position", "driver"):
        if name not in cells:
            raise spot.broken(f"this row has no {name}")
    name, rookie, ineligible = driver(spot, cells["driver"])
    return RowClaim(
        spot.line,
        key,
        name,
        whole(spot, cells["position"], "a position", least=1),
        car_number(spot, cells["car"]) if "car" in cells else None,
        cells.get("team"),
        cells.get("manufacturer"),
        grid=_count(spot, cells, "grid", "a grid position"),
        laps=_count(spot, cells, "laps", "laps completed"),
        points=_count(spot, cells, "points", "points", least=-999),
        time_s=seconds(spot, cells.get("time_s", ""), "a lap time"),
        speed_mph=_speed(spot, cells.get("speed_mph", "")),
        rounds_s=tuple(seconds(spot, cells.get(one, ""), "a qualifying time") for one in rounds if key == "qualifying"),
        laps_led=_count(spot, cells, "laps_led", "laps led"),
        status=cells.get("status"),
        rookie=rookie,
        ineligible=ineligible,
    )


def _speed(spot: Spot, text: str) -> float | None:
    return None if text.lower() in NO_VALUE else decimal(spot, text, "a speed") or None


def _count(spot: Spot, cells: dict[str, str], name: str, what: str, least: int = 0) -> int | None:
    text = cells.get(name, "")
    return None if text.lower() in NO_VALUE else whole(spot, text, what, least=least)


def _insist_on_order(document: Document, session: SheetSession) -> None:
    """Nobody is in a session twice, no position is taken twice, and the race and its stages leave none out."""
    for what, of in (("car", "car"), ("", "driver")):
        seen: dict[str, int] = {}
        for row in session.rows:
            who = getattr(row, of)
            if who in seen:
                raise Spot(document, row.line).broken(
                    f"{what} {who} is in {session.title} twice: it stands in line {seen[who]} too".strip()
                )
            if who:
                seen[who] = row.line
    _insist_on_positions(document, session)


def _insist_on_positions(document: Document, session: SheetSession) -> None:
    ranked = session.key == "race" or session.key.startswith("stage-")
    rows = sorted(session.rows, key=lambda row: (row.position or 0, row.line))
    for place, row in enumerate(rows):
        spot = Spot(document, row.line)
        before = rows[place - 1] if place else None
        if before and before.position == row.position:
            what = "two winners" if row.position == 1 else f"two cars in position {row.position}"
            raise spot.broken(f"{session.title} has {what}: line {before.line} says so too")
        if ranked and row.position != place + 1:
            raise spot.broken(f"{session.title} has no position {place + 1}, but this row has position {row.position}")
