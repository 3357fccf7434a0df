"""Process that builds the name index of the newest data version, while the one before goes on answering.

Built in a thread, an index holds the interpreter for 0.8 s with the whole history and every answer waits for it; read
from a file that another process has written, it takes 0.1 s in steps of a millisecond.

What to build comes as one line of JSON on standard input (an address may hold a password, and arguments can be seen by
others). Back come a line with the data version, as soon as a snapshot of it is open, and a line when the file is
written. Standard input stays open as long as the bot wants it: when it closes, this process ends.
"""

import gc
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

import bot
from bot.answers.data_version import read_version
from bot.answers.entities import read_names
from bot.answers.versions.index_file import index_key, write_index
from bot.archive.db.engine import open_archive, read_session
from bot.errors import ArchiveUnusable

__all__ = ["IndexCall", "IndexProcess", "main"]

NICENESS = 5  # answers go first, also where there is one processor


@dataclass(frozen=True, slots=True)
class IndexCall:
    """What goes to the process; `database_url` may hold a password, the index is written to `path`."""

    database_url: str
    default_series: str
    path: str


class IndexProcess:
    """Context manager that gives a process at work; it is ended with the context."""

    def __init__(self, call: IndexCall) -> None:
        self._call = call

    def __enter__(self) -> "IndexProcess":
        source_root = str(Path(bot.__file__).parents[1])
        environment = {name: value for name, value in os.environ.items() if name.upper() != "DISCORD_TOKEN"}
        paths = os.pathsep.join(filter(None, (source_root, environment.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot.answers.versions.index_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**environment, "PYTHONPATH": paths},
            text=True,
        )
        assert self._process.stdin is not None
        with suppress(AttributeError, OSError):  # not on Windows
            os.setpriority(os.PRIO_PROCESS, self._process.pid, NICENESS)
        with suppress(OSError):
            self._process.stdin.write(json.dumps(asdict(self._call)) + "\n")
            self._process.stdin.flush()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        with self._process:
            self._process.wait()

    def data_version(self) -> int:
        """The data version whose names it reads. Raises ArchiveUnusable where the process fails."""
        return int(self._line())

    def wait(self) -> None:
        """Wait until the index is written. Raises ArchiveUnusable where the process fails."""
        self._line()

    def stop(self) -> None:
        """End the process, if it has not ended."""
        self._process.kill()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise ArchiveUnusable("The names of the newest data could not be read: the process that reads them failed.")
        return line


def main() -> None:
    """Write the index that standard input asks for."""
    call = IndexCall(**json.loads(sys.stdin.readline()))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()  # nothing that is made here goes before the end
    engine = open_archive(call.database_url)
    with read_session(engine) as session:
        version = read_version(session)
        _say(str(version.number))
        index = read_names(session, version.number, call.default_series)
    write_index(Path(call.path), index, index_key(version.number, version.loaded_at, call.default_series))
    _say("written")
    # Not sys.exit: the thread below waits in a read, and millions of small things need not be taken apart.
    os._exit(0)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """Wait until standard input closes, and end the process at once."""
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
