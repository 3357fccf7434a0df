"""How rows of a session become a table, and how one row becomes a list of facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.answers.common.citations import places
from bot.answers.common.derivations import gained
from bot.answers.common.text import lap_time, ordinal
from bot.answers.results.row_sources import RowSources
from bot.archive.queries.results import EntryRow, ResultRow
from bot.cards import Column, Fact, Table

__all__ = ["NO_TIME", "OWN_LINES", "entry_facts", "entry_table", "marked", "row_facts", "session_table"]

NO_TIME = "no time"
OWN_LINES = RowSources()


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a table of results, and how a row fills it."""

    column: Column
    of: Callable[[ResultRow], str]


def marked(row: ResultRow | EntryRow) -> str:
    """The driver with the marks of rookies and of those ineligible for points."""
    return row.driver + (" (R)" if row.rookie else "") + (" (i)" if row.ineligible else "")


def _whole(number: int | None) -> str:
    return "" if number is None else str(number)


def _time(seconds: float | None) -> str:
    return "" if seconds is None else lap_time(seconds)


def _rating(rating: float | None) -> str:
    return "" if rating is None else f"{rating:.1f}"


def _round(seconds: float | None) -> str:
    return NO_TIME if seconds is None else lap_time(seconds)


POSITION = Cell(Column("Pos", numeric=True), lambda row: _whole(row.position))
CAR = Cell(Column("No"), lambda row: row.car or "")
DRIVER = Cell(Column("Driver", grow=True), marked)
POINTS = Cell(Column("Pts", numeric=True), lambda row: _whole(row.points))
STATUS = Cell(Column("Status", grow=True), lambda row: row.status or "")
RATING = Cell(Column("Rating", numeric=True), lambda row: _rating(row.rating))
RACE = (
    Cell(Column("Grid", numeric=True), lambda row: _whole(row.grid)),
    Cell(Column("Laps", numeric=True), lambda row: _whole(row.laps)),
    Cell(Column("Led", numeric=True), lambda row: _whole(row.laps_led)),
    POINTS,
)
TIMED = (
    Cell(Column("Time", numeric=True), lambda row: _time(row.time_s)),
    Cell(Column("mph", numeric=True), lambda row: _time(row.speed_mph)),
)
ROUNDS: tuple[tuple[str, Callable[[ResultRow], float | None]], ...] = (
    ("R1", lambda row: row.round_1_s),
    ("R2", lambda row: row.round_2_s),
    ("R3", lambda row: row.round_3_s),
)


def session_table(
    rows: Sequence[ResultRow], heading: str = "", note: str = "", sources: RowSources = OWN_LINES
) -> Table:
    """The rows of one session; columns that no row fills are left out.

    How each race ended stands beside the driver, and the numbers below.
    """
    cells = [POSITION, CAR, DRIVER, STATUS, *RACE, RATING, *TIMED]
    rounds = tuple(_round_cell(name, of) for name, of in ROUNDS if any(of(row) is not None for row in rows))
    filled = [[cell.of(row) for row in rows] for cell in cells]
    kept = [cell for cell, column in zip(cells, filled, strict=True) if cell is DRIVER or any(column)]
    kept += rounds
    columns = [cell.column for cell in kept]
    if STATUS in kept or RATING in kept:
        after = 1 + max(number for number, cell in enumerate(kept) if cell in {DRIVER, STATUS})
        columns[after:] = [replace(column, below=not number) for number, column in enumerate(columns[after:])]
    return Table(
        tuple(columns),
        tuple(tuple(cell.of(row) for cell in kept) for row in rows),
        heading,
        note,
        tuple(sources.stands(row) for row in rows),
        tuple(sources.how(row) for row in rows),
    )


def _round_cell(name: str, of: Callable[[ResultRow], float | None]) -> Cell:
    return Cell(Column(name, numeric=True), lambda row: _round(of(row)))


def entry_table(rows: Sequence[EntryRow], heading: str = "") -> Table:
    """An entry list. Makes are shown by their first letters, which the note spells out; what all share is left out."""
    teams, makes = {row.team for row in rows}, {row.manufacturer for row in rows}
    short = _shortest({make for make in makes if make})
    columns = [Column("No"), Column("Driver")]
    cells = [[row.car for row in rows], [marked(row) for row in rows]]
    if len(makes) > 1:
        columns.append(Column("M"))
        cells.append([short.get(row.manufacturer or "", "") for row in rows])
    if len(teams) > 1:
        columns.append(Column("Team", grow=True))
        cells.append([row.team or "" for row in rows])
    shared = [name for names in (teams, makes) if len(names) == 1 for name in names if name]
    note = f"All: {', '.join(shared)}. " if shared else ""
    note += ", ".join(f"{letters} = {make}" for make, letters in sorted(short.items())) if len(makes) > 1 else ""
    stands = tuple(places(row) for row in rows)
    return Table(tuple(columns), tuple(zip(*cells, strict=True)), heading, note.strip(), stands)


def _shortest(names: set[str]) -> dict[str, str]:
    """Each name's shortest beginning that no other name shares."""
    size = 1
    while len({name[:size] for name in names}) < len(names):
        size += 1
    return {name: name[:size] for name in names}


def row_facts(row: ResultRow, entry: EntryRow | None, sources: RowSources = OWN_LINES) -> tuple[Fact, ...]:
    """Every cell of one row; car, team and make come from the entry list where the row has none."""
    points = sources.how(row)
    rounds = [of(row) for _, of in ROUNDS]
    timed = any(seconds is not None for seconds in rounds)
    last = max(2, *(number for number, seconds in enumerate(rounds, 1) if seconds is not None)) if timed else 0
    told = (
        ("Position", ordinal(row.position) if row.position else ""),
        ("Car", (row.car or (entry.car if entry else "")) and f"No. {row.car or (entry.car if entry else '')}"),
        ("Team", row.team or (entry.team if entry else None) or ""),
        ("Manufacturer", row.manufacturer or (entry.manufacturer if entry else None) or ""),
        ("Grid", _whole(row.grid)),
        ("Laps", _whole(row.laps)),
        ("Laps led", _whole(row.laps_led)),
        ("Points", _whole(row.points)),
        ("Status", row.status or ""),
        ("Driver rating", _rating(row.rating)),
        ("Time", _with_unit(_time(row.time_s))),
        ("Speed", _time(row.speed_mph) and f"{_time(row.speed_mph)} mph"),
        *((f"Round {number}", _with_unit(_round(rounds[number - 1]))) for number in range(1, last + 1)),
        (
            "Marks",
            _marks(row.rookie or bool(entry and entry.rookie), row.ineligible or bool(entry and entry.ineligible)),
        ),
    )
    stands = (*sources.stands(row), *places(entry if _from_entry(row, entry) else None))
    facts = [
        Fact(label, value, stands, row.agree, points if label == "Points" else "") for label, value in told if value
    ]
    moved = gained(row)
    if moved:
        facts.append(Fact("From grid to finish", moved[0], stands, how=f"worked out: {moved[1]}"))
    return tuple(facts)


def _from_entry(row: ResultRow, entry: EntryRow | None) -> bool:
    """Whether anything shown of a row stands in the entry list only."""
    if entry is None:
        return False
    marks = (entry.rookie and not row.rookie) or (entry.ineligible and not row.ineligible)
    return marks or not (row.car and row.team and row.manufacturer)


def _with_unit(time: str) -> str:
    return time if time in {"", NO_TIME} else f"{time} s"


def entry_facts(entry: EntryRow) -> tuple[Fact, ...]:
    """Every cell of one entry."""
    told = (
        ("Car", f"No. {entry.car}"),
        ("Team", entry.team or ""),
        ("Manufacturer", entry.manufacturer or ""),
        ("Marks", _marks(entry.rookie, entry.ineligible)),
    )
    return tuple(Fact(label, value, places(entry)) for label, value in told if value)


def _marks(rookie: bool, ineligible: bool) -> str:
    marks = (("rookie", rookie), ("ineligible for series points", ineligible))
    return ", ".join(word for word, is_so in marks if is_so)
