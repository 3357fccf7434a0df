"""The schedule of one season out of all its documents: one row for each race, cell by cell, what is lost kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.archive.cell_ref import CellRef
from bot.archive.models.core import Conflict
from bot.archive.models.seasons import ScheduledRace
from bot.documents.model import RaceIdentity
from bot.documents.season import RaceWinners, ScheduledRaceClaim, SeasonEvent
from bot.loading.canonical.names import CanonicalNames
from bot.loading.merge.conflicts import Evidence, Value, resolve_conflict
from bot.loading.merge.sourced_claims import TABLE_TRUST
from bot.loading.seasons.season_documents import SeasonDocument
from bot.loading.seasons.season_races import agreement_of

__all__ = ["SCHEDULE_TABLE", "schedule_rows", "start_in_utc"]

SCHEDULE_TABLE = "schedule"
_PARTIAL_COLUMNS = frozenset({"name", "place", "network", "radio", "report"})
_COLUMN_NAMES = {"race": "name"}  # a claim calls the name of the race so; in the archive `race` is a key
_DRIVER_COLUMNS = ("winner", "pole_driver", "most_laps_led_driver", "fastest_lap_driver")


@dataclass(frozen=True, slots=True)
class _SourcedEvent:
    """One event of one document; `order` sorts it among all, by its day or that of the event before it."""

    document: str
    event: SeasonEvent
    race: str | None
    order: tuple[str, str, int]


def schedule_rows(
    documents: Sequence[SeasonDocument], canonical_names: CanonicalNames
) -> tuple[list[ScheduledRace], list[Conflict]]:
    """The rows of a season, numbered by time, and what its documents disagree on; they come in the order of names."""
    groups: list[list[_SourcedEvent]] = []
    for document in documents:
        groups = _with_document(groups, list(_sourced_events(document)))
    groups.sort(key=lambda group: group[0].order)
    rows: list[ScheduledRace] = []
    conflicts: list[Conflict] = []
    for number, group in enumerate(groups, 1):
        row, lost = _schedule_row(group, canonical_names)
        season = documents[0].claims
        row.series, row.season, row.number = season.series, season.season, number
        row.series_name = season.series_name
        rows.append(row)
        conflicts += lost
    return rows, conflicts


def start_in_utc(day: date | None, start: str | None, zone: str | None) -> str | None:
    """The moment of a start as "2026-02-15T19:30:00Z"; None where its day or time is not told."""
    if day is None or start is None or zone is None:
        return None
    local = datetime.combine(day, time.fromisoformat(start), ZoneInfo(zone))
    return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _sourced_events(document: SeasonDocument) -> Iterator[_SourcedEvent]:
    """The events of a document; one without a day stands behind the one above it."""
    latest = ""
    for number, event in enumerate(document.claims.events, 1):
        day = event.scheduled.day if event.scheduled else None
        latest = day.isoformat() if day else latest
        yield _SourcedEvent(document.name, event, document.races.get(number), (latest, document.name, number))


def _with_document(groups: list[list[_SourcedEvent]], events: Sequence[_SourcedEvent]) -> list[list[_SourcedEvent]]:
    """The groups of events that are one race each, and those of one more document."""
    added: list[list[_SourcedEvent]] = []
    used: set[int] = set()
    for event in events:
        place = _place_of(groups, event, used)
        if place is None:
            added.append([event])
        else:
            groups[place].append(event)
            used.add(place)
    return [*groups, *added]


def _place_of(groups: Sequence[Sequence[_SourcedEvent]], event: _SourcedEvent, used: set[int]) -> int | None:
    """The group of this event: the one of its race, else the one that it alone fits; None where there is none."""
    free = [place for place in range(len(groups)) if place not in used]
    same = [place for place in free if event.race and any(other.race == event.race for other in groups[place])]
    if same:
        return same[0]
    scores = {
        place: evidence.score
        for place in free
        if not (event.race and groups[place][0].race)
        and (evidence := agreement_of(_identity(event), _identity(groups[place][0]))).is_one_race(is_repeated=False)
    }
    best = [place for place, score in scores.items() if score == max(scores.values())]
    return best[0] if len(best) == 1 else None


def _identity(sourced: _SourcedEvent) -> RaceIdentity:
    event = sourced.event
    day = event.scheduled.day if event.scheduled else None
    return RaceIdentity(round=event.round, name=event.race, track=event.track, day=day, winner=event.winner)


def _schedule_row(
    group: Sequence[_SourcedEvent], canonical_names: CanonicalNames
) -> tuple[ScheduledRace, tuple[Conflict, ...]]:
    evidence: dict[str, list[Evidence]] = {}
    for sourced in group:
        for claim in (sourced.event.scheduled, sourced.event.winners):
            for column, value in _cells(_spelled(claim, canonical_names)) if claim else ():
                pieces = evidence.setdefault(column, [])
                # A schedule comes before the results of its document: the name of a race there is the fuller one.
                if all(piece.document != sourced.document for piece in pieces):
                    pieces.append(Evidence(value, sourced.document, claim.line if claim else 1, TABLE_TRUST))
    first = group[0]
    values: dict[str, Value | None] = {}
    conflicts: list[Conflict] = []
    subject = first.event.race or first.event.track or f"line {first.event.line}"
    for column, pieces in evidence.items():
        name = str(CellRef(SCHEDULE_TABLE, subject, column))
        resolution = resolve_conflict("", name, pieces, allow_partial=column in _PARTIAL_COLUMNS)
        values[column] = resolution.chosen.value
        conflicts += resolution.conflicts
    source = {"series": "", "season": 1, "number": 1, "document": first.document, "line": first.event.line}
    row = ScheduledRace.model_validate({**values, **source, "race": first.race})
    row.starts_at = start_in_utc(row.day, row.start, row.zone)
    with_winners = next((one for one in group if one.event.winners), None)
    if with_winners and with_winners.event.winners:
        row.winners_document, row.winners_line = with_winners.document, with_winners.event.winners.line
    return row, tuple(conflicts)


def _cells(claim: ScheduledRaceClaim | RaceWinners) -> Iterator[tuple[str, Value]]:
    """Pairs of (column, value) that a claim states."""
    for column in fields(claim):
        value = getattr(claim, column.name)
        if column.name != "line" and value is not None and value != "":
            yield _COLUMN_NAMES.get(column.name, column.name), value


def _spelled(
    claim: ScheduledRaceClaim | RaceWinners, canonical_names: CanonicalNames
) -> ScheduledRaceClaim | RaceWinners:
    """The claim with every name in its canonical spelling."""
    if claim.track:
        claim = replace(claim, track=canonical_names.tracks.spelling_of(claim.track))
    if isinstance(claim, RaceWinners):
        spelled: Mapping[str, str] = {
            column: canonical_names.drivers.spelling_of(getattr(claim, column))
            for column in _DRIVER_COLUMNS
            if getattr(claim, column)
        }
        claim = replace(claim, **spelled)  # type: ignore[arg-type]
        if claim.winner_team:
            claim = replace(claim, winner_team=canonical_names.teams.spelling_of(claim.winner_team))
        if claim.winner_manufacturer:
            make = canonical_names.manufacturers.spelling_of(claim.winner_manufacturer)
            claim = replace(claim, winner_manufacturer=make)
    return claim
