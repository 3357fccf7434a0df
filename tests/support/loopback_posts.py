"""A loopback Discord for what a bot posts unasked: it knows nonces, and every message that was posted with one."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.support.paths import Loopback

__all__ = ["discord_with_nonces"]


@asynccontextmanager
async def discord_with_nonces(simulator: Loopback, guilds: int) -> AsyncIterator[Loopback]:
    """A Discord that gives back the message of a nonce it knows, as Discord does and the simulator does not.

    `nonces` counts how often each was sent. At the end no rule of Discord was broken, and no bot has left the loopback.
    """
    async with simulator.Discord(guilds=guilds, privileged=0) as d:
        create = d.sim.op_create_message
        messages: dict[str | None, tuple[int, object]] = {}

        async def create_once(request: Any) -> tuple[int, object]:  # noqa: ANN401 - the simulator's own
            nonce = request.body.get("nonce")
            assert nonce is None or request.body["enforce_nonce"] is True
            d.nonces[nonce] += 1
            if nonce not in messages:
                messages[nonce] = await create(request)
            return messages[nonce]

        d.nonces = Counter()
        d.sim.op_create_message = create_once
        yield d
        assert [fault for fault in d.violations if fault.kind in {"schema", "rule", "auth", "double-ack"}] == []
        assert [bot.egress for bot in d.bots] == [[] for _ in d.bots]
