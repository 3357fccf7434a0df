"""The formats, in the order in which they are asked: the first that knows a document reads it."""

from bot.documents.document import Format
from bot.documents.history_csv import HISTORY_TABLE
from bot.documents.points_article import POINTS_ARTICLE
from bot.documents.race_page import RACE_PAGE
from bot.documents.recap import RECAP
from bot.documents.results_csv import RESULTS_TABLE
from bot.documents.wikitext import WIKITEXT

__all__ = ["FORMATS"]

FORMATS: tuple[Format, ...] = (WIKITEXT, HISTORY_TABLE, RESULTS_TABLE, RACE_PAGE, POINTS_ARTICLE, RECAP)
