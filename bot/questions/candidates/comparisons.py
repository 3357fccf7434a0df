"""Candidates that compare two things: the difference, the same or not, and which side one is of the other."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz.distance import OSA

from bot.questions.candidates.filters import filtered
from bot.questions.candidates.parts import LinkSet, QuestionScene, RowPart, TableCandidate, TargetPart
from bot.questions.links.amounts import ROW_NOUNS
from bot.questions.links.links import ConditionLink
from bot.questions.links.question import NumberMention, span_mask
from bot.questions.programs.answers import count_difference, count_side, difference, run, same_value, side
from bot.questions.programs.model import CountDifference, CountSide, Difference, SameValue, Side
from bot.questions.programs.row_sets import AllRows, Comparison, Direction, End, Extreme, IsAmount, RowSet, Where
from bot.questions.tables.model import CellKind, ColumnRole

__all__ = ["comparisons", "noun_words"]

_SIDES = (
    ("above", "below"), ("before", "after"), ("ahead", "behind"), ("higher", "lower"), ("over", "under"),
    ("more", "less"), ("more", "fewer"), ("earlier", "later"), ("better", "worse"), ("greater", "less"),
    ("faster", "slower"), ("first", "last"), ("higher", "below"), ("longer", "shorter"),
)  # fmt: skip
_SIDE_WORDS = tuple(dict.fromkeys(word for pair in _SIDES for word in pair))
_MIN_MISSPELT = 5  # letters; "beloy" is "below", but "lore" need not be "more"
_AMOUNTS = {CellKind.NUMBER, CellKind.TIME}
_ORDER_WORDS = {
    "above", "before", "ahead", "higher", "earlier", "first", "better", "beat", "defeat", "defeated", "outrank",
    "front",
}  # fmt: skip
_DOWN_WORDS = {"below", "after", "behind", "lower", "later"}


def comparisons(
    scene: QuestionScene, sets: Sequence[LinkSet], targets: Sequence[TargetPart]
) -> Iterator[TableCandidate]:
    """The candidates of every two links that can be compared."""
    seen: set[object] = set()
    for links in sets:
        for first, second in combinations(links.links, 2):
            others = [link for link in links.links if link is not first and link is not second]
            key = (first.condition, second.condition, *(link.condition for link in others))
            if (first.column == second.column or _is_place_and_name(scene, first, second)) and key not in seen:
                seen.add(key)
                yield from _of_two(scene, first, second, others, targets)
    yield from _against_amount(scene, sets)
    yield from _ends(scene, targets)


def _is_place_and_name(scene: QuestionScene, first: ConditionLink, second: ConditionLink) -> bool:
    """Whether one is named and the other is said by the place: “how many laps behind the winner was A”."""
    roles = {scene.column(first.column).role, scene.column(second.column).role}
    return {first.kind, second.kind} == {"text", "number"} and ColumnRole.PLACE in roles


def _of_two(
    scene: QuestionScene,
    first: ConditionLink,
    second: ConditionLink,
    others: Sequence[ConditionLink],
    targets: Sequence[TargetPart],
) -> Iterator[TableCandidate]:
    one, two = filtered(scene, [first, *others]), filtered(scene, [second, *others])
    features = (*one.features, *second.features, "compare:two")
    words = one.words | two.words
    for target in targets:
        yield from _of_target(scene, (one, two), target, words, (*features, *target.features))
    yield from _order(scene, (one, two), words, features)
    if first.kind == "text":
        yield from _whether_more_rows(scene, (one, two), words, features)
    apart = scene.trigger("difference")
    if apart and first.kind == "text":
        program = CountDifference(one.expression, two.expression)
        more = scene.trigger("count") | scene.trigger("compare_up") | scene.trigger("compare_down")
        outcome = count_difference(one.rows, two.rows)
        names = next((link.words for link in scene.columns if link.column not in one.columns), 0)
        yield TableCandidate(program, outcome, words | apart | more | names, (*features, "op:count difference"))


def _of_target(
    scene: QuestionScene, pair: tuple[RowPart, RowPart], target: TargetPart, words: int, features: tuple[str, ...]
) -> Iterator[TableCandidate]:
    machine, column = scene.index.machine, target.column
    one, two = pair
    used = words | target.words
    apart = scene.trigger("difference")
    if apart and scene.column(column).kind in _AMOUNTS and scene.question.asks != "whether":
        outcome = difference(machine, one.rows, two.rows, column)
        counted = scene.trigger("count") | scene.trigger("compare_up") | scene.trigger("compare_down")
        more = scene.trigger("compare_up") | scene.trigger("compare_down")
        program = Difference(one.expression, two.expression, column)
        yield TableCandidate(program, outcome, used | apart | counted | more, (*features, "op:difference"))
    same = scene.trigger("same")
    if same and scene.question.asks == "whether":
        outcome = same_value(machine, one.rows, two.rows, column, ("yes", "no"))
        program_same = SameValue(one.expression, two.expression, column)
        yield TableCandidate(program_same, outcome, used | same, (*features, "op:same value"))
    if apart and scene.question.asks == "whether":
        outcome = same_value(machine, one.rows, two.rows, column, ("no", "yes"))
        program_same = SameValue(one.expression, two.expression, column, ("no", "yes"))
        yield TableCandidate(program_same, outcome, used | apart, (*features, "op:same value"))
    yield from _whether_more(scene, pair, target, used, features)
    answers, mask = _side_words(scene)
    if answers and scene.column(column).kind in _AMOUNTS:
        which = Side(one.expression, two.expression, column, answers)
        outcome = side(machine, one.rows, two.rows, which)
        yield TableCandidate(which, outcome, used | mask, (*features, "op:side", "op:side:amount"))


def _whether_more(
    scene: QuestionScene, pair: tuple[RowPart, RowPart], target: TargetPart, words: int, features: tuple[str, ...]
) -> Iterator[TableCandidate]:
    """Whether one row has more or less of something than another: “did A score more points than B”."""
    if scene.question.asks != "whether" or "or" in scene.question.words:
        return
    if scene.column(target.column).kind not in _AMOUNTS:
        return
    one, two = pair
    for meaning, answers in (("compare_up", ("yes", "no")), ("compare_down", ("no", "yes"))):
        trigger = scene.trigger(meaning)
        if trigger:
            which = Side(one.expression, two.expression, target.column, answers)
            outcome = side(scene.index.machine, one.rows, two.rows, which)
            yield TableCandidate(which, outcome, words | trigger, (*features, "op:side", "op:side:whether more"))


def _whether_more_rows(
    scene: QuestionScene, pair: tuple[RowPart, RowPart], words: int, features: tuple[str, ...]
) -> Iterator[TableCandidate]:
    """Whether one stands in more rows than another: “did A win more races than B”."""
    if scene.question.asks != "whether" or "or" in scene.question.words:
        return
    one, two = pair
    nouns = noun_words(scene)
    for meaning, answers in (("compare_up", ("yes", "no")), ("compare_down", ("no", "yes"))):
        trigger = scene.trigger(meaning)
        if trigger and one.rows.bit_count() != two.rows.bit_count():
            program = CountSide(one.expression, two.expression, answers)
            outcome = count_side(one.rows, two.rows, answers)
            yield TableCandidate(program, outcome, words | trigger | nouns, (*features, "op:count side"))


def noun_words(scene: QuestionScene) -> int:
    """The words for what rows are, or for winning: what is counted where no column says it."""
    return sum(1 << at for at, stem in enumerate(scene.question.stems) if stem in ROW_NOUNS)


def _order(
    scene: QuestionScene, pair: tuple[RowPart, RowPart], words: int, features: tuple[str, ...]
) -> Iterator[TableCandidate]:
    """Which of two rows stands further up: as one of two words, or as yes or no."""
    one, two = pair
    answers, mask = _side_words(scene)
    machine = scene.index.machine
    if answers:
        which = Side(one.expression, two.expression, None, answers)
        outcome = side(machine, one.rows, two.rows, which)
        yield TableCandidate(which, outcome, words | mask, (*features, "op:side", "op:side:order"))
        return
    if scene.question.asks != "whether" or "or" in scene.question.words:
        return
    for wanted, yes_no in ((_ORDER_WORDS, ("yes", "no")), (_DOWN_WORDS, ("no", "yes"))):
        mask = sum(1 << at for at, word in enumerate(scene.question.words) if word in wanted)
        if mask:
            which = Side(one.expression, two.expression, None, yes_no)
            outcome = side(machine, one.rows, two.rows, which)
            yield TableCandidate(which, outcome, words | mask, (*features, "op:side", "op:side:whether"))


def _side_words(scene: QuestionScene) -> tuple[tuple[str, str] | None, int]:
    """The two words of "above or below", as the question has them, and their place; None where it has no such two."""
    words = tuple(_spelt(word) for word in scene.question.words)
    for up, down in _SIDES:
        if up in words and down in words:
            start, end = words.index(up), words.index(down)
            if abs(start - end) <= 3 and "or" in words[min(start, end) : max(start, end)]:
                return (up, down), 1 << start | 1 << end
    return None, 0


def _spelt(word: str) -> str:
    """A word of a side that is written with one wrong letter, as it should be; any other word as it is."""
    if len(word) < _MIN_MISSPELT or word in _SIDE_WORDS:
        return word
    return next((one for one in _SIDE_WORDS if len(one) == len(word) and OSA.distance(one, word) == 1), word)


def _against_amount(scene: QuestionScene, sets: Sequence[LinkSet]) -> Iterator[TableCandidate]:
    """The amount of one row against a number: “above or below 250”."""
    answers, mask = _side_words(scene)
    if not answers:
        return
    for number in scene.question.numbers:
        if number.kind not in {"count", "time", "year"}:
            continue
        taken = span_mask(number.start, number.end)
        for links in sets:
            kept = [link for link in links.links if not link.words & taken]
            yield from _amount_sides(scene, filtered(scene, kept), answers, mask, number)


def _amount_sides(
    scene: QuestionScene, base: RowPart, answers: tuple[str, str], sides: int, number: NumberMention
) -> Iterator[TableCandidate]:
    words = sides | span_mask(number.start, number.end)
    turned = (answers[1], answers[0])
    for link in scene.columns:
        if scene.column(link.column).kind not in _AMOUNTS:
            continue
        used = base.words | words | link.words
        leading = number.start < (sides & -sides).bit_length() - 1
        said = turned if leading else answers
        machine, most = scene.index.machine, scene.trigger("most")
        row_sets: list[tuple[RowSet, int, str, int]] = [(base.expression, base.rows, "row", 0)]
        if most:
            greatest = machine.extreme(base.rows, link.column, Direction.UP)
            row_sets.append((Extreme(base.expression, link.column, Direction.UP), greatest, "most", most))
        for expression, rows, name, trigger in row_sets:
            which = Side(expression, None, link.column, said, number.value)
            outcome = side(machine, rows, 0, which)
            yield TableCandidate(which, outcome, used | trigger, (*base.features, "op:side", f"op:side:amount:{name}"))


def _ends(scene: QuestionScene, targets: Sequence[TargetPart]) -> Iterator[TableCandidate]:
    """The difference between the first and the last row, or between two places that are only numbers."""
    apart = scene.trigger("difference")
    first, last = scene.trigger("first"), scene.trigger("last")
    place = scene.index.table.column_of(ColumnRole.PLACE)
    for target in targets:
        if not apart or scene.question.asks == "whether" or scene.column(target.column).kind not in _AMOUNTS:
            continue
        if first and last:
            program = Difference(End(AllRows(), Direction.UP), End(AllRows(), Direction.DOWN), target.column)
            yield TableCandidate(
                program, run(scene.index.machine, program), apart | first | last | target.words,
                (*target.features, "op:difference", "op:difference:ends"),
            )  # fmt: skip
        if place and len(scene.question.numbers) == 2:
            one, two = scene.question.numbers
            program = Difference(_at(place.number, one.value), _at(place.number, two.value), target.column)
            words = apart | span_mask(one.start, one.end) | span_mask(two.start, two.end) | target.words
            yield TableCandidate(
                program, run(scene.index.machine, program), words | _place_words(scene),
                (*target.features, "op:difference", "op:difference:places"),
            )  # fmt: skip


def _place_words(scene: QuestionScene) -> int:
    return sum(
        link.words for link in scene.columns if scene.column(link.column).role is ColumnRole.PLACE and link.start
    )


def _at(column: int, amount: float) -> RowSet:
    return Where(AllRows(), IsAmount(column, Comparison.EQUAL, amount))
