"""`/privacy` and `/forget-me`: what is kept of the people who ask, where and how long, and what was deleted of it.

What stands here has to be true of the program: the numbers are those of the code, and docs/privacy.md says the same.
"""

from bot.answers.common.text import plural, sentence
from bot.archive.queries.mistake_reports import ANSWER_TIME, MAX_CLOSED_REPORTS
from bot.archive.queries.unanswered import QUESTION_LIFETIME
from bot.cards import Card, Fact, Facts, FollowUp, Question
from bot.language.command_mentions import command_mention

__all__ = ["forgotten_card", "privacy_card"]

QUESTION = Question("privacy")


def privacy_card() -> Card:
    """What is kept, where and how long, for the person alone."""
    facts = (
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
        ("What you share", "is posted by the bot with your name, and stays until somebody deletes the message."),
        ("Moderators", "stand in the log of what was loaded and corrected, by the number of their Discord account."),
        ("Where", "All of it lies in the bot's own database and its backups. Nobody else gets it."),
        ("To have it deleted", f"{command_mention('forget-me')} deletes every report of yours at once."),
    )
    return Card(
        title="Privacy",
        question=QUESTION,
        summary="Spotter keeps nothing of you but the mistakes you report.",
        blocks=(Facts(tuple(Fact(label, text, origin="program") for label, text in facts)),),
        is_personal=True,
    )


def forgotten_card(reports: int | None) -> Card:
    """What was deleted of a person; None where a load has the archive, and it is done right after that."""
    if reports is None:
        summary = "You are forgotten as soon as the load that runs now is done."
    elif reports:
        summary = sentence(
            f"you are forgotten: {plural(reports, 'report')} of yours {'is' if reports == 1 else 'are'} deleted"
        )
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
