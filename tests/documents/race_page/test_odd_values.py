"""One value of a race page, as people write it: what it is read as, or that its words are kept."""

from datetime import date

import pytest

from bot.documents.model import Document, FactClaim, RawClaim, RowClaim, SessionClaim
from bot.documents.race_page.reader import RACE_PAGE
from bot.documents.wikitext.reader import WIKITEXT
from tests.documents.race_page.test_reader import SEED, document

LINES = document(SEED).lines
Values = dict[str, object]


def wikitext_facts(key: str, value: str) -> Values:
    text = f"{{{{Infobox NASCAR race report\n| Race_Name = A 400\n| {key} = {value}\n}}}}"
    (reading,) = WIKITEXT.read(Document("page.wikitext", "", tuple(text.split("\n"))))
    raw = [claim for claim in reading.claims if isinstance(claim, RawClaim)]
    facts: Values = {claim.field: claim.value for claim in reading.claims if isinstance(claim, FactClaim)}
    facts.pop("race_name")
    return facts | ({"raw": True} if raw else {})


DAY = date(2018, 8, 21)
# Key of the infobox, what is written, what is read; {"raw": True} where the words are kept and named.
INFOBOX_VALUES: list[tuple[str, str, Values]] = [
    ("Attendance", "43,000+", {"attendance": 43000}),
    ("Attendance", "approximately 43,000", {"attendance": 43000}),
    ("Attendance", "Undisclosed", {"attendance": "Undisclosed", "raw": True}),
    ("Attendance", "{{formatnum:43000}}", {"attendance": 43000}),
    ("Attendance", "{{nowrap|43,000}}<ref>A paper</ref>", {"attendance": 43000}),
    ("Attendance", "43&nbsp;000", {"attendance": 43000}),
    ("Attendance", "~43,000 (estimated)", {"attendance": 43000}),
    ("Attendance", "{{circa|43,000}}", {"attendance": 43000}),
    ("Attendance", "over 43,000 fans", {"attendance": 43000}),
    ("Attendance", "43 thousand", {"attendance": 43000}),
    ("Attendance", "43,000 <!-- a guess -->[2]", {"attendance": 43000}),
    ("Attendance", "40,000–45,000", {"attendance": "40,000–45,000", "raw": True}),
    ("Attendance", "43.000", {"attendance": "43.000", "raw": True}),
    ("Attendance", "{{n/a|Sold out}}", {"attendance": "Sold out", "raw": True}),
    ("Attendance", "N/A", {}),
    ("Pole_Time", "Rained out", {"pole_time_s": "Rained out", "raw": True}),
    ("Pole_Time", "Set by 2018 owner's points", {"pole_time_s": "Set by 2018 owner's points", "raw": True}),
    ("Pole_Time", "19.502 (97.098 mph)", {"pole_time_s": 19.502, "pole_speed_mph": 97.098}),
    ("Pole_Time", "19.502 sec.; 97.098 mph", {"pole_time_s": 19.502, "pole_speed_mph": 97.098}),
    ("Pole_Time", "1:02.345", {"pole_time_s": 62.345}),
    ("Pole_Time", "97.098 mph", {"pole_speed_mph": 97.098}),
    ("Pole_Time", "19.502<sup>1</sup>", {"pole_time_s": 19.502}),
    ("Pole_Time", "19,502", {"pole_time_s": "19,502", "raw": True}),
    ("Pole_Driver", "[[Kyle Busch]] (R)", {"pole_driver": "Kyle Busch"}),
    ("Pole_Driver", "{{flagicon|USA}} {{sortname|Kyle|Busch}}", {"pole_driver": "Kyle Busch"}),
    ("Pole_Driver", "{{flagathlete|[[Kyle Busch]]|USA}}", {"pole_driver": "Kyle Busch"}),
    ("Pole_Driver", "Kyle Busch (#18)", {"pole_driver": "Kyle Busch"}),
    ("Pole_Driver", "Kyle Busch, Joe Gibbs Racing", {"pole_driver": "Kyle Busch", "pole_team": "Joe Gibbs Racing"}),
    ("Pole_Driver", "Kyle Busch, Jr.", {"pole_driver": "Kyle Busch, Jr."}),
    ("Most_Driver", "[[Kyle Busch]] (309)", {"most_laps_led_driver": "Kyle Busch"}),
    ("Most_Driver", "Kyle Busch/Ryan Blaney", {"most_laps_led": "Kyle Busch/Ryan Blaney", "raw": True}),
    ("Most_Driver", "Kyle Busch and Ryan Blaney", {"most_laps_led": "Kyle Busch and Ryan Blaney", "raw": True}),
    ("Most_Driver", "[[Kyle Busch]]<br>[[Ryan Blaney]]", {"most_laps_led": "Kyle Busch, Ryan Blaney", "raw": True}),
    ("Most_laps", "309 of 500 laps (61.8%)", {"most_laps_led": 309}),
    ("Distance_laps", "500 (scheduled)<br>506 (actual)", {"laps_scheduled": 500, "laps_run": 506}),
    ("Distance_laps", "500 (scheduled), 506", {"laps_scheduled": 500, "laps_run": 506}),
    ("Fulldate", "August 21,2018", {"date": DAY}),
    ("Distance_mi", "500½", {"distance_mi": 500.5}),
    ("Pole_Driver", "Qualifying cancelled", {"pole_note": "Qualifying cancelled", "raw": True}),
    ("Pole_Driver", "Set by owner's points", {"pole_note": "Set by owner's points", "raw": True}),
    ("Fulldate", "August 20-21, 2018", {"date": DAY}),
    ("Fulldate", "August 20, 2018 – August 21, 2018", {"date": DAY}),
    ("Fulldate", "21 August 2018", {"date": DAY}),
    ("Fulldate", "Aug. 21, 2018", {"date": DAY}),
    ("Fulldate", "{{dts|2018|August|21}}", {"date": DAY}),
    ("Fulldate", "{{dts|August 21, 2018}}", {"date": DAY}),
    ("Fulldate", "{{Start date|2018|8|21}}", {"date": DAY}),
    ("Fulldate", "Tuesday, August 21st, 2018", {"date": DAY}),
    ("Fulldate", "August 21, 2018; postponed from August 19, 2018", {"date": DAY}),
    ("Fulldate", "August 19, 2018, postponed to August 21, 2018", {"date": DAY}),
    ("Fulldate", "8/21/2018", {"date": DAY}),
    ("Fulldate", "8/9/2018", {"date": "8/9/2018", "raw": True}),
    ("Fulldate", "a Sunday in August", {"date": "a Sunday in August", "raw": True}),
    ("Distance_laps", "506, extended from 500 due to overtime", {"laps_run": 506, "laps_scheduled": 500}),
    ("Distance_laps", "138 of 200 (rain)", {"laps_run": 138, "laps_scheduled": 200}),
    ("Distance_laps", "200 scheduled, 138 run", {"laps_run": 138, "laps_scheduled": 200}),
    ("Distance_laps", "138/200", {"laps_run": 138, "laps_scheduled": 200}),
    ("Distance_laps", "138 (rain-shortened)", {"laps_run": 138}),
    ("Distance_laps", "200 laps", {"laps_scheduled": 200}),
    ("Distance_laps", "200 400", {"laps_scheduled": "200 400", "raw": True}),
    ("Course_mi", ".526", {"track_length_mi": 0.526}),
    ("Course_mi", "0.526 mi", {"track_length_mi": 0.526}),
    ("Course_mi", "1{{frac|1|3}}", {"track_length_mi": 1.333}),
    ("Course_mi", "{{frac|1|1|3}}", {"track_length_mi": 1.333}),
    ("Course_mi", "1<sup>1</sup>/<sub>3</sub>", {"track_length_mi": 1.333}),
    ("Course_mi", "1⅓ miles", {"track_length_mi": 1.333}),
    ("Course_mi", "{{convert|2.5|mi|km}}", {"track_length_mi": 2.5}),
    ("Course_mi", "2.5 (tri-oval)", {"track_length_mi": 2.5}),
    ("Course_mi", "1,333", {"track_length_mi": "1,333", "raw": True}),
    ("Distance_mi", "500.5 mi (805.5 km)", {"distance_mi": 500.5}),
    ("Most_laps", "309 (62 %)", {"most_laps_led": 309}),
    ("Most_laps", "309 laps", {"most_laps_led": 309}),
    ("Most_laps", "one hundred", {"most_laps_led": "one hundred", "raw": True}),
    ("Avg", "{{convert|132.914|mph|km/h}}", {"average_speed_mph": 132.914}),
    ("Avg", "213.904 km/h (132.914 mph)", {"average_speed_mph": 132.914}),
    ("Avg", "slow", {"average_speed_mph": "slow", "raw": True}),
    ("Car", "No. 07", {"winner_car": "07"}),
    ("First_Driver", "[[Kyle Busch]] {{small|(W)}}", {"winner": "Kyle Busch"}),
    ("Location", "[[Bristol Motor Speedway]], [[Bristol, Tennessee]]", {
        "location": "Bristol Motor Speedway, Bristol, Tennessee", "track": "Bristol Motor Speedway",
        "place": "Bristol, Tennessee",
    }),
    ("Location", "Elkhart Lake, Wisconsin, Road America", {
        "location": "Elkhart Lake, Wisconsin, Road America", "track": "Road America",
        "place": "Elkhart Lake, Wisconsin",
    }),
    ("Location", "Chicago Street Course, Grant Park, Chicago", {
        "location": "Chicago Street Course, Grant Park, Chicago", "track": "Chicago Street Course",
        "place": "Grant Park, Chicago",
    }),
    ("Location", "Daytona Beach, Florida", {"location": "Daytona Beach, Florida", "place": "Daytona Beach, Florida"}),
    ("Cautions", "four for 24 laps", {"cautions": 4, "caution_laps": 24}),
]  # fmt: skip


@pytest.mark.parametrize(("key", "written", "values"), INFOBOX_VALUES)
def test_a_value_of_the_infobox_is_read_as_it_is_meant(key: str, written: str, values: Values) -> None:
    assert wikitext_facts(key, written) == values


STATISTICS: list[tuple[str, Values]] = [
    ("Lead changes: twenty-one among twelve different drivers", {"lead_changes": 21, "leaders": 12}),
    ("Lead changes: 21 (12 drivers)", {"lead_changes": 21, "leaders": 12}),
    ("Lead changes: many", {"lead_changes": "many"}),
    ("Cautions/Laps: 4/24", {"cautions": 4, "caution_laps": 24}),
    ("Cautions/Laps: none", {"cautions": 0}),
    ("Cautions/Laps: 7 for 35 laps (2 for stages)", {"cautions": 7, "caution_laps": 35}),
    ("Red flags: one for 31 minutes and 9 seconds", {"red_flags": 1, "red_flag_time_s": 1869.0}),
    ("Red flags: 1 (rain)", {"red_flags": 1}),
    ("Time of race: 3h 5m 23s", {"race_time_s": 11123.0}),
    ("Time of race: 3:05", {"race_time_s": "3:05"}),
    ("Margin of victory: .789 seconds", {"margin_s": 0.789}),
    ("Margin of victory: Under caution", {"margin_note": "Under caution"}),
    ("Margin of victory: two laps", {"margin_laps": 2}),
]


@pytest.mark.parametrize(("written", "values"), STATISTICS)
def test_a_line_of_statistics_is_read_as_it_is_meant(written: str, values: Values) -> None:
    (reading,) = RACE_PAGE.read(Document("page.txt", "", ("= A 400 =", "==Race==", f"- {written}")))
    assert {claim.field: claim.value for claim in reading.claims if isinstance(claim, FactClaim)} == values


HEAD = "| Pos | Grid | No | Driver | Team | Manufacturer | Laps | Led | Points | Status |"
ROW = ("7", "3", "11", "Denny Hamlin", "Joe Gibbs Racing", "Toyota", "200", "12", "40", "Running")
READ = RowClaim(
    5, "race", "Denny Hamlin", 7, "11", "Joe Gibbs Racing", "Toyota", 3, 200, 40, laps_led=12, status="Running"
)
CELLS: list[tuple[int, str, str, object]] = [
    (0, "7th", "position", 7), (0, "T7", "position", 7), (0, "7*", "position", 7), (0, "7¹", "position", 7),
    (0, "DSQ", "position", None), (0, "", "position", None), (0, "seventh-ish", "position", None),
    (1, "3rd", "grid", 3), (1, "—", "grid", None), (1, "pit lane", "grid", None),
    (2, "#11", "car", "11"), (2, "No. 11", "car", "11"), (2, "eleven", "car", None),
    (3, "Denny Hamlin (R)", "rookie", True), (3, "Denny Hamlin (i)", "ineligible", True),
    (3, "Denny Hamlin (W)", "driver", "Denny Hamlin"), (3, "Denny Hamlin*", "driver", "Denny Hamlin"),
    (3, "Denny Hamlin [4]", "driver", "Denny Hamlin"), (3, "🇺🇸 Denny Hamlin", "driver", "Denny Hamlin"),
    (3, "Denny Hamlin (relieved by Erik Jones)", "driver", "Denny Hamlin"),
    (4, "Joe Gibbs Racing[2]", "team", "Joe Gibbs Racing"), (4, "–", "team", None),
    (6, "200*", "laps", 200), (6, "-3", "laps", None), (6, "2oo", "laps", None),
    (7, "12 (6 %)", "laps_led", 12), (7, "", "laps_led", None),
    (8, "40 (5)", "points", 40), (8, "−5", "points", -5), (8, "forty or so", "points", 40),
    (9, "Crash", "status", "Crash"), (9, "+1 lap", "status", "+1 lap"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "written", "field", "value"), CELLS)
def test_one_odd_cell_keeps_every_other_cell(column: int, written: str, field: str, value: object) -> None:
    cells = [*ROW[:column], written, *ROW[column + 1 :]]
    lines = ("= A 400 =", "==Race results==", HEAD, "| 1 | 1 | 4 | A B | C D | Ford | 200 | 188 | 60 | Running |")
    (reading,) = RACE_PAGE.read(Document("page.txt", "", (*lines, f"| {' | '.join(cells)} |")))
    row = [claim for claim in reading.claims if isinstance(claim, RowClaim)][-1]
    assert getattr(row, field) == value
    others = [name for name in RowClaim.__slots__ if name != field]
    assert [getattr(row, name) for name in others] == [getattr(READ, name) for name in others]


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ("| 2 | 8 | C D | Kia | 9 |", "a row that cannot be read: 2 | 8 | C D | Kia | 9"),
        ("| 2 | 2 | 8 | C D | Kia | 9 | 58 |", "| 2 | 2 | 8 | C D | Kia | 9 | 58 |"),
        ("| 2 | 2 | 8 | | Kia | 9 |", "a row that cannot be read: 2 | 2 | 8 | Kia | 9"),
    ],
)
def test_no_cell_of_a_row_is_dropped_without_a_word(row: str, kept: str) -> None:
    head = ("| Pos | Grid | No | Driver | Manufacturer | Laps |", "| 1 | 1 | 7 | A B | Ford | 9 |")
    (reading,) = RACE_PAGE.read(Document("page.txt", "", ("= A 400 =", "==Race results==", *head, row)))
    assert kept in " ".join(claim.text for claim in reading.claims if isinstance(claim, RawClaim))
    assert not [claim for claim in reading.claims if isinstance(claim, RowClaim) and claim.points]


@pytest.mark.parametrize("place", range(4, len(LINES) - 30, 23))
@pytest.mark.parametrize("odd", ["???", "12½ or so"])
def test_a_page_with_one_odd_value_keeps_every_other_line(place: int, odd: str) -> None:
    """Whatever line of the page has an odd last value, the rows of all others are what they were."""
    line = LINES[place]
    if line.startswith("|"):
        cells = line.strip("| ").split("|")
        changed = f"| {' | '.join([*cells[:-1], odd])} |"
    else:
        changed = f"{line.partition(':')[0]}: {odd}" if line.startswith("- ") else line
    (whole,) = RACE_PAGE.read(document(SEED))
    (reading,) = RACE_PAGE.read(Document("page.txt", "", (*LINES[:place], changed, *LINES[place + 1 :])))
    kinds = (RowClaim, SessionClaim)
    assert [claim for claim in reading.claims if isinstance(claim, kinds) and claim.line != place + 1] == [
        claim for claim in whole.claims if isinstance(claim, kinds) and claim.line != place + 1
    ]
