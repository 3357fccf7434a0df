"""Parts of the results of a race: who finished where, who gained and lost most, and the best of each make."""

from collections.abc import Sequence

from bot.answers.common.resolve import ResolvedRace
from bot.answers.results.movers import best_of_makes, moves_of, top_movers
from bot.answers.results.row_sources import RowSources
from bot.archive.queries.results import ResultRow
from bot.cards import Argument, Fact, Facts, Part, Question

__all__ = ["RESULTS", "moves_chart_question", "race_parts", "shown_facts"]

RESULTS, MOVERS, MAKES = Part("re"), Part("mo"), Part("mk")
MIN_MOVES = 2  # one line is no chart


def race_parts(rows: Sequence[ResultRow], sources: RowSources) -> dict[Part, tuple[Fact, ...]]:
    """The parts for which there is something, results first, with the facts of each; none where there is but one."""
    others = {MOVERS: top_movers(moves_of(rows), sources), MAKES: best_of_makes(rows, sources)}
    filled = {part: facts for part, facts in others.items() if facts}
    return {RESULTS: (), **filled} if filled else {}


def shown_facts(part: Part, facts: tuple[Fact, ...]) -> Facts:
    """The block of a part other than the results themselves."""
    return Facts(facts, part.title)


def moves_chart_question(resolved: ResolvedRace, rows: Sequence[ResultRow]) -> Question | None:
    """What the button Chart asks; None where too few places on the grid are known to draw anything."""
    if len(moves_of(rows)) < MIN_MOVES:
        return None
    return Question("chart", (Argument("what", "grid to finish"), resolved.argument("race")))
