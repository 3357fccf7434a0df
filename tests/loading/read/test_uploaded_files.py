"""Files that are sent together, or in a zip: what is taken for documents, and what is refused before it is unpacked."""

import gzip
import stat
import zipfile
from io import BytesIO

import pytest

from bot.errors import BadDocument, BotError
from bot.loading.read.plain_file import MAX_DOCUMENT_BYTES
from bot.loading.read.uploaded_files import MAX_FILES, UploadedFile, parse_files, unpacked_size

TEXT = b"date 2099-06-26 Abel Quist won the Example 400.\n"


def zip_of(*files: tuple[str, bytes], mode: int = 0) -> bytes:
    """A zip of these files, packed."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()


def sent(*files: tuple[str, bytes]) -> tuple[UploadedFile, ...]:
    return tuple(UploadedFile(name, content) for name, content in files)


def test_a_zip_is_the_documents_in_it() -> None:
    parsed = parse_files(sent(("race.zip", zip_of(("page.txt", TEXT), ("recap.txt", TEXT + b"x\n")))))
    assert [document.name for document in parsed.documents] == ["page.txt", "recap.txt"]
    assert parsed.documents[1].lines[-1] == "x"
    assert parsed.unreadable == ()


def test_files_packed_and_not_go_together() -> None:
    parsed = parse_files(sent(("a.txt", TEXT), ("b.txt.gz", gzip.compress(TEXT)), ("c.zip", zip_of(("c.txt", TEXT)))))
    assert [document.name for document in parsed.documents] == ["a.txt", "b.txt", "c.txt"]


def test_what_is_no_document_is_named_beside_those_that_are() -> None:
    parsed = parse_files(sent(("a.txt", TEXT), ("picture.png", b"\x89PNG")))
    assert [document.name for document in parsed.documents] == ["a.txt"]
    assert [str(error).partition(": ")[0] for error in parsed.unreadable] == ["picture.png:1"]


def test_where_none_is_a_document_the_first_says_why() -> None:
    with pytest.raises(BadDocument, match="a document ends in"):
        parse_files(sent(("picture.png", b"\x89PNG"), ("b.exe", b"MZ")))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (zip_of(("folder/page.txt", TEXT)), "folders in it"),
        (zip_of(("../page.txt", TEXT)), "folders in it"),
        (zip_of(("..\\page.txt", TEXT)), "folders in it"),
        (zip_of(("page.txt", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777), "a link in it"),
        (zip_of(("inner.zip", zip_of(("page.txt", TEXT)))), "packed again"),
        (zip_of(("page.txt.gz", gzip.compress(TEXT))), "packed again"),
        (zip_of(*((f"{n}.txt", TEXT) for n in range(MAX_FILES + 1))), "11 files"),
        (zip_of(("bomb.txt", b"0" * 1_000_000)), "packed more than any text"),
        (b"PK\x03\x04 and no more", "no zip that I can read"),
        (zip_of(("page.txt", TEXT))[:-30], "no zip that I can read"),
    ],
)  # fmt: skip
def test_a_zip_that_is_more_than_a_few_plain_files_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(BadDocument, match=why) as refusal:
        parse_files(sent(("race.zip", content)))
    assert str(refusal.value).startswith("race.zip:1: ")


def test_a_zip_that_says_it_is_smaller_than_it_is_is_refused() -> None:
    content = bytearray(zip_of(("page.txt", TEXT * 50)))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    with pytest.raises(BadDocument):
        parse_files(sent(("race.zip", bytes(content))))


def test_a_zip_is_bounded_by_what_it_says_before_anything_is_unpacked() -> None:
    content = bytearray(zip_of(("page.txt", TEXT)))
    directory = content.index(b"PK\x01\x02")
    for at in (20, 24):  # the packed size too, so that the ratio is a fair one
        content[directory + at : directory + at + 4] = (MAX_DOCUMENT_BYTES + 1).to_bytes(4, "little")
    with pytest.raises(BadDocument, match="unpacked these are"):
        parse_files(sent(("race.zip", bytes(content))))
    assert unpacked_size(sent(("race.zip", bytes(content)))) == MAX_DOCUMENT_BYTES + 1


def test_too_many_files_and_two_of_one_name_are_refused() -> None:
    with pytest.raises(BotError, match="send at most 10"):
        parse_files(sent(*((f"{n}.txt", TEXT) for n in range(MAX_FILES + 1))))
    with pytest.raises(BotError, match=r"Two of these files are called a\.txt"):
        parse_files(sent(("a.txt", TEXT), ("a.zip", zip_of(("a.txt", TEXT)))))
