"""The sets of rows that a question may speak of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.questions.candidates.anchors import anchored, betweens, same_cells
from bot.questions.candidates.ends import any_one, ends, extremes
from bot.questions.candidates.filters import filtered, negations
from bot.questions.candidates.parts import LinkSet, QuestionScene, RowPart
from bot.questions.links.links import ConditionLink
from bot.questions.programs.row_sets import RowSet

__all__ = ["row_parts"]

_LEAST_ANCHOR = 0.3  # strength; a number whose column is a guess is nobody that another one stands behind
_MOST_PARTS = 160  # sets of rows of one question; more are only combinations of guesses


def row_parts(scene: QuestionScene, sets: Sequence[LinkSet], most: int) -> tuple[RowPart, ...]:
    """The sets of rows that the links of the question and its triggers make, at most so many."""
    found: dict[RowSet, RowPart] = {}
    for links in sets:
        for part in _of_links(scene, links):
            known = found.get(part.expression)
            if known is None or (part.words & ~known.words):
                found[part.expression] = part
            if len(found) >= min(most, _MOST_PARTS):
                return tuple(found.values())
    return tuple(found.values())


def _of_links(scene: QuestionScene, links: LinkSet) -> Iterator[RowPart]:
    base = filtered(scene, links.links)
    bases = [base, *negations(scene, links)]
    for one in bases:
        yield one
        yield from ends(scene, one)
        yield from extremes(scene, one)
    yield from same_cells(scene, base)
    yield from betweens(scene, links)
    for anchor in links.links:
        rest = [link for link in links.links if link is not anchor]
        is_choice = any(_is_choice(scene, anchor, link) for link in rest)
        if anchor.kind in {"text", "number", "day"} and anchor.strength >= _LEAST_ANCHOR and not is_choice:
            for part in anchored(scene, filtered(scene, rest), filtered(scene, [anchor]), anchor):
                yield part
                yield from any_one(scene, part)
    if len(links.links) > 1:
        joint = replace(base, features=(*base.features, "anchor:joint"))
        yield from anchored(scene, filtered(scene, []), joint, links.links[-1])


def _is_choice(scene: QuestionScene, one: ConditionLink, other: ConditionLink) -> bool:
    """Whether two things of a column are to be chosen from: “A or B”."""
    between = scene.question.words[min(one.end, other.end) : max(one.start, other.start)]
    return one.column == other.column and one.kind == other.kind == "text" and "or" in between
