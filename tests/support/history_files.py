"""Small histories of the form that nascaR.data publishes: quoted words, bare numbers, NA for what nobody knows."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from bot.documents.model import Document
from bot.loading.read.folder import decode

__all__ = ["COLUMNS", "CUP", "DRIVERS", "NXS", "Row", "a_race", "field", "kept_in", "of_text", "row", "table"]

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = Mapping[str, Cell]
COLUMNS = (
    "Season", "Race", "Track", "Name", "Length", "Surface", "Finish", "Start", "Car", "Driver", "Make", "Pts", "Laps",
    "Led", "Status", "Team", "S1", "S2", "S3", "Rating", "Win",
)  # fmt: skip
CUP, NXS = "cup_series.csv", "nxs_series.csv"
DRIVERS = ("Ann Ash", "Bea Birch", "Cal Cole", "Dee Dunn", "Eli Elm")
A_RACE: Row = {"Season": 2018, "Race": 3, "Track": "Riverview Speedway", "Name": "Sponsor 400", "Length": 1.5}
A_CAR: Row = {
    "Surface": "paved", "Make": "Ford", "Laps": 100, "Led": 0, "Status": "running", "Team": "Ash Racing"
}  # fmt: skip


def row(finish: int | None, driver: str, **told: Cell) -> Row:
    """One row of a race; what is not told is as for any car of any race."""
    place = finish or 40
    usual: Row = {"Finish": finish, "Start": place, "Car": str(place), "Driver": driver, "Pts": max(50 - place, 0)}
    led = {"Led": 100} if finish == 1 else {}
    rating = {"Rating": round(120.3 - 7.7 * place, 1)} if place < 16 else {}  # their sum depends on their order
    return {**A_RACE, **A_CAR, **usual, **led, **rating, "Win": int(finish == 1), **told}


def field(*drivers: str, **told: Cell) -> list[Row]:
    """The rows of a race, the drivers in the order of the finish."""
    return [row(finish, driver, **told) for finish, driver in enumerate(drivers or DRIVERS, 1)]


def a_race(season: int, number: int, name: str = "Sponsor 400", **told: Cell) -> list[Row]:
    """A race of everybody, whose order follows from season and number."""
    turn = (season + number) % len(DRIVERS)
    return field(*DRIVERS[turn:], *DRIVERS[:turn], Season=season, Race=number, Name=name, **told)


def table(rows: Iterable[Row], *, columns: Sequence[str] = COLUMNS, quoted: bool = True, end: str = "\n") -> str:
    """The whole file; a column that a row does not tell is NA."""
    lines = [",".join(f'"{name}"' if quoted else name for name in columns)]
    lines += [",".join(_cell(one.get(name), quoted=quoted) for name in columns) for one in rows]
    return end.join((*lines, ""))


def of_text(text: str, name: str = CUP) -> Document:
    """The document in a text, as a folder gives it."""
    return decode(name, text.encode())


def kept_in(folder: Path, **histories: Iterable[Row]) -> Path:
    """A folder with these histories, by their names without .csv."""
    folder.mkdir(exist_ok=True)
    for name, rows in histories.items():
        (folder / f"{name}.csv").write_text(table(rows), encoding="utf-8")
    return folder


def _cell(value: Cell, *, quoted: bool) -> str:
    if value is None:
        return "NA"
    if not isinstance(value, str):
        return str(value)
    kept = io.StringIO()
    csv.writer(kept, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="").writerow([value])
    return kept.getvalue()
