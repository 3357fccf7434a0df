"""Address that a document came from: a line on its top, such as “source: https://example.org/recap”."""

from dataclasses import replace

from bot.documents.model import Document

__all__ = ["HEAD_LINES", "without_address_line"]

HEAD_LINES = 15  # in which the line is looked for; a link further down is part of the text
MAX_CHARS = 500
LABELS = ("address", "canonical", "link", "original", "permalink", "source", "source url", "url")
SCHEMES = ("https://", "http://")
MARKS = "\"'<>"  # around an address, as front matter and mail have them


def without_address_line(document: Document) -> Document:
    """The document with its address, and an empty line in its place, so that it is read as no word of the text."""
    for number, line in enumerate(document.lines[:HEAD_LINES]):
        if address := _address_of(line):
            lines = (*document.lines[:number], "", *document.lines[number + 1 :])
            return replace(document, lines=lines, address=address)
    return document


def _address_of(line: str) -> str:
    """The address of a line that has a label and nothing else; "" for every other line."""
    if len(line) > 2 * MAX_CHARS:
        return ""
    label, _, rest = line.strip().partition(":")
    scheme_at_label = label.rpartition(" ")
    # "source https://..." has its first colon in the address.
    if scheme_at_label[2].casefold() in {"http", "https"}:
        label, rest = scheme_at_label[0], f"{scheme_at_label[2]}:{rest}"
    words = " ".join(label.casefold().replace("_", " ").replace("-", " ").split())
    address = rest.strip().strip(MARKS)
    host = address.partition("://")[2].partition("/")[0]
    is_address = address.startswith(SCHEMES) and "." in host and not any(map(str.isspace, address))
    if words not in LABELS or not is_address or len(address) > MAX_CHARS:
        return ""
    # Brackets would end the link that it is shown as.
    return address.replace("(", "%28").replace(")", "%29")
