"""The columns that a question names."""

from bot.questions.links.index import ColumnPhrase, TableIndex
from bot.questions.links.links import ColumnLink
from bot.questions.links.question import QuestionWords, span_mask
from bot.questions.links.triggers import trigger_words

__all__ = ["column_links"]

_BEGINNING = 6  # letters that two forms of a word share: "attended", "sponsored"


def column_links(question: QuestionWords, index: TableIndex) -> tuple[ColumnLink, ...]:
    """Every name of a column in the question; of those of one column that lie in one another, the longest."""
    found: list[ColumnLink] = []
    for start, stem in enumerate(question.stems):
        for phrase in index.phrases.get(stem) or _like(stem, index):
            end = start + len(phrase.words)
            if question.stems[start + 1 : end] == phrase.words[1:]:
                found.append(ColumnLink(phrase.column, start, end, span_mask(start, end), phrase.strength))
    found.sort(key=lambda link: (link.start - link.end, -link.strength))
    kept: list[ColumnLink] = []
    for link in found:
        within = (one for one in kept if one.words & link.words)
        if not any(one.column == link.column or (one.strength == 3 and one.words != link.words) for one in within):
            kept.append(link)
    return tuple(sorted(kept, key=lambda link: (link.start, link.column)))


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
