"""Rows that are found from other rows: the next one, all before it, those with the same, those with more."""

from collections.abc import Iterator
from itertools import combinations

from bot.questions.candidates.ends import first_word, measured
from bot.questions.candidates.filters import filtered
from bot.questions.candidates.parts import LinkSet, QuestionScene, RowPart
from bot.questions.links.links import ConditionLink
from bot.questions.links.question import span_mask
from bot.questions.programs.machine import beside, beyond, end
from bot.questions.programs.row_sets import AllRows, Beside, Beyond, Direction, End, SameAs, SameCells, Than
from bot.questions.tables.model import ColumnRole

__all__ = ["anchored", "betweens", "same_cells"]

UP, DOWN = Direction.UP, Direction.DOWN
_PREPOSITIONS = {"of", "ahead", "behind", "above", "below", "before", "after"}
_PLACES_AWAY = {"place", "position", "spot"}
_FAR = 50  # places; more are no places
_VICTORY = {"won", "win", "wins", "winning", "winner"}
_WON = {*_VICTORY, "race", "races"}
_POLES = {"pole", "polesitter"}
_BY_POLE = {"from", "the", "pole", "position", "sitter", "winner", "starter", "holder", "driver", "man"}


def same_cells(scene: QuestionScene, base: RowPart) -> Iterator[RowPart]:
    """Two named columns that say the same: “the same number as his position”."""
    yield from _won_from_pole(scene, base)
    trigger = scene.trigger("same")
    if not trigger & ~base.words or "link:text" in base.features:
        return
    for one, two in combinations(scene.columns, 2):
        kinds = {scene.column(one.column).kind, scene.column(two.column).kind}
        if one.column != two.column and not one.words & two.words and len(kinds) == 1:
            rows = scene.index.machine.same_cells(base.rows, one.column, two.column)
            words = base.words | trigger | one.words | two.words
            features = (*base.features, "same cells", f"same cells:{min(one.strength, two.strength)}")
            yield RowPart(
                SameCells(base.expression, one.column, two.column), rows, words, features, base.columns, "alike"
            )


def _won_from_pole(scene: QuestionScene, base: RowPart) -> Iterator[RowPart]:
    """The races that were won from the pole, where a table has both names: “won from pole”, “the pole sitter won”."""
    table, words = scene.index.table, scene.question.words
    winner, pole = table.column_of(ColumnRole.WINNER), table.column_of(ColumnRole.POLE)
    at = next((at for at, stem in enumerate(scene.question.stems) if stem in _POLES), -1)
    won = sum(1 << place for place, word in enumerate(words) if word in _WON)
    if winner is None or pole is None or at < 0:
        return
    behind = words[at + 1 : at + 5]
    is_both = "and" in behind and not _VICTORY.isdisjoint(behind) and winner and winner.number not in base.columns
    is_said = "from" in words[max(0, at - 2) : at] or is_both
    is_open = scene.question.asks == "number" and "link:text" not in base.features and not _VICTORY.isdisjoint(words)
    if is_said or is_open:
        mask = sum(
            1 << place
            for place in range(max(0, at - 2), at + 2)
            if words[place : place + 1] and words[place] in _BY_POLE
        )
        rows = scene.index.machine.same_cells(base.rows, winner.number, pole.number)
        expression = SameCells(base.expression, winner.number, pole.number)
        features = (*base.features, "from pole" if is_said else "from pole:open")
        yield RowPart(expression, rows, base.words | mask | won | 1 << at, features, base.columns, "alike")


def betweens(scene: QuestionScene, links: LinkSet) -> Iterator[RowPart]:
    """The rows from one thing to another, without them: “between A and B”, “in the middle of A and B”."""
    words = scene.question.words
    if len(links.links) != 2 or not {"between", "middle"} & set(words) or "difference" in words:
        return
    mask = sum(1 << at for at, word in enumerate(words) if word in {"between", "middle", "and"})
    one, two = (filtered(scene, [link]) for link in links.links)
    for first, last in ((one, two), (two, one)):
        after = beyond(scene.index.machine.all_rows, first.rows, DOWN)
        rows = beyond(after, last.rows, UP)
        expression = Beyond(Beyond(AllRows(), first.expression, DOWN), last.expression, UP)
        features = (*one.features, *two.features, "between")
        yield RowPart(expression, rows, links.words | mask, features, one.columns | two.columns, "beyond")


def anchored(scene: QuestionScene, base: RowPart, anchor: RowPart, link: ConditionLink) -> Iterator[RowPart]:
    """The rows of `base` that stand before or after `anchor`, say the same, or have more; `link` is the anchor's."""
    words = base.words | anchor.words
    features = (*base.features, *anchor.features)
    columns = base.columns | anchor.columns
    for meaning, said in (("next", DOWN), ("previous", UP)):
        trigger = scene.trigger(meaning) & ~words
        if not trigger:
            continue
        direction = said if not _is_turned(scene, trigger, link) else UP if said is DOWN else DOWN
        side = "close" if _is_close(trigger, link) else "far"
        extra = (*features, f"{meaning}:{side}", f"{meaning}:{first_word(scene, trigger)}")
        one, many = beside(base.rows, anchor.rows, direction), beyond(base.rows, anchor.rows, direction)
        yield RowPart(
            Beside(base.expression, anchor.expression, direction),
            one,
            words | trigger,
            (*extra, "beside"),
            columns,
            "beside",
        )
        beyond_all = RowPart(
            Beyond(base.expression, anchor.expression, direction),
            many,
            words | trigger,
            (*extra, "beyond"),
            columns,
            "beyond",
        )
        yield beyond_all
        yield from _places_away(scene, beyond_all, direction, trigger)
    yield from _alike(scene, base, anchor, (*features, "alike"))
    yield from _more_or_less(scene, base, anchor, (*features, "than"))


def _places_away(scene: QuestionScene, beyond_all: RowPart, direction: Direction, trigger: int) -> Iterator[RowPart]:
    """The row that stands some places away: “three places behind A”, “two spots before A”."""
    first = (trigger & -trigger).bit_length() - 1
    opposite = UP if direction is DOWN else DOWN
    for number in scene.question.numbers:
        unit = scene.question.stems[number.end] if number.end < len(scene.question.stems) else ""
        if number.kind == "count" and unit in _PLACES_AWAY and 1 <= first - number.end <= 2 and number.value <= _FAR:
            many = int(number.value)
            rows = end(beyond_all.rows, opposite, many)
            rows = end(rows, direction, 1) if rows.bit_count() == many else 0
            expression = End(End(beyond_all.expression, opposite, many), direction)
            words = beyond_all.words | span_mask(number.start, number.end + 1)
            features = (*beyond_all.features, "places away")
            yield RowPart(expression, rows, words, features, beyond_all.columns, "beside")


def _alike(scene: QuestionScene, base: RowPart, anchor: RowPart, features: tuple[str, ...]) -> Iterator[RowPart]:
    trigger = (scene.trigger("same") | scene.trigger("other")) & ~scene.trigger("except")
    words = base.words | anchor.words
    if not trigger & ~words:
        return
    named = {one.column: one for one in reversed(scene.columns)}
    for column in scene.index.table.columns:
        if column.number in anchor.columns or column.role is ColumnRole.REPORT:
            continue
        link = named.get(column.number)
        name = (f"alike:named{link.strength}",) if link else (f"alike:unnamed:{column.role}",)
        rows = scene.index.machine.same_as(base.rows, anchor.rows, column.number)
        yield RowPart(
            SameAs(base.expression, anchor.expression, column.number), rows,
            words | trigger | (link.words if link else 0), (*features, *name), base.columns | anchor.columns, "alike",
        )  # fmt: skip


def _more_or_less(scene: QuestionScene, base: RowPart, anchor: RowPart, features: tuple[str, ...]) -> Iterator[RowPart]:
    words = base.words | anchor.words
    for meaning, direction in (("compare_up", UP), ("compare_down", DOWN), ("fast", DOWN), ("slow", UP)):
        trigger = scene.trigger(meaning) & ~words
        if not trigger:
            continue
        for column, named, feature in measured(scene, fast=meaning in {"fast", "slow"}):
            if feature.startswith("unnamed"):
                continue
            rows = scene.index.machine.than(base.rows, anchor.rows, column, direction)
            yield RowPart(
                Than(base.expression, anchor.expression, column, direction), rows, words | trigger | named,
                (*features, f"than:{meaning}:{feature}"), base.columns | anchor.columns | {column}, "than",
            )  # fmt: skip


def _is_turned(scene: QuestionScene, trigger: int, link: ConditionLink) -> bool:
    """Whether the anchor is who stands there, and the other is asked for: “who did A finish ahead of”."""
    words, end_of = scene.question.words, trigger.bit_length()
    following = words[end_of] if end_of < len(words) else ""
    is_behind = link.end <= (trigger & -trigger).bit_length() - 1 and words[end_of - 1] in _PREPOSITIONS
    return is_behind and following in {"", "which", "what", "whom", "who"}


def _is_close(trigger: int, link: ConditionLink) -> bool:
    """Whether a trigger stands right before a link."""
    return bool(trigger & span_mask(max(0, link.start - 3), link.start))
