"""Tables of fetching: where documents were published, what is kept fresh, and whose turn it is to look.

Rules as in `user_data`: people entered them, so they are migrated, and backed up but for the turn.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

__all__ = ["FETCHING_MODELS", "FetchLease", "PublishedVersion", "Watch"]


class PublishedVersion(SQLModel, table=True):
    """Version of a fetched document, of this name and text: the columns are those of `PublishedSource`.

    `loaded_at` is when it was loaded last. Of a watched document old versions go: then the text is no longer kept,
    `is_kept` is false, and loads cannot be rolled back that far.
    """

    __tablename__ = "published_version"
    name: str = Field(primary_key=True)
    digest: str = Field(primary_key=True)
    address: str = Field(index=True)
    version_address: str
    fetched_at: datetime
    revision: int | None = None
    revised_at: datetime | None = None
    licence: str = ""
    licence_address: str = ""
    moved_from: str = ""
    loaded_at: datetime
    is_kept: bool = True


class Watch(SQLModel, table=True):
    """Watch over a page or file at an `address`: `kind` is "season", "race", "page" or "history".

    A race's watch has that of its season as `parent`, and `starts_at` when the race starts. `is_automatic` says that
    what is clean is loaded without a person. `digest` is that of the text seen last, `revision` and `stands_since` say
    which and since when it has been the newest; `etag` and `last_modified` are what its host said of it. `held_back`
    says why that text is not loaded, `is_waiting` that this may change by itself, and `plan` is the key of a plan made
    of it. `failing_since` and `failure` say since when and why it cannot be looked at; nothing is asked `not_before`.
    """

    __tablename__ = "watch"
    __table_args__ = (
        CheckConstraint("kind in ('season', 'race', 'page', 'history')"),
        CheckConstraint("failures >= 0"),
    )
    number: int | None = Field(default=None, primary_key=True)
    kind: str
    address: str = Field(unique=True)
    is_automatic: bool
    by: str
    since: datetime
    parent: int | None = Field(default=None, foreign_key="watch.number")
    starts_at: datetime | None = None
    document: str = ""
    digest: str = ""
    revision: int | None = None
    stands_since: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    looked_at: datetime | None = None
    loaded_at: datetime | None = None
    held_back: str = ""
    is_waiting: bool = False
    plan: str = ""
    failures: int = 0
    failing_since: datetime | None = None
    failure: str = ""
    not_before: datetime | None = None


class FetchLease(SQLModel, table=True):
    """Turn of the one process that looks, until a moment; of a killed one the row stays and the moment passes."""

    __tablename__ = "fetch_lease"
    __table_args__ = (CheckConstraint("id = 1"),)
    id: int = Field(default=1, primary_key=True)
    token: str
    until: datetime


FETCHING_MODELS: tuple[type[SQLModel], ...] = (PublishedVersion, Watch, FetchLease)
