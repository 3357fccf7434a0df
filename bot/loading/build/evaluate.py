"""What an aim comes to: documents that cannot be read are rejected whole, and what is left is derived and compared."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from sqlmodel import Session, SQLModel, col, select

from bot.archive.db.bulk import in_parts
from bot.archive.models.tallies import (
    CareerTally,
    HistoryDocument,
    HistoryRace,
    SeasonTally,
    TeamTally,
    TrackTally,
)
from bot.archive.models.user_data import Correction
from bot.archive.models.core import DERIVED, Name, Race, Source, Spelling, Version
from bot.archive.models.build_cache import RaceWorkings, ReadAs
from bot.errors import BadDocument
from bot.loading.state.changes import Aim
from bot.loading.state.previous_build import Before
from bot.loading.startup import another_program
from bot.loading.gc_pause import without_collector
from bot.loading.merge.corrections import Mending
from bot.loading.build.build import Derived, derive
from bot.loading.build.diff import differences, documents_changed
from bot.loading.state.document_set import Held, State, state_of
from bot.loading.read.reading_cache import Library
from bot.loading.report import Change, Report

__all__ = ["PER_RACE", "Settled", "said", "settle_on"]

WHOLE: tuple[type[SQLModel], ...] = (Source, ReadAs)
APART: tuple[type[SQLModel], ...] = (
    *WHOLE, Name, Spelling, Race, RaceWorkings, SeasonTally, CareerTally, TeamTally, TrackTally, HistoryDocument,
    HistoryRace,
)  # fmt: skip
PER_RACE: tuple[type[SQLModel], ...] = tuple(model for model in DERIVED if model not in APART)
FEW = 40  # races of histories that a report tells cell by cell; a season has up to 36, a whole history thousands


@dataclass(frozen=True, slots=True)
class Settled:
    """What will be in force, the rows of it, the keys of the races to be written, and the report of a dry run.

    `changed` are the keys of all races whose rows go or come, `bulk` those of them that are made from histories alone.
    `rejected` are the documents that cannot be read.
    """

    state: State
    derived: Derived
    changed: frozenset[str]
    bulk: tuple[str, ...]
    report: Report
    rejected: tuple[BadDocument, ...] = ()


@without_collector()
def settle_on(session: Session, wanted: Aim, *, forget: bool = False) -> Settled:
    """Derive what is wanted and compare it with the archive; nothing is written.

    A document that is new and cannot be read is rejected: what was in force under its name stays. With `forget`
    everything is read anew. Raises BotError for an archive that cannot be.
    """
    held = state_of(session)
    known = list(session.exec(select(RaceWorkings)))
    forget = forget or another_program(session)
    library = Library(session, wanted.fresh, forget=forget)
    state, rejected, unread = wanted.state, list(wanted.rejected), set[str]()
    mendings = _mendings(session, wanted)
    remembered = {} if forget else {row.race: row for row in known}
    while True:
        try:
            readable = {name: one for name, one in state.documents.items() if name not in unread}
            for name in sorted(readable):
                if readable[name].digest in wanted.fresh:
                    library.check(readable[name])
            derived = derive(readable, mendings, library, remembered)
            break
        except BadDocument as error:
            rejected.append(error)
            state = _without(state, held, error, unread)
    before = Before.of(session, known, forget=forget)
    bulk = before.to_write(derived.bulk)
    changed, report = _compared(session, wanted, state, derived, held, before, bulk)
    rejected.sort(key=lambda one: (one.path.name, one.line))
    kept = tuple(sorted({error.path.name for error in rejected} & held.documents.keys()))
    report = replace(report, rejected=tuple(map(str, rejected)), kept=kept)
    return Settled(state, derived, changed, bulk, report, tuple(rejected))


def _without(state: State, held: State, error: BadDocument, unread: set[str]) -> State:
    """The state with the last good version of a document in place of one that breaks.

    One that was in force already stays, `unread`: another version of the program reads it again. Raises the error
    where it is about no document.
    """
    name = PurePath(error.path).name
    broken, good = state.documents.get(name), held.documents.get(name)
    if broken is None or name in unread:
        raise error
    if broken == good:
        unread.add(name)
        return state
    documents = {other: one for other, one in state.documents.items() if other != name}
    return State(documents | ({name: good} if good else {}), state.corrections)


def _mendings(session: Session, wanted: Aim) -> list[Mending]:
    rows = session.exec(select(Correction).order_by(col(Correction.number)))
    found = [*rows, *((wanted.mended,) if wanted.mended else ())]
    return [
        Mending(row.number, row.race, row.what, row.value) for row in found if row.number in wanted.state.corrections
    ]  # fmt: skip


def _compared(
    session: Session,
    wanted: Aim,
    state: State,
    derived: Derived,
    held: State,
    before: Before,
    bulk: Sequence[str],
) -> tuple[frozenset[str], Report]:
    """The keys of the races that change, and what the report says. A few races of histories are told cell by cell."""
    gone = before.races - derived.keys
    from_histories = {*bulk, *(gone - before.merged)}
    few = from_histories if len(from_histories) <= FEW else set()
    touched = {one.race.key for one in derived.races} | (gone & before.merged) | few
    new = [*derived.races, *(one.as_models() for one in derived.bulk.tables(key for key in bulk if key in few))]
    old = {race.key: race for race in _races(session, touched & before.races)}
    changes = differences(old, _rows_of(session, old), new)
    report = Report(
        session.get_one(Version, 1).number,
        tuple(changes.values()),
        documents_changed(said(held.documents), said(state.documents)),
        dry_run=True,
        set_aside=wanted.named,
        passed_over=wanted.passed_over,
        corrections=wanted.corrections,
        idle=_idle(session, wanted, derived),
        histories=() if few else before.summary(derived.bulk, bulk, derived.merged),
        spellings=tuple(Change(one.kind, one.old, one.new) for one in derived.bulk.renamings),
    )
    return frozenset(changes) | from_histories, report


def _races(session: Session, keys: Collection[str]) -> Iterator[Race]:
    for some in in_parts(sorted(keys)):
        yield from session.exec(select(Race).where(col(Race.key).in_(some)))


def said(documents: Mapping[str, Held]) -> dict[str, str]:
    """Name -> all that is said of a document, to tell which have changed."""
    return {name: repr((one.said, one.origin)) for name, one in documents.items()}


def _idle(session: Session, wanted: Aim, derived: Derived) -> tuple[str, ...]:
    """In words, which corrections find nothing to mend any more."""
    if not derived.idle:
        return ()
    rows = {row.number: row for row in session.exec(select(Correction))}
    if wanted.mended:
        rows[wanted.mended.number] = wanted.mended
    return tuple(f"correction {number}, of {rows[number].what}, finds nothing to mend" for number in derived.idle)


def _rows_of(session: Session, races: Mapping[str, Race]) -> dict[str, list[SQLModel]]:
    rows: dict[str, list[SQLModel]] = {}
    for keys in in_parts(sorted(races)):
        for model in PER_RACE:
            for row in session.exec(select(model).where(col(model.race).in_(keys))):  # type: ignore[attr-defined]
                rows.setdefault(row.race, []).append(row)  # type: ignore[attr-defined]
    return rows
