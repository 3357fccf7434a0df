"""What speaks for one table of a page, or of many pages, before anything in it is read."""

from bot.language.fold import fold
from bot.questions.candidates.parts import QuestionScene
from bot.questions.links.question import singular

__all__ = ["table_features"]

_ABOUT = {
    "standing", "qualifying", "practice", "entry", "schedule", "calendar", "result", "classification", "race", "team",
    "driver", "warm", "session", "grid", "points", "championship", "final",
}  # fmt: skip
_LARGE, _SMALL = 20, 8  # rows: a race has more than twenty, the first five of a championship are five


def table_features(scene: QuestionScene, place: int) -> tuple[str, ...]:
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
