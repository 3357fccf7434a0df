"""Cards of the documents in force: their list, their text around a line, and a file to fill in for a new one."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.answers.common.text import MAX_LINE_CHARS, plural, sentence
from bot.cards import MAX_FREE_TEXT_BYTES, Argument, AttachedFile, Card, Facts, FollowUp, Question, archive_fact
from bot.documents.templates.registry import TEMPLATES, find_template
from bot.errors import AmbiguousName, NothingKnown, UnknownName
from bot.language.fold import fold
from bot.language.moments import moment
from bot.language.shortening import shorten
from bot.loading.moderation.rows import DocumentRow
from bot.names.entity import short_key
from bot.names.index import NameIndex

if TYPE_CHECKING:  # what reads documents takes 0.15 s to import (measured), and a start needs none of it
    from bot.loading.moderation.operations import Operations

__all__ = [
    "active_document",
    "document_argument",
    "document_list_card",
    "document_text_card",
    "documents_card",
    "resolve_document",
    "template_button",
    "template_card",
    "template_kind_names",
]

CONTEXT_LINES = 5  # lines before and behind the one that is asked for
PAGE_LINES = 2 * CONTEXT_LINES + 1
MAX_ASKED_LINE_CHARS = 1500  # of the line that is asked for; those beside it are shown as anywhere
MAX_SUGGESTIONS = 5


def documents_card(moderation: "Operations", names: NameIndex, document: str | None, line: int) -> Card:
    """All documents, or the text of one around a line. Raises UnknownName, AmbiguousName, NothingKnown."""
    if document is None:
        return document_list_card(moderation.active_documents(), names)
    row = active_document(moderation, document)
    return document_text_card(row, moderation.text_around(row.name, line, CONTEXT_LINES), line, names)


def active_document(moderation: "Operations", document: str) -> DocumentRow:
    """The document in force that is meant. Raises UnknownName or AmbiguousName."""
    return resolve_document(moderation.active_documents(), document)


def document_list_card(documents: Sequence[DocumentRow], names: NameIndex) -> Card:
    """Every document in force: kind, title, race, lines, who brought it and when."""
    facts = tuple(
        archive_fact(
            document.name,
            "; ".join(_description(document, names)),
            follow_ups=(FollowUp(document.name, _question(document)),),
        )
        for document in documents
    )
    return Card(
        title="Documents",
        question=Question("data documents"),
        summary=sentence(f"{plural(len(documents), 'document')} in force") if facts else "No document is in force.",
        blocks=(Facts(facts),) if facts else (),
        tone="moderator",
    )


def document_text_card(document: DocumentRow, text: Sequence[tuple[int, str]], line: int, names: NameIndex) -> Card:
    """The lines around one line, with Remove. Raises NothingKnown where the document has no such line."""
    if not any(number == line for number, _ in text):
        raise NothingKnown(f"{document.name} has no line {line}: it has {plural(document.lines, 'line')}.")
    remove = FollowUp("Remove", Question("data remove", (Argument("document", _key(document.name)),)), "lose")
    page_buttons = [
        FollowUp(label, _question(document, target_line))
        for label, target_line, exists in (
            ("Earlier", max(line - PAGE_LINES, 1), text[0][0] > 1),
            ("Later", min(line + PAGE_LINES, document.lines), text[-1][0] < document.lines),
        )
        if exists
    ]
    lines = tuple(
        archive_fact(
            f"{number} ←" if number == line else str(number),
            shorten(words, MAX_ASKED_LINE_CHARS if number == line else MAX_LINE_CHARS),
        )
        for number, words in text
        if words.strip() or number == line
    )
    return Card(
        title=document.name,
        question=_question(document, line),
        summary=sentence("; ".join(_description(document, names))),
        blocks=(Facts(lines, f"Around line {line}"),),
        follow_ups=(*page_buttons, remove),
        tone="moderator",
    )


def resolve_document(documents: Sequence[DocumentRow], text: str) -> DocumentRow:
    """The document of this name, or the only one whose name or title has these words; also by a button's key.

    Raises UnknownName or AmbiguousName.
    """
    for document in documents:
        # Buttons carry the name or its key, people type words.
        if text.strip() in (document.name, _key(document.name)):
            return document
    words = fold(text).split()
    matches = [document for document in documents if words and all(word in fold(_label(document)) for word in words)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise AmbiguousName("document", text, [(document.name, _label(document)) for document in matches])
    raise UnknownName("document", text, [(document.name, document.name) for document in documents[:MAX_SUGGESTIONS]])


def template_kind_names() -> tuple[str, ...]:
    """The kinds of documents that have a template."""
    return tuple(template.kind for template in TEMPLATES)


def template_card(kind: str | None = None) -> Card:
    """The smallest file of a kind that works, what one has to know to write one, and what its columns mean.

    Raises BotError for a kind there is none of.
    """
    template = find_template(kind) if kind else TEMPLATES[0]
    blocks: list[Facts] = []
    if template.columns:
        blocks.append(Facts(tuple(archive_fact(name, meaning) for name, meaning in template.columns), "Columns"))
    others = [other for other in TEMPLATES if other is not template]
    question_arguments = (Argument("kind", template.kind),) if kind else ()
    return Card(
        title=f"A {template.kind} to fill in",
        question=Question("data template", question_arguments),
        summary=" ".join(template.words),
        blocks=tuple(blocks),
        note=f"Other kinds: {', '.join(other.kind for other in others)}.",
        tone="moderator",
        files=(AttachedFile(template.file_name, template.text.encode(), f"A {template.kind} to fill in"),),
    )


def template_button(kind: str) -> FollowUp:
    """The button that gives a file of a kind that works; of the first kind where there is none of it."""
    known = kind in template_kind_names()
    return FollowUp("Template", Question("data template", (Argument("kind", kind),) if known else ()))


def _description(document: DocumentRow, names: NameIndex) -> Iterator[str]:
    """What is said of a document, part by part."""
    race = names.get("race", document.race) if document.race else None
    title = f"{document.kind}, {document.title}"
    yield f"{title}, {race.name}" if race and race.name not in document.title else title
    yield plural(document.lines, "line")
    origin = "from the folder" if document.origin == "folder" else "uploaded"
    yield f"{origin}, by {document.by}, {moment(document.at)}"


def document_argument(name: str) -> Argument:
    """A document as an option of a command: its name, or its key where a button could not carry the name."""
    return Argument("document", name if len(name.encode()) <= MAX_FREE_TEXT_BYTES else _key(name))


def _question(document: DocumentRow, line: int | None = None) -> Question:
    line_argument = (Argument("line", str(line)),) if line is not None else ()
    return Question("data documents", (document_argument(document.name), *line_argument))


def _label(document: DocumentRow) -> str:
    return f"{document.name} · {document.title}"


def _key(name: str) -> str:
    return short_key("document", name)
