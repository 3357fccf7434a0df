"""What the archive holds and lacks, race by race."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from bot.archive.models.build_cache import RaceWorkings
from bot.archive.models.core import Check, Conflict, Entry, Fact, Passage, Race, RaceSession, RawBlock, Source, Standing
from bot.archive.models.tallies import HistoryDocument, HistoryRace
from bot.archive.queries.race_label import race_label

__all__ = ["Holding", "check"]

WANTED = {
    "date": "the date",
    "track": "the track",
    "laps_scheduled": "the scheduled laps",
    "winner": "the winner",
    "pole_driver": "the pole",
    "cautions": "the number of cautions",
    "average_speed_mph": "the average speed",
}


@dataclass(frozen=True, slots=True)
class Holding:
    """One race: the documents it stands on, what of it is held, what is missing, and what no format knew.

    `unknown` are "document:line: heading" of sections kept as they are; `conflicts` counts disagreements; `broken`
    are "document:line: what" of values that break the sport's arithmetic, `rules` the number of rules recomputed.
    """

    race: str
    documents: tuple[str, ...]
    held: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    conflicts: int
    broken: tuple[str, ...] = ()
    rules: int = 0


def check(session: Session) -> tuple[Holding, ...]:
    """Every race of the archive in the order of series and time, and every history as a whole.

    The races that only a history tells of are alike in what they hold and lack: they are counted.
    """
    merged = select(Race).join(RaceWorkings, col(RaceWorkings.race) == col(Race.key))
    races = session.exec(merged.order_by(col(Race.series).nulls_first(), col(Race.order_key), col(Race.key))).all()
    histories = session.exec(select(HistoryDocument).order_by(col(HistoryDocument.document))).all()
    return (*(_holding(session, race) for race in races), *(_history(session, one) for one in histories))


def _history(session: Session, history: HistoryDocument) -> Holding:
    """What a history holds besides the races that other documents tell of too."""
    told = select(func.count()).where(HistoryRace.document == history.document)
    alone = told.where(col(HistoryRace.race).not_in(select(RaceWorkings.race)))
    races, own = session.exec(told).one(), session.exec(alone).one()
    source = session.get(Source, history.document)
    return Holding(
        source.title if source else history.document,
        (history.document,),
        (f"{races:,} races, {own:,} of which nothing else tells", f"{history.rows:,} results"),
        ("dates", "scheduled laps", "cautions", "the average speed"),
        (),
        0,
    )


def _holding(session: Session, race: Race) -> Holding:
    def count(model: type[Entry] | type[Passage] | type[Conflict]) -> int:
        return len(session.exec(select(model).where(col(model.race) == race.key)).all())

    fields = set(session.exec(select(Fact.field).where(Fact.race == race.key)))
    documents = session.exec(select(Source.document).where(Source.race == race.key).order_by(col(Source.document)))
    sessions = session.exec(select(RaceSession).where(RaceSession.race == race.key).order_by(col(RaceSession.rank)))
    standings = Counter(session.exec(select(Standing.championship).where(Standing.race == race.key)))
    held = [f"{one.title}: {one.rows} rows" for one in sessions]
    held += [f"{championship} standings: {rows} rows" for championship, rows in sorted(standings.items())]
    counted = (("facts", len(fields)), ("entries", count(Entry)), ("passages", count(Passage)))
    held += [f"{number} {what}" for what, number in counted if number]
    missing = [what for field, what in WANTED.items() if field not in fields]
    missing += [] if any(line.startswith("Race:") for line in held) else ["the results"]
    missing += [] if race.name else ["the race's name"]
    checks = session.exec(select(Check).where(Check.race == race.key).order_by(col(Check.number))).all()
    unknown = session.exec(select(RawBlock).where(RawBlock.race == race.key).order_by(col(RawBlock.number)))
    return Holding(
        race_label(race),
        tuple(documents),
        tuple(held),
        tuple(missing),
        tuple(f"{block.document}:{block.line}: {block.section or block.text[:40]}" for block in unknown),
        count(Conflict),
        tuple(f"{one.document}:{one.line}: {one.says}" for one in checks if not one.words),
        sum(bool(one.words) for one in checks),
    )
