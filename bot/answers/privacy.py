"""`/privacy` and `/forget-me`: what is kept of the people who ask, where and how long, and what was deleted of it.

What stands here has to be true of the program: the numbers are those of the code, and docs/privacy.md says the same.
"""

from dataclasses import dataclass

from sqlmodel import Session

from bot.answers.common.text import join, plural, sentence
from bot.answers.moderation.report_messages import report_outcome
from bot.archive.preferences.changes import REMOVED_TIME, forget_person
from bot.archive.queries.mistake_reports import ANSWER_TIME, MAX_CLOSED_REPORTS, delete_reports_of
from bot.archive.queries.unanswered import QUESTION_LIFETIME
from bot.cards import Card, Fact, Facts, FollowUp, Question
from bot.language.command_mentions import command_mention

__all__ = ["ForgottenEntries", "forget_entries", "forgotten_card", "privacy_card"]

QUESTION = Question("privacy")


@dataclass(frozen=True, slots=True)
class ForgottenEntries:
    """What was kept of a person and is deleted: how many reports, and whether the person had chosen spoilers."""

    reports: int
    has_spoilers: bool


def _kept_entries() -> tuple[tuple[str, str], ...]:
    """What is kept: what it is of, and where and how long it is kept."""
    return (
        (
            "What you ask",
            "is answered and not written down, in a command as in a message to the bot; it is shown no other messages. "
            "Who asks how much is counted in memory, for some minutes and at most a day.",
        ),
        (
            "No answer",
            "The words of a question that found none are counted, so that the gap can be filled: "
            f"not who asked, and for {QUESTION_LIFETIME.days} days after it was asked last.",
        ),
        (
            "A mistake you report",
            "is kept with its card, your words and the day, until the moderators delete it; of those they closed the "
            f"newest {MAX_CLOSED_REPORTS:,}. In place of your name stands a number that only this bot can make from "
            "your id, so that you report a card once. Their answer stands under the sources of the card for "
            f"{ANSWER_TIME.days} days.",
        ),
        (
            "Your spoilers",
            f"For how long results are hidden from you, if you chose that with {command_mention('spoilers')}, is kept "
            "under the number of your Discord account, until you choose “as the server”.",
        ),
        (
            "A server",
            "What was set for it is kept under its number and those of its channels, not of who set it, until it is "
            f"forgotten there, or {REMOVED_TIME.days} days after the bot was removed.",
        ),
        ("What you share", "is posted by the bot with your name, and stays until somebody deletes the message."),
        ("Moderators", "stand in the log of what was loaded and corrected, by the number of their Discord account."),
        ("Where", "All of it lies in the bot's own database and its backups. Nobody else gets it."),
        (
            "To have it deleted",
            f"{command_mention('forget-me')} deletes every report of yours, and your spoilers, at once.",
        ),
    )


def privacy_card() -> Card:
    """What is kept, where and how long, for the person alone."""
    return Card(
        title="Privacy",
        question=QUESTION,
        summary="Spotter keeps nothing of you but the mistakes you report, and your spoilers if you choose some.",
        blocks=(Facts(tuple(Fact(label, text, origin="program") for label, text in _kept_entries())),),
        is_personal=True,
    )


def forget_entries(session: Session, person: int) -> ForgottenEntries:
    """Delete what is kept of a person; what it was."""
    reports = delete_reports_of(session, person, report_outcome)
    return ForgottenEntries(reports, has_spoilers=forget_person(session, person))


def forgotten_card(forgotten: ForgottenEntries | None) -> Card:
    """What was deleted of a person; None where a load has the archive, and it is done right after that."""
    if forgotten is None:
        summary = "You are forgotten as soon as the load that runs now is done."
    elif forgotten.reports or forgotten.has_spoilers:
        reports = [f"{plural(forgotten.reports, 'report')} of yours"] if forgotten.reports else []
        spoilers = ["how long results are hidden from you"] if forgotten.has_spoilers else []
        is_one = forgotten.reports + forgotten.has_spoilers == 1
        summary = sentence(f"you are forgotten: {join([*reports, *spoilers])} {'is' if is_one else 'are'} deleted")
    else:
        summary = "You are forgotten: nothing was kept of you."
    facts = (
        Fact("", "Words of questions without an answer never had your name, and stay counted.", origin="program"),
        Fact("", "What is in a backup already goes with that backup.", origin="program"),
    )
    return Card(
        title="Forgotten",
        question=Question("forget-me"),
        summary=summary,
        blocks=(Facts(facts),),
        follow_ups=(FollowUp("Privacy", QUESTION),),
        is_personal=True,
    )
