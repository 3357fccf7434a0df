"""A short history made by hand: four seasons of three tracks, with everything the real one lacks in places.

Riverview changed its length; two races of one season are called Sponsor 400, at two tracks, and two of 1950 have one
name at one track; round 3 of 1951 is missing; in 1950 nobody wrote down laps, and in 1951 nobody points.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlmodel import SQLModel

from bot.answers.context import QuestionRunner
from bot.archive.db.engine import schema_stamp, write_session
from bot.archive.models.core import (
    CareerTally,
    FactRecord,
    HistoryDocument,
    Name,
    Race,
    RaceSession,
    SeasonTally,
    SessionRow,
    Source,
    TrackTally,
    Version,
)
from bot.names.entity import short_key
from tests.support.archive_rows import LOADED_AT
from tests.support.databases import fill_from_template

__all__ = ["CUP", "FIRST_RACE", "HILL", "NAMES", "RIVERVIEW", "SHORE", "fill_history"]

CUP, NXS = "cup_series.csv", "nxs_series.csv"
RIVERVIEW, SHORE, HILL = "Riverview Speedway", "Shore Raceway", "Hill Road Course"
FIRST_RACE = "cup-1950-1"
NAMES = {"cup": "NASCAR Cup Series", "nxs": "NASCAR Xfinity Series"}


@dataclass(frozen=True, slots=True)
class RaceSpec:
    """One race as the history tells it: drivers in the order of finish, and how many laps each led."""

    series: str
    season: int
    round: int
    name: str
    track: str
    length: float | None
    finish_order: tuple[str, ...]
    laps_led: tuple[int, ...] = ()
    laps: int | None = 100
    has_points: bool = True
    has_ratings: bool = False


ANN, BEA, CAL, DEE, ELI = "Ann Ash", "Bea Birch", "Cal Cole", "Dee Dunn", "Eli Elm"
RACES = (
    RaceSpec("cup", 1950, 1, "100 Miles at Riverview", RIVERVIEW, 0.5, (ANN, BEA, CAL, DEE), laps=None),
    RaceSpec("cup", 1950, 2, "100 Miles at Riverview", RIVERVIEW, 0.5, (BEA, ANN, DEE, CAL), laps=None),
    RaceSpec("cup", 1951, 1, "Riverview 200", RIVERVIEW, 0.5, (ANN, CAL, BEA, DEE), (60, 40, 0, 0), has_points=False),
    RaceSpec("cup", 1951, 2, "Shore 100", SHORE, 1.0, (BEA, ANN, CAL, DEE), (50, 50, 0, 0), has_points=False),
    RaceSpec("cup", 1951, 4, "Hill 50", HILL, None, (CAL, BEA, ANN, DEE), (100, 0, 0, 0), has_points=False),
    RaceSpec("cup", 2022, 1, "Sponsor 400", RIVERVIEW, 0.75, (ANN, BEA, CAL, ELI), (20, 80, 0, 0), has_ratings=True),
    RaceSpec("cup", 2022, 2, "Sponsor 400", SHORE, 1.0, (BEA, ANN, CAL, DEE), (0, 0, 70, 30), has_ratings=True),
    RaceSpec("nxs", 2022, 1, "Sponsor 250", RIVERVIEW, 0.75, (ELI, DEE, CAL, BEA), (90, 10, 0, 0)),
)  # fmt: skip
STAGES = {("cup", 2022, 1): (CAL, ANN), ("cup", 2022, 2): (CAL, BEA)}
GRID = {ANN: 2, BEA: 1, CAL: 3, DEE: 4, ELI: 4}  # where each of them starts


def fill_history(engine: Engine, *, extra_rows: Iterable[SQLModel] = ()) -> QuestionRunner:
    """Write the short history into an empty archive; `extra_rows` are written last."""
    fill_from_template(engine, _write_rows)
    with write_session(engine) as session:
        session.add_all(extra_rows)
    return QuestionRunner(engine)


def _write_rows(engine: Engine) -> None:
    with write_session(engine) as session:
        session.merge(Version(id=1, number=5, schema_stamp=schema_stamp(), loaded_at=LOADED_AT))
        for rows in (_documents(), _races(), _facts(), _sessions(), _rows(), _tallies(), _names()):
            session.add_all(rows)
            session.flush()  # parents first: the tables have foreign keys, the models no relationships


def race_key(race: RaceSpec) -> str:
    return f"{race.series}-{race.season}-{race.round}"


def _documents() -> Iterator[SQLModel]:
    for document, series in ((CUP, "cup"), (NXS, "nxs")):
        title = f"History of the {NAMES[series]}"
        yield Source(document=document, digest="0", kind="history table", title=title, lines=90, note="8 races.")
        yield HistoryDocument(
            document=document, digest="0", kind_override="", program="", series=series, lines=90, rows=90, names=b""
        )


def _line(told: RaceSpec, place: int) -> int:
    return 10 * (RACES.index(told) + 1) + place


def _races() -> Iterator[SQLModel]:
    for race in RACES:
        key = race_key(race)
        yield Race(
            key=key, series=race.series, series_name=NAMES[race.series], season=race.season, round=race.round,
            name=race.name, track=race.track, winner=race.finish_order[0], field_size=len(race.finish_order),
            order_key=f"{race.season}-{race.round:03d}-",
        )  # fmt: skip


def _facts() -> Iterator[SQLModel]:
    for race in RACES:
        key = race_key(race)
        surface = "dirt" if race.season < 1951 else "paved"
        facts = {
            "series": race.series, "season": race.season, "round": race.round, "race_name": race.name,
            "track": race.track, "track_length_mi": race.length, "surface": surface,
        }  # fmt: skip
        for field, value in facts.items():
            if value is not None:
                number = float(value) if isinstance(value, int | float) else None
                document = CUP if race.series == "cup" else NXS
                yield FactRecord(
                    race=key, field=field, value=str(value), number=number, document=document, line=_line(race, 1)
                )


def _sessions() -> Iterator[SQLModel]:
    for race in RACES:
        stages = len(STAGES.get((race.series, race.season, race.round), ()))
        for number, title in enumerate(("Race", "Stage 1", "Stage 2")[: 1 + stages]):
            yield RaceSession(
                race=race_key(race), key=title.lower().replace(" ", "-"), title=title, rank=100 * number, rows=4,
                document=CUP if race.series == "cup" else NXS, line=_line(race, 1),
            )  # fmt: skip


def _rows() -> Iterator[SQLModel]:
    for race in RACES:
        key, document = race_key(race), CUP if race.series == "cup" else NXS
        for position, driver in enumerate(race.finish_order, 1):
            yield SessionRow(
                race=key,
                session="race",
                number=position,
                position=position,
                driver=driver,
                car=str(position),
                team="Team",
                manufacturer="Ford",
                grid=GRID[driver],
                laps=race.laps,
                points=50 - position if race.has_points else None,
                laps_led=race.laps_led[position - 1] if race.laps_led else None,
                status="crash" if position == 4 else "running",
                rating=120.5 - position if race.has_ratings else None,
                document=document,
                line=_line(race, position),
            )
        for stage, winner in enumerate(STAGES.get((race.series, race.season, race.round), ()), 1):
            line = _line(race, race.finish_order.index(winner) + 1)
            yield SessionRow(
                race=key,
                session=f"stage-{stage}",
                number=1,
                position=1,
                driver=winner,
                points=10,
                document=document,
                line=line,
            )


def _tallies() -> Iterator[SQLModel]:
    seasons: defaultdict[tuple[str, str, int], list[tuple[RaceSpec, int]]] = defaultdict(list)
    careers: defaultdict[tuple[str, str], list[tuple[RaceSpec, int]]] = defaultdict(list)
    tracks: defaultdict[tuple[str, str, str], list[tuple[RaceSpec, int]]] = defaultdict(list)
    for race in RACES:
        for position, driver in enumerate(race.finish_order, 1):
            seasons[driver, race.series, race.season].append((race, position))
            careers[driver, race.series].append((race, position))
            tracks[driver, race.series, race.track].append((race, position))
    for (driver, series, season), starts in seasons.items():
        points = [50 - place for told, place in starts if told.has_points]
        yield SeasonTally(
            kind="driver", name=driver, series=series, season=season, car="7", races=len(starts),
            points=sum(points), points_known=len(points), **_tally_values(driver, starts),
        )  # fmt: skip
    for (driver, series), starts in careers.items():
        years = [told.season for told, _ in starts]
        yield CareerTally(
            driver=driver,
            series=series,
            first_season=min(years),
            last_season=max(years),
            **_tally_values(driver, starts),
        )
    for (driver, series, track), starts in tracks.items():
        years = [told.season for told, _ in starts]
        yield TrackTally(
            driver=driver, series=series, track=track, first_season=min(years), last_season=max(years),
            **_tally_values(driver, starts),
        )  # fmt: skip


def _tally_values(driver: str, starts: list[tuple[RaceSpec, int]]) -> dict[str, Any]:
    laps_led = [told.laps_led[place - 1] for told, place in starts if told.laps_led]
    ratings = [120.5 - place for told, place in starts if told.has_ratings]
    return {
        "starts": len(starts), "wins": sum(place == 1 for _, place in starts), "top_fives": len(starts),
        "top_tens": len(starts), "poles": len(starts) if GRID[driver] == 1 else 0,
        "finish_sum": sum(place for _, place in starts), "grids": len(starts),
        "grid_sum": GRID[driver] * len(starts), "laps_led": sum(laps_led), "led_known": len(laps_led),
        "ratings": len(ratings), "rating_sum": sum(ratings),
    }  # fmt: skip


def _names() -> Iterator[SQLModel]:
    names = [("driver", name) for name in (ANN, BEA, CAL, DEE, ELI)]
    names += [("track", name) for name in (RIVERVIEW, SHORE, HILL)]
    for kind, value in names:
        yield Name(kind=kind, value=value, name=value, key=short_key(kind, value), starts=5, last_season=2022)
    for series, name in NAMES.items():
        yield Name(kind="series", value=series, name=name, key=short_key("series", series), starts=5, last_season=2022)
