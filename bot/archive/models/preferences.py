"""Tables of what servers, channels and people prefer: entered by people, migrated, and backed up.

Ids of Discord are text, as in the outbox; a value that is NULL was not chosen here, and another place's is in force.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

__all__ = ["PREFERENCE_MODELS", "ChannelPreference", "PersonPreference", "ServerPreference"]

HOURS_LAW = "spoiler_hours in (0, 12, 24, 48, 72)"
REPLIES_LAW = "replies in ('public', 'private')"


class ServerPreference(SQLModel, table=True):
    """What a server prefers: its default series, how long results are hidden, who sees replies, what is announced.

    Announcements of `kinds` (words with spaces between them) go to `channel` and ping `role`. `failures` counts those
    that could not be posted in a row, and `failure` says why the last one could not. `removed_at` is when the bot was
    removed from the server; None while it is there.
    """

    __tablename__ = "server_preference"
    __table_args__ = (CheckConstraint(HOURS_LAW), CheckConstraint(REPLIES_LAW), CheckConstraint("failures >= 0"))
    server: str = Field(primary_key=True)
    series: str | None = None
    spoiler_hours: int | None = None
    replies: str | None = None
    channel: str | None = Field(default=None, index=True)
    role: str | None = None
    kinds: str = ""
    failures: int = 0
    failure: str = ""
    removed_at: datetime | None = None


class ChannelPreference(SQLModel, table=True):
    """What is otherwise in one channel of a server than in the rest of it."""

    __tablename__ = "channel_preference"
    __table_args__ = (CheckConstraint(HOURS_LAW), CheckConstraint(REPLIES_LAW))
    channel: str = Field(primary_key=True)
    server: str = Field(foreign_key="server_preference.server", index=True)
    spoiler_hours: int | None = None
    replies: str | None = None


class PersonPreference(SQLModel, table=True):
    """How long results are hidden from one person, in private replies alone; kept under the person's id."""

    __tablename__ = "person_preference"
    __table_args__ = (CheckConstraint(HOURS_LAW),)
    person: str = Field(primary_key=True)
    spoiler_hours: int


# Each after those it points to.
PREFERENCE_MODELS: tuple[type[SQLModel], ...] = (ServerPreference, ChannelPreference, PersonPreference)
