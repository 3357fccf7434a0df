"""Moments in running text: a time of day that everybody reads in their own time.

A moment rides in a text between two marks that no font has, as ISO 8601 in UTC: Discord shows it in each reader's own
time, `write_out` turns it into words for the terminal, for labels and for the alt text of pictures. It is for times of
day alone: a day without one stays words, since as a moment it would be the day before in America.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from bot.language.command_mentions import replace_mentions
from bot.language.months import MONTHS

__all__ = ["countdown", "moment", "replace_moments", "span_words", "write_out"]

START, END = "\ue000", "\ue001"  # of the private use area: no document means anything by them
COUNTDOWN = "R"  # behind a moment that is shown as how far away it is
MOMENT = re.compile(rf"{START}(\d{{4}}-\d\d-\d\dT\d\d:\d\dZ)({COUNTDOWN}?){END}")
UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))  # seconds of each, the longest first


def moment(when: datetime) -> str:
    """The moment as a piece of text, to the minute; a `when` without a time zone is UTC."""
    utc = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    return f"{START}{utc:%Y-%m-%dT%H:%MZ}{END}"


def countdown(when: datetime) -> str:
    """The moment as a piece of text that says how far away it is when it is read: “in 3 days”, “2 hours ago”."""
    return moment(when).removesuffix(END) + COUNTDOWN + END


def replace_moments(
    text: str, write: Callable[[datetime], str], write_countdown: Callable[[datetime], str] | None = None
) -> str:
    """`text` with what `write` makes of each moment; a moment that is no date stays words.

    `write_countdown` writes those that say how far away they are; without it they are moments like all others.
    """
    if START not in text:
        return text
    countdowns = write_countdown or write
    return MOMENT.sub(lambda mark: _replacement(mark[1], countdowns if mark[2] else write), text)


def span_words(seconds: float) -> str:
    """How far away a moment is, to the longest unit: “in 3 days”, “2 hours ago”."""
    size, unit = next(((size, unit) for size, unit in UNITS if abs(seconds) >= size), UNITS[-1])
    count = int(abs(seconds) // size)
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {words}" if seconds >= 0 else f"{words} ago"


def write_out(text: str) -> str:
    """`text` with each moment in words, “June 25, 2023, 19:30 UTC”, and each command as it is typed, “/race”."""
    text = replace_mentions(text, "/{}".format)
    return replace_moments(text, lambda when: f"{MONTHS[when.month - 1]} {when.day}, {when.year}, {when:%H:%M} UTC")


def _replacement(iso: str, write: Callable[[datetime], str]) -> str:
    # A document may have the marks, and between them a 31st of February.
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return write(when)
