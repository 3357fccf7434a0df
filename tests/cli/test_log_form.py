"""The log: a line for people, an object for programs, and nothing that turns a terminal."""

import json
import logging
import sys

from bot.cli.log_form import RepeatFilter, log_formatter


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


def test_a_line_is_not_written_for_everybody_who_asks_meanwhile() -> None:
    now_s = [0.0]
    passes = RepeatFilter(lambda: now_s[0]).filter

    def line(text: str, level: int = logging.WARNING) -> logging.LogRecord:
        return logging.LogRecord("spotter", level, "", 1, text, (), None)

    assert [passes(line("the archive is away")) for _ in range(3)] == [True, False, False]
    assert passes(line("another"))
    assert [passes(line("as often as it comes", logging.INFO)) for _ in range(2)] == [True, True]
    now_s[0] = 61.0
    assert passes(line("the archive is away"))


def test_signs_that_do_not_show_are_written_as_json_writes_them() -> None:
    line = formatted("json", "a document was left out: %s", "\x1b[2J\u202eodd\udce1\x9b.txt")
    assert line.isprintable()
    assert json.loads(line)["text"] == "a document was left out: \x1b[2J\u202eodd\udce1\x9b.txt"
