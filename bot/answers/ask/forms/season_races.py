"""Forms of questions over the races of a season: which had the most cautions, how many Toyota won, how many winners.

A season is one table with a row for each race. What only some of its races tell is said of those, with their number;
where races that were run are not here at all, nothing is counted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.ask.ask_words import MAX_NAMES
from bot.answers.ask.forms.career import CareerScope, missing_races
from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan, is_name, where
from bot.answers.ask.race_tables import QuestionTables, column_number
from bot.answers.ask.scope import Scope
from bot.answers.ask.words.frame import Frame
from bot.answers.common.citations import source_lines
from bot.answers.common.text import join, plural, race_name_text, sentence
from bot.archive.queries.results import ResultRow, winner_results
from bot.archive.queries.tracks import RaceFactRow, RaceListRow, facts_of_races, races_of_season
from bot.cards import Argument, FollowUp, Question
from bot.questions.programs.model import AnswerProgram, Cells, Commonest, Count, CountDistinct, Total
from bot.questions.programs.row_sets import AllRows, Direction, Extreme, RowSet
from bot.questions.tables.model import ColumnRole, RawRow, TypedTable
from bot.questions.tables.typing import typed_table
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["season_races"]

R = ColumnRole
COLUMNS = (
    ("Race", R.RACE), ("Round", R.ROUND), ("Track", R.TRACK), ("Day", R.DAY), ("Winner", R.WINNER), ("Make", R.MAKE),
    ("Team", R.TEAM), ("Start of the winner", R.GRID), ("Laps", R.LAPS), ("Cautions", R.OTHER),
    ("Caution laps", R.OTHER), ("Lead changes", R.OTHER), ("Leaders", R.OTHER), ("Margin", R.OTHER),
    ("Attendance", R.OTHER), ("Pole", R.POLE), ("Most laps led", R.OTHER),
)  # fmt: skip
FACT_COLUMNS: Mapping[str, str] = {
    "Laps": "laps_run", "Cautions": "cautions", "Caution laps": "caution_laps", "Lead changes": "lead_changes",
    "Leaders": "leaders", "Margin": "margin_s", "Attendance": "attendance", "Pole": "pole_driver",
    "Most laps led": "most_laps_led_driver",
}  # fmt: skip
# Lists of words and the column that they ask for.
COUNTED = {
    "cautions": "Cautions", "caution_laps": "Caution laps", "lead_changes": "Lead changes", "leaders": "Leaders",
    "attendance": "Attendance",
}  # fmt: skip
USED = frozenset([
    "race", "races", "series", "season", "back", "what", "which", "how_many", "who", "aux", "any", "different",
    "combined", "track_word", "do",
])  # fmt: skip
MIN_TOLD = 2  # races that tell a number; of one nothing is the most


@dataclass(frozen=True, slots=True)
class RacesTable:
    """The table of a season, what it is called ("the 36 Cup races of 2023"), and the command that shows the season."""

    table: TypedTable
    name: str
    command: FollowUp

    def plan(self, program: AnswerProgram, used: frozenset[str], text: Callable[[PlanOutcome], str]) -> TablePlan:
        """The plan of a program over it."""
        return TablePlan(self.table, program, used, text, command=self.command)

    def column(self, heading: str) -> int:
        """The number of a column."""
        return column_number(self.table, heading)

    def told(self, heading: str) -> int:
        """How many races tell what stands in a column."""
        number = self.column(heading)
        return sum(bool(row.cells[number].text) for row in self.table.rows)


def season_races(frame: Frame, scope: Scope, tables: QuestionTables) -> TablePlan | Refusal | None:
    """What is asked of all races of a season; None where the words ask of one race, or of no season."""
    race = tables.race
    is_of_season = scope.season is not None or frame.has("back")
    if not is_of_season or scope.track_words or frame.is_yes_no or race.series is None or race.season is None:
        return None
    for form in (_extreme, _total, _won, _winners, _commonest):
        found = form(frame)
        if found is None:
            continue
        # Where races are missing the story of one may tell how many won so far.
        gap = missing_races(tables, CareerScope(race.series, race.season, None), ())
        if gap is not None and frame.has("season_wins") and frame.has("back"):
            return None
        return gap or found(_season_table(tables, race.series, race.season, found.cited))
    return None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the table of a season, made when it is known; `cited` is the column whose lines are cited."""

    plan: Callable[[RacesTable], TablePlan | Refusal]
    cited: str = "Winner"

    def __call__(self, season: RacesTable) -> TablePlan | Refusal:
        return self.plan(season)


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

    def plan(season: RacesTable) -> TablePlan | Refusal:
        told = season.told(heading)
        if told < MIN_TOLD:
            return _not_told(season, heading)
        rows = Extreme(AllRows(), season.column(heading), way)
        head = f"of {_told_races(season, told)}" if told < len(season.table.rows) else f"of {season.name}"

        def text(outcome: PlanOutcome) -> str:
            if not outcome.rows:
                return ""
            value = outcome.rows[0].cells[season.column(heading)].text
            races = join([f"the {one}" for one in outcome.texts])
            most = f"{'most' if way is Direction.UP else 'fewest'} {heading.lower()}: {value}"
            what = f"closest finish: {value} seconds" if heading == "Margin" else most
            return sentence(f"{head}, {races} had the {what}")

        return season.plan(Cells(rows, season.column("Race")), used, text)

    return _Asked(plan, column)


def _total(frame: Frame) -> _Asked | None:
    """How many cautions there were in all races."""
    column = next((COUNTED[name] for name in COUNTED if frame.has(name)), None)
    used = USED | COUNTED.keys()
    if column is None or column == "Leaders" or frame.asked != "how_many" or frame.unexplained(used):
        return None
    heading = column

    def plan(season: RacesTable) -> TablePlan | Refusal:
        told = season.told(heading)
        if told < MIN_TOLD:
            return _not_told(season, heading)
        head = f"{_told_races(season, told)} had" if told < len(season.table.rows) else f"{season.name} had"
        return season.plan(
            Total(AllRows(), season.column(heading)), used,
            lambda outcome: sentence(f"{head} {outcome.texts[0]} {heading.lower()} in all"),
        )  # fmt: skip

    return _Asked(plan, column)


def _won(frame: Frame) -> _Asked | None:
    """How many races, or which, a make, a team or a driver won."""
    kinds = {one.kind for one in frame.named}
    used = USED | {"won", "driver", "team", "manufacturer", "car"}
    asks_races = frame.has("races") or frame.words & {"races", "wins", "victories", "race"}
    if len(frame.named) != 1 or not frame.has("won") or not asks_races or frame.unexplained(used):
        return None
    column = {"manufacturer": "Make", "team": "Team", "driver": "Winner"}.get(next(iter(kinds)))
    counts = frame.asked == "how_many"
    if column is None or (counts and column == "Winner") or not (counts or frame.asked in {"which", "what"}):
        return None  # the wins of a driver are counted in his own tally
    heading, name = column, frame.named[0].name

    def plan(season: RacesTable) -> TablePlan | Refusal:
        if season.told(heading) < len(season.table.rows):
            return _not_told(season, heading)
        rows = where(AllRows(), [is_name(season.table, heading, name)])
        if counts:
            return season.plan(
                Count(rows), used, lambda outcome: sentence(f"{name} won {outcome.texts[0]} of {season.name}")
            )
        return season.plan(Cells(rows, season.column("Race")), used, lambda outcome: _races_won(season, name, outcome))

    return _Asked(plan)


def _races_won(season: RacesTable, name: str, outcome: PlanOutcome) -> str:
    names = [row.cells[season.column("Race")].text for row in outcome.rows]
    shown = f": {join(names)}" if 0 < len(names) <= MAX_NAMES else ""
    return sentence(f"{name} won {len(names) or 'none'} of {season.name}{shown}")


def _winners(frame: Frame) -> _Asked | None:
    """How many different winners there were."""
    used = USED | {"season_wins", "won"}
    asks = frame.has("season_wins") or (frame.has("different") and frame.has("won"))
    if not asks or frame.asked != "how_many" or frame.named or frame.unexplained(used):
        return None

    def plan(season: RacesTable) -> TablePlan | Refusal:
        if season.told("Winner") < len(season.table.rows):
            return _not_told(season, "Winner")
        return season.plan(
            CountDistinct(AllRows(), season.column("Winner")), used,
            lambda outcome: sentence(f"{season.name} had {outcome.texts[0]} different winners"),
        )  # fmt: skip

    return _Asked(plan)


def _commonest(frame: Frame) -> _Asked | None:
    """Which make, or which team, won the most races."""
    column = "Make" if frame.has("make_word", "manufacturers") else "Team" if frame.has("team_word") else None
    used = USED | {"won", "most", "make_word", "manufacturers", "team_word"}
    if column is None or not frame.has("won") or not frame.has("most") or frame.named or frame.unexplained(used):
        return None
    heading = column

    def plan(season: RacesTable) -> TablePlan | Refusal:
        if season.told(heading) < len(season.table.rows):
            return _not_told(season, heading)
        rows: RowSet = AllRows()

        def text(outcome: PlanOutcome) -> str:
            number = season.column(heading)
            wins = sum(row.cells[number].text == outcome.texts[0] for row in season.table.rows)
            return sentence(f"{join(list(outcome.texts))} won the most of {season.name}: {wins}")

        return season.plan(Commonest(rows, season.column(heading), Direction.UP), used, text)

    return _Asked(plan)


def _told_races(season: RacesTable, told: int) -> str:
    return f"the {told} of {season.name.removeprefix('the ')} that tell it"


def _not_told(season: RacesTable, heading: str) -> Refusal:
    told = season.told(heading)
    said = f"only {told}" if told else "none"
    return Refusal(sentence(f"{said} of {season.name} here {'tell' if told > 1 else 'tells'} that"), "schedule")


def _season_table(tables: QuestionTables, series: str, season: int, cited: str) -> RacesTable:
    """The table of a season, in the order of its races; a row stands on its winner's line, or that of what is asked."""
    races = races_of_season(tables.session, series, season)
    keys = [race.key for race in races]
    winners = {row.race: row for row in winner_results(tables.session, keys)}
    found = facts_of_races(tables.session, keys, list(FACT_COLUMNS.values()))
    facts = {(row.race, row.field): row for rows in found.values() for row in rows}
    rows = [_row(race, winners.get(race.key), facts, cited) for race in races]
    short = SHORT_SERIES_NAMES.get(series, series)
    name = f"the {plural(len(races), f'{short} race')} of {season}"
    table = typed_table(
        f"the {season} {short} season", [name for name, _ in COLUMNS], rows, ("Races",), [role for _, role in COLUMNS]
    )
    arguments = (Argument("series", series), Argument("season", str(season)))
    return RacesTable(table, name, FollowUp("Season", Question("schedule", arguments)))


def _row(
    race: RaceListRow, winner: ResultRow | None, facts: Mapping[tuple[str, str], RaceFactRow], cited: str
) -> RawRow:
    title = race_name_text(race.name, race.track, race.round) if race.name else f"race at {race.track}"
    own = {heading: facts.get((race.key, field)) for heading, field in FACT_COLUMNS.items()}
    told = [fact.value if fact else "" for fact in own.values()]
    of_winner: Sequence[object] = (winner.driver, winner.manufacturer, winner.team, winner.grid) if winner else [""] * 4
    cells = (title, race.round, race.track, race.day, *of_winner, *told)
    sources = source_lines(own.get(cited, winner))
    return RawRow(sources, tuple("" if cell is None else str(cell) for cell in cells))
