"""Who asks, which hosts may be asked, and for how long: what the operator says of fetching.

Apart from the fetching itself: a bot that fetches nothing imports nothing else of it.
"""

from dataclasses import dataclass, field

from bot.fetching.web_address import AllowedHosts

__all__ = ["FETCHING_OFF", "NO_FETCHING", "FetchSettings", "TimeLimits"]

FETCHING_OFF = (
    "Fetching is off. Whoever runs the bot turns it on with CONTACT, an address or mail that hosts can write to; "
    "a file that you have saved can be uploaded."
)


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds to connect, to wait for the next bytes, and for all of a response: one that drips would never end."""

    connect_s: float = 5.0
    read_s: float = 15.0
    total_s: float = 120.0


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Who asks (`contact`, "" turns fetching off), and which hosts may be asked."""

    contact: str
    hosts: AllowedHosts
    limits: TimeLimits = field(default_factory=TimeLimits)

    @property
    def is_on(self) -> bool:
        """Whether anything is fetched at all."""
        return bool(self.contact)


NO_FETCHING = FetchSettings("", AllowedHosts((), frozenset(), frozenset()))
