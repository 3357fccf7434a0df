"""Form of questions about a car number in a season: who drove the 24 in 2005."""

from collections import Counter

from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan
from bot.answers.ask.history.driver_runs import runs_table
from bot.answers.ask.race_tables import QuestionTables, column_number
from bot.answers.ask.scope import Scope
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import join_some, plural, sentence
from bot.archive.queries.driver_races import car_rows
from bot.cards import Argument, FollowUp, Question
from bot.questions.programs.model import Cells
from bot.questions.programs.row_sets import AllRows
from bot.racing.series import SHORT_SERIES_NAMES
from bot.racing.statuses import NO_START_STATUSES

__all__ = ["car_in_season"]

USED = frozenset(["who", "drive", "complete", "car", "driver", "season", "back", "series", "aux", "races"])


def car_in_season(frame: Frame, scope: Scope, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Who drove a car number in the races of a season, and in how many; None where one race is asked about."""
    car = next((mark.value for mark in frame.marks if "car" in mark.says and mark.value), "")
    series, is_of_season = tables.race.series, scope.season is not None or frame.has("back")
    season = tables.race.season
    if not car or series is None or season is None or not is_of_season or scope.track_words:
        return None
    if frame.asked != "who" or not frame.has("drive") or frame.unexplained(USED):
        return None
    rows = [row for row in car_rows(tables.session, car, series, season) if row.status not in NO_START_STATUSES]
    short = SHORT_SERIES_NAMES.get(series, series)
    if not rows:
        return Refusal(sentence(f"no car number {car} is known here in the {season} {short} season"), "race")
    counts = Counter(row.driver for row in rows)
    table = runs_table(tables, f"car number {car}", rows)

    def text(_: PlanOutcome) -> str:
        said = [f"{driver} in {plural(count, 'race')}" for driver, count in counts.most_common()]
        return sentence(f"car number {car} was driven in {season} in the {short} Series by {join_some(said)}")

    driver = counts.most_common(1)[0][0]
    arguments = (Argument("name", driver, "driver"), Argument("season", str(season)))
    program = Cells(AllRows(), column_number(table, "Driver"))
    return TablePlan(table, program, USED, text, command=FollowUp(driver, Question("driver", arguments)))
