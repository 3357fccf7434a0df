"""An index of names as a file: read back it answers as the one that was written; nothing else is read from one."""

import pickle
from pathlib import Path

import pytest

from bot.answers.versions.index_file import MAGIC, index_key, read_index, write_index
from bot.errors import AmbiguousName, UnknownName
from bot.names.index import NameIndex
from tests.support.names_catalogue import catalogue

KEY = index_key(7, None, "cup")
TEXTS = ("chastain", "kyle busch", "the 8 car", "smoke stewart", "nashville 2023", "jgr", "dega", "chastian", "nobody")


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    path = tmp_path / "names"
    write_index(path, NameIndex.build(catalogue(), 7), KEY)
    return path


def _answer(index: NameIndex, text: str) -> str:
    try:
        return repr(index.resolve(text, "anything"))
    except (UnknownName, AmbiguousName) as error:
        return str(error)


def test_an_index_that_is_read_says_what_the_one_that_was_written_says(stored: Path) -> None:
    built, index = NameIndex.build(catalogue(), 7), read_index(stored, KEY)
    assert index is not None
    assert index.version == 7
    for text in TEXTS:
        assert _answer(index, text) == _answer(built, text)
        assert index.suggest(text, "anything") == built.suggest(text, "anything")


def test_a_text_that_stands_in_several_places_is_read_as_one(stored: Path) -> None:
    index = read_index(stored, KEY)
    assert index is not None
    tracks = [race.event.track for race in index.of_kind("race") if race.event and race.event.track]
    assert len({id(track) for track in tracks}) == len(set(tracks)) < len(tracks)


@pytest.mark.parametrize("key", [index_key(8, None, "cup"), index_key(7, "later", "cup"), index_key(7, None, "nxs")])
def test_the_index_of_other_data_or_of_another_series_is_not_read(stored: Path, key: str) -> None:
    assert read_index(stored, key) is None


def test_a_file_that_is_cut_short_is_not_read(stored: Path) -> None:
    stored.write_bytes(stored.read_bytes()[:-1000])
    assert read_index(stored, KEY) is None


def test_a_file_that_is_not_there_is_not_read(tmp_path: Path) -> None:
    assert read_index(tmp_path / "names", KEY) is None


class Command:
    """What a hostile file would have done when it is read."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name

    def opcodes(self) -> bytes:
        """A pickle that calls a function with a text."""
        return f"c{self.module}\n{self.name}\n(Vtouch stolen\ntR.".encode()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("bot.names.race.phrases", "tomllib"),
        ("bot.names.aliases", "load_aliases"),
    ],
)
def test_a_file_that_asks_for_anything_but_names_is_not_read(tmp_path: Path, module: str, name: str) -> None:
    path = tmp_path / "names"
    path.write_bytes(MAGIC + KEY.encode() + b"\n" + Command(module, name).opcodes())
    assert read_index(path, KEY) is None


def test_a_file_that_holds_no_index_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "names"
    path.write_bytes(MAGIC + KEY.encode() + b"\n" + pickle.dumps(["names"]))
    assert read_index(path, KEY) is None


def test_others_have_their_turn_while_an_index_is_read(stored: Path) -> None:
    turns: list[int] = []
    assert read_index(stored, KEY, lambda: turns.append(1)) is not None
    # A small catalogue is read in one step or a few; the steps are those of the clock.
    assert len(turns) <= stored.stat().st_size // 1000


def test_a_file_is_for_the_owner_alone(stored: Path) -> None:
    assert stored.stat().st_mode & 0o077 == 0
    assert [path.name for path in stored.parent.iterdir()] == ["names"]
