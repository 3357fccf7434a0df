"""`/settings`: what a server has set, each value with where it comes from, and what forgets it all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.answers.common.text import join, plural, sentence
from bot.answers.preferences.setting_words import ORIGIN_WORDS, announcement_words, hours_words, replies_words
from bot.archive.preferences.changes import REMOVED_TIME
from bot.archive.preferences.rules import (
    MAX_ANNOUNCEMENT_FAILURES,
    ChannelPreferences,
    PreferenceSet,
    Rules,
    RuleValue,
    ServerPreferences,
    rules_in_force,
)
from bot.cards import Card, Fact, Facts, FollowUp, Question, archive_fact

__all__ = ["ServerView", "forget_server_card", "forgotten_server_card", "settings_card"]

QUESTION = Question("settings")
SERIES_BUTTON = FollowUp("Series", Question("settings series"))
REPLIES_BUTTON = FollowUp("Spoilers, replies", Question("settings replies"))
ANNOUNCEMENTS_BUTTON = FollowUp("Announcements", Question("settings announcements"))
CHANNEL_BUTTON = FollowUp("This channel", Question("settings channel"))
FORGET_BUTTON = FollowUp("Forget this server", Question("settings forget"), "lose")
FORGET_NOW_BUTTON = FollowUp("Forget it all", Question("settings forgetnow"), "lose")
BACK_BUTTON = FollowUp("Back", Question("settings back"))
FORGOTTEN_THINGS = "The default series, spoilers, replies, announcements, and what single channels have of their own."
FORGOTTEN_LATER = f"Without this it is forgotten {REMOVED_TIME.days} days after the bot was removed from here."
GONE_CHANNEL, GONE_ROLE = "a channel that is deleted", "a role that is deleted"

OTHER_CHANNEL = "chosen for that channel"
UNKNOWN_CHANNEL, UNKNOWN_ROLE = "a channel", "a role"  # while Discord does not say what the server has


@dataclass(frozen=True, slots=True)
class ServerView:
    """A server as its settings are shown: what it prefers, and how Discord calls its channels and roles now.

    `channel` is where it is asked, `series_names` are the series by id, `fault` says why nothing could be announced
    right now.
    """

    server: ServerPreferences
    channel: int
    operator_series: str
    series_names: Mapping[str, str]
    channel_names: Mapping[int, str]
    role_names: Mapping[int, str]
    fault: str = ""

    @property
    def rules(self) -> Rules:
        """The rules of the server, as they are in a channel without rules of its own."""
        return rules_in_force(PreferenceSet(self.server), None, self.operator_series)


def settings_card(view: ServerView, notice: str = "") -> Card:
    """Each value and where it comes from, and a button per group; `notice` is what has just been done."""
    summary = sentence(notice) if notice else _summary(view)
    return Card(
        title="Settings of this server",
        question=QUESTION,
        summary=summary,
        blocks=(Facts(tuple(_server_facts(view))), *_channel_block(view)),
        note="Whoever types private: in a command decides for that one answer.",
        follow_ups=(SERIES_BUTTON, REPLIES_BUTTON, ANNOUNCEMENTS_BUTTON, CHANNEL_BUTTON, FORGET_BUTTON),
        tone="moderator",
    )


def forget_server_card() -> Card:
    """What would be forgotten, and the button that does it."""
    return Card(
        title="Forget this server?",
        question=QUESTION,
        summary="Everything this server has set would be forgotten at once, and the defaults hold again.",
        blocks=(Facts((archive_fact("", FORGOTTEN_THINGS), archive_fact("", FORGOTTEN_LATER))),),
        follow_ups=(FORGET_NOW_BUTTON, BACK_BUTTON),
        tone="moderator",
        is_heavy=True,
    )


def forgotten_server_card(is_done: bool | None) -> Card:
    """What was forgotten: something, nothing (there was none), or (None) as soon as a load is done."""
    summaries = {
        True: "This server is forgotten: the defaults hold again.",
        False: "Nothing was kept of this server.",
        None: "This server is forgotten as soon as the load that runs now is done.",
    }
    return Card("Settings of this server", QUESTION, summaries[is_done], follow_ups=(BACK_BUTTON,), tone="moderator")


def _summary(view: ServerView) -> str:
    """What is otherwise here than where nobody has chosen anything."""
    server, series = view.server, view.server.series
    chosen = [
        *([f"questions mean the {view.series_names.get(series, series)}"] if series else []),
        *([hours_words(server.spoiler_hours)] if server.spoiler_hours else []),
        *([replies_words(server.replies)] if server.replies == "private" else []),
        *(["some channels have their own settings"] if server.channels else []),
    ]
    if server.channel is not None and server.failures < MAX_ANNOUNCEMENT_FAILURES:
        chosen.append(f"announcements go to {_channel_name(view, server.channel)}")
    if not chosen:
        return "Nothing has been changed here: results are shown at once, and everybody sees replies."
    return sentence(f"in this server {join(chosen)}")


def _server_facts(view: ServerView) -> Iterator[Fact]:
    rules = view.rules
    series = view.series_names.get(rules.series.value, rules.series.value)
    yield archive_fact("Default series", _with_origin(series, rules.series))
    yield archive_fact("Spoilers", _with_origin(hours_words(rules.public_spoilers.value), rules.public_spoilers))
    yield archive_fact("Replies", _with_origin(replies_words(rules.replies.value), rules.replies))
    yield from _announcement_facts(view)


def _announcement_facts(view: ServerView) -> Iterator[Fact]:
    server = view.server
    if server.channel is None:
        yield archive_fact("Announcements", "none (the default)")
        return
    channel = _channel_name(view, server.channel)
    role = _role_name(view, server.role) if server.role is not None else "nobody"
    yield archive_fact("Announcements", f"{announcement_words(server, channel, role)} ({ORIGIN_WORDS['server']})")
    if server.failures >= MAX_ANNOUNCEMENT_FAILURES:
        reason = sentence(server.failure)
        yield archive_fact("Stopped", f"{reason} Choose a channel again, and they go on.")
    elif server.failures:
        count = plural(server.failures, "announcement")
        last = "The last announcement" if server.failures == 1 else f"The last {count}"
        reason = f"{last} could not be posted: {server.failure}"
        yield archive_fact("Not posted", f"{sentence(reason)} After {MAX_ANNOUNCEMENT_FAILURES} in a row they stop.")
    elif server.failure:
        yield archive_fact("Please note", sentence(server.failure))
    if view.fault and server.failures < MAX_ANNOUNCEMENT_FAILURES:
        yield archive_fact("Problem", sentence(view.fault))


def _channel_block(view: ServerView) -> Iterator[Facts]:
    """The channels that have something of their own, the one where it is asked first."""
    own = sorted(view.server.channels, key=lambda one: (one.channel != view.channel, one.channel))
    facts = [
        archive_fact(_channel_name(view, one.channel), f"{words} ({origin})")
        for one in own
        for words in [join(list(_own_words(one)))]
        for origin in [ORIGIN_WORDS["channel"] if one.channel == view.channel else OTHER_CHANNEL]
    ]
    if facts:
        yield Facts(tuple(facts), heading="Channels with their own settings")


def _channel_name(view: ServerView, channel: int) -> str:
    name = view.channel_names.get(channel)
    return f"#{name}" if name else GONE_CHANNEL if view.channel_names else UNKNOWN_CHANNEL


def _role_name(view: ServerView, role: int) -> str:
    name = view.role_names.get(role)
    return f"@{name}" if name else GONE_ROLE if view.role_names else UNKNOWN_ROLE


def _own_words(own: ChannelPreferences) -> Iterator[str]:
    if own.spoiler_hours is not None:
        yield hours_words(own.spoiler_hours)
    if own.replies is not None:
        yield replies_words(own.replies)


def _with_origin(text: str, value: RuleValue[Any]) -> str:
    return f"{text} ({ORIGIN_WORDS[value.origin]})"
