"""Words that ask for a program, that compare, that begin a question, and that mean nothing: from `triggers.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.language.fold import fold

__all__ = ["TriggerWords", "trigger_words"]

_FILE = Path(__file__).with_name("triggers.toml")
Phrases = Mapping[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TriggerWords:
    """Phrases -> what they may mean, by list; `longest` is the most words of a phrase."""

    words: Phrases
    comparisons: Phrases
    asks: Phrases
    free: frozenset[str]
    longest: int


@cache
def trigger_words() -> TriggerWords:
    """The lists of the file."""
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    words, comparisons, asks = (_phrases(lists[name]) for name in ("words", "comparisons", "asks"))
    longest = max(len(phrase) for phrases in (words, comparisons, asks) for phrase in phrases)
    return TriggerWords(words, comparisons, asks, frozenset(lists["free"]["words"]), longest)


def _phrases(lists: Mapping[str, list[str]]) -> Phrases:
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for meaning, entries in lists.items():
        for entry in entries:
            key = tuple(fold(entry).split())
            phrases[key] = (*phrases.get(key, ()), meaning)
    return phrases
