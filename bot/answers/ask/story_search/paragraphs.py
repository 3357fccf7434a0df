"""Story of a race for questions: its paragraphs with the stems of their words and the people in them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sqlmodel import Session

from bot.answers.recap.passage_search import fold_word, word_stem
from bot.archive.queries.story import PassageRow, passages_of, people_in_passages
from bot.language.sentences import sentences

__all__ = ["Paragraph", "StorySentence", "StoryWords", "story_of", "story_words"]

MAX_STORY_CHARS = 120_000  # of one race that are searched: the longest report that was seen has 30,000
MAX_PEOPLE = 12  # in a paragraph of a story; one that names more is a list
WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class StorySentence:
    """A sentence, its words in order as they are folded, and their stems."""

    text: str
    words: tuple[str, ...]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the story: who is in it, by canonical name, and how each is written."""

    passage: PassageRow
    sentences: tuple[StorySentence, ...]
    people: Mapping[str, str]

    @property
    def stems(self) -> frozenset[str]:
        """The stems of all of its words."""
        return frozenset().union(*(one.stems for one in self.sentences))

    @property
    def is_list(self) -> bool:
        """Whether it names so many that it is a list and tells nothing."""
        return len(self.people) > MAX_PEOPLE


@dataclass(frozen=True, slots=True)
class StoryWords:
    """The words of story_words.toml: by their stems, and for phrases of a question what a story says."""

    soft: frozenset[str]
    trouble: frozenset[str]
    cause: frozenset[str]
    says: Mapping[tuple[str, ...], frozenset[str]]


@cache
def story_words() -> StoryWords:
    """The file, read once."""
    table = tomllib.loads(
        files("bot.answers.ask.story_search").joinpath("story_words.toml").read_text(encoding="utf-8")
    )

    def stems(words: Sequence[str]) -> frozenset[str]:
        return frozenset(word_stem(word) for text in words for word in text.split())

    says = {tuple(phrase.split()): stems(words) for phrase, words in table["says"].items()}
    return StoryWords(stems(table["soft"]), stems(table["trouble"]), stems(table["cause"]), says)


def story_of(session: Session, race: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a race in the order of the documents, as far as they are searched."""
    written: dict[int, dict[str, str]] = {}
    for mention in people_in_passages(session, race):
        written.setdefault(mention.number, {})[mention.person] = mention.written
    paragraphs, chars = [], 0
    for passage in passages_of(session, race):
        chars += len(passage.text)
        if chars > MAX_STORY_CHARS:
            break
        own = tuple(_sentence(text) for text in sentences(passage.text))
        paragraphs.append(Paragraph(passage, own, written.get(passage.number, {})))
    return tuple(paragraphs)


def _sentence(text: str) -> StorySentence:
    words = tuple(fold_word(word.casefold()) for word in WORD.findall(text))
    return StorySentence(text, words, frozenset(map(word_stem, words)))
