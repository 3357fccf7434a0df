"""One form for all the ways a name is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.fold import fold, squash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AJ Allmendinger", "A. J. Allmendinger"),
        ("A.J. Allmendinger", "A J Allmendinger"),
        ("Daniel Suárez", "daniel suarez"),
        ("Martin Truex, Jr.", "Martin Truex Jr"),
        ("O'Reilly 200", "O’Reilly 200"),
        ("  Dick   Rathman ", "Dick Rathman"),
        ("kaz-grala", "Kaz_Grala"),
        ("Chevy Rock & Roll 400", "Chevy Rock and Roll 400"),
        ("Würth 400", "Wurth 400"),
    ],
)
def test_two_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Dale Earnhardt", "Dale Earnhardt Jr."), ("07", "7"), ("Ken Butler", "Ken Butler III")]
)
def test_a_suffix_and_a_leading_zero_stay(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=200))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=200))
def test_text_never_folds_to_nothing_unless_it_is_blank_or_marks(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip()
    assert " " not in squash(folded)
