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
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

import bot
from bot import errors
from bot.archive.db.engine import open_archive
from bot.errors import BotError
from bot.loading.moderation.rows import PlanRow
from bot.loading.report import Report
from bot.loading.report_json import report_from_json, report_to_json

__all__ = ["BIG_BYTES", "Argument", "can_be_reached", "main", "plan", "report"]

BIG_BYTES = 1_000_000  # a start costs half a second; parsing a megabyte takes about two (measured on two cores)
Argument = str | int | bytes | None


def can_be_reached(engine: Engine) -> bool:
    """Whether another process sees this database: one in memory is seen by nobody else."""
    return engine.dialect.name != "sqlite" or engine.url.database not in {None, "", ":memory:"}


def plan(engine: Engine, folder: Path, verb: str, *arguments: Argument) -> PlanRow:
    """Have a method of the desk called that plans. Raises what it raises."""
    told = json.loads(_called(engine, folder, verb, arguments))
    made_at = datetime.fromisoformat(told.pop("made_at"))
    return PlanRow(made_at=made_at, report=report_from_json(told.pop("report")), **told)


def report(engine: Engine, folder: Path, verb: str, *arguments: Argument) -> Report:
    """Have a method of the desk called that loads. Raises what it raises."""
    return report_from_json(_called(engine, folder, verb, arguments))


def _called(engine: Engine, folder: Path, verb: str, arguments: tuple[Argument, ...]) -> str:
    asked = {
        "url": engine.url.render_as_string(hide_password=False),
        "folder": str(folder),
        "verb": verb,
        "arguments": [_sent(one) for one in arguments],
    }
    here = str(Path(bot.__file__).parents[1])
    paths = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "bot.loading.moderation.worker"],
        input=json.dumps(asked).encode(),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    if done.returncode != 0:
        raise BotError("The load was cut short: its process has ended. Nothing was changed; try again.")
    told: dict[str, str] = json.loads(done.stdout)
    if "error" in told:
        kind = getattr(errors, told["error"], BotError)
        raise (kind if kind in _PLAIN else BotError)(told["text"])
    return told["result"]


def main() -> None:
    """Do what standard input says and print what came of it."""
    from bot.loading.moderation.desk import DataDesk  # noqa: PLC0415

    asked = json.load(sys.stdin)
    engine = open_archive(asked["url"])
    desk = DataDesk(engine, Path(asked["folder"]), children=False)
    try:
        result = getattr(desk, asked["verb"])(*(_received(one) for one in asked["arguments"]))
    except BotError as error:
        told = {"error": type(error).__name__, "text": str(error)}
    else:
        told = {"result": _written(result)}
    finally:
        engine.dispose()
    sys.stdout.write(json.dumps(told))


_PLAIN = (BotError, errors.StalePlan, errors.LoadUnderWay, errors.ArchiveUnusable, errors.NothingKnown)


def _sent(argument: Argument) -> object:
    return {"base64": base64.b64encode(argument).decode()} if isinstance(argument, bytes) else argument


def _received(told: object) -> object:
    return base64.b64decode(told["base64"]) if isinstance(told, dict) else told


def _written(result: PlanRow | Report) -> str:
    if isinstance(result, Report):
        return report_to_json(result)
    told = {**asdict(result), "made_at": result.made_at.isoformat(), "report": report_to_json(result.report)}
    return json.dumps(told)


if __name__ == "__main__":
    main()
