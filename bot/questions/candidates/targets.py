"""The columns that a question may ask for."""

from collections.abc import Iterator
from itertools import combinations

from bot.questions.candidates.parts import QuestionScene, TargetPart
from bot.questions.links.links import ColumnLink
from bot.questions.tables.model import CellKind, ColumnRole

__all__ = ["targets"]

_PEOPLE = (
    ColumnRole.PERSON, ColumnRole.SECOND_PERSON, ColumnRole.WINNER, ColumnRole.POLE, ColumnRole.FASTEST_LAP,
    ColumnRole.TEAM, ColumnRole.WINNING_TEAM,
)  # fmt: skip
_DEFAULTS: dict[str, tuple[ColumnRole, ...]] = {
    "person": _PEOPLE,
    "day": (ColumnRole.DAY, ColumnRole.YEAR),
    "where": (ColumnRole.PLACE_NAME, ColumnRole.TRACK, ColumnRole.COUNTRY),
    "time": (ColumnRole.TIME, ColumnRole.SPEED),
    "thing": (ColumnRole.PERSON, ColumnRole.RACE, ColumnRole.TEAM, ColumnRole.WINNER),
    "number": (ColumnRole.POINTS, ColumnRole.LAPS),
    "none": (ColumnRole.PERSON, ColumnRole.RACE),
    "order": (ColumnRole.PERSON, ColumnRole.RACE, ColumnRole.TEAM),
    "whether": (ColumnRole.PERSON, ColumnRole.RACE, ColumnRole.TEAM, ColumnRole.WINNER),
}
_OF = {"of", "for", "that", "which", "who", "in", "by"}
_VERBS = {"did", "was", "were", "is", "are", "does", "do", "had", "has", "have", "won", "finished", "came", "scored"}
_HEAD_WORDS = 4  # words from "which" to what is asked for: "which 9th place driver"


def targets(scene: QuestionScene) -> tuple[TargetPart, ...]:
    """Each column with what speaks for it: named where things are asked for, named elsewhere, or asked by "who"."""
    found: dict[int, TargetPart] = {}
    after = [link.start for link in scene.columns if link.start >= scene.question.asks_at]
    nearest = min(after, default=-1)
    for link in scene.columns:
        features = (*_named(scene, link), *(("target:nearest",) if link.start == nearest else ()))
        known = found.get(link.column)
        if known is None or "target:head" in features[:1]:
            words = link.words | (known.words if known else 0)
            found[link.column] = TargetPart(link.column, words, features if known is None else (*features,))
    for number in _alternatives(scene):
        found.setdefault(number, TargetPart(number, 0, ("target:alternatives",)))
    for part in _defaults(scene):
        found.setdefault(part.column, part)
    return tuple(found.values())


def _defaults(scene: QuestionScene) -> Iterator[TargetPart]:
    """The columns that are asked for without a name: people by "who", days by "when"; and the first one of texts."""
    asks = scene.question.asks
    for order, role in enumerate(_DEFAULTS.get(asks, ())):
        for column in scene.index.table.columns:
            if column.role is role:
                yield TargetPart(column.number, 0, (f"target:default:{asks}:{role}", f"target:order{order}"))
    first = next((one for one in scene.index.table.columns if one.kind is CellKind.TEXT), None)
    if first:
        yield TargetPart(first.number, 0, ("target:first text",))


def _alternatives(scene: QuestionScene) -> list[int]:
    """The columns in which two cells are named with an "or" between them, or an "and" where they are compared."""
    words = scene.question.words
    texts = [link for link in scene.conditions if link.kind == "text"]
    compared = any(scene.trigger(meaning) for meaning in ("compare_up", "compare_down", "earlier", "later"))
    joined = {"or", "and", "vs", "versus"} if compared and scene.question.asks != "number" else {"or"}
    return list(dict.fromkeys(
        one.column
        for one, other in combinations(sorted(texts, key=lambda link: link.start), 2)
        if one.column == other.column and joined & set(words[one.end : other.start])
    ))  # fmt: skip


def _named(scene: QuestionScene, link: ColumnLink) -> tuple[str, ...]:
    asks, at = scene.question.asks, scene.question.asks_at
    among = 2 if scene.question.words[at + 1 : at + 2] == ("of",) else 0  # "which of the top 5 drivers"
    head = at < link.start + 1 <= at + _HEAD_WORDS + among or (asks in {"none", "order"} and link.start <= 4)
    where = "head" if head else "elsewhere"
    return (
        f"target:{where}", f"target:{where}:{asks}",
        f"target:{where}:then:{_following(scene, link)}", f"target:strength{link.strength}",
        f"target:{asks}:{scene.column(link.column).kind}",
        *((f"target:distance{min(link.start - at, 6)}",) if head else ()),
    )  # fmt: skip


def _following(scene: QuestionScene, link: ColumnLink) -> str:
    """What stands behind a name: what is asked for is followed by "of" or by a verb, or the question ends."""
    if link.end >= len(scene.question.words):
        return "end"
    word = scene.question.words[link.end]
    return "of" if word in _OF else "verb" if word in _VERBS else "other"
