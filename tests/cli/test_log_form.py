"""The log: a line for people, an object for programs, and nothing that turns a terminal."""

import json
import logging
import sys

from bot.cli.log_form import log_formatter


def formatted(form: str, text: str, *arguments: object, failed: bool = False) -> str:
    trace = sys.exc_info() if failed else None
    record = logging.LogRecord("spotter", logging.WARNING, "", 1, text, arguments, trace)
    return log_formatter(form).format(record)


def test_a_record_is_an_object_on_one_line_with_its_trace() -> None:
    first = formatted("json", "%s is left out\nfor good", "odd.txt")
    try:
        raise ValueError("why")
    except ValueError:
        second = formatted("json", "it failed", failed=True)
    assert "\n" not in first + second
    line = json.loads(first)
    assert (line["level"], line["name"], line["text"]) == ("WARNING", "spotter", "odd.txt is left out\nfor good")
    assert line["time"].endswith("+00:00")
    assert "ValueError: why" in json.loads(second)["trace"]


def test_control_characters_are_shown_and_do_nothing() -> None:
    line = formatted("text", "a document was left out: %s", "\x1b[2J\u202eodd\n.txt")
    assert line.endswith(r"WARNING spotter: a document was left out: \x1b[2J\u202eodd\n.txt")
