"""Summary of what a document is read as: one race, its winner, stages, order and facts, by the document alone.

It is what `spotter read --json` prints, one object for each race that a document tells of. A name is given in full
where the same text gives it in full.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from bot.documents.model import FactClaim, ParsedDocument, RawClaim, RowClaim, StandingClaim
from bot.documents.season import SeasonClaims, SeasonEvent
from bot.racing.sessions import RACE_SESSION, stage_number_of

__all__ = ["DocumentSummary", "PointsRow", "RawSection", "ScheduleRow", "rejected_summary", "summarize"]

FactValue: TypeAlias = str | int | float | date
Day: TypeAlias = date  # below a field is called `date`, as the JSON has it


@dataclass(frozen=True, slots=True)
class PointsRow:
    """One row of a championship's table. An article about a season may list somebody without a place or points."""

    position: int | None
    name: str
    points: int | float | None


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One race of a season as an article about it has it; `start` is the time of day in `zone`, `winner` who won."""

    round: int | None
    race: str | None
    track: str | None
    date: Day | None
    start: str | None
    zone: str | None
    network: str | None
    radio: str | None
    status: str
    counts: bool
    winner: str | None
    pole: str | None


@dataclass(frozen=True, slots=True)
class RawSection:
    """A part of a document that the format does not know: kept as it is, from `line` on."""

    line: int
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What one document says of one race; None or empty where it does not say.

    `kind` is None where the document is `rejected`, which then says why. `season` is the season stated, or the year of
    the race, or that in which the text appeared. `order` and each of `stages` map places to names; a place that the
    document gives to two people is left out. The first of `order` is the winner. `standings` go by championship. A
    document about a season has a `schedule`, with races to come, and tells of no race.
    """

    document: str
    kind: str | None
    race: str | None = None
    season: int | None = None
    series: str | None = None
    round: int | None = None
    track: str | None = None
    date: Day | None = None
    winner: str | None = None
    stages: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    order: Mapping[int, str] = field(default_factory=dict)
    margin_s: float | None = None
    pole: str | None = None
    lead_changes: int | None = None
    cautions: int | None = None
    laps: int | None = None
    standings: Mapping[str, tuple[PointsRow, ...]] = field(default_factory=dict)
    schedule: tuple[ScheduleRow, ...] = ()
    kept_raw: tuple[RawSection, ...] = ()
    rejected: str | None = None


def rejected_summary(document: str, why: str) -> DocumentSummary:
    """The summary of a document that cannot be read."""
    return DocumentSummary(document, None, rejected=why)


def summarize(parsed: ParsedDocument) -> DocumentSummary:
    """The summary of one reading.

    Claims of a bare name are left out: by the text alone nobody can say that they are about a driver.
    """
    full_names = _full_names(parsed.full_names)
    facts = _first_facts(parsed)
    identity = parsed.identity
    day = identity.day or _day(facts.get("date"))
    published = day or identity.appeared
    places = _places(parsed, full_names)
    order = places.get(RACE_SESSION, {})
    return DocumentSummary(
        parsed.document.name,
        parsed.kind,
        race=_text(facts.get("race_name")) or identity.name,
        season=identity.season or _count(facts.get("season")) or (published.year if published else None),
        series=identity.series or _text(facts.get("series")),
        round=identity.round or _count(facts.get("round")),
        track=_text(facts.get("track")) or identity.track,
        date=day,
        winner=order.get(1) or _person(facts.get("winner"), full_names),
        stages={number: names for session, names in places.items() if (number := stage_number_of(session))},
        order=order,
        margin_s=_measure(facts.get("margin_s")),
        pole=_person(facts.get("pole_driver"), full_names),
        lead_changes=_count(facts.get("lead_changes")),
        cautions=_count(facts.get("cautions")),
        laps=_count(facts.get("laps_run")),
        standings=_season_standings(parsed.season) if parsed.season else _standings(parsed, full_names),
        schedule=tuple(_schedule_row(event) for event in parsed.season.events) if parsed.season else (),
        kept_raw=tuple(
            RawSection(claim.line, claim.section, claim.text) for claim in parsed.claims if isinstance(claim, RawClaim)
        ),
    )


def _full_names(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Short names with the full name that each stands for; one that may stand for two is left as it is."""
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for short, full in pairs:
        meanings[short].add(full)
    return {short: next(iter(full)) for short, full in meanings.items() if len(full) == 1}


def _first_facts(parsed: ParsedDocument) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    for claim in parsed.claims:
        if isinstance(claim, FactClaim) and not claim.bare_name:
            facts.setdefault(claim.field, claim.value)
    return facts


def _places(parsed: ParsedDocument, full_names: Mapping[str, str]) -> dict[str, dict[int, str]]:
    """The order of each session, by place."""
    names: defaultdict[str, defaultdict[int, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for claim in parsed.claims:
        if isinstance(claim, RowClaim) and claim.position and not claim.bare_name:
            names[claim.session][claim.position][full_names.get(claim.driver, claim.driver)] = None
    return {
        session: {place: next(iter(people)) for place, people in sorted(places.items()) if len(people) == 1}
        for session, places in sorted(names.items())
    }


def _standings(parsed: ParsedDocument, full_names: Mapping[str, str]) -> dict[str, tuple[PointsRow, ...]]:
    rows: defaultdict[str, list[PointsRow]] = defaultdict(list)
    for claim in parsed.claims:
        if isinstance(claim, StandingClaim):
            name = full_names.get(claim.name, claim.name)
            rows[claim.championship].append(PointsRow(claim.position, name, claim.points))
    return {championship: tuple(table) for championship, table in sorted(rows.items())}


def _season_standings(season: SeasonClaims) -> dict[str, tuple[PointsRow, ...]]:
    rows: defaultdict[str, list[PointsRow]] = defaultdict(list)
    for claim in season.standings:
        whole = claim.points is not None and claim.points == int(claim.points)
        points = int(claim.points) if whole and claim.points is not None else claim.points
        rows[claim.championship].append(PointsRow(claim.position, claim.name, points))
    return {championship: tuple(table) for championship, table in sorted(rows.items())}


def _schedule_row(event: SeasonEvent) -> ScheduleRow:
    row, winners = event.scheduled, event.winners
    return ScheduleRow(
        event.round,
        event.race,
        event.track,
        row.day if row else None,
        row.start if row else None,
        row.zone if row else None,
        row.network if row else None,
        row.radio if row else None,
        row.status if row else "",
        row.counts if row else event.round is not None,
        event.winner,
        winners.pole_driver if winners else None,
    )


def _text(value: FactValue | None) -> str | None:
    return value if isinstance(value, str) else None


def _person(value: FactValue | None, full_names: Mapping[str, str]) -> str | None:
    return full_names.get(value, value) if isinstance(value, str) else None


def _count(value: FactValue | None) -> int | None:
    return value if isinstance(value, int) else None


def _measure(value: FactValue | None) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _day(value: FactValue | None) -> date | None:
    return value if isinstance(value, date) else None
