"""The documents in force: their list, their text around a line, and a table to fill in for a new one."""

from collections.abc import Iterator, Sequence

from bot.answers.common.text import moment, plural, sentence
from bot.cards import Argument, Card, Fact, Facts, FollowUp, Question, Sheet
from bot.documents.results_csv.reader import columns, template
from bot.errors import AmbiguousName, NothingKnown, UnknownName
from bot.language.fold import fold
from bot.loading.moderation.desk import DataDesk
from bot.loading.moderation.rows import DocumentRow
from bot.names.entity import short_key
from bot.names.index import NameIndex

__all__ = ["document_list", "document_meant", "document_text", "documents", "named", "results_template"]

AROUND = 5  # lines before and behind the one that is asked for
STEP = 2 * AROUND + 1
SHOWN = 300  # characters of a line beside the one that is asked for
ASKED = 1500
RIDES = 40  # bytes of free text that ride in a button; a longer name rides as its key
NEAREST = 5


def documents(desk: DataDesk, names: NameIndex, document: str | None, line: int) -> Card:
    """All documents, or the text of one around a line. Raises UnknownName, AmbiguousName, NothingKnown."""
    if document is None:
        return document_list(desk.documents(), names)
    one = named(desk, document)
    return document_text(one, desk.text_around(one.name, line, AROUND), line, names)


def named(desk: DataDesk, document: str) -> DocumentRow:
    """The document in force that is meant. Raises UnknownName or AmbiguousName."""
    return document_meant(desk.documents(), document)


def document_list(documents: Sequence[DocumentRow], names: NameIndex) -> Card:
    """Every document in force: kind, title, race, lines, who brought it and when."""
    facts = tuple(
        Fact(one.name, "; ".join(_told(one, names)), follow_ups=(FollowUp(one.name, _question(one)),))
        for one in documents
    )
    return Card(
        title="Documents",
        question=Question("data documents"),
        summary=sentence(f"{plural(len(documents), 'document')} in force") if facts else "No document is in force.",
        blocks=(Facts(facts),) if facts else (),
        tone="moderator",
    )


def document_text(document: DocumentRow, text: Sequence[tuple[int, str]], line: int, names: NameIndex) -> Card:
    """The lines around one line, with Remove. Raises NothingKnown where the document has no such line."""
    if not any(number == line for number, _ in text):
        raise NothingKnown(f"{document.name} has no line {line}: it has {plural(document.lines, 'line')}.")
    remove = FollowUp("Remove", Question("data remove", (Argument("document", _key(document.name)),)), "lose")
    turns = [
        FollowUp(label, _question(document, to))
        for label, to, there in (
            ("Earlier", max(line - STEP, 1), text[0][0] > 1),
            ("Later", min(line + STEP, document.lines), text[-1][0] < document.lines),
        )
        if there
    ]
    lines = tuple(
        Fact(f"{number} ←" if number == line else str(number), _cut(words, ASKED if number == line else SHOWN))
        for number, words in text
        if words.strip() or number == line
    )
    return Card(
        title=document.name,
        question=_question(document, line),
        summary=sentence("; ".join(_told(document, names))),
        blocks=(Facts(lines, f"Around line {line}"),),
        follow_ups=(*turns, remove),
        tone="moderator",
    )


def document_meant(documents: Sequence[DocumentRow], text: str) -> DocumentRow:
    """The document of this name, or the only one whose name or title has these words; also by a button's key.

    Raises UnknownName or AmbiguousName.
    """
    for one in documents:
        if text.strip() in (one.name, _key(one.name)):
            return one
    words = fold(text).split()
    fitting = [one for one in documents if words and all(word in fold(_label(one)) for word in words)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise AmbiguousName("document", text, [(one.name, _label(one)) for one in fitting])
    raise UnknownName("document", text, [(one.name, one.name) for one in documents[:NEAREST]])


def results_template() -> Card:
    """A results table to fill in, as a file, and what its columns mean."""
    facts = tuple(Fact(name, meaning) for name, meaning in columns())
    return Card(
        title="A results table to fill in",
        question=Question("data template"),
        summary="For a race that no page covers yet: fill in the file, then /data upload it. One row for each car.",
        blocks=(Facts(facts, "Columns"),),
        notes=("series, season, race, position and driver are needed; leave out columns you do not have.",),
        tone="moderator",
        sheets=(Sheet("results.csv", template().encode(), "A table of results to fill in"),),
    )


def _told(document: DocumentRow, names: NameIndex) -> Iterator[str]:
    """What is said of a document, part by part."""
    race = names.get("race", document.race) if document.race else None
    title = f"{document.kind}, {document.title}"
    yield f"{title}, {race.name}" if race and race.name not in document.title else title
    yield plural(document.lines, "line")
    origin = "from the folder" if document.origin == "folder" else "uploaded"
    yield f"{origin}, by {document.by}, {moment(document.at)}"


def _question(document: DocumentRow, line: int | None = None) -> Question:
    rides = document.name if len(document.name.encode()) <= RIDES else _key(document.name)
    at = (Argument("line", str(line)),) if line is not None else ()
    return Question("data documents", (Argument("document", rides), *at))


def _label(document: DocumentRow) -> str:
    return f"{document.name} · {document.title}"


def _key(name: str) -> str:
    return short_key("document", name)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
