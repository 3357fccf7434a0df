"""Parts of the results of a race: who finished where, who moved most, who led, who fell out, the best of each make."""

from collections.abc import Sequence

from bot.answers.common.resolve import ResolvedRace
from bot.answers.common.short_names import with_short_names
from bot.answers.results.movers import best_of_makes, moves_of, top_movers
from bot.answers.results.row_sources import RowSources
from bot.archive.queries.results import ResultRow
from bot.cards import Argument, Block, Column, Facts, Part, Question, Table
from bot.racing.statuses import NO_START_STATUSES, RUNNING_STATUS

__all__ = ["RESULTS", "moves_chart_question", "race_parts"]

RESULTS, MOVERS, LEADERS, OUT, MAKES = Part("re"), Part("mo"), Part("ll"), Part("df"), Part("mk")
MIN_MOVES = 2  # one line is no chart
POSITION, NUMBER = Column("Pos", numeric=True, stays=True), Column("No", stays=True)
DRIVER = Column("Driver", shrinks_first=True)
LEADER_COLUMNS = (DRIVER, Column("Led", numeric=True, stays=True), POSITION)
OUT_COLUMNS = (POSITION, NUMBER, DRIVER, Column("Laps", numeric=True, stays=True), Column("Out", stays=True))


def race_parts(rows: Sequence[ResultRow], sources: RowSources) -> dict[Part, tuple[Block, ...]]:
    """The parts for which there is something, results first, with the blocks of each; none where there is but one."""
    movers, makes = top_movers(moves_of(rows), sources), best_of_makes(rows, sources)
    others: dict[Part, tuple[Block, ...]] = {
        MOVERS: (Facts(movers, MOVERS.title),) if movers else (),
        LEADERS: _leaders(rows, sources),
        OUT: _out(rows, sources),
        MAKES: (Facts(makes, MAKES.title),) if makes else (),
    }
    filled = {part: blocks for part, blocks in others.items() if blocks}
    return {RESULTS: (), **filled} if filled else {}


def moves_chart_question(resolved: ResolvedRace, rows: Sequence[ResultRow]) -> Question | None:
    """What the button Chart asks; None where too few places on the grid are known to draw anything."""
    if len(moves_of(rows)) < MIN_MOVES:
        return None
    return Question("chart", (Argument("what", "grid to finish"), resolved.argument("race")))


def _leaders(rows: Sequence[ResultRow], sources: RowSources) -> tuple[Block, ...]:
    """Who led, most laps first."""
    leaders = sorted((row for row in rows if row.laps_led), key=lambda row: (-(row.laps_led or 0), row.position or 0))
    cells = tuple((row.driver, str(row.laps_led), str(row.position or "")) for row in leaders)
    return _table(LEADER_COLUMNS, cells, LEADERS.title, leaders, sources)


def _out(rows: Sequence[ResultRow], sources: RowSources) -> tuple[Block, ...]:
    """The cars that started and were not running at the end, and why."""
    statuses = {RUNNING_STATUS, *map(str.casefold, NO_START_STATUSES)}
    out = [row for row in rows if row.status and row.status.casefold() not in statuses]
    cells = tuple(
        (str(row.position or ""), row.car or "", row.driver, "" if row.laps is None else str(row.laps), _reason(row))
        for row in out
    )
    return _table(OUT_COLUMNS, cells, OUT.title, out, sources)


def _reason(row: ResultRow) -> str:
    return (row.status or "").lower()


def _table(
    columns: tuple[Column, ...],
    cells: tuple[tuple[str, ...], ...],
    heading: str,
    rows: Sequence[ResultRow],
    sources: RowSources,
) -> tuple[Block, ...]:
    """The table of these rows; nothing where there are none."""
    if not rows:
        return ()
    lines = tuple(sources.row_lines(row) for row in rows)
    return (with_short_names(Table(columns, cells, heading, sources=lines)),)
