"""Databases for the tests: SQLite files, and a real PostgreSQL where it can be had.

`TEST_DATABASE_URL` names a running server (postgresql+psycopg://user:password@host/database) in which databases may be
made; without it `pgserver` brings one along, where it has wheels. Tests marked `both_engines` run on both kinds.
"""

import hashlib
import importlib
import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url

from bot.archive.db.engine import open_archive
from bot.loading.load import THE_PROGRAM, load
from tests.support.paths import SEEDS

__all__ = [
    "ENGINES",
    "archive_at",
    "archive_copy_at",
    "both_engines",
    "current_kind",
    "databases_of_kind",
    "drop_at",
    "empty_url_at",
    "needs_postgresql",
    "seed_archive_at",
    "server_url",
    "start_server_in",
    "stop_server_in",
    "url_at",
]  # fmt: skip

ENGINES = ("sqlite", "postgresql")
both_engines = pytest.mark.both_engines
DURABILITY_SETTINGS = (
    "fsync",
    "synchronous_commit",
    "full_page_writes",
)  # what outlives a power cut, which no test survives
_current = {"kind": "sqlite"}
_urls: dict[str, str] = {}
_templates: list[str] = []


def current_kind() -> str:
    """The kind of database that archives are made in now."""
    return _current["kind"]


@contextmanager
def databases_of_kind(name: str) -> Iterator[None]:
    """Archives are made in this kind of database meanwhile; those made in PostgreSQL are dropped afterwards."""
    if name == "postgresql":
        needs_postgresql()
    previous, names_before = current_kind(), set(_urls)
    _current["kind"] = name
    try:
        yield
    finally:
        _current["kind"] = previous
        for database in _urls.keys() - names_before:
            _drop(database)


def needs_postgresql() -> None:
    """Skip the test, and say why, where there is no PostgreSQL."""
    if server_url() is None:
        pytest.skip("no PostgreSQL: TEST_DATABASE_URL names none, and pgserver has no wheel for this Python")


def url_at(path: Path) -> str:
    """The address of the database that stands for a file of this name; it is made where it is not there."""
    if current_kind() == "sqlite":
        return f"sqlite:///{path}"
    return _urls.get(_database_name(path)) or _create_copy(path, _template(_leave_empty))


def empty_url_at(path: Path) -> str:
    """The address of a database without any tables that stands for a file of this name."""
    return f"sqlite:///{path}" if current_kind() == "sqlite" else _create_copy(path, "template0")


def archive_at(path: Path) -> Engine:
    """The archive in the database that stands for a file of this name."""
    return open_archive(url_at(path))


def seed_archive_at(path: Path) -> Engine:
    """An archive of the seeds of its own: a copy, where loading them once more would prove nothing."""
    return archive_copy_at(path, _load_seeds)


def archive_copy_at(path: Path, fill: Callable[[Engine], None]) -> Engine:
    """A copy of an archive that `fill` has filled, which it does once for each kind of database in each process."""
    if current_kind() == "postgresql":
        return open_archive(_create_copy(path, _template(fill)))
    path.write_bytes(_archive_bytes(fill))
    return open_archive(f"sqlite:///{path}")


def drop_at(path: Path) -> None:
    """Take away the database that stands for a file of this name; nobody uses it any more."""
    if current_kind() == "postgresql":
        _drop(_database_name(path))
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


@cache
def server_url() -> URL | None:
    """The address of a server for this run of the tests; None where there is none."""
    configured_url = os.environ.get("TEST_DATABASE_URL")
    if configured_url:
        return make_url(configured_url)
    folder = mkdtemp(prefix="spotter-pg-")
    url = start_server_in(folder, cleanup_mode="delete")
    if url is None:
        shutil.rmtree(folder)
        return None
    for setting in DURABILITY_SETTINGS:
        _run(url, f"ALTER SYSTEM SET {setting} = off")
    _run(url, "SELECT pg_reload_conf()")
    return url


def start_server_in(folder: str, cleanup_mode: str = "stop") -> URL | None:
    """Start a server of its own in a folder, if it is not running; its address, None where pgserver has no wheel."""
    pgserver = _pgserver()
    if pgserver is None:
        return None
    running = pgserver.get_server(folder, cleanup_mode=cleanup_mode)
    return make_url(running.get_uri()).set(drivername="postgresql+psycopg")


def stop_server_in(folder: str) -> None:
    """Stop the server in a folder as an administrator does: whoever is connected is cut off."""
    _pgserver().get_server(folder).cleanup()


@cache
def _pgserver() -> Any:  # noqa: ANN401 - it has no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks where a user's run time files are, and minds that nowhere is
        try:
            return importlib.import_module("pgserver")
        except ImportError:
            return None


@cache
def _template(fill: Callable[[Engine], None]) -> str:
    """A database to be copied, which takes 60 ms; the making of forty tables alone would take as many again."""
    name = f"template_{os.getpid()}_{len(_templates)}"
    _templates.append(name)
    engine = open_archive(_create(name, "template0" if fill is _leave_empty else _template(_leave_empty)))
    fill(engine)
    engine.dispose()
    return name


@cache
def _archive_bytes(fill: Callable[[Engine], None]) -> bytes:
    """The file of an archive that was filled, to be copied."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        engine = open_archive(f"sqlite:///{path}")
        fill(engine)
        engine.dispose()
        return path.read_bytes()


def _leave_empty(_: Engine) -> None:
    """Fill it with nothing."""


def _load_seeds(engine: Engine) -> None:
    load(engine, SEEDS, by=THE_PROGRAM)


def _database_name(path: Path) -> str:
    return "t_" + hashlib.blake2b(str(path).encode(), digest_size=12).hexdigest()


def _create_copy(path: Path, template: str) -> str:
    name = _database_name(path)
    _urls[name] = _create(name, template)
    return _urls[name]


def _create(name: str, template: str) -> str:
    url = server_url()
    assert url is not None
    _run(url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return url.set(database=name).render_as_string(hide_password=False)


def _drop(name: str) -> None:
    _run(server_url(), f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    del _urls[name]


def _run(url: URL | None, statement: str) -> None:
    assert url is not None
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute(statement)
    engine.dispose()
