"""Files as somebody sends them, up to ten at once or in a zip: unpacked within bounds, each taken for a document."""

import stat
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from pydantic import Base64Bytes

from bot.documents.model import Document
from bot.errors import BadDocument, BotError
from bot.loading.read.gzip_file import GZIP_MAGIC
from bot.loading.read.plain_file import MAX_DOCUMENT_BYTES
from bot.loading.read.upload import ZIP_MAGIC, packed_size, parse_upload

__all__ = ["MAX_FILES", "ParsedFiles", "UploadedFile", "parse_files", "unpacked_size"]

MAX_FILES = 10  # of one upload: as many as Discord attaches to a message, and as a person looks through
MAX_RATIO = 100  # bytes out of one; text packs to a tenth, the best a zip can do is a thousandth
ENCRYPTED_FLAG = 0x1  # of the flags of a file in a zip
UNIX_MODE_SHIFT = 16  # where a zip keeps the mode of a file, a link's too


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that was sent: its name and its bytes, packed or not."""

    name: str
    content: Base64Bytes


@dataclass(frozen=True, slots=True)
class ParsedFiles:
    """The documents among files that were sent, and what is wrong with the others; every name stands once."""

    documents: tuple[Document, ...]
    unreadable: tuple[BadDocument, ...] = ()


def unpacked_size(files: Sequence[UploadedFile]) -> int:
    """Bytes that files hold at most, without unpacking any: they say so themselves, and may lie."""
    total = 0
    for file in files:
        if file.content.startswith(ZIP_MAGIC):
            try:
                with zipfile.ZipFile(BytesIO(file.content)) as archive:
                    total += sum(entry.file_size for entry in archive.infolist())
            except (zipfile.BadZipFile, ValueError):
                total += len(file.content)
        else:
            total += packed_size(file.name, file.content)
    return total


def parse_files(files: Sequence[UploadedFile]) -> ParsedFiles:
    """The documents in files that were sent; a zip is unpacked, one for all.

    Raises BadDocument where no file is a document, or a zip is no plain one; BotError for too many files, or two of
    one name.
    """
    plain = [one for file in files for one in (_unzip(file) if file.content.startswith(ZIP_MAGIC) else (file,))]
    if len(plain) > MAX_FILES:
        raise BotError(f"These are {len(plain)} files; send at most {MAX_FILES} at once.")
    documents: dict[str, Document] = {}
    unreadable = []
    for file in plain:
        try:
            document = parse_upload(file.name, file.content)
        except BadDocument as error:
            unreadable.append(error)
            continue
        if document.name in documents:
            raise BotError(f"Two of these files are called {document.name}; give each a name of its own.")
        documents[document.name] = document
    if unreadable and not documents:
        raise unreadable[0]
    return ParsedFiles(tuple(documents.values()), tuple(unreadable))


def _unzip(file: UploadedFile) -> tuple[UploadedFile, ...]:
    """The files of a zip. Raises BadDocument where it is damaged, too large unpacked, or more than a plain one."""
    path = PurePath(file.name)
    try:
        with zipfile.ZipFile(BytesIO(file.content)) as archive:
            entries = archive.infolist()
            _check_entries(path, entries)
            return tuple(UploadedFile(entry.filename, _unpacked(path, archive, entry)) for entry in entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BadDocument(path, 1, "this is no zip that I can read, or it is damaged") from error


def _check_entries(path: PurePath, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Raise BadDocument for a zip that is not a few plain files beside one another, before any is unpacked."""
    if not entries or len(entries) > MAX_FILES:
        raise BadDocument(path, 1, f"this zip holds {len(entries)} files; put 1 to {MAX_FILES} documents into it")
    for entry in entries:
        mode = entry.external_attr >> UNIX_MODE_SHIFT
        if entry.is_dir() or "/" in entry.filename or "\\" in entry.filename:
            raise BadDocument(path, 1, "this zip has folders in it; put the documents into it without a folder")
        if stat.S_ISLNK(mode):
            raise BadDocument(path, 1, "this zip has a link in it; put the documents themselves into it")
        if entry.flag_bits & ENCRYPTED_FLAG:
            raise BadDocument(path, 1, "this zip has a password; send one without")
        if entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise BadDocument(path, 1, "this zip is packed more than any text can be; send the documents themselves")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_DOCUMENT_BYTES:
        raise BadDocument(path, 1, f"unpacked these are {total:,} bytes; send at most {MAX_DOCUMENT_BYTES:,} at once")


def _unpacked(path: PurePath, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a file in a zip, never more than it says. Raises BadDocument for what is packed again."""
    with archive.open(entry) as opened:
        content = opened.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise BadDocument(path, 1, "this zip holds more than it says; it is damaged")
    if content.startswith((ZIP_MAGIC, GZIP_MAGIC)):
        raise BadDocument(
            path, 1, f"{entry.filename[:80]} in this zip is packed again; put the document itself into it"
        )
    return content
