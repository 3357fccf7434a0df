"""Forms of questions over the races of one driver: the first and the last win, how often second, in which car.

The races are those of a season, of a track, of one name, or all of a series; what is asked of them (a win, a top ten, a
race not finished) is a row of one table. What races that are not here would change is refused.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan
from bot.answers.ask.history.career import is_of_track, tally_of, told_nouns
from bot.answers.ask.history.driver_runs import DriverRuns, driver_runs, run_title, runs_table, when_run
from bot.answers.ask.history.feats import Feat, feat_of
from bot.answers.ask.history.wins import FIRST_WORDS, LAST_WORDS, names_last_race
from bot.answers.ask.race_tables import QuestionTables, column_number
from bot.answers.ask.scope import Scope
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import join_some, plural, sentence
from bot.cards import Argument, FollowUp, Question
from bot.language.ordinals import ordinal
from bot.questions.programs.model import AnswerProgram, Average, Cells, Count, Exists
from bot.questions.programs.row_sets import AllRows, Direction, End, Extreme

__all__ = ["driver_races"]

USED = frozenset([
    "driver", "race", "series", "season", "back", "career", "aux", "what", "which", "when", "where", "how_many",
    "races", "do", "track_word", "number", "time", "times", "first_time", "for_good", "last_place", "best", "any",
])  # fmt: skip
MAX_VALUES = 4  # cars, makes or teams of one driver that are named
CAR_COLUMNS = {"number_word": "Car number", "make_word": "Make", "team_word": "Team"}
# Of a question for yes or no: it is about any of his races, or of those at the place or in the season that is named.
EVER_WORDS, HAS_WORDS = frozenset(["ever", "never", "career"]), frozenset(["has", "hasnt", "have"])


def driver_races(frame: Frame, scope: Scope, tables: QuestionTables) -> TablePlan | Refusal | None:
    """What is asked of many races of the one driver who is named; None where the words ask of one race."""
    if len(frame.people) != 1 or len(frame.named) != 1 or (names_last_race(frame) and not _is_his_last(frame)):
        return None
    for form in (_end, _list, _count, _average, _best, _car):
        asked = form(frame, scope, tables)
        if asked is None:
            continue
        runs = driver_runs(frame, scope, tables)
        return runs if runs is None or isinstance(runs, Refusal) else asked(runs)
    return None


def _is_his_last(frame: Frame) -> bool:
    """Whether the race is the last that he won: “the last race kyle busch won”."""
    last = next((mark.end for mark in frame.marks if {"last", "race"} <= set(mark.text.split())), -1)
    return frame.has("won") and any(one.start == last for one in frame.named) and not frame.is_yes_no


Asked = Callable[[DriverRuns], TablePlan | Refusal | None]


def _end(frame: Frame, _: Scope, tables: QuestionTables) -> Asked | None:
    """His last win, when he first finished in the top ten at a track."""
    is_last, is_first = bool(frame.words & LAST_WORDS), bool(frame.words & FIRST_WORDS)
    feat = feat_of(frame)
    if feat is None or is_last == is_first or frame.is_yes_no:
        return None
    used = USED | feat.used | {"place"}  # “first” is a place, too
    if frame.asked not in {"", "what", "which", "when", "where"} or frame.unexplained(used):
        return None

    def plan(runs: DriverRuns) -> TablePlan | Refusal:
        own = tuple(run for run in runs.runs if feat.is_in(run))
        year = (own[0] if is_last else own[-1]).season if own else None
        gap = runs.gap(year, None) if is_last else runs.gap(None, year)
        if gap is not None:
            return gap
        if not own:
            return _never(runs, feat)
        found = own[0] if is_last else own[-1]
        table = runs_table(tables, runs.name, own)
        program = Cells(End(AllRows(), Direction.UP if is_last else Direction.DOWN), column_number(table, "Race"))
        order, where = "last" if is_last else "first", runs.where

        def text(outcome: PlanOutcome) -> str:
            (title,) = outcome.texts
            at = f" at {found.track}" if found.track and found.track not in title and " at " not in where else ""
            return sentence(f"{runs.name} {order} {feat.verb}{where} in the {title}{at}{when_run(tables, found)}")

        command = FollowUp("The race", Question("race", (Argument("name", found.race, "race"),)))
        return TablePlan(table, program, used, text, command=command)

    return plan


def _list(frame: Frame, scope: Scope, tables: QuestionTables) -> Asked | None:
    """When he won at a track or the races of a name, of which the words name none by its year."""
    feat = feat_of(frame)
    is_open = bool(scope.track_words) and scope.season is None and not frame.has("back")
    if feat is None or not is_open or frame.is_yes_no or frame.unexplained(USED | feat.used):
        return None
    if not (frame.asked == "when" or (frame.asked in {"which", "what"} and frame.words & {"years", "races", "times"})):
        return None

    def plan(runs: DriverRuns) -> TablePlan | Refusal | None:
        own = tuple(run for run in runs.runs if feat.is_in(run))
        if runs.gap(None, None) is not None:
            return None  # then it may be asked of the one race that is here
        if not own:
            return _never(runs, feat)
        table = runs_table(tables, runs.name, own)
        count = plural(len(own), feat.one, feat.many)

        def text(outcome: PlanOutcome) -> str:
            return sentence(f"{runs.name} has {count}{runs.where}: {join_some(outcome.texts[::-1])}")

        program = Cells(AllRows(), column_number(table, "Race"))
        return TablePlan(table, program, USED | feat.used, text, command=_driver_button(runs.name))

    return plan


def _count(frame: Frame, scope: Scope, tables: QuestionTables) -> Asked | None:
    """How often he finished second in a season, or whether he ever did; what tallies count is left to them."""
    feat = feat_of(frame)
    is_any = frame.is_yes_no and _asks_of_any(frame, scope, tables)
    if feat is None or not (frame.asked == "how_many" or is_any) or frame.unexplained(USED | feat.used):
        return None
    is_of_name = bool(scope.track_words) and not is_of_track(scope.track_words, tables)
    is_tallied = tally_of(frame) is not None and not (scope.track_words and scope.season)
    if is_tallied and not is_of_name and not is_any:
        return None
    if is_of_name and scope.season is not None:
        return None

    def plan(runs: DriverRuns) -> TablePlan | Refusal:
        gap = runs.gap(None, None)
        own = tuple(run for run in runs.runs if feat.is_in(run))
        if gap is not None and not (is_any and own):
            return replace(gap, told=told_nouns(frame))
        table = runs_table(tables, runs.name, own)
        program: AnswerProgram = Exists(AllRows()) if is_any else Count(AllRows())
        starts = plural(len(runs.runs), "start")

        def text(outcome: PlanOutcome) -> str:
            if gap is not None:
                did = feat.verb if feat.verb == "won" else f"{feat.verb} in"
                return f"Yes: {sentence(f'{runs.name} {did} the {run_title(tables, own[0])}')}"
            number = plural(len(own), feat.one, feat.many) if own else f"no {feat.many}"
            head = ("Yes: " if outcome.texts[0] == "yes" else "No: ") if is_any else ""
            return f"{head}{sentence(f'{runs.name} has {number}{runs.where}, of {starts}')}"

        return TablePlan(table, program, USED | feat.used, text, command=_driver_button(runs.name))

    return plan


def _average(frame: Frame, _: Scope, tables: QuestionTables) -> Asked | None:
    """His average finish or start."""
    heading = "Place" if frame.has("finish") else "Start" if frame.has("start") else None
    used = USED | {"average", "finish", "start"}
    if heading is None or not frame.has("average") or frame.is_yes_no or frame.unexplained(used):
        return None

    def plan(runs: DriverRuns) -> TablePlan | Refusal:
        gap = runs.gap(None, None)
        own = tuple(run for run in runs.runs if heading == "Place" or run.grid)
        if gap is not None or not own:
            return gap or Refusal(sentence(f"nothing here says that of {runs.name}{runs.where}"), "race")
        table = runs_table(tables, runs.name, own)
        mean = sum((run.position if heading == "Place" else run.grid) or 0 for run in own) / len(own)
        noun = "finish" if heading == "Place" else "start"
        text = f"{runs.name} has an average {noun} of {mean:.1f}{runs.where}, over {plural(len(own), 'start')}"
        return TablePlan(
            table, Average(AllRows(), column_number(table, heading)), used, lambda _: sentence(text),
            command=_driver_button(runs.name),
        )  # fmt: skip

    return plan


def _best(frame: Frame, scope: Scope, tables: QuestionTables) -> Asked | None:
    """His best finish at a track, in the races of a name, or in a season."""
    used = USED | {"finish", "place"}
    if not frame.has("best") or not frame.has("finish") or frame.words & FIRST_WORDS or frame.unexplained(used):
        return None
    if frame.is_yes_no or frame.asked not in {"", "what", "which", "where"} or scope.named_by == "nothing":
        return None

    def plan(runs: DriverRuns) -> TablePlan | Refusal:
        gap = runs.gap(None, None)
        if gap is not None or not runs.runs:
            return gap or Refusal(sentence(f"{runs.name} has no start{runs.where}"), "race", corrects=True)
        table = runs_table(tables, runs.name, runs.runs)
        place = min(run.position for run in runs.runs if run.position is not None)
        rows = Extreme(AllRows(), column_number(table, "Place"), Direction.DOWN)

        def text(outcome: PlanOutcome) -> str:
            best = f"{runs.name} finished {ordinal(place)} at best{runs.where}"
            return sentence(f"{best}, of {plural(len(runs.runs), 'start')}: {join_some(outcome.texts[::-1])}")

        program = Cells(rows, column_number(table, "Race"))
        return TablePlan(table, program, used, text, command=_driver_button(runs.name))

    return plan


def _car(frame: Frame, scope: Scope, tables: QuestionTables) -> Asked | None:
    """Which make, car number or team he drove, in a season or in his career."""
    heading = next((CAR_COLUMNS[said] for said in CAR_COLUMNS if frame.has(said)), None)
    used = USED | CAR_COLUMNS.keys() | {"drive", "complete", "manufacturer"}
    is_many = (scope.season is not None and not scope.track_words) or _was_not_there(frame, scope, tables)
    if heading is None or not is_many or frame.is_yes_no or frame.has("won", "most") or frame.unexplained(used):
        return None

    def plan(runs: DriverRuns) -> TablePlan | Refusal:
        table = runs_table(tables, runs.name, runs.runs)
        number = column_number(table, heading)
        counts = Counter(row.cells[number].text for row in table.rows if row.cells[number].text)
        if not counts:
            return Refusal(sentence(f"nothing here says that of {runs.name}{runs.where}"), "race")
        said = [f"{value} in {count:,}" for value, count in counts.most_common(MAX_VALUES)]
        others = len(counts) - len(said)
        more = f" and {plural(others, 'other')}" if others > 0 else ""
        what = {"Car number": "the car number of", "Make": "the make of", "Team": "the team of"}[heading]
        races = plural(len(runs.runs), "race")
        text = sentence(f"{what} {runs.name}{runs.where}, of {races} here: {join_some(said)}{more}")
        return TablePlan(table, Cells(AllRows(), number), used, lambda _: text, command=_driver_button(runs.name))

    return plan


def _asks_of_any(frame: Frame, scope: Scope, tables: QuestionTables) -> bool:
    """Whether a question for yes or no is about any of his races, not about the latest."""
    is_open = bool(scope.track_words) or scope.season is not None or frame.has("back")
    has_said = bool(frame.words & EVER_WORDS) or (is_open and bool(frame.words & HAS_WORDS))
    return has_said or _was_not_there(frame, scope, tables)


def _was_not_there(frame: Frame, scope: Scope, tables: QuestionTables) -> bool:
    """Whether no race is named by a year, and the driver was not in the latest: then it is no question about that."""
    if scope.season is not None or frame.has("back") or scope.named_by == "reply":
        return False
    present = {row.driver for row in tables.rows} | {row.driver for row in tables.entries}
    return bool(present) and frame.people[0] not in present


def _never(runs: DriverRuns, feat: Feat) -> Refusal:
    return Refusal(sentence(f"{runs.name} has no {feat.one}{runs.where}"), "race", corrects=True)


def _driver_button(name: str) -> FollowUp:
    return FollowUp(name, Question("driver", (Argument("name", name, "driver"),)))
