"""Plans: a load that was shown and waits, for a day at most, while the archive stays as it was planned on."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, delete, select

from bot.archive.document_texts import compress_text, decompress_text
from bot.archive.models.core import Version
from bot.archive.models.user_data import LoadRecord, Plan
from bot.documents.model import Document
from bot.errors import StalePlan
from bot.loading.build.compare import Evaluation
from bot.loading.moderation.rows import PlanRow
from bot.loading.report import Report
from bot.loading.state.change import Change
from bot.loading.state.document_set import in_utc
from bot.loading.stored_json import from_json, to_json

__all__ = ["PendingPlan", "applicable_plan", "delete_plan", "plan_row", "plan_rows", "store_plan"]

MAX_LOADS = 20  # of the log, in which the load of a plan is looked for: a plan lives for a day
PLAN_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class PendingPlan:
    """A plan that can be applied: what is to be done, with which uploads, and what that has to come to."""

    change: Change
    documents: tuple[Document, ...]
    outcome: str


def store_plan(
    session: Session,
    change: Change,
    by: str,
    evaluation: Evaluation,
    documents: Sequence[Document] = (),
    upload_summary: str = "",
) -> PlanRow:
    """Write a plan down; plans whose day is over go."""
    session.exec(delete(Plan).where(col(Plan.made_at) < datetime.now(UTC) - PLAN_LIFETIME))
    plan = Plan(
        key=secrets.token_hex(4),
        made_by=by,
        made_at=datetime.now(UTC),
        title=change.title,
        read_as=upload_summary,
        version=evaluation.report.version,
        outcome=evaluation.document_set.fingerprint(),
        deed=to_json(change),
        report=compress_text(to_json(evaluation.report)),
        content=compress_text("\n".join(line for one in documents for line in one.lines)) if documents else None,
    )
    session.add(plan)
    session.flush()
    return _plan_row(plan, evaluation.report.version)


def plan_rows(session: Session) -> tuple[PlanRow, ...]:
    """Every plan whose day is not over, the newest first; stale where the archive has changed since."""
    version = session.get_one(Version, 1).number
    plans = session.exec(select(Plan).order_by(col(Plan.made_at).desc(), col(Plan.key)))
    return tuple(_plan_row(plan, version) for plan in plans if not _is_expired(plan))


def applicable_plan(session: Session, key: str) -> PendingPlan:
    """A plan to be applied. Raises StalePlan where there is none, or it can no longer be applied."""
    plan = session.get(Plan, key)
    if plan is None or _is_expired(plan):
        raise StalePlan(_gone_text(session, key))
    version = session.get_one(Version, 1).number
    # What was shown would not be what is done.
    if plan.version != version:
        raise StalePlan(
            f"The archive has changed since this was planned (version {plan.version} then, {version} now). "
            "Plan it again."
        )
    change = from_json(Change, plan.deed)
    lines = tuple(decompress_text(plan.content).split("\n")) if plan.content is not None else ()
    return PendingPlan(change, tuple(_documents(change, lines)), plan.outcome)


def _documents(change: Change, lines: Sequence[str]) -> Iterator[Document]:
    """The documents of an upload, whose lines are kept one after another."""
    if change.kind == "upload":
        yield Document(change.name, change.digest, tuple(lines))
    first = 0
    for part in change.parts:
        yield Document(part.name, part.digest, tuple(lines[first : first + part.line_count]))
        first += part.line_count


def delete_plan(session: Session, key: str) -> None:
    """Forget a plan. Raises StalePlan where it is gone already."""
    if session.get(Plan, key) is None:
        raise StalePlan(_gone_text(session, key))
    session.exec(delete(Plan).where(col(Plan.key) == key))


def plan_row(session: Session, key: str) -> PlanRow:
    """A plan, stale where the archive has changed since. Raises StalePlan where it is gone."""
    plan = session.get(Plan, key)
    if plan is None or _is_expired(plan):
        raise StalePlan(_gone_text(session, key))
    return _plan_row(plan, session.get_one(Version, 1).number)


def _gone_text(session: Session, key: str) -> str:
    """Why there is no such plan: it was applied, and then by whom, or something else."""
    loads = session.exec(select(LoadRecord).order_by(col(LoadRecord.number).desc()).limit(MAX_LOADS))
    for load in loads:
        if from_json(Report, decompress_text(load.report)).plan == key:
            when = f"{in_utc(load.at):%B} {load.at.day}, {load.at:%H:%M} UTC"
            return f"This plan was applied already, by {load.by} on {when}: it is load {load.number} of /data log."
    return "This plan is gone: it was discarded or planned anew, or it is over a day old. Plan it again."


def _plan_row(plan: Plan, version: int) -> PlanRow:
    return PlanRow(
        plan.key,
        plan.made_by,
        in_utc(plan.made_at),
        plan.title,
        plan.read_as,
        plan.version,
        from_json(Report, decompress_text(plan.report)),
        plan.version != version or _is_expired(plan),
    )


def _is_expired(plan: Plan) -> bool:
    return datetime.now(UTC) - in_utc(plan.made_at) > PLAN_LIFETIME
