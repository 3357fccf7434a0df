"""What people tell moderators without knowing it: reports of mistakes, and questions that found no answer."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.answers.common.text import plural, sentence
from bot.answers.moderation.aliases import can_have_alias
from bot.answers.moderation.report_messages import report_steps
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question, archive_fact
from bot.language.moments import moment

if TYPE_CHECKING:  # what every answer may need imports no part of the loading
    from bot.loading.moderation.rows import MistakeReportPage, MistakeReportRow, UnansweredRow

__all__ = ["CLEAR_BUTTON", "report_handled_card", "reports_card", "unanswered_card", "unanswered_cleared_card"]

MAX_QUESTIONS = 200  # that are listed, the most frequent of them; the rest is counted
ALIAS_NOTE = "Choose one below to see what it may mean, and to make that an alias."
CLEAR_BUTTON = FollowUp("Clear", Question("data clear"), "lose")


def reports_card(page: "MistakeReportPage") -> Card:
    """Some of the reported mistakes, one on a page, each with Answer, Close and Delete; and what closes many."""
    rows = page.rows
    return Card(
        title="Reported mistakes",
        question=Question("data reports", (Argument("first", str(rows[0].id)),) if rows else ()),
        summary=_reports_summary(page),
        blocks=tuple(
            Facts(tuple(_report_facts(report)), f"Report {report.id}", starts_page=number > 0)
            for number, report in enumerate(rows)
        ),
        follow_ups=tuple(_page_buttons(page)),
        tone="moderator",
    )


def report_handled_card(what: str, action: str) -> Card:
    """What is said when reports have been answered, closed or deleted: `what` names them, `action` is that word."""
    again = (FollowUp("Reports", Question("data reports")),)
    return Card(what, Question("data reports"), sentence(action), follow_ups=again, tone="moderator")


def unanswered_card(rows: "Sequence[UnansweredRow]") -> Card:
    """The questions that found no answer, the most frequent first, and what forgets them."""
    more = len(rows) - MAX_QUESTIONS
    blocks: tuple[Block, ...] = (Facts(tuple(map(_unanswered_fact, rows[:MAX_QUESTIONS]))),) if rows else ()
    return Card(
        title="Found no answer",
        question=Question("data unanswered"),
        summary=sentence(f"{plural(len(rows), 'question')} of the last 90 days found no answer")
        if rows
        else "No question is waiting for an answer.",
        blocks=blocks,
        note=f"{plural(more, 'more question')} not listed." if more > 0 else ALIAS_NOTE if rows else "",
        follow_ups=(CLEAR_BUTTON,) if rows else (),
        tone="moderator",
    )


def _unanswered_fact(row: "UnansweredRow") -> Fact:
    """A question, with an entry of the select that leads to an alias where it can become one."""
    label = f"{row.kind} “{row.text}”"
    arguments = (Argument("kind", row.kind), Argument("alias", row.text))
    choices = (FollowUp(label, Question("data nearest", arguments)),) if can_have_alias(row.kind, row.text) else ()
    return archive_fact(label, plural(row.count, "time"), follow_ups=choices)


def unanswered_cleared_card(count: int) -> Card:
    """What is said when the questions that found no answer have been forgotten."""
    return Card(
        "Found no answer",
        Question("data unanswered"),
        sentence(f"{plural(count, 'question')} forgotten"),
        tone="moderator",
    )


def _reports_summary(page: "MistakeReportPage") -> str:
    if not page.open_count:
        return "No report is open."
    text = f"{plural(page.open_count, 'open report')}, the oldest first"
    if not page.rows:
        return sentence(f"{text}; none with such a number or a later one")
    is_part = len(page.rows) < page.open_count
    return sentence(
        f"{text}; here are {plural(len(page.rows), 'report')} from number {page.rows[0].id} on" if is_part else text
    )


def _page_buttons(page: "MistakeReportPage") -> Iterator[FollowUp]:
    """What turns to the next reports, and what closes these or all, where there is more than one."""
    if page.next_first is not None:
        yield FollowUp("Later reports", Question("data reports", (Argument("first", str(page.next_first)),)))
    if len(page.rows) > 1:
        yield _close_button(f"Close these {len(page.rows)}", page.rows[0].id, page.rows[-1].id)
    if page.open_count > len(page.rows) > 0:
        yield _close_button(f"Close all {page.open_count:,}", 1, page.last)


def _close_button(label: str, first: int, last: int) -> FollowUp:
    numbers = (Argument("first", str(first)), Argument("last", str(last)))
    return FollowUp(label, Question("data closemany", numbers), "lose")


def _report_facts(report: "MistakeReportRow") -> Iterator[Fact]:
    delete = FollowUp("Delete", Question("data delete", (Argument("report", str(report.id)),)), "lose")
    buttons = (*report_steps(report), delete)
    yield archive_fact("Said to be wrong", report.words or "nothing was written")
    yield archive_fact("Card", report.question)
    yield archive_fact("It cites", report.sources or "nothing")
    yield archive_fact("When", moment(report.made_at), follow_ups=buttons)
