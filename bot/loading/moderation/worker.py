"""A process of its own for big loads: it parses and holds the writers' lock while the bot goes on answering.

Measured with questions asked during a load: in a thread answers took 192 ms at the median, with a child 6 ms. What to
do comes as JSON on standard input (an address may hold a password, and arguments can be seen by others); one line of
JSON comes back. Where the parent dies, the child finishes what it began or is rolled back with its process.
"""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine

import bot
from bot import errors
from bot.archive.db.engine import open_archive
from bot.errors import BotError
from bot.loading.moderation.rows import PlanRow
from bot.loading.report import Report
from bot.loading.stored_json import from_json, to_json

__all__ = ["BIG_BYTES", "Argument", "is_shared_database", "load_in_worker", "main", "plan_in_worker"]

BIG_BYTES = 1_000_000  # a start costs half a second; parsing a megabyte takes about two (measured on two cores)
Argument = str | int | bytes | None


def is_shared_database(engine: Engine) -> bool:
    """Whether another process sees this database: one in memory is seen by nobody else."""
    return engine.dialect.name != "sqlite" or engine.url.database not in {None, "", ":memory:"}


def plan_in_worker(engine: Engine, folder: Path, method: str, *arguments: Argument) -> PlanRow:
    """Have a method of the desk called that plans. Raises what it raises."""
    return from_json(PlanRow, _run_worker(engine, folder, method, arguments))


def load_in_worker(engine: Engine, folder: Path, method: str, *arguments: Argument) -> Report:
    """Have a method of the desk called that loads. Raises what it raises."""
    return from_json(Report, _run_worker(engine, folder, method, arguments))


def _run_worker(engine: Engine, folder: Path, method: str, arguments: tuple[Argument, ...]) -> str:
    request = {
        "url": engine.url.render_as_string(hide_password=False),
        "folder": str(folder),
        "verb": method,
        "arguments": [_encode_argument(one) for one in arguments],
    }
    source_root = str(Path(bot.__file__).parents[1])
    paths = os.pathsep.join(filter(None, (source_root, os.environ.get("PYTHONPATH"))))
    process = subprocess.run(
        [sys.executable, "-m", "bot.loading.moderation.worker"],
        input=json.dumps(request).encode(),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    if process.returncode != 0:
        raise BotError("The load was cut short: its process has ended. Nothing was changed; try again.")
    reply: dict[str, str] = json.loads(process.stdout)
    if "error" in reply:
        error_class = getattr(errors, reply["error"], BotError)
        raise (error_class if error_class in _PLAIN_ERRORS else BotError)(reply["text"])
    return reply["result"]


def main() -> None:
    """Do what standard input says and print what came of it."""
    from bot.loading.moderation.desk import Moderation  # noqa: PLC0415

    request = json.load(sys.stdin)
    engine = open_archive(request["url"])
    moderation = Moderation(engine, Path(request["folder"]), use_worker=False)
    try:
        result = getattr(moderation, request["verb"])(*(_decode_argument(one) for one in request["arguments"]))
    except BotError as error:
        reply = {"error": type(error).__name__, "text": str(error)}
    else:
        reply = {"result": to_json(result)}
    finally:
        engine.dispose()
    sys.stdout.write(json.dumps(reply))


_PLAIN_ERRORS = (BotError, errors.StalePlan, errors.LoadUnderWay, errors.ArchiveUnusable, errors.NothingKnown)


def _encode_argument(argument: Argument) -> object:
    return {"base64": base64.b64encode(argument).decode()} if isinstance(argument, bytes) else argument


def _decode_argument(encoded: object) -> object:
    return base64.b64decode(encoded["base64"]) if isinstance(encoded, dict) else encoded


if __name__ == "__main__":
    main()
