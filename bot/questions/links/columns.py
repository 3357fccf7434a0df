"""The columns that a question names."""

from bot.questions.links.index import TableIndex
from bot.questions.links.links import ColumnLink
from bot.questions.links.question import QuestionWords, span_mask

__all__ = ["column_links"]


def column_links(question: QuestionWords, index: TableIndex) -> tuple[ColumnLink, ...]:
    """Every name of a column in the question; of those of one column that lie in one another, the longest."""
    found: list[ColumnLink] = []
    for start, stem in enumerate(question.stems):
        for phrase in index.phrases.get(stem, ()):
            end = start + len(phrase.words)
            if question.stems[start:end] == phrase.words:
                found.append(ColumnLink(phrase.column, start, end, span_mask(start, end), phrase.strength))
    found.sort(key=lambda link: (link.start - link.end, -link.strength))
    kept: list[ColumnLink] = []
    for link in found:
        within = (one for one in kept if one.words & link.words)
        if not any(one.column == link.column or (one.strength == 3 and one.words != link.words) for one in within):
            kept.append(link)
    return tuple(sorted(kept, key=lambda link: (link.start, link.column)))
