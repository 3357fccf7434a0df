"""The figures that the resolver promises, on the development queries where they are at hand."""

import importlib.util
import json

import pytest

from benchmarks.names import load
from benchmarks.names_drawing import catalogue_names, draw_negatives, draw_queries
from tests.support.paths import NAMES, needs_names

pytestmark = needs_names
FLOORS = {
    "a_typo": 98, "b_lastname": 97, "b_firstname": 96, "b_prefix": 95, "b_initial": 98, "b_punct": 100, "b_suffix": 100,
    "b_reorder": 100, "b_short": 98, "b_noise": 100, "c_real": 97, "c_number": 100,
}  # fmt: skip


def lines(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (NAMES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.slow
def test_the_scores_of_every_class_stay_above_their_floors() -> None:
    resolve = load(lines("entities.jsonl"))
    ids = {(row["kind"], row["name"]): row["id"] for row in lines("entities.jsonl")}
    right: dict[str, list[bool]] = {}
    first_five: list[bool] = []
    for query in lines("dev.jsonl"):
        answer = resolve(str(query["query"]), str(query["kind"]))
        preferred = query["preferred"]
        assert isinstance(preferred, list)
        got = [ids[query["kind"], name] for name, _ in answer[:5]]
        right.setdefault(str(query["class"]), []).append(got[0] in preferred if got else not preferred)
        if preferred:
            first_five.append(any(one in preferred for one in got))
    share = {name: 100 * sum(hits) / len(hits) for name, hits in right.items()}
    assert {name: share[name] for name, floor in FLOORS.items() if share[name] < floor} == {}
    assert sum(share[name] for name in FLOORS) / len(FLOORS) >= 98.5
    assert 100 - share["d_negative"] <= 1
    assert sum(first_five) / len(first_five) >= 0.99


@pytest.mark.slow
def test_queries_drawn_anew_are_read_right_and_what_names_nothing_is_refused() -> None:
    rows = lines("entities.jsonl")
    resolve, names = load(rows), catalogue_names(rows)
    fits: dict[str, list[bool]] = {}
    for query in draw_queries(names, seed=11, count=60):
        answer = resolve(query.text, query.kind)
        fits.setdefault(query.family, []).append(bool(answer) and answer[0][0] in query.expected)
    share = {family: sum(hits) / len(hits) for family, hits in fits.items()}
    assert {family for family, of in share.items() if of < 0.95} == set()
    negatives = list(draw_negatives(names, seed=11, count=60))
    answered = [query for query in negatives if resolve(query.text, query.kind)]
    assert len(negatives) > 500
    assert len(answered) / len(negatives) <= 0.01


def test_the_scorer_finds_the_loader_where_it_expects_it() -> None:
    assert importlib.util.find_spec("benchmarks.names") is not None
