"""Form of the log: a line of text for people, or one JSON object a line for programs that collect logs."""

import json
import logging
import sys
from datetime import UTC, datetime

__all__ = ["log_formatter", "set_up_log"]

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
        return json.dumps(line, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """Formatter of records as lines; what could turn a terminal or make a second line is shown and does nothing."""

    def __init__(self) -> None:
        super().__init__(TEXT_FORM)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - a method of logging
        """The line without its trace, which has lines of its own."""
        line = super().formatMessage(record)
        return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)


def log_formatter(form: str) -> logging.Formatter:
    """The formatter of a form, "text" or "json"."""
    return JsonFormatter() if form == "json" else TextFormatter()


def set_up_log(form: str, level: str) -> None:
    """Write the log to standard error in a form, "text" or "json", from a level on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(log_formatter(form))
    logging.basicConfig(handlers=[handler], level=level)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it logs every step, also where there is none
