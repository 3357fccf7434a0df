"""Reports are kept for as long as the log is: what one version of the program wrote, the next can read."""

from hypothesis import given
from hypothesis import strategies as st

from bot.archive.queries.evidence import ConflictRow
from bot.loading.report import (
    CellChange,
    Concern,
    DocumentChange,
    DocumentRace,
    HistoryChanges,
    Losses,
    RaceChanges,
    RaceChoice,
    RaceOutline,
    Report,
    SeasonChanges,
)
from bot.loading.stored_json import from_json, to_json

# As it stood in a log before histories were loaded and before disagreements had one name for log and card.
EARLIER = """{"version": 4, "races": [{"race": "2023 Ally 400", "added": 1, "removed": 2,
"changed": [{"where": "race: Ryan Blaney: laps", "old": "146", "new": "147"}], "new_conflicts": 1,
"cells_added": [{"where": "date", "old": "", "new": "2023-06-25"}], "cells_removed": [],
"disputes": [{"what": "cautions", "shown": "5", "document": "page.txt", "line": 7, "other": "6",
"other_document": "recap.txt", "other_line": 9, "why": "a table beats prose"}]}],
"documents": [{"document": "page.txt", "what": "changed"}], "rejected": ["bad.txt:3: two winners"], "kept": ["bad.txt"],
"dry_run": false, "set_aside": ["old.txt"], "passed_over": [], "corrections": ["1 withdrawn"], "idle": []}"""

# As it is written today, of a load of a history.
PRESENT = """{"version": 5, "races": [{"race": "2018 Sponsor 400", "added": 0, "removed": 0, "changed": [],
"new_conflicts": 1, "cells_added": [], "cells_removed": [], "disputes": [{"value_name": "race: Ann Ash: laps",
"value": "99", "document": "cup_series.csv", "line": 2, "other_value": "98", "other_document": "page.txt",
"other_line": 4, "reason": "the first by name"}], "key": "cup-2018-3", "title": "2018 Sponsor 400",
"before": {"winner": "Ann Ash", "places": [[1, "Ann Ash"]], "stage_winners": [["Stage 1", "Bo Birch"]],
"leaders": [["drivers", "Bo Birch"]], "rows": 36}, "after": null}],
"documents": [], "rejected": [], "kept": [], "dry_run": false,
"set_aside": [], "passed_over": ["page.txt"], "corrections": [], "idle": ["correction 1, of date, finds nothing"],
"histories": [{"document": "cup_series.csv", "added": 150, "changed": 2, "removed": 1}],
"spellings": [{"where": "driver", "old": "Daniel Suarez", "new": "Daniel Suárez"}],
"found_races": [{"document": "page.txt", "race": "2018 Sponsor 400", "reasons": ["name"],
"key": "cup-2018-3", "choices": []}],
"undecided": [{"document": "two.txt", "races": [["cup-2018-3", "Sponsor 400"]]}],
"seasons": [{"season": "2018 A Series", "scheduled": 36, "standings": 40, "kept_raw": []}], "without_race": [],
"unread": ["page.txt:7: Infobox: Attendance: few"],
"concerns": [{"kind": "disagreement", "rank": 11, "text": "98 or 99", "race": "cup-2018-3", "document": "page.txt",
"line": 4, "subject": "race: Ann Ash: laps"}],
"losses": {"documents": 1, "documents_left": 2, "races": 0, "races_left": 150}, "plan": "k3v2mq7a"}"""


OUTLINE = RaceOutline("Ann Ash", ((1, "Ann Ash"),), (("Stage 1", "Bo Birch"),), (("drivers", "Bo Birch"),), 36)


def test_a_report_of_an_earlier_version_is_read() -> None:
    dispute = ConflictRow("cautions", "5", "page.txt", 7, "6", "recap.txt", 9, "a table beats prose")
    race = RaceChanges(
        "2023 Ally 400", 1, 2, (CellChange("race: Ryan Blaney: laps", "146", "147"),), 1,
        (CellChange("date", "", "2023-06-25"),), (), (dispute,),
    )  # fmt: skip
    assert from_json(Report, EARLIER) == Report(
        4, (race,), (DocumentChange("page.txt", "changed"),), ("bad.txt:3: two winners",), ("bad.txt",),
        set_aside=("old.txt",), corrections=("1 withdrawn",),
    )  # fmt: skip


def test_what_a_report_of_the_first_version_did_not_say_is_empty() -> None:
    first = '{"version": 1, "races": [], "documents": [], "dry_run": true}'
    assert from_json(Report, first) == Report(1, dry_run=True)


def test_a_report_of_today_is_read_and_written_with_the_same_fields() -> None:
    dispute = ConflictRow("race: Ann Ash: laps", "99", "cup_series.csv", 2, "98", "page.txt", 4, "the first by name")
    report = Report(
        5,
        (
            RaceChanges(
                "2018 Sponsor 400", 0, 0, (), 1, disputes=(dispute,), key="cup-2018-3", title="2018 Sponsor 400",
                before=OUTLINE,
            ),
        ),
        passed_over=("page.txt",),
        idle=("correction 1, of date, finds nothing",),
        histories=(HistoryChanges("cup_series.csv", 150, 2, 1),),
        spellings=(CellChange("driver", "Daniel Suarez", "Daniel Suárez"),),
        found_races=(DocumentRace("page.txt", "2018 Sponsor 400", ("name",), "cup-2018-3"),),
        undecided=(RaceChoice("two.txt", (("cup-2018-3", "Sponsor 400"),)),),
        seasons=(SeasonChanges("2018 A Series", 36, 40),),
        unread=("page.txt:7: Infobox: Attendance: few",),
        concerns=(Concern("disagreement", 11, "98 or 99", "cup-2018-3", "page.txt", 4, "race: Ann Ash: laps"),),
        losses=Losses(1, 2, 0, 150),
        plan="k3v2mq7a",
    )  # fmt: skip
    assert from_json(Report, PRESENT) == report
    assert to_json(report) == PRESENT.replace(", ", ",").replace("\n", "").replace('": ', '":').replace(
        "correction 1,of date,finds", "correction 1, of date, finds"
    )


@given(st.from_type(Report))
def test_a_report_comes_back_as_it_was_written(report: Report) -> None:
    assert from_json(Report, to_json(report)) == report
