"""The benchmark of questions answers out of a folder, by the bot's own loader."""

from pathlib import Path

import pytest

from benchmarks.ask import load

PAGE = """= Harbor 200 winners =

==Past winners==

| Year | Winner | Car |
| 2001 | Ada Quillfeather | Ford |
| 2002 | Dell Marrowby | Pontiac |
| 2003 | Ada Quillfeather | Ford |
"""


@pytest.mark.slow
def test_a_page_of_a_folder_is_answered_from_with_document_and_line(tmp_path: Path) -> None:
    (tmp_path / "winners.txt").write_text(PAGE, encoding="utf-8")
    answer = load(tmp_path)
    found = answer("who won in 2002?", "winners.txt")
    assert (found["answer"], found["refused"]) == (["Dell Marrowby"], False)
    assert found["sources"] == [("winners.txt", 7)]
    assert "2002" in found["program"]
    assert answer("who won in 2002?", "another.txt")["refused"]
    assert answer("guten morgen zusammen")["refused"]
