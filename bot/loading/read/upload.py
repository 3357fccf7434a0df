"""A file as somebody sends it: what it may be called, how it is unpacked, and what it is taken for."""

import re
from pathlib import Path, PurePath

from sqlmodel import Session, select

from bot.archive.models.core import Race
from bot.documents.catalogue import CATALOGUE_NAME
from bot.documents.model import Document
from bot.errors import BadDocument, BotError, NothingKnown
from bot.loading.merge.grouping import FULL_KEY
from bot.loading.read.folder import SUFFIXES, UNSEEN, decode, ungzipped
from bot.loading.read.reader import kinds_known

__all__ = ["check_hints", "received"]

LONGEST_NAME = 100  # characters; a log line, a list of documents and a custom id have to show it
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
_NAME = re.compile(r"[\w][\w .,()&'+-]*")
_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)


def received(name: str, content: bytes) -> Document:
    """The document in a file that was sent; a ".gz" is unpacked, up to the size that a document may have.

    Raises BadDocument, with the line where there is one, for whatever is no document.
    """
    _check_name(name)
    if content.startswith(ZIP):
        raise BadDocument(PurePath(name), 1, "this is a zip archive; send the document itself, or its .gz")
    if name.lower().endswith(".gz") or content.startswith(GZIP):
        name = name[:-3] if name.lower().endswith(".gz") else name
        _check_name(name)
        content = ungzipped(name, content)
    if Path(name).suffix.lower() not in SUFFIXES and name != CATALOGUE_NAME:
        known = ", ".join(SUFFIXES)
        raise BadDocument(
            PurePath(name), 1, f"a document ends in {known} (or one of these with .gz), or is {CATALOGUE_NAME}"
        )
    document = decode(name, content)
    if any(_HTML.match(line) for line in document.lines[:5]):
        raise BadDocument(PurePath(name), 1, "this is a page for browsers (HTML), not the text of a document")
    return document


def check_hints(session: Session, race: str | None, kind: str | None) -> None:
    """Whether a document can be tied to such a race and read as such a kind. Raises NothingKnown, BotError."""
    if race and not FULL_KEY.fullmatch(race) and session.exec(select(Race.key).where(Race.key == race)).first() is None:
        raise NothingKnown(
            f"The archive knows no race {race[:80]}; a new one is written as series-season-round, such as cup-2023-18."
        )
    if kind and kind not in kinds_known():
        raise BotError(f"“{kind[:40]}” is no kind of document I can read; there are {', '.join(kinds_known())}.")


def _check_name(name: str) -> None:
    shown = PurePath(UNSEEN.sub("", "".join(one for one in name if one.isprintable()))[-LONGEST_NAME:] or "file")
    if "/" in name or "\\" in name or ".." in name:
        raise BadDocument(
            shown, 1, "the file's name must not contain a path; send it as a plain name, such as recap.txt"
        )
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        why = f"the file's name must be at most {LONGEST_NAME} plain letters, figures, spaces and . , ( ) & ' + -"
        raise BadDocument(shown, 1, why)
