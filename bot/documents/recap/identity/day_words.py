"""Words for days: of the week, of a month, and names that look like one."""

from collections.abc import Sequence

from bot.documents.recap.identity.phrase_table import WEEKDAYS
from bot.language.months import MONTHS
from bot.language.words import Word

__all__ = ["is_given_name", "is_month", "weekday_number"]

_MONTH_WORDS = frozenset({"sept", *(form.lower() for name in MONTHS for form in (name, name[:3]))})


def weekday_number(word: Word) -> int | None:
    """The day of the week that a word is, 0 for Monday, also as "Sunday's"; None for any other word."""
    name = word.folded.removesuffix("s")
    return WEEKDAYS.index(name) if name in WEEKDAYS and word.text[:1].isupper() else None


def is_given_name(part: Sequence[Word], number: int) -> bool:
    """Whether "Will" is somebody's name."""
    after = part[number + 1].text if number + 1 < len(part) else ""
    return part[number].text == "Will" and after[:1].isupper()


def is_month(folded: str) -> bool:
    """Whether a folded word is a month, in full or shortened."""
    return folded in _MONTH_WORDS  # "Martinsville" is none
