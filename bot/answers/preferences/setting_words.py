"""Words of a server's settings: what each value means, and where it comes from."""

from collections.abc import Mapping

from bot.answers.common.text import join
from bot.archive.preferences.rules import (
    ANNOUNCEMENT_KINDS,
    SPOILER_HOURS,
    AnnouncementKind,
    Replies,
    RuleOrigin,
    ServerPreferences,
)

__all__ = [
    "HOURS_CHOICES",
    "KIND_CHOICES",
    "ORIGIN_WORDS",
    "REPLIES_CHOICES",
    "announcement_words",
    "hours_words",
    "replies_words",
]

ORIGIN_WORDS: Mapping[RuleOrigin, str] = {
    "person": "chosen by you",
    "channel": "chosen for this channel",
    "server": "chosen for this server",
    "operator": "the default",
}
KIND_WORDS: Mapping[AnnouncementKind, str] = {
    "next": "the next race",
    "result": "results",
    "standings": "new standings",
}
# What a form offers, as (value, words).
KIND_CHOICES = (
    ("next", "The next race, a day and an hour before"),
    ("result", "Results, once a race's result is known"),
    ("standings", "New standings"),
)
REPLIES_CHOICES = (("public", "Everybody sees replies"), ("private", "Only who asks sees the reply"))
HOURS_CHOICES = tuple(
    (str(hours), f"Hide results for {hours} hours after a race" if hours else "Show results at once")
    for hours in SPOILER_HOURS
)


def hours_words(hours: int) -> str:
    """For how long results are hidden."""
    return f"results are hidden for {hours} hours after a race" if hours else "results are shown at once"


def replies_words(replies: Replies) -> str:
    """Who sees replies."""
    return "everybody sees replies" if replies == "public" else "only who asks sees the reply"


def announcement_words(server: ServerPreferences, channel: str, role: str) -> str:
    """What is announced in a channel of this name, and who is pinged."""
    kinds = join([KIND_WORDS[kind] for kind in ANNOUNCEMENT_KINDS if kind in server.kinds])
    return f"{kinds} in {channel}; {role} is pinged"
