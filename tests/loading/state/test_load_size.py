"""How much a folder gives to read: it decides whether a load is done by a process of its own."""

import gzip
import hashlib
from collections import Counter
from io import BufferedReader
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.errors import BotError
from bot.loading.load import load
from bot.loading.load_limits import LoadLimits
from bot.loading.moderation.moderation import Moderation
from bot.loading.read.folder import list_folder, read_folder
from bot.loading.read.plain_file import MAX_DOCUMENT_BYTES
from bot.loading.state.load_size import new_folder_bytes
from tests.support.databases import both_engines
from tests.support.history_files import CUP, csv_text, race_rows
from tests.support.moderation import PAGE

HISTORY = csv_text(one for season in range(1990, 2000) for number in range(1, 16) for one in race_rows(season, number))
PACKED = gzip.compress(HISTORY.encode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of documents."""
    path = tmp_path / "documents"
    path.mkdir()
    return path


def test_a_packed_file_counts_what_it_holds(archive: Engine, folder: Path) -> None:
    (folder / f"{CUP}.gz").write_bytes(PACKED)
    assert len(PACKED) < len(HISTORY)
    assert new_folder_bytes(archive, list_folder(folder)) == len(HISTORY)
    (folder / f"{CUP}.gz").unlink()
    (folder / CUP).write_text(HISTORY, encoding="utf-8")
    assert new_folder_bytes(archive, list_folder(folder)) == len(HISTORY)


def test_what_is_in_force_counts_nothing(archive: Engine, folder: Path) -> None:
    (folder / f"{CUP}.gz").write_bytes(PACKED)
    load(archive, folder)
    assert new_folder_bytes(archive, list_folder(folder)) == 0


def test_a_folder_that_is_small_only_packed_is_loaded_by_a_process_of_its_own(
    archive: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / f"{CUP}.gz").write_bytes(PACKED)
    monkeypatch.setattr("bot.loading.moderation.worker_pool.sys.executable", "/bin/false")
    desk = Moderation(archive, folder, LoadLimits(folder_bytes=(len(PACKED) + len(HISTORY)) // 2))
    for verb in (desk.reload, desk.plan_reload):
        with pytest.raises(BotError, match="its process has ended"):
            verb("Ann")


def test_a_bomb_is_counted_without_being_unpacked_and_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / f"{CUP}.gz").write_bytes(gzip.compress(bytes(MAX_DOCUMENT_BYTES + 1)))
    with monkeypatch.context() as nothing_unpacks:
        nothing_unpacks.delattr("zlib.decompressobj")
        listing = list_folder(folder)
    assert [file.size for file in listing.files] == [MAX_DOCUMENT_BYTES + 1]
    assert "more than" in str(read_folder(listing).rejected[0])


@pytest.mark.parametrize("content", [b"", b"\x1f", PACKED[:-4] + bytes(4), PACKED[:-9]])
def test_a_packed_file_that_lies_about_its_size_counts_its_own_and_is_refused(folder: Path, content: bytes) -> None:
    (folder / f"{CUP}.gz").write_bytes(content)
    listing = list_folder(folder)
    assert all(file.size >= len(content) for file in listing.files)
    assert len(read_folder(listing).rejected) == 1


@both_engines
def test_a_reload_hashes_every_file_once(filled: Engine, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: Counter[str] = Counter()
    file_digest = hashlib.file_digest

    def counted(file: BufferedReader, digest: str) -> "hashlib._Hash":
        hashed[Path(file.name).name] += 1
        return file_digest(file, digest)

    monkeypatch.setattr(hashlib, "file_digest", counted)
    desk = Moderation(filled, documents)
    files = {file.path.name for file in list_folder(documents).files}
    hashed.clear()
    assert desk.reload("Ann").unchanged
    assert hashed == dict.fromkeys(files, 1)
    (documents / PAGE).write_bytes((documents / PAGE).read_bytes() + b"\n")
    hashed.clear()
    desk.reload("Ann")
    assert hashed == dict.fromkeys(files, 1)
