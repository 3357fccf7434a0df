"""The kinds of documents that give the sport's numbers in tables, by the name that people read beside a source."""

__all__ = [
    "HISTORY_TABLE_KIND",
    "POINTS_ARTICLE_KIND",
    "RACE_PAGE_KIND",
    "RACE_WEEKEND_KIND",
    "RECAP_KIND",
    "RESULTS_TABLE_KIND",
    "SEASON_ARTICLE_KIND",
    "STANDINGS_TABLE_KIND",
    "TABLES_KIND",
    "TABLE_KINDS",
]

HISTORY_TABLE_KIND = "history table"  # every race of a series over decades
RACE_PAGE_KIND = "race page"
RESULTS_TABLE_KIND = "results table"
SEASON_ARTICLE_KIND = "season article"  # schedule, winners and championships of one season of a series
STANDINGS_TABLE_KIND = "standings table"  # a championship after a race, a row for each driver, maker or owner
RACE_WEEKEND_KIND = "race weekend"  # one race as the sport's own data say it, in JSON
POINTS_ARTICLE_KIND = "points article"
RECAP_KIND = "recap"
TABLES_KIND = "tables"  # a page that tells of no race: its tables are kept as they are
TABLE_KINDS = frozenset({
    HISTORY_TABLE_KIND, RACE_PAGE_KIND, RACE_WEEKEND_KIND, RESULTS_TABLE_KIND, SEASON_ARTICLE_KIND,
    STANDINGS_TABLE_KIND,
})  # fmt: skip
