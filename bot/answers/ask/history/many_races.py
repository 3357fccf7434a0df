"""Forms of questions over many races: of a season, at a track, or of one name such as the Daytona 500s.

They are one table with a row for each race: which had the most cautions, how many Toyota won, who won last. What only
some of them tell is said of those, with their number; where races that were run are not here, nothing is counted.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answers.ask.ask_words import MAX_NAMES
from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan, is_amount, is_name, where
from bot.answers.ask.history.career import is_of_track
from bot.answers.ask.history.races_table import RacesTable, race_set, races_table
from bot.answers.ask.history.wins import FIRST_WORDS, LAST_WORDS, names_last_race
from bot.answers.ask.race_tables import QuestionTables
from bot.answers.ask.scope import Scope
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import join, sentence
from bot.questions.programs.model import Cells, Commonest, Count, CountDistinct, Total
from bot.questions.programs.row_sets import AllRows, Condition, Direction, End, Extreme

__all__ = ["many_races"]

# Lists of words and the column that they ask for.
COUNTED = {
    "cautions": "Cautions", "caution_laps": "Caution laps", "lead_changes": "Lead changes", "leaders": "Leaders",
    "attendance": "Attendance",
}  # fmt: skip
USED = frozenset([
    "race", "races", "series", "season", "back", "what", "which", "how_many", "who", "aux", "any", "different",
    "combined", "track_word", "do", "time", "times",
])  # fmt: skip
MIN_TOLD = 2  # races that tell a number; of one nothing is the most
MIN_TOLD_SHARE = 0.5  # of races over the years: the closest of three finishes is no record of a hundred
RACE_COUNT_WORDS = frozenset(["races", "wins", "victories", "race"])


def many_races(frame: Frame, scope: Scope, tables: QuestionTables) -> TablePlan | Refusal | None:
    """What is asked of all races of a season, at a track or of one name; None where the words ask of one race."""
    forms = _forms_of(frame, scope, tables)
    for found in filter(None, (form(frame) for form in forms)):
        races = race_set(frame, scope, tables)
        # Where races are missing the story of one may tell how many won so far.
        if isinstance(races, Refusal) and frame.has("season_wins") and frame.has("back"):
            return None
        if races is not None:
            return races if isinstance(races, Refusal) else found(races_table(tables, races, found.cited))
    return None


def _forms_of(frame: Frame, scope: Scope, tables: QuestionTables) -> tuple[Callable[[Frame], "_Asked | None"], ...]:
    """The forms in which may be asked of a season, a track, or the races of a name."""
    if frame.is_yes_no:
        return ()
    is_of_season = scope.season is not None or frame.has("back")
    if scope.track_words and not is_of_season and not is_of_track(scope.track_words, tables):
        return _most_wins, _won, _winners, _extreme, _commonest, _end
    if scope.track_words:
        return () if is_of_season else (_extreme, _won, _winners, _commonest, _end)
    return (_extreme, _total, _won, _winners, _commonest) if is_of_season else ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the table of races, made when it is known; `cited` is the column whose lines are cited."""

    plan: Callable[[RacesTable], TablePlan | Refusal]
    cited: str = "Winner"

    def __call__(self, races: RacesTable) -> TablePlan | Refusal:
        return self.plan(races)


def _extreme(frame: Frame) -> _Asked | None:
    """Which race had the most cautions, the fewest lead changes, the closest finish."""
    column = next((COUNTED[name] for name in COUNTED if frame.has(name)), None)
    direction = Direction.UP if frame.has("most") else Direction.DOWN if frame.has("fewest") else None
    used = USED | COUNTED.keys() | {"most", "fewest", "number"}
    if frame.has("closest_finish"):
        column, direction, used = "Margin", Direction.DOWN, USED | {"closest_finish", "most", "who", "won"}
    if column is None or direction is None or frame.asked not in {"which", "what", ""} or frame.unexplained(used):
        return None
    heading, way = column, direction

    def plan(races: RacesTable) -> TablePlan | Refusal:
        told = races.told(heading)
        is_over_years = races.races.season is None
        if told < MIN_TOLD or (is_over_years and told < MIN_TOLD_SHARE * len(races.table.rows)):
            return _not_told(races, heading)
        rows = Extreme(AllRows(), races.column(heading), way)
        head = f"of {_told_races(races, told)}" if told < len(races.table.rows) else f"of {races.name}"

        def text(outcome: PlanOutcome) -> str:
            if not outcome.rows:
                return ""
            value = outcome.rows[0].cells[races.column(heading)].text
            names = join([f"the {one}" for one in outcome.texts])
            most = f"{'most' if way is Direction.UP else 'fewest'} {heading.lower()}: {value}"
            what = f"closest finish: {value} seconds" if heading == "Margin" else most
            return sentence(f"{head}, {names} had the {what}")

        return races.plan(Cells(rows, races.column("Race")), used, text)

    return _Asked(plan, column)


def _total(frame: Frame) -> _Asked | None:
    """How many cautions there were in all races."""
    column = next((COUNTED[name] for name in COUNTED if frame.has(name)), None)
    used = USED | COUNTED.keys()
    if column is None or column == "Leaders" or frame.asked != "how_many" or frame.unexplained(used):
        return None
    heading = column

    def plan(races: RacesTable) -> TablePlan | Refusal:
        told = races.told(heading)
        if told < MIN_TOLD:
            return _not_told(races, heading)
        head = f"{_told_races(races, told)} had" if told < len(races.table.rows) else f"{races.name} had"
        return races.plan(
            Total(AllRows(), races.column(heading)), used,
            lambda outcome: sentence(f"{head} {outcome.texts[0]} {heading.lower()} in all"),
        )  # fmt: skip

    return _Asked(plan, column)


def _won(frame: Frame) -> _Asked | None:
    """How many races, or which, a make, a team or a driver won."""
    kinds = {one.kind for one in frame.named}
    used = USED | {"won", "driver", "team", "manufacturer", "car"}
    asks_races = frame.has("races") or frame.words & RACE_COUNT_WORDS
    if len(frame.named) != 1 or not frame.has("won") or not asks_races or frame.unexplained(used):
        return None
    column = {"manufacturer": "Make", "team": "Team", "driver": "Winner"}.get(next(iter(kinds)))
    counts = frame.asked == "how_many"
    if column is None or (counts and column == "Winner") or not (counts or frame.asked in {"which", "what"}):
        return None  # the wins of a driver are counted in his own tally
    heading, name = column, frame.named[0].name

    def plan(races: RacesTable) -> TablePlan | Refusal:
        if races.told(heading) < len(races.table.rows):
            return _not_told(races, heading)
        rows = where(AllRows(), [is_name(races.table, heading, name)])
        if counts:
            return races.plan(
                Count(rows), used, lambda outcome: sentence(f"{name} won {outcome.texts[0]} of {races.name}")
            )
        return races.plan(Cells(rows, races.column("Race")), used, lambda outcome: _races_won(races, name, outcome))

    return _Asked(plan)


def _races_won(races: RacesTable, name: str, outcome: PlanOutcome) -> str:
    names = [row.cells[races.column("Race")].text for row in outcome.rows]
    shown = f": {join(names)}" if 0 < len(names) <= MAX_NAMES else ""
    return sentence(f"{name} won {len(names) or 'none'} of {races.name}{shown}")


def _most_wins(frame: Frame) -> _Asked | None:
    """Which driver won most of these races."""
    used = USED | {"won", "most", "driver", "career"}
    if frame.named or frame.asked not in {"who", "which", "what", ""} or not frame.has("won", "races"):
        return None
    if not frame.has("most") or frame.unexplained(used):
        return None
    return _commonest_of("Winner", used)


def _end(frame: Frame) -> _Asked | None:
    """Who won last, or first: of all, for a make or a team, from the pole."""
    is_last, is_first = bool(frame.words & LAST_WORDS), bool(frame.words & FIRST_WORDS)
    kinds = {one.kind for one in frame.named}
    used = USED | {
        "won", "team", "manufacturer", "last_place", "first_time", "for_good", "best", "place", "when", "pole",
        "driver",
    }  # fmt: skip
    if len(frame.named) > 1 or kinds - {"manufacturer", "team"}:
        return None
    if is_last and not frame.named and not frame.has("pole"):
        return None  # whoever won last at a track is the winner of the latest race there
    if is_last == is_first or not frame.has("won") or names_last_race(frame):
        return None
    if frame.asked not in {"", "who", "which", "what", "when"} or frame.unexplained(used):
        return None
    heading = "Make" if "manufacturer" in kinds else "Team" if kinds else ""
    name = frame.named[0].name if frame.named else ""
    from_pole = " from the pole" if frame.has("pole") else ""

    def plan(races: RacesTable) -> TablePlan | Refusal:
        conditions: list[Condition] = [is_name(races.table, heading, name)] if heading else []
        conditions += [is_amount(races.table, "Start of the winner", 1)] if from_pole else []
        rows = End(where(AllRows(), conditions), Direction.DOWN if is_last else Direction.UP)

        def text(outcome: PlanOutcome) -> str:
            whose = f" for {name}" if name else ""
            if not outcome.rows:
                return sentence(f"none of {races.name} was won{whose}{from_pole}, as far as is known here")
            winner = outcome.rows[0].cells[races.column("Winner")].text
            order = "last" if is_last else "first"
            return sentence(
                f"of {races.name}, {winner} was the {order} to win{whose}{from_pole}: the {outcome.texts[0]}"
            )

        return races.plan(Cells(rows, races.column("Race")), used, text)

    return _Asked(plan)


def _winners(frame: Frame) -> _Asked | None:
    """How many different winners there were."""
    used = USED | {"season_wins", "won", "field"}
    asks = frame.has("season_wins") or (frame.has("different", "field") and frame.has("won"))
    if not asks or frame.asked != "how_many" or frame.named or frame.unexplained(used):
        return None

    def plan(races: RacesTable) -> TablePlan | Refusal:
        if races.told("Winner") < len(races.table.rows):
            return _not_told(races, "Winner")
        return races.plan(
            CountDistinct(AllRows(), races.column("Winner")), used,
            lambda outcome: sentence(f"{races.name} had {outcome.texts[0]} different winners"),
        )  # fmt: skip

    return _Asked(plan)


def _commonest(frame: Frame) -> _Asked | None:
    """Which make, or which team, won the most races."""
    column = "Make" if frame.has("make_word", "manufacturers") else "Team" if frame.has("team_word") else None
    used = USED | {"won", "most", "make_word", "manufacturers", "team_word"}
    if column is None or not frame.has("won") or not frame.has("most") or frame.named or frame.unexplained(used):
        return None
    return _commonest_of(column, used)


def _commonest_of(heading: str, used: frozenset[str]) -> _Asked:
    """Who or what won most of the races, by a column."""

    def plan(races: RacesTable) -> TablePlan | Refusal:
        if races.told(heading) < len(races.table.rows):
            return _not_told(races, heading)

        def text(outcome: PlanOutcome) -> str:
            number = races.column(heading)
            wins = sum(row.cells[number].text == outcome.texts[0] for row in races.table.rows)
            return sentence(f"{join(list(outcome.texts))} won the most of {races.name}: {wins}")

        return races.plan(Commonest(AllRows(), races.column(heading), Direction.UP), used, text)

    return _Asked(plan)


def _told_races(races: RacesTable, told: int) -> str:
    return f"the {told} of {races.name.removeprefix('the ')} that tell it"


def _not_told(races: RacesTable, heading: str) -> Refusal:
    told = races.told(heading)
    said = f"only {told}" if told else "none"
    return Refusal(sentence(f"{said} of {races.name} here {'tell' if told > 1 else 'tells'} that"), "schedule")
