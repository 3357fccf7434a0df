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

from bot.answers.context import AnswerDesk
from bot.archive.db.engine import schema_stamp, writing
from bot.archive.models.core import (
    CareerTally,
    Fact,
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
from tests.support.archive_rows import LOADED

__all__ = ["CUP", "FIRST", "HILL", "NAMES", "RIVERVIEW", "SHORE", "history"]

CUP, NXS = "cup_series.csv", "nxs_series.csv"
RIVERVIEW, SHORE, HILL = "Riverview Speedway", "Shore Raceway", "Hill Road Course"
FIRST = "cup-1950-1"
NAMES = {"cup": "NASCAR Cup Series", "nxs": "NASCAR Xfinity Series"}


@dataclass(frozen=True, slots=True)
class Told:
    """One race as the history tells it: drivers in the order of finish, and how many laps each led."""

    series: str
    season: int
    round: int
    name: str
    track: str
    length: float | None
    order: tuple[str, ...]
    led: tuple[int, ...] = ()
    laps: int | None = 100
    points: bool = True
    rated: bool = False


ANN, BEA, CAL, DEE, ELI = "Ann Ash", "Bea Birch", "Cal Cole", "Dee Dunn", "Eli Elm"
RACES = (
    Told("cup", 1950, 1, "100 Miles at Riverview", RIVERVIEW, 0.5, (ANN, BEA, CAL, DEE), laps=None),
    Told("cup", 1950, 2, "100 Miles at Riverview", RIVERVIEW, 0.5, (BEA, ANN, DEE, CAL), laps=None),
    Told("cup", 1951, 1, "Riverview 200", RIVERVIEW, 0.5, (ANN, CAL, BEA, DEE), (60, 40, 0, 0), points=False),
    Told("cup", 1951, 2, "Shore 100", SHORE, 1.0, (BEA, ANN, CAL, DEE), (50, 50, 0, 0), points=False),
    Told("cup", 1951, 4, "Hill 50", HILL, None, (CAL, BEA, ANN, DEE), (100, 0, 0, 0), points=False),
    Told("cup", 2022, 1, "Sponsor 400", RIVERVIEW, 0.75, (ANN, BEA, CAL, ELI), (20, 80, 0, 0), rated=True),
    Told("cup", 2022, 2, "Sponsor 400", SHORE, 1.0, (BEA, ANN, CAL, DEE), (0, 0, 70, 30), rated=True),
    Told("nxs", 2022, 1, "Sponsor 250", RIVERVIEW, 0.75, (ELI, DEE, CAL, BEA), (90, 10, 0, 0)),
)  # fmt: skip
STAGES = {("cup", 2022, 1): (CAL, ANN), ("cup", 2022, 2): (CAL, BEA)}
STARTS = {ANN: 2, BEA: 1, CAL: 3, DEE: 4, ELI: 4}  # where each of them starts


def history(engine: Engine, *, more: Iterable[SQLModel] = ()) -> AnswerDesk:
    """Write the short history into an empty archive; `more` rows are written last."""
    with writing(engine) as session:
        session.merge(Version(id=1, number=5, schema_stamp=schema_stamp(), loaded_at=LOADED))
        for rows in (_documents(), _races(), _facts(), _sessions(), _rows(), _tallies(), _names(), more):
            session.add_all(rows)
            session.flush()
    return AnswerDesk(engine)


def key_of(told: Told) -> str:
    return f"{told.series}-{told.season}-{told.round}"


def _documents() -> Iterator[SQLModel]:
    for document, series in ((CUP, "cup"), (NXS, "nxs")):
        title = f"History of the {NAMES[series]}"
        yield Source(document=document, digest="0", kind="history table", title=title, lines=90, note="8 races.")
        yield HistoryDocument(
            document=document, digest="0", forced="", program="", series=series, lines=90, rows=90, names=b""
        )


def _line(told: Told, place: int) -> int:
    return 10 * (RACES.index(told) + 1) + place


def _races() -> Iterator[SQLModel]:
    for told in RACES:
        key = key_of(told)
        yield Race(
            key=key, series=told.series, series_name=NAMES[told.series], season=told.season, round=told.round,
            name=told.name, track=told.track, winner=told.order[0], field_size=len(told.order),
            order_key=f"{told.season}-{told.round:03d}-",
        )  # fmt: skip


def _facts() -> Iterator[SQLModel]:
    for told in RACES:
        key = key_of(told)
        surface = "dirt" if told.season < 1951 else "paved"
        facts = {
            "series": told.series, "season": told.season, "round": told.round, "race_name": told.name,
            "track": told.track, "track_length_mi": told.length, "surface": surface,
        }  # fmt: skip
        for field, value in facts.items():
            if value is not None:
                number = float(value) if isinstance(value, int | float) else None
                document = CUP if told.series == "cup" else NXS
                yield Fact(
                    race=key, field=field, value=str(value), number=number, document=document, line=_line(told, 1)
                )


def _sessions() -> Iterator[SQLModel]:
    for told in RACES:
        stages = len(STAGES.get((told.series, told.season, told.round), ()))
        for number, title in enumerate(("Race", "Stage 1", "Stage 2")[: 1 + stages]):
            yield RaceSession(
                race=key_of(told), key=title.lower().replace(" ", "-"), title=title, rank=100 * number, rows=4,
                document=CUP if told.series == "cup" else NXS, line=_line(told, 1),
            )  # fmt: skip


def _rows() -> Iterator[SQLModel]:
    for told in RACES:
        key, document = key_of(told), CUP if told.series == "cup" else NXS
        for place, driver in enumerate(told.order, 1):
            yield SessionRow(
                race=key, session="race", number=place, position=place, driver=driver, car=str(place), team="Team",
                manufacturer="Ford", grid=STARTS[driver], laps=told.laps, points=50 - place if told.points else None,
                laps_led=told.led[place - 1] if told.led else None, status="crash" if place == 4 else "running",
                rating=120.5 - place if told.rated else None, document=document, line=_line(told, place),
            )  # fmt: skip
        for stage, winner in enumerate(STAGES.get((told.series, told.season, told.round), ()), 1):
            line = _line(told, told.order.index(winner) + 1)
            yield SessionRow(
                race=key, session=f"stage-{stage}", number=1, position=1, driver=winner, points=10, document=document,
                line=line,
            )  # fmt: skip


def _tallies() -> Iterator[SQLModel]:
    seasons: defaultdict[tuple[str, str, int], list[tuple[Told, int]]] = defaultdict(list)
    careers: defaultdict[tuple[str, str], list[tuple[Told, int]]] = defaultdict(list)
    tracks: defaultdict[tuple[str, str, str], list[tuple[Told, int]]] = defaultdict(list)
    for told in RACES:
        for place, driver in enumerate(told.order, 1):
            seasons[driver, told.series, told.season].append((told, place))
            careers[driver, told.series].append((told, place))
            tracks[driver, told.series, told.track].append((told, place))
    for (driver, series, season), starts in seasons.items():
        known = [50 - place for told, place in starts if told.points]
        yield SeasonTally(
            kind="driver", name=driver, series=series, season=season, car="7", races=len(starts),
            points=sum(known), points_known=len(known), **_counted(driver, starts),
        )  # fmt: skip
    for (driver, series), starts in careers.items():
        years = [told.season for told, _ in starts]
        yield CareerTally(
            driver=driver, series=series, first_season=min(years), last_season=max(years), **_counted(driver, starts)
        )
    for (driver, series, track), starts in tracks.items():
        years = [told.season for told, _ in starts]
        yield TrackTally(
            driver=driver, series=series, track=track, first_season=min(years), last_season=max(years),
            **_counted(driver, starts),
        )  # fmt: skip


def _counted(driver: str, starts: list[tuple[Told, int]]) -> dict[str, Any]:
    led = [told.led[place - 1] for told, place in starts if told.led]
    ratings = [120.5 - place for told, place in starts if told.rated]
    return {
        "starts": len(starts), "wins": sum(place == 1 for _, place in starts), "top_fives": len(starts),
        "top_tens": len(starts), "poles": len(starts) if STARTS[driver] == 1 else 0,
        "finish_sum": sum(place for _, place in starts), "grids": len(starts),
        "grid_sum": STARTS[driver] * len(starts), "laps_led": sum(led), "led_known": len(led),
        "ratings": len(ratings), "rating_sum": sum(ratings),
    }  # fmt: skip


def _names() -> Iterator[SQLModel]:
    named = [("driver", name) for name in (ANN, BEA, CAL, DEE, ELI)]
    named += [("track", name) for name in (RIVERVIEW, SHORE, HILL)]
    for kind, value in named:
        yield Name(kind=kind, value=value, name=value, key=short_key(kind, value), starts=5, last_season=2022)
    for series, name in NAMES.items():
        yield Name(kind="series", value=series, name=name, key=short_key("series", series), starts=5, last_season=2022)
