"""How many questions of people about tables are answered right, and how fast.

    python -m benchmarks.ask [../shared/data/questions]

`load` makes an archive of a folder by the bot's own loader and gives a function that answers as `/ask` does; the scorer
of any set of questions can call it. Printed are, by kind of question, how many are right,
wrong and refused, and the median and the 95th percentile of the time. Documents that the weights were fitted on are
marked: only those that were kept out tell how well unseen ones are answered.
"""

import argparse
import atexit
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from sqlmodel import create_engine

from benchmarks.archives import build_archive
from benchmarks.ask_fans import fan_lines
from benchmarks.ask_questions import AnswerScorer, TableQuestion, is_held_back, questions_in
from benchmarks.places import SHARED
from bot.answers.ask.ask import asked
from bot.answers.ask.asked_answer import MIN_SURENESS
from bot.answers.context import QuestionRunner
from bot.cards import Card, Facts, Quotes
from bot.errors import AmbiguousName, BotError

__all__ = ["Prediction", "load"]

QUESTIONS = SHARED / "data" / "questions"
OUTCOMES = ("right", "wrong", "refused")
REFUSED_BELOW = 0.1  # sureness; of answers below it 7 of 100 are right, cross-validated, which is none


class Prediction(TypedDict):
    """An answer as scorers read it: values of a table or a sentence, whether it is refused, the lines of its rows."""

    answer: list[str] | str
    refused: bool
    sources: list[tuple[str, int]]
    program: str
    sure: float


@dataclass(frozen=True, slots=True)
class Score:
    """One question, how it was answered, and in what time."""

    question: TableQuestion
    outcome: str
    sure: float
    seconds: float


def load(documents_folder: str | Path) -> Callable[..., Prediction]:
    """A function of a question and, if it is known, the name of the document that it is about.

    Both go to what answers `/ask`. Of a document whatever is at least REFUSED_BELOW sure is told, so that scorers see
    how sure answers are; without one it is what fans are told.
    """
    place = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    archive = build_archive(Path(place) / "ask.db", Path(documents_folder))
    runner = QuestionRunner(create_engine(archive.url))

    def answer(question: str, document: str | None = None) -> Prediction:
        page = Path(document).name if document is not None else ""
        return _prediction(runner, question, page, REFUSED_BELOW if page else MIN_SURENESS)

    return answer


def _prediction(runner: QuestionRunner, question: str, page: str, least: float) -> Prediction:
    """What is answered; a question which of several is meant is an answer, all else that is raised a refusal."""
    try:
        said = runner.ask(asked, question, page=page, least=least)
    except AmbiguousName as error:
        names = " or ".join(label for _, label in error.candidates)
        return Prediction(answer=f"{error} {names}", refused=False, sources=[], program="asked back", sure=1.0)
    except BotError as error:
        return Prediction(answer=str(error), refused=True, sources=[], program="", sure=0.0)
    if said.values:
        return Prediction(
            answer=list(said.values),
            refused=False,
            sources=[(source.document, source.line) for source in said.sources],
            program=said.program,
            sure=round(said.sureness, 4),
        )
    return _of_card(said.card)


def _of_card(card: Card) -> Prediction:
    """A sentence and the passages that it quotes, with the lines of its facts."""
    facts = [fact for block in card.blocks if isinstance(block, Facts) for fact in block.facts]
    quotes = [quote for block in card.blocks if isinstance(block, Quotes) for quote in block.quotes]
    return Prediction(
        answer=" ".join([card.summary, *(quote.text for quote in quotes)]),
        refused=False,
        sources=[(source.document, source.line) for fact in facts for source in fact.sources],
        program="; ".join(fact.value for fact in facts),
        sure=1.0,
    )


def scores(answer: Callable[..., Prediction], questions: Sequence[TableQuestion], scorer: AnswerScorer) -> list[Score]:
    """Every question answered and judged."""
    found = []
    for question in questions:
        start = time.perf_counter()
        one = answer(question.text, question.document)
        seconds = time.perf_counter() - start
        texts = [one["answer"]] if isinstance(one["answer"], str) else one["answer"]
        right = scorer.is_right(question, texts)
        outcome = "refused" if one["refused"] else "right" if right else "wrong"
        found.append(Score(question, outcome, one["sure"], seconds))
    return found


def table_lines(title: str, found: Sequence[Score]) -> list[str]:
    """The lines of a table: a row for each kind of question, and one for all."""
    kinds = sorted({one.question.kind for one in found})
    rows = [_line(kind, [one for one in found if one.question.kind == kind]) for kind in kinds]
    head = f"| {title} | n | right | wrong | refused | p50 ms | p95 ms |"
    return [head, "|---|---|---|---|---|---|---|", *rows, _line("**all**", found)]


def _line(name: str, found: Sequence[Score]) -> str:
    share = {outcome: sum(one.outcome == outcome for one in found) / len(found) for outcome in OUTCOMES}
    times = sorted(1000 * one.seconds for one in found)
    p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
    parts = " | ".join(f"{share[outcome]:.1%}" for outcome in OUTCOMES)
    return f"| {name} | {len(found)} | {parts} | {statistics.median(times):.1f} | {p95:.1f} |"


def precision_line(found: Sequence[Score]) -> str:
    """How many of the surest answers are right."""
    surest = sorted(found, key=lambda one: -one.sure)
    said = []
    for part in (0.55, 0.6, 0.7):
        chosen = surest[: round(part * len(surest))]
        said.append(f"{sum(one.outcome == 'right' for one in chosen) / len(chosen):.1%} of the surest {part:.0%}")
    return "Right are " + ", ".join(said) + "."


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path, nargs="?", default=QUESTIONS)
    chosen = options.parse_args()
    scorer, questions = AnswerScorer(chosen.folder), questions_in(chosen.folder)
    known = [one for one in questions if not is_held_back(one.document)]
    unseen = [one for one in questions if is_held_back(one.document)]
    for name, folder in (("the table is given", "docs_table"), ("the page is given", "docs")):
        answer = load(chosen.folder / folder)
        for title, chosen_ones in ((f"{name}, documents of the fit", known), (f"{name}, other documents", unseen)):
            found = scores(answer, chosen_ones, scorer)
            print(*table_lines(title, found), "", precision_line(found), "", sep="\n")
    print(*fan_lines(load), sep="\n")


if __name__ == "__main__":
    main()
