"""The terminal's way in stands on private parts of discord.py: a version that changes them must fail here, loudly."""

import inspect

import discord
import pytest
from discord import app_commands
from discord.ext import commands
from discord.ui.view import ViewStore
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.answers.context import QuestionRunner
from bot.frontend.client import SpotterBot
from bot.frontend.host import Interaction
from bot.terminal.payloads import COMPONENTS_FLAG, MEMBER_RIGHTS, OPERATOR_RIGHTS, Person, SentRequest
from tests.support.discord import (
    DIRECT_MESSAGE_FAN,
    FAN,
    MODERATOR,
    OTHER_GUILD_OPERATOR,
    ROLE_HOLDER,
    assert_valid,
    loopback_discord,
    request_faults,
)
from tests.support.discord_schema import HAS_SCHEMA, NO_SCHEMA_NOTICE, schema_faults

TEXT = {"type": 10, "content": "x" * 4001}


class Echo(commands.Cog):
    """Says who asks, where and with which rights."""

    def __init__(self, bot: SpotterBot) -> None:
        self.bot = bot

    @app_commands.command()
    async def echo(self, interaction: Interaction, much: int = 1) -> None:
        """Where and who."""
        person = interaction.user
        roles = [role.id for role in person.roles] if isinstance(person, discord.Member) else []
        rights = interaction.permissions.manage_guild
        await interaction.response.send_message(f"{person.id} {interaction.guild_id} {rights} {roles} {much!r}")

    @app_commands.command()
    async def late(self, interaction: Interaction) -> None:
        """Thinks, answers, and adds something."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(embed=discord.Embed(title="first"))
        await interaction.followup.send(
            "second", file=discord.File(__file__, filename="a.py"), embed=discord.Embed(title="x"), ephemeral=True
        )

    @app_commands.command()
    async def form(self, interaction: Interaction) -> None:
        """Opens a form."""
        form = discord.ui.Modal(title="Why?", custom_id="why")
        form.add_item(discord.ui.TextInput[discord.ui.Modal](label="Reason", custom_id="reason"))
        await interaction.response.send_modal(form)


def test_what_this_stands_on_is_there_as_it_was() -> None:
    assert discord.version_info[:2] == (2, 7)
    assert list(inspect.signature(discord.Interaction).parameters) == ["data", "state"]
    assert list(inspect.signature(app_commands.CommandTree._call).parameters) == ["self", "interaction"]
    assert list(inspect.signature(ViewStore.dispatch_view).parameters) == [
        "self", "component_type", "custom_id", "interaction",
    ]  # fmt: skip
    assert {"route", "session", "payload", "multipart"} <= inspect.signature(
        AsyncWebhookAdapter.request
    ).parameters.keys()
    assert isinstance(async_context.get(), AsyncWebhookAdapter)


def test_the_rights_of_people_are_those_that_discord_knows_by_name() -> None:
    member = discord.Permissions(view_channel=True, send_messages=True, use_application_commands=True)
    assert discord.Permissions(MEMBER_RIGHTS) == member
    assert discord.Permissions(OPERATOR_RIGHTS) == member | discord.Permissions(manage_guild=True)


@pytest.mark.parametrize(
    ("person", "content"),
    [
        (FAN, "1 5 False [] 1"),
        (MODERATOR, "2 5 True [] 1"),
        (ROLE_HOLDER, "3 5 False [7] 1"),
        (OTHER_GUILD_OPERATOR, "4 9 True [] 1"),
        (DIRECT_MESSAGE_FAN, "6 None False [] 1"),
    ],
)
async def test_a_command_sees_who_asks_and_where(person: Person, content: str, seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Echo,)) as loopback:
        reply = await loopback.slash("echo", {}, person)
        assert reply.last_message["content"] == content
        assert [(sent.method, sent.path) for sent in reply.requests] == [
            ("POST", "/interactions/{webhook_id}/{webhook_token}/callback")
        ]


async def test_options_come_in_their_types(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Echo,)) as loopback:
        assert (await loopback.slash("echo", {"much": 44}, FAN)).last_message["content"].endswith(" 44")


async def test_a_late_answer_its_edit_and_what_follows_are_kept(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Echo,)) as loopback:
        reply = await loopback.slash("late", {}, FAN)
        assert reply.message is not None
        assert reply.message["embeds"][0]["title"] == "first"
        assert reply.last_message["content"] == "second"
        assert reply.is_private
        assert len(reply.requests) == 3


async def test_a_form_is_kept(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk, cogs=(Echo,)) as loopback:
        reply = await loopback.slash("form", {}, FAN)
        assert reply.modal is not None
        assert reply.modal["title"] == "Why?"
        assert reply.last_message == {}
        assert reply.buttons == ()


async def test_a_command_that_is_not_there_is_answered_in_words(seed_desk: QuestionRunner) -> None:
    async with loopback_discord(seed_desk) as loopback:
        reply = assert_valid(await loopback.slash("gone", {"name": "x"}, FAN))
        assert reply.is_private
        assert reply.failed
        assert "This command has changed" in reply.text


async def test_the_connection_is_as_it_was_afterwards(seed_desk: QuestionRunner) -> None:
    before = async_context.get()
    async with loopback_discord(seed_desk) as loopback:
        await loopback.slash("help", {}, FAN)
    assert async_context.get() is before


def test_the_judge_of_payloads_finds_faults() -> None:
    sent = SentRequest(
        "POST", "/interactions/{a}/{b}/callback", {"type": 4, "data": {"components": [TEXT], "flags": COMPONENTS_FLAG}}
    )
    assert "4001 characters in all texts" in request_faults(sent)


@pytest.mark.skipif(not HAS_SCHEMA, reason=NO_SCHEMA_NOTICE)
def test_the_schema_of_discord_finds_faults_too() -> None:
    sent = SentRequest("POST", "/interactions/{a}/{b}/callback", {"type": 4, "data": {"embeds": [{"url": 3}]}})
    assert schema_faults(sent)
