"""Tables of one race for programs: results, stages, scoring, sessions, entries, standings, facts, moments, on air.

They are made of the rows of the archive by the same way as the tables of pages, so that one language of programs runs
on both. Every row has the lines that it stands on; a number that is worked out has the lines of all it is made of.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from sqlmodel import Session

from bot.answers.common.citations import source_lines
from bot.archive.queries.races import BroadcastRow, KnownFacts, RaceRow, broadcasts_of, facts_of
from bot.archive.queries.results import (
    EntryRow,
    RaceSessionRow,
    ResultRow,
    entries_of,
    published_rows_of,
    sessions_of,
    starter_rows,
)
from bot.archive.queries.standings import StandingRow, standings_of
from bot.archive.queries.story import IncidentRow, PassageRow, incidents_of, passages_of
from bot.cards import SourceLine
from bot.questions.tables.model import ColumnRole, RawRow, TypedTable
from bot.questions.tables.typing import typed_table
from bot.racing.facts import FACT_FIELDS
from bot.racing.sessions import (
    QUALIFYING_SESSION,
    RACE_SESSION,
    is_practice,
    is_stage,
    stage_key,
    stage_keys,
    stage_number_of,
)

__all__ = ["DRIVER", "QuestionTables", "column_number"]

R = ColumnRole
DRIVER = "Driver"
FIRST_STAGES = frozenset(stage_keys(2))
RESULT_COLUMNS = (
    ("Place", R.PLACE), ("Start", R.GRID), ("Car number", R.CAR_NUMBER), (DRIVER, R.PERSON), ("Team", R.TEAM),
    ("Make", R.MAKE), ("Laps", R.LAPS), ("Laps led", R.LAPS_LED), ("Points", R.POINTS), ("Status", R.STATUS),
    ("Places gained", R.OTHER), ("Rookie", R.OTHER), ("Ineligible", R.OTHER), ("Gap", R.GAP), ("Rating", R.OTHER),
)  # fmt: skip
TIMED_COLUMNS = (
    ("Place", R.PLACE), ("Car number", R.CAR_NUMBER), (DRIVER, R.PERSON), ("Team", R.TEAM), ("Make", R.MAKE),
    ("Time", R.OTHER), ("Speed", R.SPEED), ("Round 1", R.OTHER), ("Round 2", R.OTHER), ("Round 3", R.OTHER),
)  # fmt: skip
STAGE_COLUMNS = (
    ("Place", R.PLACE), ("Car number", R.CAR_NUMBER), (DRIVER, R.PERSON), ("Team", R.TEAM), ("Make", R.MAKE),
    ("Points", R.POINTS),
)  # fmt: skip
SCORING_COLUMNS = (
    ("Place", R.PLACE), (DRIVER, R.PERSON), ("Team", R.TEAM), ("Make", R.MAKE), ("Points", R.POINTS),
    ("Stage points", R.OTHER),
    ("Race points", R.OTHER), ("Stages with points", R.OTHER), ("Stage wins", R.OTHER),
)  # fmt: skip
ENTRY_COLUMNS = (
    ("Car number", R.CAR_NUMBER), (DRIVER, R.PERSON), ("Team", R.TEAM), ("Make", R.MAKE), ("Rookie", R.OTHER),
    ("Ineligible", R.OTHER),
)  # fmt: skip
STANDING_COLUMNS = (
    ("Place", R.PLACE), (DRIVER, R.PERSON), ("Points", R.POINTS), ("Gap", R.OTHER), ("Place before", R.OTHER),
)  # fmt: skip
FACT_COLUMNS = (("Fact", R.OTHER), ("Value", R.OTHER))
ON_AIR_COLUMNS = (("Medium", R.OTHER), ("Network", R.OTHER), ("Role", R.OTHER), ("Person", R.PERSON))
MOMENT_COLUMNS = (
    ("Kind", R.OTHER), ("Count", R.OTHER), ("Stage", R.OTHER), ("Lap", R.LAPS), ("Laps to go", R.OTHER),
    (DRIVER, R.PERSON), ("What", R.OTHER),
)  # fmt: skip
Columns = Sequence[tuple[str, ColumnRole]]
Cells = Sequence[object]


def column_number(table: TypedTable, heading: str) -> int:
    """The number of a column by its heading. Raises KeyError where the table has none of it."""
    for column in table.columns:
        if column.heading == heading:
            return column.number
    raise KeyError(heading)


class QuestionTables:
    """The tables of one race, each made when it is first asked for; `title` is the race in words."""

    def __init__(self, session: Session, race: RaceRow, title: str) -> None:
        self.session, self.race, self.title = session, race, title

    @cached_property
    def facts(self) -> KnownFacts:
        """The single-valued facts."""
        return facts_of(self.session, self.race.key)

    @cached_property
    def sessions(self) -> tuple[RaceSessionRow, ...]:
        """The sessions of the weekend."""
        return sessions_of(self.session, self.race.key)

    @cached_property
    def rows(self) -> tuple[ResultRow, ...]:
        """The rows of all sessions, each starter once."""
        return starter_rows(published_rows_of(self.session, self.race.key))

    @cached_property
    def entries(self) -> tuple[EntryRow, ...]:
        """The entry list."""
        return entries_of(self.session, self.race.key)

    @cached_property
    def incidents(self) -> tuple[IncidentRow, ...]:
        """What happened, as the story counts it."""
        return incidents_of(self.session, self.race.key)

    @cached_property
    def passages(self) -> tuple[PassageRow, ...]:
        """The paragraphs of its story."""
        return passages_of(self.session, self.race.key)

    @cached_property
    def broadcasts(self) -> tuple[BroadcastRow, ...]:
        """Who was on air."""
        return broadcasts_of(self.session, self.race.key)

    def rows_of(self, key: str) -> tuple[ResultRow, ...]:
        """The rows of one session."""
        return tuple(row for row in self.rows if row.session == key)

    @cached_property
    def results(self) -> TypedTable:
        """Who finished where."""
        rows = self.rows_of(RACE_SESSION)
        return self._table("Race results", RESULT_COLUMNS, ((_result_cells(row), source_lines(row)) for row in rows))

    def stage(self, number: int) -> TypedTable:
        """One stage; the last one, whose winner wins the race, has the rows of the race where it has no table."""
        rows = self.rows_of(stage_key(number))
        cells = (
            ((row.position, row.car, row.driver, row.team, row.manufacturer, row.points), source_lines(row))
            for row in rows
        )
        return self._table(f"Stage {number}", STAGE_COLUMNS, cells)

    @property
    def stage_numbers(self) -> tuple[int, ...]:
        """The numbers of the stages that the archive knows of."""
        return tuple(number for one in self.sessions if (number := stage_number_of(one.key)) is not None)

    @cached_property
    def stage_lengths(self) -> TypedTable:
        """How many laps each stage has."""
        rows = (((stage_number_of(one.key), one.laps), source_lines(one)) for one in self.sessions if is_stage(one.key))
        return self._table("Lengths of stages", (("Stage", R.OTHER), ("Laps", R.LAPS)), rows)

    @cached_property
    def scoring(self) -> TypedTable:
        """Points of the race by where they come from, for everybody in the results or in a stage."""
        # The last stage ends with the race and pays no points; in a story stages have places and no points.
        stages = [row for row in self.rows if row.session in FIRST_STAGES or (is_stage(row.session) and row.points)]
        race = {row.driver: row for row in self.rows_of(RACE_SESSION)}
        first_rows = {row.driver: row for row in stages} | race
        table = []
        for driver, row in first_rows.items():
            own = [one for one in stages if one.driver == driver]
            # Nobody scored none where no stage is known at all: then nothing is known of anybody.
            is_known = bool(stages) and not any(one.points is None for one in stages)
            stage_points = sum(one.points or 0 for one in own) if is_known else None
            total = race[driver].points if driver in race else None
            rest = None if total is None or stage_points is None else total - stage_points
            wins = sum(one.position == 1 for one in own) if stages else None
            place = race[driver].position if driver in race else None
            count = len(own) if is_known else None
            cells = (place, driver, row.team, row.manufacturer, total, stage_points, rest, count, wins)
            table.append((cells, source_lines(race.get(driver), *own)))
        return self._table("Points of the race", SCORING_COLUMNS, table)

    @cached_property
    def qualifying(self) -> TypedTable:
        """Qualifying."""
        return self._timed("Qualifying", self.rows_of(QUALIFYING_SESSION))

    @cached_property
    def practice(self) -> TypedTable:
        """Practice; of several the last."""
        keys = [one.key for one in self.sessions if is_practice(one.key) and one.rows]
        return self._timed("Practice", self.rows_of(keys[-1]) if keys else ())

    @cached_property
    def entry_list(self) -> TypedTable:
        """Who was entered: of the entry list, or else of the results."""
        cells: list[tuple[Cells, tuple[SourceLine, ...]]] = [
            (
                (row.car, row.driver, row.team, row.manufacturer, _yes(row.rookie), _yes(row.ineligible)),
                source_lines(row),
            )
            for row in (self.entries or self.rows_of(RACE_SESSION))
        ]
        return self._table("Entry list", ENTRY_COLUMNS, cells)

    def standings(self, championship: str) -> TypedTable:
        """The championship after the race."""
        rows = standings_of(self.session, self.race.key, championship)
        leader = rows[0].points if rows else 0
        title = f"{championship.capitalize()}’ standings"
        return self._table(title, STANDING_COLUMNS, ((_standing_cells(row, leader), source_lines(row)) for row in rows))

    @cached_property
    def fact_table(self) -> TypedTable:
        """The facts as rows, by their names in `bot.racing.facts`."""
        rows = (
            ((name, fact.value), source_lines(fact))
            for name in FACT_FIELDS
            if (fact := self.facts.find(name)) is not None
        )
        return self._table("Facts", FACT_COLUMNS, rows)

    @cached_property
    def on_air(self) -> TypedTable:
        """People on television and radio."""
        rows = (((row.medium, row.network, row.role, row.person), source_lines(row)) for row in self.broadcasts)
        return self._table("On air", ON_AIR_COLUMNS, rows)

    @cached_property
    def moments(self) -> TypedTable:
        """Lead changes, cautions, penalties and overtimes that the story tells."""
        rows = (
            (
                (row.kind, row.counted, row.stage, row.lap, row.laps_to_go, row.people or row.driver, row.what),
                source_lines(row),
            )
            for row in self.incidents
        )
        return self._table("Moments of the race", MOMENT_COLUMNS, rows)

    def _timed(self, name: str, rows: Iterable[ResultRow]) -> TypedTable:
        cells = (
            (
                (
                    row.position, row.car, row.driver, row.team, row.manufacturer, _seconds(row.time_s), row.speed_mph,
                    _seconds(row.round_1_s), _seconds(row.round_2_s), _seconds(row.round_3_s),
                ),
                source_lines(row),
            )
            for row in rows
        )  # fmt: skip
        return self._table(name, TIMED_COLUMNS, cells)

    def _table(self, name: str, columns: Columns, rows: Iterable[tuple[Cells, tuple[SourceLine, ...]]]) -> TypedTable:
        """The typed table of values; None is an empty cell."""
        raw = [RawRow(sources, tuple("" if cell is None else str(cell) for cell in cells)) for cells, sources in rows]
        return typed_table(self.title, [name for name, _ in columns], raw, (name,), [role for _, role in columns])


def _result_cells(row: ResultRow) -> Cells:
    gained = row.grid - row.position if row.grid and row.position else None
    return (
        row.position, row.grid, row.car, row.driver, row.team, row.manufacturer, row.laps, row.laps_led, row.points,
        row.status, gained, _yes(row.rookie), _yes(row.ineligible), row.gap_s, row.rating,
    )  # fmt: skip


def _standing_cells(row: StandingRow, leader: int) -> Cells:
    return row.position, row.name, row.points, leader - row.points, row.before


def _yes(holds: bool) -> str:
    return "yes" if holds else ""


def _seconds(seconds: float | None) -> str:
    """A lap as it is shown; 0 is no time."""
    return f"{seconds:.3f}" if seconds else ""
