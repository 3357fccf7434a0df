"""The columns that a question names."""

from collections.abc import Iterator
from dataclasses import replace

from bot.questions.links.index import ColumnPhrase, TableIndex
from bot.questions.links.links import ColumnLink
from bot.questions.links.question import QuestionWords, span_mask
from bot.questions.links.triggers import trigger_words
from bot.questions.tables.model import ColumnRole

__all__ = ["column_links"]

_GAPPED = (
    (ColumnRole.LAPS_LED, {"lap"}, {"lead", "led", "leading", "leader"}),
    (
        ColumnRole.GRID,
        {"position", "place", "spot"},
        {"start", "started", "qualify", "qualified", "begin", "began", "starting", "qualifying"},
    ),
)
_FINISHES = {"finish", "finished", "finishing", "end", "ended"}
_WON = {ColumnRole.POLE, ColumnRole.FASTEST_LAP}
_GAP = 6  # words between the two of a name
_BEGINNING = 6  # letters that two forms of a word share: "attended", "sponsored"


def column_links(question: QuestionWords, index: TableIndex) -> tuple[ColumnLink, ...]:
    """Every name of a column in the question; of those of one column that lie in one another, the longest."""
    found: list[ColumnLink] = []
    for start, stem in enumerate(question.stems):
        for phrase in index.phrases.get(stem) or _like(stem, index):
            end = start + len(phrase.words)
            if question.stems[start + 1 : end] == phrase.words[1:]:
                found.append(ColumnLink(phrase.column, start, end, span_mask(start, end), phrase.strength))
    found.extend(_gapped(question, index))
    found.sort(key=lambda link: (-link.words.bit_count(), -link.strength))
    kept: list[ColumnLink] = []
    for link in found:
        within = (one for one in kept if one.words & link.words)
        if not any(one.column == link.column or _covers(one, link) for one in within):
            kept.append(link)
    return tuple(sorted(_poles_won(question, index, kept), key=lambda link: (link.start, link.column)))


def _gapped(question: QuestionWords, index: TableIndex) -> Iterator[ColumnLink]:
    """Names with words between them: “how many laps did he lead”, “what position did he start from”."""
    for role, firsts, seconds in _GAPPED:
        column = index.table.column_of(role)
        one = next((at for at, stem in enumerate(question.stems) if stem in firsts), -1)
        two = next((at for at, word in enumerate(question.words) if word in seconds), -1)
        if column is None or one < 0 or two < 0 or not 1 < abs(one - two) <= _GAP:
            continue
        if role is ColumnRole.GRID and (_FINISHES & set(question.words) or _is_counted(question, two)):
            continue
        yield ColumnLink(column.number, one, one + 1, 1 << one | 1 << two, 3)


def _is_counted(question: QuestionWords, at: int) -> bool:
    """Whether a number stands right behind a word."""
    return any(0 < number.start - at <= 2 for number in question.numbers)


def _poles_won(question: QuestionWords, index: TableIndex, links: list[ColumnLink]) -> list[ColumnLink]:
    """The links without the winner of “who won the most poles”: there a pole is won, and no race."""
    roles = {one: index.table.columns[one.column].role for one in links}
    won = next((at for at, word in enumerate(question.words) if word in {"won", "win", "winning"}), -1)
    poles = [one for one in links if roles[one] in _WON and abs(one.start - won) <= _GAP]
    if won < 0 or not poles or "race" in question.stems or "from" in question.words:
        return links
    kept = [one for one in links if roles[one] is not ColumnRole.WINNER or not one.words >> won & 1]
    return [replace(one, words=one.words | 1 << won) if one in poles[:1] else one for one in kept]


def _like(stem: str, index: TableIndex) -> tuple[ColumnPhrase, ...]:
    """The headings of one word that begin as a word does which names nothing: "attended" and "attendance"."""
    if len(stem) < _BEGINNING or stem in trigger_words().free:
        return ()
    return tuple(
        phrase
        for word, phrases in index.phrases.items()
        if word[:_BEGINNING] == stem[:_BEGINNING]
        for phrase in phrases
        if len(phrase.words) == 1 and phrase.strength == 3
    )


def _covers(one: ColumnLink, link: ColumnLink) -> bool:
    """Whether a name leaves no room for another that shares words with it: a heading does, and a longer name."""
    if one.words == link.words:
        return False
    return one.strength == 3 or (one.strength == 2 and link.strength < 3 and not link.words & ~one.words)
