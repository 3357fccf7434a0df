"""Limits of what one load may take, and of what the bot's own process parses."""

from dataclasses import dataclass

__all__ = ["LoadLimits"]


@dataclass(frozen=True, slots=True)
class LoadLimits:
    """What a worker process may take, and how many bytes the process that answers fans parses itself at most.

    `folder_bytes` is for what is new in the folder, `upload_bytes` for a file that somebody sends: nobody has looked
    at it, so none of it is parsed there. In an archive of more than `races` every load is for a worker process: how
    names are spelled is chosen over all of them, which holds the interpreter for 0.4 s with the whole history.
    """

    time_s: float = 60.0
    memory_bytes: int = 1_500_000_000  # the whole history takes 0.3 GB (measured)
    folder_bytes: int = 64_000
    upload_bytes: int = -1
    races: int = 300
