"""Numbers, places in an order and months, in digits and in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.months import MONTH, MONTHS, month_number
from bot.language.numbers import COUNT, MAX_NUMBER, number_words, parse_count
from bot.language.ordinals import ORDINAL, ordinal, ordinal_words, parse_ordinal


def test_a_number_in_words_is_read_as_the_same_number() -> None:
    for number in range(MAX_NUMBER + 1):
        assert parse_count(number_words(number)) == parse_count(number_words(number).title()) == number
        assert (
            parse_count(number_words(number).replace("hundred ", "hundred and ")) == parse_count(str(number)) == number
        )
    assert [number_words(number) for number in (0, 14, 40, 85, 300, 941)] == [
        "zero", "fourteen", "forty", "eighty-five", "three hundred", "nine hundred forty-one",
    ]  # fmt: skip


def test_a_place_in_words_and_in_digits_is_read_as_the_same_place() -> None:
    for place in range(MAX_NUMBER + 1):
        assert parse_ordinal(ordinal_words(place)) == parse_ordinal(ordinal(place)) == place
    assert [ordinal_words(place) for place in (1, 5, 12, 20, 33, 100, 109)] == [
        "first", "fifth", "twelfth", "twentieth", "thirty-third", "one hundredth", "one hundred ninth",
    ]  # fmt: skip
    assert [ordinal(place) for place in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th",
    ]  # fmt: skip


def test_patterns_take_the_words_of_two_digits_whole() -> None:
    for number in range(1, 100):
        assert re.fullmatch(COUNT, number_words(number))
        assert re.fullmatch(ORDINAL, ordinal_words(number))
        found = re.search(ORDINAL, f"He was {ordinal_words(number)}.")
        assert found
        assert parse_ordinal(found[0]) == number


def test_counts_and_ordinals_are_read_in_digits_and_words() -> None:
    assert [parse_count(word) for word in ("34", "two", "twenty-one", "Ninety")] == [34, 2, 21, 90]
    assert [parse_ordinal(word) for word in ("17th", "P4", "third", "Twenty-first", "thirtieth")] == [17, 4, 3, 21, 30]
    with pytest.raises(KeyError):
        parse_count("many")
    with pytest.raises(KeyError):
        parse_ordinal("last")


@pytest.mark.parametrize(
    "text", ["", "many", "hundred", "ten hundred", "two hundred and", "two hundredth", "one-two", "²"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(KeyError):
        parse_count(text)


@pytest.mark.parametrize("number", [-1, MAX_NUMBER + 1])
def test_only_three_digits_are_written_in_words(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        ordinal_words(number)


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_a_key_error(text: str) -> None:
    for parse in (parse_count, parse_ordinal):
        try:
            assert parse(text) >= 0
        except KeyError:
            continue


def test_months_are_known_in_full_and_shortened() -> None:
    for number, name in enumerate(MONTHS, 1):
        assert month_number(name) == month_number(name[:3].lower()) == number
        assert re.fullmatch(MONTH, name)
        assert re.fullmatch(MONTH, name[:3])
    assert re.fullmatch(MONTH, "Sept.")
    assert not re.fullmatch(MONTH, "May.")
    assert month_number("Sept.") == 9
    with pytest.raises(KeyError):
        month_number("Monday")
