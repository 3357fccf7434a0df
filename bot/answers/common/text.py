"""How counts, places, times, days and lists are written for people."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.answers.common.short_names import without_track_words
from bot.language.months import MONTHS

MAX_SENTENCE_NAMES = 3  # names in the sentence on top of a card; more are counted
MAX_LINE_CHARS = 300  # characters of a document's line that a card shows; a paragraph is read whole with /recap
CHAMPIONSHIP_ENDING = " Championship"
NOTE_LABEL = re.compile(r"^note:", re.IGNORECASE)
LOST_MARK_PATTERN = re.compile(r"^\.\s*[–-]\s*")

__all__ = [
    "MAX_LINE_CHARS",
    "MAX_SENTENCE_NAMES",
    "average_text",
    "date_text",
    "decimal",
    "duration",
    "footnote_text",
    "join",
    "join_some",
    "lap_time",
    "note_text",
    "plural",
    "race_name_text",
    "sentence",
]


def plural(count: int, singular: str, plural_form: str = "") -> str:
    """“1 lap”, “300 laps”, “2,716 laps”; `plural_form` is the plural where it is not `singular` with an s."""
    return f"{count:,} {singular if count == 1 else plural_form or singular + 's'}"


def join(items: Sequence[str], last: str = "and") -> str:
    """“Ford”, “Ford and Toyota”, “Chevrolet, Ford and Toyota”."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def join_some(items: Sequence[str], limit: int = 12) -> str:
    """All of a list, or its first `limit` and how many more there are."""
    if len(items) <= limit:
        return join(items)
    return join([*items[:limit], f"{len(items) - limit:,} more"])


def date_text(when: date) -> str:
    """“June 25, 2023”, whatever the language of the machine."""
    return f"{MONTHS[when.month - 1]} {when.day}, {when.year}"


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


def average_text(total: float, count: int, decimals: int = 1) -> str:
    """An average to a tenth, as the sport tells them, or to more places, half up: 57 ÷ 20 is 2.9; "" over nothing."""
    if not count:
        return ""
    # As text a sum of ratings has no trace of how floats are stored: 0.1 + 0.2 is 0.3.
    average = Decimal(f"{total:.6f}") / count
    return str(average.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def race_name_text(name: str, track: str | None, race_round: int | None) -> str:
    """The name of a race; one that is called a championship is said to be a race, and where.

    “NASCAR Cup Series Championship race at Phoenix”: who wins it need not win the title.
    """
    if not name.endswith(CHAMPIONSHIP_ENDING):
        return name
    place = without_track_words(track or "")
    which = f" at {place}" if place else f" (round {race_round})" if race_round else ""
    return f"{name} race{which}"


def footnote_text(text: str) -> str:
    """A note under a table of the source; of a legend whose mark was lost only the words are left, for some rows."""
    words = NOTE_LABEL.sub("", text).strip()
    unmarked = LOST_MARK_PATTERN.sub("", words)
    return f"For some of these: {unmarked}" if LOST_MARK_PATTERN.match(words) else words


def note_text(*notes: str) -> str:
    """The one note of a card, of all that there is to say on how its names were read."""
    return " ".join(dict.fromkeys(note for note in notes if note))


def sentence(text: str) -> str:
    """`text` with a capital first letter and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) or not text else f"{text}."
