"""A candidate made of a set of rows, a column and a program."""

from bot.questions.candidates.parts import QuestionScene, RowPart, TableCandidate, TargetPart
from bot.questions.programs.answers import run_on
from bot.questions.programs.model import AnswerProgram

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
        kind = scene.column(target.column).kind
        features.append(f"ask:{name}:{asks}:{kind}")
        if "target:nearest" in target.features:
            features.append(f"nearest:{name}:{kind}")
    return TableCandidate(program, outcome, used, (*part.features, *features))
