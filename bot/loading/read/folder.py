"""A folder of documents, listed and read into memory: the only place that opens them. A file may be packed by gzip."""

import codecs
import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.documents.catalogue import CATALOGUE_NAME
from bot.documents.model import Document
from bot.documents.text_limits import check_line_count, check_lines
from bot.errors import ArchiveUnusable, BadDocument
from bot.loading.read.gzip_file import GZIP_SIZE_BYTES, GZIP_SUFFIX, gunzip, stated_size
from bot.loading.read.plain_file import check_name, check_size, open_plain_file, read_content
from bot.loading.read.windows_text import windows_text_of

__all__ = [
    "INVISIBLE_CHARS",
    "DocumentFile",
    "DocumentFolder",
    "FolderListing",
    "decode",
    "list_folder",
    "read_file",
    "read_folder",
]

DOCUMENT_SUFFIXES = (".txt", ".md", ".csv", ".tsv", ".json", ".wikitext")
INVISIBLE_CHARS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_UTF_8 = (
    "this is not UTF-8 text, and the letters with accents can be read in more than one way; save the file as UTF-8 "
    "(in Excel: CSV UTF-8) and load it again"
)


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A file of a folder that holds the document `name`.

    `digest` is the SHA-256 of the file; `size` the bytes there are to read: of a packed file those that it holds.
    """

    path: Path
    name: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class FolderListing:
    """The files of a folder as they were when it was listed, by name; `doubles` hold a document that another holds.

    `rejected` says of everything else that is called like a document why it is not opened.
    """

    files: tuple[DocumentFile, ...]
    doubles: tuple[DocumentFile, ...]
    rejected: tuple[BadDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFolder:
    """The documents of a folder in the order of their names, the catalogue if there is one, and what is unreadable.

    `unchanged_names` names those whose file is known by its digest: they have no lines.
    """

    documents: tuple[Document, ...]
    catalogue: Document | None
    rejected: tuple[BadDocument, ...]
    unchanged_names: frozenset[str] = frozenset()


def list_folder(directory: Path) -> FolderListing:
    """Every document directly in `directory` by the end of its name (README.md aside), and its catalogue.toml.

    A file whose name ends in .gz besides is a packed one, and its document is called as it is without. Every file is
    read once, for its digest, but none that is too large.

    Raises ArchiveUnusable where the folder itself cannot be read.
    """
    files: dict[str, DocumentFile] = {}
    doubles: list[DocumentFile] = []
    rejected: list[BadDocument] = []
    # "recap.txt" and "recap.txt.gz" hold one document; paths are in order, so the plain file is the one that counts.
    for path in _document_paths(directory):
        try:
            file = _listed(path)
        except BadDocument as error:
            rejected.append(error)
            continue
        if files.setdefault(file.name, file) is not file:
            doubles.append(file)
    return FolderListing(tuple(files.values()), tuple(doubles), tuple(rejected))


def read_folder(listing: FolderListing, known_digests: Mapping[str, str] | None = None) -> DocumentFolder:
    """The documents in the files of a folder.

    A file that cannot be read is among `rejected`. `known_digests` are the digests of documents by name: a file that
    has the one of its name is not read again.
    """
    known_digests = known_digests or {}
    documents, rejected, unchanged_names = [], list(listing.rejected), set[str]()
    for file in listing.files:
        try:
            # Without its lines the document stands for "as it was": a change of the archive meanwhile is noticed later,
            # in `state/changes.py`.
            if known_digests.get(file.name) == file.digest:
                documents.append(Document(file.name, file.digest, ()))
                unchanged_names.add(file.name)
            else:
                with open_plain_file(file.path) as opened:
                    documents.append(_document(file.path, read_content(file.path, opened)))
        except BadDocument as error:
            rejected.append(error)
    for file in listing.doubles:
        rejected.append(BadDocument(file.path, 1, f"{file.name} is there as well; keep one of the two"))
    return DocumentFolder(
        tuple(document for document in documents if document.name != CATALOGUE_NAME),
        next((document for document in documents if document.name == CATALOGUE_NAME), None),
        tuple(rejected),
        frozenset(unchanged_names),
    )


def _listed(path: Path) -> DocumentFile:
    """A file with its digest and size. Raises BadDocument for what is no plain file of a size that can be read.

    The size of what a gzip file holds is taken from its last bytes, and nothing is unpacked for it.
    """
    check_name(path)
    with open_plain_file(path) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        if path.name.endswith(GZIP_SUFFIX) and size > GZIP_SIZE_BYTES:
            file.seek(-GZIP_SIZE_BYTES, os.SEEK_END)
            size = max(size, stated_size(file.read(GZIP_SIZE_BYTES)))
    return DocumentFile(path, _document_name(path), digest, size)


def _document_paths(directory: Path) -> list[Path]:
    """What in a folder is called like a document, in the order of names. Raises ArchiveUnusable."""
    try:
        paths = sorted(directory.iterdir())
    except OSError as error:
        raise ArchiveUnusable(
            f"The documents folder {directory} cannot be read ({error.strerror}). Check DOCUMENTS_DIR."
        ) from error
    return [path for path in paths if _is_document(_document_name(path))]


def _document_name(path: Path) -> str:
    """The name of the document in a file."""
    return path.name.removesuffix(GZIP_SUFFIX)


def _is_document(name: str) -> bool:
    return name == CATALOGUE_NAME or (Path(name).suffix.lower() in DOCUMENT_SUFFIXES and name.lower() != "readme.md")


def decode(name: str, content: bytes, digest: str | None = None) -> Document:
    """The document in these bytes: UTF-8, UTF-16 with a byte order mark, or a Windows encoding; any line ends.

    Characters that nobody sees (of no width, or turning the direction) are left out: a name with one is that name.
    `digest` is that of the file, where the bytes came out of a packed one.

    Raises BadDocument with the line where the text stops being text, or that is longer than a line may be.
    """
    path = Path(name)
    check_size(path, len(content))
    # Spreadsheets save "Unicode text" as UTF-16, which always begins with its mark.
    encoding = "utf-16" if content.startswith(UTF_16_MARKS) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        windows_text = windows_text_of(content) if encoding != "utf-16" else None
        if windows_text is None:
            line = content[: error.start].count(b"\n") + 1
            raise BadDocument(path, line, _NO_UTF_8) from error
        text = windows_text
    if "\0" in text:
        raise BadDocument(path, text[: text.index("\0")].count("\n") + 1, "a NUL byte: this is no text file")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    check_line_count(path, text.count("\n"))
    lines = text.split("\n")
    lines = [line if line.isascii() else INVISIBLE_CHARS.sub("", line) for line in lines]
    if not any(line and not line.isspace() for line in lines):
        raise BadDocument(path, 1, "the file is empty")
    digest = digest or hashlib.sha256(content).hexdigest()
    document = Document(name, digest, tuple(lines if lines[-1] else lines[:-1]))
    check_lines(document)
    return document


def read_file(path: Path) -> Document:
    """The document in a file that somebody names, which may be packed by gzip. Raises BadDocument."""
    try:
        with path.open("rb") as file:
            content = read_content(path, file)
    except OSError as error:
        raise BadDocument(path, 1, f"the file cannot be read: {error.strerror}") from error
    return _document(path, content)


def _document(path: Path, content: bytes) -> Document:
    """The document in what a file holds. Raises BadDocument."""
    if path.name.endswith(GZIP_SUFFIX):
        return decode(_document_name(path), gunzip(path.name, content), hashlib.sha256(content).hexdigest())
    return decode(path.name, content)
