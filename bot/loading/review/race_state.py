"""State of a race before or after a load, as far as a review asks for it: a pure function of its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import SQLModel

from bot.archive.models.core import Check, Conflict, FactRecord, Race, RaceSession, SessionRow, Standing
from bot.archive.queries.evidence import CORRECTIONS
from bot.loading.canonical.name_table import names_in_row
from bot.loading.report import RaceOutline
from bot.racing.sessions import RACE_SESSION, is_stage, session_rank

__all__ = ["CitedText", "RaceState", "race_state", "race_title"]

TOP_PLACES = 10
CHAMPIONSHIPS = ("drivers", "manufacturers", "owners")


@dataclass(frozen=True, slots=True)
class CitedText:
    """Words with the document and the line that they are about; `subject` names the value, "" where the words do."""

    text: str
    document: str
    line: int
    subject: str = ""


@dataclass(frozen=True, slots=True)
class RaceState:
    """A race as rows tell of it.

    `title` is what people call it ("2023 Ally 400"); `cars` are those of its results or its entry list. `names` are
    (kind, name) -> a document and a line that have it. `failures` are values that break the sport's arithmetic,
    `disagreements` what two documents say differently, what moderators corrected left out.
    """

    key: str
    title: str
    outline: RaceOutline
    series: str | None = None
    season: int | None = None
    round: int | None = None
    day: date | None = None
    order_key: str = ""
    cars: int = 0
    names: Mapping[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    failures: tuple[CitedText, ...] = ()
    disagreements: tuple[CitedText, ...] = ()


def race_state(race: Race, rows: Sequence[SQLModel]) -> RaceState:
    """The state of a race from its rows."""
    names: dict[tuple[str, str], tuple[str, int]] = {}
    for row in rows:
        for kind, name in names_in_row(row):
            names.setdefault((kind, name), (getattr(row, "document", ""), getattr(row, "line", 0)))
    if race.track:
        facts = (row for row in rows if isinstance(row, FactRecord) and row.field == "track")
        names["track", race.track] = next(((fact.document, fact.line) for fact in facts), ("", 0))
    return RaceState(
        race.key,
        race_title(race),
        _outline(race, rows),
        race.series,
        race.season,
        race.round,
        race.day,
        race.order_key,
        race.field_size,
        names,
        tuple(_failures(rows)),
        tuple(_disagreements(rows)),
    )


def race_title(race: Race) -> str:
    """What people call a race: "2023 Ally 400", its track where no name is told, its key where neither is."""
    return f"{race.season or ''} {race.name or race.track or ''}".strip() or race.key


def _failures(rows: Sequence[SQLModel]) -> Iterator[CitedText]:
    """The values that break a rule; the row of the rule itself says it in words and is left out."""
    for row in rows:
        if isinstance(row, Check) and not row.statement:
            yield CitedText(row.text, row.document, row.line)


def _disagreements(rows: Sequence[SQLModel]) -> Iterator[CitedText]:
    for row in rows:
        if isinstance(row, Conflict) and CORRECTIONS not in {row.document, row.other_document}:
            other = f"{row.other_document}:{row.other_line} says {row.other_value}"
            yield CitedText(f"{row.value} is shown, {other}", row.document, row.line, row.value_name)


def _outline(race: Race, rows: Sequence[SQLModel]) -> RaceOutline:
    titles = {row.key: row.title for row in rows if isinstance(row, RaceSession)}
    places: dict[int, str] = {}
    stage_winners: dict[str, str] = {}
    leaders: dict[str, str] = {}
    for row in rows:
        if isinstance(row, SessionRow) and row.session == RACE_SESSION and 0 < (row.position or 0) <= TOP_PLACES:
            places.setdefault(row.position or 0, row.driver)
        elif isinstance(row, SessionRow) and is_stage(row.session) and row.position == 1:
            stage_winners.setdefault(row.session, row.driver)
        elif isinstance(row, Standing) and row.position == 1:
            leaders.setdefault(row.championship, row.name)
    return RaceOutline(
        race.winner or places.get(1, ""),
        tuple(sorted(places.items())),
        tuple((titles.get(key, key), stage_winners[key]) for key in sorted(stage_winners, key=session_rank)),
        tuple((one, leaders[one]) for one in CHAMPIONSHIPS if one in leaders),
        sum(isinstance(row, SessionRow) and row.session == RACE_SESSION for row in rows),
    )
