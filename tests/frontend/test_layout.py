"""Cards become pages of components inside Discord's limits, whatever they hold."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from bot.cards import (
    TABLE_WIDTH,
    Argument,
    AttachedFile,
    Card,
    Citation,
    Column,
    Fact,
    Facts,
    FollowUp,
    Part,
    Question,
    Quote,
    Quotes,
    Table,
)
from bot.errors import AmbiguousName
from bot.frontend.components import card_controls
from bot.frontend.layout import card_view, notice_view
from bot.frontend.messages import OutgoingMessage, build_message, problem_message
from bot.frontend.text.markup import command_line
from bot.frontend.text.pages import card_page
from bot.frontend.text.pieces import PAGE_ROWS
from bot.frontend.text.text_table import table_lines
from bot.language.moments import moment
from bot.language.text_width import text_width
from tests.support.discord import displayed
from tests.support.examples import examples
from tests.support.pages import card_faults, card_pages, message_faults, page_text, page_texts

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
FOLLOW_UP = st.builds(
    FollowUp,
    TEXT,
    st.builds(Question, st.just("help"), TEXT.map(lambda text: (Argument("command", text),))),
    description=TEXT,
)
FOLLOW_UPS = st.lists(FOLLOW_UP, max_size=40).map(tuple)
FACT = st.builds(Fact, TEXT, LONG, follow_ups=st.lists(FOLLOW_UP, max_size=3).map(tuple))
FACTS = st.builds(Facts, st.lists(FACT, max_size=30).map(tuple), TEXT)
QUOTE = st.builds(
    Quote, LONG, CITATION, TEXT, st.lists(st.tuples(st.integers(-5, 200), st.integers(-5, 200)), max_size=4).map(tuple)
)
QUOTES = st.builds(Quotes, st.lists(QUOTE, max_size=5).map(tuple), TEXT)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.builds(Column, TEXT, st.booleans(), st.booleans()), min_size=1, max_size=12))
    row = st.lists(TEXT, min_size=len(columns), max_size=len(columns)).map(tuple)
    return Table(tuple(columns), tuple(draw(st.lists(row, max_size=45))), draw(TEXT), draw(TEXT))


PARTS = st.lists(st.builds(Part, st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), TEXT.map(lambda t: t or "x"), TEXT))
CARD = st.builds(
    Card,
    title=LONG,
    question=st.just(Question("race", (Argument("name", "cup-2023-17", "race"),))),
    summary=LONG,
    blocks=st.lists(st.one_of(FACTS, tables(), QUOTES), max_size=4).map(tuple),
    note=LONG,
    as_of=TEXT,
    citations=st.lists(CITATION, max_size=40).map(tuple),
    follow_ups=FOLLOW_UPS,
    tone=st.sampled_from(["answer", "nothing", "error", "moderator"]),
    parts=PARTS.map(tuple),
    chart_question=st.sampled_from([None, Question("chart")]),
    address=st.one_of(TEXT, st.sampled_from(["https://en.example/wiki/2023_Ally_400", "https://a.b/(c)", "ftp://a"])),
    is_spoiler=st.booleans(),
)


@pytest.mark.slow
@examples(60)
@given(CARD)
def test_every_page_of_any_card_is_inside_the_limits(card: Card) -> None:
    assert card_faults(replace(card, parts=tuple({part.code: part for part in card.parts}.values()))) == []


@examples(15)
@given(LONG, st.lists(st.tuples(TEXT, TEXT), max_size=40))
def test_any_notice_is_inside_the_limits(text: str, candidates: list[tuple[str, str]]) -> None:
    problem = AmbiguousName("driver", "x", candidates)
    message = problem_message(text, problem, Question("driver", (Argument("name", "x"),)))
    assert message_faults(message) == []


@pytest.mark.parametrize(("word", "often"), [("Chastain ", 1500), ("*_~` ", 600), ("w", 9000)])
def test_a_quote_of_any_length_is_cut_at_spaces_and_loses_nothing(word: str, often: int) -> None:
    text = (word * often).strip()
    card = Card(
        "Told", Question("race", ()), blocks=(Quotes((Quote(text, Citation("page.txt", "race page", "x", 1)),)),)
    )
    parts = page_texts(card)
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
    return Card("2023 Ally 400", Question("race"), "Ross Chastain won.", blocks, citations=citations, note="a note")


def test_a_long_table_is_dealt_out_and_its_heading_repeated() -> None:
    columns = (Column("Pos", numeric=True), Column("Driver", shrinks_first=True))
    table = Table(columns, tuple((str(n), f"Driver {n}") for n in range(1, 45)), "Points", "44 rows")
    pages = page_texts(card_of(table))
    assert len(pages) == 3
    assert all("### Points" in page and "Pos  Driver" in page for page in pages)
    assert pages[0].startswith("## Ross Chastain won.\n**2023 Ally 400**\n-# a note")
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
    assert rows == (("  1 Ricky Sten… JTG Daugherty…   1,234",),)
    assert all(len(line) <= TABLE_WIDTH for line in (*head, *rows[0]))


def test_a_column_may_begin_a_second_line_so_that_two_long_names_are_read_whole() -> None:
    columns = (
        Column("Rd", numeric=True),
        Column("Race", shrinks_first=True),
        Column("Track", shrinks_first=True, starts_line=True),
    )
    table = Table((*columns, Column("Winner")), (("18", "Ally 400", "Nashville Superspeedway", "Joey Logano"),))
    head, rows = table_lines(table)
    assert head == ("Rd Race", "   Track                   Winner")
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


def test_the_first_line_answers_alone_and_what_follows_is_smaller() -> None:
    summary, address = "Truex Jr. led 50 laps. Nobody led more.", "https://a.b/2023_Ally_400"
    card = Card("2023 Ally 400", Question("race"), summary, note="The latest of 5: add a year.", address=address)
    assert card_page(card).head.split("\n") == [
        "## Truex Jr. led 50 laps.",
        "**[2023 Ally 400](https://a.b/2023_Ally_400)**",
        "-# The latest of 5: add a year.",
    ]
    assert [text.text for text in card_page(card).texts] == ["Nobody led more."]


@pytest.mark.parametrize(
    ("title", "summary", "lines"),
    [
        ("Ross Chastain", "Ross Chastain has won twice.", ["## Ross Chastain has won twice."]),
        ("What you can ask", "", ["## What you can ask"]),
        ("Points", "x" * 91, ["### " + "x" * 91, "**Points**"]),
    ],
)
def test_nothing_is_said_twice_and_a_long_answer_is_less_large(title: str, summary: str, lines: list[str]) -> None:
    assert card_page(Card(title, Question("race"), summary)).head.split("\n") == lines


def test_of_a_long_sentence_of_two_halves_the_first_one_answers() -> None:
    first, second = "Hamlin finished ahead of Busch in 358 of 709 races", "busch was better at wins and laps led" * 4
    page = card_page(Card("Two drivers", Question("compare"), f"{first}; {second}."))
    assert page.head.startswith(f"## {first}.\n")
    assert page.texts[0].text.startswith("Busch was better at wins")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a.b/ x", "https://a.b/)(", "", "//a.b"])
def test_a_title_leads_to_no_address_but_one_of_the_web(address: str) -> None:
    card = Card("2023 Ally 400", Question("race"), "Ross Chastain won.", address=address)
    assert "](" not in card_page(card).head


def test_later_pages_begin_with_the_title() -> None:
    pages = page_texts(Card("Points", Question("standings"), "x" * 4000))
    assert pages[1].startswith("### Points\n\nxxx")


def test_small_print_says_as_of_when_from_what_and_which_page() -> None:
    card = Card(
        "Points", Question("standings"), "x" * 4000, as_of="after race 17 of 36",
        citations=(Citation("2023 Ally 400", "race page", "a.txt"), Citation("2023 Ally 400", "race page", "a.txt", 9),
                   Citation("2023 Wawa 250", "race page", "c.txt"), Citation("2023 Ally 400", "recap", "b.txt")),
    )  # fmt: skip
    assert last_text(build_message(card, 1)) == "-# After race 17 of 36 · From 2 race pages, recap · Page 2"
    assert last_text(build_message(replace(card, summary="x"), shared_by="A *fan*")).endswith("· Shared by A \\*fan\\*")


def last_text(message: OutgoingMessage) -> str:
    """The last text of a message."""
    return str(message.view.to_components()[0]["components"][-1]["content"])


def test_a_page_that_is_not_there_is_the_last_one() -> None:
    assert card_page(card_of(), 99).number == 0
    assert not card_page(card_of(), 99).has_next


def test_only_the_page_that_is_shown_is_written() -> None:
    passage = Quote("A loose wheel. " * 70, Citation("2023 Ally 400", "recap", "recap.txt", 3))
    no_table = Table((Column("Pos"), Column("Driver")), (("1",), ("2", "Ross Chastain")))
    card = card_of(Quotes((passage,) * 3), no_table)
    assert card_page(card).has_next
    with pytest.raises(ValueError, match="zip"):
        card_page(card, 99)


def test_what_is_the_same_in_every_row_is_said_once_above_the_table() -> None:
    columns = (Column("Pos", numeric=True), Column("Make"), Column("Laps", numeric=True), Column("Driver"))
    table = Table(
        (*columns, Column("Wins", stays=True)), tuple((str(n), "Ford", "300", f"D{n}", "0") for n in range(4))
    )
    text = page_text(card_page(card_of(table)))
    assert "**Make** Ford · **Laps** 300\n```\nPos  Driver  Wins\n  0  D0      0\n" in text
    two_rows = replace(table, rows=table.rows[:2])
    assert "Make" in "".join(table_lines(two_rows)[0])


def test_a_page_of_a_table_has_no_column_that_is_empty_on_that_page() -> None:
    columns = (Column("Pos", numeric=True), Column("Driver"), Column("Gap", numeric=True))
    rows = tuple((str(n), f"Driver {n}", "-2" if n > 20 else "") for n in range(1, 31))
    first, second = page_texts(card_of(Table(columns, rows)))
    assert "Gap" not in first
    assert "Pos  Driver     Gap\n 16  Driver 16" in second


def test_a_row_of_many_numbers_is_cut_before_it_takes_a_second_line() -> None:
    columns = (
        *(Column(name, numeric=True) for name in ("Pos", "No")),
        Column("Driver", shrinks_first=True),
        *(Column(name, numeric=True) for name in ("St", "Led", "Pts", "Gap")),
    )
    _, rows = table_lines(Table(columns, (("10", "300", "Witherspoon", "41", "176", "1500", "gearbox"),)))
    assert rows == ((" 10 300 Witherspo… 41 176 1500 gearbox",),)


def test_a_table_has_no_rule_of_dashes() -> None:
    head, _ = table_lines(Table((Column("Pos", numeric=True), Column("Driver")), (("1", "Ross Chastain"),)))
    assert head == ("Pos  Driver",)


def test_a_moment_is_the_readers_own_in_text_and_words_in_a_table() -> None:
    start = moment(datetime(2023, 6, 25, 19, 30, tzinfo=UTC))
    table = Table((Column("Start"),), ((start,),))
    text = page_text(card_page(card_of(Facts((Fact("Start", f"at {start}"),)), table)))
    assert "**Start** at <t:1687721400:f>" in text
    assert "\nJune 25, 2023, 19:30 UTC\n" in text


def test_a_moderators_buttons_stand_beside_their_facts_and_a_fans_in_the_select() -> None:
    one, two = (FollowUp(name, Question("help", (Argument("command", name),))) for name in ("Apply", "Discard"))
    facts = Facts((Fact("Plan", "a", follow_ups=(one,)), Fact("Choice", "b", follow_ups=(one, two)), Fact("x", "y")))
    card = card_of(facts)
    kinds = [part["type"] for part in drawn(replace(card, tone="moderator"))[0]["components"]]
    assert kinds == [10, 10, 1, 10, 1, 10]
    controls = card_controls(card, card_page(card))
    assert [button.label for button in controls.buttons] == ["Apply", "Discard"]


def test_a_follow_up_that_is_named_like_its_fact_is_chosen_from_the_select() -> None:
    choices = tuple(FollowUp(name, Question("help", (Argument("command", name),))) for name in ("a.txt", "b.txt"))
    facts = Facts(tuple(Fact(one.label, "a recap", follow_ups=(one,)) for one in choices))
    page = card_page(replace(card_of(facts), tone="moderator"))
    controls = card_controls(replace(card_of(facts), tone="moderator"), page)
    assert [entry.label for entry in controls.entries] == ["a.txt", "b.txt"]
    assert controls.buttons == ()
    assert controls.text_buttons == ((),)


def test_what_a_select_leads_to_stands_in_it_once() -> None:
    questions = [Question("help", (Argument("command", name),)) for name in ("race", "results", "driver")]
    buttons = tuple(FollowUp(f"More of {question.arguments[0].value}", question) for question in questions)
    named_like_its_fact = FollowUp("Driver", questions[-1])
    card = card_of(Facts((Fact("x", "y", follow_ups=buttons), Fact("Driver", "z", follow_ups=(named_like_its_fact,)))))
    entries = card_controls(card, card_page(card)).entries
    assert [entry.label for entry in entries] == ["More of results", "More of driver"]


def test_no_message_has_two_buttons_that_ask_the_same() -> None:
    one, two, three = (FollowUp(name, Question("help", (Argument("command", name),))) for name in ("a", "b", "c"))
    facts = Facts((Fact("x", "y", follow_ups=(one, one)), Fact("z", "z", follow_ups=(one, two))))
    card = replace(card_of(facts), tone="moderator", follow_ups=(two, three), chart_question=Question("chart"))
    card = replace(card, follow_ups=(*card.follow_ups, FollowUp("As a chart", Question("chart"))))
    controls = card_controls(card, card_page(card))
    assert [[button.label for button in buttons] for buttons in controls.text_buttons] == [["a"], ["b"]]
    assert [button.label for button in controls.buttons] == ["Chart", "c"]
    assert card_faults(card) == []


def drawn(card: Card) -> list[dict[str, Any]]:
    """The components of the first page of a card."""
    page = card_page(card)
    return card_view(card, page, card_controls(replace(card, follow_ups=()), page)).to_components()


def test_a_card_can_be_hidden_and_pictures_have_words() -> None:
    picture = AttachedFile("grid to finish.png", b"png", "Ross Chastain led from the pole.")
    message = build_message(replace(card_of(), is_spoiler=True, files=(picture, AttachedFile("a.csv", b"1"))))
    container = message.view.to_components()[0]
    assert container["spoiler"]
    gallery, file = (part for part in container["components"] if part["type"] in {12, 13})
    [item] = gallery["items"]
    assert item["media"]["url"] == "attachment://grid_to_finish.png"
    assert item["description"] == "Ross Chastain led from the pole."
    assert file["file"]["url"] == "attachment://a.csv"
    assert message_faults(message) == []


def test_a_notice_prints_the_commands_that_fit_no_button() -> None:
    view = notice_view("Which *one*?", command_lines=(command_line("/race name:`x`"),))
    assert [part["content"] for part in view.to_components()[0]["components"]] == [
        "Which \\*one\\*?",
        "`/race name:'x'`",
    ]


def test_every_page_is_reached_and_only_the_last_has_none_after_it() -> None:
    table = Table((Column("Driver"),), tuple((f"Driver {n}",) for n in range(45)))
    assert [(page.number, page.has_next) for page in card_pages(card_of(table))] == [(0, True), (1, True), (2, False)]
