"""What was settled on, into the tables: within the one transaction of a load."""

from collections.abc import Iterable
from dataclasses import replace

from sqlmodel import Session, SQLModel, col, delete, select

from bot.archive.kept_models import LoadRecord, Rejection, SetAside
from bot.archive.models import Race, Version
from bot.archive.texts import keep_lines, packed
from bot.archive.workings_models import RaceWorkings
from bot.loading.aims import Aim, Surroundings
from bot.loading.held import state_json, write_state
from bot.loading.report import Report
from bot.loading.report_json import report_to_json
from bot.loading.settle import PER_RACE, WHOLE, Settled

__all__ = ["write"]


def write(
    session: Session, wanted: Aim, settled: Settled, what: str, around: Surroundings, *, anew: bool = False
) -> Report:
    """Put it in force and in the log; where nothing changes, only what was rejected is written down, if that is new.

    With `anew`, races that were made again are written down even if they came out as they were.
    """
    version = session.get_one(Version, 1)
    _write_rejections(session, settled.report.rejected)
    _write_aside(session, wanted, around)
    again = anew and settled.derived.workings
    if settled.report.unchanged and version.loaded_at is not None and not again:
        return replace(settled.report, dry_run=False)
    report = replace(settled.report, version=version.number + 1, dry_run=False)
    for one in settled.state.documents.values():
        if one.digest in wanted.fresh:
            keep_lines(session, one.digest, wanted.fresh[one.digest].lines)
    if wanted.mended is not None:
        session.add(wanted.mended)
        session.flush()
    write_state(session, settled.state)
    _write_derived(session, settled)
    version.number, version.loaded_at = report.version, around.at
    session.add(version)
    record = LoadRecord(
        number=report.version,
        at=around.at,
        by=around.by,
        what=what,
        report=packed(report_to_json(report)),
        state=state_json(settled.state),
    )
    session.add(record)
    return report


def _write_rejections(session: Session, lines: tuple[str, ...]) -> None:
    known = tuple(session.exec(select(Rejection.line).order_by(col(Rejection.number))))
    if known != lines:
        session.exec(delete(Rejection))
        session.add_all(Rejection(number=number, line=line) for number, line in enumerate(lines, 1))
        session.flush()


def _write_aside(session: Session, wanted: Aim, around: Surroundings) -> None:
    """Set texts aside, and no longer those that are in force again under their name."""
    for digest, name in sorted(wanted.restored):
        row = session.get(SetAside, (digest, name))
        if row is not None:
            session.delete(row)
    for digest, name in sorted(wanted.aside):
        session.merge(SetAside(digest=digest, name=name, by=around.by, at=around.at))
    session.flush()


def _write_derived(session: Session, settled: Settled) -> None:
    """Replace the rows of every changed race, the workings of every one made, and the tables of the whole archive."""
    keys, made = sorted(settled.changed), [row.race for row in settled.derived.workings]
    for model in reversed(PER_RACE):
        column = model.race  # type: ignore[attr-defined]
        session.exec(delete(model).where(col(column).in_(keys)))
    session.exec(delete(Race).where(col(Race.key).in_(keys)))
    session.exec(delete(RaceWorkings).where(col(RaceWorkings.race).in_(made)))
    session.exec(delete(RaceWorkings).where(col(RaceWorkings.race).not_in(settled.derived.keys)))
    for table in WHOLE:
        session.exec(delete(table))
    rewritten = [race for race in settled.derived.races if race.race.key in settled.changed]
    _insert(session, [race.race for race in rewritten])
    _insert(session, [row for race in rewritten for row in race.rows])
    _insert(session, [*settled.derived.whole, *settled.derived.workings])


def _insert(session: Session, rows: Iterable[SQLModel]) -> None:
    """Parents are inserted by an earlier call: nothing here orders rows by foreign keys."""
    session.add_all(list(rows))
    session.flush()
