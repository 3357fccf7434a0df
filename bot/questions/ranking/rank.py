"""The candidates of a question in some tables, in the order of how well they fit, and how sure the first one is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from bot.questions.candidates.answers import candidates
from bot.questions.candidates.parts import QuestionScene, TableCandidate
from bot.questions.ranking.features import candidate_features
from bot.questions.ranking.model import RankingModel, shares
from bot.questions.ranking.table_features import features_of_tables

__all__ = ["RankedCandidate", "Ranking", "rank"]

_MOST_SCORED = 12  # answers that share what is sure between them; the others have next to nothing


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A candidate in its scene with its score, and the share of its answer among all answers, from 0 to 1."""

    candidate: TableCandidate
    scene: QuestionScene
    score: float
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best candidate of each different answer, the best first, and features of how sure the first one is."""

    ranked: tuple[RankedCandidate, ...]
    features: Mapping[str, float]


def rank(scenes: Sequence[QuestionScene], model: RankingModel) -> Ranking:
    """All candidates of a question in its tables, ranked."""
    best: dict[tuple[int, tuple[str, ...]], RankedCandidate] = {}
    for scene, features in zip(scenes, features_of_tables(scenes), strict=True):
        above = model.score(features)
        for one in candidates(scene, len(scenes)):
            score = above + model.score(candidate_features(scene, one))
            key = (id(scene), one.outcome.texts)
            known = best.get(key)
            if known is None or score > known.score:
                best[key] = RankedCandidate(one, scene, score)
    first = nlargest(_MOST_SCORED, best.values(), key=lambda one: one.score)
    parts = shares([one.score for one in first])
    ranked = tuple(
        RankedCandidate(one.candidate, one.scene, one.score, share) for one, share in zip(first, parts, strict=True)
    )
    return Ranking(ranked, _sureness_features(ranked))


def _is_twin(scene: QuestionScene, other: QuestionScene) -> bool:
    """Whether another table has the same columns: that of another class, or of another race of the day."""
    one, two = scene.index.table, other.index.table
    return one is not two and [column.heading for column in one.columns] == [column.heading for column in two.columns]


def _sureness_features(ranked: Sequence[RankedCandidate]) -> Mapping[str, float]:
    """What speaks for the first of a ranking: its lead, what it leaves unexplained, what kind of answer it is."""
    if not ranked:
        return {}
    first = ranked[0]
    scene, texts = first.scene, first.candidate.outcome.texts
    left = scene.content & ~first.candidate.words
    lead = first.score - ranked[1].score if len(ranked) > 1 else 5.0
    unknown = [scene.leftovers[at] for at in range(len(scene.question.words)) if left >> at & 1]
    features = {
        "base": 1.0,
        "share": first.share,
        "lead": min(lead, 5.0),
        "score": max(-10.0, min(first.score, 20.0)) / 10,
        "left": float(min(left.bit_count(), 5)),
        "left:unknown": float(sum(one == "left:unknown" for one in unknown)),
        "left:number": float(sum(one == "left:number" for one in unknown)),
        "left:nation": float("left:nation" in unknown),
        "left:cell": float(sum(one == "left:cell" for one in unknown)),
        "nothing": float(not texts),
        "several": float(len(texts) > 1),
        "many": float(len(texts) > 4),
        "fuzzy": float("cell:fuzzy" in first.candidate.features),
        "part": float("cell:part" in first.candidate.features),
        "filters": float(
            len(first.candidate.features) and sum(one.startswith("link:") for one in first.candidate.features)
        ),
        f"asks:{scene.question.asks}": 1.0,
        "elsewhere": sum(one.share for one in ranked if one.scene is not scene),
        "twins": float(any(_is_twin(scene, one.scene) for one in ranked)),
    }
    operation = next((one for one in first.candidate.features if one.startswith("op:")), "op:none")
    features[operation] = 1.0
    return features
