"""What stands behind the distance of a race's name and belongs to it: "Maple 300 Benefiting Elm Hospital"."""

from collections.abc import Sequence
from functools import cache

from bot.documents.recap.identity.name_words import NameWord
from bot.documents.recap.identity.phrase_table import phrase_lists
from bot.racing.series import series_phrase_at

__all__ = ["has_phrase", "with_tail"]

_SMALL_WORDS = frozenset({"of", "for", "and", "the"})


def with_tail(words: Sequence[NameWord], end: int) -> int:
    """The end of a name with what it is for behind its distance: "Maple 300 Benefiting Elm Hospital"."""
    if end >= len(words) or words[end - 1].closes or not words[end].is_capital:
        return end
    opener = next((phrase for phrase in _tail_openers() if has_phrase(words, end, phrase)), None)
    behind = end + len(opener) if opener else end
    while opener and behind < len(words) and not words[behind - 1].closes and _is_in_tail(words, behind):
        behind += 1
    return behind if opener and behind > end + len(opener) else end


def _is_in_tail(words: Sequence[NameWord], number: int) -> bool:
    """Whether a word of a tail goes on with it: it has a capital, or a small word lies between two that have one."""
    word = words[number]
    if word.is_capital:
        return series_phrase_at([one.folded for one in words[number : number + 3]], 0) is None
    following = words[number + 1] if number + 1 < len(words) else None
    return word.folded in _SMALL_WORDS and following is not None and following.is_capital


def has_phrase(words: Sequence[NameWord], begin: int, phrase: tuple[str, ...]) -> bool:
    """Whether a phrase stands at a word."""
    return tuple(word.folded for word in words[begin : begin + len(phrase)]) == phrase


@cache
def _tail_openers() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in phrase_lists("race_names.toml")["tail_openers"])
