"""Tables of race pages in unusual dress: every cell is read as the page shows it, and no session as another."""

import pytest

from bot.documents.model import FactClaim, ParsedDocument, RowClaim
from bot.loading.read.folder import decode
from bot.loading.read.reader import read_document

HEAD = """{{Infobox NASCAR race report
|Type = NASCAR
|Race_Name = Example 400
|Fulldate = October 27, 2024
|Year = 2024
%s
}}
The '''2024 Example 400''' was a [[NASCAR Cup Series]] race.

==Race results==
"""
NAMES = "! Pos !! Grid !! No !! Driver !! Team !! Manufacturer !! Laps !! Points"
ROWS = [(1, 3, "22", "Abel Quist", "Orr", "Ford", 267, 58), (2, 1, "5", "Bo Rall", "Tamm", "Toyota", 266, 52)]


def read(text: str, name: str = "page.wikitext") -> ParsedDocument:
    return read_document(decode(name, text.encode()))[0]


def page(table: str, infobox: str = "") -> ParsedDocument:
    return read(HEAD % infobox + table)


def rows_of(parsed: ParsedDocument, session: str = "race") -> list[RowClaim]:
    return [claim for claim in parsed.claims if isinstance(claim, RowClaim) and claim.session == session]


def cells(parsed: ParsedDocument) -> list[tuple[object, ...]]:
    return [
        (row.position, row.grid, row.car, row.driver, row.team, row.manufacturer, row.laps, row.points)
        for row in rows_of(parsed)
    ]


def table(head: str, *rows: str) -> str:
    return "{| class=wikitable\n" + "\n|-\n".join((head, *(f"| {row}" for row in rows))) + "\n|}\n"


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (
            "! Pos.<br>(fin) !! Grid !! Car<br />No. !! Driver !! Team !! {{htitle|Mfr.|Manufacturer}} !! Laps !! Pts",
            ("1 || 3 || 22 || Abel Quist || Orr || Ford || 267 || 58", "2||1||5||Bo Rall||Tamm||Toyota||266||52"),
        ),
        (
            NAMES,
            (
                "{{gold1}} || 3 || 22 || Abel Quist || Orr || Ford || 267/267 || 58",
                "{{silver2}} || 1 || 5 || Bo Rall || Tamm || Toyota || 266/267 || 52",
            ),
        ),
        (
            "! Pos !! Grid !! Car / Driver !! Team !! Manufacturer !! Laps !! Points",
            ("1 || 3 || #22 [[Abel Quist]] || Orr || Ford || 267 || 58", "2||1||No. 5 Bo Rall||Tamm||Toyota||266||52"),
        ),
    ],
)
def test_heads_and_cells_in_other_words_give_the_same_rows(head: str, rows: tuple[str, ...]) -> None:
    assert cells(page(table(head, *rows))) == ROWS


def test_a_code_beside_a_position_is_the_status() -> None:
    rows = rows_of(
        page(table(NAMES, "1||3||22||Abel Quist||Orr||Ford||267||58", "36 (DSQ)||1||5||Bo Rall||T||T||9||1"))
    )
    assert [(row.position, row.status) for row in rows] == [(1, None), (36, "Disqualified")]


def test_a_band_over_the_head_says_the_stage() -> None:
    stage = "! colspan=5 | Stage 1 {{small|Laps: 20}}\n|-\n! Pos !! No !! Driver !! Team !! Points"
    last = f"! colspan=8 | Stage 3\n|-\n{NAMES}"
    parsed = page(
        table(stage, "1||5||Bo Rall||Tamm||10") + table(last, "1||3||22||Abel Quist||Orr||Ford||267||58"),
    )
    assert [(row.position, row.driver, row.points) for row in rows_of(parsed, "stage-1")] == [(1, "Bo Rall", 10)]
    assert cells(parsed) == ROWS[:1]


@pytest.mark.parametrize(
    ("infobox", "field", "value"),
    [
        ("|Description = 17th of 29 races in the [[2024 NASCAR Cup Series]]", "round", 17),
        ("|Description = Race no. 17 of the 2024 NASCAR Cup Series season", "round", 17),
        ("|Description = 17th race of the 2024 NASCAR Cup Series", "round", 17),
        ("|Race_No = 17/29", "round", 17),
        ("|Time = 2 h 50 min 11 s", "race_time_s", 10211),
        ("|Location = [[Some, Alabama|Some]], [[Alabama]]: [[Some Speedway]]", "track", "Some Speedway"),
    ],
)
def test_values_of_the_infobox_in_other_words_are_read(infobox: str, field: str, value: object) -> None:
    facts = [claim for claim in page("", infobox).claims if isinstance(claim, FactClaim) and claim.field == field]
    assert [fact.value for fact in facts] == [value]


def test_a_day_without_a_year_is_of_the_year_beside_it() -> None:
    text = (
        "{{Infobox Grand Prix race report\n| Type = F1\n| Grand Prix = Italian\n| Date = 6 September\n| Year = 2020\n"
        "| Race_No = 8\n}}\nA race.\n"
    )
    identity = read(text).identity
    assert (identity.series, identity.name, str(identity.day)) == ("formula-1", "Italian Grand Prix", "2020-09-06")


def test_a_copy_out_of_a_browser_may_have_edit_on_lines_of_its_own() -> None:
    rows = "\n".join("\t".join(map(str, row)) for row in ROWS)
    parsed = read(
        "2024 Example 400\nRace details\nDate\tOctober 27, 2024\nLocation\tSome Speedway, Town, Florida\n"
        "Course\tPermanent racing facility\n\t1.366 mi (2.198 km)\n"
        "The 2024 Example 400 was a NASCAR Cup Series race.\n\n"
        f"Top 10 finishers\n[edit]\nPos \t Grid \t No \t Driver \t Team \t Manufacturer \t Laps \t Points\n{rows}\n",
        "copy.txt",
    )
    assert cells(parsed) == ROWS
    assert [
        claim.value for claim in parsed.claims if isinstance(claim, FactClaim) and claim.field == "track_length_mi"
    ] == [1.366]


def test_a_line_drawn_under_a_head_of_bars_is_no_row() -> None:
    bars = "\n".join(f"| {' | '.join(map(str, row))} |" for row in ROWS)
    parsed = read(
        "= 2024 Example 400 =\n\n==Race results==\n\n"
        f"| Pos | Grid | No | Driver | Team | Manufacturer | Laps | Points |\n|:-|--|:-:|--|--|--|--|--|\n{bars}\n",
        "page.txt",
    )
    assert cells(parsed) == ROWS
    assert not [claim for claim in parsed.claims if type(claim).__name__ == "RawClaim"]


def test_a_heading_may_say_results_behind_the_stage() -> None:
    stage = "===Stage Two Results===\n''Laps: 85''\n" + table("! Pos !! No !! Driver !! Points", "1||5||Bo Rall||10")
    final = "===Final Stage Results===\n''Stage Three Laps: 97''\n" + table(
        NAMES, "1||3||22||Abel Quist||Orr||Ford||267||58"
    )
    parsed = page(stage + final)
    assert [(row.position, row.driver) for row in rows_of(parsed, "stage-2")] == [(1, "Bo Rall")]
    assert cells(parsed) == ROWS[:1]
