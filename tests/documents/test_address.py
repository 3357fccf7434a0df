"""The address a document came from: a line on its top, and no word of what it tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.address import HEAD_LINES, without_address_line
from bot.documents.model import Document

HERE = "https://example.org/2023/ally-400_recap?page=2"


def address_of(*lines: str) -> str:
    return without_address_line(Document("recap.txt", "0", lines)).address


@pytest.mark.parametrize(
    ("line", "address"),
    [
        (f"source: {HERE}", HERE),
        (f"Source {HERE}", HERE),
        (f"  URL:{HERE}  ", HERE),
        (f'url: "{HERE}"', HERE),
        (f"permalink: <{HERE}>", HERE),
        (f"source_url: {HERE}", HERE),
        ("link: http://example.org/a_(b)", "http://example.org/a_%28b%29"),
        (HERE, ""),
        (f"Read more: {HERE}", ""),
        (f"source: see {HERE}", ""),
        ("source: the Associated Press", ""),
        ("source: ftp://example.org/a", ""),
        ("source: https://nowhere", ""),
        ("source: https://example.org/a b", ""),
        ("source: javascript:alert(1)", ""),
        ("source: https://example.org/" + "a" * 500, ""),
    ],
)
def test_a_line_with_a_label_and_an_address_is_one_and_no_other(line: str, address: str) -> None:
    assert address_of(line) == address


def test_a_link_below_the_top_is_part_of_the_text() -> None:
    lines = ("Ann Ash won.",) * HEAD_LINES + (f"source: {HERE}",)
    document = Document("recap.txt", "0", lines)
    assert without_address_line(document) is document


def test_the_line_is_read_as_an_empty_one_and_all_others_keep_their_numbers() -> None:
    document = Document("recap.txt", "0", ("2023 Ally 400", f"source: {HERE}", "Ross Chastain won."))
    assert without_address_line(document).lines == ("2023 Ally 400", "", "Ross Chastain won.")


@given(st.text(max_size=200))
def test_no_line_makes_more_of_an_address_than_one_word_of_http(line: str) -> None:
    address = address_of(line)
    assert not address or (address.startswith(("http://", "https://")) and not any(map(str.isspace, address)))
