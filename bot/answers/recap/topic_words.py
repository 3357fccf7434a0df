"""Words of one meaning and words near in meaning, out of topic_words.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

__all__ = ["near_words", "same_words"]


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    table: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
        files("bot.answers.recap").joinpath("topic_words.toml").read_text(encoding="utf-8")
    )
    return table


@cache
def same_words() -> Mapping[str, str]:
    """Each word with another word of its meaning, by which both are looked for: “wreck” -> “crash”."""
    return {word: meaning for meaning, words in _table()["same"].items() for word in words}


@cache
def near_words() -> Mapping[str, frozenset[str]]:
    """The words near a word, by what `same_words` makes of it: “crash” -> “contact”, “spin”, “wall”."""
    groups = _table()["near"].values()
    return {word: frozenset(group) - {word} for group in groups for word in group}
