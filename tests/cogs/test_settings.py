"""`/settings`: who may, what is shown with its source, each form, what is refused, what is noticed and forgotten."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.archive.db.engine import read_session, write_session
from bot.archive.preferences import changes
from bot.archive.preferences.queries import server_preferences
from bot.archive.preferences.rules import ServerPreferences
from bot.frontend.servers import membership
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import APPLICATION_ID, CHANNEL_ID, Json, Person, Reply
from tests.support.discord import (
    DIRECT_MESSAGE_FAN,
    FAN,
    HOME_GUILD,
    MODERATOR,
    assert_valid,
    button,
    displayed,
    entries,
    labels,
    loopback_discord,
)

RESULTS, FANS, QUIET = 2001, 31, 32
SEE, SEND, EMBED, ATTACH, MENTION = 1 << 10, 1 << 11, 1 << 14, 1 << 15, 1 << 17


@asynccontextmanager
async def in_a_server(engine: Engine, denied: int = 0, guild: int = HOME_GUILD) -> AsyncIterator[LoopbackDiscord]:
    """A bot that is in a server, with a channel in which rights are denied to it."""
    async with loopback_discord(QuestionRunner(engine)) as loopback:
        await loopback.receive("GUILD_CREATE", guild_data(guild, denied))
        yield loopback


def guild_data(guild: int, denied: int = 0) -> Json:
    everyone = role(guild, "@everyone", SEE | SEND | EMBED | ATTACH)
    overwrite = {"id": str(guild), "type": 0, "allow": "0", "deny": str(denied)}
    me = {"user": {"id": str(APPLICATION_ID), "username": "Spotter", "discriminator": "0", "avatar": None}}
    return {
        "id": str(guild), "name": "A server", "owner_id": "99", "features": [], "emojis": [], "stickers": [],
        "roles": [everyone, role(FANS, "Fans", 0, mentionable=True), role(QUIET, "Quiet", 0)],
        "channels": [channel(CHANNEL_ID, "here"), channel(RESULTS, "results", overwrite)],
        "members": [me | {"roles": [], "joined_at": "2024-01-01T00:00:00+00:00", "flags": 0}],
        "member_count": 2, "threads": [], "voice_states": [], "presences": [], "stage_instances": [],
        "guild_scheduled_events": [], "soundboard_sounds": [], "unavailable": False,
    }  # fmt: skip


def role(number: int, name: str, permissions: int, *, mentionable: bool = False) -> Json:
    return {
        "id": str(number), "name": name, "permissions": str(permissions), "position": 0, "color": 0, "hoist": False,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}, "managed": False,
        "mentionable": mentionable, "flags": 0,
    }  # fmt: skip


def channel(number: int, name: str, *overwrites: Json) -> Json:
    return {"id": str(number), "type": 0, "name": name, "position": 0, "permission_overwrites": list(overwrites)}


async def opened(loopback: LoopbackDiscord, group: str) -> tuple[Reply, Reply]:
    """The card of the settings, and the form of a group."""
    card = assert_valid(await loopback.slash("settings", {}, MODERATOR))
    assert card.is_private
    form = assert_valid(await loopback.press(card, button(card, group)))
    assert form.modal, form.text
    return card, form


async def sent(loopback: LoopbackDiscord, group: str, **values: str) -> Reply:
    _, form = await opened(loopback, group)
    return assert_valid(await loopback.submit(form, values))


def kept(engine: Engine) -> ServerPreferences:
    with read_session(engine) as session:
        return server_preferences(session, HOME_GUILD) or ServerPreferences(HOME_GUILD)


async def test_each_value_is_shown_with_where_it_comes_from(filled: Engine) -> None:
    with write_session(filled) as session:
        changes.save_spoilers(session, HOME_GUILD, 24)
        changes.save_channel_rules(session, HOME_GUILD, CHANNEL_ID, 0, "private")
    async with in_a_server(filled) as loopback:
        text = displayed((await loopback.slash("settings", {}, MODERATOR)).text)
    assert "In this server results are hidden for 24 hours after a race and some channels have their own" in text
    assert "**Default series** NASCAR Cup Series (the default)" in text
    assert "**Spoilers** results are hidden for 24 hours after a race (chosen for this server)" in text
    assert "**Replies** everybody sees replies (the default)" in text
    assert "**Announcements** none (the default)" in text
    assert "**#here** results are shown at once and only who asks sees the reply (chosen for this channel)" in text


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (FAN, "Only who may manage this server"),
        (replace(MODERATOR, brings_bot=True), "This server has not added the bot"),
        (DIRECT_MESSAGE_FAN, "Settings are those of a server"),
    ],
)
async def test_nobody_else_sees_or_changes_them(person: Person, words: str, filled: Engine) -> None:
    async with in_a_server(filled) as loopback:
        refused = assert_valid(await loopback.slash("settings", {}, person))
        assert words in refused.text
        assert refused.is_private
        card, form = await opened(loopback, "Spoilers, replies")
        for label in labels(card):
            assert words in (await loopback.press(card, button(card, label), person)).text
        form.asker = person
        assert words in (await loopback.submit(form, {"spoilers": "24", "replies": ""})).text
    assert kept(filled) == ServerPreferences(HOME_GUILD)


async def test_a_server_that_has_chosen_nothing_reads_what_holds_there(filled: Engine) -> None:
    async with in_a_server(filled) as loopback:
        card = await loopback.slash("settings", {}, MODERATOR)
    assert card.headline == "Nothing has been changed here: results are shown at once, and everybody sees replies."


async def test_settings_with_a_rule_for_each_of_a_thousand_channels_can_be_changed(filled: Engine) -> None:
    with write_session(filled) as session:
        for number in range(3000, 4000):
            changes.save_channel_rules(session, HOME_GUILD, number, 24, "private")
    guild = guild_data(HOME_GUILD)
    guild["channels"] += [channel(number, f"channel-{number}") for number in range(3000, 4000)]
    async with loopback_discord(QuestionRunner(filled)) as loopback:
        await loopback.receive("GUILD_CREATE", guild)
        card = assert_valid(await loopback.slash("settings", {}, MODERATOR))
        offered = [*labels(card), *entries(card)]
        for group in ("Series", "Spoilers, replies", "Announcements", "This channel", "Forget this server"):
            assert group in offered
        assert "chosen for that channel" in displayed(card.text)
        assert "chosen for this channel" not in displayed(card.text)


async def test_what_is_chosen_in_a_form_holds_at_once_and_emptied_it_is_the_default_again(filled: Engine) -> None:
    async with in_a_server(filled) as loopback:
        saved = await sent(loopback, "Spoilers, replies", spoilers="24", replies="private")
        assert saved.headline == "Saved."
        assert saved.edited_in_place
        assert (kept(filled).spoiler_hours, kept(filled).replies) == (24, "private")
        assert (await loopback.slash("help", {}, FAN)).is_private
        await sent(loopback, "This channel", spoilers="", replies="public")
        assert not (await loopback.slash("help", {}, FAN)).is_private
        await sent(loopback, "Series", series="nxs")
        assert kept(filled).series == "nxs"
        await sent(loopback, "This channel", spoilers="", replies="")
        await sent(loopback, "Spoilers, replies", spoilers="", replies="")
        await sent(loopback, "Series", series="")
    assert kept(filled) == ServerPreferences(HOME_GUILD)


async def test_a_form_has_another_id_when_its_first_values_are_others(filled: Engine) -> None:
    async with in_a_server(filled) as loopback:
        card, before = await opened(loopback, "Spoilers, replies")
        await loopback.submit(before, {"spoilers": "24", "replies": ""})
        after = await loopback.press(card, button(card, "Spoilers, replies"))
        assert before.modal is not None
        assert after.modal is not None
        assert before.modal["custom_id"] != after.modal["custom_id"]
        [default] = [
            option["value"] for option in after.modal["components"][0]["component"]["options"] if option["default"]
        ]
        assert default == "24"
        late = assert_valid(await loopback.submit(before, {"spoilers": "72", "replies": ""}))
        assert "changed this meanwhile" in late.text
    assert kept(filled).spoiler_hours == 24


async def test_a_value_that_no_form_offers_is_refused(filled: Engine) -> None:
    async with in_a_server(filled) as loopback:
        assert "only be one of" in (await sent(loopback, "Spoilers, replies", spoilers="13", replies="")).text
        for channel_id, role_id in (("results", ""), ("\u00b2", ""), (str(RESULTS), "fans")):
            odd = await sent(loopback, "Announcements", channel=channel_id, kinds="result", role=role_id)
            assert "only be one of" in odd.text
    assert kept(filled) == ServerPreferences(HOME_GUILD)


@pytest.mark.parametrize(
    ("denied", "role_id", "words"),
    [
        (SEE, "", "lacks View Channel, Send Messages, Embed Links and Attach Files in #results"),
        (SEND, "", "Send Messages"),
        (EMBED, "", "the bot lacks Embed Links in #results"),
        (EMBED | ATTACH, "", "the bot lacks Embed Links and Attach Files in #results"),
        (0, str(QUIET), "may not ping @Quiet in #results"),
        (0, str(HOME_GUILD), "and not everyone"),
        (0, "77", "the role is deleted"),
    ],
)
async def test_before_a_channel_is_stored_the_bot_says_what_it_lacks_there(
    denied: int, role_id: str, words: str, filled: Engine
) -> None:
    async with in_a_server(filled, denied) as loopback:
        refused = await sent(loopback, "Announcements", channel=str(RESULTS), kinds="result", role=role_id)
        assert "Nothing was changed" in refused.text
        assert words in displayed(refused.text)
    assert kept(filled) == ServerPreferences(HOME_GUILD)


async def test_announcements_are_stored_shown_and_ended(filled: Engine) -> None:
    async with in_a_server(filled) as loopback:
        saved = await sent(loopback, "Announcements", channel=str(RESULTS), kinds="next, result", role=str(FANS))
        assert "the next race and results in #results; @Fans is pinged (chosen for this server)" in displayed(
            saved.text
        )
        with write_session(filled) as session:
            changes.count_undelivered(session, RESULTS, "Missing Access (50001)")
        text = displayed((await loopback.slash("settings", {}, MODERATOR)).text)
        assert "The last announcement could not be posted: Missing Access (50001)." in text
        for _ in range(2):
            with write_session(filled) as session:
                changes.count_undelivered(session, RESULTS, "Missing Access (50001)")
        assert "Stopped" in (await loopback.slash("settings", {}, MODERATOR)).text
        await sent(loopback, "Announcements", channel=str(RESULTS), kinds="result", role="")
        assert (kept(filled).failures, kept(filled).role) == (0, None)
        await sent(loopback, "Announcements", channel="", kinds="result", role="")
    assert kept(filled).channel is None


async def test_a_right_that_was_lost_since_is_shown(filled: Engine) -> None:
    with write_session(filled) as session:
        choice = changes.AnnouncementChoice(RESULTS, frozenset({"result"}))
        changes.save_announcements(session, HOME_GUILD, choice)
    async with in_a_server(filled, EMBED) as loopback:
        text = displayed((await loopback.slash("settings", {}, MODERATOR)).text)
    assert "**Problem** The bot lacks Embed Links in #results" in text


async def test_a_deleted_channel_and_role_are_noticed(filled: Engine) -> None:
    async with in_a_server(filled) as loopback:
        await sent(loopback, "Announcements", channel=str(RESULTS), kinds="result", role=str(FANS))
        await loopback.receive("GUILD_ROLE_DELETE", {"guild_id": str(HOME_GUILD), "role_id": str(FANS)})
        assert kept(filled).role is None
        gone = channel(RESULTS, "results") | {"guild_id": str(HOME_GUILD)}
        await loopback.receive("CHANNEL_DELETE", gone)
        text = displayed((await loopback.slash("settings", {}, MODERATOR)).text)
        assert "results in a channel that is deleted; nobody is pinged" in text
        assert "Stopped** The channel was deleted." in text


async def test_what_was_deleted_before_discord_told_of_the_server_is_noticed_when_it_does(filled: Engine) -> None:
    with write_session(filled) as session:
        changes.save_announcements(session, HOME_GUILD, changes.AnnouncementChoice(77, frozenset({"result"}), FANS))
    async with in_a_server(filled):
        assert kept(filled).failure == "The channel was deleted."
        assert kept(filled).role == FANS


async def test_what_discord_does_not_say_is_not_called_deleted(filled: Engine) -> None:
    with write_session(filled) as session:
        changes.save_announcements(
            session, HOME_GUILD, changes.AnnouncementChoice(RESULTS, frozenset({"result"}), FANS)
        )
    async with loopback_discord(QuestionRunner(filled)) as loopback:
        text = (await loopback.slash("settings", {}, MODERATOR)).text
    assert "results in a channel; a role is pinged" in text
    assert "deleted" not in text


async def test_the_server_is_forgotten_once_that_is_confirmed(filled: Engine) -> None:
    async with in_a_server(filled) as loopback:
        await sent(loopback, "Spoilers, replies", spoilers="24", replies="")
        card = await loopback.slash("settings", {}, MODERATOR)
        asked = assert_valid(await loopback.press(card, button(card, "Forget this server")))
        assert asked.edited_in_place
        assert kept(filled).spoiler_hours == 24
        back = assert_valid(await loopback.press(card, button(card, "Back")))
        assert "24 hours" in back.text
        await loopback.press(card, button(card, "Forget this server"))
        done = assert_valid(await loopback.press(card, button(card, "Forget it all")))
        assert "This server is forgotten" in done.text
    with read_session(filled) as session:
        assert server_preferences(session, HOME_GUILD) is None


async def test_a_removal_is_noted_an_outage_is_none_and_thirty_days_later_all_is_gone(filled: Engine) -> None:
    async with in_a_server(filled) as loopback:
        await sent(loopback, "Spoilers, replies", spoilers="24", replies="")
        await loopback.receive("GUILD_DELETE", {"id": str(HOME_GUILD), "unavailable": True})
        assert kept(filled).removed_at is None
        await membership.note_shard(loopback.bot, loopback.bot, 0)
        assert kept(filled).removed_at is None
        await loopback.receive("GUILD_CREATE", guild_data(HOME_GUILD))
        await loopback.receive("GUILD_DELETE", {"id": str(HOME_GUILD)})
        assert kept(filled).removed_at is not None
        await membership.forget_removed(loopback.bot)
        assert kept(filled).spoiler_hours == 24
        invited = guild_data(HOME_GUILD)
        del invited["unavailable"]  # which only comes after a start or an outage
        await loopback.receive("GUILD_CREATE", invited)
        assert kept(filled).removed_at is None
        with write_session(filled) as session:
            changes.note_removed(session, HOME_GUILD, datetime.now(UTC) - timedelta(days=31))
        await membership.forget_removed(loopback.bot)
    assert kept(filled) == ServerPreferences(HOME_GUILD)


async def test_a_removal_while_the_bot_was_away_is_found_when_its_shard_is_ready(filled: Engine) -> None:
    with write_session(filled) as session:
        for guild in (HOME_GUILD, 6, 1 << 22):
            changes.save_spoilers(session, guild, 24)
    async with in_a_server(filled) as loopback:
        loopback.bot.shard_count = 2
        await membership.note_shard(loopback.bot, loopback.bot, 0)
    with read_session(filled) as session:
        removed = {guild: server_preferences(session, guild) for guild in (HOME_GUILD, 6, 1 << 22)}
    assert [one is not None and one.removed_at is not None for one in removed.values()] == [False, True, False]
