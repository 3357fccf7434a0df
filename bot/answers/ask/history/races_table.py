"""Races of which a question asks together, as one table: those of a season, at a track, or of one name."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan
from bot.answers.ask.history.career import is_of_track
from bot.answers.ask.history.coverage import missing_races, missing_seasons
from bot.answers.ask.race_tables import QuestionTables, column_number
from bot.answers.ask.scope import Scope
from bot.answers.ask.words.frame import Frame
from bot.answers.common.citations import source_lines
from bot.answers.common.short_names import place_text
from bot.answers.common.text import join, plural, race_name_text
from bot.archive.queries.results import ResultRow, winner_results
from bot.archive.queries.tracks import (
    RaceFactRow,
    RaceListRow,
    facts_of_races,
    races_at,
    races_called,
    races_of_season,
)
from bot.cards import Argument, FollowUp, Question
from bot.language.fold import fold
from bot.questions.programs.model import AnswerProgram
from bot.questions.tables.model import ColumnRole, RawRow, TypedTable
from bot.questions.tables.typing import typed_table
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["RaceSet", "RacesTable", "race_set", "races_of_name", "races_table"]

R = ColumnRole
COLUMNS = (
    ("Race", R.RACE), ("Season", R.YEAR), ("Round", R.ROUND), ("Track", R.TRACK), ("Day", R.DAY), ("Winner", R.WINNER),
    ("Make", R.MAKE), ("Team", R.TEAM), ("Start of the winner", R.GRID), ("Laps", R.LAPS), ("Cautions", R.OTHER),
    ("Caution laps", R.OTHER), ("Lead changes", R.OTHER), ("Leaders", R.OTHER), ("Margin", R.OTHER),
    ("Attendance", R.OTHER), ("Pole", R.POLE), ("Most laps led", R.OTHER),
)  # fmt: skip
FACT_COLUMNS: Mapping[str, str] = {
    "Laps": "laps_run", "Cautions": "cautions", "Caution laps": "caution_laps", "Lead changes": "lead_changes",
    "Leaders": "leaders", "Margin": "margin_s", "Attendance": "attendance", "Pole": "pole_driver",
    "Most laps led": "most_laps_led_driver",
}  # fmt: skip
MAX_SPANS = 3  # of years without a race of this name that are said one by one
MIN_RUNNINGS = 2  # races of one name; one alone is asked about as a race


@dataclass(frozen=True, slots=True)
class RaceSet:
    """Races of which a question asks together, in their order.

    `name` is what they are called (“the 36 Cup races of 2023”), `season` the year where they are those of one,
    `command` shows them.
    """

    races: tuple[RaceListRow, ...]
    name: str
    command: FollowUp
    season: int | None = None


@dataclass(frozen=True, slots=True)
class RacesTable:
    """The table of a set of races, a row for each."""

    table: TypedTable
    races: RaceSet

    @property
    def name(self) -> str:
        """What the races are called: “the 36 Cup races of 2023”."""
        return self.races.name

    def plan(self, program: AnswerProgram, used: frozenset[str], text: Callable[[PlanOutcome], str]) -> TablePlan:
        """The plan of a program over it."""
        return TablePlan(self.table, program, used, text, command=self.races.command)

    def column(self, heading: str) -> int:
        """The number of a column."""
        return column_number(self.table, heading)

    def told(self, heading: str) -> int:
        """How many races tell what stands in a column."""
        number = self.column(heading)
        return sum(bool(row.cells[number].text) for row in self.table.rows)


def race_set(frame: Frame, scope: Scope, tables: QuestionTables) -> RaceSet | Refusal | None:
    """The races that are asked of together; a refusal where some that were run are not here.

    None where the words name neither a season, nor a track, nor a name that several races have.
    """
    race = tables.race
    if race.series is None:
        return None
    if scope.track_words and scope.season is None and not frame.has("back"):
        return _races_of_place(scope, tables, race.series)
    if scope.track_words or race.season is None or not (scope.season is not None or frame.has("back")):
        return None
    races = races_of_season(tables.session, race.series, race.season)
    gap = missing_races(tables, race.series, {race.season})
    short = SHORT_SERIES_NAMES.get(race.series, race.series)
    arguments = (Argument("series", race.series), Argument("season", str(race.season)))
    name = f"the {plural(len(races), f'{short} race')} of {race.season}"
    return gap or RaceSet(races, name, FollowUp("Season", Question("schedule", arguments)), race.season)


def _races_of_place(scope: Scope, tables: QuestionTables, series: str) -> RaceSet | Refusal | None:
    """The races at a track, or of one name."""
    race, short = tables.race, SHORT_SERIES_NAMES.get(series, series)
    if not is_of_track(scope.track_words, tables):
        return races_of_name(scope, tables, series)
    if race.track is None:
        return None
    races = tuple(reversed(races_at(tables.session, race.track, series)))
    command = FollowUp("Track", Question("track", (Argument("name", race.track, "track"), Argument("series", series))))
    name = f"the {plural(len(races), f'{short} race')} at {place_text(race.track)}"
    return missing_seasons(tables, series) or RaceSet(races, name, command)


def races_of_name(scope: Scope, tables: QuestionTables, series: str) -> RaceSet | Refusal | None:
    """The races whose name has the typed words, with the years without one; None where there are not several."""
    words, short = tuple(scope.track_words.split()), SHORT_SERIES_NAMES.get(series, series)
    races = races_called(tables.session, series, words)
    years = sorted({race.season for race in races if race.season})
    own = Counter(race.name for race in races if race.name and fold(race.name) == scope.track_words)
    is_name = bool(own) or any(word.isdigit() for word in words)  # “Southern 500” is a name, “Truck” is a part of many
    if len(races) < MIN_RUNNINGS or not years or not is_name:
        return None
    title = own.most_common(1)[0][0] if own else scope.track_words.title()
    without = _spans([year for year in range(years[0], years[-1]) if year not in set(years)])
    gaps = f", none in {join(without)}" if 0 < len(without) <= MAX_SPANS else ", not in every year" if without else ""
    span = f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
    name = f"the {plural(len(races), f'{short} race')} called {title} ({span}{gaps})"
    command = FollowUp("The race", Question("race", (Argument("name", tables.race.key, "race"),)))
    return missing_seasons(tables, series, years[0]) or RaceSet(races, name, command)


def _spans(years: Sequence[int]) -> list[str]:
    """Years as they are said: “2005 to 2008”, “2011”."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return [f"{span[0]} to {span[-1]}" if len(span) > 1 else str(span[0]) for span in spans]


def races_table(tables: QuestionTables, races: RaceSet, cited: str) -> RacesTable:
    """The table of a set of races; a row stands on its winner's line, or that of what is asked."""
    keys = [race.key for race in races.races]
    winners = {row.race: row for row in winner_results(tables.session, keys)}
    found = facts_of_races(tables.session, keys, list(FACT_COLUMNS.values()))
    facts = {(row.race, row.field): row for rows in found.values() for row in rows}
    rows = [_row(races, race, winners.get(race.key), facts, cited) for race in races.races]
    headings, roles = [name for name, _ in COLUMNS], [role for _, role in COLUMNS]
    return RacesTable(typed_table(races.name.removeprefix("the "), headings, rows, ("Table",), roles), races)


def _row(
    races: RaceSet,
    race: RaceListRow,
    winner: ResultRow | None,
    facts: Mapping[tuple[str, str], RaceFactRow],
    cited: str,
) -> RawRow:
    name = race_name_text(race.name, race.track, race.round) if race.name else f"race at {race.track}"
    title = name if races.season else f"{race.season} {name}"
    own = {heading: facts.get((race.key, field)) for heading, field in FACT_COLUMNS.items()}
    told = [fact.value if fact else "" for fact in own.values()]
    of_winner: Sequence[object] = (winner.driver, winner.manufacturer, winner.team, winner.grid) if winner else [""] * 4
    cells = (title, race.season, race.round, race.track, race.day, *of_winner, *told)
    sources = source_lines(own.get(cited, winner))
    return RawRow(sources, tuple("" if cell is None else str(cell) for cell in cells))
