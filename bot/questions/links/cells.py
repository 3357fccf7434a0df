"""The cells that a question names, whole or in part, as they are written or nearly so."""

from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from bot.questions.links.index import Occurrence, TableIndex
from bot.questions.links.links import ConditionLink
from bot.questions.links.nations import is_nation
from bot.questions.links.question import QuestionWords, singular, span_mask
from bot.questions.links.triggers import trigger_words
from bot.questions.programs.row_sets import Contains
from bot.questions.tables.model import ColumnRole
from bot.questions.tables.roles import role_words

__all__ = ["cell_links"]

_OF_LANDS = {ColumnRole.COUNTRY, ColumnRole.PLACE_NAME, ColumnRole.RACE, ColumnRole.TRACK}
# "frnchitti" is 0.95 of "franchitti", "mclaran" 0.86 of "mclaren"; two surnames of one race are hardly above 0.75.
MIN_LIKENESS = 0.78
_PEOPLE = {ColumnRole.PERSON, ColumnRole.SECOND_PERSON, ColumnRole.WINNER, ColumnRole.POLE, ColumnRole.FASTEST_LAP}
_MIN_SURNAME = 4  # letters of a surname that is a word of questions or a land, too: "power", "ireland"
_MIN_WORD = 5  # letters of a word that may be misspelt
_MOST_LINKS = 40  # of one question: a longer list comes of words that stand everywhere


def cell_links(question: QuestionWords, index: TableIndex) -> tuple[ConditionLink, ...]:
    """Spans of the question that stand in cells of a column, the longest at each place."""
    spelt, fuzzy = _spelt(question, index)
    found: list[ConditionLink] = []
    for start in range(len(spelt)):
        for column, (end, first) in _longest(spelt, index, start).items():
            link = _link(question, index, spelt, column, start, end, first, fuzzy)
            if link and not any(one.column == column and one.words & link.words == link.words for one in found):
                found.append(link)
    found.sort(key=lambda link: (-link.words.bit_count(), -link.strength))
    return tuple(found[:_MOST_LINKS])


def _spelt(question: QuestionWords, index: TableIndex) -> tuple[tuple[str, ...], int]:
    """The words of the question as the table spells them, and those of them that are only nearly so."""
    spelt, fuzzy = [], 0
    for at, word in enumerate(question.words):
        known = _as_written(word, index)
        if not known and len(word) >= _MIN_WORD and not word.isdigit() and not _is_common(word):
            known = _like(word, index)
            fuzzy |= 1 << at if known else 0
        spelt.append(known or word)
    return tuple(spelt), fuzzy


def _as_written(word: str, index: TableIndex) -> str:
    """The word as a cell has it, in the singular or in the plural; "" where none has it."""
    if word in index.occurrences:
        return word
    if word in trigger_words().free:
        return ""
    stem = singular(word)
    forms = (stem, f"{word}s", *(word.removesuffix(ending) for ending in ("ed", "d", "ing") if len(word) > _MIN_WORD))
    return next((one for one in forms if len(one) > 2 and one in index.occurrences), "")


def _like(word: str, index: TableIndex) -> str:
    found = process.extractOne(word, index.misspellable, scorer=OSA.normalized_similarity, score_cutoff=MIN_LIKENESS)
    if not found:
        return ""
    return str(found[0]) if JaroWinkler.similarity(word, found[0]) > MIN_LIKENESS else ""


@cache
def _is_common(word: str) -> bool:
    """Whether it is a word of questions, and no misspelt name."""
    lists = trigger_words()
    phrases = (*lists.words, *lists.comparisons, *lists.asks)
    stem = singular(word)
    if word in lists.free or any(word in phrase for phrase in phrases):
        return True
    return any(stem in phrase for role in role_words().values() for phrase in role.words)


def _longest(spelt: tuple[str, ...], index: TableIndex, start: int) -> dict[int, tuple[int, tuple[Occurrence, ...]]]:
    """For each column the end of the longest span from `start` that stands in one of its cells, and where."""
    longest: dict[int, tuple[int, tuple[Occurrence, ...]]] = {}
    here = index.occurrences.get(spelt[start], ())
    end = start + 1
    while here:
        for column in {one[0] for one in here}:
            longest[column] = (end, tuple(one for one in here if one[0] == column))
        if end == len(spelt):
            break
        following = set(index.occurrences.get(spelt[end], ()))
        here = tuple(one for one in here if (one[0], one[1], one[2] + end - start) in following)
        end += 1
    return longest


def _link(
    question: QuestionWords,
    index: TableIndex,
    spelt: tuple[str, ...],
    column: int,
    start: int,
    end: int,
    first: tuple[Occurrence, ...],
    fuzzy: int,
) -> ConditionLink | None:
    """The link of one span; None where it is of words that mean nothing, and no whole cell."""
    cells = index.machine.columns[column]
    width = end - start
    whole = [row for _, row, _ in first if len(cells[row].words) == width]
    words = spelt[start:end]
    if not whole and all(word in trigger_words().free or len(word) == 1 for word in words):
        return None
    if width == 1 and (words[0] in trigger_words().free or words[0].isdigit()) and not _names(question, start):
        return None
    rows = 0
    for _, row, _ in first:
        rows |= 1 << row
    share = max(width / len(cells[row].words) for _, row, _ in first)
    mask = span_mask(start, end)
    if any(mask & span_mask(one.start, one.end) not in {0, span_mask(one.start, one.end)} for one in question.numbers):
        return None  # a part of a time is no time
    features = ["cell:whole" if whole else "cell:part", *(["cell:fuzzy"] if fuzzy & mask else [])]
    is_surname = width == 1 and _is_surname(question, index, column, start, first)
    if width == 1 and not whole and not is_surname and _means_more(question, index, start):
        return None  # "team" stands in names of teams, but means the column
    if width == 1 and is_nation(words[0]) and not is_surname and index.table.columns[column].role not in _OF_LANDS:
        return None  # "american" stands in the name of a team, but asks where people are from
    return ConditionLink(Contains(column, words), column, start, end, mask, rows, "text", share, tuple(features))


def _means_more(question: QuestionWords, index: TableIndex, at: int) -> bool:
    """Whether a word names a column, or is one of those that questions are made of."""
    return question.stems[at] in index.phrases or _is_common(question.words[at])


def _is_surname(
    question: QuestionWords, index: TableIndex, column: int, at: int, places: tuple[Occurrence, ...]
) -> bool:
    """Whether a word is the last one of somebody's name, and of no column's."""
    word = question.words[at]
    if len(word) < _MIN_SURNAME or index.table.columns[column].role not in _PEOPLE or word in index.phrases:
        return False
    cells = index.machine.columns[column]
    return any(0 < place == len(cells[row].words) - 1 for _, row, place in places)


def _names(question: QuestionWords, start: int) -> bool:
    """Whether the word before says that a number or a letter is a name: "number 6", "class s"."""
    before = question.stems[start - 1] if start else ""
    return before in {"number", "no", "class", "car", "type", "tyre", "tire", "category", "division"} or (
        question.words[start].isalpha()
        and len(question.words[start]) == 1
        and question.words[start] not in {"a", "i", "s"}
    )
