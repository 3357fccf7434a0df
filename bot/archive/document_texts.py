"""Lines of documents as the archive stores them: compressed, and in parts where there are very many.

A line of a history is read from its part: the whole of sixteen megabytes would take a tenth of a second.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from sqlmodel import Session, col, select

from bot.archive.models.user_data import DocumentPart, DocumentText

__all__ = [
    "FAST_ZLIB_LEVEL",
    "all_lines",
    "compress_text",
    "decompress_text",
    "lines_between",
    "lines_by_number",
    "store_lines",
    "text_storage",
]

MAX_WHOLE_LINES = 2_000  # a document of up to so many lines is stored as one text
PART_LINES = 1_000  # lines of a part of a longer one
FAST_ZLIB_LEVEL = 1  # for much text: a third of the usual time for 15 % more bytes, measured on histories


def compress_text(text: str, level: int = -1) -> bytes:
    """A text as it is stored."""
    return zlib.compress(text.encode(), level)


def decompress_text(content: bytes) -> str:
    """The text that was stored."""
    return zlib.decompress(content).decode()


def store_lines(session: Session, digest: str, lines: Sequence[str]) -> None:
    """Store the lines of a document, once for each digest."""
    with text_storage(session, {digest: lines}):
        pass


@contextmanager
def text_storage(session: Session, texts: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """Context manager that stores lines by the digest of their document, each text once.

    Other rows may point to the texts at once. Long ones are compressed while the body goes on, and their parts are
    there at its end: zlib lets other threads run (0.2 s of a load of the whole history).
    """
    parts: list[tuple[str, int, Future[bytes]]] = []
    with ThreadPoolExecutor() as executor:
        for digest, lines in texts.items():
            if session.get(DocumentText, digest) is not None:
                continue
            text = "\n".join(lines)
            in_parts = len(lines) > MAX_WHOLE_LINES
            content = b"" if in_parts else compress_text(text)
            session.add(DocumentText(digest=digest, size=len(text.encode()), content=content))
            for first in range(0, len(lines), PART_LINES) if in_parts else ():
                parts.append((digest, first + 1, executor.submit(_compress_part, lines, first)))
        session.flush()
        yield
        session.add_all(
            DocumentPart(digest=digest, first_line=first, content=content.result()) for digest, first, content in parts
        )
        session.flush()


def _compress_part(lines: Sequence[str], first: int) -> bytes:
    return compress_text("\n".join(lines[first : first + PART_LINES]), FAST_ZLIB_LEVEL)


def all_lines(session: Session, digest: str) -> tuple[str, ...]:
    """Every line of a text. Raises NoResultFound where no text of this digest is stored."""
    content = session.get_one(DocumentText, digest).content
    if content:
        return tuple(decompress_text(content).split("\n"))
    parts = select(DocumentPart.content).where(DocumentPart.digest == digest).order_by(col(DocumentPart.first_line))
    return tuple(line for part in session.exec(parts) for line in decompress_text(part).split("\n"))


def lines_by_number(session: Session, digest: str, numbers: Iterable[int]) -> dict[int, str]:
    """Number -> text of the lines of these numbers, counted from 1; one that the text does not have is left out."""
    sorted_numbers = sorted(set(numbers))
    content = session.exec(select(DocumentText.content).where(DocumentText.digest == digest)).first()
    if content:
        parts = [(1, content)]
    else:
        # Parts begin at lines 1, 1001, 2001 ...: only those with a line that is asked for are read.
        starts = {(number - 1) // PART_LINES * PART_LINES + 1 for number in sorted_numbers}
        statement = select(DocumentPart.first_line, DocumentPart.content).where(
            DocumentPart.digest == digest, col(DocumentPart.first_line).in_(starts)
        )
        parts = list(session.exec(statement))
    texts: dict[int, str] = {}
    for first, part in parts:
        lines = decompress_text(part).split("\n")
        texts |= {number: lines[number - first] for number in sorted_numbers if first <= number < first + len(lines)}
    return texts


def lines_between(session: Session, digest: str, first: int, last: int) -> dict[int, str]:
    """Number -> text of the lines from `first` to `last`, both counted from 1; what is not there is left out."""
    return lines_by_number(session, digest, range(max(first, 1), last + 1))
