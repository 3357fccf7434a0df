"""The kinds of documents that give the sport's numbers in tables, by the name that people read beside a source."""

__all__ = ["HISTORY_TABLE_KIND", "RACE_PAGE_KIND", "RESULTS_TABLE_KIND", "TABLE_KINDS"]

HISTORY_TABLE_KIND = "history table"  # every race of a series over decades
RACE_PAGE_KIND = "race page"
RESULTS_TABLE_KIND = "results table"
TABLE_KINDS = frozenset({HISTORY_TABLE_KIND, RACE_PAGE_KIND, RESULTS_TABLE_KIND})
