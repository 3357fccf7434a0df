"""Phrases out of a table, found in a text word by word: the lists are data, and this knows no English.

A phrase is written as its words in the form of `fold`, parted by spaces: "last year". A word may be one of several
("won|wins|winning"), may be there or not ("the?"), or may be a kind of word in braces: {number} in digits, {year},
{ordinal} in digits ("3rd"), {name} with a capital, {day} or {month} by name, {any} whatever it is.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from bot.language.months import MONTHS
from bot.language.words import Word

__all__ = ["WEEKDAYS", "FoundPhrase", "PhraseTable", "is_year", "phrase_lists"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MAX_WORDS = 4_000  # of which is kept what kinds they are of; a report has 300 different ones
FIRST_SEASON, LAST_SEASON = 1948, 2099  # no stock-car race before; four digits beyond are no year
_MONTH_WORDS = frozenset(form for month in MONTHS for form in (month.lower(), month[:3].lower())) | {"sept"}


def is_year(word: str) -> bool:
    """Whether a folded word is a year in which the sport was raced."""
    return len(word) == 4 and word.isdecimal() and FIRST_SEASON <= int(word) <= LAST_SEASON


def _is_ordinal(word: str) -> bool:
    return word[:-2].isdecimal() and word[-2:] in {"st", "nd", "rd", "th"}


_WORD_KINDS: Mapping[str, Callable[[Word], bool]] = {
    "{number}": lambda word: word.folded.isdecimal(),
    "{year}": lambda word: is_year(word.folded),
    "{ordinal}": lambda word: _is_ordinal(word.folded),
    "{name}": lambda word: word.text[:1].isupper(),
    "{day}": lambda word: word.folded.removesuffix("s") in WEEKDAYS,
    "{month}": lambda word: word.folded in _MONTH_WORDS and word.text[:1].isupper(),
    "{any}": lambda _: True,
}


@dataclass(frozen=True, slots=True)
class FoundPhrase:
    """A phrase in a text: the `group` it belongs to, and its words from number `first` to before `end`."""

    group: str
    first: int
    end: int


@dataclass(slots=True)
class _Node:
    """The phrases that go on from the words so far: by the next word, or by its kind; `groups` of those that end."""

    words: dict[str, "_Node"] = field(default_factory=dict)
    kinds: dict[str, "_Node"] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)

    def after(self, word: str) -> "_Node":
        """The phrases that go on from here by a word, or by a kind of word."""
        branch = self.kinds if word in _WORD_KINDS else self.words
        if word not in branch:
            branch[word] = _Node()
        return branch[word]


class PhraseTable:
    """Phrases by group. A search takes time for each word of the text, however long the lists are."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._root = _Node()
        self._begun: dict[tuple[bool, str], Sequence[_Node]] = {}
        for group, phrases in groups.items():
            for phrase in phrases:
                self._add(group, phrase)

    def _add(self, group: str, phrase: str) -> None:
        """Add a phrase part by part to all that its parts before may be: 30,000 spellings share most of their words."""
        nodes = {id(self._root): self._root}
        for part in phrase.split():
            after = [node.after(word) if word else node for node in nodes.values() for word in _choices(part)]
            nodes = {id(node): node for node in after}
        for node in nodes.values():
            if node is not self._root and group not in node.groups:
                node.groups.append(group)

    def find(self, words: Sequence[Word]) -> Iterator[FoundPhrase]:
        """Every phrase in the words of a text, by its first word; phrases may overlap."""
        for first in range(len(words)):
            nodes, end = self._first_nodes(words[first]), first + 1
            while nodes:
                for node in nodes:
                    for group in node.groups:
                        yield FoundPhrase(group, first, end)
                nodes = _next_nodes(nodes, words[end]) if end < len(words) else ()
                end += 1

    def _first_nodes(self, word: Word) -> Sequence[_Node]:
        """Where the phrases go on behind their first word: most words of a text begin none."""
        key = word.text[:1].isupper(), word.folded
        if key not in self._begun:
            if len(self._begun) >= MAX_WORDS:
                self._begun.clear()
            self._begun[key] = _next_nodes((self._root,), word)
        return self._begun[key]

    def groups_in(self, words: Sequence[Word]) -> frozenset[str]:
        """The groups of which some phrase stands in the words."""
        return frozenset(found.group for found in self.find(words))


def _next_nodes(nodes: Sequence[_Node], word: Word) -> list[_Node]:
    """Where the phrases go on from these nodes by a word."""
    behind: list[_Node] = []
    for node in nodes:
        if word.folded in node.words:
            behind.append(node.words[word.folded])
        if node.kinds:
            kinds = _kinds_of(word.text[:1].isupper(), word.folded)
            behind += [after for kind, after in node.kinds.items() if kind in kinds]
    return behind


@lru_cache(maxsize=MAX_WORDS)
def _kinds_of(is_capital: bool, folded: str) -> frozenset[str]:
    """The kinds that a word is of."""
    word = Word(folded.capitalize() if is_capital else folded, folded, 0, len(folded))
    return frozenset(kind for kind, is_kind in _WORD_KINDS.items() if is_kind(word))


def _choices(part: str) -> tuple[str, ...]:
    """The words that a part of a phrase may be; "" for none."""
    choices = tuple(part.removesuffix("?").split("|"))
    return (*choices, "") if part.endswith("?") else choices


@cache
def phrase_lists(name: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of a table of this folder, such as "scope.toml", by group."""
    text = files("bot.documents.recap.identity").joinpath(name).read_text(encoding="utf-8")
    return {group: tuple(phrases) for group, phrases in tomllib.loads(text).items()}
