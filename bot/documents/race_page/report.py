"""What the sentences of a race page tell that its boxes and tables do not: the report of the same race."""

from dataclasses import replace

from bot.documents.model import Document, FactClaim, ParsedDocument, RaceIdentity
from bot.documents.recap.reader import RECAP
from bot.language.fold import fold

__all__ = ["with_report"]

# What sentences say beyond doubt; who finished where is for the tables of the page to say.
_REPORT_FIELDS = frozenset(
    {"margin_s", "pole_driver", "lead_changes", "cautions", "caution_laps", "leaders", "laps_run", "race_name",
     "series", "series_name", "season", "date", "track"}
)  # fmt: skip


def with_report(page: ParsedDocument, document: Document) -> ParsedDocument:
    """The reading of a page with the facts that only its sentences have; as it is where they name another winner."""
    if not RECAP.recognizes(document):
        return page
    reports = RECAP.read(document)
    winner = page.identity.winner
    if len(reports) != 1 or not winner or not _is_same_person(winner, reports[0].identity.winner):
        return page
    known = {claim.field for claim in page.claims if isinstance(claim, FactClaim)}
    told = (claim for claim in reports[0].claims if isinstance(claim, FactClaim) and claim.field in _REPORT_FIELDS)
    added = tuple(claim for claim in told if claim.field not in known)
    identity = _completed(page.identity, reports[0].identity)
    return replace(page, claims=(*page.claims, *added), identity=identity)


def _is_same_person(one: str, other: str | None) -> bool:
    """Whether one name is the other, or its last name."""
    return other is not None and f" {fold(one)}".endswith(f" {fold(other)}")


def _completed(page: RaceIdentity, report: RaceIdentity) -> RaceIdentity:
    """What the page says of which race it is, and what it leaves out as its sentences say it."""
    return replace(
        page,
        series=page.series or report.series,
        season=page.season or report.season,
        name=page.name or report.name,
        track=page.track or report.track,
        day=page.day or report.day,
    )
