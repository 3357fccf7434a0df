"""Form of the log: a line of text for people, or one JSON object a line for programs that collect logs."""

import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType

from bot.frontend.health.glitches import GlitchFilter
from bot.language.printable import printable
from bot.recent_values import RecentValues

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

__all__ = ["RepeatFilter", "log_formatter", "set_up_log"]

TAB = "\t"
REPEAT_WINDOW_S = 60  # after which a line that is still true is written again
MAX_LINES = 200  # that are remembered
TEXT_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class JsonFormatter(logging.Formatter):
    """Formatter of records as objects with `time` (UTC), `level`, `name`, `text`, and `trace` where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """One object on one line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "name": record.name,
            "text": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return _shown(json.dumps(line, ensure_ascii=False))


class TextFormatter(logging.Formatter):
    """Formatter of records as lines; what could turn a terminal or make a second line is shown and does nothing."""

    def __init__(self) -> None:
        super().__init__(TEXT_FORM)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - a method of logging
        """The trace, each line of it indented: what an error quotes cannot pass for a line of the log."""
        return "\n".join(f"  {printable(line, keep=TAB)}" for line in super().formatException(ei).splitlines())

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - a method of logging
        """The line without its trace, which has lines of its own."""
        line = super().formatMessage(record)
        return printable(line)


def _shown(line: str) -> str:
    """An object of JSON in which every sign that does not show is written as JSON writes it."""
    if line.isprintable():
        return line
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in line)


class RepeatFilter(logging.Filter):
    """Filter that drops a line that was written a moment ago: a database that is away is noticed by everybody who asks.

    `now_s` is a clock in seconds. Lines with a trace always pass.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now_s = now_s
        self._lines: RecentValues[tuple[str, str], float] = RecentValues(MAX_LINES)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is to be written; those below a warning always are."""
        if record.levelno < logging.WARNING or record.exc_info:
            return True
        line, now = (record.name, record.getMessage()), self._now_s()
        written = self._lines.find(line)
        if written is not None and now - written < REPEAT_WINDOW_S:
            return False
        self._lines.keep(line, now)
        return True


def log_formatter(form: str) -> logging.Formatter:
    """The formatter of a form, "text" or "json"."""
    return JsonFormatter() if form == "json" else TextFormatter()


def set_up_log(form: str, level: str) -> None:
    """Write the log to standard error in a form, "text" or "json", from a level on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(log_formatter(form))
    handler.addFilter(GlitchFilter())
    handler.addFilter(RepeatFilter())
    logging.basicConfig(handlers=[handler], level=level)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it logs every step, also where there is none
