"""Race pages of other years and other forms, held against what people labelled in them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.documents.model import PassageClaim, RawClaim, RowClaim, SessionClaim
from bot.documents.race_page.reader import RACE_PAGE
from tests.documents.race_page.test_reader import document, facts, rows, standings, uncovered, wrong_types
from tests.support.paths import PAGES, RECAPS, needs_pages, needs_recaps

PAGES_OF_2016 = sorted(PAGES.glob("2*.txt"))


def labels() -> list[dict[str, Any]]:
    """What each labelled text states itself; [] where the texts are not beside this checkout."""
    path = RECAPS / "labels.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [label for line in lines for label in [json.loads(line)] if label["kind"] == "race-page"]


@pytest.mark.parametrize("path", PAGES_OF_2016, ids=lambda path: path.stem)
def test_pages_of_the_time_before_stages_are_read_whole(path: Path) -> None:
    (reading,) = RACE_PAGE.read(document(path))
    told = facts(reading)
    race = rows(reading, "race")
    assert reading.identity.series == "cup"
    assert 29 <= (reading.identity.round or 0) <= 36
    assert told["winner"] == race[0].driver
    assert told["laps_run"] == race[0].laps
    assert len(race) == 40
    assert len(standings(reading, "drivers")) == 16
    assert not [claim for claim in reading.claims if isinstance(claim, RawClaim)]
    assert not [row for row in reading.claims if isinstance(row, RowClaim) and row.session.startswith("stage")]
    assert uncovered(reading) == []


@needs_pages
def test_a_race_that_went_into_overtime_keeps_both_distances() -> None:
    told = facts(RACE_PAGE.read(document(PAGES / "2016_Can_Am_500.txt"))[0])
    assert (told["laps_scheduled"], told["laps_run"]) == (312, 324)


@needs_pages
def test_sessions_of_a_weekend_have_their_own_titles() -> None:
    (reading,) = RACE_PAGE.read(document(PAGES / "2016_Ford_EcoBoost_400.txt"))
    titles = {claim.key: claim.title for claim in reading.claims if isinstance(claim, SessionClaim)}
    assert titles == {
        "practice-1": "First practice",
        "qualifying": "Qualifying",
        "practice-2": "Second practice",
        "practice-3": "Final practice",
        "race": "Race",
    }
    last = rows(reading, "qualifying")[-1]
    assert (last.driver, last.position, last.status) == ("Gray Gaulding", 41, "Did not qualify")
    assert facts(reading)["red_flag_time_s"] == 31 * 60 + 9
    assert [
        claim.section for claim in reading.claims if isinstance(claim, PassageClaim) and claim.part == "finish"
    ] == ["Overtime"]


@needs_pages
def test_a_lineup_set_without_qualifying_is_a_session_without_times() -> None:
    (reading,) = RACE_PAGE.read(document(PAGES / "2016_Citizen_Soldier_400.txt"))
    lineup = rows(reading, "lineup")
    assert not rows(reading, "qualifying")
    assert (lineup[0].position, lineup[0].car, lineup[0].driver) == (1, "2", "Brad Keselowski")
    assert facts(reading)["pole_driver"] == "Brad Keselowski"
    assert "pole_time_s" not in facts(reading)


@pytest.mark.parametrize("label", labels(), ids=lambda label: str(label["id"]))
def test_a_labelled_page_is_read_as_it_is_labelled(label: dict[str, Any]) -> None:
    (reading,) = RACE_PAGE.read(document(RECAPS / "docs" / f"{label['id']}.txt"))
    told = facts(reading)
    day = told["date"]
    assert isinstance(day, date)
    assert {
        "race": told["race_name"],
        "season": told["season"],
        "series": told["series_name"],
        "track": told["track"],
        "date": f"{day:%B} {day.day}, {day.year}",
        "winner": told["winner"],
        "cautions": told["cautions"],
        "lead_changes": told["lead_changes"],
        "laps": told.get("laps_run", told["laps_scheduled"]),
        "margin_seconds": told.get("margin_s"),
        "top": [row.driver for row in rows(reading, "race")],
        "points": {row.name: row.points for row in standings(reading, "drivers")} or None,
    } == {key: label[key] for key in _LABELLED}
    assert wrong_types(reading) == []
    assert told["laps_scheduled"] == label.get("laps_scheduled", told["laps_scheduled"])


_LABELLED = (
    "race", "season", "series", "track", "date", "winner", "cautions", "lead_changes", "laps", "margin_seconds", "top",
    "points",
)  # fmt: skip


@pytest.mark.parametrize("label", labels(), ids=lambda label: str(label["id"]))
def test_a_plain_page_loses_no_line(label: dict[str, Any]) -> None:
    """Plain pages have no marks: their headings are short lines without a full stop."""
    (reading,) = RACE_PAGE.read(document(RECAPS / "docs" / f"{label['id']}.txt"))
    lost = [line.split(": ", 1)[1] for line in uncovered(reading)]
    assert [line for line in lost if len(line) > 45 or line.endswith(".") or line.startswith(("|", "-"))] == []


@needs_recaps
def test_a_column_whose_name_is_lost_and_cannot_be_known_is_kept_raw() -> None:
    """In this table of 1987 it holds laps led: 109, 0, 2, 0 ... It is not taken for laps completed."""
    (reading,) = RACE_PAGE.read(document(RECAPS / "docs" / "025.txt"))
    assert [row.laps for row in rows(reading, "race")] == [None] * 10
    assert {row.status for row in rows(reading, "race")} == {"Running"}
    assert any("109" in claim.text for claim in reading.claims if isinstance(claim, RawClaim))
