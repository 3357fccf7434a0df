"""The saved data of a race weekend: what they say, what may be missing, and what no file can break."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import (
    Document,
    EntryClaim,
    FactClaim,
    IncidentClaim,
    ParsedDocument,
    RawClaim,
    RowClaim,
    SessionClaim,
)
from bot.documents.registry import FORMATS
from bot.documents.weekend_json.reader import RACE_WEEKEND
from bot.errors import BadDocument
from tests.support.examples import examples

QUIST: dict[str, object] = {
    "finishing_position": 1, "starting_position": 3, "car_number": "07", "driver_fullname": "# Abel Quist(P)",
    "driver_id": 7, "team_name": "Quist Racing", "car_make": "Ford", "laps_completed": 300, "laps_led": 200,
    "finishing_status": "Running", "points_earned": 57,
}  # fmt: skip
ORR: dict[str, object] = {
    "finishing_position": 2, "starting_position": 0, "car_number": "5", "driver_fullname": "* Denny Orr(i)",
    "team_name": None, "car_make": "Toyota", "laps_completed": 298, "laps_led": 100, "points_earned": 0,
}  # fmt: skip
ABSENT: dict[str, object] = {"finishing_position": 0, "car_number": "66", "driver_fullname": "R.J. Falk"}
RACE: dict[str, object] = {
    "series_id": 1, "race_season": 2023, "race_name": "Elm 400", "track_name": "Elm Speedway",
    "race_date": "2023-06-25T19:00:00", "scheduled_laps": 300, "actual_laps": 300, "stage_1_laps": 90,
    "stage_2_laps": 95, "stage_3_laps": 115, "number_of_cautions": 2, "number_of_lead_changes": 1, "attendance": 0,
    "margin_of_victory": "0.789", "total_race_time": "3:00:07", "pole_winner_driver_id": 7, "infractions": [{"x": 1}],
    "results": [QUIST, ORR, ABSENT],
    "stage_results": [{"stage_number": 1, "results": [{"finishing_position": 1, "driver_fullname": "Denny Orr"}]}],
    "caution_segments": [{"start_lap": 30, "end_lap": 34, "reason": "Debris"}],
    "race_leaders": [{"start_lap": 1, "car_number": "5"}, {"start_lap": 101, "car_number": "07"}],
}  # fmt: skip


def document(value: object) -> Document:
    return Document("weekend.json", "", tuple(json.dumps(value, indent=1).split("\n")))


def read(race: object) -> ParsedDocument:
    source = document({"weekend_race": [race]})
    assert next(form for form in FORMATS if form.recognizes(source)) is RACE_WEEKEND
    return RACE_WEEKEND.read(source)[0]


def facts(parsed: ParsedDocument) -> dict[str, object]:
    return {claim.field: claim.value for claim in parsed.claims if isinstance(claim, FactClaim)}


def test_results_are_rows_with_their_lines_and_names_without_marks() -> None:
    parsed = read(RACE)
    rows = [claim for claim in parsed.claims if isinstance(claim, RowClaim) and claim.session == "race"]
    assert [(row.position, row.driver, row.car, row.grid, row.laps, row.laps_led, row.points) for row in rows] == [
        (1, "Abel Quist", "07", 3, 300, 200, 57), (2, "Denny Orr", "5", None, 298, 100, 0),
    ]  # fmt: skip
    assert [(row.rookie, row.ineligible, row.team) for row in rows] == [
        (True, False, "Quist Racing"), (False, True, None),
    ]  # fmt: skip
    assert ["car_number" in parsed.document.lines[row.line + 2] for row in rows] == [True, True]


def test_who_has_place_0_is_in_the_entry_list_alone() -> None:
    entries = [claim.driver for claim in read(RACE).claims if isinstance(claim, EntryClaim)]
    assert entries == ["Abel Quist", "Denny Orr", "R.J. Falk"]


def test_the_race_is_told_by_its_fields_and_zeros_are_not_known() -> None:
    parsed = read(RACE)
    identity, told = parsed.identity, facts(parsed)
    assert (identity.series, identity.season, identity.name) == ("cup", 2023, "Elm 400")
    assert (identity.track, identity.day, identity.winner) == ("Elm Speedway", date(2023, 6, 25), "Abel Quist")
    assert (told["margin_s"], told["race_time_s"], told["cautions"], told["pole_driver"]) == (
        0.789, 10807.0, 2, "Abel Quist",
    )  # fmt: skip
    assert "attendance" not in told


def test_stages_cautions_and_leaders_are_told() -> None:
    claims = read(RACE).claims
    sessions = {claim.key: claim.laps for claim in claims if isinstance(claim, SessionClaim)}
    assert sessions == {"race": 300, "stage-1": 90, "stage-2": 95, "stage-3": 115}
    incidents = [claim for claim in claims if isinstance(claim, IncidentClaim)]
    assert [(one.kind, one.number, one.moment.lap, one.driver) for one in incidents] == [
        ("caution", 1, 30, None), ("lead change", None, 101, "Abel Quist"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "field", "value"),
    [
        ("1 Lap", "margin_laps", 1),
        (".5", "margin_s", 0.5),
        ("0.789 seconds", "margin_s", 0.789),
        ("Under Caution", "", ""),
    ],
)
def test_the_margin_is_read_from_its_text_or_kept(told: str, field: str, value: object) -> None:
    parsed = read({**RACE, "margin_of_victory": told})
    kept = [
        claim.text for claim in parsed.claims if isinstance(claim, RawClaim) and claim.section == "Margin of victory"
    ]
    assert (facts(parsed).get(field), kept) == ((value, []) if field else (None, [told]))


def test_fields_without_a_place_are_named_together() -> None:
    parsed = read({**RACE, "inspection_complete": True})
    (kept,) = [claim for claim in parsed.claims if isinstance(claim, RawClaim)]
    assert kept.section == "Fields: inspection_complete, infractions"


@pytest.mark.parametrize("name", [*RACE, "weekend_race"])
@pytest.mark.parametrize("nothing", [None, "", 0, [], {}, "x", -1, [None], [[1]]])
def test_any_field_may_be_missing_or_nonsense(name: str, nothing: object) -> None:
    source = document({"weekend_race": [{**RACE, name: nothing}]})
    if name != "results":
        rows = [claim for claim in RACE_WEEKEND.read(source)[0].claims if isinstance(claim, RowClaim)]
        assert [row.driver for row in rows if row.session == "race"] == ["Abel Quist", "Denny Orr"]
        return
    with pytest.raises(BadDocument, match=r"no race with results|it has no results"):
        RACE_WEEKEND.read(source)


@pytest.mark.parametrize("name", QUIST)
def test_any_field_of_a_row_may_be_null(name: str) -> None:
    changed = {**QUIST, name: None}
    if name == "driver_fullname":
        with pytest.raises(BadDocument, match="this row has no driver_fullname"):
            read({**RACE, "results": [changed, ORR]})
    elif name == "finishing_position":
        with pytest.raises(BadDocument, match="no position 1"):
            read({**RACE, "results": [changed, ORR]})
    else:
        assert facts(read({**RACE, "results": [changed, ORR]}))["winner"] == "Abel Quist"


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(BadDocument) as caught:
        read({**RACE, "results": [QUIST, {**ORR, "driver_fullname": None}, {**ORR, "driver_fullname": "(i)"}]})
    assert "has no driver_fullname" in str(caught.value)
    assert "a driver must have a name" in str(caught.value)


START = '{"driver_fullname": '


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{" * 100_000,
        "[" * 100_000,
        '"' + '\\"' * 100_000,
        "9" * 100_000,
        '{"weekend_race":[' * 50_000,
        "[1,]",
        "1} x",
        "nul",
    ],
)
def test_no_file_hangs_or_breaks_the_reader(text: str) -> None:
    source = Document("weekend.json", "", (START + text,))
    assert RACE_WEEKEND.recognizes(source)
    with pytest.raises(BadDocument):
        RACE_WEEKEND.read(source)


@examples(100)
@given(st.data())
def test_a_torn_file_is_refused_or_read(data: st.DataObject) -> None:
    text = json.dumps({"weekend_race": [RACE]}, indent=1)
    start = data.draw(st.integers(0, len(text)))
    torn = text[:start] + data.draw(st.text(max_size=3)) + text[start + data.draw(st.integers(0, 40)) :]
    source = Document("weekend.json", "", tuple(torn.split("\n")))
    try:
        claims = RACE_WEEKEND.read(source)[0].claims
    except BadDocument:
        return
    assert all(1 <= claim.line <= len(source.lines) for claim in claims)


def run_of(name: str, *rows: tuple[int, str, str, float]) -> dict[str, object]:
    """A run of the weekend as the data write it: (place, car, driver, best lap)."""
    results = [
        {"finishing_position": place, "car_number": car, "driver_name": driver, "manufacturer": "Tyt",
         "best_lap_time": time, "best_lap_speed": 160.5, "laps_completed": 12}
        for place, car, driver, time in rows
    ]  # fmt: skip
    return {"run_name": name, "run_type": 1, "results": results}


def claims_with_runs(*runs: dict[str, object]) -> tuple[object, ...]:
    text = json.dumps({"weekend_race": [RACE], "weekend_runs": list(runs)}, indent=1)
    return RACE_WEEKEND.read(Document("weekend.json", "", tuple(text.split("\n"))))[0].claims


def test_runs_of_the_weekend_are_practice_and_qualifying() -> None:
    claims = claims_with_runs(
        run_of("Practice 1", (1, "07", "Abel Quist(P)", 29.8), (2, "5", "Denny Orr", 29.9)),
        run_of("Practice 2", (1, "5", "Denny Orr", 29.7)),
        run_of("Qualifying", (1, "5", "Denny Orr", 29.5), (2, "07", "# Abel Quist", 0)),
    )
    rows = [row for row in claims if isinstance(row, RowClaim) and row.session.startswith(("practice", "qualifying"))]
    assert [(row.session, row.position, row.car, row.driver, row.manufacturer, row.time_s) for row in rows] == [
        ("practice-1", 1, "07", "Abel Quist", "Toyota", 29.8),
        ("practice-1", 2, "5", "Denny Orr", "Toyota", 29.9),
        ("practice-2", 1, "5", "Denny Orr", "Toyota", 29.7),
        ("qualifying", 1, "5", "Denny Orr", "Toyota", 29.5),
        ("qualifying", 2, "07", "Abel Quist", "Toyota", None),
    ]


def test_rounds_of_qualifying_are_kept_and_not_taken_for_all_of_it() -> None:
    claims = claims_with_runs(
        run_of("Qualifying - Round 1", (1, "5", "Denny Orr", 29.5)),
        run_of("Qualifying - Round 2", (1, "7", "A Q", 29)),
    )
    assert not [row for row in claims if isinstance(row, RowClaim) and row.session == "qualifying" and row.time_s]
    kept = [claim for claim in claims if isinstance(claim, RawClaim) and claim.section.startswith("Qualifying")]
    assert [claim.text for claim in kept] == ["1 | 5 | Denny Orr | 29.5", "1 | 7 | A Q | 29"]


def test_a_run_with_two_cars_in_one_place_costs_the_race_nothing() -> None:
    claims = claims_with_runs(run_of("Practice", (1, "07", "Abel Quist", 29.8), (1, "5", "Denny Orr", 29.9)))
    assert not [row for row in claims if isinstance(row, RowClaim) and row.session == "practice"]
    assert [row for row in claims if isinstance(row, RowClaim) and row.session == "race"]
