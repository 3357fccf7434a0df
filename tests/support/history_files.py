"""Small histories of the form that nascaR.data publishes: quoted words, bare numbers, NA for what nobody knows."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from bot.documents.model import Document
from bot.loading.read.folder import decode

__all__ = [
    "COLUMNS",
    "CUP",
    "DRIVERS",
    "NXS",
    "Row",
    "csv_text",
    "document_of",
    "field_rows",
    "race_rows",
    "row",
    "write_histories",
]

CellValue: TypeAlias = str | int | float | None
Row: TypeAlias = Mapping[str, CellValue]
COLUMNS = (
    "Season", "Race", "Track", "Name", "Length", "Surface", "Finish", "Start", "Car", "Driver", "Make", "Pts", "Laps",
    "Led", "Status", "Team", "S1", "S2", "S3", "Rating", "Win",
)  # fmt: skip
CUP, NXS = "cup_series.csv", "nxs_series.csv"
DRIVERS = ("Ann Ash", "Bea Birch", "Cal Cole", "Dee Dunn", "Eli Elm")
USUAL_RACE: Row = {"Season": 2018, "Race": 3, "Track": "Riverview Speedway", "Name": "Sponsor 400", "Length": 1.5}
USUAL_CAR: Row = {
    "Surface": "paved", "Make": "Ford", "Laps": 100, "Led": 0, "Status": "running", "Team": "Ash Racing"
}  # fmt: skip


def row(finish: int | None, driver: str, **values: CellValue) -> Row:
    """One row of a race; what is not told is as for any car of any race."""
    position = finish or 40
    usual: Row = {
        "Finish": finish,
        "Start": position,
        "Car": str(position),
        "Driver": driver,
        "Pts": max(50 - position, 0),
    }
    led = {"Led": 100} if finish == 1 else {}
    rating = {"Rating": round(120.3 - 7.7 * position, 1)} if position < 16 else {}  # their sum depends on their order
    return {**USUAL_RACE, **USUAL_CAR, **usual, **led, **rating, "Win": int(finish == 1), **values}


def field_rows(*drivers: str, **values: CellValue) -> list[Row]:
    """The rows of a race, the drivers in the order of the finish."""
    return [row(finish, driver, **values) for finish, driver in enumerate(drivers or DRIVERS, 1)]


def race_rows(season: int, number: int, name: str = "Sponsor 400", **values: CellValue) -> list[Row]:
    """A race of everybody, whose order follows from season and number."""
    offset = (season + number) % len(DRIVERS)
    return field_rows(*DRIVERS[offset:], *DRIVERS[:offset], Season=season, Race=number, Name=name, **values)


def csv_text(rows: Iterable[Row], *, columns: Sequence[str] = COLUMNS, quoted: bool = True, end: str = "\n") -> str:
    """The whole file; a column that a row does not tell is NA."""
    lines = [",".join(f'"{name}"' if quoted else name for name in columns)]
    lines += [",".join(_cell(one.get(name), quoted=quoted) for name in columns) for one in rows]
    return end.join((*lines, ""))


def document_of(text: str, name: str = CUP) -> Document:
    """The document in a text, as a folder gives it."""
    return decode(name, text.encode())


def write_histories(folder: Path, **histories: Iterable[Row]) -> Path:
    """A folder with these histories, by their names without .csv."""
    folder.mkdir(exist_ok=True)
    for name, rows in histories.items():
        (folder / f"{name}.csv").write_text(csv_text(rows), encoding="utf-8")
    return folder


def _cell(value: CellValue, *, quoted: bool) -> str:
    if value is None:
        return "NA"
    if not isinstance(value, str):
        return str(value)
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="").writerow([value])
    return out.getvalue()
