"""The headings and the sentences of a report, in order, each with where it stands."""

from collections.abc import Iterator, Sequence

from bot.documents.model import Document
from bot.documents.recap.dates import without_date
from bot.documents.recap.identity.race_choice import ReportSentence
from bot.documents.recap.identity.scope import RaceScope, ScopedSentence
from bot.documents.recap.paragraphs import RecapParagraph
from bot.documents.text.english import without_quotations

__all__ = ["head_lines", "report_sentences"]

MAX_HEAD_LINES = 14  # lines with text above the first paragraph; a release with its notes has twelve
MIN_PROSE_WORDS = 14  # words of a paragraph; a heading or label has fewer
LEAD_PARAGRAPHS = 3
MAX_HEAD_CHARS = 240  # characters; what is longer is a paragraph


def head_lines(document: Document) -> tuple[tuple[int, str], ...]:
    """The (number, text) of the lines above the first paragraph of prose, without marks of markup at their edges."""
    found: list[tuple[int, str]] = []
    for number, raw in enumerate(document.lines, 1):
        text = without_date(raw).strip().strip("#*•- ")
        if not text:
            continue
        if len(found) >= MAX_HEAD_LINES or _is_prose(text):
            return tuple(found)
        found.append((number, text))
    return ()  # short lines with no paragraph below them are no headings


def _is_prose(text: str) -> bool:
    return len(text.split()) >= MIN_PROSE_WORDS and text.rstrip("\"”’')")[-1:] in set(".!?…:")


def report_sentences(
    document: Document, paragraphs: Sequence[RecapParagraph], scope: RaceScope
) -> Iterator[ReportSentence]:
    """Every heading and sentence of a text, with what in it speaks of another race than that of `scope`."""
    heads = [(number, text) for number, text in head_lines(document) if len(text) <= MAX_HEAD_CHARS]
    for number, text in heads:
        yield ReportSentence(number, scope.scoped(without_quotations(text)), is_head=True)
    sections, numbers = {text for _, text in heads}, {number for number, _ in heads}
    lead = 0
    for order, one in enumerate(paragraphs):
        section = one.section[:MAX_HEAD_CHARS]
        if section not in sections:
            sections.add(section)
            yield ReportSentence(one.line, scope.scoped(section), is_head=not lead, paragraph=order)
        if one.line not in numbers and not one.is_table_row:
            lead += not one.is_list_row
            yield from _paragraph_sentences(one, order, scope, is_lead=lead <= LEAD_PARAGRAPHS)


def _paragraph_sentences(
    paragraph: RecapParagraph, order: int, scope: RaceScope, *, is_lead: bool
) -> Iterator[ReportSentence]:
    if paragraph.is_list_row and not _is_prose(paragraph.text):
        row = ScopedSentence(paragraph.text[:MAX_HEAD_CHARS])
        yield ReportSentence(paragraph.line, row, is_row=True, paragraph=order)
        return
    is_other = scope.is_of_other(paragraph.section)
    for scoped in scope.sentences(paragraph.report_sentences):
        told = ScopedSentence(scoped.text, ((0, len(scoped.text)),)) if is_other else scoped
        yield ReportSentence(paragraph.line, told, is_lead=is_lead, paragraph=order)
