"""Nothing that is shown is read as markup, and nothing is longer than it may be."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.frontend import limits
from bot.frontend.text.markup import command_line, count_marks, escape, escape_and_cut, label
from tests.support.discord import displayed


@given(st.text(), st.integers(2, 300))
def test_what_is_shown_is_what_was_written_and_nothing_is_live(text: str, max_length: int) -> None:
    safe = escape(text)
    bare = re.sub(r"\\[^A-Za-z0-9\s]", "", safe)
    assert not re.search(r"[\\*_~|`\[\]]", bare)
    assert not re.search(r"@(everyone|here)|<[@#:]|://", bare)
    assert len(escape_and_cut(text, max_length)) <= max_length


@given(st.text(alphabet=string.printable[:95]))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert displayed(escape(text)) == text


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("**bold**", r"\*\*bold\*\*"),
        ("@everyone <@12> <#3>", "@\u200beveryone <\u200b@\u200b12> <\u200b#3>"),
        ("https://x.y", "https:\u200b//x.y"),
        ("#45 > rest", "\\#45 > rest"),
        ("write to <a@b.c>", "write to <\u200ba@b.c>"),
        ("<mailto:a@b.c> <tel:+4930123456>", "<\u200bmailto:a@b.c> <\u200btel:+\u200b4930123456>"),
        ("<+4930123456>", "<\u200b+\u200b4930123456>"),
        ("call +49 30 123456 now", "call +\u200b49 30 123456 now"),
        ("+0.512 s, then +1 lap", "\\+0.512 s, then +1 lap"),
        (
            "</race:12> <id:home> <t:0:R> <a:x:1> <@&5>",
            "<\u200b/race:12> <\u200bid:home> <\u200bt:0:R> <\u200ba:x:1> <\u200b@\u200b&5>",
        ),
        ("join discord.gg/abc", "join discord\u200b.gg/abc"),
        ("laps < 5 and 3 <4", "laps < 5 and 3 <\u200b4"),
        ("zero\u200bwidth\u202e", "zerowidth"),
    ],
)
def test_markup_and_mentions_are_taken_apart(typed: str, safe: str) -> None:
    assert escape(typed) == safe


@given(st.text(), st.integers(1, 100))
def test_labels_fit_and_are_never_empty(text: str, max_length: int) -> None:
    assert 1 <= len(label(text, max_length)) <= max_length
    assert 1 <= len(label(text)) <= limits.BUTTON_LABEL_CHARS


def test_every_command_line_and_label_is_one_plain_line() -> None:
    hostile = "<a@b.c>\n`+4930123456` <#5>\u202e\x1b[2J"
    assert command_line(hostile).count("`") == 2
    assert command_line(hostile)[1:-1].isprintable()
    assert label(hostile).isprintable()


def test_what_stands_in_code_is_no_markup() -> None:
    assert count_marks("### Points\n```\n**a** \\ b\n```\n`/race name:**x**` **bold** \\*") == 6
