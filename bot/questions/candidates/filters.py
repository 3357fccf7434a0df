"""Rows that meet the conditions of links, or all but those that do."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.questions.candidates.parts import LinkSet, QuestionScene, RowPart
from bot.questions.links.links import ConditionLink
from bot.questions.links.question import span_mask
from bot.questions.programs.row_sets import AllRows, AnyOf, Comparison, Condition, IsAmount, Negated, RowSet, Where

__all__ = ["filtered", "negations"]

_OPPOSITES = {
    Comparison.LESS: Comparison.AT_LEAST, Comparison.MORE: Comparison.AT_MOST, Comparison.AT_LEAST: Comparison.LESS,
    Comparison.AT_MOST: Comparison.MORE,
}  # fmt: skip
_CLOSE = 3  # words from a denial to what stands right behind it: "not in first"
_BEHIND = 2  # words from what is denied to the denial: "that ferrari was not a constructor for"
_DENIED = 5  # words between a denial and what it denies: "did not complete more than 60 laps"
_NEAR = 4  # words between a cell and the name of its column: "a v12 engine", "constructor was honda"


def filtered(scene: QuestionScene, links: Sequence[ConditionLink]) -> RowPart:
    """The rows that meet the conditions of all links; of cells in one column, of either."""
    expression: RowSet = AllRows()
    rows, words = scene.index.machine.all_rows, _joining_words(scene, links)
    features: list[str] = [f"filters:{len(links)}"]
    groups: dict[tuple[int, str], list[ConditionLink]] = {}
    for link in links:
        groups.setdefault((link.column, link.kind), []).append(link)
        words |= link.words | link.named | _name_near(scene, link)
        features.extend(link.features)
        features.append(f"link:{link.kind}")
        if link.kind == "text":
            features.append(_column_name(scene, link))
            features.extend(("cell:longer elsewhere",) if _is_within(scene, link) else ())
    for group in groups.values():
        either = len(group) > 1 and group[0].kind in {"text", "number", "day"}
        rows &= _rows_of(group, either=either)
        if either:
            features.append("either")
            expression = Where(expression, AnyOf(tuple(link.condition for link in group)))
        else:
            for link in group:
                expression = Where(expression, link.condition)
    columns = frozenset(link.column for link in links)
    return RowPart(expression, rows, words, tuple(features), columns, "filter" if links else "all")


def _rows_of(group: Sequence[ConditionLink], *, either: bool) -> int:
    """The rows that meet one of the conditions, or all of them."""
    rows = group[0].rows
    for link in group[1:]:
        rows = rows | link.rows if either else rows & link.rows
    return rows


def _column_name(scene: QuestionScene, link: ConditionLink) -> str:
    """Whether the column of a cell is named, or only another one in which the same words stand."""
    named = {one.column for one in scene.columns}
    if link.column in named:
        return "cell:column named"
    others = {one.column for one in scene.conditions if one.kind == "text" and one.words == link.words}
    return "cell:other column named" if others & named else "cell:no column named"


def _is_within(scene: QuestionScene, link: ConditionLink) -> bool:
    """Whether more words than those of a cell stand in another one, these among them."""
    return any(
        one.kind == "text" and not link.words & ~one.words and one.words != link.words for one in scene.conditions
    )


def _name_near(scene: QuestionScene, link: ConditionLink) -> int:
    """The words that name the column of a link within a few words of it."""
    for one in scene.columns:
        if one.column == link.column and -_NEAR <= one.start - link.end <= _NEAR:
            return one.words
    return 0


def _joining_words(scene: QuestionScene, links: Sequence[ConditionLink]) -> int:
    """The "both" and "either" before links in one column."""
    mask = 0
    if len(links) > 1:
        for at, word in enumerate(scene.question.words):
            if word in {"both", "either"}:
                mask |= 1 << at
    return mask


def negations(scene: QuestionScene, links: LinkSet) -> Iterator[RowPart]:
    """The set with one of its conditions turned round, for each that stands behind a denial; and with all of them."""
    own = 0
    for link in links.links:
        own |= link.words
    for meaning in ("not", "except"):
        denial = scene.trigger(meaning) & ~own
        if not denial:
            continue
        for link in links.links:
            before = denial & span_mask(max(0, link.start - _DENIED), link.end + _BEHIND)
            if before and link.kind not in {"status", "empty"}:
                rest = [one for one in links.links if one is not link]
                side = "before" if denial & span_mask(max(0, link.start - _CLOSE), link.start) else "far"
                without = _without(scene, filtered(scene, rest), [link], denial, meaning)
                yield replace(without, features=(*without.features, f"denied:{side}"))
        if len(links.links) > 1 and len({link.column for link in links.links}) == 1:
            yield _without(scene, filtered(scene, []), list(links.links), denial, meaning)


def _turned(link: ConditionLink) -> Condition:
    """The condition turned round; an amount that is not less is at least as much, and a blank is neither."""
    if link.kind == "compared" and isinstance(link.condition, IsAmount):
        comparison = _OPPOSITES.get(link.condition.comparison)
        if comparison:
            return IsAmount(link.column, comparison, link.condition.amount)
    return Negated(link.condition)


def _without(scene: QuestionScene, base: RowPart, links: Sequence[ConditionLink], denial: int, meaning: str) -> RowPart:
    expression, rows, words = base.expression, base.rows, base.words | denial
    half = any(link.column in base.columns for link in links)
    features = [*base.features, f"denied:{meaning}", *(["denied:half"] if half else [])]
    for link in links:
        condition = _turned(link)
        expression = Where(expression, condition)
        rows &= scene.index.machine.meets(condition)
        words |= link.words
        features.extend((*link.features, *((_column_name(scene, link),) if link.kind == "text" else ())))
    columns = base.columns | {link.column for link in links}
    return RowPart(expression, rows, words, tuple(features), columns, "filter")
