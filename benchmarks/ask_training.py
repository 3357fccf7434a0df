"""Weights for ranking programs and for their sureness, fitted on questions with answers, by plain Python.

    python -m benchmarks.ask_training ../shared/data/questions [--write]

The share of all right programs of a question is made as large as can be, near few prior weights (`ask_fit.py`);
questions of our own over the same tables (`ask_invented.py`) count a little, too, and in no figure;
sureness is a logistic regression on what was right of questions that had no part in the fit. All figures are
cross-validated over documents: no question of a page is judged by weights that have seen another question of it. Every
tenth document or so is kept out of the fit and out of the figures (`ask_questions.is_held_back`).
"""

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.ask_fit import Choice, fitted
from benchmarks.ask_invented import invented_questions
from benchmarks.ask_questions import AnswerScorer, TableQuestion, is_held_back, load_tables, questions_in, searches_of
from bot.answers.ask.asked_answer import MIN_SURENESS
from bot.questions.candidates.answers import candidates
from bot.questions.candidates.parts import QuestionScene
from bot.questions.candidates.scene import scene_of
from bot.questions.links.question import read_question
from bot.questions.programs.words import program_words
from bot.questions.ranking.features import candidate_features
from bot.questions.ranking.model import RankingModel
from bot.questions.ranking.rank import RankedCandidate, rank
from bot.questions.ranking.table_features import features_of_tables
from bot.questions.reader import MOST_TABLES
from bot.questions.search import TableSearch
from bot.questions.tables.model import TypedTable

FOLDS = 5
# What an invented question counts beside one that somebody asked, and how many there are of a table. Cross-validated,
# 0.2 and 0.4 answer four of 1,000 questions more than none, on pages five; of the invented ones 2 of 100 more.
INVENTED_WEIGHT, INVENTED_OF_TABLE, INVENTED_DRAWS = 0.3, 12, 2
SURE_EPOCHS, SURE_RATE, SURE_PULL = 300, 0.1, 0.01
WEIGHTS = Path("bot/questions/ranking/weights.json")
# What is sure before any question is seen: programs of rare words are right where their words stand, and a word that
# nothing explains speaks against a program.
PRIOR: Mapping[str, float] = {
    "count:team": -0.7, "count:make": -0.7, "count:track": -0.5, "count:country": -0.7, "distinct:team": 0.5,
    "distinct:make": 0.5, "distinct:track": 0.5, "distinct:country": 0.5, "commonest:flat": -1.5,
    "op:count keys": -0.7, "commonest:peak": 0.3, "op:headings": 4.0, "op:two columns": 3.0, "op:groups of": 2.0,
    "op:side": 2.0, "op:difference": 2.0, "op:run": 2.0, "op:percentage": 3.0, "op:option": 1.0, "op:average": 2.0,
    "op:same value": 1.0, "op:spread": 2.0, "left:any": -1.0, "left:number": -1.0, "left:cell": -1.0,
    "left:column": -0.5, "out:nothing": -3.0, "op:count groups": 0.5, "table:unsaid:practice": -2.0,
    "table:unsaid:warm": -2.0, "table:unsaid:qualifying": -1.0, "link:status": 0.5, "end:last:classified:said": 0.7,
    "op:count run": 2.0, "op:count difference": 1.0, "target:default:person:winner": 0.5,
    "target:default:person:pole": -0.5, "target:default:person:fastest lap": -0.5, "table:unsaid:standing": -1.0,
    "left:w:not": -1.5, "left:w:didnt": -1.5, "left:w:never": -1.5, "left:w:no": -1.0, "anchor:joint": -2.0,
    "out:one:plural": -1.0, "denied:half": -1.0, "out:cells:several numbers": -1.5, "commonest:either:True": 1.5,
    "commonest:either:False": -1.0, "out:many:plural": 0.5, "out:two:plural": 0.5, "left:nation": -2.0,
    "same cells": 1.0, "between": 1.0, "cell:column named": 0.5, "cell:other column named": -0.5, "cell:absent": 0.3,
    "op:count side": 2.5, "from pole": 2.0, "from pole:open": 1.0, "target:measured:close": 1.0,
    "cell:code": 0.5, "pair:person": 1.0,
    "extreme:role:round": -1.5, "extreme:role:day": -1.0, "extreme:noun:unnam": -1.0, "extreme:noun:named": -0.3,
    "commonest:noun:True": 0.7, "op:months": 2.0, "op:commonest month": 1.0, "op:rest of cell": 2.0,
    "op:commonest common": 1.5, "cell:longer elsewhere": -0.7, "shape:beyond:plural": 1.0,
    "shape:beside:plural": -0.7, "denied:before": 0.5,
    "places away": 2.0, "out:echo": -2.0, "last but one": 2.0, "second most": 2.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A question in its tables: the features of every candidate, and which of them are right."""

    question: TableQuestion
    scenes: tuple[QuestionScene, ...]
    features: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a model that has not seen a question's page made of it."""

    question: TableQuestion
    is_right: bool
    texts: tuple[str, ...]
    features: Mapping[str, float]
    reading: str


def examples(
    questions: Sequence[TableQuestion], searches: Mapping[str, TableSearch], scorer: AnswerScorer
) -> list[Example]:
    """The examples of all questions."""
    return [_example(question, searches, scorer) for question in questions]


def _example(question: TableQuestion, searches: Mapping[str, TableSearch], scorer: AnswerScorer) -> Example:
    words, search = read_question(question.text), searches.get(question.document)
    if words is None or search is None:
        return Example(question, (), (), ())
    scenes = tuple(scene_of(words, index) for index in search.likeliest(words, MOST_TABLES))
    features, right = [], []
    judged: dict[tuple[str, ...], bool] = {}
    for scene, above in zip(scenes, features_of_tables(scenes), strict=True):
        for one in candidates(scene, len(scenes)):
            texts = one.outcome.texts
            if texts not in judged:
                judged[texts] = scorer.is_right(question, texts)
            features.append((*above, *candidate_features(scene, one)))
            right.append(judged[texts])
    return Example(question, scenes, tuple(features), tuple(right))


def invented_examples(tables: Mapping[str, tuple[TypedTable, ...]], scorer: AnswerScorer) -> list[Example]:
    """The examples of invented questions about the tables of documents that may be fitted on."""
    known = {document: found for document, found in tables.items() if not is_held_back(document)}
    drawn = [one for draw in range(INVENTED_DRAWS) for one in invented_questions(known, INVENTED_OF_TABLE, draw)]
    return [replace(one, weight=INVENTED_WEIGHT) for one in examples(drawn, searches_of(known), scorer)]


def fit(found: Sequence[Example]) -> dict[str, float]:
    """The weights under which right candidates are likeliest."""
    open_ones = [one for one in found if any(one.right) and not all(one.right)]
    return fitted([Choice(one.features, one.right, one.weight) for one in open_ones], PRIOR)


def fold_of(document: str) -> int:
    """The fold of a document, by its name."""
    return int(hashlib.sha256(f"fold {document}".encode()).hexdigest(), 16) % FOLDS


def judge(found: Sequence[Example], weights: Mapping[str, float], scorer: AnswerScorer) -> list[Judgement]:
    """What a model makes of each example."""
    model = RankingModel(weights, {})
    judgements = []
    for one in found:
        ranking = rank(one.scenes, model)
        texts = ranking.ranked[0].candidate.outcome.texts if ranking.ranked else ()
        reading = _reading(ranking.ranked[0]) if ranking.ranked else ""
        right = scorer.is_right(one.question, texts)
        judgements.append(Judgement(one.question, right, texts, ranking.features, reading))
    return judgements


def _reading(first: RankedCandidate) -> str:
    table = first.scene.index.table
    return f"{' > '.join(table.headings)}: {program_words(first.candidate.program, table)}"


def cross_judged(
    sets: Sequence[Sequence[Example]], invented: Sequence[Example], scorer: AnswerScorer
) -> list[list[Judgement]]:
    """For each set of examples its judgements, by weights fitted on the other folds of all of them and the invented."""
    judged: list[list[Judgement]] = [[] for _ in sets]
    for fold in range(FOLDS):
        weights = fit([one for found in (*sets, invented) for one in found if fold_of(one.question.document) != fold])
        for number, found in enumerate(sets):
            kept = [one for one in found if fold_of(one.question.document) == fold]
            judged[number].extend(judge(kept, weights, scorer))
    return judged


def fit_sureness(judged: Sequence[Judgement]) -> dict[str, float]:
    """The weights of a logistic regression of being right."""
    weights: dict[str, float] = {}
    for _ in range(SURE_EPOCHS):
        slopes: dict[str, float] = {}
        model = RankingModel({}, weights)
        for one in judged:
            miss = float(one.is_right) - model.sure(one.features)
            for name, value in one.features.items():
                slopes[name] = slopes.get(name, 0.0) + miss * value
        for name, slope in slopes.items():
            pull = 0.0 if name == "base" else SURE_PULL * weights.get(name, 0.0)
            weights[name] = weights.get(name, 0.0) + SURE_RATE * (8 * slope / len(judged) - pull)
    return weights


def surenesses(sets: Sequence[Sequence[Judgement]]) -> list[list[tuple[float, bool]]]:
    """For each set how sure its judgements are, by the other folds of all sets, and whether they are right."""
    found: list[list[tuple[float, bool]]] = [[] for _ in sets]
    for fold in range(FOLDS):
        others = [one for judged in sets for one in judged if fold_of(one.question.document) != fold]
        weights = fit_sureness(others)
        for number, judged in enumerate(sets):
            found[number] += sure_of([one for one in judged if fold_of(one.question.document) == fold], weights)
    return found


def sure_of(judged: Sequence[Judgement], weights: Mapping[str, float]) -> list[tuple[float, bool]]:
    """How sure a model is of each judgement, and whether it is right."""
    model = RankingModel({}, weights)
    return [(model.sure(one.features), one.is_right) for one in judged]


def report(
    name: str, found: Sequence[Example], judged: Sequence[Judgement], surest: Sequence[tuple[float, bool]]
) -> None:
    """Print what is right, what could be, and how precise the surest answers are."""
    plain = [one for one in judged if not one.question.needs_flag]
    reach = sum(any(one.right) for one in found)
    print(
        f"{name:6} {len(judged)} questions: right {_share(judged)}, without needed flags {_share(plain)}, "
        f"some candidate right {reach / len(found):.1%}"
    )
    sure = sorted(surest, reverse=True)
    for part in (0.5, 0.55, 0.6, 0.7):
        chosen = sure[: round(part * len(sure))]
        print(f"       the surest {part:.0%}: {_precision(chosen):.1%} right, from {chosen[-1][0]:.2f}")
    for least in (0.8, 0.85, MIN_SURENESS, 0.9, 0.95):
        chosen = [one for one in sure if one[0] >= least]
        print(f"       from {least:.2f} on: {_precision(chosen):.1%} of {len(chosen) / len(sure):.1%} right")


def _precision(chosen: Sequence[tuple[float, bool]]) -> float:
    return sum(right for _, right in chosen) / max(len(chosen), 1)


def _share(judged: Sequence[Judgement]) -> str:
    return f"{sum(one.is_right for one in judged) / max(len(judged), 1):.1%}"


def small(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights that matter, with few decimals, in order."""
    return {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= 0.02}


def main() -> None:
    """Fit, print cross-validated figures, and write the weights if asked to."""
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--write", action="store_true")
    options.add_argument("--held-back", action="store_true", help="judge the documents that were kept out")
    chosen = options.parse_args()
    scorer = AnswerScorer(chosen.folder)
    questions = questions_in(chosen.folder)
    known = [one for one in questions if not is_held_back(one.document)]
    tables = [load_tables(chosen.folder / name) for name in ("docs_table", "docs")]
    searches = [searches_of(one) for one in tables]
    sets = [examples(known, one, scorer) for one in searches]
    invented = invented_examples(tables[0], scorer)
    judged = cross_judged(sets, invented, scorer)
    for name, found, one, sure in zip(("given", "page"), sets, judged, surenesses(judged), strict=True):
        report(name, found, one, sure)
    sureness = fit_sureness([*judged[0], *judged[1]])
    weights = fit([one for found in (*sets, invented) for one in found])
    if chosen.held_back:
        kept = [one for one in questions if is_held_back(one.document)]
        for name, search in zip(("given", "page"), searches, strict=True):
            held = examples(kept, search, scorer)
            judged_held = judge(held, weights, scorer)
            report(f"kept out, {name}", held, judged_held, sure_of(judged_held, sureness))
    if chosen.write:
        lists = {"weights": small(weights), "sureness": small(sureness)}
        WEIGHTS.write_text(json.dumps(lists, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
