"""Waits for what another process or task does in its own time."""

import asyncio
from collections.abc import Awaitable, Callable

__all__ = ["until"]

LONGEST_WAIT_S = 60.0  # on a machine that is busy with much else; a quiet one takes one


async def until(
    true: Callable[[], bool | Awaitable[bool]], every_s: float = 0.1, longest_s: float = LONGEST_WAIT_S
) -> None:
    """Wait for something that has to come. Raises TimeoutError where it does not within so many seconds."""
    async with asyncio.timeout(longest_s):
        while True:
            found = true()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(every_s)
