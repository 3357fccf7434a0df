"""The standings table: championships after a race from separated values, told apart from the results of one."""

import pytest

from bot.documents.model import Document, ParsedDocument, RawClaim, StandingClaim
from bot.documents.registry import FORMATS
from bot.documents.results_csv.reader import RESULTS_TABLE
from bot.documents.standings_csv.reader import STANDINGS_TABLE
from bot.errors import BadDocument


def document(text: str, name: str = "standings.csv") -> Document:
    return Document(name, "", tuple(text.split("\n")))


def read(text: str, name: str = "standings.csv") -> ParsedDocument:
    source = document(text, name)
    assert next(form for form in FORMATS if form.recognizes(source)) is STANDINGS_TABLE
    return STANDINGS_TABLE.read(source)[0]


def rows(parsed: ParsedDocument) -> list[tuple[object, ...]]:
    return [
        (one.championship, one.position, one.name, one.points, one.gap, one.marks)
        for one in parsed.claims
        if isinstance(one, StandingClaim)
    ]


@pytest.mark.parametrize(
    "text",
    [
        'Pos,Driver,Points,Behind\n1,x-Abel Quist*,"2,117",Leader\n2,Denny Orr,"2,080",-37',
        "Rank;Name;Pts;Gap\n1st;x-Abel Quist*;2117;0\n2nd;Denny Orr;2080;37",
        "Cup standings\n\nPOS\tDRIVER\tTOTAL POINTS\tDIFF\n1\tx-Abel Quist*\t2117\t—\n2\tDenny "
        "Orr\t2080\t−37\n\nSource: me",
        "driver,points,gap\nx-Abel Quist*,2117,\nDenny Orr,2080,37",
    ],
)
def test_columns_are_known_by_what_they_mean(text: str) -> None:
    told = rows(read(text))
    assert [(*row[:4], row[5]) for row in told] == [
        ("drivers", 1, "Abel Quist", 2117, "x- *"), ("drivers", 2, "Denny Orr", 2080, None),
    ]  # fmt: skip
    assert told[1][4] == 37


def test_makers_and_owners_are_told_by_their_column() -> None:
    assert [row[0] for row in rows(read("Pos,Manufacturer,Points\n1,Ford,644\n2,Toyota,640"))] == ["manufacturers"] * 2
    claims = read("Rank,No.,Owner,Points\n1,5,Ann Quist,500\n2,24,Ann Quist,480").claims
    assert [(one.championship, one.name, one.car) for one in claims if isinstance(one, StandingClaim)] == [
        ("owners", "Ann Quist", "5"), ("owners", "Ann Quist", "24"),
    ]  # fmt: skip


def test_the_race_is_told_by_columns_or_by_the_name_of_the_file() -> None:
    identity = read("series,season,round,pos,driver,points\ncup,2023,17,1,Abel Quist,576\n,,,2,Denny Orr,558").identity
    assert (identity.series, identity.season, identity.round) == ("cup", 2023, 17)
    identity = read("pos,driver,points\n1,Abel Quist,576", "cup-2023-17-standings.tsv").identity
    assert (identity.series, identity.season, identity.round) == ("cup", 2023, 17)


def test_columns_that_nobody_knows_are_kept_and_named_together() -> None:
    kept = [
        one for one in read("Pos,Driver,Points,Wins,Top 5\n1,Abel Quist,576,3,6").claims if isinstance(one, RawClaim)
    ]
    assert [(one.section, one.text) for one in kept] == [("Columns: Wins, Top 5", "Wins: 2: 3\nTop 5: 2: 6")]


def test_points_that_no_race_gives_make_a_table_of_a_championship() -> None:
    assert rows(read("Pos,Driver,Points\n1,Abel Quist,576\n2,Denny Orr,558", "table.csv"))


def test_what_may_be_either_is_asked_about() -> None:
    source = document("Pos,Driver,Points\n1,Abel Quist,57\n2,Denny Orr,40", "table.csv")
    assert not STANDINGS_TABLE.recognizes(source)
    with pytest.raises(BadDocument, match="may be the results of a race or the standings after it"):
        RESULTS_TABLE.read(source)


def test_results_are_no_standings() -> None:
    assert not STANDINGS_TABLE.recognizes(document("Pos,Driver,Laps,Points\n1,Abel Quist,300,57"))


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(BadDocument) as caught:
        STANDINGS_TABLE.read(document("Pos,Driver,Points\n1,Abel Quist,576\n2,Abel Quist,x\n3,,5\n4,Abel Quist,1"))
    told = str(caught.value)
    parts = ("3: points must be", "line 4: this row has no driver", "line 5: Abel Quist stands")
    assert [part for part in parts if part not in told] == []
