"""Messages in the moderators' channel: a report as it comes in, and what was done with it."""

from datetime import UTC, datetime, timedelta

from bot.answers.common.text import sentence
from bot.archive.outbox import NewMessage
from bot.archive.queries.mistake_reports import REPORT_MESSAGE, MistakeReportRow
from bot.cards import Announcement, Argument, Card, Fact, Facts, FollowUp, Question, archive_fact
from bot.language.shortening import shorten
from bot.loading.stored_json import from_json, to_json

__all__ = ["linked_question", "new_report_message", "report_outcome", "report_steps"]

REPORT_TIME = timedelta(days=1)  # after which nobody has to be called: the report is in the queue
MAX_WORDS_CHARS = 120  # of what was written, in the line that a phone shows


def linked_question(link: str) -> Question | None:
    """The question that a report is about, of its JSON; None in a report of before it was kept."""
    return from_json(Question, link) if link else None


def report_steps(report: MistakeReportRow) -> tuple[FollowUp, ...]:
    """What can be done with a report, as buttons: see its card, correct a value of its race, answer it, close it."""
    number = (Argument("report", str(report.id)),)
    card = linked_question(report.link)
    race = card.race_key if card else None
    mend = Question("data mend", (Argument("race", race, "race"),)) if race else None
    return (
        FollowUp("Answer", Question("data answer", number), "go"),
        *((FollowUp("See the card", card),) if card else ()),
        *((FollowUp("Correct a value", mend),) if mend else ()),
        FollowUp("Close", Question("data close", number)),
    )


def new_report_message(channel: int, report: MistakeReportRow) -> NewMessage:
    """The message by which moderators are told of a report."""
    said = shorten(" ".join(report.words.split()), MAX_WORDS_CHARS)
    announcement = Announcement(
        Card(
            title=f"Report {report.id}",
            question=Question("data reports", (Argument("first", str(report.id)),)),
            summary=report.words or "Nothing was written.",
            blocks=(Facts(_about_facts(report)),),
            follow_ups=report_steps(report),
            tone="moderator",
        ),
        content=f"Somebody says that a card is wrong: {said}" if said else "Somebody says that a card is wrong.",
    )
    return NewMessage(REPORT_MESSAGE, str(report.id), channel, to_json(announcement), datetime.now(UTC) + REPORT_TIME)


def _about_facts(report: MistakeReportRow) -> tuple[Fact, ...]:
    return archive_fact("Card", report.question), archive_fact("It cites", report.sources or "nothing")


def report_outcome(report: MistakeReportRow, action: str, answer: str) -> str:
    """What the message about a report says once it was answered, closed or deleted, as JSON."""
    answer_facts = (archive_fact("The answer", answer),) if answer.strip() else ()
    said = report.words if action != "deleted" else "Its words are deleted."
    return to_json(
        Announcement(
            Card(
                title=f"Report {report.id}",
                question=Question("data reports"),
                summary=said or "Nothing was written.",
                blocks=(Facts((archive_fact("Card", report.question), *answer_facts)),),
                tone="nothing",
            ),
            content=sentence(f"report {report.id} is {action}"),
        )
    )
