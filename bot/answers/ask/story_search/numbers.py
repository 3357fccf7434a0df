"""Numbers that a story tells: "two wins", "his second win", "capacity is approximately 25,000"."""

from collections.abc import Sequence
from contextlib import suppress

from bot.answers.ask.story_search.paragraphs import Paragraph, StorySentence
from bot.answers.recap.passage_search import word_stem
from bot.archive.queries.story import PassageRow
from bot.language.fold import fold
from bot.language.numbers import parse_count
from bot.language.ordinals import parse_ordinal

__all__ = ["has_number_near", "told_count"]

NEAR_WORDS = 4  # words between a number and what it counts: "capacity is approximately 25,000"


def told_count(
    story: Sequence[Paragraph], name: str, nouns: Sequence[tuple[str, ...]]
) -> tuple[tuple[PassageRow, str], ...]:
    """The sentence that tells how many of something somebody has ("two wins"); none where two sentences differ."""
    found: dict[int, tuple[PassageRow, str]] = {}
    for paragraph in story:
        if name not in paragraph.people or paragraph.is_list:
            continue
        for one in paragraph.sentences:
            number = _number_before(one.words[_after_name(one, name) :], nouns)
            if number is not None:
                found.setdefault(number, (paragraph.passage, one.text))
    return tuple(found.values()) if len(found) == 1 else ()


def _number_before(words: Sequence[str], nouns: Sequence[tuple[str, ...]]) -> int | None:
    """The number or place directly before one of the nouns; None where there is none."""
    for at in range(1, len(words)):
        if any(tuple(words[at : at + len(noun)]) == noun for noun in nouns):
            for parse in (parse_count, parse_ordinal):
                with suppress(KeyError):
                    return parse(words[at - 1])
    return None


def has_number_near(one: StorySentence, needs: Sequence[frozenset[str]]) -> bool:
    """Whether a number stands near a word that is asked for."""
    places = [at for at, word in enumerate(one.words) if any(word_stem(word) in need for need in needs)]
    numbers = [at for at, word in enumerate(one.words) if word[:1].isdigit() or _is_count(word)]
    return any(abs(place - number) <= NEAR_WORDS for place in places for number in numbers)


def _is_count(word: str) -> bool:
    with suppress(KeyError):
        return parse_count(word) >= 0
    return False


def _after_name(one: StorySentence, name: str) -> int:
    """The place behind the family name of somebody in a sentence; its end where it is not there."""
    family = [part for part in fold(name).split() if part not in {"jr", "sr", "iii"}][-1]
    return one.words.index(family) + 1 if family in one.words else len(one.words)
