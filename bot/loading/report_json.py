"""Reports as text, for the log, for plans, and on the way out of a child process."""

import json
from dataclasses import asdict
from typing import Any

from bot.archive.queries.evidence import ConflictRow
from bot.loading.report import Change, DocumentChange, HistoryChanges, RaceChanges, Report

__all__ = ["report_from_json", "report_to_json"]


def report_to_json(report: Report) -> str:
    """The whole report."""
    return json.dumps(asdict(report), ensure_ascii=False)


def report_from_json(text: str) -> Report:
    """A report that was written so; what an older version did not write is empty."""
    told = json.loads(text)
    words = ("rejected", "kept", "set_aside", "passed_over", "corrections", "idle")
    return Report(
        told["version"],
        tuple(_race(race) for race in told["races"]),
        tuple(DocumentChange(**change) for change in told["documents"]),
        dry_run=told["dry_run"],
        histories=tuple(HistoryChanges(**one) for one in told.get("histories", ())),
        spellings=tuple(Change(**one) for one in told.get("spellings", ())),
        **{word: tuple(told.get(word, ())) for word in words},
    )


def _race(told: dict[str, Any]) -> RaceChanges:
    cells = {name: tuple(Change(**one) for one in told[name]) for name in ("changed", "cells_added", "cells_removed")}
    disputes = tuple(ConflictRow(**one) for one in told["disputes"])
    return RaceChanges(told["race"], told["added"], told["removed"], new_conflicts=told["new_conflicts"],
                       disputes=disputes, **cells)  # fmt: skip
