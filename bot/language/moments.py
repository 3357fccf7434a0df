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

__all__ = ["moment", "replace_moments", "write_out"]

START, END = "\ue000", "\ue001"  # of the private use area: no document means anything by them
MOMENT = re.compile(rf"{START}(\d{{4}}-\d\d-\d\dT\d\d:\d\dZ){END}")


def moment(when: datetime) -> str:
    """The moment as a piece of text, to the minute; a `when` without a time zone is UTC."""
    utc = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    return f"{START}{utc:%Y-%m-%dT%H:%MZ}{END}"


def replace_moments(text: str, write: Callable[[datetime], str]) -> str:
    """`text` with what `write` makes of each moment; a moment that is no date stays words."""
    if START not in text:
        return text
    return MOMENT.sub(lambda mark: _replacement(mark[1], write), text)


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
