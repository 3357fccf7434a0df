"""What is kept of a person is said in private, and is gone when the person says so."""

from dataclasses import replace

from sqlalchemy import Engine
from sqlmodel import select

from bot.answers.context import QuestionRunner
from bot.archive.db.engine import read_session, write_session
from bot.archive.models.user_data import MistakeReport
from bot.archive.queries.mistake_reports import save_mistake_report
from tests.support.discord import FAN, assert_valid, labels, loopback_discord
from tests.support.paths import ROOT

OTHER = replace(FAN, id=FAN.id + 1)


def reported(engine: Engine) -> list[str]:
    with read_session(engine) as session:
        return sorted(session.exec(select(MistakeReport.question)))


async def test_privacy_is_told_to_the_person_alone_with_the_way_to_be_forgotten(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        reply = assert_valid(await loopback.slash("privacy", {}, FAN))
        assert reply.is_private
        assert "90 days" in reply.text
        assert "forget-me" in reply.text
        assert "Share" not in labels(reply)


async def test_who_wants_to_be_forgotten_loses_every_report_and_nobody_else_does(filled: Engine) -> None:
    with write_session(filled) as session:
        for person, question in ((FAN.id, "/race"), (FAN.id, "/results"), (OTHER.id, "/race"), (OTHER.id, "/track")):
            save_mistake_report(session, person, question, "page.txt", "it is wrong")
    async with loopback_discord(QuestionRunner(filled)) as loopback:
        reply = assert_valid(await loopback.slash("forget-me", {}, FAN))
        assert reply.is_private
        assert "2 reports of yours are deleted" in reply.text
        assert reported(filled) == ["/race", "/track"]
        assert "nothing was kept of you" in (await loopback.slash("forget-me", {}, FAN)).text
        assert len(reported(filled)) == 2


def test_the_published_page_says_what_the_command_says() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    for words in ("90 days", "5,000", "30 days", "/forget-me", "privileged intent"):
        assert words in page
    assert "privacy.md" in (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")
