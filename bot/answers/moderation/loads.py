"""Plans that wait to be applied, loads that were done, and the log of them all."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.common.text import plural, sentence
from bot.answers.moderation.load_report import (
    report_blocks,
    report_files,
    report_note,
    summary_phrase,
    summary_sentence,
    wrong_phrase,
)
from bot.answers.moderation.load_words import (
    ANOTHER_RACE_LABEL,
    APPLIED_WORD,
    MAX_BUTTON_CHARS,
    TEMPLATE_BUTTON,
    founding_sentence,
    loss_sentence,
)
from bot.cards import Argument, Card, Facts, FollowUp, Question, archive_fact
from bot.errors import NotDone, NothingKnown, StalePlan
from bot.language.moments import moment
from bot.language.shortening import shorten
from bot.loading.moderation.rows import LoadRow, PlanRow
from bot.loading.report import DocumentRace, Report
from bot.names.entity import short_key

if TYPE_CHECKING:  # what reads documents takes 0.15 s to import (measured), and a start needs none of it
    from bot.loading.moderation.moderation import Moderation
    from bot.loading.moderation.operations import Operations

__all__ = [
    "STATUS_BUTTON",
    "apply_plan",
    "can_be_applied_unseen",
    "founding_document",
    "load_card",
    "load_report_card",
    "loaded_card",
    "log_card",
    "plan_button",
    "plan_card",
    "plan_discarded_card",
    "plan_origin",
    "plan_question",
    "plan_uploads",
    "takes_much_away",
]

MAX_CHOICES = 3  # races that a founding document may be about: with two more buttons they fill a row
STALE_PLAN = "This plan can no longer be applied: the archive has changed since it was made, or a day is over."
STATUS_BUTTON = FollowUp("What waits", Question("data status"))


def plan_card(plans: Sequence[PlanRow], key: str, *, is_new_race: bool = False) -> Card:
    """What a plan would do, what looks wrong first, with its buttons.

    `is_new_race`: somebody has said that a document which fits no race makes a new one. Raises StalePlan where the plan
    has been applied, discarded or is gone.
    """
    plan = next((plan for plan in plans if plan.key == key), None)
    if plan is None:
        raise StalePlan("This plan is no longer there: it was applied or discarded, or a day is over. Plan it again.")
    undecided = None if is_new_race else founding_document(plan)
    confirmed = (Argument("new", "True"),) if is_new_race else ()
    return Card(
        title=plan.title,
        question=Question("data plan", (Argument("plan", plan.key), *confirmed)),
        summary=_first_line(plan, undecided),
        blocks=report_blocks(plan.report),
        note=report_note(plan.report),
        as_of=f"planned {plan_origin(plan)}, on version {plan.version}; kept for a day, listed in /data status",
        follow_ups=tuple(_plan_buttons(plan, undecided)),
        tone="moderator",
        files=report_files(plan.report),
        is_heavy=takes_much_away(plan.report),
    )


def takes_much_away(report: Report) -> bool:
    """Whether so much goes that a typed word is asked for before it is done."""
    return report.losses is not None and report.losses.are_heavy


def founding_document(plan: PlanRow) -> DocumentRace | None:
    """The first document of a plan that would make a new race though it may be about another one."""
    return next((found for found in plan.report.found_races if not found.reasons and found.choices), None)


def can_be_applied_unseen(plan: PlanRow) -> bool:
    """Whether a plan can be applied without another look at it: nothing of it looks wrong or takes much away."""
    return not plan.stale and not plan.report.concerns and not takes_much_away(plan.report)


def _first_line(plan: PlanRow, undecided: DocumentRace | None) -> str:
    """What matters most of a plan: that it is stale, takes much away, needs a choice, or looks wrong."""
    if plan.stale:
        return STALE_PLAN
    report = plan.report
    if report.losses is not None and takes_much_away(report):
        return sentence(f"{plan.title} {loss_sentence(report.losses)}")
    if undecided is not None:
        return founding_sentence(undecided, is_upload=bool(plan.upload_summary))
    wrong = f"{sentence(wrong_phrase(report))} " if report.concerns else ""
    read_as = f"Read as {plan.upload_summary}. " if plan.upload_summary else ""
    new = [race.title for race in report.races if race.before is None and race.title]
    makes = f"{sentence(f'a new race: the {new[0]}')} " if len(new) == 1 else ""
    return f"{makes}{wrong}{read_as}{summary_sentence(report)}"


def _plan_buttons(plan: PlanRow, undecided: DocumentRace | None) -> Iterator[FollowUp]:
    """What can be done with a plan; what applies it comes after the choice of a race."""
    arguments = (Argument("plan", plan.key),)
    if not plan.stale and not plan.report.unchanged:
        if undecided is None and any(race.after is not None for race in plan.report.races):
            yield FollowUp("See the card", Question("data preview", arguments))
        if undecided is not None:
            yield from _choice_buttons(plan, undecided)
        elif takes_much_away(plan.report):
            yield FollowUp("Remove it all", Question("data apply", (*arguments, Argument("heavy", "True"))), "lose")
        else:
            yield FollowUp("Apply", Question("data apply", arguments), "go")
    yield FollowUp("Discard", Question("data discard", arguments))
    if plan.report.rejected:
        yield TEMPLATE_BUTTON


def _choice_buttons(plan: PlanRow, undecided: DocumentRace) -> Iterator[FollowUp]:
    """The races that an upload may be about, and that it is about none of them."""
    document = Argument("document", short_key("document", undecided.document))
    for key, race in undecided.choices[:MAX_CHOICES] if plan.upload_summary else ():
        arguments = (Argument("plan", plan.key), Argument("race", key, "race"), document)
        yield FollowUp(shorten(race, MAX_BUTTON_CHARS), Question("data settle", arguments))
    confirmed = (Argument("plan", plan.key), Argument("new", "True"))
    yield FollowUp(ANOTHER_RACE_LABEL, Question("data plan", confirmed))


def plan_question(key: str) -> Question:
    """The question that shows a plan."""
    return Question("data plan", (Argument("plan", key),))


def plan_button(plan: PlanRow, label: str) -> FollowUp:
    """The button that shows a plan."""
    return FollowUp(label, plan_question(plan.key))


def plan_uploads(
    moderation: "Operations", by: str, contents: Sequence[tuple[str, bytes]], race: str | None, kind: str | None
) -> PlanRow:
    """The plan of an upload of files, by (name, content). Raises what planning raises."""
    from bot.loading.read.uploaded_files import UploadedFile  # noqa: PLC0415 - what reads documents is slow to import

    return moderation.plan_uploads(by, [UploadedFile(name, content) for name, content in contents], race, kind)


def apply_plan(moderation: "Moderation", key: str, by: str, word: str | None = None) -> Report:
    """What applying a plan did. Raises NotDone where it takes much away and the word typed for that is another one."""
    if takes_much_away(moderation.plan(key).report) and (word or "").strip().casefold() != APPLIED_WORD:
        raise NotDone(f"Nothing was done. This takes much away: press Remove it all, and type the word {APPLIED_WORD}.")
    return moderation.apply(key, by)


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
    """What a load that has just been done did, with what leads to its race and what undoes it; `loads` is the log."""
    number = next((load.number for load in loads if load.report.version == load_report.version), None)
    card = load_report_card(load_report, None if load_report.unchanged else number)
    if number is None or load_report.unchanged:
        return card
    undo = FollowUp("Undo", Question("data rollback", (Argument("load", str(number)),)))
    return replace(card, follow_ups=(*_race_button(load_report), undo))


def _race_button(report: Report) -> Iterator[FollowUp]:
    """The button that shows the race a load is about: a new one before one that was there."""
    races = sorted(
        (race for race in report.races if race.after is not None and race.key), key=lambda race: bool(race.before)
    )
    for race in races[:1]:
        yield FollowUp("See the race", Question("race", (Argument("name", race.key, "race"),)))


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
