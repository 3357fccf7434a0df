"""Every fact of every card has the lines it stands on, or how it was worked out, or says that it is no document's.

Asked is all that `benchmarks.card_texts` asks: every command with every option, then what moderators do. A number that
is counted over more rows than can be listed has no lines; those are named here one by one, so that lines that are
forgotten elsewhere do not pass for such a number.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from benchmarks.card_questions import questions_of
from benchmarks.moderators import moderate
from benchmarks.questioner import GUILD, Questioner, person_of
from bot.answers.context import QuestionRunner
from bot.archive.models.core import FactRecord
from bot.cards import Block, Card, Facts, Quotes, SourceLine, Table
from bot.frontend import messages, replies
from bot.frontend.client import HomeServer, SpotterBot
from bot.loading.load import THE_PROGRAM, load
from bot.terminal.loopback import LoopbackDiscord
from tests.support.archive_rows import ALLY, fill_archive
from tests.support.career_rows import fill_careers
from tests.support.history_files import race_rows, write_histories
from tests.support.moderation import NO_WORKERS
from tests.support.paths import ORIGINALS, SEEDS, needs_originals

# Command -> labels of facts that are counted over whole seasons or careers, each with the values that are.
ANY = ".*"
CAREER = dict.fromkeys(("Top fives", "Started first", "Laps led", "Average finish", "Average start"), ANY)
OTHER_SERIES = dict.fromkeys(("NASCAR Cup Series", "NASCAR Xfinity Series"), r"(?:no|\d+) wins? in \d+ starts?, .*")
RECORDS_OF_TRACK = (
    "Most wins", "Most top fives", "Most laps led", "Most starts from first", "Most starts", "Best average finish",
)  # fmt: skip
LAST_STAGE = {"Stage points": "none: this stage ends with the race", "Winner": ".*, who won the race"}
COUNTED_FACTS = {
    "driver": {
        **CAREER, **OTHER_SERIES, "Wins": "none", "Best tracks": ANY, "Car": "No. .*", "Team": ANY, "Manufacturer": ANY
    },
    "team": {
        **CAREER, **OTHER_SERIES, "Called then": ANY, "Wins": "none", "Starts": ".* by its cars in .*", "Drivers": ANY
    },
    "compare": {"Finished ahead": ANY},
    "track": {
        **dict.fromkeys(RECORDS_OF_TRACK, ANY),
        **dict.fromkeys(("NASCAR Cup Series", "NASCAR Xfinity Series"), r"[\d,]+ races?, .*"),
    },
    "chart": {"Most wins in a season": ANY, "Best average finish": ANY},
    "results": LAST_STAGE,
    "stages": LAST_STAGE,
}  # fmt: skip
UNTOLD_WINNER = "worked out: a document tells of this race, and not who won it"  # in a list of races
# Command -> what stands above the first column of tables that are counted.
COUNTED_TABLES = {
    "driver": {"Year", "Track"},
    "team": {"Year", "Driver", "Car"},
    "compare": {""},
    "records": {"#"},
    "standings": {"#"},
}


def faults(card: Card) -> Iterator[str]:
    """What on a card stands on nothing."""
    for block in card.blocks:
        yield from (f"{card.title}: {block.heading}: {fault}" for fault in _block_faults(card.question.command, block))
    cited = {citation.document for citation in card.citations}
    yield from (f"{card.title}: {line} is not cited" for line in _lines(card.blocks) if line.document not in cited)


def _block_faults(command: str, block: Block) -> Iterator[str]:
    if isinstance(block, Facts):
        for fact in block.facts:
            is_counted = re.fullmatch(COUNTED_FACTS.get(command, {}).get(fact.label, "(?!)"), fact.value)
            if fact.origin != "documents":
                yield from [f"{fact.label} has lines and is no document's"] if fact.sources else []
            elif not fact.sources and not (fact.derivation and is_counted):
                yield f"{fact.label}: {fact.value}"
    elif isinstance(block, Table):
        yield from _table_faults(command, block)
    else:
        yield from (quote.text for quote in block.quotes if not (quote.citation.document and quote.citation.line))


def _table_faults(command: str, table: Table) -> Iterator[str]:
    is_counted_table = table.columns[0].heading in COUNTED_TABLES.get(command, ())
    for row, lines, derivation in _stated_rows(table):
        if table.origin != "documents":
            yield from [f"{' · '.join(row)} has lines and is no document's"] if lines else []
        elif not lines and not (derivation and (is_counted_table or derivation.startswith(UNTOLD_WINNER))):
            yield " · ".join(row)


def unnoticed(card: Card) -> Iterator[str]:
    """What could lose its lines without being a fault."""
    command = card.question.command
    for block in card.blocks:
        if isinstance(block, Facts):
            for fact in (fact for fact in block.facts if fact.sources):
                if not list(_block_faults(command, Facts((replace(fact, sources=()),)))):
                    yield f"{command}: {fact.label}: {fact.value}"
        elif isinstance(block, Table) and any(block.sources):
            without_lines = list(_block_faults(command, replace(block, sources=())))
            if len(without_lines) < sum(map(bool, block.sources)):
                yield f"{command}: {block.heading}"


def _stated_rows(table: Table) -> Iterator[tuple[tuple[str, ...], tuple[SourceLine, ...], str]]:
    """Each row with its lines and how it was worked out."""
    sources = table.sources or ((),) * len(table.rows)
    return zip(table.rows, sources, table.derivations or ("",) * len(table.rows), strict=True)


def _lines(blocks: Sequence[Block]) -> Iterator[SourceLine]:
    """Every line that is named."""
    for block in blocks:
        if isinstance(block, Facts):
            yield from (line for fact in block.facts for line in fact.sources)
        elif isinstance(block, Table):
            yield from (line for lines in block.sources for line in lines)
        elif isinstance(block, Quotes):
            yield from (SourceLine(quote.citation.document, quote.citation.line or 0) for quote in block.quotes)


RESULTS = """series,season,round,race,track,date,position,car,driver,team,manufacturer,laps
cup,2022,{number},Small {number},Old Oval,2022-03-0{number},1,7,Ann Ash,Ash Racing,Ford,100
,,,,,,2,8,Bea Birch,Birch Brothers,Ford,100
"""


async def ask_everything(runner: QuestionRunner, folder: Path, *, by_moderator: bool) -> frozenset[str]:
    """Ask every command with every option; by a moderator also theirs, then all that one does in a day."""
    async with SpotterBot(runner, folder, HomeServer(GUILD), load_limits=NO_WORKERS, question_limit=None) as bot:
        await bot.prepare()
        questioner = Questioner(LoopbackDiscord(bot))
        commands = tuple(bot.list_commands(GUILD if by_moderator else None))
        for command in commands:
            person = person_of(command)
            for options in await questions_of(questioner.board, command, person):
                await questioner.ask(command.qualified_name, options, person, room=0)
        if by_moderator:
            await moderate(questioner)
    return frozenset(command.qualified_name for command in commands)


def load_documents(engine: Engine, folder: Path) -> QuestionRunner:
    """An archive of everything in a folder."""
    load(engine, folder, by=THE_PROGRAM)
    return QuestionRunner(engine)


def fill_histories(engine: Engine, folder: Path) -> QuestionRunner:
    """The seeds, two histories of a few races, and a season of which each race has a document of its own."""
    shutil.copytree(SEEDS, folder)
    cup = [one for year in (2018, 2019) for number in (1, 2, 3) for one in race_rows(year, number, f"Race {number}")]
    write_histories(folder, cup_series=cup, nxs_series=race_rows(2019, 1, "Small 200", Track="Shore Raceway"))
    for number in (1, 2, 3, 4):
        (folder / f"small-{number}.csv").write_text(RESULTS.format(number=number), encoding="utf-8")
    return load_documents(engine, folder)


def fill_originals(engine: Engine, folder: Path) -> QuestionRunner:
    """The documents after which the seeds were written."""
    shutil.copytree(ORIGINALS, folder)
    return load_documents(engine, folder)


LAST_STAGE_MARGIN = FactRecord(
    race=ALLY, field="stage_3_margin_s", value="0.789", number=0.789, document="page.txt", line=23
)
FillArchive = Callable[[Engine, Path], QuestionRunner]
# An archive, whether it stands on documents that moderators can load again, and how many cards it has at least.
ARCHIVES = (
    (lambda engine, _: fill_careers(engine), False, 75),
    (lambda engine, _: fill_archive(engine, extra_rows=(LAST_STAGE_MARGIN,)), False, 60),
    pytest.param(fill_histories, True, 250, marks=pytest.mark.slow),
    pytest.param(fill_originals, True, 250, marks=(pytest.mark.slow, needs_originals)),
)


@pytest.fixture
def shown_cards(monkeypatch: pytest.MonkeyPatch) -> dict[Card, None]:
    """Every card that becomes a message while the test runs."""
    cards: dict[Card, None] = {}
    build_message = messages.build_message

    def record(
        card: Card, number: int = 0, *names: Mapping[str, int], private: bool = False
    ) -> messages.OutgoingMessage:
        cards[card] = None
        return build_message(card, number, *names, private=private)

    for module in (messages, replies):
        monkeypatch.setattr(module, "build_message", record)
    return cards


@pytest.mark.parametrize(
    ("fill", "has_documents", "least"), ARCHIVES, ids=("careers", "one race", "histories", "originals")
)
async def test_every_fact_of_every_card_names_its_lines_or_how_it_was_worked_out(
    archive: Engine,
    tmp_path: Path,
    shown_cards: dict[Card, None],
    fill: FillArchive,
    has_documents: bool,
    least: int,
) -> None:
    folder = tmp_path / "documents"
    commands = await ask_everything(fill(archive, folder), folder, by_moderator=has_documents)
    assert len(shown_cards) > least
    if has_documents:
        assert commands - {card.question.command for card in shown_cards} == {
            "data upload",
            "data correct",
            "data fetch",
            "data alias",
        }  # plans, and a trial
    assert list(dict.fromkeys(fault for card in shown_cards for fault in faults(card))) == []
    assert {text for card in shown_cards for text in unnoticed(card)} == set()
