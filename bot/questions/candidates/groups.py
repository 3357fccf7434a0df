"""What stands most often in a column, least often, or longest in a row."""

from collections.abc import Iterator, Sequence

from bot.questions.candidates.candidate import candidate
from bot.questions.candidates.comparisons import noun_words
from bot.questions.candidates.parts import AMOUNT_KINDS, QuestionScene, RowPart, TableCandidate, TargetPart
from bot.questions.programs.model import Commonest, CommonestMonth, LongestRun
from bot.questions.programs.row_sets import Direction
from bot.questions.tables.model import CellKind, ColumnRole

__all__ = ["groups"]

_ENDS = (
    ("most", Direction.UP), ("least", Direction.DOWN), ("compare_up", Direction.UP), ("compare_down", Direction.DOWN),
    ("common", Direction.UP),
)  # fmt: skip
_ALONE = {"most", "least", "common"}  # "more" asks for one of two that are named
_WON = {ColumnRole.POLE, ColumnRole.FASTEST_LAP}  # what is won most there stands in the column itself
_NUMBERED = {ColumnRole.CLASS, ColumnRole.YEAR, ColumnRole.CAR_NUMBER}  # numbers that are names


def groups(scene: QuestionScene, part: RowPart, columns: Sequence[TargetPart]) -> Iterator[TableCandidate]:
    """What stands most or least often in a column of the rows, and what stands longest one row after another."""
    if part.rows.bit_count() < 2:  # of one row all is the most
        return
    counted = scene.trigger("count") | scene.trigger("times")
    asks = scene.question.asks
    if asks == "number" or (asks == "whether" and "or" not in scene.question.words):
        return
    yield from _months(scene, part)
    for target in columns:
        if scene.column(target.column).kind in AMOUNT_KINDS and not _is_grouped(scene, target):
            continue
        for meaning, direction in _ENDS:
            trigger = scene.trigger(meaning) & ~part.words
            if trigger and (meaning in _ALONE or "either" in part.features):
                program = Commonest(part.expression, target.column, direction)
                one = candidate(scene, part, target, program, f"commonest {meaning}", trigger | counted)
                either = (
                    f"commonest:either:{target.column in part.columns}" if "either" in part.features else "commonest"
                )
                counted_noun = (f"commonest:noun:{_has_noun(scene, trigger)}",)
                flat = "commonest:flat" if len(one.outcome.texts) > 2 else "commonest:peak"
                words = one.words | _other_names(scene, target) | noun_words(scene)
                yield TableCandidate(one.program, one.outcome, words, (*one.features, either, flat, *counted_noun))
        run_words = scene.trigger("consecutive") & ~part.words
        if run_words:
            words = run_words | scene.trigger("most") | counted
            yield candidate(scene, part, target, LongestRun(part.expression, target.column), "run", words)


def _is_grouped(scene: QuestionScene, target: TargetPart) -> bool:
    """Whether amounts of a column are names of things, or stand beside what ended a race; it is named then."""
    column = scene.column(target.column)
    return target.words != 0 and (column.role in _NUMBERED or not {"retired", "status"}.isdisjoint(column.words))


def _has_noun(scene: QuestionScene, trigger: int) -> bool:
    return bool((trigger << 1 | trigger << 2) & ~trigger & noun_words(scene))


def _other_names(scene: QuestionScene, target: TargetPart) -> int:
    """The first other column that is named behind the target: what is counted ("the most drivers")."""
    for link in scene.columns:
        if (
            link.column != target.column
            and not link.words & target.words
            and scene.column(link.column).role not in _WON
            and scene.column(link.column).kind not in AMOUNT_KINDS
        ):
            return link.words
    return 0


def _months(scene: QuestionScene, part: RowPart) -> Iterator[TableCandidate]:
    """The month with the most rows or the fewest: “what month had the most races”."""
    days = scene.index.table.column_of(ColumnRole.DAY)
    named = sum(1 << at for at, stem in enumerate(scene.question.stems) if stem == "month")
    if days is None or days.kind is not CellKind.DAY or not named:
        return
    for meaning, direction in (("most", Direction.UP), ("least", Direction.DOWN)):
        trigger = scene.trigger(meaning) & ~part.words
        if trigger:
            program = CommonestMonth(part.expression, days.number, direction)
            target = TargetPart(days.number, named, ("months",))
            yield candidate(scene, part, target, program, "commonest month", trigger | noun_words(scene))
