"""Words for where somebody is from, read from `nations.toml`."""

import tomllib
from functools import cache
from pathlib import Path

from bot.language.fold import fold
from bot.questions.links.question import QuestionWords, span_mask

__all__ = ["is_nation", "nation_words"]

_FILE = Path(__file__).with_name("nations.toml")
_BEFORE_US = {"tell", "give", "show"}
_LONGEST = 2  # words of a name of a land


@cache
def _phrases() -> frozenset[tuple[str, ...]]:
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return frozenset(tuple(fold(entry).split()) for entries in lists.values() for entry in entries)


def is_nation(word: str) -> bool:
    """Whether a word alone says where somebody is from."""
    return (word,) in _phrases()


def nation_words(question: QuestionWords) -> int:
    """The words of the question that say where somebody is from, as a set."""
    mask = 0
    for start in range(len(question.words)):
        for end in range(start + 1, min(start + _LONGEST, len(question.words)) + 1):
            if question.words[start:end] in _phrases():
                mask |= span_mask(start, end)
    return mask & ~_us(question)


def _us(question: QuestionWords) -> int:
    """The "us" of "tell us", which is no land."""
    words = question.words
    return sum(1 << at for at in range(1, len(words)) if words[at] == "us" and words[at - 1] in _BEFORE_US)
