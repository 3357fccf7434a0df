"""Days and times of schedules, as people write them."""

from datetime import date

import pytest

from bot.documents.season_article.days import parse_days, parse_start

EASTERN = "America/New_York"


@pytest.mark.parametrize(
    ("text", "day", "first_day"),
    [
        ("February 19", date(2023, 2, 19), None),
        ("Sunday, February 19, 2023", date(2023, 2, 19), None),
        ("Feb. 19", date(2023, 2, 19), None),
        ("Sept 3", date(2023, 9, 3), None),
        ("19 February", date(2023, 2, 19), None),
        ("19 February 2024", date(2024, 2, 19), None),
        ("2023-02-19", date(2023, 2, 19), None),
        ("November 8, 1959", date(1959, 11, 8), None),
        ("May 1 (postponed from April 30)", date(2023, 5, 1), date(2023, 4, 30)),
        ("July 17, postponed from July 16 by rain", date(2023, 7, 17), date(2023, 7, 16)),
        ("Postponed to August 7", date(2023, 8, 7), None),
        ("June 27–28", None, None),
        ("27-28 June", None, None),
        ("February 30", None, None),
        ("TBA", None, None),
        ("March", None, None),
        ("", None, None),
        ("May the best man win", None, None),
        ("April 30, May 1", None, None),
    ],
)
def test_a_day_is_read_or_left_as_written(text: str, day: date | None, first_day: date | None) -> None:
    days = parse_days(text, 2023)
    assert (days.day, days.first_day) == (day, first_day)


@pytest.mark.parametrize(
    ("text", "heading", "start", "zone"),
    [
        ("2:30 p.m.", "Time (ET)", "14:30", EASTERN),
        ("2:30 PM", "Time", "14:30", EASTERN),
        ("3 pm", "Time", "15:00", EASTERN),
        ("12:30 a.m. ET", "Time", "00:30", EASTERN),
        ("Noon", "Time", "12:00", EASTERN),
        ("6:00 p.m. CT", "Time (ET)", "18:00", "America/Chicago"),
        ("6:00 p.m.", "Time (CDT)", "18:00", "America/Chicago"),
        ("12:30 p.m. PDT", "Time", "12:30", "America/Los_Angeles"),
        ("1:00 p.m. MST", "Time", "13:00", "America/Denver"),
        ("15:30 UTC", "Time", "15:30", "UTC"),
        ("19:00", "Start time (Eastern)", "19:00", EASTERN),
        ("2:00 p.m.", "Local time", "14:00", None),
        ("7:00", "Time", None, None),
        ("TBA", "Time (ET)", None, None),
        ("Day", "Time", None, None),
        ("13:00 p.m.", "Time", None, None),
        ("1:00 or 2:00 p.m.", "Time", None, None),
    ],
)
def test_a_time_is_read_with_its_zone_or_left_as_written(
    text: str, heading: str, start: str | None, zone: str | None
) -> None:
    read = parse_start(text, heading)
    assert (read.start, read.zone) == (start, zone)
