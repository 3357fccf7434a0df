"""Cards become embeds inside Discord's limits, whatever they hold."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from bot.cards import Argument, Card, Citation, Column, Fact, Facts, FollowUp, Question, Quote, Quotes, Table
from bot.frontend import limits
from bot.frontend.layout import PAGE_ROWS, card_page, notice_embed, page_embed, page_texts
from bot.frontend.markup import command_line
from bot.frontend.text_table import TABLE_WIDTH, table_lines, text_width
from tests.support.discord import displayed
from tests.support.examples import examples

ODD = st.sampled_from(
    [
        "**bold**",
        "@everyone",
        "<@123>",
        "`code`",
        "```",
        "\u200b\u200e",
        "שלום",
        "||x||",
        "[a](http://b.c)",
        "# big",
        "日本語",
        "e\u0301",
    ]
)
LETTERS = st.characters(exclude_categories=("Cs", "Cn"))
TEXT = st.lists(st.one_of(st.text(LETTERS, max_size=40), ODD), max_size=4).map(" ".join)
LONG = st.one_of(TEXT, st.integers(1, 9000).map(lambda n: "Chastain * _ ` " * (n // 15)), st.just("x" * 7000))
CITATION = st.builds(Citation, TEXT, TEXT, TEXT, st.none() | st.integers(1, 500))
FACTS = st.builds(Facts, st.lists(st.builds(Fact, TEXT, LONG), max_size=30).map(tuple), TEXT)
QUOTE = st.builds(
    Quote, LONG, CITATION, TEXT, st.lists(st.tuples(st.integers(-5, 200), st.integers(-5, 200)), max_size=4).map(tuple)
)
QUOTES = st.builds(Quotes, st.lists(QUOTE, max_size=5).map(tuple), TEXT)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.builds(Column, TEXT, st.booleans(), st.booleans()), min_size=1, max_size=12))
    row = st.lists(TEXT, min_size=len(columns), max_size=len(columns)).map(tuple)
    return Table(tuple(columns), tuple(draw(st.lists(row, max_size=45))), draw(TEXT), draw(TEXT))


CARD = st.builds(
    Card,
    title=LONG,
    question=st.just(Question("race", (Argument("name", "cup-2023-17", "race"),))),
    summary=LONG,
    blocks=st.lists(st.one_of(FACTS, tables(), QUOTES), max_size=4).map(tuple),
    notes=st.lists(TEXT, max_size=3).map(tuple),
    as_of=TEXT,
    citations=st.lists(CITATION, max_size=40).map(tuple),
    follow_ups=st.lists(st.builds(FollowUp, TEXT, st.just(Question("help"))), max_size=7).map(tuple),
    tone=st.sampled_from(["answer", "nothing", "error", "moderator"]),
)


@pytest.mark.slow
@examples(60)
@given(CARD)
def test_every_page_of_any_card_is_inside_the_limits(card: Card) -> None:
    typed = tuple(command_line("/race name:" + "x" * 400) for _ in range(7))
    for number in range(min(len(page_texts(card)), 12)):
        embed = page_embed(card, card_page(card, number), typed)
        assert 1 <= len((embed.description or "").strip()) <= limits.EMBED_DESCRIPTION_CHARS
        assert len(embed.title or "") <= limits.EMBED_TITLE_CHARS
        assert len(embed.footer.text or "") <= limits.EMBED_FOOTER_CHARS
        assert len(embed) <= limits.MESSAGE_EMBED_CHARS
        assert (embed.description or "").count("```") % 2 == 0


@pytest.mark.parametrize(("word", "often"), [("Chastain ", 1500), ("*_~` ", 1500), ("w", 9000)])
def test_a_quote_of_any_length_is_cut_at_spaces_and_loses_nothing(word: str, often: int) -> None:
    text = (word * often).strip()
    card = Card(
        "Told", Question("race", ()), blocks=(Quotes((Quote(text, Citation("page.txt", "race page", "x", 1)),)),)
    )
    parts = [page_embed(card, card_page(card, number)).description or "" for number in range(len(page_texts(card)))]
    assert len(parts) > 1
    displayed_text = "".join(displayed(part) for part in parts)
    assert displayed_text.count(word.strip()) == often
    if word == "Chastain ":
        assert not any(re.search(r"Chast?a?i?$", part) for part in parts), "a name is cut in two"


def newly_wide(character: str) -> bool:
    """Signs of the Book of Changes and their like became wide in Unicode 16, which Python 3.11 to 3.13 do not know."""
    return wcwidth(character) == 2 and unicodedata.east_asian_width(character) not in {"W", "F"}


@examples(60)
@given(tables())
def test_no_line_of_any_table_is_wider_than_a_phone(table: Table) -> None:
    head, rows = table_lines(table)
    assert len(rows) == len(table.rows)
    for line in (*head, *(line for row in rows for line in row)):
        assert wcswidth(line) - sum(map(newly_wide, line)) <= TABLE_WIDTH
        assert "`" not in line
        assert "\n" not in line


def card_of(*blocks: Facts | Table | Quotes, citations: tuple[Citation, ...] = ()) -> Card:
    return Card("2023 Ally 400", Question("race"), "Ross Chastain won.", blocks, ("a note",), "", citations)


def test_a_long_table_is_dealt_out_and_its_heading_repeated() -> None:
    columns = (Column("Pos", numeric=True), Column("Driver", shrinks_first=True))
    table = Table(columns, tuple((str(n), f"Driver {n}") for n in range(1, 45)), "Points", "44 rows")
    pages = page_texts(card_of(table))
    assert len(pages) == 3
    assert all("### Points" in page and "Pos  Driver" in page for page in pages)
    assert pages[0].startswith("Ross Chastain won.\n-# a note")
    assert pages[2].endswith("-# 44 rows")
    found = [int(n) for page in pages for n in re.findall(r"^ *(\d+)  Driver \d", page, re.MULTILINE)]
    assert found == list(range(1, 45))


def test_a_short_table_is_kept_together() -> None:
    table = Table((Column("Driver"),), tuple((f"Driver {n}",) for n in range(PAGE_ROWS)))
    assert len(page_texts(card_of(table))) == 1


def test_the_growing_column_is_cut_and_numbers_stay_whole() -> None:
    columns = (
        Column("Pos", numeric=True),
        Column("Driver", shrinks_first=True),
        Column("Team"),
        Column("Points", numeric=True),
    )
    head, rows = table_lines(Table(columns, (("1", "Ricky Stenhouse Jr.", "JTG Daugherty Racing", "1,234"),)))
    assert head[0].startswith("Pos Driver")
    assert rows == (("  1 Ricky Sten… JTG Daugherty R…  1,234",),)
    assert all(len(line) <= TABLE_WIDTH for line in (*head, *rows[0]))


def test_a_column_may_begin_a_second_line_so_that_two_long_names_are_read_whole() -> None:
    columns = (
        Column("Rd", numeric=True),
        Column("Race", shrinks_first=True),
        Column("Track", shrinks_first=True, starts_line=True),
    )
    table = Table((*columns, Column("Winner")), (("18", "Ally 400", "Nashville Superspeedway", "Joey Logano"),))
    head, rows = table_lines(table)
    assert head[:2] == ("Rd Race", "   Track                   Winner")
    assert rows == (("18 Ally 400", "   Nashville Superspeedway Joey Logano"),)
    _, cut = table_lines(Table((*columns, Column("Winner")), (("17", "Ally " * 9, "Nashville " * 5, "Ross Chastain"),)))
    assert all(text_width(line) <= TABLE_WIDTH for line in cut[0])
    assert cut[0][1].endswith("Ross Chastain")


def test_empty_columns_are_left_out_and_too_many_go_on_a_second_line() -> None:
    columns = tuple(Column(name, numeric=True) for name in ("first", "second", "third", "fourth", "fifth"))
    head, rows = table_lines(Table(columns, (("1", "", "3" * 12, "4" * 12, "5" * 12),)))
    assert "second" not in "".join(head)
    assert len(rows[0]) == 2
    assert rows[0][1].startswith("  ")


def test_wide_letters_are_counted_as_wide() -> None:
    _, rows = table_lines(Table((Column("x", shrinks_first=True), Column("y")), (("日本語" * 20, "end"),)))
    assert wcswidth(rows[0][0]) <= TABLE_WIDTH
    assert rows[0][0].endswith(" end")


def test_words_that_were_searched_for_are_bold_in_quotes() -> None:
    source = Citation("2023 Ally 400", "recap", "recap.txt", 3)
    bold = ((9, 11), (10, 15), (15, 16), (90, 95))
    quote = Quote("A *loose* wheel sent Reddick", source, "Stage 2", bold)
    [page] = page_texts(card_of(Quotes((quote,), "Found")))
    assert page.endswith("### Found\n-# Stage 2\n> A \\*loose\\* **wheel** sent Reddick")


def test_quotes_of_several_documents_name_theirs() -> None:
    quotes = tuple(
        Quote("So it was.", Citation("2023 Ally 400", kind, f"{kind}.txt")) for kind in ("recap", "race page")
    )
    [page] = page_texts(card_of(Quotes(quotes)))
    assert "-# recap\n> So it was." in page
    assert "-# race page\n> So it was." in page


def test_a_card_says_from_where_as_of_when_and_which_page() -> None:
    card = Card(
        "Points", Question("standings"), "x" * 4000, as_of="after race 17 of 36",
        citations=(Citation("2023 Ally 400", "race page", "a.txt"), Citation("2023 Ally 400", "race page", "a.txt", 9),
                   Citation("2023 Ally 400", "recap", "b.txt")),
    )  # fmt: skip
    embed = page_embed(card, card_page(card, 1))
    assert embed.footer.text == "After race 17 of 36 · Page 2 of 3"
    assert (embed.description or "").endswith("\n\n-# Sources: race page, 2023 Ally 400 · recap, 2023 Ally 400")


def test_a_page_that_is_not_there_is_the_last_one() -> None:
    assert card_page(card_of(), 99).number == 0


def test_a_notice_prints_the_commands_that_fit_no_button() -> None:
    embed = notice_embed("Which *one*?", command_lines=(command_line("/race name:`x`"),))
    assert embed.description == "Which \\*one\\*?\n\n`/race name:'x'`"
