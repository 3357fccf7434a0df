"""One load at a time: who is loading and since when, told to whoever comes second.

The writers' lock of the database is what keeps loads apart. The row beside it is written in a transaction of its own
before the load and goes with the load's own transaction, so that a second one can be told whose load it is. A killed
process leaves the row and not the lock: whoever then gets the lock knows that the row says nothing.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session

from bot.archive.db.engine import read_session, write_session
from bot.archive.db.schema import current_schema
from bot.archive.models.user_data import LoadInProgress
from bot.errors import BotError, LoadUnderWay
from bot.loading.state.document_set import in_utc

__all__ = ["load_session"]

SHORT_WAIT_MS = 100  # past this the lock is not another short entry's (each takes a millisecond) but a load's


@contextmanager
def load_session(engine: Engine, by: str, *, rebuild: bool = False) -> Iterator[Session]:
    """The one transaction of a load by somebody; with `rebuild` derived tables of another schema are replaced by it.

    Raises LoadUnderWay where another is under way, ArchiveUnusable.
    """
    token = _announce(engine, by)
    is_complete = False
    try:
        with _naming_loader(engine), write_session(engine) as session:
            # Between the announcement and the lock another load may have announced itself, and even ended.
            row = session.get(LoadInProgress, 1)
            if row is None or row.token != token:
                raise LoadUnderWay(_lock_message(row))
            session.delete(row)
            session.flush()
            with current_schema(session, rebuild=rebuild):
                yield session
        is_complete = True
    finally:
        if not is_complete:
            _withdraw_announcement(engine, token)


def _announce(engine: Engine, by: str) -> str:
    """Say who is loading; the token tells this load from others."""
    token = secrets.token_hex(8)
    with read_session(engine) as session:
        has_row = session.get(LoadInProgress, 1) is not None
    # With a row there a load is under way, or was killed: the lock says which, and there is no need to wait long.
    with _naming_loader(engine), write_session(engine, SHORT_WAIT_MS if has_row else None) as session:
        session.merge(LoadInProgress(id=1, token=token, by=by, since=datetime.now(UTC)))
    return token


def _withdraw_announcement(engine: Engine, token: str) -> None:
    """A load that failed is no longer under way; whatever went wrong is being told already."""
    with suppress(BotError), write_session(engine) as session:
        row = session.get(LoadInProgress, 1)
        if row is not None and row.token == token:
            session.delete(row)


@contextmanager
def _naming_loader(engine: Engine) -> Iterator[None]:
    """Where the lock is not to be had, say who has it."""
    try:
        yield
    except LoadUnderWay as error:
        with read_session(engine) as session:
            row = session.get(LoadInProgress, 1)
        raise LoadUnderWay(_lock_message(row) if row else str(error)) from error


def _lock_message(row: LoadInProgress | None) -> str:
    if row is None:
        return "Another load has the archive right now. Try again in a moment."
    return f"{row.by} has been loading since {in_utc(row.since):%H:%M:%S} UTC. Try again when that is done."
