"""Lines of documents as the archive stores them: compressed, and in parts where there are very many.

A line of a history is read from its part: the whole of sixteen megabytes would take a tenth of a second.
"""

import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

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
    if session.get(DocumentText, digest) is not None:
        return
    text = "\n".join(lines)
    in_parts = len(lines) > MAX_WHOLE_LINES
    session.add(DocumentText(digest=digest, size=len(text.encode()), content=b"" if in_parts else compress_text(text)))
    session.flush()
    if in_parts:
        # zlib lets other threads run, so parts are compressed side by side; the order of `firsts` stays.
        firsts = range(0, len(lines), PART_LINES)
        with ThreadPoolExecutor() as executor:
            contents = executor.map(
                lambda first: compress_text("\n".join(lines[first : first + PART_LINES]), FAST_ZLIB_LEVEL), firsts
            )
            session.add_all(
                DocumentPart(digest=digest, first_line=first + 1, content=content)
                for first, content in zip(firsts, contents, strict=True)
            )
    session.flush()


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
