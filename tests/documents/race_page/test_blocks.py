"""Headings, tables and lists of race pages, marked and plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import Document
from bot.documents.race_page.blocks import (
    INFOBOX,
    ListItem,
    PageParagraph,
    PageRow,
    PageSection,
    PageTable,
    RuledTable,
    TableTitle,
    page_sections,
    page_title,
    split_row,
)


def written(*lines: str) -> Document:
    return Document("page.txt", "", lines)


def test_the_title_line_names_the_page_and_opens_no_section() -> None:
    page = written("= 2023 Ally 400 =", "", "A race.")
    assert page_title(page) == "2023 Ally 400"
    assert page_sections(page) == (PageSection(1, (), (PageParagraph(3, "A race."),)),)


def test_a_page_without_a_title_line_has_no_title() -> None:
    assert page_title(written("==Race==", "text")) is None


def test_headings_nest_by_their_marks() -> None:
    page = written("==Race==", "a", "===Race results===", "b", "====Stage results====", "c", "==Media==", "d")
    assert [(section.line, section.path) for section in page_sections(page)] == [
        (1, ("Race",)),
        (3, ("Race", "Race results")),
        (5, ("Race", "Race results", "Stage results")),
        (7, ("Media",)),
    ]
    assert [section.heading for section in page_sections(page)] == ["Race", "Race results", "Stage results", "Media"]


def test_a_table_title_is_replaced_by_the_next_one() -> None:
    page = written("==Standings==", ";Drivers' Championship", "a", ";Manufacturers' Championship", "b")
    assert [section.path for section in page_sections(page)] == [
        ("Standings", "Drivers' Championship"),
        ("Standings", "Manufacturers' Championship"),
    ]


def test_the_infobox_ends_where_its_list_ends() -> None:
    page = written("= Page =", "Infobox", "- Year: 2023", "", "The race.", "- an item of the text")
    box, rest = page_sections(page)
    assert (box.heading, box.blocks) == (INFOBOX, (ListItem(3, "Year: 2023"),))
    assert rest == PageSection(5, (), (PageParagraph(5, "The race."), ListItem(6, "an item of the text")))


def test_bare_titles_over_tables_are_no_paragraphs() -> None:
    page = written("==Stages==", "Stage One", "Laps: 90", "Stage 2 Laps: 95", "Stage fright took over.")
    assert page_sections(page)[0].blocks == (
        TableTitle(2, "Stage One"),
        TableTitle(3, "Laps: 90"),
        TableTitle(4, "Stage 2 Laps: 95"),
        PageParagraph(5, "Stage fright took over."),
    )


def test_a_table_keeps_the_line_of_each_row_and_empty_cells() -> None:
    page = written("==T==", "| Pos | Driver |", "| 1 | |", "", "| other |")
    assert page_sections(page)[0].blocks == (
        PageTable(2, (PageRow(2, ("Pos", "Driver")), PageRow(3, ("1", "")))),
        PageTable(5, (PageRow(5, ("other",)),)),
    )


@pytest.mark.parametrize(
    "line",
    [
        "| 47 | nowrap| Ricky Stenhouse Jr. | Ford |",
        "| 47 | nowrap | Ricky Stenhouse Jr. | Ford |",
        '| 47 | align="left" | Ricky Stenhouse Jr. | Ford |',
        "|47|Ricky Stenhouse Jr.|Ford|",
    ],
)
def test_what_formats_a_cell_is_no_cell(line: str) -> None:
    assert split_row(line) == ("47", "Ricky Stenhouse Jr.", "Ford")


@pytest.mark.parametrize("line", ["plain text", "|", "| open", "closed |", ""])
def test_other_lines_are_no_rows(line: str) -> None:
    assert split_row(line) is None


def test_a_ragged_row_says_how_many_cells_it_lacks_or_has_too_many() -> None:
    (section,) = page_sections(written("==T==", "| a | b |", "| 1 |", "| 1 | 2 | 3 |"))
    assert section.blocks == (
        PageTable(2, (PageRow(2, ("a", "b", "")), PageRow(3, ("1", "", ""), 1), PageRow(4, ("1", "2", "3"), -1))),
    )


def test_a_row_without_its_last_bar_is_a_row() -> None:
    (section,) = page_sections(written("==T==", "| a | b |", "| 1 | 2", "|"))
    assert section.blocks == (PageTable(2, (PageRow(2, ("a", "b")), PageRow(3, ("1", "2")), PageRow(4, ("", ""), 1))),)


def test_in_a_plain_page_a_short_line_between_blank_ones_is_a_heading() -> None:
    page = written(
        "The 2016 race was run.", "", "", "Race", "", "First half", "", "It began.", "", "", "Media", "", "x y."
    )
    assert [(section.path, section.blocks[0].line) for section in page_sections(page)] == [
        ((), 1),
        (("Race", "First half"), 8),
        (("Media",), 13),
    ]


def test_in_a_plain_page_sentences_are_no_headings() -> None:
    page = written("Opening.", "", "He won.", "", "a small start", "", "Ends with text", "after it", "", "Last: one")
    assert [section.path for section in page_sections(page)] == [()]


def test_the_first_words_of_a_plain_page_are_no_heading() -> None:
    assert page_sections(written("", "Short start", "", "More."))[0].path == ()


def test_a_table_set_with_spaces_keeps_its_rows() -> None:
    page = written(
        "Opening.", "", " Pos Driver Points", " --- ---- -----", " 1 Joey Logano 4,000", " 2 A. B. 3", "", "End."
    )
    assert page_sections(page)[0].blocks[1] == RuledTable(
        3, "Pos Driver Points", (PageParagraph(5, "1 Joey Logano 4,000"), PageParagraph(6, "2 A. B. 3"))
    )


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                "= T =",
                "==A==",
                "===B===",
                ";C",
                "Infobox",
                "- x: 1",
                "Stage One",
                "| a | b |",
                "| a |",
                "--- ---",
                "Word",
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=20,
)


@given(LINES)
def test_every_line_is_a_heading_or_in_exactly_one_block(lines: list[str]) -> None:
    """Nothing is lost, whatever the lines are."""
    found = page_sections(written(*lines))
    inside: list[int] = []
    for section in found:
        for block in section.blocks:
            inside += [row.line for row in block.rows] if isinstance(block, PageTable | RuledTable) else [block.line]
            inside += [block.line, block.line + 1] if isinstance(block, RuledTable) else []
    assert len(inside) == len(set(inside))
    assert all(lines[number - 1].strip() for number in inside)
    missing = {number for number, line in enumerate(lines, 1) if line.strip()} - set(inside)
    plain = not any(line.strip().startswith("=") for line in lines)
    for number in missing:
        line = lines[number - 1].strip()
        assert line[0] in "=;" or line == INFOBOX or plain
