"""Where a document was published: on Sources, and behind the title of the story."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.race.overview import overview
from bot.answers.recap.recap import recap
from bot.answers.results.results import results
from bot.answers.sources import sources_card
from bot.cards import Card, Quotes
from bot.loading.load import load
from tests.support.cards import facts_of
from tests.support.paths import SEEDS

ADDRESS = "https://example.org/2023/ally_400"


PAGE_ADDRESS = "https://example.org/pages/ally-400"
ADDRESSES = {"ally-400-recap.txt": ADDRESS, "ally-400-race-page.txt": PAGE_ADDRESS}


@pytest.fixture
def addressed(archive: Engine, tmp_path: Path) -> QuestionRunner:
    """An archive of the seeds whose recap and race page say on their second line where they came from."""
    for seed in SEEDS.iterdir():
        text = seed.read_bytes()
        if seed.name in ADDRESSES:
            first, _, rest = text.partition(b"\n")
            text = first + b"\nsource: " + ADDRESSES[seed.name].encode() + b"\n" + rest
        (tmp_path / seed.name).write_bytes(text)
    load(archive, tmp_path)
    return QuestionRunner(archive)


def test_the_title_of_a_story_links_to_where_it_was_published(addressed: QuestionRunner) -> None:
    card = addressed.ask(recap, "ally 400")
    assert card.address == ADDRESS
    assert not any(
        ADDRESS in quote.text for block in card.blocks if isinstance(block, Quotes) for quote in block.quotes
    )


def test_sources_shows_the_address_of_each_document_that_has_one(addressed: QuestionRunner) -> None:
    side = addressed.ask(sources_card, addressed.ask(recap, "ally 400"))
    assert list(facts_of(side, "Where they were published").values()) == [PAGE_ADDRESS, ADDRESS]


@pytest.mark.parametrize("question", [overview, results])
def test_the_title_of_a_race_links_to_its_page(addressed: QuestionRunner, question: Callable[..., Card]) -> None:
    assert addressed.ask(question, "ally 400").address == PAGE_ADDRESS


def test_a_story_of_unknown_origin_links_to_nothing(seed_desk: QuestionRunner) -> None:
    card = seed_desk.ask(recap, "ally 400")
    assert not card.address
    assert not facts_of(seed_desk.ask(sources_card, card), "Where they were published")
