"""Name index as a file: written by the process that has built it, read by the one that answers.

To read an index takes a tenth of the time that it takes to read its names from the database and to build it (0.08
against 0.78 s with the whole history, measured), and is done in small steps, between which others have their turn.

Texts and numbers come first, each once, and the index names them by their places: read so, every name is one object in
memory however often it stands there (22 instead of 32 MB, measured), and reading takes no longer.
"""

import hashlib
import pickle
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import bot
from bot.names.index import NameIndex

__all__ = ["index_key", "names_stamp", "read_index", "write_index"]

MAGIC = b"spotter names 2\n"
PROTOCOL = 5
# What decides how an index is made and asked, within the package of the program.
STAMPED_FOLDERS, STAMPED_MODULES = ("names", "language", "racing"), ("answers/entities.py",)
# The only things of other modules that an index is made of; whatever else a file asks for is not looked up.
FOREIGN_CLASSES = frozenset(
    [
        ("datetime", "date"),
        ("collections", "defaultdict"),
        ("builtins", "list"),
        ("array", "array"),
        ("array", "_array_reconstructor"),
    ]
)
MAX_SMALL_NUMBER = 256  # up to here Python has one object for each number anyway
STEP_S = 0.001  # of reading, after which others have their turn: Python itself would let them wait 5 ms


def _no_rest() -> None:
    """The rest between two steps where nobody else wants a turn."""


@cache
def names_stamp() -> str:
    """A digest of the program's own text as far as it makes names: an index of another program is not read."""
    package = Path(bot.__file__).parent
    found = [path for folder in STAMPED_FOLDERS for path in (package / folder).rglob("*") if path.suffix != ".pyc"]
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted([*found, *(package / name for name in STAMPED_MODULES)]):
        if path.is_file():
            digest.update(path.relative_to(package).as_posix().encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()[:32]


def index_key(version: int, at: object, default_series: str) -> str:
    """What an index is made of, in one line: a data version, when it was loaded, the default series, the program."""
    return f"{version} {at} {default_series!r} {names_stamp()}"


def write_index(path: Path, index: NameIndex, key: str, rest: Callable[[], None] = _no_rest) -> None:
    """Write an index under its key (`index_key`), whole or not at all; `rest` is called every 64 kB.

    Raises OSError where it cannot be written.
    """
    beside = path.with_name(f"{path.name}.new")
    try:
        with beside.open("wb") as file:
            beside.chmod(0o600)
            places: dict[str | int, int] = {}
            body = BytesIO()
            _IndexPickler(_RestingWriter(body, rest), places).dump(index)
            file.write(MAGIC + key.encode() + b"\n")
            pickle.Pickler(_RestingWriter(file, rest), PROTOCOL).dump(list(places))
            file.write(body.getbuffer())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def read_index(path: Path, key: str, rest: Callable[[], None] = _no_rest) -> NameIndex | None:
    """The index of a file; None where there is no file, or its key is another. `rest` is called every 64 kB."""
    with suppress(OSError, EOFError, IndexError, pickle.UnpicklingError), path.open("rb") as file:
        if file.readline() == MAGIC and file.readline() == key.encode() + b"\n":
            reader = _RestingReader(file, rest)
            values = _IndexUnpickler(reader).load()
            index = _IndexUnpickler(reader, values).load() if isinstance(values, list) else None
            return index if isinstance(index, NameIndex) else None
    return None


class _RestingReader:
    """File as the unpickler wants it, which asks for a frame of 64 kB at a time."""

    def __init__(self, file: BinaryIO, rest: Callable[[], None]) -> None:
        self._file, self._rest, self._rested_at = file, rest, time.monotonic()

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        if time.monotonic() - self._rested_at > STEP_S:
            self._rest()
            self._rested_at = time.monotonic()
        return self._file.read(size)

    def readline(self) -> bytes:
        """The next line."""
        return self._file.readline()


class _RestingWriter:
    """File as the pickler wants it, which writes a frame of 64 kB at a time."""

    def __init__(self, file: BinaryIO, rest: Callable[[], None]) -> None:
        self._file, self._rest = file, rest

    def write(self, data: bytes, /) -> int:
        """Write these bytes."""
        self._rest()
        return self._file.write(data)


class _IndexPickler(pickle.Pickler):
    """Pickler that writes a dataclass as a call of it: read in half the time that its own way takes (measured).

    Texts and numbers are written as their places among `places`, to which new ones are added.
    """

    def __init__(self, file: "_RestingWriter", places: dict[str | int, int]) -> None:
        super().__init__(file, PROTOCOL)
        self._places = places

    def persistent_id(self, obj: object, /) -> int | None:
        """The place of a text or a number; None for anything else."""
        if type(obj) is str or (type(obj) is int and not 0 <= obj <= MAX_SMALL_NUMBER):
            return self._places.setdefault(obj, len(self._places))
        return None

    def reducer_override(self, obj: object, /) -> Any:  # noqa: ANN401 - as pickle has it
        """The class of a dataclass and its values; NotImplemented for anything else."""
        if is_dataclass(obj) and not isinstance(obj, type):
            return type(obj), tuple(getattr(obj, field.name) for field in fields(obj))
        return NotImplemented


class _IndexUnpickler(pickle.Unpickler):
    """Unpickler that makes nothing but names, of these texts and numbers: who asks for anything else is refused."""

    def __init__(self, file: "_RestingReader", values: Sequence[str | int] = ()) -> None:
        super().__init__(file)
        # A method of our own would be called two hundred thousand times, and the list's own takes a fifth of that.
        self.persistent_load = values.__getitem__  # type: ignore[method-assign]

    def find_class(self, module: str, name: str, /) -> object:
        """The class of this name. Raises UnpicklingError for what is no part of an index."""
        if (module, name) in FOREIGN_CLASSES:
            return super().find_class(module, name)
        if module.startswith("bot.names."):
            found = super().find_class(module, name)
            # What a module has imported can be looked up in it too.
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an index of names")
