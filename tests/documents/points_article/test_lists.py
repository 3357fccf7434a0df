"""Points lists as people write them: every form gives the same table, and a list of something else gives none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import Document, RawClaim, StandingClaim
from bot.documents.points_article.reader import POINTS_ARTICLE
from bot.errors import BadDocument
from tests.support.examples import examples

NAMES = (
    "Abel Quist", "Denny Orr", "R.J. Falk", "Ivo Dorn Jr.", "Sam Tully, Jr.", "Jan van Loon", "MAX REEVE", "Cory LaRue",
    "José Ibáñez", "T.D. Marsh", "Pete O'Dell", "Wes Kirby",
)  # fmt: skip
POINTS = (2117, 2080, 2054, 2041, 2040, 2031, 1999, 998, 870, 870, 512, 44)
TEAMS = ("Quist Racing", "Orr Motorsports", "Team Falk")
CARS = (5, 11, 24, 16, 88, 17, 97, 22, 1, 7, 99, 54)
HEADING = "Cup Series points standings after Nashville\n\n"
FORMS = {
    "commas and a team": (HEADING, "{place}. x-{name}*, {team} - {points:,} points", "\n"),
    "a comma": (HEADING, "{place}. {name}, {points:,}", "\n"),
    "spaces": (HEADING, "{place} {name} {points}", "\n"),
    "bars": (HEADING, "{place} | {name} | {points}", "\n"),
    "bars with a head": (
        f"{HEADING}Pos | No. | Driver | Points | Behind\n", "{place} | {car} | {name} | {points} | -{gap}", "\n",
    ),
    "tabs": (f"{HEADING}Rank\tDriver\tCar\tPoints\n", "{place}\t{name}\t{car}\t{points}", "\n"),
    "bars and moves": (
        f"{HEADING}Rank | +/- | Driver | Points\n", "{place} | +2 | {name} | {points:,}", "\n",
    ),
    "wide spaces with a head": (
        f"{HEADING}Pos  Driver    Points  Playoff Pts  Cutoff\n", "{place}  {name}    {points}  {wins}  -{gap}", "\n",
    ),
    "a number sign": (HEADING, "No. {place} {name} {wins} {points:,}", "\n"),
    "a lead-in on the first line": ("Cup points leaders through June 25: ", "{place}. {name}, {points:,}", "; "),
    "one line": ("Winston Cup point standings: ", "{place}. {name} {points:,}", " "),
    "one line of brackets": ("Winston Cup point standings\n", "{place}) {name} {points:,}", " "),
    "small type of a newspaper": ("Driver Standings\n", "{place}, {name}, {points:,}.", " "),
    "semicolons": (HEADING, "{name}, {points:,}", "; "),
    "above a line": (HEADING, "{place}. {name} – {points:,} points (+{wins} above the cut line)", "\n"),
    "cars and wins": (HEADING, "{place}) #{car}-{name} [{wins} wins], {points}, -{gap}", "\n"),
    "marks of the playoffs": (HEADING, "- {name} (P) - {points}", "\n"),
    "a colon": (HEADING, "{name}: {points}", "\n"),
    "names alone": (HEADING, "{name} {points}", "\n"),
    "dots": (HEADING, "{place}. {name} ........ {points:,}", "\n"),
    "many columns": (HEADING, "{place}. {name} {points:,} 17 {wins} 5 9", "\n"),
    "a car behind the place": (HEADING, "{place} {car} {name} {points} {gap}", "\n"),
    "only cars": (HEADING, "#{car} {name} {points}", "\n"),
    "brackets": (HEADING, "{place}. {name} ({points:,})", "\n"),
    "places before": (HEADING, "{place}. ({wins}) {name}, {points:,}", "\n"),
    "other points": (HEADING, "{place}. {name} — {points} points, {wins} playoff points", "\n"),
    "wins first": (HEADING, "{place}. {name}, {wins} wins, {points} points", "\n"),
    "a line for each cell": (f"{HEADING}POS\nDRIVER\nPOINTS\n", "{place}\n{name}\n{points}", "\n"),
    "a place on its own line": (HEADING, "{place}\n\n{name}, {points}", "\n\n"),
    "money": (HEADING, "{place}. {name}, {points:,}, ${points:,},000", "\n"),
    "bold": (HEADING, "**{place}. {name}** – {points}", "\n"),
}  # fmt: skip


def text_of(form: str, count: int = len(NAMES)) -> str:
    heading, row, separator = FORMS[form]
    rows = [
        row.format(
            place=at + 1, name=NAMES[at], points=POINTS[at], team=TEAMS[at % 3], car=CARS[at], wins=max(0, 7 - at),
            gap=POINTS[0] - POINTS[at],
        )
        for at in range(count)
    ]  # fmt: skip
    return f"{heading}{separator.join(rows)}\n\nThe season goes on next week."


def document(text: str) -> Document:
    return Document("points.txt", "", tuple(text.split("\n")))


def standings(text: str) -> list[StandingClaim]:
    source = document(text)
    assert POINTS_ARTICLE.recognizes(source)
    return [claim for claim in POINTS_ARTICLE.read(source)[0].claims if isinstance(claim, StandingClaim)]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_table(form: str) -> None:
    rows = standings(text_of(form))
    assert [(row.position, row.name, row.points) for row in rows] == [
        (at + 1, name, POINTS[at]) for at, name in enumerate(NAMES)
    ]
    assert {row.championship for row in rows} == {"drivers"}
    assert [row.gap for row in rows if row.gap is not None and row.gap != POINTS[0] - row.points] == []
    assert [row.car for at, row in enumerate(rows) if row.car not in {None, str(CARS[at])}] == []


@pytest.mark.parametrize("form", ["a comma", "spaces", "bars", "one line", "cars and wins", "a colon"])
def test_words_about_points_make_a_table_of_five(form: str) -> None:
    assert [row.points for row in standings(text_of(form, 5))] == list(POINTS[:5])


def test_marks_are_kept_beside_the_name() -> None:
    rows = standings(HEADING + "1. x-Abel Quist*, 500\n2. Denny Orr # 480\n3. R.J. Falk (P) (R) 470")
    assert [(row.name, row.marks, row.rookie) for row in rows] == [
        ("Abel Quist", "x- *", False), ("Denny Orr", None, True), ("R.J. Falk", "(P)", True),
    ]  # fmt: skip


def test_makers_and_owners_are_championships_of_their_own() -> None:
    rows = standings(
        "Points\n\nDriver standings\n1. Abel Quist, 500\n2. Denny Orr, 480\n3. R.J. Falk, 470\n\n"
        "Manufacturer standings\nPos. Manufacturer Points Behind Leader Wins\n1 Ford* 1,328 18\n"
        "2 Toyota 1,258 -70 9\n\n"
        "Owner points\nRank | No. | Team | Points\n1 | 5 | Quist Racing | 400\n2 | 11 | Orr Motorsports | 399\n"
        "3 | 24 | Quist Racing | 398"
    )
    assert [(row.championship, row.position, row.name, row.points, row.gap, row.car) for row in rows][3:] == [
        ("manufacturers", 1, "Ford", 1328, None, None),
        ("manufacturers", 2, "Toyota", 1258, 70, None),
        ("owners", 1, "Quist Racing", 400, None, "5"),
        ("owners", 2, "Orr Motorsports", 399, None, "11"),
        ("owners", 3, "Quist Racing", 398, None, "24"),
    ]


def test_drivers_who_share_places_stand_in_them() -> None:
    rows = "1. Abel Quist, 2117\nT2. Denny Orr, 2080\nT2. R.J. Falk, 2080\nT2. Sam Tully, 2080\n5. Jan van Loon, 2032"
    assert [row.position for row in standings(HEADING + rows)] == [1, 2, 2, 2, 5]


def test_a_row_without_points_is_kept_and_leaves_its_place_free() -> None:
    text = "1. Abel Quist – WIN\n2. Denny Orr – 2,080 points\n3. R.J. Falk – 2,054 points\n4. Wes Kirby – 9 points"
    source = document(HEADING + text)
    claims = POINTS_ARTICLE.read(source)[0].claims
    assert [(one.position, one.points) for one in claims if isinstance(one, StandingClaim)] == [
        (2, 2080),
        (3, 2054),
        (4, 9),
    ]
    assert [(one.line, one.text) for one in claims if isinstance(one, RawClaim)] == [(3, "1. Abel Quist – WIN")]


def test_points_that_are_told_as_a_distance_are_worked_out() -> None:
    text = "1. Abel Quist (1 win) 2,977 2. Denny Orr (1) -232 3. R.J. Falk (2) -276"
    rows = standings(f"Winston Cup points standings:\n{text}")
    assert [(row.points, row.gap) for row in rows] == [(2977, None), (2745, 232), (2701, 276)]


@pytest.mark.parametrize(
    "text",
    [
        "Race results\n{results}",
        "Pos Driver Car Laps Points\n{results}",
        "At Nashville\n(Start in parentheses)\n{results} points",
        "Playoff points standings\n{points}",
        "Stage 1 points\n{points}",
        "Rookie standings\n{points}",
        "Most wins\n{points}",
        "Here are the top drivers in the standings\n{names}",
    ],
)
def test_a_list_of_something_else_is_no_championship(text: str) -> None:
    filled = text.format(
        results="\n".join(f"{at}. ({30 - at}) {name}, Ford, 300, {60 - at}" for at, name in enumerate(NAMES, 1)),
        points="\n".join(f"{at}. {name} {60 - at}" for at, name in enumerate(NAMES, 1)),
        names="\n".join(f"{at}. {name}" for at, name in enumerate(NAMES, 1)),
    )
    assert not POINTS_ARTICLE.recognizes(document(filled))


def test_a_list_that_cannot_be_read_is_refused_with_all_its_faults() -> None:
    rows = "\n".join(f"{at} {name} Racing {500 - at}" for at, name in enumerate(NAMES[:3], 1))
    with pytest.raises(BadDocument) as caught:
        POINTS_ARTICLE.read(document(HEADING + rows))
    assert [f"line {line}: where the name ends" in str(caught.value) for line in (3, 4, 5)] == [True] * 3


PARTS = st.sampled_from(
    ["1. ", "2. ", "x-", "Abe Lead", " - ", "2,117", "480", "\n", "; ", "points", "|", "\t", "(P)", "-9", "#", "$"]
)


@examples(60)
@given(st.lists(PARTS | st.text(max_size=3), max_size=60).map("".join))
def test_no_list_breaks_the_reader_but_by_saying_so(text: str) -> None:
    source = document(f"Points standings\n{text}")
    if POINTS_ARTICLE.recognizes(source):
        try:
            claims = POINTS_ARTICLE.read(source)[0].claims
        except BadDocument:
            return
        assert all(1 <= claim.line <= len(source.lines) for claim in claims)


def test_a_list_that_goes_on_below_a_line_of_words_is_one() -> None:
    rows = standings(
        "Points standings\nrank, car#, driver, points, behind\n1) #29-Abel Quist [2 wins], 3080\n2) #48Denny Orr, "
        "2891, -189\n"
        "10) #9-R.J. Falk, 2666, -414, +136\nContenders:\n13) #5-Sam Tully, 2530, -550\n21) #42-Max Reeve, 2241, -839\n"
        "36) #83-Wes Kirby, 1158 [out with illness]"
    )
    assert [(row.position, row.name, row.car, row.points, row.gap) for row in rows] == [
        (1, "Abel Quist", "29", 3080, None), (2, "Denny Orr", "48", 2891, 189), (10, "R.J. Falk", "9", 2666, 414),
        (13, "Sam Tully", "5", 2530, 550), (21, "Max Reeve", "42", 2241, 839), (36, "Wes Kirby", "83", 1158, None),
    ]  # fmt: skip


def test_rows_that_share_lines_unevenly_are_all_read() -> None:
    rows = standings(
        "Point standings\n1. Abel Quist, 500; 2. Denny Orr, 480; 3. R.J. Falk, 470;\n4. Sam Tully, 460; 5. Wes "
        "Kirby, 9."
    )
    assert [(row.position, row.points) for row in rows] == [(1, 500), (2, 480), (3, 470), (4, 460), (5, 9)]


def test_numbers_that_may_be_places_or_cars_are_refused() -> None:
    source = document("Points standings\n5 Abel Quist 500\n11 Denny Orr 480\n24 R.J. Falk 470\n88 Sam Tully 460")
    with pytest.raises(BadDocument, match="the numbers before the names may be places or cars"):
        POINTS_ARTICLE.read(source)


TOLD = "NASCAR Cup Series standings after the Example 400, Sept. 29, 2024\n\n"


def places(text: str) -> list[tuple[int, str, int]]:
    parsed = POINTS_ARTICLE.read(Document("points.txt", "", tuple((TOLD + text).split("\n"))))[0]
    assert parsed.identity.season == 2024
    return [(row.position, row.name, row.points) for row in parsed.claims if isinstance(row, StandingClaim)]


@pytest.mark.parametrize(
    "text",
    [
        "[1] Abel Quist ... 2,110\n[2] Bo Rall ....... 2,098\n[3] Cy Tamm ...... 2,076",
        "1. Abel Quist.....2,110\n2. Bo Rall........2,098\n3. Cy Tamm........2,076",
        "1. Quist, Abel 2,110\n2. Rall, Bo 2,098\n3. Tamm, Cy 2,076",
        "1. Abel Quist, 2,110          2. Bo Rall, 2,098\n3. Cy Tamm, 2,076",
        "1. Abel Quist, 2,110     3. Cy Tamm, 2,076\n2. Bo Rall, 2,098     4. Di Voss, 2,000",
        "1.\nAbel Quist\n2,110\n\n2.\nBo Rall\n2,098\n\n3.\nCy Tamm\n2,076",
        "1. Abel Quist\nQuist Racing\n2,110 points\n2. Bo Rall\nOrr\n2,098 points\n3. Cy Tamm\nOrr\n2,076 points",
        "| 1 | Abel Quist | 45XI Racing | 2,110 |\n| 2 | Bo Rall | 45XI Racing | 2,098 |\n| 3 | Cy Tamm | O | 2,076 |",
    ],
)
def test_more_ways_to_write_a_list_are_read(text: str) -> None:
    assert places(text)[:3] == [(1, "Abel Quist", 2110), (2, "Bo Rall", 2098), (3, "Cy Tamm", 2076)]


@pytest.mark.parametrize(
    "text",
    [
        "1. Abel Quist, 2,110\n2. (tie) Bo Rall, 2,076\n(tie) Cy Tamm, 2,076\n4. Di Voss, 2,070",
        "1 Abel Quist 2,110\n=2 Bo Rall 2,076\n=2 Cy Tamm 2,076\n4 Di Voss 2,070",
        "1. Abel Quist, 2,110\n2. Bo Rall (tie), 2,076\n2. Cy Tamm (tie), 2,076\n4. Di Voss, 2,070",
        "1, Abel Quist, 2,110. 2 (tie), Bo Rall and Cy Tamm, 2,076. 4, Di Voss, 2,070.",
    ],
)
def test_drivers_with_as_many_points_share_their_place(text: str) -> None:
    assert places(text) == [(1, "Abel Quist", 2110), (2, "Bo Rall", 2076), (2, "Cy Tamm", 2076), (4, "Di Voss", 2070)]


def test_a_car_behind_an_owner_is_the_car() -> None:
    text = "Owner points after the Example 400\n1. Quist Racing No. 9, 1,050\n2. Orr No. 07, 1,010\n3. Tamm No. 16, 990"
    claims = POINTS_ARTICLE.read(Document("points.txt", "", tuple(text.split("\n"))))[0].claims
    rows = [(row.name, row.car, row.points) for row in claims if isinstance(row, StandingClaim)]
    assert rows == [("Quist Racing", "9", 1050), ("Orr", "07", 1010), ("Tamm", "16", 990)]


def test_two_names_in_a_row_that_tells_no_tie_are_refused() -> None:
    with pytest.raises(BadDocument, match="two drivers"):
        places("1. Abel Quist, 2,110\n2. Bo Rall and Cy Tamm, 2,076\n3. Di Voss, 2,070")
