"""Whether a text can be of a year, by what it calls the series: a page of 2024 may show a report of the Sprint Cup."""

from collections.abc import Iterable

from bot.language.words import words
from bot.racing.series import NATIONAL_SERIES, series_phrases
from bot.racing.series_sponsors import sponsor_seasons

__all__ = ["names_sponsors_of"]

FEWEST_NAMES = 2  # of old sponsors; one may be a memory: "the 2016 Sprint Cup champion"


def names_sponsors_of(year: int, texts: Iterable[str]) -> bool:
    """Whether some name of a series in sentences had its sponsor in a year, or too few have one that parts years."""
    found = 0
    for text in texts:
        told = [word.folded for word in words(text)]
        for phrase in series_phrases(told):
            spans = sponsor_seasons(" ".join(told[phrase.start : phrase.end]))
            if phrase.series in NATIONAL_SERIES and phrase.certain and spans:
                if any(first <= year <= last for first, last in spans):
                    return True
                found += 1
    return found < FEWEST_NAMES
