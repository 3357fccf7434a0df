"""Merge of one race: all claims of its documents into the rows of the archive."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import SQLModel

from bot.archive.models.core import Conflict, FactRecord, Race, SessionRow, Support
from bot.documents.model import EntryClaim, RowClaim
from bot.loading.merge.conflicts import Resolution, value_text
from bot.loading.merge.corrections import CorrectedCell
from bot.loading.merge.duplicate_starts import merge_duplicate_starts
from bot.loading.merge.race_facts import fact_winner, facts_evidence, resolve_facts
from bot.loading.merge.sourced_claims import TABLE_TRUST, SourcedClaim
from bot.loading.merge.story import story_rows
from bot.loading.merge.tables import table_rows
from bot.racing.race_key import RaceKey, race_order_key
from bot.racing.series import series_name
from bot.racing.sessions import RACE_SESSION

__all__ = ["RaceRows", "merge_race"]


@dataclass(frozen=True, slots=True)
class RaceRows:
    """A race and every row that refers to it, in the order to be written."""

    race: Race
    rows: tuple[SQLModel, ...]


def merge_race(
    key: str,
    claims: Sequence[SourcedClaim],
    cells: Sequence[CorrectedCell] = (),
    histories: frozenset[str] = frozenset(),
    known_round: int | None = None,
) -> RaceRows:
    """The rows of one race; names are canonical already. The order of `claims` plays no part.

    `cells` are what moderators corrected in its tables, `histories` the names of the documents that are histories.
    Of several rounds that documents give, `known_round` stands: the race is known by it.
    """
    claims, duplicate_conflicts = merge_duplicate_starts(key, claims, histories)
    # The most trusted first. The text of a claim comes last in the key: the catalogue may say two things on one line.
    claims = sorted(claims, key=_claim_rank)
    evidence = facts_evidence(claims)
    tables = table_rows(key, claims, cells, fact_winner(key, evidence))
    facts = resolve_facts(key, evidence, tables.winner if tables.has_table_winner else None, known_round)
    story = story_rows(key, claims, {field: resolution.chosen.value for field, resolution in facts.items()})
    conflicts = [conflict for resolution in facts.values() for conflict in resolution.conflicts]
    conflicts += [*duplicate_conflicts, *tables.conflicts, *story.conflicts]
    supports = [support for resolution in facts.values() for support in resolution.supports]
    supports += tables.supports
    rows: list[SQLModel] = [_fact_row(key, field, resolution) for field, resolution in facts.items()]
    rows += [*tables.rows, *story.rows, *_number_conflicts(conflicts), *_unique_supports(supports)]
    return RaceRows(_race_row(key, facts, claims, tables.winner), tuple(rows))


def _claim_rank(sourced: SourcedClaim) -> tuple[int, str, int, int, str]:
    return -sourced.trust, sourced.document, sourced.claim.line, sourced.claim_number, repr(sourced.claim)


def _fact_row(key: str, field: str, resolution: Resolution) -> FactRecord:
    value = resolution.chosen.value
    return FactRecord(
        race=key,
        field=field,
        value=value_text(value),
        number=float(value) if isinstance(value, int | float) else None,
        document=resolution.chosen.document,
        line=resolution.chosen.line,
        agree=resolution.document_count,
    )


def _race_row(
    key: str, facts: Mapping[str, Resolution], claims: Sequence[SourcedClaim], first: SessionRow | None
) -> Race:
    """The race itself, out of its facts; `first` is the first of its results, who won if no fact says who."""

    def text(field: str) -> str | None:
        return str(facts[field].chosen.value) if field in facts else None

    def whole_number(field: str) -> int | None:
        value = facts[field].chosen.value if field in facts else None
        return value if isinstance(value, int) else None

    date_value = facts["date"].chosen.value if "date" in facts else None
    day = date_value if isinstance(date_value, date) else None
    season, round_number = whole_number("season"), whole_number("round")
    # A round that only prose tells of a race known by its name may be that of another race.
    is_known_by_round = str(RaceKey.of(text("series"), season, round_number)) == key
    if round_number and not is_known_by_round and facts["round"].chosen.trust < TABLE_TRUST:
        round_number = None
    # A season is a calendar year, so the day of the race gives it.
    if season is None and day is not None:
        season = day.year
    return Race(
        key=key,
        series=text("series"),
        series_name=text("series_name") or series_name(text("series") or "", season),
        season=season,
        round=round_number,
        rounds=whole_number("rounds"),
        name=text("race_name"),
        day=day,
        track=text("track"),
        place=text("place"),
        winner=text("winner") or (first.driver if first else None),
        field_size=_field_size(claims),
        order_key=race_order_key(season, round_number, day),
    )


def _field_size(claims: Sequence[SourcedClaim]) -> int:
    """Cars in the largest list of the whole field that one document gives: its entry list or its race table."""
    sizes: defaultdict[tuple[str, str], int] = defaultdict(int)
    for sourced in claims:
        if isinstance(sourced.claim, EntryClaim):
            sizes[sourced.document, "entry"] += 1
        elif (
            isinstance(sourced.claim, RowClaim)
            and sourced.claim.session == RACE_SESSION
            and (sourced.claim.car or sourced.from_history_table)
        ):
            sizes[sourced.document, "race"] += 1
    # An entry list names who did not qualify too, so the table of the race counts first.
    race_sizes = [size for (_, table), size in sizes.items() if table == "race"]
    return max(race_sizes or sizes.values(), default=0)


def _number_conflicts(conflicts: Sequence[Conflict]) -> Iterator[Conflict]:
    """The conflicts numbered from 1 by what they are about, so that the same documents give the same numbers.

    Who won comes first. A fact and a row of the results may say the same of the same winner; that is one.
    """
    unique: dict[tuple[str, str, str], Conflict] = {}
    for conflict in sorted(conflicts, key=_conflict_rank):
        is_winner = conflict.value_name == "winner"
        line = "" if is_winner else f"{conflict.other_line} {conflict.value} {conflict.line} {conflict.reason}"
        unique.setdefault((conflict.value_name, conflict.other_document, conflict.other_value + line), conflict)
    for number, conflict in enumerate(unique.values(), 1):
        conflict.number = number
        yield conflict


def _conflict_rank(row: Conflict) -> tuple[bool, str, str, int, str]:
    return row.value_name != "winner", row.value_name, row.other_document, row.other_line, row.other_value


def _unique_supports(supports: Sequence[Support]) -> list[Support]:
    """The supports, each once: a value may be supported as a further document and as the source of its cell."""
    return list({(row.value_name, row.document, row.line): row for row in supports}.values())
