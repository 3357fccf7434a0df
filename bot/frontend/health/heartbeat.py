"""Heartbeat of the bot: a file that is touched every few seconds while it is in Discord; its age says whether it is."""

import tempfile
import time
from pathlib import Path

from bot.errors import BotError
from bot.settings import Settings

__all__ = ["HEARTBEAT_INTERVAL_S", "heartbeat_age_s", "heartbeat_path", "remove_heartbeat", "write_heartbeat"]

HEARTBEAT_INTERVAL_S = 10
HEARTBEAT_STALE_S = 45  # discord.py calls Discord every 41 s, and notices only then that nobody answers


def heartbeat_path(settings: Settings) -> Path:
    """The file of a bot with these settings; processes with other shards have other files."""
    shards = "-".join(map(str, sorted(settings.shard_ids))) or "all"
    return Path(tempfile.gettempdir()) / f"spotter-{shards}.alive"


def write_heartbeat(path: Path) -> None:
    """Touch the file: the bot is in Discord now."""
    path.touch()


def remove_heartbeat(path: Path) -> None:
    """Remove the file: the bot has ended."""
    path.unlink(missing_ok=True)


def heartbeat_age_s(path: Path) -> float:
    """The age of the file in seconds. Raises BotError where it is too old, or where there is none."""
    try:
        age = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        raise BotError("No bot with these settings is in Discord on this machine.") from None
    if age > HEARTBEAT_STALE_S:
        raise BotError(f"The bot was last in Discord {age:.0f} seconds ago.")
    return age
