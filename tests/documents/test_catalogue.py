"""`catalogue.toml`: facts with their lines, and faults with theirs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.catalogue import CatalogueEntry, read_catalogue
from bot.documents.model import Document, FactClaim
from bot.errors import BadDocument

ENTRY = """\
# a comment
["night-race.txt"]
series = "nxs"
season = 2023
round = 24
race = "Wawa 250 Powered by Coca-Cola"
track = "Daytona International Speedway"
date = 2023-08-25
laps_scheduled = 100
people = { "Allgaier" = "Justin Allgaier" }
"""


def read(text: str) -> tuple[CatalogueEntry, ...]:
    return read_catalogue(Document("catalogue.toml", "0", tuple(text.splitlines())))


def test_every_key_becomes_a_fact_with_its_line() -> None:
    (entry,) = read(ENTRY)
    assert entry.document == "night-race.txt"
    assert FactClaim(3, "series", "nxs") in entry.facts
    assert FactClaim(6, "race_name", "Wawa 250 Powered by Coca-Cola") in entry.facts
    assert FactClaim(8, "date", date(2023, 8, 25)) in entry.facts
    assert entry.people == (("Allgaier", "Justin Allgaier", 10),)


def test_the_identity_says_which_race_is_meant() -> None:
    (entry,) = read(ENTRY)
    identity = entry.identity
    assert (identity.series, identity.season, identity.round) == ("nxs", 2023, 24)
    assert identity.day == date(2023, 8, 25)


def test_an_empty_catalogue_has_no_entries() -> None:
    assert read("") == ()


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('["a.txt"]\nseason = "2023"', 2, "season must be a whole number"),
        ('["a.txt"]\nround = true', 2, "round must be a whole number"),
        ('["a.txt"]\nround = 0', 2, "more than 0"),
        ('["a.txt"]\ndate = 2023-08-25T10:00:00', 2, "a date such as"),
        ('["a.txt"]\nwinner = "Chastain"', 2, "no key “winner” is known"),
        ('["a.txt"]\npeople = ["Allgaier"]', 2, "people must be"),
        ('series = "cup"', 1, "must be a table"),
        ('["a.txt"]\nround = 99999999', 2, "at most 10,000"),
        ('["a.txt"]\nround = ' + "9" * 4_301, 1, "too many digits"),
        ('["a.txt"]\npeople = ' + "[" * 20_000, 1, "brackets are too deep"),
        ("# a comment\n[ 'a.txt' ]\npeople = {}\n[\"b.txt\"]\nround = 0", 5, "more than 0"),
        ('["a.txt"]\nseason = ', 2, "no valid TOML"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_write(text: str, line: int, why: str) -> None:
    with pytest.raises(BadDocument, match=why) as caught:
        read(text)
    assert caught.value.line == line


def test_thousands_of_entries_are_read_in_one_go() -> None:
    entries = read("".join(f'["{number}.txt"]\npeople = {{ "A" = "Al Ash" }}\n' for number in range(5_000)))
    assert (entries[-1].line, entries[-1].people) == (9_999, (("A", "Al Ash", 10_000),))


@given(st.text())
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    told = None
    try:
        read(text)
    except BadDocument as error:
        told = str(error)
    assert told is None or told.startswith("catalogue.toml:")
