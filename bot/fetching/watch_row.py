"""A watch as it is shown and looked after. Apart from the tables: a card of watches imports nothing that loads."""

from dataclasses import dataclass
from datetime import datetime

from bot.fetching.validators import Validators

__all__ = ["WatchRow"]


@dataclass(frozen=True, slots=True)
class WatchRow:
    """A watch, with the moment of its next look; the other fields are those of `Watch`, moments in UTC."""

    number: int
    kind: str
    address: str
    is_automatic: bool
    by: str
    since: datetime
    parent: int | None
    starts_at: datetime | None
    document: str
    digest: str
    revision: int | None
    stands_since: datetime | None
    validators: Validators
    looked_at: datetime | None
    loaded_at: datetime | None
    held_back: str
    is_waiting: bool
    plan: str
    failures: int
    failing_since: datetime | None
    failure: str
    not_before: datetime | None
    next_look: datetime
