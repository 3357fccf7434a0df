"""Everything the documents of the seeds say can be got by a person through some command."""

from collections.abc import Iterator
from functools import cache

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from bot.answers.context import QuestionRunner
from bot.answers.history import schedule
from bot.answers.race import overview as race
from bot.answers.recap import recap
from bot.answers.results import results
from bot.answers.standings import standings
from bot.archive.db.engine import read_session
from bot.archive.models.core import (
    Broadcast,
    Entry,
    FactRecord,
    Footnote,
    Passage,
    Race,
    RaceSession,
    RawBlock,
    SessionRow,
    Standing,
)
from bot.archive.models.seasons import ScheduledRace, SeasonStanding
from bot.cards import Card, Facts, Quotes, Table
from tests.support.cards import whole_card

RACES = ("cup-2023-17", "nxs-2023-24")
UNSEEN = {"series", "page_type"}  # the neutral id, which is shown by its name; what an encyclopedia calls its infobox


def texts(card: Card) -> Iterator[str]:
    """Every text of a card."""
    yield from (card.title, card.summary, card.as_of, card.note)
    for block in card.blocks:
        yield block.heading
        if isinstance(block, Facts):
            yield from (text for fact in block.facts for text in (fact.label, fact.value))
        elif isinstance(block, Table):
            yield block.note
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, Quotes):
            yield from (text for quote in block.quotes for text in (quote.text, quote.caption))


def said(card: Card) -> str:
    return "\n".join(texts(card))


def rows(engine: Engine, model: type[SQLModel]) -> list[SQLModel]:
    with read_session(engine) as session:
        return list(session.exec(select(model)))


@pytest.fixture(scope="module")
def sessions(seed_archive: Engine) -> dict[tuple[str, str], str]:
    """(race, session key) -> the title a person asks for."""
    return {(row.race, row.key): row.title for row in rows(seed_archive, RaceSession) if isinstance(row, RaceSession)}


def test_every_cell_of_every_result_is_shown_when_its_driver_is_asked_for(
    seed_desk: QuestionRunner, seed_archive: Engine, sessions: dict[tuple[str, str], str]
) -> None:
    for row in rows(seed_archive, SessionRow):
        assert isinstance(row, SessionRow)
        card = seed_desk.ask(results.results, row.race, sessions[row.race, row.session], row.driver, None, None)
        text = said(card)
        wanted = [row.driver, row.car, row.team, row.manufacturer, row.position, row.grid, row.laps, row.points]
        wanted += [f"{time:.3f}" for time in (row.time_s, row.speed_mph, row.round_1_s, row.round_2_s) if time]
        for value in wanted:
            if value is not None:
                assert str(value) in text, (row, value, text)


def test_every_cell_of_the_entry_list_is_shown(seed_desk: QuestionRunner, seed_archive: Engine) -> None:
    for row in rows(seed_archive, Entry):
        assert isinstance(row, Entry)
        text = said(seed_desk.ask(results.results, row.race, "Entry list", row.driver, None, None))
        for value in (row.car, row.driver, row.team or "", row.manufacturer or ""):
            assert value in text, (row, value, text)
        assert ("ookie" in text) == row.rookie, text
        assert ("neligible" in text) == row.ineligible, text


def test_every_row_of_every_standings_table_is_shown(seed_desk: QuestionRunner, seed_archive: Engine) -> None:
    @cache
    def shown(championship: str, after: str) -> list[str]:
        card = seed_desk.ask(standings.standings, championship, None, None, after)
        return [" | ".join(row) for block in card.blocks if isinstance(block, Table) for row in block.rows]

    for row in rows(seed_archive, Standing):
        assert isinstance(row, Standing)
        (line,) = [one for one in shown(row.championship, row.race) if row.name in one]
        for value in (row.position, row.points, row.gap, row.change):
            if value:
                assert str(value) in line, (row, value, line)


@pytest.mark.parametrize("key", RACES)
def test_every_single_fact_and_everybody_on_air_is_on_the_card_of_the_race(
    seed_desk: QuestionRunner, seed_archive: Engine, key: str
) -> None:
    text = said(whole_card(seed_desk, race.overview, key)) + said(seed_desk.ask(results.stages, key))
    for row in rows(seed_archive, FactRecord):
        assert isinstance(row, FactRecord)
        if row.race != key or row.field in UNSEEN:
            continue
        told = [row.value, f"{row.number:g}" if row.number else "none"]
        if row.field == "race_time_s":
            told.append("3 h 0 min 7 s")
        if row.field.endswith("date"):
            year, month, day = row.value.split("-")
            told.append(f"{int(day)}, {year}")
            assert month
        assert any(one in text for one in told), (row.field, told, text)
    for voice in rows(seed_archive, Broadcast):
        assert isinstance(voice, Broadcast)
        if voice.race == key:
            assert voice.person in text
            assert voice.role in text
            assert (voice.turns or "") in text


@pytest.mark.parametrize("key", RACES)
def test_the_whole_story_is_told_and_nothing_is_left_unread(
    seed_desk: QuestionRunner, seed_archive: Engine, key: str
) -> None:
    text = said(whole_card(seed_desk, recap.recap, key, None))
    for row in rows(seed_archive, Passage):
        assert isinstance(row, Passage)
        if row.race == key:
            assert row.text in text
            assert row.speaker is None or row.speaker in text or row.speaker.split()[-1] in text
    assert rows(seed_archive, RawBlock) == []


def test_every_note_under_a_table_is_shown_with_that_table(seed_desk: QuestionRunner, seed_archive: Engine) -> None:
    shown = said(seed_desk.ask(standings.standings, "drivers", None, None, RACES[0]))
    shown += said(seed_desk.ask(standings.standings, "manufacturers", None, None, RACES[0]))
    shown += said(seed_desk.ask(results.results, RACES[0], "Entry list", None, None, None))
    for row in rows(seed_archive, Footnote):
        assert isinstance(row, Footnote)
        words = [
            word
            for word in row.text.removeprefix("Note: ").replace("(", " ").replace(")", " ").split()
            if len(word) > 3
        ]
        assert all(word.strip(".,:") in shown for word in words), (row.text, shown)


def test_every_race_of_the_seeds_is_found(seed_archive: Engine) -> None:
    keys = {row.key for row in rows(seed_archive, Race) if isinstance(row, Race)}
    assert keys == {*RACES, *(f"cup-1949-{number}" for number in range(1, 9))}


def test_every_row_of_a_schedule_is_shown(seed_desk: QuestionRunner, seed_archive: Engine) -> None:
    for row in rows(seed_archive, ScheduledRace):
        assert isinstance(row, ScheduledRace)
        shown = said(whole_card(seed_desk, schedule.schedule, row.series, row.season))
        assert row.day is not None
        assert row.winner is not None
        # In a table a winner may stand by the last name alone; the card of the race has the whole one.
        for value in (row.track, row.winner.split()[-1], f"{row.day:%b} {row.day.day}", str(row.round)):
            assert value is not None
            assert value in shown, (row, value)


def test_every_row_of_a_season_s_championship_is_shown(seed_desk: QuestionRunner, seed_archive: Engine) -> None:
    for row in rows(seed_archive, SeasonStanding):
        assert isinstance(row, SeasonStanding)
        shown = said(seed_desk.ask(standings.standings, row.championship, row.series, row.season, None))
        assert row.points is not None
        for value in (row.name, f"{row.points:g}", str(row.position), str(row.wins)):
            assert value in shown, (row, value)
