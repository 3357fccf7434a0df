"""A folder of documents, read into memory: the only place that opens them."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from bot.documents.catalogue import CATALOGUE_NAME
from bot.documents.document import Document
from bot.errors import ArchiveUnusable, BadDocument

__all__ = ["UNSEEN", "Folder", "decode", "digests_of", "read_folder"]

SUFFIXES = (".txt", ".md", ".csv", ".wikitext")
UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
LARGEST_BYTES = 20_000_000  # fifty times the longest race page of the sport's encyclopedia


@dataclass(frozen=True, slots=True)
class Folder:
    """The documents of a folder in the order of their names, the catalogue if there is one, and what is unreadable."""

    documents: tuple[Document, ...]
    catalogue: Document | None
    rejected: tuple[BadDocument, ...]


def read_folder(directory: Path) -> Folder:
    """Every .txt, .md, .csv and .wikitext file directly in `directory` (README.md aside) and its catalogue.toml.

    Raises ArchiveUnusable where the folder itself cannot be read; a file that cannot is among `rejected`.
    """
    documents, rejected = [], []
    for path in _paths(directory):
        try:
            documents.append(_read(path))
        except BadDocument as error:
            rejected.append(error)
    return Folder(
        tuple(document for document in documents if document.name != CATALOGUE_NAME),
        next((document for document in documents if document.name == CATALOGUE_NAME), None),
        tuple(rejected),
    )


def digests_of(directory: Path) -> dict[str, str]:
    """File name -> SHA-256 of every document that `read_folder` would read; "" where the file cannot be opened.

    Raises ArchiveUnusable where the folder itself cannot be read.
    """
    return {path.name: _digest(path) for path in _paths(directory)}


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _paths(directory: Path) -> list[Path]:
    """The files of a folder that are documents, in the order of their names."""
    try:
        paths = sorted(path for path in directory.iterdir() if path.is_file())
    except OSError as error:
        raise ArchiveUnusable(
            f"The documents folder {directory} cannot be read ({error.strerror}). Check DOCUMENTS_DIR."
        ) from error
    return [
        path
        for path in paths
        if path.name == CATALOGUE_NAME or (path.suffix.lower() in SUFFIXES and path.name.lower() != "readme.md")
    ]


def decode(name: str, content: bytes) -> Document:
    """The document in these bytes: UTF-8, with or without a byte order mark, any line ends.

    Characters that nobody sees (of no width, or turning the direction) are left out: a name with one is that name.

    Raises BadDocument with the line where the text stops being text.
    """
    path = Path(name)
    if len(content) > LARGEST_BYTES:
        raise BadDocument(
            path, 1, f"{len(content):,} bytes are more than the {LARGEST_BYTES:,} that a document may have"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadDocument(path, line, "this is not UTF-8 text; save the file as UTF-8 and load it again") from error
    if "\0" in text:
        raise BadDocument(path, text[: text.index("\0")].count("\n") + 1, "a NUL byte: this is no text file")
    text = UNSEEN.sub("", text)
    if not text.strip():
        raise BadDocument(path, 1, "the file is empty")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Document(name, hashlib.sha256(content).hexdigest(), tuple(lines if lines[-1] else lines[:-1]))


def _read(path: Path) -> Document:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadDocument(path, 1, f"the file cannot be read: {error.strerror}") from error
    return decode(path.name, content)
