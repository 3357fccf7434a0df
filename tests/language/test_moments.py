"""Moments in running text are written for each reader, or out in words."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.language.moments import moment, replace_moments, write_out

START = datetime(2023, 6, 25, 19, 30, tzinfo=UTC)


def test_a_moment_is_written_out_in_utc() -> None:
    assert write_out(f"Green flag: {moment(START)}.") == "Green flag: June 25, 2023, 19:30 UTC."


def test_a_moment_of_another_zone_and_one_without_are_the_same_moment() -> None:
    eastern = START.astimezone(timezone(-timedelta(hours=4)))
    assert moment(eastern) == moment(START) == moment(START.replace(tzinfo=None))


def test_whoever_shows_a_moment_gets_its_time() -> None:
    text = replace_moments(f"{moment(START)} and {moment(START)}", lambda when: str(int(when.timestamp())))
    assert text == "1687721400 and 1687721400"


def test_a_moment_that_is_no_date_stays_words() -> None:
    assert write_out("\ue0002023-02-31T10:00Z\ue001") == "2023-02-31T10:00Z"


@given(st.text(alphabet="\ue000\ue0010123456789-T:Z x"))
def test_no_text_breaks_it(text: str) -> None:
    assert "\ue000" not in text or len(replace_moments(text, lambda _: "")) <= len(text)
    write_out(text)
