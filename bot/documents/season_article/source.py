"""The source of an article made safe to cut into tables; everything here needs mwparserfromhell."""

from bot.documents.model import Document
from bot.documents.season_article.grid import ArticleTooLarge, read_tables
from bot.documents.season_article.tables import ArticleTable
from bot.documents.wikitext.tags import TagReader
from bot.errors import BadDocument
from bot.language.patterns import Pattern

__all__ = ["article_tables"]

# Characters that show nothing, and the private ones that stand for mark-up once the tags are out.
_INVISIBLE = Pattern("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff]")


def article_tables(document: Document) -> tuple[ArticleTable, ...]:
    """Every table of the article, without references, comments and what is struck out.

    Raises BadDocument where it has more tables or cells than any season.
    """
    text = _INVISIBLE.sub("", "\n".join(document.lines))
    try:
        return read_tables(TagReader(text).visible_text())
    except ArticleTooLarge as error:
        raise BadDocument(document.path, error.line, str(error)) from error
