"""A text with a section for each of several races: "THURSDAY: TRUCK SERIES", "SATURDAY: CUP SERIES"."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.documents.model import Document
from bot.documents.recap.identity.name_words import name_words
from bot.documents.recap.identity.race_names import find_race_names
from bot.documents.recap.identity.sentences import head_lines
from bot.documents.recap.identity.series_names import headed_series
from bot.documents.recap.paragraphs import RecapParagraph
from bot.language.fold import fold

__all__ = ["split_sections"]

FEWEST_SENTENCES = 2  # of a section that reports a race; a line about the next one has fewer
MOST_SECTIONS = 12
MAX_HEADING_CHARS = 110  # characters; longer sections are names of glued lists


def split_sections(document: Document, paragraphs: Sequence[RecapParagraph]) -> tuple[Document, ...]:
    """The document once for each race that has a section of its own, with the lines of the others left empty.

    The lines above the first paragraph stay in all. Empty where fewer than two headings name different races.
    """
    told = _told_races(paragraphs, _race_of) or _told_races(paragraphs, _series_of)
    if not told:
        return ()
    top = max((line for line, _ in head_lines(document) if line < paragraphs[0].line), default=0)
    return tuple(_part(document, paragraphs, part, top) for part in told.values())


def _told_races(paragraphs: Sequence[RecapParagraph], key_of: Callable[[str], str]) -> dict[str, list[RecapParagraph]]:
    """The paragraphs of each race that headings part by a key; none where it is one race, or a list of many."""
    sections: dict[str, list[RecapParagraph]] = {}
    key = ""
    for one in paragraphs:
        key = key_of(one.section) or key
        sections.setdefault(key, []).append(one)
    told = {key: part for key, part in sections.items() if key and _sentences(part) >= FEWEST_SENTENCES}
    return told if 1 < len(told) <= MOST_SECTIONS else {}


def _race_of(heading: str) -> str:
    """The race that a heading names, by a name with a distance; "" where it names none."""
    if not heading or len(heading) > MAX_HEADING_CHARS:
        return ""
    return next((fold(one.text) for one in find_race_names(heading, name_words(heading)) if one.has_distance), "")


def _series_of(heading: str) -> str:
    """The only national series that a heading names; "" where it names none, or two."""
    if not heading or len(heading) > MAX_HEADING_CHARS:
        return ""
    series = headed_series(heading)
    return next(iter(series)) if len(series) == 1 else ""


def _sentences(paragraphs: Sequence[RecapParagraph]) -> int:
    return sum(len(one.report_sentences) for one in paragraphs if not one.is_list_row and not one.is_table_row)


def _part(
    document: Document, paragraphs: Sequence[RecapParagraph], part: Sequence[RecapParagraph], top: int
) -> Document:
    """The lines of some paragraphs, each with the heading in front of it."""
    ends = [0, *(max(one.lines) for one in paragraphs)]
    before = {one.line: end for one, end in zip(paragraphs, ends, strict=False)}
    begins = [one.line for one in paragraphs[1:]] + [len(document.lines) + 1]
    behind = {one.line: begin for one, begin in zip(paragraphs, begins, strict=True)}
    own = {one.section for one in part}
    kept: set[int] = set()
    for one in part:
        kept.update(range(before[one.line] + 1, one.line + 1))
        kept.update(range(one.line, behind[one.line]))
    lines = [text if number in kept or number <= top else "" for number, text in enumerate(document.lines, 1)]
    others = {one.section for one in paragraphs} - own
    return replace(document, lines=tuple("" if text.strip() in others and text.strip() else text for text in lines))
