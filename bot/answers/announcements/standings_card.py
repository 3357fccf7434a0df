"""Announcement of new standings: who leads, and the first ten."""

from dataclasses import replace

from bot.answers.common.text import sentence
from bot.answers.context import QueryContext
from bot.answers.standings.standings import standings
from bot.cards import Announcement, Argument, Card, FollowUp, Question, Table
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["standings_announcement", "veiled_standings_announcement"]

SHOWN_ROWS = 10  # of the table; a fan's team has its driver further down, which the button shows


def standings_announcement(context: QueryContext, series: str, season: int) -> Announcement:
    """What is posted of the newest drivers' table of a season."""
    card = standings(context, None, series, season)
    tables = tuple(_first_rows(block) for block in card.blocks[:1] if isinstance(block, Table))
    short = Card(
        title=card.title,
        question=card.question,
        summary=card.summary,
        blocks=tables,
        as_of=card.as_of,
        follow_ups=(FollowUp("All standings", card.question),),
    )
    return Announcement(short, content=card.summary)


def veiled_standings_announcement(series: str, season: int) -> Announcement:
    """The same where results are hidden: that there are new standings, and nothing of them."""
    name = SHORT_SERIES_NAMES.get(series, "")
    text = sentence(f"there are new {f'{name} ' if name else ''}standings; results are hidden here for now")
    question = Question("standings", (Argument("series", series, "series"), Argument("season", str(season))))
    card = Card(f"{season} {name} standings", question, text, follow_ups=(FollowUp("All standings", question),))
    return Announcement(card, content=text)


def _first_rows(table: Table) -> Table:
    return replace(
        table,
        rows=table.rows[:SHOWN_ROWS],
        sources=table.sources[:SHOWN_ROWS],
        derivations=table.derivations[:SHOWN_ROWS],
    )
