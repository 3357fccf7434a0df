"""Claims as lines of one table: where each stands, and its session, place, name and value, as a person reads them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from bot.documents.model import (
    BroadcastClaim,
    Claim,
    EntryClaim,
    FactClaim,
    FootnoteClaim,
    IncidentClaim,
    PassageClaim,
    RawClaim,
    RowClaim,
    SessionClaim,
    StandingClaim,
)
from bot.documents.season import RaceWinners, ScheduledRaceClaim, SeasonClaims
from bot.language.shortening import one_line
from bot.racing.facts import FACT_FIELDS

__all__ = ["ClaimLine", "claim_lines", "season_lines"]

MAX_TEXT_CHARS = 60  # of a passage or a section; the document has the rest
BARE_NAME_MARK = " (?)"
_HEAD_FIELDS = frozenset({"line", "session", "driver", "position", "championship", "name", "bare_name"})


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim: `claim` says of which kind it is, `value` what is told beside session, place and name.

    `name` ends in " (?)" where nothing in the text makes it a driver; parts that a claim does not have are empty.
    """

    line: int
    claim: str
    session: str = ""
    place: int | None = None
    name: str = ""
    value: str = ""


def claim_lines(claims: Iterable[Claim]) -> Iterator[ClaimLine]:
    """A line for each claim, in the order of the document."""
    for claim in sorted(claims, key=lambda one: one.line):
        yield _claim_line(claim)


def season_lines(season: SeasonClaims) -> Iterator[ClaimLine]:
    """A line for each row of a season's schedule, results and championships, in the order of the document."""
    lines = [
        _event_line(claim) for event in season.events for claim in (event.scheduled, event.winners) if claim is not None
    ]
    for row in season.standings:
        finishes = " ".join(f"{mark.race} {mark.text}" for mark in row.finishes)
        points = row.written_points if row.points is None else f"{row.points:g}"
        value = ", ".join(part for part in (f"points {points}" if points else "", finishes) if part)
        lines.append(ClaimLine(row.line, "standing", row.championship, row.position, row.name, value))
    yield from sorted(lines, key=lambda line: line.line)


def _event_line(claim: ScheduledRaceClaim | RaceWinners) -> ClaimLine:
    """A row of a schedule or of results: the round as its place, the race as its name."""
    told = {column.name: getattr(claim, column.name) for column in fields(claim)}
    value = ", ".join(
        f"{name.replace('_', ' ')} {_value_text(text)}"
        for name, text in told.items()
        if name not in {"line", "race", "round"} and text not in (None, "", True)
    )
    kind = "schedule" if isinstance(claim, ScheduledRaceClaim) else "winners"
    return ClaimLine(claim.line, kind, place=claim.round, name=claim.race or claim.track or "", value=value)


def _claim_line(claim: Claim) -> ClaimLine:
    if isinstance(claim, FactClaim):
        known_field = FACT_FIELDS.get(claim.field)
        value = f"{claim.value}{BARE_NAME_MARK if claim.bare_name else ''}"
        return ClaimLine(claim.line, "fact", name=known_field.label if known_field else claim.field, value=value)
    if isinstance(claim, RowClaim):
        name = f"{claim.driver}{BARE_NAME_MARK if claim.bare_name else ''}"
        return ClaimLine(claim.line, "result", claim.session, claim.position, name, _other_values(claim))
    if isinstance(claim, StandingClaim):
        return ClaimLine(claim.line, "standing", claim.championship, claim.position, claim.name, _other_values(claim))
    if isinstance(claim, EntryClaim):
        return ClaimLine(claim.line, "entry", name=claim.driver, value=_other_values(claim))
    return _story_line(claim)


def _story_line(
    claim: SessionClaim | BroadcastClaim | IncidentClaim | PassageClaim | FootnoteClaim | RawClaim,
) -> ClaimLine:
    match claim:
        case SessionClaim():
            laps = f"{claim.laps} laps" if claim.laps else ""
            return ClaimLine(claim.line, "session", claim.key, name=claim.title, value=laps)
        case BroadcastClaim():
            return ClaimLine(claim.line, claim.medium, name=claim.person, value=f"{claim.role}, {claim.network}")
        case IncidentClaim():
            return ClaimLine(claim.line, claim.kind, place=claim.number, name=claim.driver or "", value=claim.what)
        case PassageClaim():
            return ClaimLine(claim.line, "passage", name=claim.speaker or "", value=_start(claim.text))
        case FootnoteClaim():
            return ClaimLine(claim.line, "footnote", value=_start(claim.text))
        case RawClaim():
            return ClaimLine(claim.line, "kept as it is", name=claim.section, value=_start(claim.text))


def _start(text: str) -> str:
    return one_line(text, MAX_TEXT_CHARS)


def _other_values(claim: RowClaim | StandingClaim | EntryClaim) -> str:
    """What else a row says, such as "car 1, points 57"."""
    told: list[str] = []
    for column in fields(claim):
        value = getattr(claim, column.name)
        if column.name not in _HEAD_FIELDS and value not in (None, False, ()):
            label = column.name.replace("_", " ")
            told.append(label if value is True else f"{label} {_value_text(value)}")
    return ", ".join(told)


def _value_text(value: object) -> str:
    if isinstance(value, tuple):
        return " / ".join("-" if part is None else str(part) for part in value)
    return str(value)
