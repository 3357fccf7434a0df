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

__all__ = [
    "ENGINES", "address_at", "archive_at", "both_engines", "copy_at", "empty_at", "forget", "kind", "needs_postgresql",
    "of_kind", "seeded_at", "server", "started_in", "stop_in",
]  # fmt: skip

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

ENGINES = ("sqlite", "postgresql")
both_engines = pytest.mark.both_engines
UNSAFE = "fsync", "synchronous_commit", "full_page_writes"  # what outlives a power cut, which no test survives
_now = {"kind": "sqlite"}
_made: dict[str, str] = {}
_templates: list[str] = []


def kind() -> str:
    """The kind of database that archives are made in now."""
    return _now["kind"]


@contextmanager
def of_kind(name: str) -> Iterator[None]:
    """Archives are made in this kind of database meanwhile; those made in PostgreSQL are dropped afterwards."""
    if name == "postgresql":
        needs_postgresql()
    before, known = kind(), set(_made)
    _now["kind"] = name
    try:
        yield
    finally:
        _now["kind"] = before
        for one in _made.keys() - known:
            _drop(one)


def needs_postgresql() -> None:
    """Skip the test, and say why, where there is no PostgreSQL."""
    if server() is None:
        pytest.skip("no PostgreSQL: TEST_DATABASE_URL names none, and pgserver has no wheel for this Python")


def address_at(path: Path) -> str:
    """The address of the database that stands for a file of this name; it is made where it is not there."""
    if kind() == "sqlite":
        return f"sqlite:///{path}"
    return _made.get(_named(path)) or _copied(path, _template(_leave_empty))


def empty_at(path: Path) -> str:
    """The address of a database without any tables that stands for a file of this name."""
    return f"sqlite:///{path}" if kind() == "sqlite" else _copied(path, "template0")


def archive_at(path: Path) -> Engine:
    """The archive in the database that stands for a file of this name."""
    return open_archive(address_at(path))


def seeded_at(path: Path) -> Engine:
    """An archive of the seeds of its own: a copy, where loading them once more would prove nothing."""
    return copy_at(path, _load_seeds)


def copy_at(path: Path, fill: Callable[[Engine], None]) -> Engine:
    """A copy of an archive that `fill` has filled, which it does once for each kind of database in each process."""
    if kind() == "postgresql":
        return open_archive(_copied(path, _template(fill)))
    path.write_bytes(_file(fill))
    return open_archive(f"sqlite:///{path}")


def forget(path: Path) -> None:
    """Take away the database that stands for a file of this name; nobody uses it any more."""
    if kind() == "postgresql":
        _drop(_named(path))
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


@cache
def server() -> URL | None:
    """The address of a server for this run of the tests; None where there is none."""
    told = os.environ.get("TEST_DATABASE_URL")
    if told:
        return make_url(told)
    folder = mkdtemp(prefix="spotter-pg-")
    url = started_in(folder, cleanup_mode="delete")
    if url is None:
        shutil.rmtree(folder)
        return None
    for setting in UNSAFE:
        _run(url, f"ALTER SYSTEM SET {setting} = off")
    _run(url, "SELECT pg_reload_conf()")
    return url


def started_in(folder: str, cleanup_mode: str = "stop") -> URL | None:
    """Start a server of its own in a folder, if it is not running; its address, None where pgserver has no wheel."""
    pgserver = _pgserver()
    if pgserver is None:
        return None
    started = pgserver.get_server(folder, cleanup_mode=cleanup_mode)
    return make_url(started.get_uri()).set(drivername="postgresql+psycopg")


def stop_in(folder: str) -> None:
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
def _file(fill: Callable[[Engine], None]) -> bytes:
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


def _named(path: Path) -> str:
    return "t_" + hashlib.blake2b(str(path).encode(), digest_size=12).hexdigest()


def _copied(path: Path, template: str) -> str:
    name = _named(path)
    _made[name] = _create(name, template)
    return _made[name]


def _create(name: str, template: str) -> str:
    url = server()
    assert url is not None
    _run(url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return url.set(database=name).render_as_string(hide_password=False)


def _drop(name: str) -> None:
    _run(server(), f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    del _made[name]


def _run(url: URL | None, statement: str) -> None:
    assert url is not None
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute(statement)
    engine.dispose()
