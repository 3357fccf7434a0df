"""A fetched document on its way into the archive: planned and applied like an upload, and where it says it is from."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.answers.context import QuestionRunner
from bot.answers.history.schedule import schedule
from bot.answers.sources import sources_card
from bot.archive.db.engine import read_session, write_session
from bot.archive.models.fetching import PublishedVersion, Watch
from bot.archive.models.user_data import DocumentText
from bot.cards import Facts
from bot.errors import NothingKnown
from bot.fetching.fetch import fetch_document
from bot.fetching.fetch_settings import FetchSettings
from bot.loading.moderation.backup import backup, restore
from bot.loading.moderation.moderation import Moderation
from bot.loading.moderation.operations import Operations
from bot.loading.moderation.rows import PlanRow
from bot.loading.write.published import KEPT_VERSIONS
from tests.support.databases import archive_at
from tests.support.loopback_wiki import LoopbackWiki, long_ago
from tests.support.moderation import ONLY_WORKERS

TITLE = "2099 Example Series"
NAME = f"{TITLE}.wikitext"
SEASON = """\
The '''2099 Example Series''' is a season of {races} races.
==Schedule==
{{| class="wikitable"
! No. !! Race title !! Track !! Date
|-
| 1 || Example 500 || [[Example Superspeedway]] || February 15
|-
| 2 || Sample 400 || [[Sample Raceway]] || February 22
|}}
"""


def season(races: int) -> str:
    return SEASON.format(races=races)


@pytest.fixture
def desk(archive: Engine, tmp_path: Path) -> Operations:
    return Operations(archive, tmp_path)


def plan(desk: Operations, settings: FetchSettings, what: str = TITLE) -> PlanRow:
    return desk.plan_fetched("Ann", asyncio.run(fetch_document(settings, what)))


def test_a_fetched_article_is_planned_applied_and_rolled_back_like_an_upload(
    wiki: LoopbackWiki, settings: FetchSettings, desk: Operations
) -> None:
    revision = wiki.put(TITLE, season(2))
    planned = plan(desk, settings)
    assert planned.title == f"Fetch of {NAME}"
    assert planned.upload_summary.startswith(f"season article, 2099 Example Series; revision {revision} of 20")
    assert desk.apply(planned.key, "Ann").version == 1
    assert [load.what for load in desk.load_log()] == [f"Fetch of {NAME}"]
    desk.apply(desk.plan_roll_back("Ann", 1).key, "Ann")
    assert desk.active_documents() == ()


def test_sources_lead_to_the_very_revision_and_name_the_licence(
    wiki: LoopbackWiki, settings: FetchSettings, desk: Operations
) -> None:
    wiki.put(TITLE, season(2), long_ago().replace(year=2025, month=6, day=5))
    desk.apply(plan(desk, settings).key, "Ann")

    def sources_text() -> str:
        card = QuestionRunner(desk.engine, "example-series").ask(
            lambda context: sources_card(context, schedule(context, "Example Series", 2099))
        )
        [published] = [block for block in card.blocks if isinstance(block, Facts)]
        return published.facts[0].value

    first = f"{wiki.site}/w/index.php?title=2099_Example_Series&oldid=1001"
    assert sources_text().startswith(f"{first} (version of June 5, 2025); licence: Creative Commons Attribution-Share")
    wiki.put(TITLE, season(3))
    desk.apply(plan(desk, settings).key, "Ann")
    assert "oldid=1002" in sources_text()
    desk.apply(desk.plan_roll_back("Ann", 2).key, "Ann")
    assert sources_text().startswith(first)


def test_a_moved_page_keeps_its_document_and_the_plan_names_the_move(
    wiki: LoopbackWiki, settings: FetchSettings, desk: Operations
) -> None:
    wiki.put(TITLE, season(2))
    desk.apply(plan(desk, settings).key, "Ann")
    wiki.move(TITLE, "2099 Sample Series")
    wiki.put("2099 Sample Series", season(3))
    planned = plan(desk, settings)
    assert "“2099 Example Series” leads there" in planned.upload_summary
    desk.apply(planned.key, "Ann")
    assert [document.name for document in desk.active_documents()] == [NAME]


def test_two_pages_of_one_name_are_two_documents(wiki: LoopbackWiki, settings: FetchSettings, desk: Operations) -> None:
    for folder, day in (("a", 15), ("b", 16)):
        wiki.files[f"/{folder}/season.wikitext"] = season(2).replace("15", str(day)).encode()
        desk.apply(plan(desk, settings, f"{wiki.site}/{folder}/season.wikitext").key, "Ann")
    names = [document.name for document in desk.active_documents()]
    assert len(names) == 2
    assert "season.wikitext" in names


def test_of_a_watched_document_the_last_versions_are_kept_and_the_log_says_so(
    wiki: LoopbackWiki, settings: FetchSettings, desk: Operations, tmp_path: Path
) -> None:
    watch = Watch(kind="season", address="a", is_automatic=True, by="Ann", since=long_ago(), document=NAME)
    with write_session(desk.engine) as session:
        session.add(watch)
    for races in range(1, KEPT_VERSIONS + 4):
        wiki.put(TITLE, season(races))
        desk.apply(plan(desk, settings).key, "Ann")
    with read_session(desk.engine) as session:
        assert len(session.exec(select(DocumentText)).all()) == KEPT_VERSIONS
        assert len(session.exec(select(PublishedVersion)).all()) == KEPT_VERSIONS + 3
    log = {load.number: load.is_reversible for load in desk.load_log()}
    assert log == {number: number == 1 or number > 4 for number in range(1, KEPT_VERSIONS + 4)}
    with pytest.raises(NothingKnown, match="only the last versions are kept"):
        desk.plan_roll_back("Ann", 3)
    desk.apply(desk.plan_roll_back("Ann", 5).key, "Ann")
    backup(desk.engine, tmp_path / "b")
    other = archive_at(tmp_path / "other.db")
    restore(other, tmp_path / "b", "Ann")
    with read_session(other) as session:
        assert session.exec(select(Watch.document)).all() == [NAME]
        assert len(session.exec(select(PublishedVersion)).all()) == KEPT_VERSIONS + 3
    other.dispose()


@pytest.mark.slow
def test_what_was_fetched_is_parsed_by_a_process_of_its_own(
    wiki: LoopbackWiki, settings: FetchSettings, archive: Engine, tmp_path: Path
) -> None:
    desk = Moderation(archive, tmp_path, ONLY_WORKERS)
    wiki.put(TITLE, season(2))
    desk.apply(plan(desk, settings).key, "Ann")
    desk.stop()
    assert [document.name for document in desk.active_documents()] == [NAME]
