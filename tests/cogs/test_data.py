"""The moderators' commands and buttons through the real tree on a real archive, judged by Discord's specification."""

import asyncio
import copy
import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
import pytest_asyncio
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.archive.queries.mistake_reports import save_mistake_report
from bot.errors import BotError
from bot.frontend.components import ON
from bot.frontend.rate_limit import UNANSWERED_LIMIT
from bot.loading.moderation.moderation import Moderation
from bot.loading.read.plain_file import MAX_DOCUMENT_BYTES
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import OPERATOR_RIGHTS, Person, Reply
from tests.support.databases import seed_archive_at
from tests.support.discord import (
    DIRECT_MESSAGE_FAN,
    FAN,
    HOME_GUILD,
    MODERATOR,
    OTHER_GUILD_OPERATOR,
    ROLE_HOLDER,
    assert_valid,
    button,
    entries,
    labels,
    loopback_discord,
    upload,
)
from tests.support.paths import SEEDS

RACE = "cup-2023-17"
ANN = Person(20, HOME_GUILD, OPERATOR_RIGHTS, name="Ann")
SHEET = b"""series,season,round,race,track,date,position,car,driver,team,manufacturer,laps
cup,2023,18,Chicago 220,Chicago Street Course,2023-07-02,1,91,Shane van Gisbergen,Trackhouse Racing,Chevrolet,78
,,,,,,2,24,William Byron,Hendrick Motorsports,Chevrolet,78
,,,,,,3,9,Chase Elliott,Hendrick Motorsports,Chevrolet,78
"""
COMMANDS: tuple[tuple[str, dict[str, str | int]], ...] = (
    ("data status", {}),
    ("data reload", {}),
    ("data reload", {"dry_run": True}),
    ("data documents", {}),
    ("data documents", {"document": "ally-400-recap.txt", "line": 3}),
    ("data template", {}),
    ("data log", {}),
    ("data log", {"load": 1}),
    ("data correct", {"race": RACE, "what": "date", "value": "2023-06-24", "reason": "the poster"}),
    ("data corrections", {}),
    ("data reports", {}),
    ("data unanswered", {}),
    ("data watch", {}),
    ("data alias", {"kind": "driver", "alias": "chastain the first", "means": "Ross Chastain"}),
    ("data aliases", {}),
)
BUTTON_COMMANDS = (
    "plan|0|pn=aaaaaaaa", "apply|0|pn=aaaaaaaa", "discard|0|pn=aaaaaaaa", "remove|0|dt=ally-400-recap.txt",
    "rollback|0|ld=1", "withdraw|0|cn=1", "close|0|rt=1", "delete|0|rt=1", "answer|0|rt=1",
    "closemany|0|ft=1|lt=9", "clear|0", "unwatch|0|wh=1",
    "nearest|0|kd=driver|as=logono", "takealias|0|kd=driver|as=logono|ms=Joey Logano", "dropalias|0|nr=1",
    "choose|0|dt=ally-400-recap.txt|re=cup-2023-17",
)  # fmt: skip


@pytest.fixture
async def loopback(filled: Engine, documents: Path) -> AsyncIterator[LoopbackDiscord]:
    """A bot with an archive of its own, filled from a folder of its own."""
    async with loopback_discord(QuestionRunner(filled), documents) as loopback:
        yield loopback


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def untouched(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LoopbackDiscord]:
    """One bot for all that nobody but moderators may do: whoever is refused leaves no trace in its archive."""
    engine = seed_archive_at(tmp_path_factory.mktemp("untouched") / "archive.db")
    async with loopback_discord(QuestionRunner(engine), SEEDS) as loopback:
        yield loopback
    engine.dispose()


def text_of(reply: Reply) -> str:
    return reply.text


async def press(loopback: LoopbackDiscord, on: Reply, label: str, person: Person | None = None) -> Reply:
    return assert_valid(await loopback.press(on, button(on, label), person))


async def log_of(loopback: LoopbackDiscord) -> str:
    return text_of(await loopback.slash("data log", {}, MODERATOR))


@pytest.mark.parametrize(("command", "options"), COMMANDS)
async def test_every_command_answers_a_moderator_privately(
    command: str, options: dict[str, str | int], loopback: LoopbackDiscord
) -> None:
    for person in (MODERATOR, ROLE_HOLDER):
        reply = assert_valid(await loopback.slash(command, options, person))
        assert not reply.failed, text_of(reply)
        assert reply.is_private


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("person", [FAN, DIRECT_MESSAGE_FAN, OTHER_GUILD_OPERATOR])
@pytest.mark.parametrize(("command", "options"), COMMANDS)
async def test_nobody_else_can_run_any_of_them_wherever_they_are(
    command: str, options: dict[str, str | int], person: Person, untouched: LoopbackDiscord
) -> None:
    loopback, before = untouched, await log_of(untouched)
    reply = assert_valid(await loopback.slash(command, options, person))
    assert reply.failed
    assert reply.is_private
    assert "Only moderators" in text_of(reply)
    assert await log_of(loopback) == before
    assert await loopback.bot.moderate(lambda moderation: moderation.plans()) == ()


async def test_nobody_else_can_upload_and_nothing_is_fetched_for_them(loopback: LoopbackDiscord) -> None:
    for person in (FAN, DIRECT_MESSAGE_FAN, OTHER_GUILD_OPERATOR):
        reply = assert_valid(await upload(loopback, person, "chicago.csv", SHEET))
        assert "Only moderators" in text_of(reply)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("person", [FAN, DIRECT_MESSAGE_FAN, OTHER_GUILD_OPERATOR])
@pytest.mark.parametrize("button_command", BUTTON_COMMANDS)
async def test_a_moderators_button_in_other_hands_is_refused(
    button_command: str, person: Person, untouched: LoopbackDiscord
) -> None:
    loopback, custom_id = untouched, f"1f|data {button_command}"
    reply = await loopback.slash("data status", {}, MODERATOR)
    reply.buttons[0]["custom_id"] = custom_id
    answer = assert_valid(await loopback.press(reply, custom_id, person))
    assert answer.failed
    assert answer.is_private
    assert "Only moderators" in text_of(answer)
    assert answer.modal is None


async def test_what_buttons_do_is_in_no_list_of_commands(loopback: LoopbackDiscord) -> None:
    names = {command.qualified_name for command in loopback.bot.list_commands(HOME_GUILD)}
    assert "data apply" not in names
    assert loopback.bot.find_command("data apply") is not None
    assert not {"data apply", "data remove"} & {line.name for line in loopback.bot.command_lines(moderator=True)}


async def test_what_is_typed_is_not_completed_for_a_fan(loopback: LoopbackDiscord) -> None:
    assert await loopback.suggest("data documents", {"document": ""}, "document", FAN) == ()
    assert await loopback.suggest("data correct", {"race": RACE, "what": ""}, "what", FAN) == ()


async def test_an_upload_is_read_planned_applied_asked_rolled_back_and_asked_again(loopback: LoopbackDiscord) -> None:
    assert (await loopback.slash("results", {"race": "chicago"}, FAN)).failed
    plan = assert_valid(await upload(loopback, ANN, "chicago.csv", SHEET))
    assert not plan.failed, text_of(plan)
    assert plan.is_private
    assert text_of(plan).startswith("## A new race: the 2023 Chicago 220.\n**Upload of chicago.csv**")
    assert "3 things look wrong. Read as results table, 2023 Chicago 220. 1 race would change" in text_of(plan)
    assert labels(plan)[-2:] == ["Apply", "Discard"]
    assert (await loopback.slash("results", {"race": "chicago"}, FAN)).failed, "a plan changes nothing"
    done = await press(loopback, plan, "Apply", MODERATOR)
    assert not done.failed, text_of(done)
    assert "1 race changed" in text_of(done)
    answer = assert_valid(await loopback.slash("results", {"race": "chicago 220"}, FAN))
    assert "Shane van Gisbergen" in text_of(answer)
    assert "by user2" in await log_of(loopback)
    listed = await loopback.slash("data log", {}, MODERATOR)
    back = await press(loopback, listed, labels(listed)[0])
    assert "Roll back" in text_of(back)
    assert "1 race would change" in text_of(back)
    assert not (await press(loopback, back, "Apply")).failed
    assert (await loopback.slash("results", {"race": "chicago 220"}, FAN)).failed
    again = await loopback.slash("data log", {}, MODERATOR)
    forward = await press(loopback, again, labels(again)[0])
    assert not (await press(loopback, forward, "Apply")).failed
    answer = assert_valid(await loopback.slash("results", {"race": "chicago 220"}, FAN))
    assert "Shane van Gisbergen" in text_of(answer), "a roll back can be rolled back"


async def test_a_plan_waits_in_the_status_and_is_applied_where_it_is_shown(loopback: LoopbackDiscord) -> None:
    await upload(loopback, ANN, "chicago.csv", SHEET)
    status = assert_valid(await loopback.slash("data status", {}, MODERATOR))
    assert "Upload of chicago.csv** by Ann" in text_of(status)
    seen = await press(loopback, status, "Look")
    assert "**Upload of chicago.csv**" in text_of(seen)
    assert "Apply" not in labels(status), "of what looks wrong"
    assert not (await press(loopback, seen, "Apply")).failed
    assert "Nothing waits for you" in text_of(await loopback.slash("data status", {}, MODERATOR))


async def test_a_plan_can_be_discarded_and_is_then_gone(loopback: LoopbackDiscord) -> None:
    plan = await upload(loopback, ANN, "chicago.csv", SHEET)
    old = copy.deepcopy(plan)
    assert "Discarded" in text_of(await press(loopback, plan, "Discard"))
    assert labels(plan) == [], "nothing is left to press"
    for label in ("Apply", "Discard"):
        answer = await press(loopback, copy.deepcopy(old), label)
        assert answer.failed
        assert "This plan is gone: it was discarded" in text_of(answer)
        assert labels(answer) == ["What waits"]
    assert (await loopback.slash("results", {"race": "chicago"}, FAN)).failed


async def test_a_stale_apply_button_is_refused_and_changes_nothing(loopback: LoopbackDiscord) -> None:
    first = await upload(loopback, ANN, "chicago.csv", SHEET)
    second = await upload(
        loopback, ANN, "other.csv", SHEET.replace(b"Chicago 220", b"Other 200").replace(b",18,", b",19,")
    )
    old = copy.deepcopy(first)
    assert not (await press(loopback, first, "Apply")).failed
    assert labels(first) == ["See the race", "Undo"]
    before = await log_of(loopback)
    answer = await press(loopback, second, "Apply")
    assert answer.failed
    assert answer.is_private
    assert await log_of(loopback) == before
    for label in ("Apply", "Discard", "See the card"):
        again = await press(loopback, copy.deepcopy(old), label)
        assert again.failed, "applied twice"
        assert "This plan was applied already, by Ann on" in text_of(again)


async def test_a_press_works_in_a_new_process(loopback: LoopbackDiscord, archive: Engine, documents: Path) -> None:
    plan = await upload(loopback, ANN, "chicago.csv", SHEET)
    async with loopback_discord(QuestionRunner(archive), documents) as other:
        assert not (await press(other, plan, "Apply")).failed
    assert "Shane van Gisbergen" in text_of(await loopback.slash("results", {"race": "chicago 220"}, FAN))


async def test_a_removal_shows_what_would_be_lost_before_anything_is(loopback: LoopbackDiscord) -> None:
    listed = assert_valid(await loopback.slash("data documents", {}, MODERATOR))
    document = await press(loopback, listed, "ally-400-recap.txt")
    plan = await press(loopback, document, "Remove")
    assert "Removed** ally-400-recap.txt" in text_of(plan)
    assert not (await loopback.slash("recap", {"race": RACE}, FAN)).failed
    assert not (await press(loopback, plan, "Apply")).failed
    names = [
        document.name for document in await loopback.bot.moderate(lambda moderation: moderation.active_documents())
    ]
    assert "ally-400-recap.txt" not in names
    reload = assert_valid(await loopback.slash("data reload", {}, MODERATOR))
    assert "Removed before, so not brought back: ally-400-recap.txt" in text_of(reload)


async def test_a_citation_can_be_read_around_its_line(loopback: LoopbackDiscord) -> None:
    reply = assert_valid(await loopback.slash("data documents", {"document": "recap daytona", "line": 2}, MODERATOR))
    assert "**2 ←**" in text_of(reply)
    missing = assert_valid(
        await loopback.slash("data documents", {"document": "daytona-recap", "line": 99999}, MODERATOR)
    )
    assert missing.failed
    assert assert_valid(await loopback.slash("data documents", {"document": "no such thing"}, MODERATOR)).failed


async def test_a_correction_wins_is_listed_and_can_be_withdrawn(loopback: LoopbackDiscord) -> None:
    offered = await loopback.suggest("data correct", {"race": RACE, "what": "chastain laps"}, "what", MODERATOR)
    label, what = next((label, value) for label, value in offered if value == "race: Ross Chastain: laps")
    assert label == "race: Ross Chastain: laps (now 300)"
    options: dict[str, str | int] = {"race": "ally", "what": str(what), "value": "299", "reason": "the timing sheet"}
    plan = assert_valid(await loopback.slash("data correct", options, MODERATOR))
    assert not plan.failed, text_of(plan)
    assert "**Ross Chastain’s laps** 300 → 299" in text_of(plan)
    assert not (await press(loopback, plan, "Apply")).failed
    listed = assert_valid(await loopback.slash("data corrections", {}, MODERATOR))
    assert "300 → 299, because the timing sheet" in text_of(listed)
    plan = await press(loopback, listed, "Withdraw 1")
    assert "299 → 300" in text_of(plan)
    assert not (await press(loopback, plan, "Apply")).failed
    assert "No correction" in text_of(await loopback.slash("data corrections", {}, MODERATOR))


async def test_words_that_mean_several_values_are_asked_back(loopback: LoopbackDiscord) -> None:
    options: dict[str, str | int] = {"race": RACE, "what": "chastain", "value": "299", "reason": "the timing sheet"}
    reply = assert_valid(await loopback.slash("data correct", options, MODERATOR))
    assert reply.failed
    assert "more than one value" in text_of(reply)
    plan = await press(loopback, reply, next(label for label in entries(reply) if label == "race: Ross Chastain: car"))
    assert "1 → 299" in text_of(plan)


async def test_a_moderator_corrects_a_value_from_the_sources_of_a_card(loopback: LoopbackDiscord) -> None:
    card = await loopback.slash("race", {"name": RACE}, FAN)
    assert "Correct a value" not in labels(await press(loopback, card, "Sources", FAN))
    behind = await press(loopback, card, "Sources", MODERATOR)
    opened = await press(loopback, behind, "Correct a value", MODERATOR)
    assert opened.modal is not None
    values = {"what": "date", "value": "2023-06-24", "reason": "the poster"}
    plan = assert_valid(await loopback.submit(opened, values))
    assert not plan.failed, text_of(plan)
    assert "June 25, 2023 → June 24, 2023" in text_of(plan)
    assert labels(plan)[-2:] == ["Apply", "Discard"]


async def test_a_form_sent_by_somebody_who_may_not_is_refused(loopback: LoopbackDiscord) -> None:
    behind = await press(loopback, await loopback.slash("race", {"name": RACE}, MODERATOR), "Sources")
    opened = await press(loopback, behind, "Correct a value")
    opened.asker = FAN
    assert "Only moderators" in text_of(
        assert_valid(await loopback.submit(opened, {"what": "x", "value": "y", "reason": "z"}))
    )


async def test_reports_are_answered_closed_and_deleted(loopback: LoopbackDiscord) -> None:
    for person in (1, 2, 3):
        write_report = partial(save_mistake_report, person=person, question="/race name:cup-2023-17")
        await loopback.bot.entries.write(partial(write_report, sources="page.txt", words=f"words of {person}"))
    status = assert_valid(await loopback.slash("data status", {}, MODERATOR))
    queue = await press(loopback, status, "Reports")
    assert "words of 1" in text_of(queue)
    opened = await press(loopback, queue, "Answer")
    assert assert_valid(await loopback.submit(opened, {"answer": "It is right."})).failed is False
    queue = assert_valid(await loopback.slash("data reports", {}, MODERATOR))
    assert "words of 2" in text_of(queue)
    assert "closed" in text_of(await press(loopback, queue, "Close"))
    queue = assert_valid(await loopback.slash("data reports", {}, MODERATOR))
    assert "deleted" in text_of(await press(loopback, queue, "Delete"))
    assert (await press(loopback, queue, "Delete")).failed, "it is gone"
    assert "No report is open" in text_of(await loopback.slash("data reports", {}, MODERATOR))


async def test_many_reports_are_closed_and_questions_cleared_at_once(loopback: LoopbackDiscord) -> None:
    for person in range(12):
        write_report = partial(save_mistake_report, person=person, question="/race name:cup-2023-17")
        await loopback.bot.entries.write(partial(write_report, sources="page.txt", words=f"words of {person}"))
    queue = assert_valid(await loopback.slash("data reports", {}, MODERATOR))
    assert "12 open reports, the oldest first; here are 10 reports from number 1 on." in text_of(queue)
    assert "words of 10" in text_of(await press(loopback, queue, "Later reports"))
    assert "10 reports closed." in text_of(await press(loopback, queue, "Close these 10"))
    assert (await press(loopback, queue, "Close these 10")).failed
    assert "words of 10" in text_of(await loopback.slash("data reports", {}, MODERATOR))
    await loopback.slash("driver", {"name": "Qqxqx Zzyzx"}, FAN)
    await loopback.bot.entries.write(lambda session: None)  # what was counted before it is written now
    asked = assert_valid(await loopback.slash("data unanswered", {}, MODERATOR))
    assert "qqxqx zzyzx" in text_of(asked)
    assert "1 question forgotten." in text_of(await press(loopback, asked, "Clear"))
    assert "No question is waiting" in text_of(await loopback.slash("data unanswered", {}, MODERATOR))


async def test_one_person_cannot_flood_the_questions_without_an_answer(loopback: LoopbackDiscord) -> None:
    for _ in range(3):
        loopback.bot.entries.count_unanswered(FAN.id, "driver", "the same")
    for number in range(100):
        loopback.bot.entries.count_unanswered(FAN.id, "driver", f"name {number}")
    loopback.bot.entries.close()
    rows = await loopback.bot.moderate(lambda moderation: moderation.unanswered())
    assert len(rows) == UNANSWERED_LIMIT.count
    assert {row.count for row in rows} == {1}


async def test_the_log_names_moderators_by_their_id(loopback: LoopbackDiscord, documents: Path) -> None:
    somebody = Person(123456789012345678, HOME_GUILD, OPERATOR_RIGHTS, name="the program")
    (documents / "ally-400-recap.txt").unlink()
    assert_valid(await loopback.slash("data reload", {}, somebody))
    log = text_of(await loopback.slash("data log", {}, MODERATOR))
    assert "by moderator 123456789012345678" in log
    reports = await loopback.bot.moderate(lambda moderation: moderation.load_log())
    assert reports[0].by == "moderator 123456789012345678"


async def test_the_template_is_attached(loopback: LoopbackDiscord) -> None:
    reply = assert_valid(await loopback.slash("data template", {}, MODERATOR))
    assert reply.files[0].name == "results.csv"
    assert b"position" in reply.files[0].content


async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(loopback: LoopbackDiscord) -> None:
    reply = assert_valid(await upload(loopback, MODERATOR, "big.txt", b"", size=50_000_000))
    assert reply.failed
    assert f"big.txt has 50.0 MB; a document may have {MAX_DOCUMENT_BYTES // 1_000_000} MB." in text_of(reply)


async def test_a_file_that_discord_does_not_give_is_asked_for_again(
    loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> bytes:
        raise aiohttp.ServerDisconnectedError

    monkeypatch.setattr(discord.Attachment, "read", broken)
    reply = assert_valid(await upload(loopback, MODERATOR, "page.txt", SHEET))
    assert "could not be fetched from Discord" in text_of(reply)


async def test_a_document_that_cannot_be_read_is_refused_with_its_line(loopback: LoopbackDiscord) -> None:
    reply = assert_valid(await upload(loopback, MODERATOR, "chicago.csv", SHEET.replace(b",2,24,", b",1,24,")))
    assert reply.failed
    assert "chicago.csv:" in text_of(reply)
    assert await loopback.bot.moderate(lambda moderation: moderation.plans()) == ()


async def test_a_race_that_is_not_known_is_said_without_a_button_that_would_lose_the_file(
    loopback: LoopbackDiscord,
) -> None:
    reply = assert_valid(await upload(loopback, MODERATOR, "chicago.csv", SHEET, race="nowhere at all"))
    assert reply.failed
    assert labels(reply) == []
    assert "know no race" in text_of(reply)


async def test_a_question_without_an_answer_is_counted_by_nobody(loopback: LoopbackDiscord) -> None:
    await loopback.slash("driver", {"name": "Qqxqx Zzyzx"}, FAN)
    await loopback.slash("driver", {"name": "qqxqx zzyzx"}, DIRECT_MESSAGE_FAN)
    await loopback.slash("recap", {"race": RACE, "about": "xyzzy"}, FAN)
    await loopback.slash("help", {"command": "nothing"}, FAN)
    await loopback.slash("data log", {"load": 77}, MODERATOR)
    loopback.bot.entries.close()
    rows = await loopback.bot.moderate(lambda moderation: moderation.unanswered())
    assert [(row.kind, row.text, row.count) for row in rows] == [
        ("driver", "qqxqx zzyzx", 2),
        ("/recap", "cup 2023 17 xyzzy", 1),
    ]
    assert "driver “qqxqx zzyzx” (2 times)" in text_of(await loopback.slash("data status", {}, MODERATOR))


async def test_an_answer_does_not_wait_for_its_being_counted_nor_fail_with_it(
    loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("bot.frontend.entries.count_unanswered", broken)
    reply = assert_valid(await loopback.slash("driver", {"name": "qqxqx"}, FAN))
    assert "know no driver" in text_of(reply)
    loopback.bot.entries.close()
    assert "was not stored: OSError" in caplog.text


class Line:
    """A connection to Discord that breaks: the first `times` requests of a kind fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, method: str, error: Exception, times: int) -> None:
        self.left = times
        owner = discord.InteractionResponse if method in {"defer", "send_message"} else discord.Interaction
        real: Any = getattr(owner, method)

        async def broken(interaction: object, **sent: object) -> object:
            self.left -= 1
            if self.left >= 0:
                raise error
            return await real(interaction, **sent)

        monkeypatch.setattr(owner, method, broken)
        monkeypatch.setattr("bot.frontend.replies.RETRY_S", 0.01)


def refusal(status: int) -> Exception:
    response: Any = SimpleNamespace(status=status, reason="no", headers={})
    return discord.HTTPException(response, {"code": 0, "message": "no"})


@pytest.mark.parametrize("error", [aiohttp.ServerDisconnectedError(), ConnectionResetError()])
async def test_an_answer_that_a_dropped_line_has_lost_is_sent_once_more(
    loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    Line(monkeypatch, "send_message", error, 1)
    assert "Ross Chastain" in text_of(assert_valid(await loopback.slash("race", {"name": RACE}, FAN)))


async def test_an_answer_that_had_arrived_after_all_is_no_error(
    loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real: Any = discord.InteractionResponse.send_message
    arrived: list[object] = []

    async def broken(response: object, **sent: object) -> object:
        if arrived:
            refused: Any = SimpleNamespace(status=400, reason="no", headers={})
            raise discord.HTTPException(refused, {"code": 40060, "message": "already acknowledged"})
        arrived.append(await real(response, **sent))
        raise aiohttp.ServerDisconnectedError

    monkeypatch.setattr(discord.InteractionResponse, "send_message", broken)
    assert not assert_valid(await loopback.slash("race", {"name": RACE}, FAN)).failed
    assert caplog.records == []


@pytest.mark.parametrize("error", [refusal(429), refusal(500), aiohttp.ServerDisconnectedError(), TimeoutError()])
async def test_a_report_that_could_not_be_sent_is_sent_again_once(
    loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    Line(monkeypatch, "edit_original_response", error, 1)
    plan = assert_valid(await upload(loopback, ANN, "chicago.csv", SHEET))
    assert labels(plan)[-2:] == ["Apply", "Discard"]


@pytest.mark.parametrize("method", ["edit_original_response", "defer"])
async def test_a_load_is_done_and_told_in_the_log_whatever_discord_does(
    loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    plan = await upload(loopback, ANN, "chicago.csv", SHEET)
    Line(monkeypatch, method, refusal(500), 99)
    reply = await loopback.press(plan, button(plan, "Apply"))
    assert not reply.failed
    assert "Upload of chicago.csv" in await log_of(loopback)
    assert not (await loopback.slash("results", {"race": "chicago 220"}, FAN)).failed
    assert "sent" in caplog.text or "told to wait" in caplog.text


async def test_a_load_goes_on_where_discord_could_not_be_told_to_wait(
    loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    Line(monkeypatch, "defer", aiohttp.ServerDisconnectedError(), 1)
    reply = assert_valid(await loopback.slash("data reload", {}, MODERATOR))
    assert reply.is_private
    assert "as it was" in text_of(reply)


async def test_two_moderators_at_once_load_one_after_the_other(loopback: LoopbackDiscord) -> None:
    first = await upload(loopback, ANN, "chicago.csv", SHEET)
    second = await upload(loopback, MODERATOR, "same.csv", SHEET)
    answers = await asyncio.gather(
        loopback.bot.moderate(lambda desk: _applied(desk, _key(first))),
        loopback.bot.moderate(lambda desk: _applied(desk, _key(second))),
    )
    assert sorted(answers) == [False, True]


def _applied(desk: Moderation, key: str) -> bool:
    try:
        desk.apply(key, "Ann")
    except BotError:
        return False
    return True


def _key(plan: Reply) -> str:
    return button(plan, "Apply").rsplit("=", 1)[1]


async def test_a_long_report_is_paged_and_comes_as_a_file(loopback: LoopbackDiscord, documents: Path) -> None:
    page = documents / "ally-400-race-page.txt"
    text = re.sub(r"\| 300 \| (\d+) \|", r"| 299 | \1 |", page.read_text(encoding="utf-8"))
    page.write_text(text.replace("Joe Gibbs Racing", "Joe Gibbs Garage").replace("(R)", ""), encoding="utf-8")
    (documents / "ally-400-recap.txt").unlink()
    for number in range(12):
        (documents / f"broken-{number}.csv").write_text("series,season\nno race at all,twelve\n", encoding="utf-8")
    plan = assert_valid(await loopback.slash("data reload", {"dry_run": True}, MODERATOR))
    assert "Page 1" in text_of(plan)
    assert plan.files[0].name == "report.txt"
    assert "Ross Chastain’s laps: 300 → 299".encode() in plan.files[0].content
    turned = await press(loopback, plan, ON)
    assert turned.edited_in_place
    assert "Page 2" in text_of(plan)
    assert "Apply" in labels(plan)


async def test_no_name_of_a_document_is_too_long_for_its_buttons(loopback: LoopbackDiscord) -> None:
    name = "a very long name of a document that nobody would type, with a year 2023.csv"
    plan = await upload(loopback, ANN, name, SHEET)
    assert not (await press(loopback, plan, "Apply")).failed
    document = assert_valid(await loopback.slash("data documents", {"document": name}, MODERATOR))
    plan = await press(loopback, document, "Remove")
    assert not plan.failed, text_of(plan)
