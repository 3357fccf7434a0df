"""Where the cells of results stand: most in the line of their row, some in a line of another document.

A page tells places and points of a race, the sport's history adds ratings and how each car ended.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from bot.answers.common.citations import Sourced, Sources, places
from bot.answers.common.text import plural
from bot.archive.queries.evidence import supports_of
from bot.archive.queries.results import ResultRow
from bot.cards import Citation, Place
from bot.documents.history_csv.reader import HistoryTable

__all__ = ["RowSources", "row_sources"]

ADDED = ("laps_led", "rating", "status")  # what no page has in its table of results


@dataclass(frozen=True, slots=True)
class RowSources:
    """The documents behind some rows; `histories` tell places in stages and no points, `elsewhere` are more lines."""

    citations: tuple[Citation, ...] = ()
    histories: frozenset[str] = frozenset()
    elsewhere: Mapping[tuple[str, str], tuple[Place, ...]] = field(default_factory=dict)

    def stands(self, row: ResultRow) -> tuple[Place, ...]:
        """The lines that a row stands on, each once."""
        return tuple(dict.fromkeys((*places(row), *self.elsewhere.get((row.session, row.driver), ()))))

    def how(self, row: ResultRow) -> str:
        """“9 points = 11 - 2, the place in the stage” where a document tells the place only; "" elsewhere."""
        stage = row.session.startswith("stage-") and row.document in self.histories
        if not stage or row.points is None or row.position is None:
            return ""
        return f"{plural(row.points, 'point')} = 11 - {row.position}, the place in the stage"


def row_sources(session: Session, rows: Sequence[ResultRow], *others: Iterable[Sourced]) -> RowSources:
    """What these rows of one race stand on; `others` are rows of other kinds on the same card."""
    merged = [row for row in rows if any(getattr(row, column) is not None for column in ADDED)]
    told = supports_of(session, merged[0].race, _cells(merged)) if merged else ()
    sources = Sources(session, (*rows, *(one for several in others for one in several), *told))
    citations = sources.all()
    elsewhere: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for one in told:
        table, driver, _ = one.what.split(": ")
        elsewhere[table, driver] += places(one)
    histories = frozenset(one.document for one in citations if one.kind == HistoryTable.kind)
    return RowSources(citations, histories, {key: tuple(several) for key, several in elsewhere.items()})


def _cells(rows: Iterable[ResultRow]) -> list[str]:
    """What the archive calls these cells: “race: Ross Chastain: rating”."""
    return [f"{row.session}: {row.driver}: {column}" for row in rows for column in ADDED]
