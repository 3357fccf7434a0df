"""A text that tells of two races, such as a weekend's, cut into one text for each.

A paragraph belongs to the race that it names, or on whose day it tells something; one that may belong to either is left
out of both, so that what it says is claimed of neither.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.documents.model import Document
from bot.documents.recap.identity.day_words import weekday_number
from bot.documents.recap.identity.race_choice import NamedRace, ReportSentence
from bot.documents.recap.identity.sentences import head_lines
from bot.documents.recap.paragraphs import RecapParagraph
from bot.language.fold import fold
from bot.language.words import words

__all__ = ["MIN_RIVAL_WORTH", "split_races"]

MIN_RIVAL_WORTH = 9  # of each of two races: somebody won it on its day, in the first paragraphs
NAME_WORTH = 3  # times what a day of the week is worth; a race's paragraphs mention the other day too


def split_races(
    document: Document,
    paragraphs: Sequence[RecapParagraph],
    sentences: Sequence[ReportSentence],
    rivals: Sequence[NamedRace],
) -> tuple[Document, ...]:
    """The document once for each of the `rivals`, with the paragraphs of the others and of none left empty.

    The lines above the first paragraph stay in all. Empty where the races cannot be told apart by their days.
    """
    weekdays = [_weekdays(sentences, race) for race in rivals]
    if not all(weekdays) or weekdays[0] & weekdays[1]:
        return ()
    worth = [Counter[int]() for _ in rivals]
    for sentence in sentences:
        for number, race in enumerate(rivals):
            worth[number][sentence.paragraph] += _worth(sentence, race, weekdays[number])
    top = max((line for line, _ in head_lines(document)), default=0)
    texts = []
    for number in range(len(rivals)):
        others = [counts for order, counts in enumerate(worth) if order != number]
        own = {order for order, value in worth[number].items() if all(value > other[order] for other in others)}
        kept = {line for order in own for line in _lines(paragraphs, order)}
        lines = (text if line in kept or line <= top else "" for line, text in enumerate(document.lines, 1))
        texts.append(replace(document, lines=tuple(lines)))
    return tuple(texts)


def _lines(paragraphs: Sequence[RecapParagraph], order: int) -> range:
    """The lines of a paragraph, those that it goes on in among them."""
    begin = paragraphs[order].line
    end = paragraphs[order + 1].line if order + 1 < len(paragraphs) else begin + 1
    return range(begin, max(begin + 1, end))


def _weekdays(sentences: Sequence[ReportSentence], race: NamedRace) -> frozenset[int]:
    """The days of the week in the sentences that name a race."""
    told = (weekday_number(word) for number in race.sentences for word in words(sentences[number].text))
    return frozenset(number for number in told if number is not None)


def _worth(sentence: ReportSentence, race: NamedRace, weekdays: frozenset[int]) -> int:
    """How sure a sentence is of a race, by its name and its day."""
    name = " ".join(fold(race.name).split()[-2:])
    days = sum(_day_of(word.text) in weekdays for word in words(sentence.text))
    return NAME_WORTH * (name in fold(sentence.text)) + days


def _day_of(word: str) -> int | None:
    found = next(iter(words(word.capitalize())), None)
    return weekday_number(found) if found else None
