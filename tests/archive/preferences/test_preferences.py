"""What servers, channels and people prefer: kept, changed, forgotten, and which rules follow from it for whom."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.archive.db.engine import read_session, write_session
from bot.archive.models.core import Version
from bot.archive.models.user_data import OutboxMessage
from bot.archive.outbox import NEWS_PREFIX, NewMessage, put_message
from bot.archive.preferences import changes
from bot.archive.preferences.changes import AnnouncementChoice, ServerState
from bot.archive.preferences.queries import announcements, preference_set, server_preferences
from bot.archive.preferences.rules import (
    MAX_ANNOUNCEMENT_FAILURES,
    AnnouncementRules,
    ChannelPreferences,
    PreferenceSet,
    Rules,
    RuleValue,
    ServerPreferences,
    rules_in_force,
)
from tests.support.databases import both_engines

NOW = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
HERE, THERE, GENERAL, SPOILERS, ANN, FANS = 10, 20, 100, 101, 7, 900  # servers, channels of the first, person, role


def rules(engine: Engine, channel: int | None = GENERAL, person: int | None = ANN, server: int = HERE) -> Rules:
    with read_session(engine) as session:
        return rules_in_force(preference_set(session, server, person), channel, "cup")


def number(engine: Engine) -> int:
    with read_session(engine) as session:
        return session.get_one(Version, 1).preferences


def change(engine: Engine, *steps: Callable[[Session], object]) -> list[object]:
    with write_session(engine) as session:
        return [step(session) for step in steps]


def test_where_nobody_chose_anything_the_operators_defaults_are_in_force() -> None:
    default = rules_in_force(PreferenceSet(), GENERAL, "xfinity")
    assert default == Rules(RuleValue("xfinity", "operator"))
    assert (default.replies.value, default.public_spoilers.value) == ("public", 0)


def test_a_channel_goes_before_its_server_and_a_person_rules_only_private_replies() -> None:
    server = ServerPreferences(
        HERE, "truck", 24, "private", channels=(ChannelPreferences(SPOILERS, spoiler_hours=0, replies="public"),)
    )
    general = rules_in_force(PreferenceSet(server, 72), GENERAL, "cup")
    assert general.series == RuleValue("truck", "server")
    assert general.replies == RuleValue("private", "server")
    assert general.spoilers(is_public=True) == RuleValue(24, "server")
    assert general.spoilers(is_public=False) == RuleValue(72, "person")
    spoilers = rules_in_force(PreferenceSet(server), SPOILERS, "cup")
    assert spoilers.replies == RuleValue("public", "channel")
    assert spoilers.public_spoilers == spoilers.private_spoilers == RuleValue(0, "channel")


@both_engines
def test_what_was_chosen_is_in_force_until_it_is_chosen_no_more(archive: Engine) -> None:
    change(
        archive,
        lambda session: changes.save_series(session, HERE, "xfinity"),
        lambda session: changes.save_spoilers(session, HERE, 48),
        lambda session: changes.save_replies(session, HERE, "private"),
        lambda session: changes.save_channel_rules(session, HERE, SPOILERS, 0, None),
        lambda session: changes.save_person_spoilers(session, ANN, 12),
    )
    assert rules(archive) == Rules(
        RuleValue("xfinity", "server"),
        RuleValue("private", "server"),
        RuleValue(48, "server"),
        RuleValue(12, "person"),
    )
    assert rules(archive, SPOILERS, None).public_spoilers == RuleValue(0, "channel")
    assert rules(archive, server=THERE).series == RuleValue("cup", "operator")
    change(
        archive,
        lambda session: changes.save_series(session, HERE, None),
        lambda session: changes.save_spoilers(session, HERE, None),
        lambda session: changes.save_replies(session, HERE, None),
        lambda session: changes.save_channel_rules(session, HERE, SPOILERS, None, None),
        lambda session: changes.save_person_spoilers(session, ANN, None),
    )
    assert rules(archive) == rules(archive, SPOILERS) == Rules(RuleValue("cup", "operator"))


@both_engines
def test_announcements_go_to_servers_that_want_some_under_the_rules_of_their_channel(archive: Engine) -> None:
    choice = AnnouncementChoice(GENERAL, frozenset({"next", "result"}), FANS)
    change(
        archive,
        lambda session: changes.save_announcements(session, HERE, choice),
        lambda session: changes.save_spoilers(session, HERE, 24),
        lambda session: changes.save_channel_rules(session, HERE, GENERAL, 72, None),
        lambda session: changes.save_series(session, THERE, "truck"),
        lambda session: changes.save_announcements(session, 30, AnnouncementChoice(300, frozenset())),
    )
    with read_session(archive) as session:
        assert announcements(session, "cup") == (
            AnnouncementRules(HERE, GENERAL, frozenset({"next", "result"}), FANS, series="cup", spoiler_hours=72),
        )
    change(archive, lambda session: changes.save_announcements(session, HERE, None))
    with read_session(archive) as session:
        assert announcements(session, "cup") == ()


def ends(engine: Engine, channel: int, reason: str) -> bool:
    [ended] = change(engine, lambda session: changes.count_undelivered(session, channel, reason))
    return bool(ended)


def kept(engine: Engine, server: int = HERE) -> ServerPreferences:
    with read_session(engine) as session:
        found = server_preferences(session, server)
    assert found is not None
    return found


def test_announcements_end_after_three_failures_in_a_row_and_what_was_chosen_stays(archive: Engine) -> None:
    choice = AnnouncementChoice(GENERAL, frozenset({"result"}), FANS)
    change(archive, lambda session: changes.save_announcements(session, HERE, choice))
    assert not ends(archive, GENERAL, "I may not send there")
    assert not ends(archive, 4711, "nobody chose this channel")
    assert not ends(archive, GENERAL, "again")
    change(archive, lambda session: changes.count_delivered(session, GENERAL))
    assert kept(archive).failures == 0
    assert [ends(archive, GENERAL, f"time {time}") for time in (1, 2, 3)] == [False, False, True]
    assert (kept(archive).channel, kept(archive).failures, kept(archive).failure) == (GENERAL, 3, "time 3")
    with read_session(archive) as session:
        assert announcements(session, "cup") == ()
    change(archive, lambda session: changes.save_announcements(session, HERE, choice))
    with read_session(archive) as session:
        assert [one.server for one in announcements(session, "cup")] == [HERE]


def test_a_deleted_channel_has_no_rules_and_no_announcements_and_a_deleted_role_is_pinged_no_more(
    archive: Engine,
) -> None:
    change(
        archive,
        lambda session: changes.save_announcements(
            session, HERE, AnnouncementChoice(GENERAL, frozenset({"result"}), FANS)
        ),
        lambda session: changes.save_channel_rules(session, HERE, GENERAL, 24, "private"),
        lambda session: changes.forget_role(session, FANS),
    )
    assert (kept(archive).role, kept(archive).failures) == (None, 0)
    assert "role" in kept(archive).failure
    change(archive, lambda session: changes.forget_channel(session, GENERAL))
    assert kept(archive).channels == ()
    assert "deleted" in kept(archive).failure
    with read_session(archive) as session:
        assert announcements(session, "cup") == ()


@both_engines
def test_a_server_is_forgotten_thirty_days_after_the_bot_was_removed_and_not_before(archive: Engine) -> None:
    change(
        archive,
        lambda session: changes.save_spoilers(session, HERE, 24),
        lambda session: changes.save_channel_rules(session, HERE, GENERAL, 72, None),
        lambda session: changes.save_spoilers(session, THERE, 48),
        lambda session: changes.note_removed(session, HERE, NOW),
        lambda session: changes.note_removed(session, HERE, NOW + timedelta(days=9)),  # it was gone already
        lambda session: changes.note_removed(session, THERE, NOW),
        lambda session: changes.note_present(session, THERE),  # invited again
    )
    late = NOW + timedelta(days=29, hours=23)
    assert change(archive, lambda session: changes.forget_removed_servers(session, late)) == [0]
    assert rules(archive).public_spoilers.value == 72
    over = NOW + timedelta(days=30)
    assert change(archive, lambda session: changes.forget_removed_servers(session, over)) == [1]
    assert rules(archive).public_spoilers == RuleValue(0, "operator")
    assert rules(archive, server=THERE).public_spoilers.value == 48


def test_what_happened_while_the_bot_was_away_is_noted_and_an_outage_is_no_removal(archive: Engine) -> None:
    choice = AnnouncementChoice(GENERAL, frozenset({"result"}), FANS)
    with write_session(archive) as session:
        for server in (1, 2, 3):
            changes.save_spoilers(session, server, 24)
        changes.save_announcements(session, 1, choice)
        changes.save_channel_rules(session, 1, SPOILERS, 72, None)
        changes.note_servers(session, {1: ServerState(), 2: None}, NOW)
    assert [kept(archive, server).removed_at is None for server in (1, 2, 3)] == [True, False, True]
    assert (kept(archive, 1).failures, kept(archive, 1).role) == (0, FANS)
    before = number(archive)
    with write_session(archive) as session:
        there = ServerState(frozenset({GENERAL, SPOILERS}), frozenset({FANS}))
        changes.note_servers(session, {1: there}, NOW)
    assert number(archive) == before, "nothing was deleted"
    with write_session(archive) as session:
        changes.note_servers(session, {1: ServerState(frozenset(), frozenset()), 2: ServerState()}, NOW)
    assert kept(archive, 2).removed_at is None
    assert (kept(archive, 1).channels, kept(archive, 1).role) == ((), None)
    assert kept(archive, 1).failures == MAX_ANNOUNCEMENT_FAILURES


@pytest.mark.parametrize(
    "step",
    [
        lambda session: changes.save_series(session, HERE, "truck"),
        lambda session: changes.save_channel_rules(session, HERE, GENERAL, 24, None),
        lambda session: changes.save_person_spoilers(session, 8, 24),
        lambda session: changes.forget_person(session, ANN),
        lambda session: changes.forget_server(session, HERE),
        lambda session: changes.note_removed(session, HERE, NOW),
    ],
)
def test_every_change_raises_the_number_that_other_processes_notice(
    archive: Engine, step: Callable[[Session], object]
) -> None:
    change(
        archive,
        lambda session: changes.save_spoilers(session, HERE, 24),
        lambda session: changes.save_person_spoilers(session, ANN, 24),
    )
    before = number(archive)
    change(archive, step)
    assert number(archive) == before + 1


def put_news(engine: Engine) -> None:
    with write_session(engine) as session:
        for server in (HERE, THERE):
            put_message(session, NewMessage(f"{NEWS_PREFIX}result", f"cup-2026-1 {server}", GENERAL, "{}", NOW))
        put_message(session, NewMessage("report", str(HERE), GENERAL, "{}", NOW))


def messages(engine: Engine) -> set[tuple[str, str]]:
    with read_session(engine) as session:
        return {(row.kind, row.subject) for row in session.exec(select(OutboxMessage))}


@pytest.mark.parametrize(
    "step",
    [
        lambda session: changes.forget_server(session, HERE),
        lambda session: changes.save_announcements(session, HERE, None),
    ],
)
def test_what_waits_to_be_announced_is_dropped_where_nobody_wants_it_any_more(
    archive: Engine, step: Callable[[Session], object]
) -> None:
    put_news(archive)
    change(archive, step)
    assert messages(archive) == {(f"{NEWS_PREFIX}result", f"cup-2026-1 {THERE}"), ("report", str(HERE))}


def test_what_is_forgotten_is_gone_at_once_and_what_is_not_there_changes_nothing(archive: Engine) -> None:
    before = number(archive)
    nothing = change(
        archive,
        lambda session: changes.forget_person(session, 99),
        lambda session: changes.forget_server(session, 99),
    )
    assert nothing == [False, False]
    assert number(archive) == before
    change(
        archive,
        lambda session: changes.save_spoilers(session, HERE, 24),
        lambda session: changes.save_channel_rules(session, HERE, GENERAL, 72, "private"),
    )
    assert change(archive, lambda session: changes.forget_server(session, HERE)) == [True]
    with read_session(archive) as session:
        assert server_preferences(session, HERE) is None
