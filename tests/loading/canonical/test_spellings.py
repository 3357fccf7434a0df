"""One spelling for each name, and who is meant by a last name."""

import random

import pytest

from bot.loading.canonical.spellings import Roster, Spellings, last_name
from bot.loading.merge.mentions import Mentions

FIELD = (
    "Ross Chastain", "Martin Truex Jr.", "Ricky Stenhouse Jr.", "Austin Dillon", "Ty Dillon", "Kyle Busch",
    "A. J. Allmendinger", "Daniel Suárez", "William Byron", "Christopher Bell",
)  # fmt: skip


def test_the_most_trusted_document_chooses_the_spelling() -> None:
    spellings = Spellings.choose([("AJ Allmendinger", 1), ("A. J. Allmendinger", 2), ("AJ Allmendinger", 1)])
    assert spellings.spelling_of("A.J. Allmendinger") == "A. J. Allmendinger"


def test_among_equals_the_fullest_spelling_is_shown() -> None:
    assert (
        Spellings.choose([("Daniel Suarez", 1), ("Daniel Suárez", 1)]).spelling_of("daniel suarez") == "Daniel Suárez"
    )


def test_other_spellings_are_remembered() -> None:
    spellings = Spellings.choose([("Daniel Suarez", 1), ("Daniel Suárez", 2)])
    assert list(spellings.variants.values()) == [frozenset({"Daniel Suarez"})]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Bj Mcleod", "B. J. McLeod"),
        ("Aj Foyt", "A. J. Foyt"),
        ("Ty Gibbs", "Ty Gibbs"),
        ("Al Unser", "Al Unser"),
        ("Ed Carpenter", "Ed Carpenter"),
        ("St James Davis", "St James Davis"),
        ("Michael McDowell", "Michael McDowell"),
    ],
)
def test_initials_and_mc_names_are_written_as_the_sport_does(written: str, shown: str) -> None:
    assert Spellings.choose([(written, 1)]).spelling_of(written) == shown


def test_father_and_son_stay_two() -> None:
    spellings = Spellings.choose([("Dale Earnhardt", 2), ("Dale Earnhardt Jr.", 2)])
    assert spellings.spelling_of("Dale Earnhardt") != spellings.spelling_of("Dale Earnhardt, Jr.")


def test_the_order_of_names_plays_no_part() -> None:
    names = [("AJ Allmendinger", 1), ("A. J. Allmendinger", 2), ("A.J. Allmendinger", 2), ("Daniel Suarez", 1)]
    expected = Spellings.choose(names)
    for seed in range(20):
        shuffled = names[:]
        random.Random(seed).shuffle(shuffled)
        assert Spellings.choose(shuffled) == expected


def test_a_last_name_means_the_one_of_the_same_text_first() -> None:
    roster = Roster.of([("Dillon", "Ty Dillon")], FIELD, ())
    assert roster.full_name("Dillon") == "Ty Dillon"


def test_then_the_one_of_the_field_if_there_is_only_one() -> None:
    roster = Roster.of((), FIELD, ())
    assert roster.full_name("Truex") == "Martin Truex Jr."
    assert roster.full_name("Stenhouse") == "Ricky Stenhouse Jr."
    assert roster.full_name("Dillon") == "Dillon"


def test_the_catalogue_mends_what_a_text_writes_wrongly() -> None:
    roster = Roster.of([("Retclaff", "Parker Retclaff")], (), [("Retclaff", "Parker Retzlaff")])
    assert roster.full_name("Parker Retclaff") == "Parker Retzlaff"
    assert roster.full_name("Retclaff") == "Parker Retzlaff"


def test_a_slip_of_the_pen_is_mended_and_a_stranger_is_not() -> None:
    roster = Roster.of((), FIELD, ())
    assert roster.full_name("Chastin") == "Ross Chastain"
    assert roster.full_name("Hamlin") == "Hamlin"
    assert roster.full_name("Bello") == "Bello"


def test_a_full_name_is_left_alone() -> None:
    assert Roster.of((), FIELD, ()).full_name("Jeff Burton") == "Jeff Burton"


@pytest.mark.parametrize(
    ("full", "last"),
    [
        ("Martin Truex Jr.", "Truex"),
        ("Martin Truex, Jr.", "Truex"),
        ("Joe Graf Jr", "Graf"),
        ("Cher", "Cher"),
        ("", ""),
    ],
)
def test_a_suffix_is_no_last_name(full: str, last: str) -> None:
    assert last_name(full) == last


def test_people_are_found_by_full_and_last_names() -> None:
    mentions = Mentions.of(FIELD, ["Jeff Burton"])
    text = "Chastain passed Truex’s car while Kyle Busch, who pitted, radioed. A.J. Allmendinger watched."
    assert mentions.find(text, text) == {
        "Ross Chastain": "Chastain",
        "Martin Truex Jr.": "Truex",
        "Kyle Busch": "Kyle Busch",
        "A. J. Allmendinger": "A.J. Allmendinger",
    }


def test_a_shared_last_name_is_nobody_unless_the_document_names_one_in_full() -> None:
    mentions = Mentions.of(FIELD, ())
    assert mentions.find("Dillon spun.", "Dillon spun.") == {}
    assert mentions.find("Dillon spun.", "Ty Dillon led. Dillon spun.") == {"Ty Dillon": "Dillon"}


def test_somebody_on_air_is_found_by_the_full_name_only() -> None:
    mentions = Mentions.of(FIELD, ["Jeff Burton"])
    assert mentions.find("Burton said so.", "") == {}
    assert mentions.find("Jeff Burton said so.", "") == {"Jeff Burton": "Jeff Burton"}


def test_a_word_in_lower_case_is_no_name() -> None:
    assert Mentions.of(FIELD, ()).find("the bell rang", "the bell rang") == {}
