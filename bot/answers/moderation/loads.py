"""Plans that wait to be applied, loads that were done, and the log of them all."""

from collections.abc import Sequence

from bot.answers.common.text import plural, sentence
from bot.answers.moderation.load_report import (
    report_blocks,
    report_files,
    report_note,
    summary_phrase,
    summary_sentence,
)
from bot.cards import Argument, Card, Facts, FollowUp, Question, archive_fact
from bot.errors import NothingKnown, StalePlan
from bot.language.moments import moment
from bot.loading.moderation.rows import LoadRow, PlanRow
from bot.loading.report import Report

__all__ = [
    "load_card",
    "load_report_card",
    "loaded_card",
    "log_card",
    "plan_button",
    "plan_card",
    "plan_discarded_card",
    "plan_origin",
]

STALE_PLAN = "This plan can no longer be applied: the archive has changed since it was made, or a day is over."


def plan_card(plans: Sequence[PlanRow], key: str) -> Card:
    """What a plan would do, with its Apply button. Raises StalePlan where it has been applied, discarded or is gone."""
    plan = next((plan for plan in plans if plan.key == key), None)
    if plan is None:
        raise StalePlan("This plan is no longer there: it was applied or discarded, or a day is over. Plan it again.")
    arguments = (Argument("plan", plan.key),)
    apply_button = FollowUp("Apply", Question("data apply", arguments), "go")
    can_apply = not plan.stale and not plan.report.unchanged
    format_text = f"Read as {plan.upload_summary}. " if plan.upload_summary else ""
    return Card(
        title=plan.title,
        question=Question("data plan", arguments),
        summary=STALE_PLAN if plan.stale else f"{format_text}{summary_sentence(plan.report)}",
        blocks=report_blocks(plan.report),
        note=report_note(plan.report),
        as_of=f"planned {plan_origin(plan)}, on version {plan.version}; kept for a day, listed in /data status",
        follow_ups=(*((apply_button,) if can_apply else ()), FollowUp("Discard", Question("data discard", arguments))),
        tone="moderator",
        files=report_files(plan.report),
    )


def plan_button(plan: PlanRow, label: str) -> FollowUp:
    """The button that shows a plan."""
    return FollowUp(label, Question("data plan", (Argument("plan", plan.key),)))


def plan_origin(plan: PlanRow) -> str:
    """“by Ann, June 26, 2023, 14:05 UTC”."""
    return f"by {plan.made_by}, {moment(plan.made_at)}"


def plan_discarded_card() -> Card:
    """What is said when a plan has been discarded."""
    return Card("Discarded", Question("data status"), "The plan is gone; the archive is as it was.", tone="moderator")


def load_report_card(report: Report, number: int | None = None) -> Card:
    """What a load did, or would do: documents, rejected ones with their reasons, and cells per race.

    `number` is the load's place in the log, by which its pages are turned; None where it is in no log.
    """
    load_argument = (Argument("load", str(number)),) if number is not None else ()
    return Card(
        title="What a load would do" if report.dry_run else "Loaded",
        question=Question("data log", load_argument) if load_argument else Question("data reload"),
        summary=summary_sentence(report),
        blocks=report_blocks(report),
        note=report_note(report),
        tone="moderator",
        files=report_files(report),
    )


def loaded_card(load_report: Report, loads: Sequence[LoadRow]) -> Card:
    """What a load that has just been done did; `loads` is the log with it in it."""
    number = next((load.number for load in loads if load.report.version == load_report.version), None)
    return load_report_card(load_report, None if load_report.unchanged else number)


def log_card(loads: Sequence[LoadRow], number: int | None = None) -> Card:
    """Every load, the newest first, each with Roll back; or one of them. Raises NothingKnown for no such load."""
    if number is not None:
        return load_card(loads, number)
    facts = tuple(
        archive_fact(
            f"{load.number}. {load.what}",
            f"by {load.by}, {moment(load.at)}: {summary_phrase(load.report)}{_final_words(load)}",
            follow_ups=_rollback_buttons(load),
        )
        for load in loads
    )
    return Card(
        title="Every load",
        question=Question("data log"),
        summary=sentence(f"{plural(len(loads), 'load')}, the newest first") if loads else "Nothing was ever loaded.",
        blocks=(Facts(facts),) if facts else (),
        note="One of them in full: /data log with its number. A roll back shows first what it would do.",
        tone="moderator",
    )


def load_card(loads: Sequence[LoadRow], number: int) -> Card:
    """One load in full. Raises NothingKnown where the log has no such number."""
    load_row = next((load for load in loads if load.number == number), None)
    if load_row is None:
        raise NothingKnown(f"The log has no load {number}. /data log lists them.")
    return Card(
        title=f"{load_row.number}. {load_row.what}",
        question=Question("data log", (Argument("load", str(number)),)),
        summary=summary_sentence(load_row.report),
        blocks=report_blocks(load_row.report),
        note=report_note(load_row.report),
        as_of=f"loaded by {load_row.by}, {moment(load_row.at)}",
        follow_ups=_rollback_buttons(load_row),
        tone="moderator",
        files=report_files(load_row.report),
    )


def _rollback_buttons(load: LoadRow) -> tuple[FollowUp, ...]:
    """The button that rolls a load back, where that can still be done."""
    question = Question("data rollback", (Argument("load", str(load.number)),))
    return (FollowUp(f"Roll back {load.number}", question),) if load.is_reversible else ()


def _final_words(load: LoadRow) -> str:
    """That a load cannot be rolled back any more, because of watched documents only the last versions are kept."""
    return "" if load.is_reversible else "; too long ago to be rolled back"
