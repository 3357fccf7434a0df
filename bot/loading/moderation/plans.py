"""Plans: a load that was shown and waits, for a day at most, while the archive stays as it was planned on."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, delete, select

from bot.archive.document_texts import packed, unpacked
from bot.archive.models.core import Version
from bot.archive.models.user_data import Plan
from bot.documents.model import Document
from bot.errors import StalePlan
from bot.loading.build.evaluate import Settled
from bot.loading.moderation.rows import PlanRow
from bot.loading.report_json import report_from_json, report_to_json
from bot.loading.state.changes import Deed
from bot.loading.state.document_set import in_utc

__all__ = ["Planned", "drop", "fresh_plan", "keep_plan", "plan_rows"]

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan that can be applied: what is to be done, with which upload, and what that has to come to."""

    deed: Deed
    document: Document | None
    outcome: str


def keep_plan(
    session: Session, deed: Deed, by: str, settled: Settled, document: Document | None = None, read_as: str = ""
) -> PlanRow:
    """Write a plan down; plans whose day is over go."""
    session.exec(delete(Plan).where(col(Plan.made_at) < datetime.now(UTC) - KEPT_FOR))
    plan = Plan(
        key=secrets.token_hex(4),
        made_by=by,
        made_at=datetime.now(UTC),
        title=deed.title,
        read_as=read_as,
        version=settled.report.version,
        outcome=settled.state.fingerprint(),
        deed=deed.json(),
        report=packed(report_to_json(settled.report)),
        content=packed("\n".join(document.lines)) if document else None,
    )
    session.add(plan)
    session.flush()
    return _row(plan, settled.report.version)


def plan_rows(session: Session) -> tuple[PlanRow, ...]:
    """Every plan whose day is not over, the newest first; stale where the archive has changed since."""
    version = session.get_one(Version, 1).number
    plans = session.exec(select(Plan).order_by(col(Plan.made_at).desc(), col(Plan.key)))
    return tuple(_row(plan, version) for plan in plans if not _over(plan))


def fresh_plan(session: Session, key: str) -> Planned:
    """A plan to be applied. Raises StalePlan where there is none, or it can no longer be applied."""
    plan = session.get(Plan, key)
    if plan is None or _over(plan):
        raise StalePlan("This plan is gone: it was applied or discarded, or it is over a day old. Plan it again.")
    version = session.get_one(Version, 1).number
    if plan.version != version:
        raise StalePlan(
            f"The archive has changed since this was planned (version {plan.version} then, {version} now). "
            "Plan it again."
        )
    deed = Deed.of_json(plan.deed)
    document = None
    if plan.content is not None:
        document = Document(deed.name, deed.digest, tuple(unpacked(plan.content).split("\n")))
    return Planned(deed, document, plan.outcome)


def drop(session: Session, key: str) -> None:
    """Forget a plan; one that is gone already is no fault."""
    session.exec(delete(Plan).where(col(Plan.key) == key))


def _row(plan: Plan, version: int) -> PlanRow:
    return PlanRow(
        plan.key,
        plan.made_by,
        in_utc(plan.made_at),
        plan.title,
        plan.read_as,
        plan.version,
        report_from_json(unpacked(plan.report)),
        plan.version != version or _over(plan),
    )


def _over(plan: Plan) -> bool:
    return datetime.now(UTC) - in_utc(plan.made_at) > KEPT_FOR
