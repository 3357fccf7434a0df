"""A candidate made of a set of rows, a column and a program."""

from bot.questions.candidates.parts import QuestionScene, RowPart, TableCandidate, TargetPart
from bot.questions.links.question import span_mask
from bot.questions.programs.answers import run_on
from bot.questions.programs.model import AnswerProgram
from bot.questions.programs.row_sets import Extreme

__all__ = ["candidate"]


def candidate(
    scene: QuestionScene, part: RowPart, target: TargetPart | None, program: AnswerProgram, name: str, words: int = 0
) -> TableCandidate:
    """A program of a set of rows with its outcome; `words` ask for it, `name` is that of its features."""
    outcome = run_on(scene.index.machine, program, part.rows)
    asks = scene.question.asks
    features = [f"op:{name}", f"op:{name}:{asks}", f"shape:{part.shape}", f"shape:{name}:{part.shape}"]
    used = part.words | words
    if target:
        features.extend(target.features)
        used |= target.words
        if target.column in part.columns:
            features.append(f"target:in rows:{part.shape}")
            features.append(f"target:in rows:{part.shape}:{asks}")
            features.extend(_measured(scene, part, target))
        kind = scene.column(target.column).kind
        features.append(f"ask:{name}:{asks}:{kind}")
        if "target:nearest" in target.features:
            features.append(f"nearest:{name}:{kind}")
    return TableCandidate(program, outcome, used, (*part.features, *features))


def _measured(scene: QuestionScene, part: RowPart, target: TargetPart) -> tuple[str, ...]:
    """Whether the most of a column is itself asked for: “what is the best grid position of a Honda”."""
    if not isinstance(part.expression, Extreme) or part.expression.column != target.column or not target.words:
        return ()
    first = (target.words & -target.words).bit_length() - 1
    ends = scene.trigger("most") | scene.trigger("least") | scene.trigger("fast") | scene.trigger("slow")
    near = "close" if ends & span_mask(max(0, first - 2), first) else "far"
    return (f"target:measured:{near}", f"target:measured:{near}:{scene.question.asks}")
