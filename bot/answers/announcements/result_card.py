"""Announcement of a race's result: who won, the top five, who was disqualified, and how well it is known."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.answers.common.questions import question_about
from bot.answers.common.resolve import race_title, title_in_sentence, when_text
from bot.answers.common.text import date_text, join_some, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.race.race_words import winner_sentence
from bot.answers.race.top_five import stage_winner_facts, top_five_tables
from bot.archive.queries.races import RaceRow, facts_of
from bot.archive.queries.results import ResultRow, published_rows_of, sessions_of, top_rows_of
from bot.cards import Announcement, Argument, Block, Card, Fact, Facts, FollowUp, Question, archive_fact
from bot.racing.series import SHORT_SERIES_NAMES
from bot.racing.sessions import RACE_SESSION
from bot.racing.statuses import STATUS_BY_CODE

__all__ = ["lost_result_announcement", "result_announcement", "veiled_result_announcement"]

DISQUALIFIED = STATUS_BY_CODE["dsq"]
WINNER_SOURCES_LABEL = "Winner known by"


def result_announcement(context: QueryContext, race: RaceRow, first_winner: str) -> Announcement:
    """What is posted of a result; where somebody else had won when it was first posted, it says so."""
    session, heads = context.session, top_rows_of(context.session, race.key)
    rows = published_rows_of(session, race.key, RACE_SESSION)
    facts = (
        *stage_winner_facts(race, heads, sessions_of(session, race.key)),
        *_disqualified(rows),
        *_winner_sources(context, race),
    )
    blocks: tuple[Block, ...] = (*top_five_tables(heads), *((Facts(facts),) if facts else ()))
    title = race_title(race)
    text = winner_sentence(race, title_in_sentence(title))
    is_other = bool(first_winner) and first_winner != race.winner
    return Announcement(_card(race, text, blocks, changed_note(first_winner) if is_other else ""), content=text)


def veiled_result_announcement(race: RaceRow) -> Announcement:
    """The same where results are hidden: that there is one, and nothing of it."""
    text = sentence(f"there is a result of {title_in_sentence(race_title(race))}; results are hidden here for now")
    return Announcement(_card(race, text), content=text)


def lost_result_announcement(series: str, day: date | None) -> Announcement:
    """What the message says once the documents that told the result were taken back."""
    name = f"the {SHORT_SERIES_NAMES.get(series, '')} race".replace("  ", " ") + (
        f" of {date_text(day)}" if day else ""
    )
    text = sentence(f"the result of {name} that stood here was taken back: no document tells it any more")
    schedule = Question("schedule", (Argument("series", series, "series"),))
    return Announcement(Card("Result taken back", schedule, text, tone="nothing"), content=text)


def changed_note(first_winner: str) -> str:
    """What a result says that was changed since it was posted."""
    return f"Changed since it was posted: {first_winner} had won by what was known then."


def _card(race: RaceRow, text: str, blocks: tuple[Block, ...] = (), note: str = "") -> Card:
    question = question_about("race", race.key)
    return Card(
        title=race_title(race),
        question=question,
        summary=text,
        blocks=blocks,
        note=note,
        as_of=when_text(race),
        follow_ups=(
            FollowUp("The race", question),
            FollowUp("Results", Question("results", (Argument("race", race.key, "race"),))),
        ),
    )


def _disqualified(rows: Sequence[ResultRow]) -> Iterator[Fact]:
    names = [row.driver for row in rows if (row.status or "").casefold() == DISQUALIFIED.casefold()]
    if names:
        yield archive_fact(DISQUALIFIED, join_some(list(dict.fromkeys(names))))


def _winner_sources(context: QueryContext, race: RaceRow) -> Iterator[Fact]:
    """How many documents say who won: by one alone it is provisional."""
    fact = facts_of(context.session, race.key).find("winner")
    if fact is not None and fact.value == race.winner:
        one = "one document so far, so it is provisional"
        yield archive_fact(WINNER_SOURCES_LABEL, plural(fact.agree, "document") if fact.agree > 1 else one)
