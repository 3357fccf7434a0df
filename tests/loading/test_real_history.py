"""The real history, where it is at hand: all of it is read, and what pages say of the same races agrees or is told."""

import gzip
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import read_session
from bot.archive.models.core import Conflict, Name, Race, SessionRow
from bot.documents.history_csv.history_race import HistoryRace
from bot.documents.history_csv.rows import HistoryFile
from bot.loading.canonical.names import CanonicalNames
from bot.loading.load import load
from bot.loading.merge.sourced_claims import TABLE_TRUST
from bot.loading.read.folder import decode
from tests.support.databases import archive_at
from tests.support.history_files import CUP
from tests.support.moderation import ALLY, PAGE
from tests.support.paths import HISTORY, PAGES, SEEDS, needs_history

pytestmark = [needs_history, pytest.mark.slow, pytest.mark.xdist_group("real history")]  # which is read once
FILES = {"cup_series.csv": 2_822, "nxs_series.csv": 1_404, "truck_series.csv": 737}
BAD_INPUT = sorted(path.name for path in (HISTORY / "bad_input").glob("*.csv"))
SHOWN_AND_OTHER = {  # what the six pages of 2016 and the history disagree on: what is shown, and what else is told
    ("cup-2016-29", "race: Reed Sorenson: manufacturer"): ("Chevrolet", "Toyota"),
    ("cup-2016-31", "race: David Ragan: driver"): ("David Ragan", "David Regan"),
    ("cup-2016-31", "race: Jamie McMurray: laps"): ("223", "233"),
    ("cup-2016-31", "race: Joey Gase: driver"): ("Joey Gase", "Josh Gase"),
    ("cup-2016-31", "race: Reed Sorenson: manufacturer"): ("Chevrolet", "Toyota"),
    ("cup-2016-33", "race: David Ragan: driver"): ("David Ragan", "David Regan"),
    ("cup-2016-33", "race: Jeff Gordon: points"): ("35", "36"),
    ("cup-2016-33", "race: Matt Kenseth: points"): ("38", "39"),
    ("cup-2016-33", "race: Regan Smith: points"): ("12", "11"),
    ("cup-2016-34", "race: David Ragan: driver"): ("David Ragan", "David Regan"),
    ("cup-2016-34", "race: David Ragan: points"): ("9", "8"),
    ("cup-2016-34", "race: Reed Sorenson: manufacturer"): ("Chevrolet", "Toyota"),
}


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """A file of the history, as a folder reads it."""
    return decode(name, gzip.decompress((HISTORY / f"{name}.gz").read_bytes())).lines


@cache
def races_of(name: str) -> tuple[HistoryRace, ...]:
    """Every race of a file, read whole."""
    sheet = HistoryFile(name, dict(enumerate(lines_of(name), 1)))
    return tuple(sheet.race(key) for key in sorted(sheet.races))


def seasons_of(name: str, *seasons: int) -> str:
    """A few seasons of a file."""
    header, *lines = lines_of(name)
    wanted = tuple(f"{season}," for season in seasons)
    return "\n".join([header, *(line for line in lines if line.startswith(wanted)), ""])


@pytest.fixture(scope="module")
def with_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An archive of the seasons that pages tell of, with these pages."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / CUP).write_text(seasons_of(CUP, 1949, 2016, 2023), encoding="utf-8")
    for path in (SEEDS / PAGE, *sorted(PAGES.glob("2016*.txt"))):
        (folder / path.name).write_bytes(path.read_bytes())
    engine = archive_at(tmp_path_factory.mktemp("archive") / "archive.db")
    report = load(engine, folder)
    assert report.rejected == ()
    assert len(report.documents) == 8
    yield engine
    engine.dispose()


@pytest.mark.parametrize(("name", "races"), FILES.items())
def test_every_line_of_a_file_is_read(name: str, races: int) -> None:
    told = races_of(name)
    assert len(told) == races
    assert sum(len(race.results) for race in told) == len(lines_of(name)) - 1


def test_the_three_files_have_the_races_and_results_that_they_are_said_to_have() -> None:
    told = [race for name in FILES for race in races_of(name)]
    assert (len(told), sum(len(race.results) for race in told)) == (4_963, 179_824)
    without_winner = [race for race in told if race.winner is None]
    assert without_winner == []


def test_no_two_people_of_the_history_are_taken_for_one() -> None:
    drivers = Counter(one.driver for name in FILES for race in races_of(name) for one in race.results)
    canon = CanonicalNames.from_counts({("driver", name, TABLE_TRUST): count for name, count in drivers.items()})
    assert len({canon.drivers.spelling_of(name) for name in drivers}) == len(drivers) == 4_356


def test_two_names_of_one_track_are_the_only_ones_in_the_history() -> None:
    tracks = Counter(race.track for name in FILES for race in races_of(name))
    canon = CanonicalNames.from_counts({("track", name, TABLE_TRUST): count for name, count in tracks.items()})
    assert len(tracks) - len({canon.tracks.spelling_of(name) for name in tracks}) == 1
    assert canon.tracks.spelling_of("Atlanta Motor Speedway") == "EchoPark Speedway"


def test_the_page_of_the_ally_400_and_the_history_agree_in_every_number(with_pages: Engine) -> None:
    with read_session(with_pages) as session:
        disputes = session.exec(select(Conflict).where(Conflict.race == ALLY)).all()
        assert [one.value_name for one in disputes if CUP in (one.document, one.other_document)] == []
        rows = session.exec(select(SessionRow).where(SessionRow.race == ALLY, SessionRow.session == "race")).all()
        assert len(rows) == 36
        assert {one.agree for one in rows} == {2}
        assert all(one.rating is not None and one.laps_led is not None for one in rows)


def test_the_pages_of_2016_disagree_with_the_history_on_these_values_and_no_others(with_pages: Engine) -> None:
    with read_session(with_pages) as session:
        disputes = session.exec(select(Conflict).where(Conflict.race != ALLY)).all()
        assert {(one.race, one.value_name): (one.value, one.other_value) for one in disputes} == SHOWN_AND_OTHER
        assert len(disputes) == len(SHOWN_AND_OTHER)
        assert all(CUP in (one.document, one.other_document) for one in disputes)


def test_each_page_of_2016_is_one_race_with_the_history(with_pages: Engine) -> None:
    with read_session(with_pages) as session:
        races = session.exec(select(Race).where(Race.season == 2016, Race.series == "cup")).all()
        assert len(races) == 36
        dated = {one.round: one.name for one in races if one.day}
        assert dated.keys() == {29, 31, 33, 34, 35, 36}
        assert dated[36] == "Ford EcoBoost 400"
        assert session.exec(select(Name).where(Name.value == "David Regan")).first() is None


@pytest.mark.parametrize("name", BAD_INPUT)
def test_rows_with_a_quirk_are_loaded(archive: Engine, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    text = (HISTORY / "bad_input" / name).read_bytes()
    (folder / name).write_bytes(text)
    assert load(archive, folder).rejected == ()
    told = {line for line in text.decode().splitlines()[1:] if not line.startswith("2026,")}
    with read_session(archive) as session:
        rows = session.exec(select(SessionRow).where(SessionRow.session == "race")).all()
        assert len(rows) == len(told)
        assert not [one.driver for one in rows if "â" in one.driver]
        assert not [one.name for one in session.exec(select(Race)) if "â" in (one.name or "")]
