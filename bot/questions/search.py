"""The tables that a question is likeliest about, by the words they share, the rare ones before the common ones."""

from collections.abc import Sequence
from math import log

from bot.language.fold import fold
from bot.questions.links.index import TableIndex, index_table
from bot.questions.links.question import QuestionWords, singular
from bot.questions.links.triggers import trigger_words
from bot.questions.tables.model import CellKind, TypedTable

__all__ = ["TableSearch"]

_TITLE = 1.5  # how much more a word counts in a title than in a cell


class TableSearch:
    """Tables by their words. A table is made ready for questions when it is first among the likeliest."""

    def __init__(self, tables: Sequence[TypedTable]) -> None:
        self.tables = tuple(tables)
        self._ready: dict[int, TableIndex] = {}
        self._words: dict[str, dict[int, float]] = {}
        for number, table in enumerate(self.tables):
            for word, weight in _words(table).items():
                self._words.setdefault(word, {})[number] = weight

    def likeliest(self, question: QuestionWords, most: int) -> tuple[TableIndex, ...]:
        """At most so many tables, the likeliest first; of equal ones, the one that comes first."""
        scores: dict[int, float] = {} if len(self.tables) > most else dict.fromkeys(range(len(self.tables)), 0.0)
        for word in dict.fromkeys((*question.words, *question.stems)):
            found = self._words.get(word)
            if not found or word in trigger_words().free:
                continue
            rarity = log(1 + len(self.tables) / len(found))
            for number, weight in found.items():
                scores[number] = scores.get(number, 0.0) + weight * rarity
        for number in range(len(self.tables)) if len(scores) < most else ():
            scores.setdefault(number, 0.0)
        chosen = sorted(scores, key=lambda number: (-scores[number], number))[:most]
        return tuple(self.index(number) for number in chosen)

    def index(self, number: int) -> TableIndex:
        """One of the tables, ready for questions."""
        known = self._ready.get(number)
        if known is None:
            known = self._ready[number] = index_table(self.tables[number], number)
        return known


def _words(table: TypedTable) -> dict[str, float]:
    words: dict[str, float] = {}
    for row in table.rows:
        for cell in row.cells:
            if cell.kind is not CellKind.NUMBER:
                words.update(dict.fromkeys(cell.words, 1.0))
    for column in table.columns:
        words.update(dict.fromkeys((*column.words, *(singular(word) for word in column.words)), 1.0))
    above = fold(" ".join((table.title, *table.headings))).split()
    for word in (*above, *(singular(word) for word in above)):
        words[word] = _TITLE
    return words
