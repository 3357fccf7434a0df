"""What words are: lists that a fan can read and add to, in `word_lists/*.toml`.

A list is `name = ["word", "two words", "take/takes/took"]`: a stroke parts the forms of one word. Small letters match
however a text writes them; what has a capital matches as it is written. The name of a list is the mark of its words.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.language.fold import fold
from bot.language.tokens import Token

__all__ = ["WordLists", "word_lists"]


@dataclass(frozen=True, slots=True)
class WordLists:
    """All lists by what a text holds: `single` words and `phrases` by their first word, the longest phrase first.

    `single_by_list` has the single words of each list.
    """

    single: dict[str, frozenset[str]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    names: frozenset[str]
    single_by_list: dict[str, tuple[str, ...]]

    def marks_of(self, text: str, folded: str) -> frozenset[str]:
        """The names of the lists that a word is in."""
        plain, written = self.single.get(folded), self.single.get(text) if text != folded else None
        if plain and written:
            return plain | written
        return plain or written or frozenset()

    def has(self, name: str, folded: str) -> bool:
        """Whether a word is in a list."""
        return name in self.single.get(folded, ())

    def forms(self, name: str) -> tuple[str, ...]:
        """The single words of a list."""
        return self.single_by_list.get(name, ())

    def begins(self, folded: str) -> bool:
        """Whether a word is in any list, or begins a phrase of one."""
        return folded in self.single or folded in self.phrases

    def includes(self, name: str, folded: str) -> bool:
        """Whether a word or a whole phrase is in a list."""
        words = tuple(folded.split())
        return self.has(name, folded) or any(
            words == phrase and name == of for phrase, of in self.phrases.get(words[0] if words else "", ())
        )

    def phrases_at(self, found: Sequence[Token], at: int) -> tuple[tuple[str, int], ...]:
        """(list, number of words) of each phrase that begins with the token."""
        one = found[at]
        begins = self.phrases.get(one.folded, ())
        if one.text != one.folded:
            begins += self.phrases.get(one.text, ())
        return tuple((name, len(words)) for words, name in begins if _stands(words, found, at))

    def phrase_marks(self, words: Sequence[Token]) -> frozenset[str]:
        """The names of the lists that have all the words as one phrase."""
        return frozenset(name for name, length in self.phrases_at(words, 0) if length == len(words))


def _stands(words: Sequence[str], found: Sequence[Token], at: int) -> bool:
    if at + len(words) > len(found):
        return False
    for word in words:
        if word != found[at].folded and word != found[at].text:
            return False
        at += 1
    return True


@cache
def word_lists() -> WordLists:
    """The lists that come with the program, read once. Raises ValueError for a list that is no list of words."""
    single: dict[str, set[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    names: set[str] = set()
    for file in sorted(files("bot.language").joinpath("word_lists").iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".toml"):
            continue
        for name, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if not isinstance(entries, list):
                raise ValueError(f'{file.name}: {name} has to be a list of words, such as ["won", "prevailed"]')
            names.add(name)
            for form in (form for entry in entries for form in str(entry).split("/")):
                _add(form, name, single, phrases)
    ordered = {first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in phrases.items()}
    single_by_list: dict[str, list[str]] = {}
    for word, marks in single.items():
        for mark in marks:
            single_by_list.setdefault(mark, []).append(word)
    return WordLists(
        {word: frozenset(marks) for word, marks in single.items()},
        ordered,
        frozenset(names),
        {name: tuple(words) for name, words in single_by_list.items()},
    )


def _add(
    form: str, name: str, single: dict[str, set[str]], phrases: dict[str, list[tuple[tuple[str, ...], str]]]
) -> None:
    """Enter one form of a word, or a phrase, under the name of its list."""
    written = any(letter.isupper() for letter in form)
    words = tuple(word if written else fold(word) for word in form.replace("-", " ").split())
    if len(words) == 1:
        single.setdefault(words[0], set()).add(name)
    else:
        phrases.setdefault(words[0], []).append((words, name))
