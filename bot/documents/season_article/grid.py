"""Tables of a long article, each cell once: what it says, and whether it is set in bold or italics.

The tables of race pages are taken apart by a parser of the whole mark-up (`bot.documents.wikitext.tables`), which takes
ten seconds for the million characters that a season's article may have. Here the text is cut at its lines and bars in
one pass, and only cells with mark-up in them are parsed, each different one once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.documents.season_article.tables import ArticleTable, GridCell, GridRow
from bot.documents.wikitext.marks import LINE_BREAK, count_lines
from bot.documents.wikitext.plain_text import one_line, parse_wikitext, visible_text
from bot.language.patterns import Pattern

__all__ = ["ArticleTooLarge", "read_tables"]

MAX_COLUMNS = 120  # the widest grids of the sport have 62 races; what stands behind is no cell of a table
MAX_SPAN = 400  # rows or columns that one cell covers; the longest list of drivers has 230
_HEADING = Pattern(r"(={1,6})([^=].{0,300}?)={1,6}[ \t]*$")
_CELL_TOKEN = Pattern(r"\{\{|\}\}|\[\[|\]\]|\|\||!!|\|")
_SPAN = Pattern(r"\b(colspan|rowspan)[ ]?=[ ]?[\"']?[ ]?([0-9]{1,4})")
_LINK = Pattern(r"\[\[(?!(?:File|Image|Category):)([^\[\]|\n]{1,200})")
_SIMPLE_LINK = Pattern(r"\[\[(?![^\[\]|]{0,12}:)(?:[^\[\]|{}\n]{1,200}\|)?([^\[\]|{}\n]{1,200})\]\]")
_OTHER_MARKUP = Pattern(r"\{\{|\[\[|[<&]")
_QUOTES = Pattern(r"'{2,5}")
_MARKUP = Pattern(r"[\[\]{}&'<>_\ue000-\uf8ff\u00a0]")
_LINE_MARGIN = " \t:\ue000"
MAX_CELLS = 100_000  # of one table, each as often as it is spanned; a season's grid has 8,000
MAX_TABLES = 1_000  # of an article, those within others too; the longest have 30
MAX_DIFFERENT_CELLS = 8_000  # of an article; the longest have 1,500
MAX_ATTRIBUTE_CHARS = 600  # of one cell; beyond that it is text


class ArticleTooLarge(Exception):
    """An article that has more of something than any season; `line` is where it becomes so."""

    def __init__(self, line: int, what: str) -> None:
        self.line = line
        super().__init__(f"{what}: no season has so many")


@dataclass(slots=True)
class _RawCell:
    line: int
    text: str
    is_header: bool
    column_span: int
    row_span: int


@dataclass(slots=True)
class _OpenTable:
    """A table as it is read; `depth` counts the templates that are open in the present cell."""

    line: int
    caption: str = ""
    rows: list[list[_RawCell]] = field(default_factory=lambda: [[]])
    depth: int = 0

    def add_line(self, line: int, text: str) -> None:
        """Take a line of the table that is neither its beginning nor its end."""
        if text.startswith("|-"):
            if self.rows[-1]:
                self.rows.append([])
            self.depth = 0
        elif self.depth > 0 or not text.startswith(("|", "!")):
            self._continue_cell(text)
        elif text.startswith("|+"):
            self.caption = text[2:]
        else:
            self._add_cells(line, text)

    def _continue_cell(self, text: str) -> None:
        if self.rows[-1]:
            self.rows[-1][-1].text += LINE_BREAK + text
        self.depth = max(0, self.depth + text.count("{{") - text.count("}}"))

    def _add_cells(self, line: int, text: str) -> None:
        is_header = text.startswith("!")
        for part in _cell_texts(text[1:], is_header=is_header):
            if len(self.rows[-1]) >= MAX_COLUMNS:
                break
            attributes, content = _attributes_and_content(part)
            spans = {name: int(digits) for name, digits in _spans(attributes)}
            column_span, row_span = (min(max(spans.get(name, 1), 1), MAX_SPAN) for name in ("colspan", "rowspan"))
            self.rows[-1].append(_RawCell(line, content, is_header, column_span, row_span))
        self.depth = max(0, text.count("{{") - text.count("}}"))


def read_tables(text: str) -> tuple[ArticleTable, ...]:
    """Every table of an article whose hidden text is taken out, those within others too, in the order they begin.

    A table that is never closed ends at the next heading. Raises ArticleTooLarge where it has more than any season.
    """
    reader = _TableReader()
    line = 1
    for written in text.split("\n"):
        reader.add_line(line, written.strip(_LINE_MARGIN))
        line += 1 + count_lines(written)
    reader.close_all()
    return tuple(sorted(reader.tables, key=lambda table: table.line))


@dataclass(slots=True)
class _TableReader:
    tables: list[ArticleTable] = field(default_factory=list)
    _open: list[_OpenTable] = field(default_factory=list)
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
            self._open.append(_OpenTable(line))
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

    def _filled_rows(self, rows: Sequence[Sequence[_RawCell]]) -> Iterator[GridRow]:
        """Rows with a cell in each column: those that span others stand in all of them."""
        spans: dict[int, tuple[int, GridCell]] = {}  # column -> rows left, and the cell from above
        cell_count = 0
        for row in rows:
            cells: list[GridCell] = []
            for raw in row[: MAX_COLUMNS - len(spans)]:
                _take_spans(cells, spans)
                words = self._words(raw.text)
                for place in range(min(raw.column_span, MAX_COLUMNS - len(cells))):
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
    while len(cells) in spans and len(cells) < MAX_COLUMNS:
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


def _cell_texts(line: str, *, is_header: bool) -> Iterator[str]:
    """The cells that one line of a table has; bars within links and templates part none."""
    start, depth = 0, 0
    for token in _CELL_TOKEN.finditer(line):
        mark = token[0]
        if mark in {"{{", "[["}:
            depth += 1
        elif mark in {"}}", "]]"}:
            depth = max(0, depth - 1)
        elif depth == 0 and (mark == "||" or (mark == "!!" and is_header)):
            yield line[start : token.start()]
            start = token.end()
    yield line[start:]


def _attributes_and_content(cell: str) -> tuple[str, str]:
    """What stands before the first bar of a cell that is in no link and no template, and what stands behind it."""
    bar = cell.find("|")
    if bar < 0 or bar > MAX_ATTRIBUTE_CHARS or "[[" in cell[:bar] or "{{" in cell[:bar]:
        return "", cell
    return cell[:bar].lower(), cell[bar + 1 :]


def _spans(attributes: str) -> Iterator[tuple[str, str]]:
    return ((found[1], found[2]) for found in _SPAN.finditer(attributes))
