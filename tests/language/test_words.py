"""Words with their places, and texts cut to a length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.fold import fold
from bot.language.shortening import one_line, shorten
from bot.language.words import Word, words

TEXT = st.text(st.sampled_from("aB1 -'’._é\u200b&"), max_size=60) | st.text(max_size=60)


def test_a_word_knows_its_place_and_its_one_form() -> None:
    assert list(words("O'Reilly led, 2-1.")) == [
        Word("O'Reilly", "oreilly", 0, 8),
        Word("led", "led", 9, 12),
        Word("2", "2", 14, 15),
        Word("1", "1", 16, 17),
    ]


@given(TEXT)
def test_words_and_what_lies_between_them_are_the_text(text: str) -> None:
    end, parts = 0, []
    for word in words(text):
        assert text[word.start : word.end] == word.text
        gap = text[end : word.start]
        assert not any(letter.isalnum() for letter in gap)
        parts += [gap, word.text]
        end = word.end
    assert "".join(parts) + text[end:] == text


@given(TEXT)
def test_a_word_is_folded_once_and_for_all(text: str) -> None:
    assert all(word.folded == fold(word.folded) == fold(word.text) for word in words(text))


@pytest.mark.parametrize(
    ("text", "max_length", "expected"),
    [("Chastain", 8, "Chastain"), ("Chastain", 7, "Chasta…"), ("", 3, ""), ("a\n b", 3, "a\n…")],
)
def test_a_text_is_cut_only_where_it_is_too_long(text: str, max_length: int, expected: str) -> None:
    assert shorten(text, max_length) == expected


@given(st.text(max_size=300), st.integers(1, 60))
def test_one_line_is_short_and_has_single_spaces(text: str, max_length: int) -> None:
    line = one_line(text, max_length)
    assert len(line) <= max_length
    assert line == " ".join(line.split())
    assert line == line.strip()
