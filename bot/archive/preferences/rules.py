"""Rules in force in a server, a channel, for a person: each value, and who chose it; pure, from what was chosen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, TypeVar

__all__ = [
    "ANNOUNCEMENT_KINDS",
    "MAX_ANNOUNCEMENT_FAILURES",
    "SPOILER_HOURS",
    "AnnouncementKind",
    "AnnouncementRules",
    "Audience",
    "ChannelPreferences",
    "PreferenceSet",
    "Replies",
    "RuleOrigin",
    "RuleValue",
    "Rules",
    "ServerPreferences",
    "announcement_rules",
    "rules_in_force",
]

T = TypeVar("T")

Replies = Literal["public", "private"]
RuleOrigin = Literal["person", "channel", "server", "operator"]
AnnouncementKind = Literal["next", "result", "standings"]

SPOILER_HOURS = (0, 12, 24, 48, 72)  # after a race; 0: nothing is hidden
ANNOUNCEMENT_KINDS: tuple[AnnouncementKind, ...] = ("next", "result", "standings")
MAX_ANNOUNCEMENT_FAILURES = 3  # in a row; then announcements end until somebody chooses a channel again


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sees a reply, and where: ids of the server (None in a direct message), the channel and the person who asks.

    The channel of a thread is the one it hangs in. `is_public`: others see it too; then no person need be named.
    """

    server: int | None = None
    channel: int | None = None
    person: int | None = None
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class RuleValue(Generic[T]):
    """A value that is in force, and who chose it; "operator" is the program's default, or that of who runs the bot."""

    value: T
    origin: RuleOrigin


@dataclass(frozen=True, slots=True)
class AnnouncementRules:
    """What is announced in a server: where, which kinds, which role is pinged (None: nobody), what went wrong.

    `failures` is how many in a row could not be posted, for the reason `failure`. The last two are the rules of the
    channel, by which an announcement is worded.
    """

    server: int
    channel: int
    kinds: frozenset[AnnouncementKind]
    role: int | None = None
    failures: int = 0
    failure: str = ""
    series: str = "cup"
    spoiler_hours: int = 0

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is posted, since too many in a row could not be."""
        return self.failures >= MAX_ANNOUNCEMENT_FAILURES


@dataclass(frozen=True, slots=True)
class ChannelPreferences:
    """What is otherwise in a channel than in the rest of its server; None where it is not."""

    channel: int
    spoiler_hours: int | None = None
    replies: Replies | None = None


@dataclass(frozen=True, slots=True)
class ServerPreferences:
    """What a server prefers, with its channels in the order of their ids; None where nothing was chosen."""

    server: int
    series: str | None = None
    spoiler_hours: int | None = None
    replies: Replies | None = None
    channel: int | None = None
    role: int | None = None
    kinds: frozenset[AnnouncementKind] = frozenset()
    failures: int = 0
    failure: str = ""
    removed_at: datetime | None = None
    channels: tuple[ChannelPreferences, ...] = ()

    def of_channel(self, channel: int | None) -> ChannelPreferences:
        """What is otherwise in a channel."""
        return next((one for one in self.channels if one.channel == channel), ChannelPreferences(channel or 0))


@dataclass(frozen=True, slots=True)
class PreferenceSet:
    """All that was chosen for one question: by its server and by its person; None where nothing was."""

    server: ServerPreferences | None = None
    person_spoiler_hours: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force for one server, channel and person.

    The person's own hours rule only what the person alone sees; everybody's are those of the channel or the server.
    """

    series: RuleValue[str]
    replies: RuleValue[Replies] = RuleValue("public", "operator")
    public_spoilers: RuleValue[int] = RuleValue(0, "operator")
    private_spoilers: RuleValue[int] = RuleValue(0, "operator")

    def spoilers(self, *, is_public: bool) -> RuleValue[int]:
        """How many hours after a race its result is hidden, in a reply that everybody or one person sees."""
        return self.public_spoilers if is_public else self.private_spoilers


def rules_in_force(chosen: PreferenceSet, channel: int | None, operator_series: str) -> Rules:
    """The rules that follow from what was chosen; a pure function. `operator_series` is the operator's default."""
    server = chosen.server or ServerPreferences(0)
    own = server.of_channel(channel)
    default_replies: Replies = "public"
    public = _first_choice(0, ("channel", own.spoiler_hours), ("server", server.spoiler_hours))
    person_hours = chosen.person_spoiler_hours
    return Rules(
        series=_first_choice(operator_series, ("server", server.series)),
        replies=_first_choice(default_replies, ("channel", own.replies), ("server", server.replies)),
        public_spoilers=public,
        private_spoilers=public if person_hours is None else RuleValue(person_hours, "person"),
    )


def announcement_rules(server: ServerPreferences, operator_series: str) -> AnnouncementRules | None:
    """What is announced in a server, ended or not; None where it chose no channel."""
    if server.channel is None:
        return None
    rules = rules_in_force(PreferenceSet(server), server.channel, operator_series)
    return AnnouncementRules(
        server=server.server,
        channel=server.channel,
        kinds=server.kinds,
        role=server.role,
        failures=server.failures,
        failure=server.failure,
        series=rules.series.value,
        spoiler_hours=rules.public_spoilers.value,
    )


def _first_choice(default: T, *choices: tuple[RuleOrigin, T | None]) -> RuleValue[T]:
    """The first value that somebody chose, else the default."""
    return next(
        (RuleValue(value, origin) for origin, value in choices if value is not None), RuleValue(default, "operator")
    )
