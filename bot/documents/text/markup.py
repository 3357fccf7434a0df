"""Markup taken out of prose: what HTML, Markdown and wikitext put around the words of a story.

Lines stay lines, so that every claim has the line of the document it stands on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from bot.documents.model import Document
from bot.language.patterns import Pattern

__all__ = ["plain_document"]

MAX_TAG_CHARS = 400  # characters between two angle brackets; a longer run is no tag
_MARKS = frozenset("<&[*#'{=`")
_LIST_TAG = Pattern(r"<(?P<close>/?)(?P<tag>ol|ul|li)\b[^<>]{0,400}>", re.IGNORECASE)
_BLOCK_TAG = Pattern(
    rf"</?(?:p|div|br|td|th|tr|table|h[1-6]|li|ol|ul|section|article|aside|blockquote|hr)\b[^<>]{{0,{MAX_TAG_CHARS}}}>",
    re.IGNORECASE,
)
_TAG = Pattern(rf"</?[A-Za-z][^<>]{{0,{MAX_TAG_CHARS}}}>")
_REFERENCE = Pattern(r"<ref\b[^<>]{0,400}(?:/>|>[^<]{0,2000}</ref>)", re.IGNORECASE)
_IMAGE = Pattern(r"!\[[^\[\]]{0,400}\]\([^()]{0,400}\)")
_LINK = Pattern(r"\[(?P<text>[^\[\]]{1,400})\]\([^()\s]{1,400}\)")
_WIKI_FILE = Pattern(r"\[\[(?:File|Image):[^\[\]]{0,600}\]\]")
_WIKI_LINK = Pattern(r"\[\[(?:[^\[\]|]{1,300}\|)?(?P<text>[^\[\]|]{1,300})\]\]")
_TEMPLATE = Pattern(r"\{\{[^{}]{0,600}\}\}")
_BOLD = Pattern(r"(?<![\w*])\*{1,3}(?=[^\s*])(?P<text>[^*]{1,400})(?<=\S)\*{1,3}(?![\w*])")
_HEADING = Pattern(r"^\s{0,3}(?:#{1,6}\s+|={2,6}\s*)(?P<text>[^#=]{1,300}?)\s*[#=]*\s*$")
_WIKI_QUOTES = Pattern(r"'{2,5}")


def plain_document(document: Document) -> Document:
    """The document with the words of its lines alone; itself where it has no markup.

    The items of a numbered list keep their numbers.
    """
    if not any(_MARKS & set(line) for line in document.lines):
        return document
    return replace(document, lines=tuple(_plain_lines(document.lines)))


def _plain_lines(lines: Sequence[str]) -> Iterator[str]:
    counts: list[int] = []  # of the lists that are open: the number of the last item, -1 in a list without numbers
    for line in lines:
        if not _MARKS & set(line):
            yield line
            continue
        yield _plain(_numbered(line, counts) if "<" in line else line)


def _numbered(line: str, counts: list[int]) -> str:
    """A line of HTML with the number of each list item that it begins."""
    plain, at = "", 0
    for found in _LIST_TAG.finditer(line):
        plain, at = plain + line[at : found.start()], found.end()
        tag = found["tag"].lower()
        if tag == "li":
            if not found["close"] and counts and counts[-1] >= 0:
                counts[-1] += 1
                plain += f" {counts[-1]}. "
        elif found["close"]:
            del counts[-1:]
        elif len(counts) < MAX_TAG_CHARS:
            counts.append(0 if tag == "ol" else -1)
    return plain + line[at:]


def _plain(line: str) -> str:
    """One line without markup."""
    if "<" in line:
        line = _TAG.sub("", _BLOCK_TAG.sub(" ", _REFERENCE.sub("", line)))
    if "&" in line:
        line = unescape(line).replace("\u00a0", " ")
    if "[" in line:
        line = _LINK.sub(r"\g<text>", _IMAGE.sub("", line))
        line = _WIKI_LINK.sub(r"\g<text>", _WIKI_FILE.sub("", line))
    if "{{" in line:
        line = _TEMPLATE.sub("", line)
    if "*" in line:
        line = _BOLD.sub(r"\g<text>", line)
    if "''" in line:
        line = _WIKI_QUOTES.sub("", line)
    if "#" in line or "=" in line:
        line = _HEADING.sub(r"\g<text>", line)
    return line.strip()
