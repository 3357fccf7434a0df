"""The bot's own law: one place for errors, moderators only at home, little memory, no needless telling of commands."""

import logging
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.ext import commands
from discord.http import Route
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.cards import Card, Fact, Facts, Question
from bot.errors import ArchiveAway, ArchiveUnusable, NothingKnown
from bot.frontend.client import HomeServer, Shards, SpotterBot
from bot.frontend.commands.sync import command_payloads, commands_differ
from bot.frontend.host import Interaction
from bot.frontend.replies import report_error, send_card
from bot.frontend.text.pages import card_page
from bot.language.command_mentions import command_mention
from bot.terminal.payloads import Person
from tests.support.discord import (
    DIRECT_MESSAGE_FAN,
    FAN,
    HOME_GUILD,
    MODERATOR,
    OTHER_GUILD_OPERATOR,
    ROLE_HOLDER,
    assert_valid,
    loopback_discord,
)
from tests.support.discord_limits import scope_faults


class Trouble(commands.Cog):
    """Commands that go wrong."""

    def __init__(self, bot: SpotterBot) -> None:
        self.bot = bot

    @app_commands.command()
    async def crash(self, interaction: Interaction) -> None:
        """Breaks."""
        raise RuntimeError("inside words")

    @app_commands.command()
    async def broken(self, interaction: Interaction) -> None:
        """Finds the archive unusable."""
        raise ArchiveUnusable("The archive at postgresql://db.internal/spotter cannot be used: disk full.")

    @app_commands.command()
    async def away(self, interaction: Interaction) -> None:
        """Finds the archive away."""
        raise ArchiveAway("The archive cannot be reached right now.")

    @app_commands.command()
    async def slow(self, interaction: Interaction) -> None:
        """Breaks while it is thinking."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        raise NothingKnown("The documents do not say.")

    @app_commands.command()
    async def twice(self, interaction: Interaction) -> None:
        """Breaks after it has answered."""
        await send_card(interaction, Card("Done", Question("twice"), "It is done."))
        raise NothingKnown("Or is it?")


async def test_an_unexpected_error_is_one_line_for_the_person_and_a_traceback_for_the_log(
    seed_desk: QuestionRunner, caplog: pytest.LogCaptureFixture
) -> None:
    async with loopback_discord(seed_desk, cogs=(Trouble,)) as loopback:
        reply = assert_valid(await loopback.slash("crash", {}, FAN))
    text = reply.text
    assert reply.is_private
    assert reply.failed
    assert "inside words" not in text
    [record] = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert text.endswith(f"name {record.args[0]}.")  # type: ignore[index]
    assert record.exc_info
    assert "inside words" in str(record.exc_info[1])


async def test_hosts_and_paths_are_for_who_looks_after_the_data_and_a_number_for_fans(
    seed_desk: QuestionRunner, caplog: pytest.LogCaptureFixture
) -> None:
    async with loopback_discord(seed_desk, cogs=(Trouble,)) as loopback:
        fans = assert_valid(await loopback.slash("broken", {}, FAN)).text
        moderators = assert_valid(await loopback.slash("broken", {}, MODERATOR)).text
        away = assert_valid(await loopback.slash("away", {}, FAN)).text
    assert "db.internal" not in fans
    assert "db.internal" in moderators
    assert away == "The archive cannot be reached right now."
    [record] = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert "db.internal" in record.getMessage()
    assert fans.endswith(f"name {record.args[0]}.")  # type: ignore[index]


async def test_an_error_ends_the_thinking(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Trouble,)) as loopback:
        reply = assert_valid(await loopback.slash("slow", {}, FAN))
        assert reply.text == "The documents do not say."
        assert reply.followups == []
        assert reply.is_private


async def test_an_error_after_an_answer_follows_it_privately(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Trouble,)) as loopback:
        reply = assert_valid(await loopback.slash("twice", {}, FAN))
        assert reply.text == "Or is it?"
        assert reply.is_private
        assert reply.message is not None
        assert "## It is done." in str(reply.message["components"])


async def test_an_answer_that_discord_no_longer_takes_is_a_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def refuse(**_: object) -> None:
        raise discord.NotFound(SimpleNamespace(status=404, reason="Not Found"), "Unknown interaction")

    response = SimpleNamespace(is_done=lambda: False, send_message=refuse)
    interaction: Any = SimpleNamespace(response=response, extras={}, command=None)
    await report_error(interaction, NothingKnown("x"))
    assert "an answer could not be sent" in caplog.text


@pytest.mark.parametrize(
    ("person", "allowed"),
    [(FAN, False), (MODERATOR, True), (ROLE_HOLDER, True), (OTHER_GUILD_OPERATOR, False), (DIRECT_MESSAGE_FAN, False)],
)
@pytest.mark.parametrize("command", ["data status", "data reload"])
async def test_only_moderators_of_the_home_server_reach_the_data(
    command: str, person: Person, allowed: bool, archive: Engine, documents: Path
) -> None:
    async with loopback_discord(QuestionRunner(archive), documents) as loopback:
        reply = assert_valid(await loopback.slash(command, {}, person))
        assert reply.is_private
        assert reply.failed is not allowed
        if not allowed:
            assert "Only moderators" in reply.text


async def test_without_a_home_server_there_are_no_moderators_commands(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, home=None) as loopback:
        assert loopback.bot.find_command("data status") is None
        assert loopback.bot.find_command("race") is not None
        assert all(line.name != "data status" for line in loopback.bot.command_lines(moderator=True))


async def test_after_a_reload_the_new_names_are_known(archive: Engine, documents: Path) -> None:
    async with loopback_discord(QuestionRunner(archive), documents) as loopback:
        assert await loopback.suggest("driver", {"name": "chast"}, "name", FAN) == ()
        reply = assert_valid(await loopback.slash("data reload", {}, MODERATOR))
        assert not reply.failed
        assert reply.requests[0].body["type"] == 5
        assert await loopback.suggest("driver", {"name": "chast"}, "name", FAN) != ()


async def test_what_was_just_asked_is_answered_without_a_thread(
    seed_desk: QuestionRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with loopback_discord(seed_desk) as loopback:
        first = assert_valid(await loopback.slash("race", {"name": "nashville"}, FAN))

        async def in_thread(_: object) -> None:
            raise AssertionError

        monkeypatch.setattr(loopback.bot, "in_thread", in_thread)
        again = assert_valid(await loopback.slash("race", {"name": "nashville"}, FAN))
    assert again.components == first.components


async def test_a_button_of_a_name_that_another_process_loaded_works(archive: Engine, documents: Path) -> None:
    async with loopback_discord(QuestionRunner(archive), documents) as early:
        async with loopback_discord(QuestionRunner(archive), documents) as other:
            await other.slash("data reload", {}, MODERATOR)
            reply = await other.slash("race", {}, FAN)
        assert early.bot.runner.names.of_kind("race") == ()
        pressed = next(b for b in reply.buttons if b["custom_id"].startswith("2f|"))
        assert not (await early.press(reply, pressed["custom_id"])).failed


async def test_the_bot_asks_discord_for_little(seed_desk: QuestionRunner) -> None:
    async with SpotterBot(seed_desk, Path()) as bot:
        assert bot.intents == discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        assert not any(getattr(bot.intents, name) for name in ("members", "presences", "message_content"))
        assert bot._connection.member_cache_flags == discord.MemberCacheFlags.none()
        assert bot._connection.max_messages is None
        assert bot.allowed_mentions is not None
        assert not any(bot.allowed_mentions.to_dict().values())


async def payloads(bot: SpotterBot, guild: int | None) -> list[dict[str, Any]]:
    place = discord.Object(guild) if guild else None
    return await command_payloads(bot.tree, place)


async def test_commands_work_in_servers_messages_and_for_people_who_installed_the_bot(
    seed_desk: QuestionRunner,
) -> None:
    async with loopback_discord(seed_desk) as loopback:
        for payload in await payloads(loopback.bot, None):
            is_of_servers = payload["name"] == "settings"
            assert payload["contexts"] == ([0] if is_of_servers else [0, 1, 2])
            assert payload["integration_types"] == ([0] if is_of_servers else [0, 1])
            manage_guild = discord.Permissions(manage_guild=True).value
            assert payload["default_member_permissions"] == (manage_guild if is_of_servers else None)
        [data] = await payloads(loopback.bot, HOME_GUILD)
        assert data["name"] == "data"
        assert data["default_member_permissions"] == manage_guild


def as_discord_has(command: dict[str, Any]) -> dict[str, Any]:
    """A command as Discord gives it back: with ids, defaults and nulls of its own."""
    rights = command.get("default_member_permissions")
    discord_command = {
        **command,
        "id": "11", "application_id": "12", "version": "13", "name_localizations": None, "nsfw": False,
        "default_member_permissions": rights and str(rights),
        "contexts": list(reversed(command.get("contexts") or [])),
    }  # fmt: skip
    discord_command["options"] = [
        {key: value for key, value in option.items() if value not in (False, None, [])}
        for option in command.get("options", ())
    ]
    return discord_command


async def test_discord_is_told_only_what_it_does_not_have(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        for guild in (None, HOME_GUILD):
            local_commands = await payloads(loopback.bot, guild)
            discord_commands = [as_discord_has(command) for command in reversed(local_commands)]
            in_guild = guild is not None
            assert not commands_differ(local_commands, discord_commands, in_guild=in_guild)
            assert not commands_differ(
                local_commands, [*discord_commands, {"name": "launch", "type": 4, "handler": 2}], in_guild=in_guild
            )
            assert commands_differ(local_commands, discord_commands[1:], in_guild=in_guild)
            discord_commands[0]["description"] = "something else"
            assert commands_differ(local_commands, discord_commands, in_guild=in_guild)


class Api:
    """Discord's API for commands, as far as syncing asks it."""

    def __init__(self, commands: list[dict[str, Any]], *, forbidden: bool = False) -> None:
        self.commands, self.forbidden, self.sync_count = commands, forbidden, 0

    async def request(self, route: Route, params: Mapping[str, str]) -> list[dict[str, Any]]:
        assert params == {"with_localizations": "true"}
        if self.forbidden and "guilds" in route.url:
            raise discord.Forbidden(SimpleNamespace(status=403, reason="Forbidden"), "Missing Access")
        return self.commands

    async def sync(self, *, guild: object = None) -> list[object]:
        self.sync_count += 1
        return []


async def test_syncing_happens_once_and_a_server_without_the_bot_is_a_line_in_the_log(
    seed_desk: QuestionRunner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with SpotterBot(seed_desk, Path(), HomeServer(HOME_GUILD)) as bot:
        api = Api([], forbidden=True)
        monkeypatch.setattr(bot, "http", SimpleNamespace(request=api.request, close=bot.http.close))
        monkeypatch.setattr(bot.tree, "sync", api.sync)
        await bot.setup_hook()
        assert api.sync_count == 1
        assert "invite it there" in caplog.text
        api.commands = [as_discord_has(command) for command in await payloads(bot, None)]
        await bot.sync_commands(None)
        assert api.sync_count == 1


async def test_a_process_that_does_not_sync_reads_the_ids_of_the_commands(
    seed_desk: QuestionRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with SpotterBot(seed_desk, Path(), shards=Shards(2, frozenset({1}))) as bot:
        api = Api([{"name": "race", "id": "123", "type": 1}, {"name": "Look up", "id": "124", "type": 2}])
        monkeypatch.setattr(bot, "http", SimpleNamespace(request=api.request, close=bot.http.close))
        monkeypatch.setattr(bot.tree, "sync", api.sync)
        await bot.setup_hook()
        assert api.sync_count == 0
        assert bot.command_ids == {"race": 123}


def test_a_command_that_is_named_can_be_tapped_once_its_id_is_known() -> None:
    text = f"Ask {command_mention('race')}, or {command_mention('data reload')}."
    card = Card("Help", Question("help"), text, (Facts((Fact(command_mention("race"), "a race"),)),))
    page = card_page(card, 0, {"race": 123})
    assert page.head.startswith("## Ask </race:123>, or /data reload.")
    assert [one.text for one in page.texts] == ["**</race:123>** a race"]
    assert card_page(card).head.startswith("## Ask /race, or /data reload.")


async def test_every_command_is_inside_the_limits(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        for guild in (None, HOME_GUILD):
            assert scope_faults(await payloads(loopback.bot, guild)) == []
