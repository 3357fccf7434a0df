"""A short history made by hand: father and son, a driver of two series, early years of which little is known."""

from collections.abc import Iterator

from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from bot.answers.context import AnswerDesk
from bot.archive.db.engine import schema_stamp, writing
from bot.archive.models.core import Name, Race, SessionRow, Source, Version
from bot.loading.build.tallies import count_some
from bot.names.entity import short_key
from tests.support.archive_rows import LOADED

__all__ = ["CUP", "careers", "counted", "history", "run"]

CUP, XFINITY = "cup_series.csv", "nxs_series.csv"
TEAMS = {
    "Ned Ames": "Ames Brothers",
    "Kay Twin": "Twin Racing",
    "Al Solo": "Al Solo (Owner)",
    "Zed Late": "Ames Brothers",
}
EARLY = 1957  # no grid, no laps led are told of it

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


def run(race: str, place: int, driver: str, season: int, line: int, document: str = CUP) -> SessionRow:
    """One row of a race; the earliest years tell no grid and no laps led."""
    absent, name = driver.startswith("-"), driver.removeprefix("-")
    known = season > EARLY
    return SessionRow(
        race=race, session="race", number=place, position=place, car=str(40 + len(name) % 7), driver=name,
        team=TEAMS.get(name), manufacturer="Ford", grid=4 - place if known else None,
        laps=100 - place, laps_led=90 // place if known else None, points=50 - place,
        status="did not start" if absent else "running", document=document, line=line,
    )  # fmt: skip


def history() -> Iterator[SQLModel]:
    """The races and their rows, in the order in which they may be written."""
    rows: list[SQLModel] = []
    lines = {"cup": 1, "nxs": 1}
    for series, season, number, name, track, drivers in RACES:
        key = f"{series}-{season}-{number}"
        yield Race(
            key=key, series=series, season=season, round=number, name=name, track=track,
            winner=drivers[0], field_size=len(drivers), order_key=f"{season}-{number:03d}-",
        )  # fmt: skip
        for place, driver in enumerate(drivers, 1):
            lines[series] += 1
            rows.append(run(key, place, driver, season, lines[series], CUP if series == "cup" else XFINITY))
    yield from rows
    for document in (CUP, XFINITY):
        yield Source(document=document, digest="0" * 64, kind="history table", title="History", lines=30)


def _names() -> Iterator[SQLModel]:
    drivers = sorted({name.removeprefix("-") for *_, names in RACES for name in names})
    named = [("driver", name) for name in drivers] + [("team", name) for name in sorted(set(TEAMS.values()))]
    named += [("track", track) for track in sorted({race[4] for race in RACES})]
    for kind, value in named:
        yield Name(kind=kind, value=value, name=value, key=short_key(kind, value), starts=1)
    for value, name in (("cup", "NASCAR Cup Series"), ("nxs", "NASCAR Xfinity Series")):
        yield Name(kind="series", value=value, name=name, key=short_key("series", value), starts=1)


def careers(engine: Engine, *, more: tuple[SQLModel, ...] = ()) -> AnswerDesk:
    """Write the short history into an empty archive, `more` rows last, and count the careers."""
    with writing(engine) as session:
        session.merge(Version(id=1, number=3, schema_stamp=schema_stamp(), loaded_at=LOADED))
        for rows in (history(), _names()):
            session.add_all(rows)
            session.flush()
    counted(engine, *more)
    return AnswerDesk(engine)


def counted(engine: Engine, *more: SQLModel) -> None:
    """Write further rows one after the other, and count the careers of all that the archive holds."""
    with writing(engine) as session:
        for row in more:
            session.add(row)
            session.flush()
        races = [race for race in session.exec(select(Race)).all() if race.series and race.season]
        seasons = {(race.series or "", race.season or 0) for race in races}
        count_some(session, seasons, {(race.series or "", race.track) for race in races if race.track})
