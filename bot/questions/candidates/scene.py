"""All links of a question in a table, and the sets of them that stand beside one another."""

from collections.abc import Iterator
from dataclasses import replace

from bot.questions.candidates.parts import LinkSet, QuestionScene
from bot.questions.links.amounts import ROW_NOUNS, amount_links
from bot.questions.links.cells import cell_links
from bot.questions.links.codes import code_links
from bot.questions.links.columns import column_links
from bot.questions.links.index import TableIndex
from bot.questions.links.links import ColumnLink, ConditionLink
from bot.questions.links.nations import nation_words
from bot.questions.links.question import QuestionWords, span_mask
from bot.questions.links.statuses import status_links
from bot.questions.links.triggers import trigger_words
from bot.questions.programs.row_sets import Contains
from bot.questions.tables.model import ColumnRole

__all__ = ["link_sets", "scene_of", "words_at"]

_PEOPLE = {ColumnRole.WINNER, ColumnRole.POLE, ColumnRole.FASTEST_LAP}
_GAPS = {ColumnRole.TIME, ColumnRole.GAP, ColumnRole.STATUS}
_ENTITIES = {ColumnRole.PERSON, ColumnRole.RACE, ColumnRole.ROUND}  # what the rows of most tables are about
_MOST_LINKS = 3  # conditions of one reading; four occur in 2 of 437 questions
_MOST_SETS = 16  # readings that are tried; the right one is nearly always among the first ten
_MIN_TITLE = 2  # words of a title next to one another that name it: "miller lite"


def scene_of(question: QuestionWords, index: TableIndex) -> QuestionScene:
    """The links of a question in a table."""
    title = _title_words(question, index)
    named = (link for link in column_links(question, index) if not _counts(question, link))
    columns = tuple(link for link in named if not _is_order(question, index, link))
    cells = tuple(link for link in cell_links(question, index) if link.words & ~title)
    names = title
    for link in cells:
        is_gap = index.table.columns[link.column].role in _GAPS  # "4 laps" may be a number of laps, too
        names |= link.words if link.words.bit_count() > 1 and not is_gap else 0
    cells = (*cells, *code_links(question, index), *_absent(cells, columns, index))
    conditions = (*cells, *status_links(question, index), *amount_links(question, index, columns, names))
    for heading in columns:
        names |= heading.words if heading.words.bit_count() > 1 else 0
    triggers = {name: mask & ~names for name, mask in question.triggers.items()}
    if index.table.column_of(ColumnRole.WINNER, ColumnRole.WINNING_TEAM):
        triggers["first"] = triggers.get("first", 0) & ~_win_words(question)
    question = replace(question, triggers=triggers)
    nations = nation_words(question) & ~title
    content = span_mask(0, len(question.words)) & ~(question.free & ~nations) & ~title
    leftovers = {
        at: "left:nation" if nations >> at & 1 else _leftover(question, index, conditions, at)
        for at in range(len(question.words))
    }
    return QuestionScene(question, index, columns, conditions, leftovers, content)


def link_sets(scene: QuestionScene) -> tuple[LinkSet, ...]:
    """The sets of links that explain most, the best first; the empty one is always among them."""
    sets = [LinkSet((), 0, 0.0)]
    for link in sorted(scene.conditions, key=lambda one: (one.start, one.end)):
        grown = [_with(one, link) for one in sets if len(one.links) < _MOST_LINKS and not one.words & link.words]
        sets = sorted([*sets, *grown], key=lambda one: -one.score)[: 3 * _MOST_SETS]
    best = sets[:_MOST_SETS]
    return tuple(best if any(not one.links for one in best) else [*best[:-1], LinkSet((), 0, 0.0)])


def _win_words(question: QuestionWords) -> int:
    """The words of winning, which name a column where there is one, and the first row elsewhere."""
    return sum(1 << at for at, word in enumerate(question.words) if word in {"won", "win", "winning", "winner"})


def _absent(
    cells: tuple[ConditionLink, ...], columns: tuple[ColumnLink, ...], index: TableIndex
) -> Iterator[ConditionLink]:
    """Names in a column that the question names and in which they do not stand: who has the pole may never have won."""
    for link in cells:
        if "cell:whole" not in link.features or index.table.columns[link.column].role not in _PEOPLE:
            continue
        for named in columns:
            role = index.table.columns[named.column].role
            known = any(one.column == named.column and one.words & link.words for one in cells)
            if role in _PEOPLE and named.strength >= 2 and not known and isinstance(link.condition, Contains):
                condition = replace(link.condition, column=named.column)
                features = ("cell:absent",)
                yield replace(link, condition=condition, column=named.column, rows=0, strength=0.6, features=features)


def _counts(question: QuestionWords, link: ColumnLink) -> bool:
    """Whether a name of a column is only the "number" of "the number of"."""
    following = question.words[link.end] if link.end < len(question.words) else ""
    return question.words[link.start : link.end] in {("number",), ("numbers",), ("total",)} and following in {
        "of",
        "number",
        "amount",
    }


def _is_order(question: QuestionWords, index: TableIndex, link: ColumnLink) -> bool:
    """Whether the “came first” of “which came first, A or B” is the order of two rows, and nobody's victory."""
    is_winner = index.table.columns[link.column].role is ColumnRole.WINNER
    is_choice = question.asks == "thing" and "or" in question.words
    return is_winner and is_choice and "first" in question.words[link.start : link.end]


def _with(one: LinkSet, link: ConditionLink) -> LinkSet:
    gain = (
        link.strength * (link.words.bit_count() + 0.5)
        if link.kind != "text"
        else ((0.4 + 0.6 * link.strength) * (link.words.bit_count() + 0.5))
    )
    return LinkSet((*one.links, link), one.words | link.words, one.score + gain)


def _title_words(question: QuestionWords, index: TableIndex) -> int:
    """The words of the question that name the table itself: two or more of its title next to one another."""
    mask, start = 0, 0
    for at in range(len(question.stems) + 1):
        if at < len(question.stems) and question.stems[at] in index.title:
            continue
        run = question.stems[start:at]
        if len(run) >= _MIN_TITLE and not all(stem in trigger_words().free for stem in run):
            ordinal = any(one.end == start and one.kind == "ordinal" for one in question.numbers)
            mask |= span_mask(start - 1 if ordinal else start, at)
        start = at + 1
    return mask


def _leftover(
    question: QuestionWords,
    index: TableIndex,
    conditions: tuple[ConditionLink, ...],
    at: int,
) -> str:
    """The feature of a word that nothing explains."""
    bit = 1 << at
    if any(number.start <= at < number.end for number in question.numbers):
        return "left:number"
    if any(mask & bit for mask in question.triggers.values()):
        return f"left:w:{question.words[at]}"
    if any(link.words & bit and link.kind == "text" for link in conditions):
        return "left:cell"
    if question.stems[at] in ROW_NOUNS:
        return "left:entity"
    if question.stems[at] in index.phrases:
        role = index.table.columns[index.phrases[question.stems[at]][0].column].role
        return "left:entity" if role in _ENTITIES else "left:column"
    return "left:title" if question.stems[at] in index.title else "left:unknown"


def words_at(question: QuestionWords, mask: int) -> Iterator[str]:
    """The words of a set."""
    for at, word in enumerate(question.words):
        if mask >> at & 1:
            yield word
