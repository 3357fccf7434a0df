"""Archives to measure: a folder of documents, all by copies, and the database that is loaded from it."""

import shutil
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.places import PYTHON, SEEDS
from benchmarks.processes import wall_s

__all__ = ["Archive", "build_archive", "copy_archive", "copy_documents", "environment", "remove_database"]


@dataclass(frozen=True, slots=True)
class Archive:
    """A database and the folder of documents it is loaded from."""

    database: Path
    folder: Path

    @property
    def url(self) -> str:
        """As DATABASE_URL."""
        return f"sqlite:///{self.database}"


def copy_documents(folder: Path, history: Iterable[Path] = (), *, without: Iterable[str] = ()) -> Path:
    """A new folder with the seeds and these files, all by copies; `without` are names of seeds to leave out."""
    folder.mkdir(parents=True)
    for path in (*sorted(SEEDS.iterdir()), *history):
        if path.name not in set(without):
            shutil.copyfile(path, folder / path.name)
    return folder


def environment(archive: Archive) -> dict[str, str]:
    """What the bot is told of an archive."""
    return {"DATABASE_URL": archive.url, "DOCUMENTS_DIR": str(archive.folder), "LOG_LEVEL": "WARNING"}


def build_archive(database: Path, folder: Path) -> Archive:
    """An archive made of a folder by the bot's own command. Raises RuntimeError where the load fails."""
    archive = Archive(database, folder)
    wall_s([PYTHON, "-m", "bot", "load"], environment(archive))
    return archive


def copy_archive(archive: Archive, database: Path) -> Archive:
    """The same archive in another file, which is written anew; whatever waits in a log beside the first comes along."""
    remove_database(database)
    source, target = sqlite3.connect(archive.database), sqlite3.connect(database)
    source.backup(target)
    target.close()
    source.close()
    return Archive(database, archive.folder)


def remove_database(database: Path) -> None:
    """Remove a SQLite database with what lies beside it."""
    for suffix in ("", "-wal", "-shm", "-names"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
