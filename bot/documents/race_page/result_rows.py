"""One row of a result table: its cells as a claim, and in words what of it could not be read.

A cell that cannot be read costs its row nothing else. Only where a row is shorter or longer than its table, and a cell
does not fit its column, may all others have slipped: then the whole row is kept as it is written.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.documents.model import RowClaim
from bot.documents.race_page.blocks import PageRow
from bot.documents.race_page.column_names import COUNT_KEYS, NUMBER_KEYS, TEXT_KEYS
from bot.documents.race_page.columns import KeyedTable
from bot.documents.text.document_line import EMPTY_VALUES
from bot.documents.text.people import MarkedName, read_marked_name
from bot.documents.text.quantities import Quantity, UnreadableValue, read_count, read_speed_mph, without_notes
from bot.documents.text.times import NO_TIME_WORDS, LapTime, read_gap_s, read_lap_time, read_length_of_time
from bot.language.patterns import Pattern
from bot.language.shortening import one_line
from bot.racing.statuses import STATUS_BY_CODE

__all__ = ["ResultRowReader", "RowReading", "cell_text", "read_position"]

T = TypeVar("T")

MAX_QUOTE_LENGTH = 60  # characters of a cell that its fault repeats
MOST_OF = {"grid": 150, "laps": 3000, "laps_led": 3000, "points": 6000}  # a season's points come to 5,000
_POSITION = Pattern(r"^(?:T|=|P)?-? ?([0-9]{1,3})(?:st|nd|rd|th)?(?: ?[.)=T*])*$", 2)
_CODED_POSITION = Pattern(r"^([0-9]{1,3}(?:st|nd|rd|th)?) ?[(\[]?([A-Za-z/]{2,4})[)\]]?$")  # "35 (DSQ)"
_PART_OF_LAPS = Pattern(r"^([0-9]{1,4}) ?/ ?([0-9]{1,4})$")  # "267/267"
_NUMBERED_NAME = Pattern(r"^(?:#|No\.) ?([0-9]{1,3}[A-Za-z]?)(?: ?[-–:,/]| ) ?(?=[A-Z])")  # "#22 Joey Logano"
_CAR = Pattern(r"^(?:No\.? ?|#)?([0-9]{1,3}[A-Za-z]?)$", 2)
_LAPS_BEHIND = Pattern(r"^[+−–-]? ?[0-9]{1,3} laps?(?: (?:down|behind|back))?\.?$", 2)
_TIME_KEYS = frozenset({"time", "speed", "r1", "r2", "r3"})
_NUMBER = Pattern(r"^[-+−–]?[0-9][0-9.,:]*$")


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row that was read: the claim without a session's order checked, and what of it is kept as written.

    `claim` is None where the row names nobody, or its cells may have slipped; `faults` are for people.
    """

    claim: RowClaim | None
    position: int | None
    faults: tuple[str, ...] = ()


def cell_text(text: str) -> str | None:
    """A cell of words without its notes; None for one that is empty, or holds no letter."""
    plain = without_notes(text) if len(text) < MAX_QUOTE_LENGTH * 4 else text
    has_letters = any(character.isalpha() for character in plain)
    return plain if has_letters and plain.lower() not in EMPTY_VALUES else None


def read_position(text: str) -> tuple[int | None, str | None]:
    """(position, status) of "1st", "T5", "DSQ" or an empty cell. Raises UnreadableValue for anything else."""
    plain = without_notes(text)
    coded = _CODED_POSITION.match(plain)
    coded_status = STATUS_BY_CODE.get(coded[2].lower()) if coded else None
    found = _POSITION.match(coded[1] if coded and coded_status else plain)
    if found and int(found[1]):
        return int(found[1]), coded_status
    status = STATUS_BY_CODE.get(plain.lower().strip(". "))
    if status is None and plain.lower() not in EMPTY_VALUES and plain != "0":
        raise UnreadableValue(text)
    return None, status


@dataclass(slots=True)
class ResultRowReader:
    """Reader of one row of a table. `band` is the line across the table under which the row stands, if any."""

    table: KeyedTable
    row: PageRow
    session: str
    band: str | None = None
    is_race: bool = False
    _faults: list[str] = field(default_factory=list)
    _subject: str = ""
    _own_car: str | None = None

    def read(self) -> RowReading:
        """The row as a claim; what cannot be read is named in the faults, with the text as it is written."""
        numbered = _NUMBERED_NAME.match(self._cell("driver"))
        self._own_car = numbered[1] if numbered and "car" not in self.table.keys else None
        named = read_marked_name(self._cell("driver")[numbered.end() if numbered else 0 :])
        self._subject = named.name or "a row"
        if named.remark:
            self._faults.append(f"{self._subject}: {self._cell('driver')}")
        position, position_status = self._value("position", read_position) or (None, None)
        if not named.name or self._has_slipped():
            cells = " | ".join(cell for cell in self.row.cells if cell)
            return RowReading(None, position, (f"a row that cannot be read: {cells}",))
        claim = self._claim(named, position, position_status)
        return RowReading(claim, position, tuple(self._faults))

    def _claim(self, named: MarkedName, position: int | None, position_status: str | None) -> RowClaim:
        counts = {key: self._count(key) for key in COUNT_KEYS}
        time_s, gap_s, time_status, time_speed = self._time()
        speed = self._value("speed", read_speed_mph)
        own_status = self._text("status") or self.band
        if own_status and position_status and position_status != own_status:
            self._add_fault("position", self._cell("position"))
        mark_status = next((STATUS_BY_CODE[mark] for mark in named.marks if mark in STATUS_BY_CODE), None)
        return RowClaim(
            self.row.line,
            self.session,
            named.name,
            position,
            self._own_car or self._value("car", _read_car),
            self._text("team"),
            self._text("manufacturer"),
            grid=counts["grid"],
            laps=counts["laps"],
            points=counts["points"],
            time_s=time_s,
            speed_mph=speed.value if speed and speed.value else time_speed,
            rounds_s=tuple(self._round(key) for key in ("r1", "r2", "r3") if key in self.table.keys),
            laps_led=counts["laps_led"],
            status=own_status or time_status or position_status or mark_status,
            gap_s=gap_s,
            rookie="r" in named.marks,
            ineligible="i" in named.marks,
        )

    def _cell(self, key: str) -> str:
        return self.table.cell(self.row, key)

    def _value(self, key: str, read: Callable[[str], T]) -> T | None:
        """A cell as it is read; None where it is empty, says that there is none, or cannot be read and is named."""
        text = self._cell(key)
        nothing = NO_TIME_WORDS if key in _TIME_KEYS else EMPTY_VALUES
        if key != "position" and text.lower() in nothing:
            return None
        try:
            return read(text)
        except UnreadableValue:
            self._add_fault(key, text)
            return None

    def _add_fault(self, key: str, text: str) -> None:
        name = self.table.name_of(key)
        self._faults.append(f"{self._subject}: {name} “{one_line(text, MAX_QUOTE_LENGTH)}”")

    def _count(self, key: str) -> int | None:
        text = self._cell(key)
        if STATUS_BY_CODE.get(text.lower()):  # "DNS" over the last columns
            return None
        count = self._value(key, lambda value: _read_whole(value, key))
        return count.whole if count else None

    def _text(self, key: str) -> str | None:
        text = self._cell(key)
        if _NUMBER.match(text):
            self._add_fault(key, text)
        return cell_text(text)

    def _round(self, key: str) -> float | None:
        lap = self._value(key, read_lap_time)
        return lap.time_s if lap else None

    def _time(self) -> tuple[float | None, float | None, str | None, float | None]:
        """(time, gap, status, speed) of the columns of times; only a race has a gap, and a word instead of a time."""
        if not self.is_race:
            lap: LapTime | None = self._value("time", read_lap_time)
            gap = self._value("gap", read_gap_s)
            return (lap.time_s if lap else None, gap, None, lap.speed_mph if lap else None)
        time_s, gap_s, status = self._race_time("time")
        own_time, own_gap, own_status = self._race_time("gap")
        return time_s or own_time, gap_s if gap_s is not None else own_gap, status or own_status, None

    def _race_time(self, key: str) -> tuple[float | None, float | None, str | None]:
        """(time, gap, status) of a cell such as "3:05:23", "+1.234", "+1 lap" or "Engine"."""
        text = without_notes(self._cell(key)) if len(self._cell(key)) < MAX_QUOTE_LENGTH else ""
        if not text or text.lower() in EMPTY_VALUES:
            return None, None, None
        if _LAPS_BEHIND.match(text) or not any(character.isdigit() for character in text):
            return None, None, STATUS_BY_CODE.get(text.lower(), text)
        try:
            return read_length_of_time(text).value, None, None
        except UnreadableValue:
            pass
        if key == "gap" or text[0] in "+−–-":
            gap = self._value(key, read_gap_s)
            return None, gap, None
        self._add_fault(key, text)
        return None, None, None

    def _has_slipped(self) -> bool:
        """Whether a row of another length has a cell that does not fit its column."""
        has_extra = self.row.missing < 0 and any(self.row.cells[self.row.missing :])
        if self.row.missing <= 0 and not has_extra:
            return False
        return any(self._is_misfit(key) for key in self.table.keys)

    def _is_misfit(self, key: str) -> bool:
        text = self._cell(key)
        if not text or text.lower() in EMPTY_VALUES:
            return False
        if key in TEXT_KEYS:
            return not any(character.isalpha() for character in text)
        return (
            key in NUMBER_KEYS
            and not any(character.isdigit() for character in text)
            and (text.lower() not in NO_TIME_WORDS and text.lower() not in STATUS_BY_CODE)
        )


def _read_car(text: str) -> str:
    """A car number as text: "07" is not "7". Raises UnreadableValue."""
    found = _CAR.match(without_notes(text))
    if not found:
        raise UnreadableValue(text)
    return found[1]


def _read_whole(text: str, key: str) -> Quantity:
    """A count of this column; only points may be less than nothing. Raises UnreadableValue."""
    plain = without_notes(text)
    if key == "points" and plain[:1] in "-−–":
        return Quantity(-read_count(plain[1:], 0, MOST_OF["points"]).value, is_exact=True)
    if key == "grid":
        position, _ = read_position(plain)
        if position is not None:
            return Quantity(position, is_exact=True)
    part = _PART_OF_LAPS.match(plain) if key == "laps" else None
    return read_count(part[1] if part and int(part[1]) <= int(part[2]) else plain, 0, MOST_OF[key])
