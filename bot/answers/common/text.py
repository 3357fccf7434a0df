"""Tiny tools with perfect manners: how counts, places, times, days and lists are written for people."""

import re
from collections.abc import Sequence
from datetime import date, datetime

LOST_MARK = re.compile(r"^\.\s*[–-]\s*")

__all__ = [
    "MONTHS",
    "day",
    "decimal",
    "duration",
    "footnote",
    "join",
    "lap_time",
    "moment",
    "ordinal",
    "plural",
    "sentence",
    "some_of",
]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def plural(count: int, one: str, many: str = "") -> str:
    """“1 lap”, “300 laps”, “2,716 laps”; `many` is the plural where it is not `one` with an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def ordinal(number: int) -> str:
    """“1st”, “2nd”, “3rd”, “11th”."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def join(items: Sequence[str], last: str = "and") -> str:
    """“Ford”, “Ford and Toyota”, “Chevrolet, Ford and Toyota”."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def some_of(items: Sequence[str], most: int = 12) -> str:
    """All of a list, or its first `most` and how many more there are."""
    if len(items) <= most:
        return join(items)
    return join([*items[:most], f"{len(items) - most:,} more"])


def day(when: date) -> str:
    """“June 25, 2023”, whatever the language of the machine."""
    return f"{MONTHS[when.month - 1]} {when.day}, {when.year}"


def moment(when: datetime) -> str:
    """“June 26, 2023, 14:05 UTC”; the archive keeps its moments in UTC."""
    return f"{day(when)}, {when:%H:%M} UTC"


def duration(seconds: float) -> str:
    """“3 h 0 min 7 s”, “12 min 5 s”, “29.797 s”: a part of a second is told only where there is one."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    last = f"{rest}.{thousandths:03d}".rstrip("0") if thousandths else str(rest)
    if hours:
        return f"{hours} h {minutes} min {last} s"
    return f"{minutes} min {last} s" if minutes else f"{last} s"


def lap_time(seconds: float) -> str:
    """A lap as timing shows it, in seconds to the thousandth: “29.510”."""
    return f"{seconds:.3f}"


def decimal(number: float) -> str:
    """A number without a needless tail: “400”, “132.914”, “25,000”."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.3f}".rstrip("0")


def footnote(text: str) -> str:
    """A note under a table of the source, told as such; of a legend whose mark was lost only the words are left."""
    words = text.removeprefix("Note:").strip()
    if LOST_MARK.match(words):
        return f"The source marks some rows, and the mark is lost: {LOST_MARK.sub('', words)}"
    return f"The source notes: {words}"


def sentence(text: str) -> str:
    """`text` with a capital first letter and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) or not text else f"{text}."
