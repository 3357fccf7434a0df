"""The features by which candidates are ranked."""

from bot.language.fold import fold
from bot.questions.candidates.parts import QuestionScene, TableCandidate
from bot.questions.programs.model import Cells
from bot.questions.programs.row_sets import Contains

__all__ = ["candidate_features"]

_SHAPES = {"shape:beside", "shape:beyond"}


def candidate_features(scene: QuestionScene, one: TableCandidate) -> tuple[str, ...]:
    """What speaks for a candidate and against it: its own features, unexplained words, and what it answers."""
    return (*one.features, *_leftovers(scene, one), *_outcome(scene, one))


def _asked_noun(scene: QuestionScene) -> str:
    """Whether "which" or "who" asks for one thing or for several: "which drivers"; "open" where no noun says."""
    words, stems, at = scene.question.words, scene.question.stems, scene.question.asks_at
    for place in range(at, min(len(words), at + 4)):
        if stems[place] in scene.index.phrases:
            return "plural" if words[place] != stems[place] else "singular"
        if words[place] in {"are", "were"}:
            return "plural"
    return "open"


def _leftovers(scene: QuestionScene, one: TableCandidate) -> list[str]:
    found: list[str] = []
    left = scene.content & ~one.words
    if left:
        found.extend(("left:any",) * min(left.bit_count(), 4))
    while left:
        lowest = left & -left
        found.append(scene.leftovers[lowest.bit_length() - 1])
        left ^= lowest
    return found


def _outcome(scene: QuestionScene, one: TableCandidate) -> tuple[str, ...]:
    texts, asks = one.outcome.texts, scene.question.asks
    operation = next((name for name in one.features if name.startswith("op:")), "op:none")
    if not texts:
        return ("out:nothing",)
    size = "one" if len(texts) == 1 else "two" if len(texts) == 2 else "many"
    found = [f"out:{size}", f"out:{size}:{asks}"]
    if operation in {"op:cells", "op:commonest most"}:
        found.append(f"out:{size}:{_asked_noun(scene)}")
    if operation.startswith("op:count") and len(texts) == 1:
        number = texts[0]
        found.append(f"out:count:{number}" if number in {"0", "1"} else "out:count:more")
        if one.outcome.rows == scene.index.machine.all_rows:
            found.append("out:count:all")
    if operation == "op:cells":
        found.append(f"out:cells:{size}")
        if asks == "number" and len(texts) > 1:
            found.append("out:cells:several numbers")
        if len(texts) > 5:
            found.append("out:cells:far too many")
    found.extend(_beside(scene, one, operation))
    found.extend(("out:echo",) if _is_echo(scene, one) else ())
    return tuple(found)


def _beside(scene: QuestionScene, one: TableCandidate, operation: str) -> tuple[str, ...]:
    """Whether one row beside another is read, or all of them, and how many are asked for: “which drivers”."""
    shape = next((name for name in one.features if name in _SHAPES), "")
    return (f"{shape}:{_asked_noun(scene)}",) if shape and operation == "op:cells" else ()


def _is_echo(scene: QuestionScene, one: TableCandidate) -> bool:
    """Whether the answer is a cell that the question has named, and no choice between several was asked for."""
    if not isinstance(one.program, Cells) or len(one.outcome.texts) != 1 or "either" in one.features:
        return False
    said = tuple(fold(one.outcome.texts[0]).split())
    return any(
        isinstance(link.condition, Contains)
        and link.column == one.program.column
        and link.condition.words == said
        and not link.words & ~one.words
        for link in scene.conditions
    )
