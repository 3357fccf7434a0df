"""Documents that somebody sends to do harm: each was slow, large or odd for some reader."""

from dataclasses import dataclass

__all__ = ["HOSTILE_FILES", "HostileFile"]


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A document and its name."""

    name: str
    content: bytes


HOSTILE_FILES = (
    HostileFile("blanks.txt", b"Race results\n| Pos | No | Driver |\n" + b"| 1 | 1 | " + b" " * 300_000 + b"| Kay |\n"),
    HostileFile("one-line.txt", b"Ross Chastain won the race at Nashville. " * 5_000),
    HostileFile("letters.txt", b"a\n" * 300_000),
    HostileFile("names.txt", b"Aa Aa Aa Aa " * 20_000),
    HostileFile("quotes.txt", b'"' * 500_000),
    HostileFile("brackets.json", b"[" * 200_000),
    HostileFile("headings.txt", b"== Heading ==\n\n\n\n" * 20_000),
    HostileFile("numbers.csv", b"series,season,race\n" + b"9" * 400_000 + b"\n"),
    HostileFile("zeros.txt", bytes(300_000)),
    HostileFile("empty.txt", b""),
)
