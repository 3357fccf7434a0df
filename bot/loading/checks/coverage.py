"""Coverage of the archive: what it has and lacks of each race."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from bot.archive.models.build_cache import RaceBuild
from bot.archive.models.core import (
    Check,
    Entry,
    FactRecord,
    Passage,
    Race,
    RaceSession,
    RawBlock,
    Source,
    Standing,
)
from bot.archive.models.tallies import HistoryDocument, HistoryRaceRecord
from bot.archive.queries.evidence import conflicts_of
from bot.archive.queries.race_label import race_label
from bot.language.shortening import one_line

__all__ = ["Coverage", "archive_coverage"]

MAX_RAW_CHARS = 90  # of what could not be read; a whole section may be kept
EXPECTED_FIELDS = {
    "date": "the date",
    "track": "the track",
    "laps_scheduled": "the scheduled laps",
    "winner": "the winner",
    "pole_driver": "the pole",
    "cautions": "the number of cautions",
    "average_speed_mph": "the average speed",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """One race: its documents, what the archive has of it, what is missing, and what no format could read.

    `unread_sections` are "document:line: heading" of sections kept raw; `conflict_count` counts disagreements;
    `failed_checks` are "document:line: what" of values that break the sport's arithmetic, `rule_count` the number of
    rules recomputed.
    """

    label: str
    documents: tuple[str, ...]
    contents: tuple[str, ...]
    missing: tuple[str, ...]
    unread_sections: tuple[str, ...]
    conflict_count: int
    failed_checks: tuple[str, ...] = ()
    rule_count: int = 0


def archive_coverage(session: Session) -> tuple[Coverage, ...]:
    """Every race of the archive in the order of series and time, then every history as a whole.

    Races that only a history tells of all have and lack the same, so they are counted.
    """
    merged = select(Race).join(RaceBuild, col(RaceBuild.race) == col(Race.key))
    races = session.exec(merged.order_by(col(Race.series).nulls_first(), col(Race.order_key), col(Race.key))).all()
    histories = session.exec(select(HistoryDocument).order_by(col(HistoryDocument.document))).all()
    return (*(_race_coverage(session, race) for race in races), *(_history_coverage(session, one) for one in histories))


def _history_coverage(session: Session, history: HistoryDocument) -> Coverage:
    """The coverage of a history as one: its races, those of them that no other document has, and its results."""
    all_races = select(func.count()).where(HistoryRaceRecord.document == history.document)
    unmerged_races = all_races.where(col(HistoryRaceRecord.race).not_in(select(RaceBuild.race)))
    race_count, unmerged_count = session.exec(all_races).one(), session.exec(unmerged_races).one()
    source = session.get(Source, history.document)
    return Coverage(
        source.title if source else history.document,
        (history.document,),
        (f"{race_count:,} races, {unmerged_count:,} of which nothing else tells", f"{history.rows:,} results"),
        ("dates", "scheduled laps", "cautions", "the average speed"),  # no table of this form has columns for them
        (),
        0,
    )


def _raw_text(block: RawBlock) -> str:
    """What could not be read, by its heading where it has one."""
    return one_line(": ".join(part for part in (block.section, block.text) if part), MAX_RAW_CHARS)


def _race_coverage(session: Session, race: Race) -> Coverage:
    def count(model: type[Entry] | type[Passage]) -> int:
        return len(session.exec(select(model).where(col(model.race) == race.key)).all())

    fields = set(session.exec(select(FactRecord.field).where(FactRecord.race == race.key)))
    documents = session.exec(select(Source.document).where(Source.race == race.key).order_by(col(Source.document)))
    sessions = session.exec(select(RaceSession).where(RaceSession.race == race.key).order_by(col(RaceSession.rank)))
    standings = Counter(session.exec(select(Standing.championship).where(Standing.race == race.key)))
    contents = [f"{one.title}: {one.rows} rows" for one in sessions]
    contents += [f"{championship} standings: {rows} rows" for championship, rows in sorted(standings.items())]
    counts = (("facts", len(fields)), ("entries", count(Entry)), ("passages", count(Passage)))
    contents += [f"{number} {what}" for what, number in counts if number]
    missing = [what for field, what in EXPECTED_FIELDS.items() if field not in fields]
    missing += [] if any(line.startswith("Race:") for line in contents) else ["the results"]
    missing += [] if race.name else ["the race's name"]
    checks = session.exec(select(Check).where(Check.race == race.key).order_by(col(Check.number))).all()
    raw_blocks = session.exec(select(RawBlock).where(RawBlock.race == race.key).order_by(col(RawBlock.number)))
    return Coverage(
        race_label(race),
        tuple(documents),
        tuple(contents),
        tuple(missing),
        tuple(f"{block.document}:{block.line}: {_raw_text(block)}" for block in raw_blocks),
        sum(not conflict.is_correction for conflict in conflicts_of(session, race.key)),
        tuple(f"{one.document}:{one.line}: {one.text}" for one in checks if not one.statement),
        sum(bool(one.statement) for one in checks),
    )
