"""Questions of people about tables, with answers: where they lie, how an answer is judged, the tables they ask of.

A question is right where the scorer of the questions says so (`score.py` beside them): the same set of texts, numbers
and days, after folding. Tables are those that the loader keeps, of the documents in a folder.
"""

import hashlib
import importlib.util
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from sqlmodel import Session, create_engine, select

from benchmarks.archives import build_archive
from bot.archive.models.core import Source
from bot.archive.queries.page_tables import kept_table, kept_tables
from bot.cards import SourceLine
from bot.questions.search import TableSearch
from bot.questions.tables.model import RawRow, TypedTable
from bot.questions.tables.typing import typed_table

__all__ = ["AnswerScorer", "TableQuestion", "is_held_back", "load_tables", "questions_in", "searches_of", "tables_in"]

HELD_BACK = 10  # every tenth document or so is kept out of all fitting, by its name


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """A question with its answers, the page it is about, the kind of question, and the whole entry for the scorer.

    `needs_flag`: it asks for a nationality that the page showed as a picture, and no text says it.
    """

    number: str
    text: str
    document: str
    kind: str
    needs_flag: bool
    answers: tuple[str, ...]
    canonical: tuple[str, ...]


class AnswerScorer:
    """Judges answers by the scorer that lies beside the questions."""

    def __init__(self, folder: Path) -> None:
        spec = importlib.util.spec_from_file_location("score", folder / "score.py")
        if spec is None or spec.loader is None:
            raise FileNotFoundError(folder / "score.py")
        module: ModuleType = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.module = module

    def is_right(self, question: TableQuestion, texts: Sequence[str]) -> bool:
        """Whether these are the answers, strictly."""
        if not texts:
            return False
        module = self.module
        if question.canonical:
            gold = [module.value(*pair) for pair in zip(question.answers, question.canonical, strict=True)]
        else:
            gold = [module.value(text, self._plain_number(text)) for text in question.answers]
        return bool(module.strict(gold, [module.value(text) for text in texts]))

    def _plain_number(self, text: str) -> str | None:
        plain = text.replace(",", "")
        return plain if self.module.as_number(plain) is not None else None


def questions_in(folder: Path) -> tuple[TableQuestion, ...]:
    """All questions of `questions.jsonl`, in order."""
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines if line.strip()]
    return tuple(
        TableQuestion(
            entry["id"], entry["question"], Path(entry["doc"]).name, entry.get("qtype_main", ""),
            bool(entry.get("maybe_needs_flag")), tuple(entry["answers"]), tuple(entry.get("answers_canon") or ()),
        )
        for entry in entries
    )  # fmt: skip


def is_held_back(document: str) -> bool:
    """Whether a document is kept out of all fitting."""
    return int(hashlib.sha256(f"docs/{document}".encode()).hexdigest(), 16) % HELD_BACK == 0


def load_tables(folder: Path) -> Mapping[str, tuple[TypedTable, ...]]:
    """The tables of each document of a folder, in order, out of an archive that the bot's own loader makes of it."""
    with tempfile.TemporaryDirectory() as place:
        archive = build_archive(Path(place) / "ask.db", folder)
        engine = create_engine(archive.url)
        try:
            with Session(engine) as session:
                return tables_in(session)
        finally:
            engine.dispose()


def tables_in(session: Session) -> Mapping[str, tuple[TypedTable, ...]]:
    """The tables of each document of an archive, in order."""
    titles = {source.document: source.title for source in session.exec(select(Source))}
    found: dict[str, tuple[TypedTable, ...]] = {}
    for head in kept_tables(session):
        table = kept_table(session, head.document, head.number)
        lines = table.rows if table else ()
        rows = [RawRow((SourceLine(head.document, line.line),), line.cells) for line in lines]
        typed = typed_table(titles.get(head.document, head.document), head.header, rows, head.headings)
        found[head.document] = (*found.get(head.document, ()), typed)
    return found


def searches_of(tables: Mapping[str, tuple[TypedTable, ...]]) -> Mapping[str, TableSearch]:
    """The tables of each document, ready to be searched."""
    return {document: TableSearch(found) for document, found in tables.items()}
