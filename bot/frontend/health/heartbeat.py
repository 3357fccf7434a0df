"""Heartbeat of the bot: a file that is written every few seconds while it is in Discord; its age says whether it is.

The file belongs to one bot and one database. In it stands the time since this machine was started, which nobody sets
back; its own time of change is asked too, as far as it can be believed.
"""

import hashlib
import os
import tempfile
import time
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import BotError
from bot.settings import Settings

__all__ = ["HEARTBEAT_INTERVAL_S", "heartbeat_age_s", "heartbeat_path", "remove_heartbeat", "write_heartbeat"]

HEARTBEAT_INTERVAL_S = 10
HEARTBEAT_STALE_S = 45  # discord.py calls Discord every 41 s, and notices only then that nobody answers
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
NOT_THERE = "No bot with these settings is in Discord on this machine."


def heartbeat_path(settings: Settings) -> Path:
    """The file of a bot with these settings; another token, database or other shards have another file."""
    shards = "-".join(map(str, sorted(settings.shard_ids))) or "all"
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    owner = hashlib.sha256(f"{token}\n{_database(settings.database_url)}".encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"spotter-{owner}-{shards}.alive"


def write_heartbeat(path: Path) -> None:
    """Write the file: the bot is in Discord now."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    # Everybody may write to a folder for temporary files: a link that lies there already is not followed.
    with open(unfinished, "x", encoding="ascii", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(f"{_boot_id()} {time.monotonic():.3f}\n")
    unfinished.replace(path)


def remove_heartbeat(path: Path) -> None:
    """Remove the file: the bot has ended."""
    path.unlink(missing_ok=True)


def heartbeat_age_s(path: Path) -> float:
    """The age of the file in seconds. Raises BotError where it is too old, where there is none, or none of this bot."""
    try:
        boot_id, _, written_s = path.read_text("ascii").strip().partition(" ")
        age_by_clock = time.time() - path.stat().st_mtime
        age = time.monotonic() - float(written_s)
    except (FileNotFoundError, ValueError):
        raise BotError(NOT_THERE) from None
    except OSError as error:
        raise BotError(f"The heartbeat {path} cannot be read: {error.strerror}.") from error
    if boot_id != _boot_id() or age < -1:  # written to a thousandth of a second
        raise BotError(f"{NOT_THERE} It was before this machine was started again.")
    # A clock that was set back makes the file one of the future: then only the time since the start counts.
    age = max(age, age_by_clock, 0)
    if age > HEARTBEAT_STALE_S:
        raise BotError(f"The bot was last in Discord {age:.0f} seconds ago.")
    return age


def _boot_id() -> str:
    """What tells this start of the machine from others; "-" where the system does not say."""
    try:
        return BOOT_ID.read_text("ascii").strip()
    except OSError:
        return "-"


def _database(address: str) -> str:
    """The address of a database; of a file, where it is, from wherever the bot and whoever asks were started."""
    try:
        url = make_url(address)
    except ArgumentError:
        return address  # whoever opens it says what is wrong
    is_file = url.get_backend_name() == "sqlite" and url.database
    return str(Path(url.database or "").resolve()) if is_file else url.render_as_string(hide_password=True)
