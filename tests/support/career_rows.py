"""A short history made by hand: father and son, a driver of two series, early years of which little is known."""

from collections.abc import Iterator

from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from bot.answers.context import QuestionRunner
from bot.archive.db.engine import schema_stamp, write_session
from bot.archive.models.core import Name, Race, SessionRow, Source, Version
from bot.loading.build.tallies import recount
from bot.names.entity import short_key
from tests.support.archive_rows import LOADED_AT
from tests.support.databases import fill_from_template

__all__ = ["CUP", "count_careers", "fill_careers", "race_row", "race_rows"]

CUP, XFINITY = "cup_series.csv", "nxs_series.csv"
TEAMS = {
    "Ned Ames": "Ames Brothers",
    "Kay Twin": "Twin Racing",
    "Al Solo": "Al Solo (Owner)",
    "Zed Late": "Ames Brothers",
}
LAST_EARLY_SEASON = 1957  # no grid, no laps led are told of it

# series, season, round, name, track, then who finished in this order; "-" before a name: no start was taken
RACES = (
    ("cup", 1957, 1, "Sand 100", "Old Beach", ("Ned Ames", "Al Solo", "Bo Bare")),
    ("cup", 1957, 2, "Hill 200", "Hillside", ("Al Solo", "Ned Ames", "Bo Bare")),
    ("cup", 1958, 1, "Sand 100", "Old Beach", ("Ned Ames", "Kay Twin", "Al Solo")),
    ("cup", 1958, 2, "Hill 200", "Hillside", ("Kay Twin", "Ned Ames", "-Al Solo")),
    ("cup", 1990, 1, "Sand 500", "New Oval", ("Ned Ames Jr.", "Zed Late", "Kay Twin")),
    ("cup", 1990, 2, "Hill 400", "Hillside", ("Zed Late", "Ned Ames Jr.", "Joe Ames")),
    ("nxs", 1990, 1, "Little 200", "New Oval", ("Kay Twin", "Joe Ames")),
)


def race_row(race: str, position: int, driver: str, season: int, line: int, document: str = CUP) -> SessionRow:
    """One row of a race; the earliest years tell no grid and no laps led."""
    did_not_start, name = driver.startswith("-"), driver.removeprefix("-")
    is_documented = season > LAST_EARLY_SEASON
    return SessionRow(
        race=race, session="race", number=position, position=position, car=str(40 + len(name) % 7), driver=name,
        team=TEAMS.get(name), manufacturer="Ford", grid=4 - position if is_documented else None,
        laps=100 - position, laps_led=90 // position if is_documented else None, points=50 - position,
        status="did not start" if did_not_start else "running", document=document, line=line,
    )  # fmt: skip


def race_rows() -> Iterator[SQLModel]:
    """The races and their rows, in the order in which they may be written."""
    rows: list[SQLModel] = []
    lines = {"cup": 1, "nxs": 1}
    for series, season, number, name, track, drivers in RACES:
        key = f"{series}-{season}-{number}"
        yield Race(
            key=key, series=series, season=season, round=number, name=name, track=track,
            winner=drivers[0], field_size=len(drivers), order_key=f"{season}-{number:03d}-",
        )  # fmt: skip
        for position, driver in enumerate(drivers, 1):
            lines[series] += 1
            rows.append(race_row(key, position, driver, season, lines[series], CUP if series == "cup" else XFINITY))
    yield from rows
    for document in (CUP, XFINITY):
        yield Source(document=document, digest="0" * 64, kind="history table", title="History", lines=30)


def _names() -> Iterator[SQLModel]:
    drivers = sorted({name.removeprefix("-") for *_, names in RACES for name in names})
    entries = [("driver", name) for name in drivers] + [("team", name) for name in sorted(set(TEAMS.values()))]
    entries += [("track", track) for track in sorted({race[4] for race in RACES})]
    for kind, value in entries:
        yield Name(kind=kind, value=value, name=value, key=short_key(kind, value), starts=1)
    for value, name in (("cup", "NASCAR Cup Series"), ("nxs", "NASCAR Xfinity Series")):
        yield Name(kind="series", value=value, name=name, key=short_key("series", value), starts=1)


def fill_careers(engine: Engine, *, extra_rows: tuple[SQLModel, ...] = ()) -> QuestionRunner:
    """Write the short history into an empty archive, `extra_rows` last, and count the careers."""
    fill_from_template(engine, _write_rows)
    if extra_rows:
        count_careers(engine, *extra_rows)
    return QuestionRunner(engine)


def _write_rows(engine: Engine) -> None:
    with write_session(engine) as session:
        session.merge(Version(id=1, number=3, schema_stamp=schema_stamp(), loaded_at=LOADED_AT))
        for rows in (race_rows(), _names()):
            session.add_all(rows)
            session.flush()  # parents first: the tables have foreign keys, the models no relationships
    count_careers(engine)


def count_careers(engine: Engine, *extra_rows: SQLModel) -> None:
    """Write further rows one after the other, and count the careers of all that the archive holds."""
    with write_session(engine) as session:
        for row in extra_rows:
            session.add(row)
            session.flush()
        races = [race for race in session.exec(select(Race)).all() if race.series and race.season]
        seasons = {(race.series or "", race.season or 0) for race in races}
        recount(session, seasons, {(race.series or "", race.track) for race in races if race.track})
