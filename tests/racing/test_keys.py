"""The keys of races and sessions: what is written can be read back, and stored text stays what it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.racing.race_key import RaceKey, key_by_document, key_by_name, race_order_key
from bot.racing.sessions import (
    LINEUP_SESSION,
    PRACTICE_SESSION,
    QUALIFYING_SESSION,
    RACE_SESSION,
    is_practice,
    is_qualifying,
    is_stage,
    margin_field,
    practice_key,
    session_kind,
    session_rank,
    session_title,
    stage_key,
    stage_keys,
    stage_number_of,
)

numbers = st.integers(min_value=1, max_value=99)


@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True), st.integers(1900, 2199), numbers)
def test_a_full_key_is_read_back_from_its_text(series: str, season: int, number: int) -> None:
    key = RaceKey(series, season, number)
    assert RaceKey.parse(str(key)) == key
    assert RaceKey.of(series, season, number) == key


@given(st.sampled_from(["cup", "nxs", "truck", "arca"]), st.integers(1900, 2099), numbers)
def test_a_key_that_somebody_types_is_found(series: str, season: int, number: int) -> None:
    assert RaceKey.find(f"{series}-{season}-{number}") == RaceKey(series, season, number)


NO_FULL_KEYS = (
    "", "cup", "cup-2023", "cup-2023-0", "cup-2023-017", "cup-1823-1", "Cup-2023-1", "cup-2023-1 ", None,
    key_by_name("cup", 2023, "ally-400"), key_by_document("story"), "nascar-winston-west-series-1990-3",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_FULL_KEYS)
def test_what_is_no_full_key_is_none(text: str | None) -> None:
    assert RaceKey.find(text) is None


@pytest.mark.parametrize("text", ["", "cup-2023", key_by_name("cup", 2023, "ally-400"), key_by_document("story")])
def test_no_key_is_read_out_of_other_text(text: str) -> None:
    with pytest.raises(ValueError, match=r"unpack|invalid literal"):
        RaceKey.parse(text)


def test_a_race_of_which_one_part_is_not_told_has_no_full_key() -> None:
    assert RaceKey.of(None, 2023, 17) is None
    assert RaceKey.of("cup", None, 17) is None
    assert RaceKey.of("cup", 2023, None) is None


def test_keys_of_races_are_the_text_that_archives_hold() -> None:
    assert str(RaceKey("cup", 2023, 17)) == "cup-2023-17"
    assert key_by_name("cup", 2023, "ally-400") == "cup-2023-ally-400"
    assert key_by_name(None, 2023, "ally-400") == "race-2023-ally-400"
    assert key_by_document("daytona-recap") == "told-in-daytona-recap"


def test_races_of_a_series_sort_by_time() -> None:
    in_time = [(None, None, None), (2022, 36, None), (2023, 9, None), (2023, 17, date(2023, 6, 25)), (2023, 100, None)]
    keys = [race_order_key(*parts) for parts in in_time]
    assert keys == sorted(keys)
    assert keys[3] == "2023-017-2023-06-25"


def test_sessions_are_the_text_that_archives_hold() -> None:
    assert (RACE_SESSION, QUALIFYING_SESSION, PRACTICE_SESSION, LINEUP_SESSION) == (
        "race",
        "qualifying",
        "practice",
        "lineup",
    )
    assert stage_keys(3) == ("stage-1", "stage-2", "stage-3")
    assert practice_key(2) == "practice-2"


@given(numbers)
def test_a_stage_is_known_by_its_number_again(number: int) -> None:
    key = stage_key(number)
    assert stage_number_of(key) == number
    assert is_stage(key)
    assert session_kind(key) == "stage"
    assert session_title(key) == f"Stage {number}"
    assert margin_field(key) == f"stage_{number}_margin_s"


@pytest.mark.parametrize("key", [RACE_SESSION, QUALIFYING_SESSION, PRACTICE_SESSION, practice_key(1), "entry list", ""])
def test_other_sessions_are_no_stages(key: str) -> None:
    assert not is_stage(key)
    assert stage_number_of(key) is None


def test_practice_is_practice_with_and_without_a_number() -> None:
    assert is_practice(PRACTICE_SESSION)
    assert is_practice(practice_key(2))
    assert session_title(practice_key(2)) == "Practice 2"
    assert not is_practice(QUALIFYING_SESSION)
    assert is_qualifying(QUALIFYING_SESSION)
    assert margin_field(RACE_SESSION) == "margin_s"


def test_people_list_the_race_first_and_what_nobody_knows_last() -> None:
    in_order = [
        RACE_SESSION,
        *stage_keys(11),
        QUALIFYING_SESSION,
        PRACTICE_SESSION,
        practice_key(1),
        practice_key(2),
        "x",
    ]
    shuffled = in_order[::-1]
    assert sorted(shuffled, key=session_rank) == in_order
