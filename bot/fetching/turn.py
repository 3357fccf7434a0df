"""A fetch that a person asks for, in its turn: one look-up at a time for the whole deployment."""

import asyncio
import secrets
from datetime import UTC, datetime

from bot.archive.db.engine import write_session
from bot.errors import FetchError
from bot.fetching.fetch import fetch_document, open_client
from bot.fetching.fetch_settings import FetchSettings
from bot.fetching.lease import give_back_lease, take_lease
from bot.fetching.look_up import Desk
from bot.fetching.page_address import page_address
from bot.loading.moderation.operations import Operations
from bot.loading.state.published_source import FetchedDocument

__all__ = ["fetch_in_turn"]

WAIT_S, PAUSE_S = 15.0, 0.5  # a look at a watched page takes a second or two; who fetches by hand waits so long for it
BUSY = "A watched page is being looked at right now, and pages are asked for one at a time. Try again in a minute."


async def fetch_in_turn(settings: FetchSettings, desk: Desk, what: str) -> FetchedDocument:
    """The document that a title or an address names, once nothing else is being fetched.

    Raises FetchRefused, PageMissing, and FetchError, also where it does not come to its turn.
    """
    open_client(settings)  # whether fetching is on, and the address allowed, is said without waiting
    page_address(what, settings.hosts)
    token = secrets.token_hex(8)
    await _wait_for_turn(desk, token)
    try:
        return await fetch_document(settings, what)
    finally:
        await desk(lambda operations: _give_back(operations, token))


async def _wait_for_turn(desk: Desk, token: str) -> None:
    """Come back once the lease is this token's. Raises FetchError where that takes too long."""
    for _ in range(int(WAIT_S / PAUSE_S)):
        if await desk(lambda operations: _take(operations, token)):
            return
        await asyncio.sleep(PAUSE_S)
    raise FetchError(BUSY)


def _take(operations: Operations, token: str) -> bool:
    with write_session(operations.engine) as session:
        return take_lease(session, token, datetime.now(UTC))


def _give_back(operations: Operations, token: str) -> None:
    with write_session(operations.engine) as session:
        give_back_lease(session, token)
