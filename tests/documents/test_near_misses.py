"""What a refusal says of a document that is nearly of some kind: which one, what is missing, how to get a template."""

import pytest

from bot.documents.near_misses import near_miss
from bot.errors import BadDocument
from bot.loading.read.folder import decode
from bot.loading.read.reader import read_document


@pytest.mark.parametrize(
    ("name", "text", "kind", "lack"),
    [
        ("a.csv", "Notes\n\nPos,No,Team,Laps\n1,22,Orr,267\n", "results table", "none for the driver"),
        ("a.txt", "Some words\nPos,Driver,Laps\nno row at all\nmore words\n", "results table", "around or under it"),
        ("a.json", '{"races": []}', "race weekend", "weekend_race"),
        ("a.txt", "<table><tr><td>1</td></tr></table>", "results table", "HTML"),
        ("a.txt", "1. Abel Quist 12\n2. Bo Rall 11\n3. Cy Tamm 10\n", "points article", "points of a championship"),
        ("a.txt", "Words.\n{| class=wikitable\n| 1\n|}\n", "race page", "no infobox"),
    ],
)
def test_a_text_says_what_it_lacks_to_be_of_a_kind(name: str, text: str, kind: str, lack: str) -> None:
    found = near_miss(decode(name, text.encode()))
    assert found is not None
    assert (found.kind, lack in found.lack) == (kind, True)


def test_a_refusal_says_what_nearly_fitted_and_how_to_get_its_template() -> None:
    with pytest.raises(BadDocument) as caught:
        read_document(decode("a.csv", b"Some title\n\nPos,No,Team,Laps\n1,22,Orr,267\n"))
    assert caught.value.line == 3
    for words in ("results table", "none for the driver", "Pos, No, Team, Laps", "/data template kind:results table"):
        assert words in caught.value.reason


def test_a_text_that_is_like_nothing_is_told_where_all_templates_are() -> None:
    with pytest.raises(BadDocument, match="/data template, or spotter template"):
        read_document(decode("a.txt", b"x\n"))


def test_a_kind_that_somebody_chose_says_what_the_text_lacks_for_it() -> None:
    with pytest.raises(BadDocument, match=r"none for the driver.*template kind:results table"):
        read_document(decode("a.csv", b"Some title\n\nPos,No,Team,Laps\n1,22,Orr,267\n"), "results table")
