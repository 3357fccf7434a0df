"""The results table that moderators fill in: what it says, and every way in which it can be wrong."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.documents.model import Document, FactClaim, ParsedDocument, RowClaim, SessionClaim
from bot.documents.race_page.reader import RACE_PAGE
from bot.documents.registry import FORMATS
from bot.documents.results_csv.reader import RESULTS_TABLE, column_meanings
from bot.documents.templates.results_table import RESULTS_TABLE_TEMPLATE
from bot.errors import BadDocument
from bot.loading.load import load
from bot.loading.read.folder import decode
from bot.racing.facts import FACT_FIELDS
from tests.support.paths import SEEDS

HEAD = "series,season,race,session,position,car,driver,laps"
WINNER = "cup,2023,Ally 400,,1,1,Ross Chastain,300"


def of_text(text: str) -> Document:
    return Document("results.csv", "", tuple(text.split("\n")))


def read(text: str) -> ParsedDocument:
    document = of_text(text)
    assert RESULTS_TABLE.recognizes(document)
    (reading,) = RESULTS_TABLE.read(document)
    return reading


def table(*rows: str, head: str = HEAD) -> ParsedDocument:
    return read("\n".join([head, *rows]))


def facts(reading: ParsedDocument) -> dict[str, object]:
    return {claim.field: claim.value for claim in reading.claims if isinstance(claim, FactClaim)}


def rows(reading: ParsedDocument) -> list[RowClaim]:
    return [claim for claim in reading.claims if isinstance(claim, RowClaim)]


def sessions(reading: ParsedDocument) -> list[SessionClaim]:
    return [claim for claim in reading.claims if isinstance(claim, SessionClaim)]


def test_the_template_is_a_results_table() -> None:
    reading = read(RESULTS_TABLE_TEMPLATE.text)
    identity = reading.identity
    assert (reading.kind, reading.title, identity.series, identity.season) == (
        "results table", "2099 Example 400", "cup", 2099,
    )  # fmt: skip
    assert (identity.round, identity.name, identity.track) == (17, "Example 400", "Example Superspeedway")
    assert (identity.day, identity.winner) == (date(2099, 6, 25), "Abel Quist")
    told = facts(reading)
    assert (told["place"], told["laps_scheduled"], told["laps_run"]) == ("Lebanon, Tennessee", 300, 300)
    assert (told["winner_car"], told["winner_team"], "most_laps_led" in told) == ("1", "Quist Racing", False)
    assert [(one.key, one.title, one.laps) for one in sessions(reading)] == [
        ("race", "Race", 300),
        ("stage-1", "Stage 1", 90),
    ]


def test_the_template_explains_every_column() -> None:
    text = RESULTS_TABLE_TEMPLATE.text
    assert [name for name, _ in column_meanings() if name not in text] == []
    assert len({name for name, _ in column_meanings()}) == len(column_meanings())


def test_every_fact_is_a_known_field_of_the_right_type() -> None:
    values = {
        "series": "NASCAR Cup Series", "season": "2023", "race": "A", "date": "June 25, 2023", "race_time_s": "3:00:07",
        "position": "1", "driver": "R C", "attendance": "40,000", "margin_s": "0.789", "track_length_mi": "1+1/3",
        "session": "", "team": "T", "car": "07", "laps": "300", "laps_led": "300", "place": "Lebanon",
    }  # fmt: skip
    values = {name: values.get(name, "") or "" for name, _ in column_meanings()} | {"cautions": "4", "leaders": "1"}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([values.keys(), values.values()])
    told = facts(read(text.getvalue()))
    assert [name for name, value in told.items() if type(value) is not FACT_FIELDS[name].type] == []
    assert (told["series"], told["series_name"], told["race_time_s"]) == ("cup", "NASCAR Cup Series", 10807.0)
    assert (told["margin_s"], told["attendance"], told["date"]) == (0.789, 40000, date(2023, 6, 25))
    assert (told["most_laps_led_driver"], told["most_laps_led"], told["winner_car"]) == ("R C", 300, "07")


def test_the_seed_as_a_table_states_the_same_rows() -> None:
    """Every row of the race page goes into a table and comes back."""
    path = SEEDS / "ally-400-race-page.txt"
    (page,) = RACE_PAGE.read(decode(path.name, path.read_bytes()))
    titles = {claim.key: claim.title for claim in sessions(page)}
    text = io.StringIO()
    writer = csv.DictWriter(text, [name for name, _ in column_meanings()], lineterminator="\n")
    writer.writeheader()
    for number, row in enumerate(rows(page)):
        mark = " (R)" if row.rookie else " (i)" if row.ineligible else ""
        plain = {name: getattr(row, name, None) for name, _ in column_meanings()}
        times = {f"r{place}_s": value or "0.000" for place, value in enumerate(row.rounds_s, 1)}
        about = {"series": "cup", "season": 2023, "race": "Ally 400", "round": 17} if number == 0 else {}
        writer.writerow(plain | times | about | {"session": titles[row.session], "driver": row.driver + mark})
    told = read(text.getvalue())

    def figures(reading: ParsedDocument) -> list[RowClaim]:
        return [replace(row, line=0) for row in rows(reading)]

    assert figures(told) == figures(page)
    page_facts, told_facts = facts(page), facts(told)
    assert {name: page_facts[name] for name in told_facts} == told_facts
    assert told_facts["pole_time_s"] == 29.797


def test_columns_have_any_order_and_other_names() -> None:
    reading = table("Ross Chastain,#07,1,cup,2023,Ally 400", head="Driver,No.,Pos,SERIES,year,Race Name")
    assert [(row.driver, row.car, row.position) for row in rows(reading)] == [("Ross Chastain", "07", 1)]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_spreadsheets_of_other_countries_are_read(separator: str) -> None:
    head = separator.join(["series", "season", "race", "session", "position", "driver", "time_s", "speed_mph"])
    row = separator.join(["cup", "2023", "Ally 400", "Qualifying", "1", "Ross Chastain", "29,797", "160,687"])
    (told,) = rows(read(f"sep={separator}\n{head}\n{row}\n{separator * 7}\n"))
    assert (told.time_s, told.speed_mph, told.session) == (29.797, 160.687, "qualifying")
    (clocked,) = rows(read(f"{head}\n{row}".replace("29,797", "1:02,345")))
    assert clocked.time_s == 62.345


def test_line_ends_and_byte_order_marks_change_nothing() -> None:
    text = f"{HEAD}\r\n{WINNER}\r\n"
    document = decode("results.csv", b"\xef\xbb\xbf" + text.encode())
    assert RESULTS_TABLE.read(document)[0].claims == read(f"{HEAD}\n{WINNER}\n").claims
    assert next(one for one in FORMATS if one.recognizes(document)) is RESULTS_TABLE


def test_quoted_cells_may_hold_commas_and_line_ends() -> None:
    reading = table('cup,2023,"Ally\n400",,1,1,"Truex, Martin",300', "# a comment", "", ",,,,,,,", ",,,,2,2,Ann O,300")
    assert [(row.line, row.driver) for row in rows(reading)] == [(2, "Truex, Martin"), (7, "Ann O")]
    assert reading.identity.name == "Ally 400"


def test_comments_that_a_spreadsheet_put_in_quotes_are_comments() -> None:
    reading = read(f'"# Results, of one race",,\n{HEAD}\n"# more, of it",,,\n{WINNER}')
    assert [row.line for row in rows(reading)] == [4]


def test_rows_may_stand_in_any_order() -> None:
    reading = table("cup,2023,A,,2,2,B C,9", ",,,,1,1,D E,9")
    assert facts(reading)["winner"] == "D E"


def test_marks_of_drivers_are_no_part_of_their_names() -> None:
    (row, other) = rows(table("cup,2023,A,,1,1,Ty Gibbs (R),9", ",,,,2,2,J. J. Yeley (i),9"))
    assert (row.driver, row.rookie, other.driver, other.ineligible) == ("Ty Gibbs", True, "J. J. Yeley", True)


def test_sessions_are_known_by_what_people_call_them() -> None:
    told = ["Stage One", "qualifying results", "First practice", "final practice", "Starting lineup", "RACE"]
    reading = table(*(f"cup,2023,A,{title},1,1,B C,{place or ''}" for place, title in enumerate(told)))
    assert [(one.key, one.title) for one in sessions(reading)] == [
        ("stage-1", "Stage 1"),
        ("qualifying", "Qualifying"),
        ("practice-1", "First practice"),
        ("practice-2", "Final practice"),
        ("lineup", "Starting lineup"),
        ("race", "Race"),
    ]
    assert [row.session for row in rows(reading)] == [one.key for one in sessions(reading)]
    assert [one.key for one in sessions(table("cup,2023,A,Practice,1,1,B C,"))] == ["practice"]


def test_dashes_and_columns_without_a_name_say_nothing() -> None:
    told = facts(table(WINNER + ",—,,", head=HEAD + ",race_time_s,,"))
    assert "race_time_s" not in told


def test_practice_and_qualifying_may_leave_positions_out() -> None:
    assert len(rows(table("cup,2023,A,Practice,1,1,B C,", ",,,Practice,9,2,D E,-"))) == 2


def test_the_length_of_a_session_stands_on_any_of_its_rows() -> None:
    reading = table("cup,2023,A,Stage 1,1,1,B C,", ",,,Stage 1,2,2,D E,90", head=HEAD.replace("laps", "stage_laps"))
    assert [(one.laps, one.line) for one in sessions(reading)] == [(90, 3)]


def test_most_laps_led_is_claimed_only_where_all_laps_are_told() -> None:
    head = HEAD + ",laps_led,team"
    assert facts(table("cup,2023,A,,1,1,B C,9,4,T", ",,,,2,2,D E,9,5,U", head=head))["most_laps_led_team"] == "U"
    assert "most_laps_led" not in facts(table("cup,2023,A,,1,1,B C,8,4,", ",,,,2,2,D E,8,4,", head=head))
    assert "most_laps_led" not in facts(table("cup,2023,A,,1,1,B C,9,4,", head=head))


def test_only_headers_of_results_are_known() -> None:
    for text in ("", "# nothing\n", "name,age,city\n1,2,3", "Driver, who won\n", "= A =\n| Pos | Driver | Team |"):
        assert not RESULTS_TABLE.recognizes(of_text(text))
    assert [
        path.name for path in SEEDS.glob("*.txt") if RESULTS_TABLE.recognizes(decode(path.name, path.read_bytes()))
    ] == []
    with pytest.raises(BadDocument, match="this table has no header"):
        RESULTS_TABLE.read(of_text("# nothing"))


def test_a_table_in_the_folder_brings_a_race_no_page_covers(archive: Engine, documents: Path) -> None:
    text = RESULTS_TABLE_TEMPLATE.text.replace("Example 400", "Music City 300").replace("2099", "2024")
    (documents / "results.csv").write_text(text.replace(",17,", ",18,"), encoding="utf-8")
    report = load(archive, documents)
    assert not report.rejected
    assert any("Music City 300" in race.race for race in report.races)
    assert load(archive, documents).unchanged
