"""Whatever lies in the folder of documents: one line for what is no document, and all else is loaded."""

import gzip
import os
import shutil
import socket
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.archive.db.engine import read_session
from bot.archive.queries.races import race_count
from bot.documents.model import Document, ParsedDocument, RaceIdentity
from bot.documents.table_claim import TableClaim, TableLine
from bot.documents.text_limits import MAX_CELL_CHARS, MAX_LINE_CHARS, MAX_ROW_CHARS, check_cells, check_lines
from bot.errors import BadDocument
from bot.loading.load import load
from bot.loading.read.folder import decode, list_folder, read_folder
from bot.loading.read.gzip_file import gunzip
from bot.loading.read.plain_file import MAX_DOCUMENT_BYTES
from bot.loading.read.reader import read_document
from tests.support.moderation import PAGE, RECAP
from tests.support.paths import SEEDS

NOBODY = 65534  # the user who may read what everybody may
SIX_GIGABYTES = 6_000_000_000


def long_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(SIX_GIGABYTES)


def odd_name(path: Path) -> None:
    (path.parent / os.fsdecode(b"Su\xe1rez.txt")).write_text("x")


def name_of_two_lines(path: Path) -> None:
    (path.parent / "a\nb.txt").write_text("x")


def link_to_a_document(path: Path) -> None:
    path.symlink_to(path.parent / PAGE)


def link_out_of_the_folder(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere.txt")


def listening_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(path.parent)  # the path of a socket has 107 characters at most
        listener.bind(path.name)
        os.chdir(here)


def device(path: Path) -> None:
    try:
        os.mknod(path, 0o020644, os.makedev(1, 5))  # /dev/zero, which never ends
    except PermissionError:
        pytest.skip("only root makes devices")


ODD_ENTRIES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a file of 6 GB": (long_file, "odd.txt:1: 6,000,000,000 bytes are more than the 40,000,000"),
    "a name that is not UTF-8": (odd_name, r"Su\xe1rez.txt:1: the name of this file is not plain UTF-8"),
    "a name of two lines": (name_of_two_lines, r"a\nb.txt:1: the name"),
    "a link to a document": (link_to_a_document, "odd.txt:1: this is a link, and links are not followed"),
    "a link out of the folder": (link_out_of_the_folder, "odd.txt:1: this is a link"),
    "a link to nothing": (link_to_nothing, "odd.txt:1: this is a link"),
    "a pipe": (os.mkfifo, "odd.txt:1: this is a pipe and no file"),
    "a folder": (Path.mkdir, "odd.txt:1: this is a folder; documents have to lie in the documents folder itself"),
    "a socket": (listening_socket, "odd.txt:1: this is a socket"),
    "a device": (device, "odd.txt:1: this is a device"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two documents that tell of one race."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in (PAGE, RECAP):
        shutil.copy(SEEDS / name, folder)
    return folder


@pytest.mark.parametrize("entry", ODD_ENTRIES)
def test_what_is_no_plain_file_is_rejected_with_a_line(archive: Engine, folder: Path, entry: str) -> None:
    make, line = ODD_ENTRIES[entry]
    make(folder / "odd.txt")
    start_s = time.process_time()
    assert len(list_folder(folder).files) == 2
    assert time.process_time() - start_s < 1  # of this processor: the digest of 6 GB takes several
    report = load(archive, folder)
    assert [rejected.startswith(line) for rejected in report.rejected] == [True], report.rejected
    with read_session(archive) as session:
        assert race_count(session) == 1
    assert [rejected.startswith(line) for rejected in load(archive, folder).rejected] == [True]


@pytest.fixture
def as_nobody(tmp_path: Path) -> Iterator[None]:
    """Root may read everything: for a moment this process is somebody who may not."""
    if os.geteuid() != 0:
        yield
        return
    for path in (tmp_path, *tmp_path.parents):
        if path.is_relative_to(tempfile.gettempdir()) and path != Path(tempfile.gettempdir()):
            path.chmod(0o755)
    os.seteuid(NOBODY)
    yield
    os.seteuid(0)


def test_a_file_that_may_not_be_read_is_rejected_and_the_others_are_not(
    folder: Path, request: pytest.FixtureRequest
) -> None:
    (folder / "odd.txt").write_text("secret")
    (folder / "odd.txt").chmod(0)
    request.getfixturevalue("as_nobody")
    listing = list_folder(folder)
    assert [file.name for file in listing.files] == [PAGE, RECAP]
    assert [str(error) for error in listing.rejected] == ["odd.txt:1: the file cannot be read: Permission denied"]


def test_what_is_broken_now_leaves_its_last_good_version_in_force(archive: Engine, folder: Path) -> None:
    load(archive, folder)
    packed = gzip.compress((folder / RECAP).read_bytes())
    (folder / RECAP).unlink()
    (folder / f"{RECAP}.gz").write_bytes(packed[:-9])
    (folder / PAGE).unlink()
    (folder / PAGE).mkdir()
    report = load(archive, folder)
    assert len(report.rejected) == 2
    assert (report.documents, report.races) == ((), ())


def test_a_packed_file_is_unpacked_only_so_far_as_it_says() -> None:
    packed = gzip.compress(bytes(30_000_000))[:-4] + (60_000).to_bytes(4, "little")
    with pytest.raises(BadDocument, match="more than it says"):
        gunzip("a.txt", packed)


def test_an_archive_within_an_archive_is_no_document(folder: Path) -> None:
    (folder / "odd.txt.gz").write_bytes(gzip.compress(gzip.compress((SEEDS / RECAP).read_bytes())))
    (folder / "more.txt.gz.gz").write_bytes(gzip.compress(gzip.compress((SEEDS / RECAP).read_bytes())))
    (rejected,) = read_folder(list_folder(folder)).rejected
    assert str(rejected).startswith("odd.txt:1: this is not UTF-8 text")


def test_a_file_that_grows_while_it_is_read_is_read_no_further(folder: Path) -> None:
    listing = list_folder(folder)
    with (folder / PAGE).open("ab") as file:
        file.truncate(MAX_DOCUMENT_BYTES + 1)
    (rejected,) = read_folder(listing).rejected
    assert str(rejected) == f"{PAGE}:1: 40,000,001 bytes are more than the 40,000,000 that a document may have"


def test_a_line_without_an_end_is_told_with_its_length_and_what_it_may_have() -> None:
    with pytest.raises(BadDocument) as caught:
        decode("a.txt", b"one\n" + b"a" * (MAX_LINE_CHARS + 1))
    assert str(caught.value) == "a.txt:2: this line has 100,001 characters; a line may have 100,000"


@pytest.mark.parametrize("kind", ["results table", "standings table", "history table"])
def test_a_row_of_a_table_has_a_bound_of_its_own(kind: str) -> None:
    with pytest.raises(BadDocument) as caught:
        check_lines(Document("a.csv", "", ("a,b", "1," + "," * MAX_ROW_CHARS)), kind)
    assert str(caught.value) == f"a.csv:2: this line has 40,002 characters; a line of a {kind} may have 40,000"


def test_a_table_with_such_a_row_is_refused() -> None:
    lines = ("season,round,race,position,driver", "2023,18,A,1,B" + "," * (MAX_ROW_CHARS + 1))
    with pytest.raises(BadDocument, match=r"a\.csv:2: this line has 40,014 characters; a line of a results table may"):
        read_document(Document("a.csv", "", lines), "results table")


def test_a_small_packed_file_of_twenty_million_lines_is_not_cut_into_them(archive: Engine, folder: Path) -> None:
    packed = gzip.compress(b"a\n" * 19_000_000)
    assert len(packed) < 64_000
    (folder / "odd.txt.gz").write_bytes(packed)
    tracemalloc.start()
    (rejected,) = read_folder(list_folder(folder)).rejected
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert str(rejected) == "odd.txt:1000001: 19,000,000 lines are more than the 1,000,000 that a document may have"
    assert peak_bytes < 4 * MAX_DOCUMENT_BYTES
    assert load(archive, folder).races


def test_a_text_of_too_many_lines_is_told_how_many_it_may_have() -> None:
    with pytest.raises(BadDocument) as caught:
        read_document(Document("a.txt", "", ("Aa",) * 60_001))
    assert str(caught.value).startswith("a.txt:60001: 60,001 lines are more than the 60,000 that a page or a story may")


def test_saved_data_may_be_one_line() -> None:
    check_lines(Document("a.json", "", ("[" + "1," * MAX_LINE_CHARS + "1]",)))


def test_a_cell_with_a_book_in_it_is_told_with_its_length_and_what_it_may_have() -> None:
    rows = (TableLine(7, ("1", "a" * (MAX_CELL_CHARS + 1))),)
    reading = ParsedDocument(
        Document("a.txt", "", ()), "race page", "A", RaceIdentity(), (), tables=(TableClaim(5, (), ("A", "B"), rows),)
    )
    with pytest.raises(BadDocument) as caught:
        check_cells([reading])
    assert str(caught.value) == "a.txt:7: a cell has 10,001 characters; a cell of a race page may have 10,000"


def test_a_table_with_such_a_cell_is_refused() -> None:
    lines = ("| Name | Note |", "|---|---|", "| Ross Chastain | " + "a" * (MAX_CELL_CHARS + 1) + " |", "| B | c |")
    with pytest.raises(BadDocument, match=r"a\.txt:3: a cell has 10,001 characters; a cell of a \w+ may have 10,000"):
        read_document(Document("a.txt", "", lines))
