"""Initials that a text calls people by: "DW won the race" in a text about Darren Wexley.

Whoever they mean, they are the subject of their sentence: nobody told of before is. Where they fit no one full name of
the text, what is said of them is claimed of nobody.
"""

from dataclasses import replace

from bot.documents.recap.words.text_names import TextNames
from bot.language.fold import fold
from bot.language.marked_words import MarkedText, MarkedWord

__all__ = ["is_initials", "with_initials"]

FEWEST_INITIALS, MOST_INITIALS = 2, 3
_BEHIND = ("verb", "wins", "takes", "finishes", "was", "had", "leads", "starts", "edges", "sweeps", "owner", "adverb")


def is_initials(name: str) -> bool:
    """Whether a name is nothing but two or three capitals."""
    return FEWEST_INITIALS <= len(name) <= MOST_INITIALS and name.isalpha() and name.isupper()


def with_initials(text: MarkedText, names: TextNames) -> MarkedText:
    """The sentence with initials as names, in full where the text has one name that they fit.

    Only in front of a verb: elsewhere they may be a team, a network, a state.
    """
    if not any(is_initials(word.text) for word in text.words):
        return text
    behind = (*text.words[1:], None)
    words = tuple(_named(word, following, names) for word, following in zip(text.words, behind, strict=True))
    return replace(text, words=words)


def _named(word: MarkedWord, behind: MarkedWord | None, names: TextNames) -> MarkedWord:
    if not (is_initials(word.text) and word.has("proper") and behind and behind.has(*_BEHIND)):
        return word
    name = names.full_name(word.text)
    return replace(word, text=name, folded=fold(name), marks=(word.marks - {"proper"}) | {"name"})
