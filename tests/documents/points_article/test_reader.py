"""The points article of the seeds, read whole; lists in other forms; and what is no such list."""

import hashlib
from collections import Counter
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import (
    Document,
    FactClaim,
    IncidentClaim,
    Moment,
    ParsedDocument,
    PassageClaim,
    RowClaim,
    SessionClaim,
    StandingClaim,
)
from bot.documents.points_article.reader import POINTS_ARTICLE
from bot.documents.recap.reader import RECAP
from bot.documents.registry import FORMATS
from bot.errors import BadDocument
from tests.support.paths import ORIGINALS, SEEDS, needs_originals

SEED = SEEDS / "ally-400-points.txt"
ORIGINAL = ORIGINALS / "002_1d813ef4cad5d93e.txt"
TABLE = (
    "Martin Truex Jr. 576, William Byron 558, Ross Chastain 558, Christopher Bell 531, Kyle Busch 528, "
    "Kevin Harvick 515, Denny Hamlin 512, Ryan Blaney 502, Kyle Larson 475, Joey Logano 462, Brad "
    "Keselowski 450, Chris Buescher 449, Tyler Reddick 437, Ricky Stenhouse Jr. 415, Bubba Wallace 381, "
    "Daniel Suarez 353, Alex Bowman 351, Ty Gibbs 343, AJ Allmendinger 329, Michael McDowell 326, Corey "
    "LaJoie 308, Austin Cindric 302, Justin Haley 298, Ryan Preece 290, Chase Elliott 289, Todd Gilliland "
    "281, Aric Almirola 272, Austin Dillon 247, Harrison Burton 235, Erik Jones 220, Chase Briscoe 189, "
    "Noah Gragson 154, Ty Dillon 151, Bj Mcleod 88, Cody Ware 65, Travis Pastrana 26, Jenson Button 19, "
    "Jordan Taylor 16, Jimmie Johnson 12, Ryan Newman 9, Conor Daly 9, Kimi Raikkonen 8, Andy Lally 2, "
    "Jonathan Davenport 1"
)


def document(path: Path) -> Document:
    content = path.read_bytes()
    return Document(path.name, hashlib.sha256(content).hexdigest(), tuple(content.decode().splitlines()))


def told(text: str) -> Document:
    return Document("told.txt", "", tuple(text.splitlines()))


def read(source: Document) -> ParsedDocument:
    (reading,) = POINTS_ARTICLE.read(source)
    return reading


def standings(reading: ParsedDocument) -> list[StandingClaim]:
    return [claim for claim in reading.claims if isinstance(claim, StandingClaim)]


def many(form: str, count: int = 12) -> list[str]:
    letters = "abcdefghijklmnop"
    return [
        form.format(place=at + 1, name=f"D{letters[at]}x Ov{letters[at]}rt", points=500 - 7 * at) for at in range(count)
    ]


def test_all_44_rows_stand_in_the_order_of_the_document() -> None:
    rows = standings(read(document(SEED)))
    expected = [(" ".join(row.split()[:-1]), int(row.split()[-1])) for row in TABLE.split(", ")]
    assert [(row.name, row.points) for row in rows] == expected
    assert [row.position for row in rows] == list(range(1, 45))
    assert {(row.line, row.championship, row.gap, row.change) for row in rows} == {(17, "drivers", None, None)}
    assert [row.name for row in rows if row.rookie] == ["Ty Gibbs", "Noah Gragson"]


def test_the_article_says_which_race_it_is_about() -> None:
    reading = read(document(SEED))
    identity = reading.identity
    assert (reading.kind, reading.title) == ("points article", "2023 Ally 400")
    assert (identity.series, identity.season, identity.round, identity.name) == ("cup", 2023, 17, "Ally 400")
    assert (identity.track, identity.winner) == ("Nashville Superspeedway", "Ross Chastain")
    assert (identity.appeared, identity.day) == (date(2023, 6, 26), None)


def test_every_single_fact_of_the_article_is_read_with_its_line_even_the_wrong_day() -> None:
    found = {
        claim.field: (claim.value, claim.line) for claim in read(document(SEED)).claims if isinstance(claim, FactClaim)
    }
    assert found == {
        "appeared": (date(2023, 6, 26), 1),
        "winner": ("Ross Chastain", 1),
        "winner_team": ("Trackhouse Racing", 1),
        "winner_car": ("1", 5),
        "race_name": ("Ally 400", 1),
        "track": ("Nashville Superspeedway", 1),
        "series": ("cup", 1),
        "series_name": ("NASCAR Cup Series", 1),
        "season": (2023, 1),
        "round": (17, 15),
        "date": (date(2023, 7, 2), 1),
        "next_race": ("Chicago Street Race", 19),
        "next_race_date": (date(2023, 7, 2), 19),
    }


def test_finishes_and_race_points_of_the_article_are_rows_of_the_race() -> None:
    reading = read(document(SEED))
    rows = [claim for claim in reading.claims if isinstance(claim, RowClaim)]
    assert [(row.session, row.position, row.driver, row.points, row.line) for row in rows] == [
        ("race", 1, "Ross Chastain", 57, 1),
        ("race", 2, "Martin Truex Jr.", 51, 9),
        ("race", 4, "Chase Elliott", 42, 7),
    ]
    assert [(one.key, one.title) for one in reading.claims if isinstance(one, SessionClaim)] == [("race", "Race")]


def test_the_last_lead_change_keeps_its_moment() -> None:
    (incident,) = [claim for claim in read(document(SEED)).claims if isinstance(claim, IncidentClaim)]
    assert (incident.kind, incident.driver, incident.moment) == ("lead change", "Chastain", Moment(laps_to_go=34))


def test_a_paragraph_that_stands_twice_is_one_passage_with_both_lines() -> None:
    found = [claim for claim in read(document(SEED)).claims if isinstance(claim, PassageClaim)]
    assert [one.lines for one in found] == [(1,), (3,), (5,), (7,), (9, 11), (15,), (19,)]
    assert found[5].section == "NASCAR points table after 2023 Ally 400 at Nashville Superspeedway"
    assert not any(" - 576" in one.text for one in found)


@needs_originals
def test_the_seed_and_the_original_make_the_same_claims() -> None:
    def shape(reading: ParsedDocument) -> Counter[tuple[object, ...]]:
        hidden = {"line", "lines", "text"}
        return Counter(
            (type(one).__name__, *(getattr(one, part.name) for part in fields(one) if part.name not in hidden))
            for one in reading.claims
        )

    mine, original = read(document(SEED)), read(document(ORIGINAL))
    assert shape(mine) == shape(original)
    assert (mine.identity, mine.title, mine.full_names) == (original.identity, original.title, original.full_names)


@pytest.mark.parametrize(
    "form", ["{name} - {points}", "{place}. {name} - {points}", "{name} – {points} points", "- {name} - {points}"]
)
def test_a_list_line_by_line_is_read_like_a_glued_one(form: str) -> None:
    source = told("Standings now\n\n" + "\n".join(many(form)) + "\n\nThe season goes on.")
    assert POINTS_ARTICLE.recognizes(source)
    rows = standings(read(source))
    assert [row.points for row in rows] == [500 - 7 * at for at in range(12)]
    assert rows[0].name == "Dax Ovart"
    assert [row.line for row in rows] == list(range(3, 15))


def test_gaps_are_read_where_they_are_given() -> None:
    source = told(" ".join(["Abe Lead - 1,500", *many("{name} - {points} (-{place})")]))
    assert [(row.points, row.gap) for row in standings(read(source))][:3] == [(1500, None), (500, 1), (493, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Falk won the race. Dorn was second.",
        " ".join(many("{name} - {points}", 9)),
        "\n".join(f"#{at} - Dax Ovart" for at in range(1, 20)),
        " ".join(reversed(many("{name} - {points}"))),
        "\n".join(["| 1 | Elm |"] * 12 + many("{name} - {points}")),
    ],
)
def test_what_is_no_list_of_points_is_not_known(text: str) -> None:
    assert not POINTS_ARTICLE.recognizes(told(text))


def test_the_article_is_read_by_this_format_and_the_recaps_are_not() -> None:
    assert next(form for form in FORMATS if form.recognizes(document(SEED))) is POINTS_ARTICLE
    for name in ("ally-400-recap.txt", "daytona-recap.txt"):
        assert next(form for form in FORMATS if form.recognizes(document(SEED.parent / name))) is RECAP


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Reed Falk won the race. He gained 48 points.", {"Reed Falk": 48}),
        ("Reed Falk won the race. The win was worth 48 points.", {"Reed Falk": 48}),
        ("Reed Falk won the race. Ivo Dorn scored 30 points.", {"Reed Falk": None, "Ivo Dorn": 30}),
        ("Reed Falk won the race. Ivo Dorn is second with 30 points.", {"Reed Falk": None}),
        ("Reed Falk won the race. Ivo Dorn gained 12 points behind him in the season.", {"Reed Falk": None}),
    ],
)
def test_only_points_of_this_race_are_race_points(text: str, points: dict[str, int | None]) -> None:
    source = told(text + "\n\n" + " ".join(many("{name} - {points}")))
    assert {row.driver: row.points for row in read(source).claims if isinstance(row, RowClaim)} == points


def test_a_date_that_does_not_exist_rejects_the_document() -> None:
    with pytest.raises(BadDocument, match=r"told\.txt:1"):
        read(told(" date 2023-02-30 Falk won.\n\n" + " ".join(many("{name} - {points}"))))


@given(
    st.lists(
        st.sampled_from(["Abe Lead - 12", "Bo Or # - 9", "won", "the race.", "\n", "gained 5 points", "- 3"]),
        max_size=60,
    )
)
def test_no_text_breaks_the_article_but_by_saying_so(parts: list[str]) -> None:
    source = told(" ".join(parts))
    POINTS_ARTICLE.recognizes(source)
    try:
        rows = standings(read(source))
    except BadDocument:  # a list with one driver in it twice, say
        return
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
