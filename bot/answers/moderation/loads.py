"""Plans that wait to be applied, loads that were done, and the log of them all."""

from collections.abc import Sequence

from bot.answers.common.text import moment, plural, sentence
from bot.answers.moderation.load_report import blocks_of, brief, notes_of, outcome, sheets_of
from bot.cards import Argument, Card, Fact, Facts, FollowUp, Question
from bot.errors import NothingKnown, StalePlan
from bot.loading.moderation.rows import LoadRow, PlanRow
from bot.loading.report import Report

__all__ = ["discarded", "load_card", "loaded", "log", "look", "plan_card", "planned_by", "report"]

STALE = "This plan can no longer be applied: the archive has changed since it was made, or a day is over."


def plan_card(plans: Sequence[PlanRow], key: str) -> Card:
    """What a plan would do, with its Apply button. Raises StalePlan where it has been applied, discarded or is gone."""
    plan = next((one for one in plans if one.key == key), None)
    if plan is None:
        raise StalePlan("This plan is no longer there: it was applied or discarded, or a day is over. Plan it again.")
    arguments = (Argument("plan", plan.key),)
    go = FollowUp("Apply", Question("data apply", arguments), "go")
    useful = not plan.stale and not plan.report.unchanged
    read_as = f"Read as {plan.read_as}. " if plan.read_as else ""
    return Card(
        title=plan.title,
        question=Question("data plan", arguments),
        summary=STALE if plan.stale else f"{read_as}{outcome(plan.report)}",
        blocks=blocks_of(plan.report),
        notes=notes_of(plan.report),
        as_of=f"planned {planned_by(plan)}, on version {plan.version}; kept for a day, listed in /data status",
        follow_ups=(*((go,) if useful else ()), FollowUp("Discard", Question("data discard", arguments))),
        tone="moderator",
        sheets=sheets_of(plan.report),
    )


def look(plan: PlanRow, label: str) -> FollowUp:
    """The button that shows a plan."""
    return FollowUp(label, Question("data plan", (Argument("plan", plan.key),)))


def planned_by(plan: PlanRow) -> str:
    """“by Ann, June 26, 2023, 14:05 UTC”."""
    return f"by {plan.made_by}, {moment(plan.made_at)}"


def discarded() -> Card:
    """What is said when a plan has been discarded."""
    return Card("Discarded", Question("data status"), "The plan is gone; the archive is as it was.", tone="moderator")


def report(report: Report, number: int | None = None) -> Card:
    """What a load did, or would do: documents, rejected ones with their reasons, and cells per race.

    `number` is the load's place in the log, by which its pages are turned; None where it is in no log.
    """
    at = (Argument("load", str(number)),) if number is not None else ()
    return Card(
        title="What a load would do" if report.dry_run else "Loaded",
        question=Question("data log", at) if at else Question("data reload"),
        summary=outcome(report),
        blocks=blocks_of(report),
        notes=notes_of(report),
        tone="moderator",
        sheets=sheets_of(report),
    )


def loaded(report_of: Report, loads: Sequence[LoadRow]) -> Card:
    """What a load that has just been done did; `loads` is the log with it in it."""
    number = next((one.number for one in loads if one.report.version == report_of.version), None)
    return report(report_of, None if report_of.unchanged else number)


def log(loads: Sequence[LoadRow], number: int | None = None) -> Card:
    """Every load, the newest first, each with Roll back; or one of them. Raises NothingKnown for no such load."""
    if number is not None:
        return load_card(loads, number)
    facts = tuple(
        Fact(
            f"{one.number}. {one.what}", f"by {one.by}, {moment(one.at)}: {brief(one.report)}", follow_ups=(_back(one),)
        )
        for one in loads
    )
    return Card(
        title="Every load",
        question=Question("data log"),
        summary=sentence(f"{plural(len(loads), 'load')}, the newest first") if loads else "Nothing was ever loaded.",
        blocks=(Facts(facts),) if facts else (),
        notes=("One of them in full: /data log with its number. A roll back shows first what it would do.",),
        tone="moderator",
    )


def load_card(loads: Sequence[LoadRow], number: int) -> Card:
    """One load in full. Raises NothingKnown where the log has no such number."""
    one = next((load for load in loads if load.number == number), None)
    if one is None:
        raise NothingKnown(f"The log has no load {number}. /data log lists them.")
    return Card(
        title=f"{one.number}. {one.what}",
        question=Question("data log", (Argument("load", str(number)),)),
        summary=outcome(one.report),
        blocks=blocks_of(one.report),
        notes=notes_of(one.report),
        as_of=f"loaded by {one.by}, {moment(one.at)}",
        follow_ups=(_back(one),),
        tone="moderator",
        sheets=sheets_of(one.report),
    )


def _back(load: LoadRow) -> FollowUp:
    return FollowUp(f"Roll back {load.number}", Question("data rollback", (Argument("load", str(load.number)),)))
