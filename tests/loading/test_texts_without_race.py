"""A text that tells of no race that was run is loaded, and the report says what it was taken for."""

from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.answers.moderation.load_report import report_note
from bot.archive.models.core import Race, Source
from bot.loading.load import load

PREVIEW = """What to watch for Sunday at Elm Speedway

The Maple 300 goes green on Sunday at 3 p.m. ET, and Reed Falk will start from the pole after a lap of 29.8 seconds.
Falk won this race a year ago, when Ivo Dorn finished second and Cole Pell third. He will be hard to beat in the race.
Dorn hopes to end a drought of 40 races, and Pell would be the first rookie to win the Maple 300 since 2009.
"""


def test_a_preview_is_loaded_and_the_report_says_that_it_tells_no_race(archive: Engine, tmp_path: Path) -> None:
    (tmp_path / "sunday.txt").write_text(PREVIEW, encoding="utf-8")
    report = load(archive, tmp_path)
    assert (report.rejected, report.without_race) == ((), ("sunday.txt (preview)",))
    note = report_note(report)
    assert note.startswith("Tell of no race that was run, so nothing is claimed from them, and they make no race: ")
    assert "sunday.txt (preview)" in note
    assert load(archive, tmp_path).without_race == ()


def test_a_preview_makes_no_race_and_nobody_is_asked_which_it_is(archive: Engine, tmp_path: Path) -> None:
    (tmp_path / "sunday.txt").write_text(PREVIEW, encoding="utf-8")
    report = load(archive, tmp_path)
    assert (report.races, report.found_races, report.undecided) == ((), (), ())
    with Session(archive) as session:
        assert session.exec(select(Race.key)).all() == []
        assert session.exec(select(Source.document, Source.kind, Source.race)).all() == [
            ("sunday.txt", "preview", None)
        ]
