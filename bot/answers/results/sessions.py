"""Which session of a race weekend is meant: "Stage 1", "quali", "stage two", "entry list"."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.archive.queries.results import EntryRow, HeldSession
from bot.errors import AmbiguousName, NothingKnown

__all__ = ["choose", "titles", "with_entries"]

NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "first": "1", "second": "2", "third": "3", "fourth": "4"}
MEANS = {"results": "race", "result": "race", "finish": "race", "entries": "entry list", "entrants": "entry list"}
CLOSE = 75  # of 100: "qualifyng" is 95 from "qualifying", "qualification" 78; "race" is 57 from "practice"


def with_entries(held: Sequence[HeldSession], entries: Sequence[EntryRow]) -> tuple[HeldSession, ...]:
    """The sessions of a race, and its entry list where it has one."""
    if not entries:
        return tuple(held)
    first = entries[0]
    return (*held, HeldSession("entries", "Entry list", None, len(entries), first.document, first.line))


def titles(held: Sequence[HeldSession]) -> list[str]:
    """The titles of sessions as a person picks them."""
    return [session.title for session in held]


def choose(held: Sequence[HeldSession], text: str, the_race: str) -> HeldSession:
    """The session of `held` that `text` means, by title, key, the beginning of either, or a near spelling.

    Raises AmbiguousName where several begin so, NothingKnown where this race has none such.
    """
    wanted = _plain(text)
    wanted = MEANS.get(wanted, wanted)
    by_name = {_plain(name): session for session in held for name in (session.key, session.title)}
    if wanted in by_name:
        return by_name[wanted]
    beginning = list(
        {by_name[name].key: by_name[name] for name in by_name if wanted and name.startswith(wanted)}.values()
    )
    if len(beginning) == 1:
        return beginning[0]
    if beginning:
        raise AmbiguousName("session", text, [(session.title, session.title) for session in beginning])
    near = process.extract(wanted[:100], list(by_name), scorer=fuzz.ratio, limit=1, score_cutoff=CLOSE)
    if near and _digits(near[0][0]) == _digits(wanted):
        return by_name[near[0][0]]
    raise NothingKnown(_none(held, text, the_race))


def _none(held: Sequence[HeldSession], text: str, the_race: str) -> str:
    short = " ".join(text.split())[:40]
    if not held:
        return f"The documents hold no results of {the_race}."
    return f"The documents hold no session “{short}” of {the_race}. They hold: {', '.join(titles(held))}."


def _plain(text: str) -> str:
    """Small letters, numbers as digits, one space between words: “Stage Two” and “stage2” are “stage 2”."""
    words = re.findall(r"[^\W\d_]+|\d+", re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text.casefold()))
    words = [NUMBERS.get(word, word) for word in words]
    if len(words) == 2 and words[0].isdigit():
        words.reverse()
    return " ".join(words)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)
