"""What speaks for one table of a page, or of many pages, before anything in it is read."""

from collections.abc import Sequence

from bot.language.fold import fold
from bot.questions.candidates.parts import QuestionScene
from bot.questions.links.question import singular

__all__ = ["features_of_tables"]

_ABOUT = {
    "standing", "qualifying", "practice", "entry", "schedule", "calendar", "result", "classification", "race", "team",
    "driver", "warm", "session", "grid", "points", "championship", "final",
}  # fmt: skip
_LARGE, _SMALL = 20, 8  # rows: a race has more than twenty, the first five of a championship are five


def features_of_tables(scenes: Sequence[QuestionScene]) -> tuple[tuple[str, ...], ...]:
    """The features of each of some tables, the likeliest first.

    The order of a page's tables is one: of three classes of a day people mean the one that is told first.
    """
    return tuple(
        (*_of_table(scene, place), f"table:order{min(_order(scene, scenes), 3)}") for place, scene in enumerate(scenes)
    )


def _order(scene: QuestionScene, scenes: Sequence[QuestionScene]) -> int:
    """How many of the tables stand before this one on its page."""
    index = scene.index
    return sum(one.index.number < index.number and one.index.table.title == index.table.title for one in scenes)


def _of_table(scene: QuestionScene, place: int) -> tuple[str, ...]:
    """The features of a table that is the `place`th likeliest from 0, by its headings and its size."""
    stems = set(scene.question.stems)
    words = {singular(word) for word in fold(" ".join(scene.index.table.headings)).split()}
    found = [f"table:place{min(place, 4)}"]
    for word in sorted(words & _ABOUT):
        found.append(f"table:{'said' if word in stems else 'unsaid'}:{word}")
    others = (words & stems) - _ABOUT
    found.extend(("table:heading said",) * min(len(others), 3))
    rows = len(scene.index.table.rows)
    found.append("table:large" if rows >= _LARGE else "table:small" if rows <= _SMALL else "table:middling")
    return tuple(found)
