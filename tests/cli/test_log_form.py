"""The log: a line for people, an object for programs, and nothing that turns a terminal."""

import json
import logging

import pytest

from bot.cli.log_form import set_up_log


@pytest.fixture(autouse=True)
def root_logger() -> object:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    yield root
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_record_is_an_object_with_its_trace(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log("json", "INFO")
    logging.getLogger("spotter").info("%s is left out\nfor good", "odd.txt")
    try:
        raise ValueError("why")
    except ValueError:
        logging.getLogger("spotter").exception("it failed")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (first["level"], first["name"], first["text"]) == ("INFO", "spotter", "odd.txt is left out\nfor good")
    assert first["time"].endswith("+00:00")
    assert "ValueError: why" in second["trace"]


def test_control_characters_are_shown_and_do_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_log("text", "INFO")
    logging.getLogger("spotter").warning("a document was left out: %s", "\x1b[2J\u202eodd\n.txt")
    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith(r"WARNING spotter: a document was left out: \x1b[2J\u202eodd\n.txt")
