"""Reports are kept for as long as the log is: what one version of the program wrote, the next can read."""

from hypothesis import given
from hypothesis import strategies as st

from bot.archive.queries.evidence import ConflictRow
from bot.loading.report import CellChange, DocumentChange, RaceChanges, Report
from bot.loading.report_json import report_from_json, report_to_json

# As it stood in a log before histories were loaded and before disagreements had one name for log and card.
EARLIER = """{"version": 4, "races": [{"race": "2023 Ally 400", "added": 1, "removed": 2,
"changed": [{"where": "race: Ryan Blaney: laps", "old": "146", "new": "147"}], "new_conflicts": 1,
"cells_added": [{"where": "date", "old": "", "new": "2023-06-25"}], "cells_removed": [],
"disputes": [{"what": "cautions", "shown": "5", "document": "page.txt", "line": 7, "other": "6",
"other_document": "recap.txt", "other_line": 9, "why": "a table beats prose"}]}],
"documents": [{"document": "page.txt", "what": "changed"}], "rejected": ["bad.txt:3: two winners"], "kept": ["bad.txt"],
"dry_run": false, "set_aside": ["old.txt"], "passed_over": [], "corrections": ["1 withdrawn"], "idle": []}"""


def test_a_report_of_an_earlier_version_is_read() -> None:
    dispute = ConflictRow("cautions", "5", "page.txt", 7, "6", "recap.txt", 9, "a table beats prose")
    race = RaceChanges(
        "2023 Ally 400", 1, 2, (CellChange("race: Ryan Blaney: laps", "146", "147"),), 1,
        (CellChange("date", "", "2023-06-25"),), (), (dispute,),
    )  # fmt: skip
    assert report_from_json(EARLIER) == Report(
        4, (race,), (DocumentChange("page.txt", "changed"),), ("bad.txt:3: two winners",), ("bad.txt",),
        set_aside=("old.txt",), corrections=("1 withdrawn",),
    )  # fmt: skip


def test_what_a_report_of_the_first_version_did_not_say_is_empty() -> None:
    assert report_from_json('{"version": 1, "races": [], "documents": [], "dry_run": true}') == Report(1, dry_run=True)


@given(st.from_type(Report))
def test_a_report_comes_back_as_it_was_written(report: Report) -> None:
    assert report_from_json(report_to_json(report)) == report
