"""The championships of one season out of all its documents: the rows that the latest tables give, what is lost kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.archive.cell_ref import CellRef, standings_table
from bot.archive.models.core import Conflict
from bot.archive.models.seasons import SeasonFinish, SeasonStanding
from bot.documents.season import FinishMark, SeasonClaims, SeasonStandingClaim
from bot.language.fold import fold
from bot.loading.canonical.names import CanonicalNames
from bot.loading.merge.conflicts import Evidence, Value, resolve_conflict
from bot.loading.merge.sourced_claims import TABLE_TRUST
from bot.loading.seasons.season_documents import SeasonDocument

__all__ = ["standings_rows"]

_MERGED_COLUMNS = (
    "position", "written_position", "points", "written_points", "stage_points", "playoff_points", "car", "team",
    "rookie", "ineligible", "above_cut",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _SourcedRow:
    """One row of one document, its names in canonical spelling."""

    document: str
    claim: SeasonStandingClaim


@dataclass(frozen=True, slots=True)
class StandingsRows:
    """The rows of all championships of a season, and what documents that tell of the same races disagree on."""

    standings: tuple[SeasonStanding, ...]
    finishes: tuple[SeasonFinish, ...]
    conflicts: tuple[Conflict, ...]


def standings_rows(documents: Sequence[SeasonDocument], canonical_names: CanonicalNames) -> StandingsRows:
    """The championships of a season; of tables that tell of fewer races than another only the latest counts."""
    season = documents[0].claims
    names = sorted({row.championship for document in documents for row in document.claims.standings})
    standings: list[SeasonStanding] = []
    finishes: list[SeasonFinish] = []
    conflicts: list[Conflict] = []
    for championship in names:
        latest, races, rounds = _latest_tables(documents, championship)
        groups = _rows_by_name(latest, championship, canonical_names)
        for number, group in enumerate(groups, 1):
            row, marks, lost = _merged_row(championship, group)
            conflicts += lost
            row.series, row.season, row.number = season.series, season.season, number
            row.series_name, row.races, row.rounds = season.series_name, races, rounds
            standings.append(row)
            finishes += [_finish(row, document, mark, line) for document, line, mark in marks]
    return StandingsRows(tuple(standings), tuple(finishes), tuple(conflicts))


def _latest_tables(documents: Sequence[SeasonDocument], championship: str) -> tuple[list[SeasonDocument], int, int]:
    """The documents whose table has results of most races, how many that are, and of how many it has columns."""
    counts = {document.name: _race_counts(document.claims, championship) for document in documents}
    having = [document for document in documents if _has_table(document.claims, championship)]
    races = max(counts[document.name][0] for document in having)
    latest = [document for document in having if counts[document.name][0] == races]
    return latest, races, max(counts[document.name][1] for document in latest)


def _has_table(claims: SeasonClaims, championship: str) -> bool:
    return any(row.championship == championship for row in claims.standings)


def _race_counts(claims: SeasonClaims, championship: str) -> tuple[int, int]:
    """How many races a table has results of, and of how many it has columns: the last that has one, and the last."""
    rows = [row for row in claims.standings if row.championship == championship]
    races = max((mark.number for row in rows for mark in row.finishes if mark.position), default=0)
    return races, max([races, *(rounds for name, rounds in claims.rounds if name == championship)])


def _rows_by_name(
    documents: Sequence[SeasonDocument], championship: str, canonical_names: CanonicalNames
) -> list[list[_SourcedRow]]:
    """The rows of each name; the order is that of the first document, further names behind."""
    spellings = {"drivers": canonical_names.drivers, "manufacturers": canonical_names.manufacturers}.get(
        championship, canonical_names.teams
    )
    groups: dict[tuple[str, str, int], list[_SourcedRow]] = {}
    for document in documents:
        seen: dict[tuple[str, str], int] = {}
        for claim in document.claims.standings:
            if claim.championship != championship:
                continue
            spelled = replace(
                claim,
                name=spellings.spelling_of(claim.name),
                team=canonical_names.teams.spelling_of(claim.team) if claim.team else None,
            )
            # Owners are listed by car: a team with four cars has four rows.
            identity = fold(spelled.name), (spelled.car or "") if championship == "owners" else ""
            repeated = seen[identity] = seen.get(identity, -1) + 1
            groups.setdefault((*identity, repeated), []).append(_SourcedRow(document.name, spelled))
    return list(groups.values())


def _merged_row(
    championship: str, group: Sequence[_SourcedRow]
) -> tuple[SeasonStanding, list[tuple[str, int, FinishMark]], list[Conflict]]:
    base = group[0]
    values: dict[str, Value] = {}
    conflicts: list[Conflict] = []
    for column in _MERGED_COLUMNS:
        pieces = [
            Evidence(value, row.document, row.claim.line, TABLE_TRUST)
            for row in group
            if (value := getattr(row.claim, column)) not in (None, "", False)
        ]
        if pieces:
            name = str(CellRef(standings_table(championship), base.claim.name, column.replace("_", " ")))
            resolution = resolve_conflict("", name, pieces)
            values[column] = resolution.chosen.value
            conflicts += resolution.conflicts
    marks, lost = _merged_marks(championship, group)
    positions = [mark.position for _, _, mark in marks if mark.position]
    counts = {
        "agree": len({row.document for row in group}),
        "starts": len(positions),
        "wins": positions.count(1),
        "top_fives": sum(position <= 5 for position in positions),
        "top_tens": sum(position <= 10 for position in positions),
    }
    source = {"series": "", "season": 1, "number": 1, "document": base.document, "line": base.claim.line}
    row = SeasonStanding.model_validate(
        {**values, **counts, **source, "championship": championship, "name": base.claim.name}
    )
    return row, marks, [*conflicts, *lost]


def _merged_marks(
    championship: str, group: Sequence[_SourcedRow]
) -> tuple[list[tuple[str, int, FinishMark]], list[Conflict]]:
    """What is shown of each race, with its document and line, and what documents disagree on."""
    by_race: dict[int, list[tuple[str, int, FinishMark]]] = {}
    for row in group:
        for mark in row.claim.finishes:
            by_race.setdefault(mark.number, []).append((row.document, row.claim.line, mark))
    shown: list[tuple[str, int, FinishMark]] = []
    conflicts: list[Conflict] = []
    for number in sorted(by_race):
        first = by_race[number][0]
        # How a place is marked up differs from document to document; what it is must not.
        pieces = [
            Evidence(str(mark.position or mark.text), document, line, TABLE_TRUST)
            for document, line, mark in by_race[number]
        ]
        name = str(
            CellRef(
                standings_table(championship), group[0].claim.name, first[2].race.replace(":", "") or f"race {number}"
            )
        )
        resolution = resolve_conflict("", name, pieces)
        conflicts += resolution.conflicts
        shown.append(
            next(one for one in by_race[number] if one[:2] == (resolution.chosen.document, resolution.chosen.line))
        )
    return shown, conflicts


def _finish(row: SeasonStanding, document: str, mark: FinishMark, line: int) -> SeasonFinish:
    return SeasonFinish(
        series=row.series,
        season=row.season,
        championship=row.championship,
        number=row.number,
        race_number=mark.number,
        race=mark.race,
        text=mark.text,
        position=mark.position,
        pole=mark.pole,
        most_laps_led=mark.most_laps_led,
        document=document,
        line=line,
    )
