"""The templates of all kinds of documents, in the order in which people are likely to want them."""

from bot.documents.templates.history_table import HISTORY_TABLE_TEMPLATE
from bot.documents.templates.model import DocumentTemplate
from bot.documents.templates.points_article import POINTS_ARTICLE_TEMPLATE
from bot.documents.templates.race_page import RACE_PAGE_TEMPLATE
from bot.documents.templates.race_weekend import RACE_WEEKEND_TEMPLATE
from bot.documents.templates.recap import RECAP_TEMPLATE
from bot.documents.templates.results_table import RESULTS_TABLE_TEMPLATE
from bot.documents.templates.season_article import SEASON_ARTICLE_TEMPLATE
from bot.documents.templates.standings_table import STANDINGS_TABLE_TEMPLATE
from bot.errors import BotError

__all__ = ["ANY_TEMPLATE", "TEMPLATES", "find_template", "template_hint"]

ANY_TEMPLATE = " (files that work, of each kind: /data template, or spotter template)"
TEMPLATES: tuple[DocumentTemplate, ...] = (
    RESULTS_TABLE_TEMPLATE,
    STANDINGS_TABLE_TEMPLATE,
    POINTS_ARTICLE_TEMPLATE,
    RECAP_TEMPLATE,
    RACE_PAGE_TEMPLATE,
    RACE_WEEKEND_TEMPLATE,
    SEASON_ARTICLE_TEMPLATE,
    HISTORY_TABLE_TEMPLATE,
)


def find_template(kind: str) -> DocumentTemplate:
    """The template of a kind, by its name, the name of its file, or the only one with these words ("results").

    Raises BotError where none is meant, or more than one.
    """
    words = kind.lower().replace("-", " ").replace("_", " ").split()
    for template in TEMPLATES:
        if kind.lower() in (template.kind, template.file_name):
            return template
    found = [one for one in TEMPLATES if words and all(word in f"{one.kind} {one.file_name}" for word in words)]
    if len(found) == 1:
        return found[0]
    kinds = ", ".join(template.kind for template in TEMPLATES)
    raise BotError(f"“{kind[:40]}” is no kind of document I have a template of; there are {kinds}.")


def template_hint(kind: str) -> str:
    """How to get the template of a kind, as an error ends; "" for a kind that has none."""
    if not any(template.kind == kind for template in TEMPLATES):
        return ""
    return f" (a file that works: /data template kind:{kind}, or spotter template '{kind}')"
