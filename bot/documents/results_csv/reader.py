"""A results table that a moderator filled in (results.csv), for a race that no page covers yet.

`columns()` lists its columns, `template()` is one to fill in. Commas, semicolons and tabs separate cells; lines that
begin with "# " are comments. What is said about the whole race stands on one row, or on several and then always the
same. Rows may stand in any order.
"""

from collections.abc import Sequence
from datetime import date

from bot.documents.model import Claim, Document, FactClaim, ParsedDocument, RaceIdentity
from bot.documents.results_csv.columns import column_meanings, template
from bot.documents.results_csv.race import race_facts
from bot.documents.results_csv.sessions import read_sessions, row_facts
from bot.documents.results_csv.sheet import looks_like_results, results_rows
from bot.racing.document_kinds import RESULTS_TABLE_KIND

__all__ = ["RESULTS_TABLE", "ResultsTable", "column_meanings", "template"]


class ResultsTable:
    """Reads results tables."""

    kind = RESULTS_TABLE_KIND

    def recognizes(self, document: Document) -> bool:
        """Whether the first line that is no comment is the header of a results table."""
        return looks_like_results(document)

    def read(self, document: Document) -> Sequence[ParsedDocument]:
        """The table's one reading; raises BadDocument with the line where it breaks its form."""
        rows = results_rows(document)
        sessions = read_sessions(document, rows)
        facts = [*race_facts(document, rows), *row_facts(sessions)]
        claims: list[Claim] = [*facts, *(claim for session in sessions for claim in session.claims())]
        identity = _identity(facts)
        title = f"{identity.season} {identity.name}"
        return (
            ParsedDocument(document, self.kind, title, identity, tuple(sorted(claims, key=lambda claim: claim.line))),
        )


RESULTS_TABLE = ResultsTable()


def _identity(facts: Sequence[FactClaim]) -> RaceIdentity:
    values = {fact.field: fact.value for fact in facts}
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    counts = {name: value for name, value in values.items() if isinstance(value, int)}
    race_date = values.get("date")
    return RaceIdentity(
        series=texts["series"],
        season=counts["season"],
        round=counts.get("round"),
        name=texts["race_name"],
        track=texts.get("track"),
        day=race_date if isinstance(race_date, date) else None,
        winner=texts.get("winner"),
    )
