"""The lines of documents, as the archive keeps them: compressed, and in parts where there are very many.

A line of a history is read from its part: the whole of sixteen megabytes would take a tenth of a second.
"""

import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import Session, col, select

from bot.archive.models.user_data import DocumentPart, DocumentText

__all__ = ["all_lines", "keep_lines", "lines_between", "packed", "some_lines", "unpacked"]

WHOLE, PART = 2_000, 1_000  # lines: a document up to WHOLE is kept as one, a longer one in parts of PART
QUICK = 1  # zlib's level for parts: a third of the time of the usual one for 15 % more bytes (measured on histories)


def packed(text: str, level: int = -1) -> bytes:
    """A text as it is kept."""
    return zlib.compress(text.encode(), level)


def unpacked(content: bytes) -> str:
    """A text that was kept."""
    return zlib.decompress(content).decode()


def keep_lines(session: Session, digest: str, lines: Sequence[str]) -> None:
    """Keep the lines of a document, once for each digest."""
    if session.get(DocumentText, digest) is not None:
        return
    text = "\n".join(lines)
    long = len(lines) > WHOLE
    session.add(DocumentText(digest=digest, size=len(text.encode()), content=b"" if long else packed(text)))
    session.flush()
    if long:
        firsts = range(0, len(lines), PART)
        with ThreadPoolExecutor() as packing:
            contents = packing.map(lambda first: packed("\n".join(lines[first : first + PART]), QUICK), firsts)
            session.add_all(
                DocumentPart(digest=digest, first_line=first + 1, content=content)
                for first, content in zip(firsts, contents, strict=True)
            )
    session.flush()


def all_lines(session: Session, digest: str) -> tuple[str, ...]:
    """Every line of a text that is kept."""
    content = session.get_one(DocumentText, digest).content
    if content:
        return tuple(unpacked(content).split("\n"))
    parts = select(DocumentPart.content).where(DocumentPart.digest == digest).order_by(col(DocumentPart.first_line))
    return tuple(line for part in session.exec(parts) for line in unpacked(part).split("\n"))


def some_lines(session: Session, digest: str, numbers: Iterable[int]) -> dict[int, str]:
    """Number -> text of the lines of these numbers, counted from 1; one that the text does not have is left out."""
    wanted = sorted(set(numbers))
    content = session.exec(select(DocumentText.content).where(DocumentText.digest == digest)).first()
    if content:
        parts = [(1, content)]
    else:
        starts = {(number - 1) // PART * PART + 1 for number in wanted}
        found = select(DocumentPart.first_line, DocumentPart.content).where(
            DocumentPart.digest == digest, col(DocumentPart.first_line).in_(starts)
        )
        parts = list(session.exec(found))
    told: dict[int, str] = {}
    for first, part in parts:
        lines = unpacked(part).split("\n")
        told |= {number: lines[number - first] for number in wanted if first <= number < first + len(lines)}
    return told


def lines_between(session: Session, digest: str, first: int, last: int) -> dict[int, str]:
    """Number -> text of the lines from `first` to `last`, both counted from 1; what is not there is left out."""
    return some_lines(session, digest, range(max(first, 1), last + 1))
