"""A real PostgreSQL, where one can be had: one for the whole run, and others that a test may stop.

TEST_DATABASE_URL names a running server (postgresql+psycopg://user:password@host/database) in which databases may be
made; without it `pgserver` brings one along, where it has wheels.
"""

import importlib
import importlib.util
import os
import signal
import time
import warnings
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, create_engine, make_url

from tests.support.run_folder import make_once, run_folder

__all__ = [
    "needs_postgresql",
    "run_statement",
    "server_url",
    "start_server_in",
    "stop_run_server",
    "stop_server_in",
]

SERVER_FOLDER = "postgresql"  # in the folder of the run
DURABILITY_SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")  # for power cuts, which no test survives


def needs_postgresql() -> None:
    """Skip the test, and say why, where there is no PostgreSQL."""
    if server_url() is None:
        pytest.skip("no PostgreSQL: TEST_DATABASE_URL names none, and pgserver has no wheel for this Python")


@cache
def server_url() -> URL | None:
    """The address of the server of this run, which is started where it is not running; None where there is none."""
    configured_url = os.environ.get("TEST_DATABASE_URL")
    if configured_url:
        return make_url(configured_url)
    if importlib.util.find_spec("pgserver") is None:
        return None
    return make_url(make_once("postgresql.url", _start_run_server).read_text("utf-8"))


def stop_run_server() -> None:
    """Stop the server of this run, where one was started."""
    pid_file = run_folder() / SERVER_FOLDER / "postmaster.pid"
    if pid_file.exists():
        os.kill(int(pid_file.read_text("utf-8").split()[0]), signal.SIGINT)  # a fast stop, which cuts clients off
        while pid_file.exists():
            time.sleep(0.02)


def start_server_in(folder: str, cleanup_mode: str | None = "stop") -> URL | None:
    """Start a server of its own in a folder, if it is not running; its address, None where pgserver has no wheel.

    `cleanup_mode` says what becomes of it at the end of this process: "stop", or None for nothing.
    """
    if importlib.util.find_spec("pgserver") is None:
        return None
    running = _pgserver().get_server(folder, cleanup_mode=cleanup_mode)
    return make_url(running.get_uri()).set(drivername="postgresql+psycopg")


def stop_server_in(folder: str) -> None:
    """Stop the server in a folder as an administrator does: whoever is connected is cut off."""
    _pgserver().get_server(folder).cleanup()


def run_statement(url: URL, statement: str) -> None:
    """Run a statement outside of any transaction."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute(statement)
    engine.dispose()


def _start_run_server(address_file: Path) -> None:
    """Start the server of this run and write its address; it outlives this process and serves the other workers."""
    url = start_server_in(str(run_folder() / SERVER_FOLDER), cleanup_mode=None)
    assert url is not None
    for setting in DURABILITY_SETTINGS:
        run_statement(url, f"ALTER SYSTEM SET {setting} = off")
    run_statement(url, "SELECT pg_reload_conf()")
    address_file.write_text(url.render_as_string(hide_password=False), encoding="utf-8")


@cache
def _pgserver() -> Any:  # noqa: ANN401 - it has no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks where a user's run time files are, and minds that nowhere is
        return importlib.import_module("pgserver")
