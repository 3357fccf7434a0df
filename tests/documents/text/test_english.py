"""Names, quotations, lists of names and moments in English as race reports write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import Moment
from bot.documents.text.english import family_name, moments, person_names, without_quotations


def test_what_people_said_is_taken_out() -> None:
    assert without_quotations("“We won,” Falk said. “It") == "… Falk said. …"
    assert without_quotations('"We won," Falk said.') == "… Falk said."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("When Reed Falk passed Dorn", ("Reed Falk", "Dorn")),
        ("Shane van Gisbergen and A.J. Allmendinger", ("Shane van Gisbergen", "A.J. Allmendinger")),
        ("Martin Truex Jr. and Martin Truex, Jr. are one", ("Martin Truex Jr.", "Martin Truex, Jr.")),
        ("Daniel Suárez’s car and O'Ward's car", ("Daniel Suárez", "O'Ward")),
        ("The Stage 1 win on Sunday in the Cup Series", ()),
        ("#31-Reed Falk", ("Reed Falk",)),
        ("Reed Falk\nIvo Dorn", ("Reed Falk", "Ivo Dorn")),
    ],
)
def test_names_are_runs_of_capitals_without_the_words_that_begin_sentences(
    text: str, expected: tuple[str, ...]
) -> None:
    assert person_names(text) == expected


def test_the_last_name_is_without_suffix_and_with_its_particle() -> None:
    assert family_name("Ricky Stenhouse Jr.") == "Stenhouse"
    assert family_name("Shane van Gisbergen") == "van Gisbergen"
    assert family_name("Falk") == "Falk"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("with 30 to go", (Moment(laps_to_go=30, stage=2),)),
        ("two laps remaining", (Moment(laps_to_go=2, stage=2),)),
        ("with thirty-four laps left", (Moment(laps_to_go=34, stage=2),)),
        ("on lap 85 of 110, then on lap 87.", (Moment(lap=85, stage=1), Moment(lap=87, stage=1))),
        ("20 laps into the event", (Moment(lap=20, stage=1),)),
        ("two left-side tires", ()),
        ("two left front tires", ()),
        ("0.5 to go", ()),
        ("he had a way to go", ()),
        ("a lap down", ()),
    ],
)
def test_moments_are_laps_and_laps_to_go(text: str, expected: tuple[Moment, ...]) -> None:
    assert moments(text, countdown_stage=2, lap_stage=1) == expected


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading_of_prose(text: str) -> None:
    for name in person_names(text):
        assert name.strip()
        assert family_name(name) in name
    moments(text)


@pytest.mark.parametrize("unit", ["A. ", "Abc ", "Abc, Def and ", "won. ", '"', "12 to go "])
def test_long_odd_texts_are_read_to_their_end(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert isinstance(person_names(text), tuple)
    assert len(moments(text)) <= text.count("12 to go")
