"""A race that only a history tells of, as rows: what merging its claims would give, made in bulk.

`tests/loading/build/test_history_rows.py` compares the two ways: every row is the same, whichever made it. One
builder for both would be less code, but the load of a whole history has thousands of such races to make in seconds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import TypeVar

from sqlmodel import SQLModel

from bot.archive.models.core import FactRecord, Race, RaceSession, SessionRow
from bot.documents.history_csv.history_race import HistoryRace, HistoryResult
from bot.documents.history_csv.reader import stage_points
from bot.loading.merge.conflicts import value_text
from bot.loading.merge.race import RaceRows
from bot.racing.race_key import RaceKey, race_order_key
from bot.racing.series import series_name
from bot.racing.sessions import RACE_SESSION, session_rank, session_title, stage_key

__all__ = ["ROW_COLUMNS", "HistorySpellings", "RaceTables", "TableRow", "race_tables"]

TableRow = tuple[object, ...]
M = TypeVar("M", bound=SQLModel)
ROW_COLUMNS: Mapping[type[SQLModel], tuple[str, ...]] = {
    Race: ("key", "series", "series_name", "season", "round", "name", "track", "winner", "field_size", "order_key"),
    FactRecord: ("race", "field", "value", "number", "document", "line", "agree"),
    RaceSession: ("race", "key", "title", "rank", "rows", "document", "line"),
    SessionRow: (
        "race", "session", "number", "position", "car", "driver", "team", "manufacturer", "grid", "laps", "points",
        "laps_led", "status", "rating", "rookie", "ineligible", "document", "line", "agree",
    ),
}  # fmt: skip
LINE_INDEX = ROW_COLUMNS[SessionRow].index("line")


@dataclass(slots=True)
class HistorySpellings:
    """The spellings of the names of histories, by the name as written; None is None."""

    drivers: dict[str, str] = field(default_factory=dict)
    teams: dict[str | None, str | None] = field(default_factory=lambda: {None: None})
    manufacturers: dict[str | None, str | None] = field(default_factory=lambda: {None: None})
    tracks: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_spelling(cls, spelling: Mapping[tuple[str, str], str]) -> "HistorySpellings":
        """From (kind, name as written) -> spelling."""
        speller = cls()
        tables = {
            "driver": speller.drivers,
            "team": speller.teams,
            "make": speller.manufacturers,
            "track": speller.tracks,
        }
        for (kind, name), spelled in spelling.items():
            tables[kind][name] = spelled  # type: ignore[index]
        return speller


@dataclass(frozen=True, slots=True)
class RaceTables:
    """The rows of one race, in the order of `ROW_COLUMNS`."""

    race: TableRow
    facts: list[TableRow]
    sessions: list[TableRow]
    rows: list[TableRow]

    def as_models(self) -> RaceRows:
        """The same rows as merging gives them, for where few are compared with others."""
        tables: tuple[tuple[type[SQLModel], list[TableRow]], ...]
        tables = ((FactRecord, self.facts), (RaceSession, self.sessions), (SessionRow, self.rows))
        rows = (_as_model(model, row) for model, table_rows in tables for row in table_rows)
        return RaceRows(_as_model(Race, self.race), tuple(rows))


def _as_model(model: type[M], row: TableRow) -> M:
    return model.model_validate(dict(zip(ROW_COLUMNS[model], row, strict=True)))


def race_tables(
    key: str, document: str, race: HistoryRace, spellings: HistorySpellings, agreeing_histories: int
) -> RaceTables:
    """The rows of a race; `agreeing_histories` histories tell it in the very same words."""
    series = RaceKey.parse(key).series
    first_line = min(race.columns.lines)
    track = spellings.tracks[race.track]
    winners = {
        spellings.drivers[driver]
        for driver, position in zip(race.columns.drivers, race.columns.positions, strict=True)
        if position == 1
    }
    tables = {
        RACE_SESSION: _result_rows(key, document, race, spellings, agreeing_histories),
        **_stage_rows(key, document, race, spellings, agreeing_histories),
    }
    return RaceTables(
        (
            key, series, series_name(series, race.season), race.season, race.round, race.name, track,
            winners.pop() if len(winners) == 1 else None, len(race.columns.lines),
            race_order_key(race.season, race.round, None),
        ),
        [
            (
                key, name, value_text(value), float(value) if not isinstance(value, str) else None, document,
                first_line, agreeing_histories,
            )
            for name, value in _facts(race, series, track)
        ],
        [
            (
                key, session_key, session_title(session_key), session_rank(session_key), len(rows), document,
                rows[0][LINE_INDEX],
            )
            for session_key, rows in tables.items()
        ],
        [row for rows in tables.values() for row in rows],
    )  # fmt: skip


def _facts(race: HistoryRace, series: str, track: str) -> Iterator[tuple[str, str | int | float]]:
    """(field, value) of what a history states of a race as a whole, in the order of the fields."""
    yield "race_name", race.name
    yield "round", race.round
    yield "season", race.season
    yield "series", series
    if race.surface is not None:
        yield "surface", race.surface
    yield "track", track
    if race.length_mi is not None:
        yield "track_length_mi", race.length_mi


def _result_rows(
    key: str, document: str, race: HistoryRace, spellings: HistorySpellings, agreeing_histories: int
) -> list[TableRow]:
    """The rows of the race itself, made column by column: no line of Python runs for each of 180,000 rows."""
    columns = race.columns
    numbers = range(1, len(columns.lines) + 1)
    return list(
        zip(
            repeat(key), repeat(RACE_SESSION), numbers, columns.positions, columns.cars,
            map(spellings.drivers.__getitem__, columns.drivers), map(spellings.teams.__getitem__, columns.teams),
            map(spellings.manufacturers.__getitem__, columns.manufacturers), columns.grids, columns.laps,
            columns.points, columns.laps_led, columns.statuses, columns.ratings, repeat(0), repeat(0),
            repeat(document), columns.lines, repeat(agreeing_histories), strict=False,
        )
    )  # fmt: skip


def _stage_rows(
    key: str, document: str, race: HistoryRace, spellings: HistorySpellings, agreeing_histories: int
) -> dict[str, list[TableRow]]:
    """The rows of each stage, by its key, in the order of the places."""
    stages: dict[str, list[TableRow]] = {}
    for stage, results in _stage_results(race):
        session_key = stage_key(stage)
        stages[session_key] = [
            (
                key, session_key, number, place, result.car, spellings.drivers[result.driver],
                spellings.teams[result.team], spellings.manufacturers[result.manufacturer], None, None,
                stage_points(place, result.points), None, None, None, 0, 0, document, result.line,
                agreeing_histories,
            )
            for number, (place, result) in enumerate(results, 1)
        ]  # fmt: skip
    return stages


def _stage_results(race: HistoryRace) -> Iterator[tuple[int, list[tuple[int, HistoryResult]]]]:
    """(stage, its results with their places, in order) of every stage of which a place is known."""
    stage_count = max(map(len, race.columns.stages))
    for stage in range(stage_count):
        positions_and_results = [
            (result.stages[stage], result) for result in race.results if result.stages and result.stages[stage]
        ]
        if positions_and_results:
            yield stage + 1, sorted(positions_and_results, key=lambda pair: (pair[0], pair[1].line))
