"""What the review of a load finds wrong, but for what is expected of a page that is watched: its race is a new one.

A name that nobody has seen before is expected too, if a second document has it: the track of next Sunday stands in the
schedule, a new driver in the standings of the season.
"""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, select

from bot.archive.models.seasons import ScheduledRace, SeasonStanding
from bot.documents.model import EntryClaim, FactClaim, ParsedDocument, RowClaim
from bot.language.fold import fold
from bot.loading.build.compare import Evaluation
from bot.loading.report import Concern
from bot.loading.seasons.season_documents import names_of_season

__all__ = ["concern_doubts"]

NEW_NAMES, NEW_RACE = "new name", "new race"  # kinds of concerns
FIRST_WORDS = 2  # of a line such as “new drivers Abel Quist, Boyd Orr”


def concern_doubts(
    session: Session, evaluation: Evaluation, document: str, companions: Sequence[ParsedDocument]
) -> Iterator[str]:
    """The concerns of the review that keep a `document` from being loaded by itself."""
    known: frozenset[str] | None = None
    for concern in evaluation.report.concerns:
        if concern.kind == NEW_RACE and concern.document == document:
            continue
        if concern.kind == NEW_NAMES:
            known = known if known is not None else frozenset(_known_names(session, document, companions))
            if _new_names(concern) <= known:
                continue
        yield concern.text


def _new_names(concern: Concern) -> frozenset[str]:
    """The names in the line of a concern; where it does not list all, one of them is no name."""
    words = concern.text.split(" ", FIRST_WORDS)
    return frozenset(fold(name) for name in words[-1].split(", "))


def _known_names(session: Session, document: str, companions: Sequence[ParsedDocument]) -> Iterator[str]:
    """The names that other documents have: the schedules and standings in force, and the other pages of the season.

    Those of races in the archive are known to the review.
    """
    tracks = session.exec(select(ScheduledRace.track).where(ScheduledRace.document != document).distinct())
    drivers = session.exec(select(SeasonStanding.name).where(SeasonStanding.document != document).distinct())
    teams = session.exec(select(SeasonStanding.team).where(SeasonStanding.document != document).distinct())
    yield from (fold(name) for names in (tracks, drivers, teams) for name in names if name)
    for companion in companions:
        yield from map(fold, _names_of(companion))


def _names_of(companion: ParsedDocument) -> Iterator[str]:
    """Every name of a track, driver or team that a page has."""
    if companion.season is not None:
        yield from names_of_season(companion.season)
    for claim in companion.claims:
        if isinstance(claim, RowClaim | EntryClaim):
            yield from filter(None, (claim.driver, claim.team))
        elif isinstance(claim, FactClaim) and claim.field == "track":
            yield str(claim.value)
