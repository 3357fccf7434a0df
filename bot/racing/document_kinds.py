"""The kinds of documents that give the sport's numbers in tables, by the name that people read beside a source."""

__all__ = ["HISTORY_TABLE_KIND", "RACE_PAGE_KIND", "RESULTS_TABLE_KIND", "SEASON_ARTICLE_KIND", "TABLE_KINDS"]

HISTORY_TABLE_KIND = "history table"  # every race of a series over decades
RACE_PAGE_KIND = "race page"
RESULTS_TABLE_KIND = "results table"
SEASON_ARTICLE_KIND = "season article"  # schedule, winners and championships of one season of a series
TABLE_KINDS = frozenset({HISTORY_TABLE_KIND, RACE_PAGE_KIND, RESULTS_TABLE_KIND, SEASON_ARTICLE_KIND})
