"""How rows of a session become a table, and how one row becomes a list of facts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.answers.common.citations import source_lines
from bot.answers.common.derivations import places_gained
from bot.answers.common.short_names import with_short_names
from bot.answers.common.text import lap_time, plural
from bot.answers.results.result_words import GAP_LEGEND
from bot.answers.results.row_sources import RowSources
from bot.archive.queries.results import EntryRow, ResultRow
from bot.cards import Column, Fact, Table
from bot.language.ordinals import ordinal
from bot.language.shortening import shorten
from bot.racing.sessions import RACE_SESSION
from bot.racing.statuses import RUNNING_STATUS, SHORT_STATUSES

__all__ = [
    "NO_TIME", "OWN_LINES", "entry_facts", "entry_table", "name_with_marks", "row_facts", "session_line",
    "session_table",
]  # fmt: skip

NO_TIME = "no time"
OWN_LINES = RowSources()

LabelledValue: TypeAlias = tuple[str, str]  # "" where no document tells it


@dataclass(frozen=True, slots=True)
class ColumnCell:
    """One column of a table of results, and how a row fills it."""

    column: Column
    text_of: Callable[[ResultRow], str]


def name_with_marks(row: ResultRow | EntryRow) -> str:
    """The driver with the marks of rookies and of those ineligible for points."""
    return row.driver + (" (R)" if row.rookie else "") + (" (i)" if row.ineligible else "")


def _number_text(number: int | None) -> str:
    return "" if number is None else str(number)


def _time_text(seconds: float | None) -> str:
    return "" if seconds is None else lap_time(seconds)


def _rating_text(rating: float | None) -> str:
    return "" if rating is None else f"{rating:.1f}"


def _round_text(seconds: float | None) -> str:
    return NO_TIME if seconds is None else lap_time(seconds)


POSITION = ColumnCell(Column("Pos", numeric=True), lambda row: _number_text(row.position))
CAR = ColumnCell(Column("No"), lambda row: row.car or "")
DRIVER = ColumnCell(Column("Driver", shrinks_first=True), name_with_marks)
POINTS = ColumnCell(Column("Pts", numeric=True), lambda row: _number_text(row.points))
RACE_CELLS = (
    ColumnCell(Column("St", numeric=True), lambda row: _number_text(row.grid)),
    ColumnCell(Column("Led", numeric=True), lambda row: _number_text(row.laps_led) if row.laps_led else ""),
    POINTS,
)
GAP_COLUMN = Column("Gap", numeric=True)
MAX_STATUS_CHARS = 7  # letters of what ended a race, “gearbox”: with them a row has room for “Allmendinger”
TIME_CELLS = (
    ColumnCell(Column("Time", numeric=True), lambda row: _time_text(row.time_s)),
    ColumnCell(Column("Behind", numeric=True), lambda row: _time_text(row.gap_s)),
    ColumnCell(Column("mph", numeric=True), lambda row: _time_text(row.speed_mph)),
)
ROUND_TIMES: tuple[tuple[str, Callable[[ResultRow], float | None]], ...] = (
    ("R1", lambda row: row.round_1_s),
    ("R2", lambda row: row.round_2_s),
    ("R3", lambda row: row.round_3_s),
)


def session_table(
    rows: Sequence[ResultRow], heading: str = "", note: str = "", sources: RowSources = OWN_LINES
) -> Table:
    """The rows of one session, one line each; columns that no row fills are left out.

    Of a race the last column is how far behind each car was, or what ended its race.
    """
    gaps = _gaps(rows)
    # The gap of a race has a column of its own, beside laps and what ended it.
    time_cells = TIME_CELLS if not any(gap for gap, _ in gaps) else ()
    cells = [POSITION, CAR, DRIVER, *RACE_CELLS, *time_cells]
    rounds = tuple(_round_cell(name, of) for name, of in ROUND_TIMES if any(of(row) is not None for row in rows))
    filled = [[cell.text_of(row) for row in rows] for cell in cells]
    shown_cells = [cell for cell, column in zip(cells, filled, strict=True) if cell is DRIVER or any(column)]
    shown_cells += rounds
    has_gaps = any(gap for gap, _ in gaps)
    columns = [cell.column for cell in shown_cells] + ([GAP_COLUMN] if has_gaps else [])
    winner_lines = source_lines(*(row for row in rows if row.position == 1))
    table = Table(
        tuple(columns),
        tuple(
            (*(cell.text_of(row) for cell in shown_cells), *((gap,) if has_gaps else ()))
            for row, (gap, _) in zip(rows, gaps, strict=True)
        ),
        heading,
        " ".join(part for part in (note, GAP_LEGEND if has_gaps else "") if part),
        tuple(
            tuple(dict.fromkeys((*sources.row_lines(row), *(winner_lines if derivation else ()))))
            for row, (_, derivation) in zip(rows, gaps, strict=True)
        ),
        tuple(
            "; ".join(part for part in (sources.derivation(row), derivation) if part)
            for row, (_, derivation) in zip(rows, gaps, strict=True)
        ),
    )
    return with_short_names(table)


def _gaps(rows: Sequence[ResultRow]) -> list[tuple[str, str]]:
    """For each row of a race how far behind it was, or what ended it, and how laps behind were worked out."""
    winner = next((row for row in rows if row.position == 1 and row.session == RACE_SESSION), None)
    return [_gap(row, winner) for row in rows]


def _gap(row: ResultRow, winner: ResultRow | None) -> tuple[str, str]:
    if row.session != RACE_SESSION or row is winner:
        return "", ""
    if row.status and row.status.casefold() != RUNNING_STATUS:
        status = row.status.lower()
        return SHORT_STATUSES.get(status, shorten(status, MAX_STATUS_CHARS)), ""
    if row.gap_s:
        return f"+{row.gap_s:.3f}", ""
    if winner is None or winner.laps is None or row.laps is None or row.laps >= winner.laps:
        return "", ""
    return f"-{winner.laps - row.laps}", f"{winner.laps} - {row.laps} laps"


def _round_cell(name: str, time_of: Callable[[ResultRow], float | None]) -> ColumnCell:
    return ColumnCell(Column(name, numeric=True), lambda row: _round_text(time_of(row)))


def entry_table(rows: Sequence[EntryRow], notes: Iterable[str] = ()) -> Table:
    """An entry list. Makes are shown by their first letters, which the note spells out; what all share is left out.

    `notes` are more that is said below it.
    """
    teams, manufacturers = {row.team for row in rows}, {row.manufacturer for row in rows}
    letters_of = _shortest_prefixes({make for make in manufacturers if make})
    columns = [Column("No"), Column("Driver")]
    cells = [[row.car for row in rows], [name_with_marks(row) for row in rows]]
    if len(manufacturers) > 1:
        columns.append(Column("M"))
        cells.append([letters_of.get(row.manufacturer or "", "") for row in rows])
    if len(teams) > 1:
        columns.append(Column("Team", shrinks_first=True))
        cells.append([row.team or "" for row in rows])
    shared = [name for names in (teams, manufacturers) if len(names) == 1 for name in names if name]
    makes = ", ".join(f"{letters} = {make}" for make, letters in sorted(letters_of.items()))
    parts = (
        f"All: {', '.join(shared)}." if shared else "",
        f"{makes}." if len(manufacturers) > 1 else "",
        *notes,
    )
    lines = tuple(source_lines(row) for row in rows)
    note = " ".join(part for part in parts if part)
    return with_short_names(Table(tuple(columns), tuple(zip(*cells, strict=True)), "", note, lines))


def _shortest_prefixes(names: set[str]) -> dict[str, str]:
    """Each name's shortest beginning that no other name shares."""
    size = 1
    while len({name[:size] for name in names}) < len(names):
        size += 1
    return {name: name[:size] for name in names}


def row_facts(row: ResultRow, entry: EntryRow | None, sources: RowSources = OWN_LINES) -> tuple[Fact, ...]:
    """Every cell of one row; car, team and make come from the entry list where the row has none."""
    lines = (*sources.row_lines(row), *source_lines(entry if _cites_entry(row, entry) else None))
    values = (*_car_values(row, entry), *_race_values(row), *_time_values(row), _marks_value(row, entry))
    points = sources.derivation(row)
    facts = [
        Fact(label, value, lines, row.agree, points if label == "Points" else "") for label, value in values if value
    ]
    change = places_gained(row)
    if change:
        facts.append(Fact("From grid to finish", change[0], lines, derivation=f"worked out: {change[1]}"))
    return tuple(facts)


def session_line(row: ResultRow) -> str:
    """Every cell of a row in one line, without the car: “2nd, 9 points”, “1st, round 1 29.804 s, round 2 29.797 s”."""
    words = {"Grid": "started {}", "Laps": "{} laps", "Laps led": "{} led", "Behind the first": "{} behind"}
    values = [
        (label, value) for label, value in (*_race_values(row), *_time_values(row)) if value and label != "Points"
    ]
    parts = [ordinal(row.position)] if row.position else []
    parts += [plural(row.points, "point")] if row.points is not None else []
    for label, value in values:
        parts.append(f"{label.lower()} {value}" if label.startswith("Round") else words.get(label, "{}").format(value))
    return ", ".join(parts)


def _car_values(row: ResultRow, entry: EntryRow | None) -> Iterable[LabelledValue]:
    """The place, and what was driven for whom."""
    car = row.car or (entry.car if entry else "")
    yield "Position", ordinal(row.position) if row.position else ""
    yield "Car", f"No. {car}" if car else ""
    yield "Team", row.team or (entry.team if entry else None) or ""
    yield "Manufacturer", row.manufacturer or (entry.manufacturer if entry else None) or ""


def _race_values(row: ResultRow) -> Iterable[LabelledValue]:
    """How the race went."""
    yield "Grid", _number_text(row.grid)
    yield "Laps", _number_text(row.laps)
    yield "Laps led", _number_text(row.laps_led)
    yield "Points", _number_text(row.points)
    yield "Status", row.status or ""
    yield "Driver rating", _rating_text(row.rating)


def _time_values(row: ResultRow) -> Iterable[LabelledValue]:
    """The fastest lap, and those of each round of qualifying; two rounds at least where any has one."""
    yield "Time", _with_unit(_time_text(row.time_s))
    yield "Behind the first", _with_unit(_time_text(row.gap_s))
    yield "Speed", _time_text(row.speed_mph) and f"{_time_text(row.speed_mph)} mph"
    rounds = [time_of(row) for _, time_of in ROUND_TIMES]
    timed = [number for number, seconds in enumerate(rounds, 1) if seconds is not None]
    for number in range(1, max(2, *timed) + 1 if timed else 1):
        yield f"Round {number}", _with_unit(_round_text(rounds[number - 1]))


def _marks_value(row: ResultRow, entry: EntryRow | None) -> LabelledValue:
    rookie = row.rookie or bool(entry and entry.rookie)
    return "Marks", _marks_text(rookie, row.ineligible or bool(entry and entry.ineligible))


def _cites_entry(row: ResultRow, entry: EntryRow | None) -> bool:
    """Whether anything shown of a row stands in the entry list only."""
    if entry is None:
        return False
    marks = (entry.rookie and not row.rookie) or (entry.ineligible and not row.ineligible)
    return marks or not (row.car and row.team and row.manufacturer)


def _with_unit(time: str) -> str:
    return time if time in {"", NO_TIME} else f"{time} s"


def entry_facts(entry: EntryRow) -> tuple[Fact, ...]:
    """Every cell of one entry."""
    values = (
        ("Car", f"No. {entry.car}"),
        ("Team", entry.team or ""),
        ("Manufacturer", entry.manufacturer or ""),
        ("Marks", _marks_text(entry.rookie, entry.ineligible)),
    )
    return tuple(Fact(label, value, source_lines(entry)) for label, value in values if value)


def _marks_text(rookie: bool, ineligible: bool) -> str:
    marks = (("rookie", rookie), ("ineligible for series points", ineligible))
    return ", ".join(word for word, is_so in marks if is_so)
