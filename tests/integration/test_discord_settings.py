"""What servers set, in a loopback Discord: forms, rights, several servers, an outage, kicks."""

import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.archive.db.engine import read_session, write_session
from bot.archive.preferences import changes
from bot.archive.preferences.queries import server_preferences
from bot.archive.preferences.rules import ServerPreferences
from tests.support.databases import seed_archive_at, url_at
from tests.support.paths import ROOT, SEEDS, Loopback, needs_simulator
from tests.support.waits import until

pytestmark = [needs_simulator, pytest.mark.slow, pytest.mark.xdist_group("processes")]

SETTLE_S = 1.0  # for an answer to a message


async def start(d: Loopback, tmp_path: Path) -> Loopback:
    settings = {"DATABASE_URL": url_at(tmp_path / "sim.db"), "DOCUMENTS_DIR": str(SEEDS), "PYTHONPATH": str(ROOT)}
    return await d.run_bot([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=settings)


def kept(engine: Engine, guild: Loopback) -> ServerPreferences | None:
    with read_session(engine) as session:
        return server_preferences(session, int(guild.id))


def is_removed(engine: Engine, guild: Loopback) -> bool:
    server = kept(engine, guild)
    return server is not None and server.removed_at is not None


async def test_what_a_server_sets_holds_there_alone_through_rights_lost_an_outage_and_a_kick(
    simulator: Loopback, tmp_path: Path
) -> None:
    engine = seed_archive_at(tmp_path / "sim.db")
    async with simulator.Discord(guilds=2, privileged=0) as d:
        here, there = d.guilds
        results = await d.create_channel(here, "results")
        fans = await d.create_role(here, "Fans", d.fan, mentionable=True)
        with write_session(engine) as session:
            changes.save_replies(session, int(there.id), "public")
        await d.kick(there)  # while the bot is away
        await start(d, tmp_path)
        await until(lambda: is_removed(engine, there))
        await d.invite(there)
        await until(lambda: not is_removed(engine, there))
        await forms_and_rights(d, results, fans)
        # A change of another process holds within about a second.
        with write_session(engine) as session:
            changes.save_replies(session, int(there.id), "private")
        await until(lambda: _is_private(d, there))
        question = f"<@{d.bot_user.id}> who won stage 2 at nashville"
        [told] = await d.say(question, user=d.fan, guild=there, settle=SETTLE_S)
        assert "only who asks sees the answer" in " ".join(told.texts)
        await d.delete_channel(results)
        await until(lambda: "deleted" in getattr(kept(engine, here), "failure", ""))
        assert "The channel was deleted" in (await d.slash("settings", user=d.moderator)).text
        await d.outage(here)
        await d.kick(there)
        await until(lambda: is_removed(engine, there))
        assert not is_removed(engine, here)
        assert [fault for fault in d.violations if fault.kind != "gateway"] == []
    engine.dispose()


async def _is_private(d: Loopback, guild: Loopback) -> bool:
    return bool((await d.slash("help", user=d.user("Somebody of there"), guild=guild)).ephemeral)


async def forms_and_rights(d: Loopback, results: object, fans: object) -> None:
    card = await d.slash("settings", user=d.moderator)
    assert card.ephemeral
    form = await d.click(card, "Spoilers, replies", user=d.moderator)
    await d.submit(form, spoilers="24", replies="private")
    assert "only who asks sees the reply (chosen for this server)" in card.text
    assert (await d.slash("help", user=d.fan)).ephemeral
    assert not (await d.slash("help", private=False, user=d.fan)).ephemeral
    assert not (await d.slash("help", user=d.fan, guild=d.guilds[1])).ephemeral
    await d.permit(results, d.bot_user, embed_links=False, attach_files=False)
    form = await d.click(card, "Announcements", user=d.moderator)
    refused = await d.submit(form, channel=results, kinds=["result"], role=fans)
    assert "Nothing was changed: the bot lacks Embed Links and Attach Files in #results" in refused.text
    await d.permit(results, d.bot_user, embed_links=None, attach_files=None)
    form = await d.click(card, "Announcements", user=d.moderator)
    await d.submit(form, channel=results, kinds=["result"], role=fans)
    assert "results in #results; @Fans is pinged" in card.text
    await d.permit(results, d.bot_user, view_channel=False)
    assert "lacks View Channel" in (await d.slash("settings", user=d.moderator)).text
    await d.permit(results, d.bot_user, view_channel=None)
    form = await d.click(card, "Spoilers, replies", user=d.moderator)
    await d.submit(form, spoilers=[], replies=[])
    assert "everybody sees replies (the default)" in card.text
    assert "/settings" not in {f"/{one}" for one in d.commands(user=d.fan)}
    assert "Only who may manage this server" in (await d.slash("settings", user=d.fan, force=True)).text
