"""Tables of a long article, each cell once: what it says, and whether it is set in bold or italics.

Only cells with mark-up in them are parsed, each different one once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.documents.season_article.tables import ArticleTable, GridCell, GridRow
from bot.documents.wikitext.marks import LINE_BREAK, count_lines
from bot.documents.wikitext.plain_text import one_line, parse_wikitext, visible_text
from bot.documents.wikitext.table_source import LINE_MARGIN, MAX_CELLS_IN_ROW, CellSource, TableSource
from bot.language.patterns import Pattern

__all__ = ["ArticleTooLarge", "read_tables"]

_HEADING = Pattern(r"(={1,6})([^=].{0,300}?)={1,6}[ \t]*$")
_LINK = Pattern(r"\[\[(?!(?:File|Image|Category):)([^\[\]|\n]{1,200})")
_SIMPLE_LINK = Pattern(r"\[\[(?![^\[\]|]{0,12}:)(?:[^\[\]|{}\n]{1,200}\|)?([^\[\]|{}\n]{1,200})\]\]")
_OTHER_MARKUP = Pattern(r"\{\{|\[\[|[<&]")
_QUOTES = Pattern(r"'{2,5}")
_MARKUP = Pattern(r"[\[\]{}&'<>_\ue000-\uf8ff\u00a0]")
MAX_CELLS = 100_000  # of one table, each as often as it is spanned; a season's grid has 8,000
MAX_TABLES = 1_000  # of an article, those within others too; the longest have 30
MAX_DIFFERENT_CELLS = 8_000  # of an article; the longest have 1,500


class ArticleTooLarge(Exception):
    """An article that has more of something than any season; `line` is where it becomes so."""

    def __init__(self, line: int, what: str) -> None:
        self.line = line
        super().__init__(f"{what}: no season has so many")


def read_tables(text: str) -> tuple[ArticleTable, ...]:
    """Every table of an article whose hidden text is taken out, those within others too, in the order they begin.

    A table that is never closed ends at the next heading. Raises ArticleTooLarge where it has more than any season.
    """
    reader = _TableReader()
    line = 1
    for written in text.split("\n"):
        reader.add_line(line, written.strip(LINE_MARGIN))
        line += 1 + count_lines(written)
    reader.close_all()
    return tuple(sorted(reader.tables, key=lambda table: table.line))


@dataclass(slots=True)
class _TableReader:
    tables: list[ArticleTable] = field(default_factory=list)
    _open: list[TableSource] = field(default_factory=list)
    _table_count: int = 0
    _path: list[tuple[int, str]] = field(default_factory=list)
    _texts: dict[str, GridCell] = field(default_factory=dict)

    def add_line(self, line: int, text: str) -> None:
        """Take the next line of the article."""
        heading = _HEADING.match(text) if text.startswith("=") else None
        if heading:
            self.close_all()
            level = len(heading[1])
            self._path = [pair for pair in self._path if pair[0] < level] + [(level, self._words(heading[2]).text)]
        elif text.startswith("{|"):
            self._table_count += 1
            if self._table_count > MAX_TABLES:
                raise ArticleTooLarge(line, f"more than {MAX_TABLES:,} tables")
            self._open.append(TableSource(line, LINE_BREAK))
        elif self._open and text.startswith("|}") and not text.startswith("|}}"):
            self._close()
        elif self._open:
            self._open[-1].add_line(line, text)

    def close_all(self) -> None:
        """End every table that is still open."""
        while self._open:
            self._close()

    def _close(self) -> None:
        table = self._open.pop()
        rows = tuple(self._filled_rows([row for row in table.rows if row]))
        path = [name for _, name in self._path]
        path += [self._words(table.caption.rpartition("|")[2]).text] if table.caption else []
        if rows:
            self.tables.append(ArticleTable(table.line, tuple(path), rows))

    def _filled_rows(self, rows: Sequence[Sequence[CellSource]]) -> Iterator[GridRow]:
        """Rows with a cell in each column: those that span others stand in all of them."""
        spans: dict[int, tuple[int, GridCell]] = {}  # column -> rows left, and the cell from above
        cell_count = 0
        for row in rows:
            cells: list[GridCell] = []
            for raw in row[: MAX_CELLS_IN_ROW - len(spans)]:
                _take_spans(cells, spans)
                words = self._words(raw.text)
                for place in range(min(raw.column_span, MAX_CELLS_IN_ROW - len(cells))):
                    cell = replace(words, line=raw.line, is_header=raw.is_header, is_first=place == 0)
                    if raw.row_span > 1:
                        spans[len(cells)] = raw.row_span - 1, cell
                    cells.append(cell)
            _take_spans(cells, spans)
            cell_count += len(cells)
            if cell_count > MAX_CELLS:
                raise ArticleTooLarge(row[0].line, f"more than {MAX_CELLS:,} cells in one table")
            yield GridRow(row[0].line, tuple(cells), len(row))

    def _words(self, source: str) -> GridCell:
        """A cell without its place; each different source is parsed once."""
        known = self._texts.get(source)
        if known is None:
            known = self._texts[source] = _read_words(source)
            if len(self._texts) > MAX_DIFFERENT_CELLS:
                raise ArticleTooLarge(
                    self._open[-1].line if self._open else 1, f"more than {MAX_DIFFERENT_CELLS:,} different cells"
                )
        return known


def _take_spans(cells: list[GridCell], spans: dict[int, tuple[int, GridCell]]) -> None:
    """Put in the cells of rows above that reach down to this place."""
    while len(cells) in spans and len(cells) < MAX_CELLS_IN_ROW:
        left, cell = spans.pop(len(cells))
        if left > 1:
            spans[len(cells)] = left - 1, cell
        cells.append(cell)


def _read_words(source: str) -> GridCell:
    if not _MARKUP.search(source):
        return GridCell(0, " ".join(source.split()))
    is_bold = "'''" in source
    is_italic = "''" in source.replace("'''''", "''").replace("'''", "")
    # Most cells are words with a link: only what has more than that is worth a parser.
    plain = _QUOTES.sub("", _SIMPLE_LINK.sub(r"\1", source))
    if _OTHER_MARKUP.search(plain):
        plain = visible_text(parse_wikitext(source).nodes)
    text = one_line(plain)
    link = _LINK.search(source)
    return GridCell(0, text, is_bold=is_bold, is_italic=is_italic, link=link[1].strip() if link else "")
