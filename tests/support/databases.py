"""Archives for the tests, in SQLite files and in PostgreSQL.

Tests marked `both_engines` run on both kinds. A path names an archive on either: in PostgreSQL a database of its own
stands for the file.
"""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import URL, Engine

from bot.archive.db.engine import LOCK_WAIT_MS, open_archive
from bot.loading.load import THE_PROGRAM, load
from tests.support.moderation import is_empty
from tests.support.paths import SEEDS
from tests.support.postgresql import needs_postgresql, run_statement, server_url
from tests.support.run_folder import make_once, run_folder

__all__ = [
    "DATABASE_KINDS",
    "archive_at",
    "archive_copy_at",
    "both_engines",
    "current_kind",
    "databases_of_kind",
    "drop_at",
    "drop_templates",
    "empty_url_at",
    "fill_from_template",
    "seed_archive_at",
    "url_at",
]

DATABASE_KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))
TEMPLATE_SUFFIX = ".template"  # of the empty file that says that a template is there
both_engines = pytest.mark.both_engines
Fill = Callable[[Engine], None]


class Databases(Protocol):
    """Databases of one kind, each of which stands for a file."""

    kind: str

    def url_at(self, path: Path) -> str:
        """The address of the database that stands for a file of this name; it is made where it is not there."""

    def archive_url_at(self, path: Path) -> str:
        """The address of an archive, which is a copy of an empty one where it is not there."""

    def empty_url_at(self, path: Path) -> str:
        """The address of a database without any tables."""

    def copy_url_at(self, path: Path, fill: Fill) -> str:
        """The address of a copy of an archive that `fill` has filled, which it does once in a run."""

    def drop_at(self, path: Path) -> None:
        """Take away the database that stands for a file of this name; nobody uses it any more."""

    def drop_all(self) -> None:
        """Take away whatever does not go with the folders of the tests."""


class SqliteFiles:
    """Databases in the very files that name them."""

    kind = "sqlite"

    def url_at(self, path: Path) -> str:
        return f"sqlite:///{path}"

    empty_url_at = url_at

    def archive_url_at(self, path: Path) -> str:
        return self.url_at(path) if path.exists() else self.copy_url_at(path, _leave_empty)

    def copy_url_at(self, path: Path, fill: Fill) -> str:
        shutil.copyfile(_sqlite_template(fill), path)
        return self.url_at(path)

    def drop_at(self, path: Path) -> None:
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()

    def drop_all(self) -> None:
        """Nothing: files go with their folders."""


class PostgresqlDatabases:
    """Databases of the one server of this run, of names made from those of the files.

    A database is a copy of a template, which takes 60 ms; to make its forty tables would take as many again.
    """

    kind = "postgresql"

    def __init__(self) -> None:
        needs_postgresql()
        url = server_url()
        assert url is not None
        self._server: URL = url
        self._urls: dict[str, str] = {}

    def url_at(self, path: Path) -> str:
        return self._urls.get(_database_name(path)) or self.copy_url_at(path, _leave_empty)

    archive_url_at = url_at

    def empty_url_at(self, path: Path) -> str:
        return self._create(_database_name(path), "template0")

    def copy_url_at(self, path: Path, fill: Fill) -> str:
        return self._create(_database_name(path), self._template(fill))

    def drop_at(self, path: Path) -> None:
        self._drop(_database_name(path))

    def drop_all(self) -> None:
        for name in tuple(self._urls):
            self._drop(name)

    def _template(self, fill: Fill) -> str:
        """The name of a database to be copied; a file says that it is there, whoever made it."""
        name = f"{run_folder().name}_{_fill_name(fill)}"

        def make(file: Path) -> None:
            _fill_archive(self._new_url(name, "template0"), fill)
            file.touch()

        make_once(f"{name}{TEMPLATE_SUFFIX}", make)
        return name

    def _create(self, name: str, template: str) -> str:
        self._urls[name] = self._new_url(name, template)
        return self._urls[name]

    def _new_url(self, name: str, template: str) -> str:
        run_statement(self._server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _drop(self, name: str) -> None:
        run_statement(self._server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        del self._urls[name]


_in_use: list[Databases] = [SqliteFiles()]  # the innermost is the last


def current_kind() -> str:
    """The kind of database that archives are made in now."""
    return _in_use[-1].kind


@contextmanager
def databases_of_kind(name: str) -> Iterator[None]:
    """Archives are made in this kind of database meanwhile; those made in PostgreSQL are dropped afterwards."""
    databases: Databases = SqliteFiles() if name == "sqlite" else PostgresqlDatabases()
    _in_use.append(databases)
    try:
        yield
    finally:
        _in_use.remove(databases)
        databases.drop_all()


def drop_templates() -> None:
    """Take away, at the end of a run, the templates that it has made in PostgreSQL."""
    for file in run_folder().glob(f"*{TEMPLATE_SUFFIX}"):
        url = server_url()
        assert url is not None
        run_statement(url, f'DROP DATABASE "{file.stem}"')


def url_at(path: Path) -> str:
    """The address of the database that stands for a file of this name; it is made where it is not there."""
    return _in_use[-1].url_at(path)


def empty_url_at(path: Path) -> str:
    """The address of a database without any tables that stands for a file of this name."""
    return _in_use[-1].empty_url_at(path)


def archive_at(path: Path, lock_wait_ms: int = LOCK_WAIT_MS) -> Engine:
    """The archive in the database that stands for a file of this name; its tables are copied, where it is new."""
    return open_archive(_in_use[-1].archive_url_at(path), lock_wait_ms)


def seed_archive_at(path: Path, lock_wait_ms: int = LOCK_WAIT_MS) -> Engine:
    """An archive of the seeds of its own: a copy, where loading them once more would prove nothing."""
    return archive_copy_at(path, _load_seeds, lock_wait_ms)


def archive_copy_at(path: Path, fill: Fill, lock_wait_ms: int = LOCK_WAIT_MS) -> Engine:
    """A copy of an archive that `fill` has filled, which it does once for each kind of database in a run."""
    return open_archive(_in_use[-1].copy_url_at(path, fill), lock_wait_ms)


def fill_from_template(engine: Engine, fill: Fill) -> None:
    """Fill an archive as `fill` does; an empty one in a file with what that has written once in this run."""
    if engine.dialect.name != "sqlite" or not is_empty(engine):
        fill(engine)
        return
    assert engine.url.database is not None
    with (
        closing(sqlite3.connect(_sqlite_template(fill))) as template,
        closing(sqlite3.connect(engine.url.database)) as file,
    ):
        template.backup(file)


def drop_at(path: Path) -> None:
    """Take away the database that stands for a file of this name; nobody uses it any more."""
    _in_use[-1].drop_at(path)


def _sqlite_template(fill: Fill) -> Path:
    """The file of an archive that `fill` has filled. To open one takes 7 ms, to make its tables 60, to fill it more."""
    return make_once(f"{_fill_name(fill)}.db", lambda file: _fill_archive(f"sqlite:///{file}", fill))


def _fill_archive(url: str, fill: Fill) -> None:
    engine = open_archive(url)
    fill(engine)
    engine.dispose()


def _leave_empty(_: Engine) -> None:
    """Fill it with nothing."""


def _load_seeds(engine: Engine) -> None:
    load(engine, SEEDS, by=THE_PROGRAM)


def _fill_name(fill: Fill) -> str:
    """A name for what a function of a module fills an archive with, the same in every worker."""
    return f"{fill.__module__}.{fill.__qualname__}".replace(".", "_").lower()[-60:]


def _database_name(path: Path) -> str:
    return "t_" + hashlib.blake2b(str(path).encode(), digest_size=12).hexdigest()
