"""Every card that a fan reads: its first line answers alone, in a fan's words; one note, no empty row, no row twice."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.answers.common.refusals import NothingToShow
from bot.answers.context import QuestionRunner
from bot.answers.history.record_kinds import RECORD_NAMES
from bot.answers.history.records import records
from bot.answers.history.schedule import schedule
from bot.answers.history.track import track
from bot.answers.people.compare import comparison
from bot.answers.people.driver import driver_profile
from bot.answers.people.team import team_profile
from bot.answers.race.overview import overview
from bot.answers.recap.recap import recap
from bot.answers.results.results import results, stages
from bot.answers.standings.standings import standings
from bot.archive.models.core import Race
from bot.cards import Card, Facts, Quotes, Table
from bot.errors import BotError, NothingKnown
from bot.frontend.text.text_table import table_lines
from bot.language.moments import write_out
from bot.terminal.command_parser import parse_command
from tests.support.archive_rows import WAWA, fill_archive
from tests.support.career_rows import fill_careers
from tests.support.discord import FAN, loopback_discord
from tests.support.history_rows import fill_history
from tests.support.paths import ROOT

WORDS = tomllib.loads((Path(__file__).parents[1] / "support" / "internal_words.toml").read_text(encoding="utf-8"))
INTERNAL = re.compile(
    "|".join([*(rf"\b{re.escape(word)}\b" for word in WORDS["words"]), *map(re.escape, WORDS["phrases"])])
)
MAX_SUMMARY_CHARS, MAX_NOTE_CHARS = 300, 160
MAX_SELECT_ENTRIES, MAX_LABEL_CHARS = 25, 80
EMPTY_VALUES = frozenset({"", "none", "unknown", "not known", "-", "–"})

Ask = tuple[Callable[..., Card], tuple[object, ...]]


def questions(runner: QuestionRunner) -> Iterator[Ask]:
    """Every command with the names of an archive, narrowed and whole."""
    names = runner.names
    races = [entity.value for entity in names.of_kind("race")]
    for race in (None, *races):
        yield from ((question, (race,)) for question in (overview, results, stages, recap))
        yield from ((results, (race, session)) for session in ("Stage 1", "Qualifying", "Practice", "Entry list"))
        yield standings, (None, None, None, race)
    for driver in [entity.value for entity in names.of_kind("driver")][:8]:
        yield from ((driver_profile, (driver, season)) for season in (None, 1951, 2022, 2023))
        yield results, (None, None, driver)
    drivers = [entity.value for entity in names.of_kind("driver")]
    yield comparison, tuple(drivers[:2])
    for team in [entity.value for entity in names.of_kind("team")][:5]:
        yield team_profile, (team,)
        yield results, (None, "race", None, team)
    yield from ((track, (entity.value,)) for entity in names.of_kind("track"))
    yield from ((records, (what,)) for what in RECORD_NAMES)
    yield from ((schedule, (series, season)) for series in (None, "nxs") for season in (None, 1951, 2023))
    yield from ((standings, (championship,)) for championship in ("drivers", "manufacturers", "points"))
    yield recap, (None, "reddick wheel")


def cards(runner: QuestionRunner) -> Iterator[Card]:
    """Every card of an archive, each part of it; what is refused is no card."""
    runner.data_version()
    runner.ask(lambda _: None)
    for question, options in questions(runner):
        try:
            card = runner.ask(question, *options)
        except BotError:
            continue
        yield card
        yield from (runner.ask(question, *options, part=part.code) for part in card.parts[1:])


def words_of_ours(card: Card) -> Iterator[str]:
    """Every text of a card that is not a document's own."""
    yield from (card.title, write_out(card.summary), card.note, card.as_of)
    yield from (follow_up.label for follow_up in card.follow_ups)
    yield from (part.title for part in card.parts)
    for block in card.blocks:
        yield block.heading
        if isinstance(block, Facts):
            yield from (text for fact in block.facts for text in (fact.label, fact.value) if fact.origin != "archive")
        elif isinstance(block, Table):
            yield from (block.note, *(column.heading for column in block.columns))
            yield from (cell for row in block.rows for cell in row)
        else:
            yield from (quote.caption for quote in block.quotes)


@pytest.fixture(params=["one race", "history", "careers", "seeds"])
def runner(request: pytest.FixtureRequest) -> QuestionRunner:
    if request.param == "seeds":
        desk: QuestionRunner = request.getfixturevalue("seed_desk")
        return desk
    engine: Engine = request.getfixturevalue("archive")
    return {"one race": fill_archive, "history": fill_history, "careers": fill_careers}[request.param](engine)


def faults(card: Card) -> Iterator[str]:
    """What is wrong with a card, in words."""
    yield from _faults_of_first_line(card)
    if len(card.note) > MAX_NOTE_CHARS or "\n" in card.note:
        yield f"note: {card.note}"
    for text in words_of_ours(card):
        if found := INTERNAL.search(text.casefold()):
            yield f"“{found[0]}” in “{text}”"
    if len(card.parts) + len(card.follow_ups) > MAX_SELECT_ENTRIES:
        yield "more entries than a select has"
    yield from (f"label: {one.label}" for one in card.follow_ups if not 0 < len(one.label) <= MAX_LABEL_CHARS)
    yield from _faults_of_blocks(card)


def _faults_of_first_line(card: Card) -> Iterator[str]:
    """The first line is one whole sentence, short, and names what it is about."""
    summary = write_out(card.summary)
    if not summary or summary[-1] not in ".!?" or len(summary) > MAX_SUMMARY_CHARS or summary[0].islower():
        yield f"first line: {summary}"
    title_words = {word for word in re.findall(r"\w+", card.title.casefold()) if len(word) > 2}
    if not title_words & set(re.findall(r"\w+", summary.casefold())):
        yield f"the first line does not say what it is about: {card.title}: {summary}"


def _faults_of_blocks(card: Card) -> Iterator[str]:
    seen: set[tuple[str, ...]] = set()
    rows: list[tuple[str, ...]]
    for block in card.blocks:
        if isinstance(block, Facts):
            rows = [(block.heading, fact.label, fact.value) for fact in block.facts]
            yield from (f"empty row: {row}" for row in rows if row[2].casefold() in EMPTY_VALUES - {"none"})
        elif isinstance(block, Table):
            rows = [(block.heading, *row) for row in block.rows]
            yield from (f"empty row: {row}" for row in rows if not any(row[1:]))
            yield from (f"two lines: {lines}" for lines in table_lines(block)[1] if len(lines) > 1)
        else:
            assert isinstance(block, Quotes)
            rows = [(block.heading, quote.text) for quote in block.quotes]
        if not rows:
            yield f"an empty block: {block.heading}"
        yield from (f"twice: {row}" for row in rows if row in seen or rows.count(row) > 1)
        seen.update(rows)


def test_every_card_answers_in_its_first_line_and_says_nothing_internal(runner: QuestionRunner) -> None:
    shown = list(cards(runner))
    assert len(shown) > 30
    assert list(dict.fromkeys(f"{card.question}: {fault}" for card in shown for fault in faults(card))) == []


def test_every_refusal_says_nothing_internal_and_leads_to_what_there_is(runner: QuestionRunner) -> None:
    runner.ask(lambda _: None)
    refusals = []
    for question, options in questions(runner):
        try:
            runner.ask(question, *options)
        except NothingKnown as problem:
            refusals.append(problem)
        except BotError:
            pass
    assert refusals
    for nothing in refusals:
        assert not INTERNAL.search(str(nothing).casefold()), nothing
        if isinstance(nothing, NothingToShow):
            assert all(0 < len(one.label) <= MAX_LABEL_CHARS for one in nothing.follow_ups), nothing
    assert any(isinstance(nothing, NothingToShow) and nothing.follow_ups for nothing in refusals)


def test_a_race_names_its_winner_once_in_words_and_once_in_its_table(archive: Engine) -> None:
    card = fill_archive(archive).ask(overview, WAWA)
    texts = [
        card.summary,
        *(cell for block in card.blocks if isinstance(block, Table) for r in block.rows for cell in r),
    ]
    assert [text.count("Allgaier") for text in texts if "Allgaier" in text] == [1, 1]
    assert not any(
        "Allgaier" in fact.value for block in card.blocks if isinstance(block, Facts) for fact in block.facts
    )


async def test_a_refusal_has_buttons_that_answer(archive: Engine) -> None:
    async with loopback_discord(fill_archive(archive)) as loopback:
        refused = await loopback.slash("results", {"race": WAWA, "session": "Practice"}, FAN)
        assert refused.is_private
        assert refused.buttons
        for button in refused.buttons:
            assert not (await loopback.press(refused, button["custom_id"])).failed, button["label"]


LATER = Race(
    key="cup-2025-14", series="cup", series_name="NASCAR Cup Series", season=2025, round=14, name="Cracker Barrel 400",
    track="Nashville Superspeedway", winner="Ryan Blaney", order_key="2025-014-",
)  # fmt: skip


@pytest.mark.parametrize("extra_rows", [(), (LATER,)], ids=["alone", "with a later race at the same track"])
async def test_the_examples_of_the_readme_are_answered(archive: Engine, extra_rows: tuple[Race, ...]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"^    (/[a-z]+ .+)$", readme, re.MULTILINE)
    assert {"/race nashville", "/results nashville session:Stage 1", "/recap nashville reddick wheel"} <= set(examples)
    async with loopback_discord(fill_archive(archive, extra_rows=extra_rows)) as loopback:
        for example in examples:
            line = parse_command(example, loopback.bot.list_commands(None))
            reply = await loopback.slash(line.command, line.options, FAN)
            assert not reply.failed, example


def test_the_glossary_says_what_no_card_says() -> None:
    """A word that the glossary puts aside for another stands on no card: what is one word there is in the list."""
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", (ROOT / "docs" / "words.md").read_text("utf-8"), re.MULTILINE
    )
    avoided = {word.strip() for _, instead in rows[1:] for word in instead.split(",") if " " not in word.strip()}
    assert len(rows) > 15
    assert {"podium", "conflict"} <= avoided & set(WORDS["words"])
    assert not {word.strip() for say, _ in rows[1:] for word in say.split(",")} & set(WORDS["words"])
