"""How many rows there are, or different things, or things that stand in so many rows."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.questions.candidates.candidate import candidate
from bot.questions.candidates.parts import AMOUNT_KINDS, QuestionScene, RowPart, TableCandidate, TargetPart
from bot.questions.links.amounts import ROW_NOUNS
from bot.questions.links.question import NumberMention, singular, span_mask
from bot.questions.programs.model import Cells, Count, CountBlocks, CountDistinct, CountGroups, CountRun, GroupsOf
from bot.questions.programs.row_sets import Comparison, Direction, Extreme
from bot.questions.tables.model import CellKind, ColumnRole

__all__ = ["counts", "groups_of"]

_MADE = {ColumnRole.MAKE, ColumnRole.CAR, ColumnRole.CHASSIS}
_MOST_OF_GROUP = 30  # rows of one thing that are asked for; a larger number is an amount


def counts(scene: QuestionScene, part: RowPart, columns: Sequence[TargetPart]) -> Iterator[TableCandidate]:
    """All ways to count a set of rows, by each column that may be what is counted."""
    words = scene.trigger("count") | scene.trigger("total")
    yield candidate(scene, part, None, Count(part.expression), "count", words)
    run = scene.trigger("consecutive") & ~part.words
    if run and part.shape == "filter":
        yield candidate(scene, part, None, CountRun(part.expression), "count run", words | run)
    yield from _key_counts(scene, part, words)
    yield from _distances(scene, part, columns, words)
    for target in columns:
        if not _is_counted(scene, part, target):
            continue
        count = candidate(scene, part, target, Count(part.expression), "count unit", words)
        role = scene.column(target.column).role
        yield TableCandidate(count.program, count.outcome, count.words, (*count.features, f"count:{role}"))
        if scene.column(target.column).kind is not CellKind.NUMBER:
            yield from _distinct(scene, part, target, words)
            yield from _group_counts(scene, part, target, words)


def _is_counted(scene: QuestionScene, part: RowPart, target: TargetPart) -> bool:
    """Whether things of a column may be what is counted: it is named, and no condition is on it."""
    if not {"target:elsewhere", "target:head"} & set(target.features):
        return False
    in_condition = target.column in part.columns and part.shape == "filter"
    return not in_condition and not _is_other_name(scene, part, target)


def _distinct(scene: QuestionScene, part: RowPart, target: TargetPart, words: int) -> Iterator[TableCandidate]:
    """Different things in a column, or those that are printed one below another."""
    different = scene.trigger("different")
    named = {stem for at, stem in enumerate(scene.question.stems) if target.words >> at & 1}
    if scene.column(target.column).role in _MADE and named <= ROW_NOUNS and not different:
        return  # "how many cars" asks for rows, not for makes
    if part.shape == "all" and _has_blocks(scene, target.column) and not different:
        yield candidate(scene, part, target, CountBlocks(part.expression, target.column), "count blocks", words)
    program = CountDistinct(part.expression, target.column)
    one = candidate(scene, part, target, program, "count distinct", words | different)
    extra = [f"distinct:{scene.column(target.column).role}", *(("distinct:said",) if different else ())]
    if one.outcome.texts == (str(part.rows.bit_count()),):
        extra.append("distinct:all")
    yield TableCandidate(one.program, one.outcome, one.words, (*one.features, *extra))


def _is_other_name(scene: QuestionScene, part: RowPart, target: TargetPart) -> bool:
    """Whether a name was looked for in another column than the one that is asked for, where it stands too."""
    if "cell:other column named" not in part.features:
        return False
    return any(link.kind == "text" and link.column == target.column for link in scene.conditions)


def _has_blocks(scene: QuestionScene, column: int) -> bool:
    """Whether cells of a column stand for several rows: at least every third says what the one above it says."""
    cells = scene.index.machine.columns[column]
    same = sum(one.words == two.words for one, two in pairwise(cells))
    return 3 * same >= len(cells)


def _key_counts(scene: QuestionScene, part: RowPart, words: int) -> Iterator[TableCandidate]:
    """The things of the first column that the rows are about, where each has several rows."""
    first = scene.index.table.columns[0]
    in_rows = part.shape == "filter" and first.number not in part.columns
    if first.kind is CellKind.TEXT and (in_rows or (part.shape == "all" and _has_blocks(scene, 0))):
        program = CountDistinct(part.expression, first.number)
        target = TargetPart(first.number, 0, (f"distinct:first column:{part.shape}",))
        yield candidate(scene, part, target, program, "count keys", words)


def _distances(
    scene: QuestionScene, part: RowPart, columns: Sequence[TargetPart], words: int
) -> Iterator[TableCandidate]:
    """How many laps a race had: the most that any car ran."""
    for target in columns:
        if part.shape == "all" and scene.column(target.column).role in {ColumnRole.LAPS, ColumnRole.ROUND}:
            rows = Extreme(part.expression, target.column, Direction.UP)
            program = Cells(rows, target.column)
            most = RowPart(rows, scene.index.machine.rows(rows), part.words, part.features, part.columns, "extreme")
            yield candidate(scene, most, target, program, "distance", words)


def _group_counts(scene: QuestionScene, part: RowPart, target: TargetPart, words: int) -> Iterator[TableCandidate]:
    """Programs for "how many teams had at least two drivers"."""
    for number in scene.question.numbers:
        mask = span_mask(number.start, number.end)
        if number.kind != "count" or mask & part.words or not 1 <= number.value <= _MOST_OF_GROUP:
            continue
        if any(link.start == number.end and scene.column(link.column).kind in AMOUNT_KINDS for link in scene.columns):
            continue  # "3 points" are an amount of a row
        comparison, compared = _compared(scene, number)
        program = CountGroups(part.expression, target.column, comparison, int(number.value))
        yield candidate(scene, part, target, program, "count groups", words | mask | compared)


def _compared(scene: QuestionScene, number: NumberMention) -> tuple[Comparison, int]:
    """How a number of rows is compared, and the words that say so."""
    for start, end, meaning in scene.question.comparisons:
        if meaning not in {"top", "bottom"} and 0 <= number.start - end <= 1:
            return Comparison(meaning), span_mask(start, end)
    return Comparison.EQUAL, 0


def groups_of(scene: QuestionScene, part: RowPart, columns: Sequence[TargetPart]) -> Iterator[TableCandidate]:
    """Programs for "which driver appears once", "which engine was used twice"."""
    for number in scene.question.numbers:
        mask = span_mask(number.start, number.end)
        following = scene.question.words[number.end] if number.end < len(scene.question.words) else ""
        times = scene.question.words[number.start] in {"once", "twice", "thrice"} or singular(following) in ROW_NOUNS
        if not times or mask & part.words or number.kind != "count" or not 1 <= number.value <= _MOST_OF_GROUP:
            continue
        comparison, compared = _compared(scene, number)
        for target in columns:
            if scene.question.asks == "number" or scene.column(target.column).kind is not CellKind.TEXT:
                continue
            program = GroupsOf(part.expression, target.column, comparison, int(number.value))
            words = (
                mask | compared | span_mask(number.end, number.end + 1) | scene.trigger("only") | scene.trigger("times")
            )
            yield candidate(scene, part, target, program, "groups of", words)
