"""The formats, in the order in which they are asked: the first that knows a document reads it."""

from bot.documents.history_csv.reader import HISTORY_TABLE
from bot.documents.model import Format
from bot.documents.points_article.reader import POINTS_ARTICLE
from bot.documents.race_page.reader import RACE_PAGE
from bot.documents.recap.reader import RECAP
from bot.documents.results_csv.reader import RESULTS_TABLE
from bot.documents.season_article.reader import SEASON_ARTICLE
from bot.documents.standings_csv.reader import STANDINGS_TABLE
from bot.documents.tables_page.reader import TABLES_PAGE
from bot.documents.weekend_json.reader import RACE_WEEKEND
from bot.documents.wikitext.reader import WIKITEXT

__all__ = ["FORMATS"]

FORMATS: tuple[Format, ...] = (
    RACE_WEEKEND, SEASON_ARTICLE, WIKITEXT, HISTORY_TABLE, STANDINGS_TABLE, RESULTS_TABLE, RACE_PAGE, POINTS_ARTICLE,
    RECAP, TABLES_PAGE,
)  # fmt: skip
