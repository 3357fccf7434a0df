"""Sources of the cells of results: most stand in the line of their row, some in a line of another document.

A page gives places and points of a race, the sport's history adds ratings and how each car ended.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from bot.answers.common.citations import CitationIndex, SourcedRow, source_lines
from bot.answers.common.text import plural
from bot.archive.cell_ref import CellRef
from bot.archive.queries.evidence import supports_of
from bot.archive.queries.results import ResultRow
from bot.cards import Citation, SourceLine
from bot.racing.document_kinds import HISTORY_TABLE_KIND
from bot.racing.sessions import is_stage

__all__ = ["RowSources", "row_sources"]

HISTORY_COLUMNS = ("laps_led", "rating", "status")  # what no page has in its table of results


@dataclass(frozen=True, slots=True)
class RowSources:
    """The documents behind some rows.

    `histories` give places in stages and no points; `other_lines` maps (session, driver) to further lines.
    """

    citations: tuple[Citation, ...] = ()
    histories: frozenset[str] = frozenset()
    other_lines: Mapping[tuple[str, str], tuple[SourceLine, ...]] = field(default_factory=dict)

    def row_lines(self, row: ResultRow) -> tuple[SourceLine, ...]:
        """The lines that a row stands on, each once."""
        return tuple(dict.fromkeys((*source_lines(row), *self.other_lines.get((row.session, row.driver), ()))))

    def derivation(self, row: ResultRow) -> str:
        """“9 points = 11 - 2, the place in the stage” where a document gives the place only; "" elsewhere."""
        has_place_only = is_stage(row.session) and row.document in self.histories
        if not has_place_only or row.points is None or row.position is None:
            return ""
        return f"{plural(row.points, 'point')} = 11 - {row.position}, the place in the stage"


def row_sources(session: Session, rows: Sequence[ResultRow], *others: Iterable[SourcedRow]) -> RowSources:
    """The sources of these rows of one race; `others` are rows of other kinds on the same card."""
    # Most races stand in one document, and then there is nothing to ask for.
    rows_to_look_up = [row for row in rows if any(getattr(row, column) is not None for column in HISTORY_COLUMNS)]
    supports = supports_of(session, rows_to_look_up[0].race, _cell_names(rows_to_look_up)) if rows_to_look_up else ()
    sources = CitationIndex(session, (*rows, *(row for kind in others for row in kind), *supports))
    citations = sources.all_citations()
    other_lines: defaultdict[tuple[str, str], list[SourceLine]] = defaultdict(list)
    for support in supports:
        cell = CellRef.parse(support.value_name)
        other_lines[cell.table, cell.subject] += source_lines(support)
    histories = frozenset(cited.document for cited in citations if cited.kind == HISTORY_TABLE_KIND)
    return RowSources(citations, histories, {key: tuple(lines) for key, lines in other_lines.items()})


def _cell_names(rows: Iterable[ResultRow]) -> list[str]:
    """The names of the cells that another document may add: “race: Ross Chastain: rating”."""
    return [str(CellRef(row.session, row.driver, column)) for row in rows for column in HISTORY_COLUMNS]
