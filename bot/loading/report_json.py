"""Reports as text, for the log, for plans, and on the way out of a child process."""

import json
from dataclasses import asdict
from typing import Any

from bot.archive.queries.evidence import ConflictRow
from bot.loading.report import CellChange, DocumentChange, HistoryChanges, RaceChanges, Report

__all__ = ["report_from_json", "report_to_json"]


def report_to_json(report: Report) -> str:
    """The whole report."""
    return json.dumps(asdict(report), ensure_ascii=False)


def report_from_json(text: str) -> Report:
    """A report that was written so; what an older version did not write is empty."""
    data = json.loads(text)
    text_fields = ("rejected", "kept", "set_aside", "passed_over", "corrections", "idle")
    return Report(
        data["version"],
        tuple(_race_changes(race) for race in data["races"]),
        tuple(DocumentChange(**change) for change in data["documents"]),
        dry_run=data["dry_run"],
        histories=tuple(HistoryChanges(**one) for one in data.get("histories", ())),
        spellings=tuple(CellChange(**one) for one in data.get("spellings", ())),
        **{field: tuple(data.get(field, ())) for field in text_fields},
    )


def _race_changes(data: dict[str, Any]) -> RaceChanges:
    cells = {
        name: tuple(CellChange(**one) for one in data[name]) for name in ("changed", "cells_added", "cells_removed")
    }
    disputes = tuple(ConflictRow(**one) for one in data["disputes"])
    return RaceChanges(data["race"], data["added"], data["removed"], new_conflicts=data["new_conflicts"],
                       disputes=disputes, **cells)  # fmt: skip
