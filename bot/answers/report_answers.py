"""What people read who report a mistake: thanks, and for a month the moderators' answer under the card's sources."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.common.text import date_text
from bot.answers.context import QueryContext
from bot.archive.queries.mistake_reports import AnswerRow, answers_about
from bot.cards import Card, Facts, archive_fact

__all__ = ["moderator_answers", "thanks_card", "with_answers"]

HEADING = "The moderators answer"


def moderator_answers(context: QueryContext, question: str) -> tuple[AnswerRow, ...]:
    """What was lately answered to reports of the card of a question, the newest first."""
    return answers_about(context.session, question)


def with_answers(card: Card, answers: Sequence[AnswerRow]) -> Card:
    """The sources of a card with the answers of the moderators on top; as they are where there are none."""
    facts = tuple(archive_fact(date_text(row.answered_at.date()), row.answer) for row in answers)
    return replace(card, blocks=(Facts(facts, HEADING), *card.blocks)) if facts else card


def thanks_card(card: Card, *, first: bool) -> Card:
    """What somebody reads who has reported a mistake; reported before, the new words take the place of the old."""
    answer = (
        "Thank you. The moderators will read it" if first else "Thank you. Your words take the place of your first ones"
    )
    return Card(
        title=f"Reported: {card.title}",
        question=card.question,
        summary=f"{answer}, together with what this card says and stands on.",
        tone="nothing",
        is_personal=True,
    )
