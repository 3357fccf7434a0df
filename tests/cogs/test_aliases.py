"""Aliases in Discord: an unanswered question becomes one in two clicks, what it changes is shown first, and it goes."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.answers.moderation import alias_trial
from bot.answers.moderation.alias_trial import tried_aliases
from bot.answers.versions.watched_runner import WatchedRunner
from bot.loading.moderation.backup import backup, restore
from bot.loading.moderation.moderation import Moderation
from bot.names.aliases import EnteredAlias
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import Reply
from tests.support.discord import FAN, MODERATOR, assert_valid, button, displayed, entries, labels, loopback_discord
from tests.support.moderation import NO_WORKERS

CHASTAIN = "Ross Chastain won"


@pytest.fixture
async def loopback(filled: Engine, documents: Path) -> AsyncIterator[LoopbackDiscord]:
    async with loopback_discord(QuestionRunner(filled), documents) as loopback:
        yield loopback


def text_of(reply: Reply) -> str:
    return displayed(reply.text)


async def press(loopback: LoopbackDiscord, on: Reply, label: str) -> Reply:
    return assert_valid(await loopback.press(on, button(on, label), MODERATOR))


async def asked_in_vain(loopback: LoopbackDiscord, command: str, name: str) -> None:
    assert (await loopback.slash(command, {"name": name}, FAN)).failed
    await loopback.bot.entries.write(lambda session: None)  # what was counted before it is written now


async def test_a_question_without_an_answer_becomes_an_alias_in_two_clicks(loopback: LoopbackDiscord) -> None:
    await asked_in_vain(loopback, "driver", "rss chst")
    asked = await loopback.slash("data unanswered", {}, MODERATOR)
    assert entries(asked) == ["driver “rss chst”"]
    shown = await press(loopback, asked, "driver “rss chst”")
    assert "“rss chst” finds nothing now" in text_of(shown)
    assert "It means Ross Chastain" in labels(shown)
    done = await press(loopback, shown, "It means Ross Chastain")
    assert "“rss chst” now means Ross Chastain." in text_of(done)
    answer = assert_valid(await loopback.slash("driver", {"name": "rss chst"}, FAN))
    assert not answer.failed
    assert "Ross Chastain" in answer.text
    assert "No question is waiting" in text_of(await loopback.slash("data unanswered", {}, MODERATOR))
    listed = await loopback.slash("data aliases", {}, MODERATOR)
    assert "“rss chst” the driver Ross Chastain" in text_of(listed).replace("**", "")
    gone = await press(loopback, listed, "Withdraw 1")
    assert "“rss chst” no longer means Ross Chastain; no alias is entered." in text_of(gone)
    assert (await loopback.slash("driver", {"name": "rss chst"}, FAN)).failed


async def test_what_an_alias_would_change_besides_is_shown_before_it_is_taken(loopback: LoopbackDiscord) -> None:
    options: dict[str, str | int] = {"kind": "driver", "alias": "the melon man", "means": "Ross Chastain"}
    await take(loopback, options)
    shown = assert_valid(await loopback.slash("data alias", options | {"means": "Kyle Larson"}, MODERATOR))
    assert "“the melon man” means Ross Chastain now; it would mean Kyle Larson." in text_of(shown)
    await press(loopback, shown, "It means Kyle Larson")
    listed = text_of(await loopback.slash("data aliases", {}, MODERATOR))
    assert "Kyle Larson" in listed
    assert "Ross Chastain" not in listed
    await asked_in_vain(loopback, "driver", "rss chsta")
    near = assert_valid(await loopback.slash("data alias", options | {"alias": "rss chst"}, MODERATOR))
    assert "“rss chsta” (driver) nothing → Ross Chastain" in text_of(near).replace("**", "")


async def take(loopback: LoopbackDiscord, options: Mapping[str, str | int]) -> Reply:
    shown = assert_valid(await loopback.slash("data alias", options, MODERATOR))
    return await press(loopback, shown, next(one for one in labels(shown) if one.startswith("It means")))


async def test_the_name_of_somebody_else_is_no_alias(loopback: LoopbackDiscord) -> None:
    options = {"kind": "driver", "alias": "Kyle Larson", "means": "Ross Chastain"}
    shown = assert_valid(await loopback.slash("data alias", options, MODERATOR))
    assert "it would mean Kyle Larson: it cannot be taken" in text_of(shown)
    assert labels(shown) == []
    for alias in ("x", "48", "n" * 50):
        assert (await loopback.slash("data alias", options | {"alias": alias}, MODERATOR)).failed
    assert "no alias is entered" in text_of(await loopback.slash("data aliases", {}, MODERATOR)).casefold()


async def test_an_alias_beats_those_of_the_program(loopback: LoopbackDiscord) -> None:
    assert "Ross Chastain" in (await loopback.slash("driver", {"name": "watermelon man"}, FAN)).text
    await take(loopback, {"kind": "driver", "alias": "Watermelon Man", "means": "Chase Elliott"})
    assert "Chase Elliott" in (await loopback.slash("driver", {"name": "watermelon man"}, FAN)).text


async def test_an_alias_of_a_race_means_every_running_of_it(loopback: LoopbackDiscord) -> None:
    await take(loopback, {"kind": "race", "alias": "guitar race", "means": "cup-2023-17"})
    assert CHASTAIN in text_of(await loopback.slash("race", {"name": "guitar race"}, FAN))
    assert CHASTAIN in text_of(await loopback.slash("race", {"name": "2023 guitar race"}, FAN))


def test_aliases_are_in_the_backup_and_another_runner_of_the_same_archive_knows_them(
    filled: Engine, documents: Path, tmp_path: Path
) -> None:
    desk, other = Moderation(filled, documents, NO_WORKERS), QuestionRunner(filled)
    assert other.ask(lambda context: context.names.match("rss chst", "driver").is_clear) is False
    desk.save_alias("Ann", EnteredAlias("driver", "rss chst", "Ross Chastain"))
    assert other.ask(lambda context: context.names.resolve("rss chst", "driver").entity.value) == "Ross Chastain"
    backup(filled, tmp_path / "a.backup")
    desk.withdraw_alias(1)
    restore(filled, tmp_path / "a.backup", "Ann")
    assert [(row.alias, row.name) for row in desk.aliases()] == [("rss chst", "Ross Chastain")]
    assert other.ask(lambda context: context.names.resolve("rss chst", "driver").entity.value) == "Ross Chastain"


@pytest.mark.parametrize("small_races", [300, pytest.param(0, marks=pytest.mark.slow, id="index process")])
def test_a_bot_that_runs_knows_an_alias_that_another_process_has_taken(
    filled: Engine, documents: Path, small_races: int
) -> None:
    with WatchedRunner(filled, look_interval_s=1_000, small_archive_races=small_races, warms_up=False) as runner:
        runner.newest().result(30)
        assert not runner.names.match("rss chst", "driver").is_clear
        Moderation(filled, documents, NO_WORKERS).save_alias("Ann", EnteredAlias("driver", "rss chst", "Ross Chastain"))
        runner.newest().result(30)
        assert runner.names.resolve("rss chst", "driver").entity.value == "Ross Chastain"


@pytest.mark.slow
def test_a_large_archive_tries_an_alias_in_a_process_of_its_own(
    filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    alias = EnteredAlias("driver", "rss chst", "Ross Chastain")
    here = tried_aliases(filled, "cup", (alias,))
    monkeypatch.setattr(alias_trial, "SMALL_ARCHIVE_RACES", 0)
    assert tried_aliases(filled, "cup", (alias,)) == here
    assert here[0].is_taken
