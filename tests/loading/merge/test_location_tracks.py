"""The track of a race whose page gives a location without a word of a track: names that tables hold decide."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import read_session
from bot.archive.models.core import Race
from bot.loading.moderation.operations import Operations
from tests.support.history_files import CUP, csv_text, field_rows
from tests.support.moderation import apply_plan

HISTORY = csv_text(field_rows("Ann Ash", "Bea Birch", Season=2018, Race=3, Name="Pine 200", Track="Road Pineland"))
PAGE = """= 2019 Oak 150 =

Infobox
- Race Name: Oak 150
- Year: 2019
- Fulldate: May 5, 2019
- Location: {}

The 2019 OAK 150 was a NASCAR Cup Series race.

==Race results==

| Pos | No | Driver | Laps |
| 1 | 7 | Cal Cole | 50 |
"""


def tracks(archive: Engine, folder: Path, *uploads: tuple[str, str]) -> set[str | None]:
    """The tracks of all races of 2019 after these uploads, one by one."""
    operations = Operations(archive, folder)
    for name, text in uploads:
        apply_plan(operations, operations.plan_upload("Ann", name, text.encode()).key)
    with read_session(archive) as session:
        return {race.track for race in session.exec(select(Race).where(Race.season == 2019))}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_part_that_a_table_calls_a_track_is_one(archive: Engine, tmp_path: Path, order: tuple[int, int]) -> None:
    uploads = ((CUP, HISTORY), ("page.txt", PAGE.format("Wisconsin, Elm Lake, Road Pineland")))
    assert tracks(archive, tmp_path, *(uploads[number] for number in order)) == {"Road Pineland"}


def test_a_location_of_which_no_table_knows_a_part_gives_no_track(archive: Engine, tmp_path: Path) -> None:
    uploads = ((CUP, HISTORY), ("page.txt", PAGE.format("Wisconsin, Elm Lake, Some Place")))
    assert tracks(archive, tmp_path, *uploads) == {None}
