"""A file as somebody sends it: what it may be called, how it is unpacked, and what it is taken for."""

import re
from pathlib import Path, PurePath

from sqlmodel import Session, select

from bot.archive.models.core import Race
from bot.documents.catalogue import CATALOGUE_NAME
from bot.documents.model import Document
from bot.errors import BadDocument, BotError, NothingKnown
from bot.loading.read.folder import DOCUMENT_SUFFIXES, INVISIBLE_CHARS, decode
from bot.loading.read.gzip_file import GZIP_MAGIC, GZIP_SUFFIX, gunzip, stated_size
from bot.loading.read.reader import readable_kinds
from bot.racing.race_key import RaceKey

__all__ = ["ZIP_MAGIC", "check_hints", "packed_size", "parse_upload"]

MAX_FILE_NAME_CHARS = 100  # characters; a log line, a list of documents and a custom id have to show it
ZIP_MAGIC = b"PK\x03\x04"
_FILE_NAME = re.compile(r"[\w][\w .,()&'+-]*")
_HTML_START = re.compile(r"(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)


def packed_size(name: str, content: bytes) -> int:
    """Bytes of what a file holds, packed or not, without unpacking it: a packed one says so in its last bytes."""
    if not (name.lower().endswith(GZIP_SUFFIX) or content.startswith(GZIP_MAGIC)):
        return len(content)
    return max(len(content), stated_size(content))


def parse_upload(name: str, content: bytes) -> Document:
    """The document in a file that was sent; a ".gz" is unpacked, up to the size that a document may have.

    Raises BadDocument, with the line where there is one, for whatever is no document.
    """
    _check_name(name)
    if content.startswith(ZIP_MAGIC):
        raise BadDocument(PurePath(name), 1, "this is a zip archive; send the document itself, or its .gz")
    if name.lower().endswith(GZIP_SUFFIX) or content.startswith(GZIP_MAGIC):
        name = name[:-3] if name.lower().endswith(GZIP_SUFFIX) else name
        _check_name(name)
        content = gunzip(name, content)
    if Path(name).suffix.lower() not in DOCUMENT_SUFFIXES and name != CATALOGUE_NAME:
        suffixes = ", ".join(DOCUMENT_SUFFIXES)
        raise BadDocument(
            PurePath(name), 1, f"a document ends in {suffixes} (or one of these with .gz), or is {CATALOGUE_NAME}"
        )
    document = decode(name, content)
    if any(_HTML_START.match(line.lstrip()) for line in document.lines[:5]):
        raise BadDocument(PurePath(name), 1, "this is a page for browsers (HTML), not the text of a document")
    return document


def check_hints(session: Session, race: str | None, kind: str | None) -> None:
    """Whether a document can be tied to such a race and read as such a kind. Raises NothingKnown, BotError."""
    if race and not RaceKey.find(race) and session.exec(select(Race.key).where(Race.key == race)).first() is None:
        raise NothingKnown(
            f"The archive knows no race {race[:80]}; a new one is written as series-season-round, such as cup-2023-18."
        )
    if kind and kind not in readable_kinds():
        raise BotError(f"“{kind[:40]}” is no kind of document I can read; there are {', '.join(readable_kinds())}.")


def _check_name(name: str) -> None:
    printable_name = PurePath(
        INVISIBLE_CHARS.sub("", "".join(char for char in name if char.isprintable()))[-MAX_FILE_NAME_CHARS:] or "file"
    )
    if "/" in name or "\\" in name or ".." in name:
        raise BadDocument(
            printable_name, 1, "the file's name must not contain a path; send it as a plain name, such as recap.txt"
        )
    if not _FILE_NAME.fullmatch(name) or len(name) > MAX_FILE_NAME_CHARS:
        why = (
            f"the file's name must be at most {MAX_FILE_NAME_CHARS} plain letters, figures, spaces and . , ( ) & ' + -"
        )
        raise BadDocument(printable_name, 1, why)
