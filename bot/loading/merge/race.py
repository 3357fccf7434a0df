"""The documents of one race into the rows of one race."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import SQLModel

from bot.archive.models.core import Conflict, Fact, Race, Support
from bot.documents.model import EntryClaim, FactClaim, RowClaim
from bot.loading.merge.conflicts import Evidence, Outcome, settle, text_of
from bot.loading.merge.corrections import Cell
from bot.loading.merge.duplicate_starts import one_start_each
from bot.loading.merge.sourced_claims import Told
from bot.loading.merge.story import story_rows
from bot.loading.merge.tables import table_rows
from bot.racing.series import series_name

__all__ = ["RaceRows", "merge_race"]

# A text may call these by a part of their name; "Chicago" and "Chicago Street Race" are one race.
BRIEF_FIELDS = frozenset({"next_race", "race_name", "place", "network", "next_race_network", "radio", "series_name"})


@dataclass(frozen=True, slots=True)
class RaceRows:
    """A race and every row that hangs on it, in the order to be written."""

    race: Race
    rows: tuple[SQLModel, ...]


def merge_race(
    key: str, told: Sequence[Told], cells: Sequence[Cell] = (), histories: frozenset[str] = frozenset()
) -> RaceRows:
    """Merge everything told of one race; names are canonical already. The order of `told` plays no part.

    `cells` are what moderators mended in its tables, `histories` the documents that are histories.
    """
    told, disputes = one_start_each(key, told, histories)
    told = sorted(told, key=lambda one: (-one.trust, one.document, one.claim.line, one.place, repr(one.claim)))
    rows: list[SQLModel] = []
    conflicts: list[Conflict] = []
    supports: list[Support] = []
    facts: dict[str, Outcome] = {}
    for field, outcome in _facts(key, told):
        facts[field] = outcome
        rows.append(_fact_row(key, field, outcome))
        conflicts += outcome.conflicts
        supports += outcome.supports
    merged = table_rows(key, told, cells)
    story = story_rows(key, told, {field: outcome.shown.value for field, outcome in facts.items()})
    conflicts += [*disputes, *merged.conflicts, *story.conflicts]
    supports += merged.supports
    rows += [*merged.rows, *story.rows, *_numbered(conflicts), *_distinct(supports)]
    return RaceRows(_race(key, facts, told, merged.winner), tuple(rows))


def _facts(key: str, told: Sequence[Told]) -> Iterator[tuple[str, Outcome]]:
    evidence: defaultdict[str, list[Evidence]] = defaultdict(list)
    for one in told:
        if isinstance(one.claim, FactClaim):
            field = one.claim.field
            if field == "appeared":  # each text has its own day; that is no disagreement about the race
                continue
            evidence[field].append(Evidence(one.claim.value, one.document, one.claim.line, one.trust))
    for field in sorted(evidence):
        yield field, settle(key, field, evidence[field], brief=field in BRIEF_FIELDS)


def _fact_row(key: str, field: str, outcome: Outcome) -> Fact:
    value = outcome.shown.value
    return Fact(
        race=key,
        field=field,
        value=text_of(value),
        number=float(value) if isinstance(value, int | float) else None,
        document=outcome.shown.document,
        line=outcome.shown.line,
        agree=outcome.agree,
    )


def _race(key: str, facts: dict[str, Outcome], told: Sequence[Told], first: str | None) -> Race:
    def text(field: str) -> str | None:
        return str(facts[field].shown.value) if field in facts else None

    def whole(field: str) -> int | None:
        value = facts[field].shown.value if field in facts else None
        return value if isinstance(value, int) else None

    day = facts["date"].shown.value if "date" in facts else None
    season, number = whole("season"), whole("round")
    if season is None and isinstance(day, date):
        season = day.year
    return Race(
        key=key,
        series=text("series"),
        series_name=text("series_name") or series_name(text("series") or "", season),
        season=season,
        round=number,
        rounds=whole("rounds"),
        name=text("race_name"),
        day=day if isinstance(day, date) else None,
        track=text("track"),
        place=text("place"),
        winner=text("winner") or first,
        field_size=_field_size(told),
        order_key=f"{season or 0:04d}-{number or 0:03d}-{day or ''}",
    )


def _field_size(told: Sequence[Told]) -> int:
    """Cars in the largest list of the whole field that one document gives: its entry list or its race table."""
    sizes: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in told:
        if isinstance(one.claim, EntryClaim):
            sizes[one.document, "entry"] += 1
        elif isinstance(one.claim, RowClaim) and one.claim.session == "race" and (one.claim.car or one.listed):
            sizes[one.document, "race"] += 1
    raced = [size for (_, table), size in sizes.items() if table == "race"]
    return max(raced or sizes.values(), default=0)


def _numbered(conflicts: Sequence[Conflict]) -> Iterator[Conflict]:
    ordered = sorted(conflicts, key=lambda one: (one.what, one.other_document, one.other_line, one.other))
    for number, conflict in enumerate(ordered, 1):
        conflict.number = number
        yield conflict


def _distinct(supports: Sequence[Support]) -> list[Support]:
    return list({(one.what, one.document, one.line): one for one in supports}.values())
