"""Where documents about a season differ: how many values are disputed, and both sides of each."""

from collections.abc import Iterable, Sequence

from bot.answers.race.race_words import DISPUTED_LABEL, disputed_text
from bot.archive.cell_ref import CellRef
from bot.archive.queries.evidence import CORRECTIONS, ConflictRow
from bot.cards import Fact, Part, SourceLine, archive_fact

__all__ = ["DISPUTED", "disputed_facts", "disputed_line"]

DISPUTED = Part("di", "Disputed facts")


def disputed_facts(conflicts: Sequence[ConflictRow], table: str) -> Iterable[Fact]:
    """A fact for each cell of one table that documents differ on, with both sides and their lines."""
    for row in conflicts:
        ref = CellRef.find(row.value_name)
        if ref is not None and ref.table == table and row.document != CORRECTIONS:
            yield Fact(
                f"{ref.subject}, {ref.column.replace('_', ' ')}",
                f"{row.value} is shown, {row.other_value} stands elsewhere",
                (SourceLine(row.document, row.line), SourceLine(row.other_document, row.other_line)),
                derivation=row.reason,
            )


def disputed_line(facts: Sequence[Fact]) -> Iterable[Fact]:
    """“4 facts are disputed”; nothing where none is."""
    if facts:
        yield archive_fact(DISPUTED_LABEL, disputed_text(len(facts)))
