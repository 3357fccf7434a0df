"""Sessions of a race weekend by what people call them: "Stage 1", "quali", "stage two", "entry list"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.archive.queries.results import EntryRow, RaceSessionRow
from bot.errors import AmbiguousName
from bot.language.numbers import number_words
from bot.language.ordinals import ordinal_words

__all__ = ["find_session", "means_session", "with_entries"]

NUMBER_WORDS = {form: str(number) for number in range(1, 5) for form in (number_words(number), ordinal_words(number))}
SESSION_ALIASES = {
    "results": "race",
    "result": "race",
    "finish": "race",
    "entries": "entry list",
    "entrants": "entry list",
}
MIN_SCORE = 75  # of 100: "qualifyng" is 95 from "qualifying", "qualification" 78; "race" is 57 from "practice"


def with_entries(sessions: Sequence[RaceSessionRow], entries: Sequence[EntryRow]) -> tuple[RaceSessionRow, ...]:
    """The sessions of a race, and its entry list where it has one."""
    if not entries:
        return tuple(sessions)
    first = entries[0]
    return (*sessions, RaceSessionRow("entries", "Entry list", None, len(entries), first.document, first.line))


@lru_cache(maxsize=1024)  # races that were run alike share one tuple of titles
def means_session(titles: tuple[str, ...], text: str) -> bool:
    """Whether one of the sessions with these titles is the one that `text` means."""
    normalised = _normalise(text)
    normalised = SESSION_ALIASES.get(normalised, normalised)
    names = [_normalise(title) for title in titles]
    return bool(normalised) and any(name.startswith(normalised) for name in names)


def find_session(sessions: Sequence[RaceSessionRow], text: str) -> RaceSessionRow | None:
    """The session of `sessions` that `text` means, by title, key, the beginning of either, or a near spelling.

    None where this race has none such. Raises AmbiguousName where several begin so.
    """
    normalised = _normalise(text)
    normalised = SESSION_ALIASES.get(normalised, normalised)
    by_name = {_normalise(name): session for session in sessions for name in (session.key, session.title)}
    if normalised in by_name:
        return by_name[normalised]
    candidates = list(
        {by_name[name].key: by_name[name] for name in by_name if normalised and name.startswith(normalised)}.values()
    )
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise AmbiguousName("session", text, [(session.title, session.title) for session in candidates])
    closest = process.extract(normalised[:100], list(by_name), scorer=fuzz.ratio, limit=1, score_cutoff=MIN_SCORE)
    if closest and _digits(closest[0][0]) == _digits(normalised):
        return by_name[closest[0][0]]
    return None


@lru_cache(maxsize=256)  # the titles of all races are a few dozen
def _normalise(text: str) -> str:
    """Small letters, numbers as digits, one space between words: “Stage Two” and “stage2” are “stage 2”."""
    words = re.findall(r"[^\W\d_]+|\d+", re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text.casefold()))
    words = [NUMBER_WORDS.get(word, word) for word in words]
    if len(words) == 2 and words[0].isdigit():
        words.reverse()
    return " ".join(words)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)
