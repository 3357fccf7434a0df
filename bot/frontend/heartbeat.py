"""Whether the bot lives: it leaves a sign every few seconds while it is in Discord; how old that is tells."""

import tempfile
import time
from pathlib import Path

from bot.errors import BotError
from bot.settings import Settings

__all__ = ["HEARTBEAT_INTERVAL_S", "heartbeat_age_s", "heartbeat_path", "remove_heartbeat", "write_heartbeat"]

HEARTBEAT_INTERVAL_S, HEARTBEAT_STALE_S = (
    10,
    45,
)  # discord.py calls Discord every 41 s and takes a while to notice that nobody answers


def heartbeat_path(settings: Settings) -> Path:
    """The file that a bot of these settings leaves; processes with other shards leave others."""
    shards = "-".join(map(str, sorted(settings.shard_ids))) or "all"
    return Path(tempfile.gettempdir()) / f"spotter-{shards}.alive"


def write_heartbeat(path: Path) -> None:
    """Say that the bot lives now."""
    path.touch()


def remove_heartbeat(path: Path) -> None:
    """Say that it has ended."""
    path.unlink(missing_ok=True)


def heartbeat_age_s(path: Path) -> float:
    """How long ago the bot left its sign. Raises BotError where that is too long, or where there is none."""
    try:
        age = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        raise BotError("No bot with these settings is in Discord on this machine.") from None
    if age > HEARTBEAT_STALE_S:
        raise BotError(f"The bot was last in Discord {age:.0f} seconds ago.")
    return age
