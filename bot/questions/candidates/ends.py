"""The first and the last of some rows, and those with the most or the least."""

from collections.abc import Iterator

from bot.questions.candidates.parts import AMOUNT_KINDS, QuestionScene, RowPart
from bot.questions.links.amounts import ROW_NOUNS
from bot.questions.links.question import span_mask
from bot.questions.programs.machine import end
from bot.questions.programs.row_sets import Direction, End, Extreme, Finished, Than, Where
from bot.questions.tables.model import ColumnRole

__all__ = ["any_one", "ends", "extremes", "first_word", "measured"]

UP, DOWN = Direction.UP, Direction.DOWN
_FINISH_WORDS = {"finish", "finished", "finisher", "finishing", "complete", "completed", "crossed"}
_FAST_ROLES = (ColumnRole.TIME, ColumnRole.SPEED, ColumnRole.GAP, ColumnRole.FASTEST_LAP)


def ends(scene: QuestionScene, base: RowPart) -> Iterator[RowPart]:
    """The first and the last rows of a set, where the question asks for them, and the second, third and so on."""
    several = base.columns and base.rows.bit_count() > 1 and "than" not in scene.question.words
    either = "either" in base.features or several
    meanings = (("first", UP), ("last", DOWN), *((("earlier", UP), ("later", DOWN)) if either else ()))
    alone = ("end:of one",) if base.rows.bit_count() == 1 else ()
    for meaning, direction in meanings:
        trigger = scene.trigger(meaning) & ~base.words
        if trigger:
            two = "of two" if "either" in base.features else "of some"
            features = (
                *base.features, *alone, f"end:{meaning}", f"end:{meaning}:{first_word(scene, trigger)}",
                f"end:{meaning}:{two}",
            )  # fmt: skip
            rows = end(base.rows, direction, 1)
            yield RowPart(End(base.expression, direction), rows, base.words | trigger, features, base.columns, "end")
            yield from _last_finisher(scene, base, direction, trigger)
            yield from _ends_of_many(scene, base, direction, trigger, meaning)
    yield from any_one(scene, base)
    yield from _last_but_one(scene, base)
    for number in scene.question.numbers:
        mask = span_mask(number.start, number.end)
        if number.kind == "ordinal" and number.value > 1 and not mask & base.words:
            many = int(number.value)
            expression = End(End(base.expression, UP, many), DOWN, 1)
            rows = end(end(base.rows, UP, many), DOWN, 1) if base.rows.bit_count() >= many else 0
            yield RowPart(expression, rows, base.words | mask, (*base.features, "end:nth"), base.columns, "end")


def _last_but_one(scene: QuestionScene, base: RowPart) -> Iterator[RowPart]:
    """The row before the last one: “second to last”, “next to last”."""
    trigger = scene.trigger("last but one") & ~base.words
    if trigger and base.rows.bit_count() > 1:
        rows = end(end(base.rows, DOWN, 2), UP, 1)
        expression = End(End(base.expression, DOWN, 2), UP)
        yield RowPart(expression, rows, base.words | trigger, (*base.features, "last but one"), base.columns, "end")


def _last_finisher(scene: QuestionScene, base: RowPart, direction: Direction, trigger: int) -> Iterator[RowPart]:
    """The last row that has a place: those behind it retired."""
    place = scene.index.table.column_of(ColumnRole.PLACE)
    if place is None or direction is UP or base.columns:
        return
    finished = Finished(place.number)
    met = base.rows & scene.index.machine.meets(finished)
    if met != base.rows:
        expression = End(Where(base.expression, finished), direction)
        ended = "said" if _FINISH_WORDS & set(scene.question.words) else "open"
        features = (*base.features, "end:last:classified", f"end:last:classified:{ended}")
        yield RowPart(expression, end(met, direction, 1), base.words | trigger, features, base.columns, "end")


def any_one(scene: QuestionScene, base: RowPart) -> Iterator[RowPart]:
    """Of several the first, of “name 3” the first three: “name a driver who”, “find one team that”."""
    words = scene.question.words
    if not base.columns:
        return
    named = next((place for place in range(len(words) - 1) if words[place : place + 2] == ("name", "of")), -1)
    if scene.question.asks != "order" and named < 0:
        return
    at = named + 2 if named >= 0 else scene.question.asks_at + 1
    while at < len(words) and words[at] in {"me", "at", "least"}:
        at += 1
    if at < len(words) and words[at] in {"a", "an", "one", "any"}:
        rows = end(base.rows, UP, 1)
        features = (*base.features, "end:any")
        yield RowPart(End(base.expression, UP), rows, base.words | 1 << at, features, base.columns, "end")
    for number in scene.question.numbers:
        if number.start == at and number.kind == "count":
            many = int(min(number.value, 1_000))
            rows = end(base.rows, UP, many)
            features = (*base.features, "end:any")
            yield RowPart(End(base.expression, UP, many), rows, base.words | 1 << at, features, base.columns, "many")


def _ends_of_many(
    scene: QuestionScene, base: RowPart, direction: Direction, trigger: int, meaning: str
) -> Iterator[RowPart]:
    """Several rows at an end: “the first 3”, “the top ten”; where there are places, those say who is in the top."""
    if meaning == "first" and scene.index.table.column_of(ColumnRole.PLACE):
        return
    for number in scene.question.numbers:
        mask = span_mask(number.start, number.end)
        if number.kind == "count" and number.start and trigger >> (number.start - 1) & 1 and not mask & base.words:
            many = int(min(number.value, 1_000))
            rows = end(base.rows, direction, many)
            features = (*base.features, f"end:{meaning}:many")
            yield RowPart(
                End(base.expression, direction, many), rows, base.words | trigger | mask, features, base.columns, "many"
            )


def extremes(scene: QuestionScene, base: RowPart) -> Iterator[RowPart]:
    """The rows with the most or the least of each column that may be meant."""
    more = (("compare_up", UP), ("compare_down", DOWN)) if "either" in base.features else ()
    alone = ("extreme:of one",) if base.rows.bit_count() == 1 else ()
    yield from _grid_ends(scene, base)
    for meaning, direction in (("most", UP), ("least", DOWN), ("fast", DOWN), ("slow", UP), *more):
        trigger = scene.trigger(meaning) & ~base.words
        if not trigger:
            continue
        for column, words, feature in measured(scene, fast=meaning in {"fast", "slow"}):
            turned = direction
            role = scene.column(column).role
            if meaning in {"fast", "slow"} and role is ColumnRole.SPEED:
                turned = DOWN if direction is UP else UP
            if role in {ColumnRole.PLACE, ColumnRole.GRID}:
                turned = DOWN if direction is UP else UP
            rows = scene.index.machine.extreme(base.rows, column, turned)
            features = (
                *base.features,
                *alone,
                f"extreme:{meaning}",
                f"extreme:{feature}",
                f"extreme:{meaning}:{feature}",
                f"extreme:role:{role}",
                *((f"extreme:noun:{feature[:5]}",) if _is_noun_next(scene, trigger) else ()),
            )
            most = RowPart(
                Extreme(base.expression, column, turned), rows, base.words | trigger | words, features,
                base.columns | {column}, "extreme",
            )  # fmt: skip
            yield most
            yield from _second_most(scene, base, most, column, turned, trigger)


def _second_most(
    scene: QuestionScene, base: RowPart, most: RowPart, column: int, direction: Direction, trigger: int
) -> Iterator[RowPart]:
    """The rows with the most but for those with even more: “the second most points”."""
    first = (trigger & -trigger).bit_length() - 1
    for number in scene.question.numbers:
        if number.kind == "ordinal" and number.value == 2 and number.end == first:
            opposite = UP if direction is DOWN else DOWN
            machine = scene.index.machine
            rest = machine.than(base.rows, most.rows, column, opposite)
            expression = Extreme(Than(base.expression, most.expression, column, opposite), column, direction)
            rows, words = machine.extreme(rest, column, direction), most.words | span_mask(number.start, number.end)
            yield RowPart(expression, rows, words, (*most.features, "second most"), most.columns, "extreme")


def _is_noun_next(scene: QuestionScene, trigger: int) -> bool:
    """Whether what there is most of is said by a word for rows: “the most races”, “the fewest entries”."""
    nouns = sum(1 << at for at, stem in enumerate(scene.question.stems) if stem in ROW_NOUNS)
    return bool((trigger << 1 | trigger << 2) & ~trigger & nouns)


def _grid_ends(scene: QuestionScene, base: RowPart) -> Iterator[RowPart]:
    """The first and the last of the grid, where that is named: “started last”, “first on the grid”."""
    for link in scene.columns:
        if scene.column(link.column).role is not ColumnRole.GRID or link.words & base.words:
            continue
        for meaning, direction in (("first", DOWN), ("last", UP)):
            trigger = scene.trigger(meaning) & ~base.words & ~link.words
            if trigger:
                rows = scene.index.machine.extreme(base.rows, link.column, direction)
                features = (*base.features, f"extreme:{meaning}:grid", "extreme:grid")
                yield RowPart(
                    Extreme(base.expression, link.column, direction), rows, base.words | trigger | link.words,
                    features, base.columns | {link.column}, "extreme",
                )  # fmt: skip


def measured(scene: QuestionScene, *, fast: bool) -> Iterator[tuple[int, int, str]]:
    """The columns whose most or least may be meant: number, words that name it, feature."""
    named = set()
    for link in scene.columns:
        column = scene.column(link.column)
        if column.kind in AMOUNT_KINDS and link.column not in named and (not fast or column.role in _FAST_ROLES):
            named.add(link.column)
            yield link.column, link.words, f"named{link.strength}"
    for column in scene.index.table.columns:
        if column.number in named or column.kind not in AMOUNT_KINDS:
            continue
        if fast and column.role in _FAST_ROLES:
            yield column.number, 0, "by time"
        elif column.role in {ColumnRole.PLACE, ColumnRole.POINTS, ColumnRole.LAPS} and not fast:
            yield column.number, 0, f"unnamed:{column.role}"


def first_word(scene: QuestionScene, trigger: int) -> str:
    """The first word of a set that has one."""
    return scene.question.words[(trigger & -trigger).bit_length() - 1]
