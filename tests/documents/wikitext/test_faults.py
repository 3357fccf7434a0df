"""What is wrong with a page in wikitext is named with its line, and no page hangs the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import Document, PassageClaim, RawClaim
from bot.documents.wikitext.reader import WIKITEXT
from bot.errors import BadDocument
from tests.documents.wikitext.test_reader import BOX, SAMPLE, boxed, facts, of_file, of_text, read
from tests.support.examples import examples


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("{|\n|-\n| " + " || ".join(["x"] * 10_000) + "\n|}", 7, "this line has more than 400 cells"),
        ("a\n" * 5_001, 5004, "more than 5,000 lines of text"),
        ("a" * 60_001, 5, "60,001 characters in one piece"),
        ("a" * 400_000, 1, "more than the 400,000 that a page of one race may have"),
        ("{{a|b|c}}\n" * 4_001, 4004, "more than 8,000 cells and template values"),
        ("[[a" * 41, 5, "more than 40 deep"),
    ],
)  # fmt: skip
def test_faults_are_named_with_their_line(text: str, line: int, why: str) -> None:
    with pytest.raises(BadDocument) as caught:
        read(text)
    assert caught.value.line == line
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "why", "seen"),
    [
        ("{{nowrap|x\n\n==A==\ny", 5, "this template ({{) is never closed", ["x", "y"]),
        ("\n{|\n| a\n==B==\nc", 6, "this table ({|) is never closed", ["c"]),
        ("{|\n| {{nowrap|x\n|}\ny", 6, "this template ({{) is never closed", ["y"]),
        ("{{x|\n{|\n| a\n}}\ny", 6, "this table ({|) is never closed", ["y"]),
        ("a\n<!-- b\nc", 6, "this <!-- is never closed", ["a", "c"]),
        ("a<ref name=b>x\nc", 5, "this <ref name=b> is never closed", ["a", "c"]),
        ("a<ref>b</ref> c<ref>d\n<ref>e", 5, "this <ref> is never closed", ["a c"]),
    ],
)  # fmt: skip
def test_what_is_never_closed_costs_its_own_line_and_is_named(text: str, line: int, why: str, seen: list[str]) -> None:
    claims = read(text).claims
    assert (line, why) in [(claim.line, claim.text) for claim in claims if isinstance(claim, RawClaim)]
    assert [claim.text for claim in claims if isinstance(claim, PassageClaim)] == seen


def test_an_infobox_that_is_never_closed_ends_with_its_last_value() -> None:
    text = (
        "{{Infobox NASCAR race report\n| Race_Name = A\n| Avg = {{convert|132.9|mph\n| Attendance = 40,000\n\nHe won."
    )
    (reading,) = WIKITEXT.read(of_text(text))
    told = facts(reading)
    assert (told["race_name"], told["average_speed_mph"], told["attendance"]) == ("A", 132.9, 40000)
    assert [claim.line for claim in reading.claims if isinstance(claim, RawClaim)] == [1, 3]


def test_days_that_do_not_exist_are_words() -> None:
    assert boxed("| Fulldate = {{Start date|2023|02|30}}")["date"] == "February 30, 2023"
    assert boxed("| Fulldate = {{Start date|2023|13|01}}")["date"] == "2023-13-01"


FILL = 390_000
EVIL = {
    **{
        repr(piece): BOX + piece * (FILL // len(piece))
        for piece in (
            "{{", "}}", "{|\n", "|}\n", "[[", "[[a|{{b}}", "{{a|[[b}}", "<ref>", "<b>", "<small>a\n", "[http://a ",
            "mailto:a ", "'''a''b", "=", "==a==\n", "* a\n", ";a:b\n", ";a:b", "&amp;", "<!--", "a\n", "|", "!\n",
            "<br>\n", "}}{|\n", "[[{|\n", "{{{a}}}", "----\n", "[[a]]", "<a ", "\ue000", "The 2016 A was a ",
        )
    },
    "deep templates": BOX + "{{a|" * 60_000 + "}}" * 60_000,
    "deep tables": BOX + "{|\n|\n" * 39 + "|}\n" * 39,
    "many rows": BOX + "==R==\n{|\n! Pos !! Driver\n" + "|-\n| 1 || a\n" * 3_900 + "|}",
    "10,000 columns": BOX + "==R==\n{|\n! Pos !! Driver\n|-\n| " + " || ".join("x" * 10_000) + "\n|}",
    "wide cells over rows": BOX + "{|\n|-\n| rowspan=9999 colspan=50 | x || y\n" + "|-\n| a\n" * 3_900 + "|}",
    "stray brackets before tables": BOX + "{|\n|-\n| a\n" + "}}{|\n" * 30_000 + "|}",
    "stray links before tables": BOX + "{|\n|-\n| a\n" + "[[{|\n" * 30_000 + "|}",
    "attributes": BOX + "{|\n|-" + ' a="' * 20_000 + "\n|x\n|}",
    "quotes of cells": BOX + "{|\n|-\n" + '| a="\n' * 7_000 + "\n|}",
    "a megabyte": BOX.rstrip("}\n") + "{{" * 500_000,
    "long pieces": BOX + ("mailto:a " * 6_600 + "\n") * 6,
}  # fmt: skip


def read_or_refused(document: Document) -> list[int]:
    """The lines that claims stand on, or the line of the fault."""
    try:
        return [claim.line for claim in WIKITEXT.read(document)[0].claims]
    except BadDocument as fault:
        return [fault.line]


@pytest.mark.slow
@pytest.mark.parametrize("text", EVIL.values(), ids=EVIL.keys())
def test_no_page_hangs_the_reader(text: str) -> None:
    document = of_text(text)
    assert WIKITEXT.recognizes(document)
    assert all(0 < line <= len(document.lines) for line in read_or_refused(document))


PIECES = st.sampled_from(
    ["{{", "}}", "{|", "|}", "|-", "||", "|", "!", "[[", "]]", "<ref>", "</ref>", "<!--", "-->", "==", "\n", "'''",
     "nowrap", "colspan=3", "rowspan=2", "Pos", "Driver", "1", "A B", "*", ";", ":", "<br>", "&nbsp;", "{{up}}",
     "Infobox NASCAR race report", "Race_No=", "=", "Points", "Stage 1", "Laps: 90", "\0"]
)  # fmt: skip


@examples(150)
@given(st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    document = of_text(BOX + "==Race results==\n" + text)
    assert all(1 <= line <= len(document.lines) for line in read_or_refused(document))


@pytest.mark.slow
@examples(30)
@given(st.data())
def test_a_page_with_lines_lost_or_doubled_is_read_or_refused(data: st.DataObject) -> None:
    lines = list(of_file(SAMPLE).lines)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place : place + 1] = data.draw(st.sampled_from([[], [lines[place]] * 2, [lines[place][::-1]]]))
    assert all(1 <= line <= len(lines) for line in read_or_refused(Document("page.wikitext", "", tuple(lines))))
