"""How often a phrase that fans type is answered right, asked about, not known, or answered wrong; by family.

`python -m benchmarks.phrase_scores [DATABASE] [--seed N] [--count N] [--errors FAMILY]`: phrases are drawn anew for
each seed. Without a database the sport's history is loaded into a temporary one.
"""

import argparse
import shutil
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine

from benchmarks.archives import build_archive
from benchmarks.phrase_races import read_phrase_races
from benchmarks.phrase_refusals import OTHER_FAMILIES
from benchmarks.phrases import FAMILIES, Phrase, draw_phrases
from benchmarks.places import HISTORY, HISTORY_FILES
from bot.answers.common.resolve import resolve_name, resolve_race
from bot.answers.context import QueryContext, QuestionRunner
from bot.archive.queries.races import race_of
from bot.errors import AmbiguousName, BotError

__all__ = ["OUTCOMES", "PhraseScore", "markdown_table", "outcome_of", "score_phrases"]

OUTCOMES = ("right", "asked", "unknown", "wrong")
ALL_FAMILIES = {**FAMILIES, **OTHER_FAMILIES}
COUNT = 600  # phrases of a draw


@dataclass(frozen=True, slots=True)
class PhraseScore:
    """What became of a phrase: the outcome, what was answered (keys or names), and how long the processor took.

    Not how long the clock ran: other processes would be counted too.
    """

    phrase: Phrase
    outcome: str
    answer: tuple[str, ...]
    seconds: float


def outcome_of(phrase: Phrase, answer: Sequence[str], *, asked: bool) -> str:
    """The outcome of one phrase; `answer` is one key, or those offered by a question, or nothing where it was refused.

    A question counts only with every right one among its choices. Where nothing is meant a refusal is right.
    """
    if not answer:
        return "unknown" if phrase.races else "right"
    if asked:
        return "asked" if phrase.races <= set(answer) else "unknown"
    return "right" if phrase.races == set(answer) else "wrong"


def score_phrases(runner: QuestionRunner, phrases: Sequence[Phrase]) -> tuple[PhraseScore, ...]:
    """Every phrase put to the resolver as commands put it."""
    return tuple(runner.ask(_score, phrase) for phrase in phrases)


def _score(context: QueryContext, phrase: Phrase) -> PhraseScore:
    started = time.thread_time()
    asked, answer = False, tuple[str, ...]()
    try:
        answer = (_resolve(context, phrase),)
    except AmbiguousName as question:
        asked, answer = True, tuple(value for value, _ in question.candidates)
    except BotError:
        answer = ()
    seconds = time.thread_time() - started
    return PhraseScore(phrase, outcome_of(phrase, answer, asked=asked), answer, seconds)


def _resolve(context: QueryContext, phrase: Phrase) -> str:
    """The key or the name that a phrase is taken for. Raises what the resolver raises."""
    if phrase.kind == "race":
        return resolve_race(context, phrase.text).race.key
    race = race_of(context.session, phrase.beside.key) if phrase.beside else None
    return resolve_name(context, phrase.text, phrase.kind, race).value


def markdown_table(scores: Sequence[PhraseScore]) -> Iterator[str]:
    """Lines of a table: the shares of each family and of all."""
    yield "| family | phrases | right | asked | unknown | wrong |"
    yield "|---|---|---|---|---|---|"
    by_family: defaultdict[str, list[str]] = defaultdict(list)
    for score in scores:
        by_family[score.phrase.family].append(score.outcome)
    for family, outcomes in (*by_family.items(), ("all", [score.outcome for score in scores])):
        counts = Counter(outcomes)
        shares = " | ".join(f"{100 * counts[outcome] / len(outcomes):.1f}" for outcome in OUTCOMES)
        yield f"| {family} | {len(outcomes)} | {shares} |"


def main() -> None:
    """Draw, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--errors", help="also print each phrase that was not right: of this family, or all")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = arguments.database or _load_history(Path(folder))
        if database is None:
            print("The sport's history (../shared/data/history) is absent: no phrase was measured.")
            return
        _print_scores(database, arguments.seed, arguments.count, arguments.errors or "")


def _load_history(folder: Path) -> Path | None:
    """A database with the sport's history; None where that is not beside the checkout."""
    if not (HISTORY / HISTORY_FILES[0]).exists():
        return None
    documents = folder / "documents"
    documents.mkdir()
    for name in HISTORY_FILES:
        shutil.copyfile(HISTORY / name, documents / name)
    return build_archive(folder / "history.db", documents).database


def _print_scores(database: Path, seed: int, count: int, errors: str) -> None:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    catalogue = read_phrase_races(connection)
    connection.close()
    phrases = draw_phrases(catalogue, ALL_FAMILIES, count, seed)
    scores = score_phrases(QuestionRunner(create_engine(f"sqlite:///{database}")), phrases)
    for score in scores:
        if score.outcome != "right" and errors in {"all", score.phrase.family}:
            print(f"{score.outcome:8} {score.phrase.text!r}: {sorted(score.phrase.races)[:3]}, got {score.answer[:5]}")
    print("\n".join(markdown_table(scores)))
    times = sorted(score.seconds for score in scores)
    print(
        f"\nseed {seed}; p50 {1000 * times[len(times) // 2]:.2f} ms, p99 {1000 * times[int(0.99 * len(times))]:.2f} ms"
    )


if __name__ == "__main__":
    main()
