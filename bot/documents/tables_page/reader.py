"""A page of tables of which no reader knows a race or a season: its tables are kept, nothing is claimed from them."""

from collections.abc import Sequence

from bot.documents.model import Document, ParsedDocument, RaceIdentity
from bot.documents.page_tables import has_table_lines, plain_tables, section_tables
from bot.documents.race_page.blocks import page_sections, page_title
from bot.documents.table_claim import TableClaim
from bot.documents.text.document_line import DocumentLine
from bot.racing.document_kinds import TABLES_KIND

__all__ = ["TABLES_PAGE", "TablesPage", "as_tables_page"]

_TABLE_MARK = "{|"


class TablesPage:
    """Reads pages of tables; asked last, for what no other format knows."""

    kind = TABLES_KIND

    def recognizes(self, document: Document) -> bool:
        """Whether the text has a table."""
        if any(line.lstrip(" :").startswith(_TABLE_MARK) for line in document.lines):
            return True
        return bool(plain_tables(document))

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The page's one reading, which tells of no race. Raises BadDocument where no table of it can be read."""
        tables = _document_tables(document)
        if not tables:
            raise DocumentLine(document, 1).error("this page has no table that can be read")
        return (_reading(document, tables),)


TABLES_PAGE = TablesPage()


def as_tables_page(parsed: ParsedDocument) -> ParsedDocument:
    """A page that tells of no race as a page of tables."""
    return _reading(parsed.document, parsed.tables)


def _reading(document: Document, tables: tuple[TableClaim, ...]) -> ParsedDocument:
    title = page_title(document) or document.name
    return ParsedDocument(document, TABLES_KIND, title, RaceIdentity(), (), tables=tables)


def _document_tables(document: Document) -> tuple[TableClaim, ...]:
    if any(line.lstrip(" :").startswith(_TABLE_MARK) for line in document.lines):
        from bot.documents.wikitext.page import wikitext_sections  # noqa: PLC0415 - mwparserfromhell: 6 MB

        return section_tables(wikitext_sections(document))
    return section_tables(page_sections(document)) if has_table_lines(document) else ()
