"""Plans: a load that was shown and waits, for a day at most, while the archive stays as it was planned on."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, delete, select

from bot.archive.document_texts import compress_text, decompress_text
from bot.archive.models.core import Version
from bot.archive.models.user_data import Plan
from bot.documents.model import Document
from bot.errors import StalePlan
from bot.loading.build.compare import Evaluation
from bot.loading.moderation.rows import PlanRow
from bot.loading.report import Report
from bot.loading.state.changes import Change
from bot.loading.state.document_set import in_utc
from bot.loading.stored_json import from_json, to_json

__all__ = ["PendingPlan", "applicable_plan", "delete_plan", "plan_rows", "store_plan"]

PLAN_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class PendingPlan:
    """A plan that can be applied: what is to be done, with which upload, and what that has to come to."""

    change: Change
    document: Document | None
    outcome: str


def store_plan(
    session: Session,
    change: Change,
    by: str,
    evaluation: Evaluation,
    document: Document | None = None,
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
        content=compress_text("\n".join(document.lines)) if document else None,
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
        raise StalePlan("This plan is gone: it was applied or discarded, or it is over a day old. Plan it again.")
    version = session.get_one(Version, 1).number
    # What was shown would not be what is done.
    if plan.version != version:
        raise StalePlan(
            f"The archive has changed since this was planned (version {plan.version} then, {version} now). "
            "Plan it again."
        )
    change = from_json(Change, plan.deed)
    document = None
    if plan.content is not None:
        document = Document(change.name, change.digest, tuple(decompress_text(plan.content).split("\n")))
    return PendingPlan(change, document, plan.outcome)


def delete_plan(session: Session, key: str) -> None:
    """Forget a plan; one that is gone already is no fault."""
    session.exec(delete(Plan).where(col(Plan.key) == key))


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
