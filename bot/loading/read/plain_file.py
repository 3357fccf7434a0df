"""Plain file: the only thing in a folder that is opened, and never more of it than a document may have."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path, PurePath
from typing import BinaryIO

from bot.errors import BadDocument

__all__ = ["MAX_DOCUMENT_BYTES", "check_name", "check_size", "open_plain_file", "read_content"]

MAX_DOCUMENT_BYTES = 40_000_000  # a history of the sport's first series, 1949 to 2025, has 16 million
# A pipe is not waited for, and a link that has come in between is not followed. Windows knows neither.
OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
# What a folder may hold besides files, and what is said of it.
OTHER_ENTRIES: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISLNK, "this is a link, and links are not followed; put the file itself here"),
    (stat.S_ISDIR, "this is a folder; documents have to lie in the documents folder itself"),
    (stat.S_ISFIFO, "this is a pipe and no file"),
    (stat.S_ISSOCK, "this is a socket and no file"),
    (stat.S_ISBLK, "this is a device and no file"),
    (stat.S_ISCHR, "this is a device and no file"),
)


def check_name(path: Path) -> None:
    """Raise BadDocument for a file whose name cannot be written down: no UTF-8, or signs that do not show."""
    if path.name.isprintable():
        return
    # Bytes that are no UTF-8 come as lone surrogates, which no database and no terminal takes.
    shown = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    shown = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in shown)
    raise BadDocument(PurePath(shown), 1, "the name of this file is not plain UTF-8 text; give it another")


def check_size(path: PurePath, size: int) -> None:
    """Raise BadDocument for a file with more bytes than a document may have."""
    if size > MAX_DOCUMENT_BYTES:
        raise BadDocument(path, 1, f"{size:,} bytes are more than the {MAX_DOCUMENT_BYTES:,} that a document may have")


@contextmanager
def open_plain_file(path: Path) -> Iterator[BufferedReader]:
    """Context manager that gives an open file whose size has been looked at.

    Raises BadDocument where it is no plain file, cannot be read, or has more bytes than a document may have.
    """
    try:
        mode = path.lstat().st_mode
        _check_kind(path, mode)
        with open(path, "rb", opener=lambda name, _: os.open(name, OPEN_FLAGS)) as file:
            opened = os.fstat(file.fileno())
            _check_kind(path, opened.st_mode)
            check_size(path, opened.st_size)
            yield file
    except OSError as error:
        raise BadDocument(path, 1, f"the file cannot be read: {error.strerror}") from error


def read_content(path: Path, file: BinaryIO) -> bytes:
    """All that an open file holds. Raises BadDocument where it is more than a document may have."""
    content = file.read(MAX_DOCUMENT_BYTES + 1)  # it may have grown, or be a pipe that says nothing of its size
    if len(content) > MAX_DOCUMENT_BYTES:
        raise BadDocument(path, 1, f"it has more than the {MAX_DOCUMENT_BYTES:,} bytes that a document may have")
    return content


def _check_kind(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    reasons = (reason for is_kind, reason in OTHER_ENTRIES if is_kind(mode))
    raise BadDocument(path, 1, next(reasons, "this is no file"))
