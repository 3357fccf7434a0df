"""Forms of questions over many races: wins at a track, of a season, of a career, who has most; from the tallies.

A count says only what the archive can count: where a season lacks races that were run, nothing is counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan
from bot.answers.ask.history.coverage import missing_races, missing_seasons
from bot.answers.ask.race_tables import DRIVER, QuestionTables, column_number
from bot.answers.ask.scope import Scope
from bot.answers.ask.words.frame import Frame
from bot.answers.common.short_names import place_text
from bot.answers.common.text import join, plural, sentence
from bot.answers.history.record_kinds import RECORDS
from bot.archive.queries.careers import seasons_of, tracks_of
from bot.archive.queries.record_columns import TallySum
from bot.archive.queries.records import RankingMeasure, rank_drivers
from bot.cards import Argument, FollowUp, Question
from bot.language.fold import fold
from bot.questions.programs.model import AnswerProgram, Cells, Exists, Total
from bot.questions.programs.row_sets import AllRows, Comparison, Direction, Extreme, IsAmount, Where
from bot.questions.tables.model import ColumnRole, RawRow, TypedTable
from bot.questions.tables.typing import typed_table
from bot.racing.series import SHORT_SERIES_NAMES
from bot.racing.tracks import track_phrase_at

__all__ = ["CareerScope", "Tally", "career_of", "is_of_track", "missing_of_scope", "tally_of", "told_nouns"]

CAREER_WORDS = frozenset(["has", "have", "does", "ever", "career", "hasnt"])
COUNT_WORDS = frozenset(["wins", "victories", "poles", "starts"])  # "kyle larson wins 2021"
USED = frozenset([
    "driver", "race", "series", "season", "back", "career", "aux", "any", "what", "which", "how_many", "races", "car",
    "who", "most", "different", "combined", "left", "do", "finish", "complete", "time", "times",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """A count that the tallies have: the lists that ask for it, its column, and how one and many are called."""

    words: frozenset[str]
    column: TallySum
    one: str
    many: str


# What stories write behind a number for it: "two wins", "six top-five finishes".
TOLD_NOUNS: Mapping[TallySum, tuple[tuple[str, ...], ...]] = {
    "wins": (("win",), ("wins",), ("victory",), ("victories",)),
    "top_fives": (("top", "five"), ("top", "fives")),
    "top_tens": (("top", "ten"), ("top", "10"), ("top", "tens")),
}
LAPS_LED = Tally(frozenset(["laps_led", "laps", "led"]), "laps_led", "lap led", "laps led")
TALLIES = (
    Tally(frozenset(["pole"]), "poles", "pole", "poles"),
    replace(LAPS_LED, words=frozenset(["laps_led"])),
    Tally(frozenset(["top"]), "top_fives", "top-five finish", "top-five finishes"),
    Tally(frozenset(["top"]), "top_tens", "top-ten finish", "top-ten finishes"),
    Tally(frozenset(["won"]), "wins", "win", "wins"),
    Tally(frozenset(["start"]), "starts", "start", "starts"),
)


@dataclass(frozen=True, slots=True)
class CareerScope:
    """Over which races is counted: of a series, in a season, at a track; None where any."""

    series: str
    season: int | None
    track: str | None

    def said(self) -> str:
        """“Cup” and where: “at Bristol”, “in 2021”."""
        where = f" at {place_text(self.track)}" if self.track else ""
        return where + (f" in {self.season}" if self.season else "")


def career_of(frame: Frame, scope: Scope, tables: QuestionTables) -> TablePlan | Refusal | None:
    """How many wins has Busch at Bristol, did he ever win there, who has most wins, in a season or of all."""
    tally = tally_of(frame) or _season_laps(frame, scope)
    if tally is None or frame.has("stage", "stages", "points", "standings", "qualify") or len(frame.people) > 1:
        return None
    counted = _counted(frame, scope, tables)
    if counted is None:
        return None
    used = USED | tally.words | {"won", "top", "top_fives", "top_tens", "number"}
    if frame.unexplained(used):
        return None
    if not frame.people:
        return _most(frame, counted, tally, tables)
    return _of_person(frame, counted, tally, tables)


def told_nouns(frame: Frame) -> tuple[tuple[str, ...], ...]:
    """The nouns by which a story tells the number that is asked for; none of a career, of which no story tells all."""
    tally = tally_of(frame)
    return () if tally is None or frame.has("career") else TOLD_NOUNS.get(tally.column, ())


def tally_of(frame: Frame) -> Tally | None:
    """The count that the words ask for; None where they ask for none that the tallies have."""
    top = 5 if frame.has("top_fives") else 10 if frame.has("top_tens") else frame.number_of("top")
    if top not in {None, 5, 10}:
        return None
    column = {5: "top_fives", 10: "top_tens"}.get(top or 0)
    if column is not None:
        return next(one for one in TALLIES if one.column == column)
    return next((one for one in TALLIES if one.words & frame.says and one.words != {"top"}), None)


def missing_of_scope(
    tables: QuestionTables, counted: CareerScope, since: int | None = None, until: int | None = None
) -> Refusal | None:
    """That races over which is counted are not here: of the season, else of any from `since` to `until`."""
    if counted.season is not None:
        return missing_races(tables, counted.series, {counted.season})
    return missing_seasons(tables, counted.series, since, until)


def _season_laps(frame: Frame, scope: Scope) -> Tally | None:
    """The laps led in a season: “how many laps did truex lead in 2017”, which without a year asks of one race."""
    is_of_season = (scope.season is not None or frame.has("back")) and not scope.track_words
    asks = frame.has("laps") and frame.has("led") and (frame.asked == "how_many" or frame.has("most"))
    return LAPS_LED if is_of_season and asks else None


def _counted(frame: Frame, scope: Scope, tables: QuestionTables) -> CareerScope | None:
    """Over which races the words count; None where they ask of one race."""
    series = scope.series or tables.race.series
    asks_many = (
        frame.asked == "how_many"
        or (frame.asked == "" and not frame.is_yes_no and bool(frame.words & COUNT_WORDS))
        or (frame.has("most") and frame.asked in {"who", "what", "which", ""})
        or bool(frame.words & {"ever", "career"})
    )
    if not asks_many or series is None:
        return None
    has_season = scope.season is not None or frame.has("back")
    season = (scope.season or tables.race.season) if has_season else None
    track = tables.race.track if scope.track_words else None
    if track and not is_of_track(scope.track_words, tables):
        return None
    if track and season and frame.asked != "how_many":
        return None
    is_many = (
        bool(frame.words & CAREER_WORDS)
        or has_season
        or frame.has("most", "races", "career")
        or frame.asked in {"how_many", ""}
    )
    return CareerScope(series, season, track) if is_many else None


def is_of_track(words: str, tables: QuestionTables) -> bool:
    """Whether words name the track or its city, and not one of the races there."""
    place = (tables.race.place or "").partition(",")[0]
    own = set(fold(f"{tables.race.track} {place}").split())
    phrase = track_phrase_at(tuple(words.split()), 0)
    return set(words.split()) <= own or (phrase is not None and phrase.end == len(words.split()))


def _of_person(frame: Frame, counted: CareerScope, tally: Tally, tables: QuestionTables) -> TablePlan | Refusal | None:
    name = frame.people[0]
    seasons = [row for row in seasons_of(tables.session, "driver", name) if row.series == counted.series]
    if counted.season is not None:
        seasons = [row for row in seasons if row.season == counted.season]
    gap = missing_of_scope(tables, counted)
    if gap is not None:
        return replace(gap, told=told_nouns(frame))
    if counted.track:
        if counted.season is not None or tally.column not in {"wins", "top_fives", "top_tens", "starts"}:
            return None
        rows = [
            (row.track, row.starts, getattr(row, tally.column))
            for row in tracks_of(tables.session, name)
            if row.series == counted.series and row.track == counted.track
        ]
    else:
        rows = [(str(row.season), row.starts, getattr(row, tally.column)) for row in seasons]
    table = _table(
        f"{name}, {SHORT_SERIES_NAMES.get(counted.series, counted.series)}",
        "Track" if counted.track else "Season",
        tally,
        rows,
    )
    starts = sum(row[1] for row in rows)
    series = SHORT_SERIES_NAMES.get(counted.series, counted.series)
    program: AnswerProgram = Total(AllRows(), 2)
    if frame.is_yes_no:
        program = Exists(Where(AllRows(), IsAmount(2, Comparison.MORE, 0)))

    def text(outcome: PlanOutcome) -> str:
        count = sum(row[2] or 0 for row in rows)
        number = f"{plural(count, tally.one, tally.many) if count else f'no {tally.many}'}"
        head = ("Yes: " if outcome.texts and outcome.texts[0] == "yes" else "No: ") if frame.is_yes_no else ""
        of_starts = "" if tally.column == "starts" else f", of {plural(starts, 'start')}"
        return f"{head}{sentence(f'{name} has {number}{counted.said()} in the {series} Series{of_starts}')}"

    season_words = (Argument("season", str(counted.season)),) if counted.season else ()
    command = FollowUp(name, Question("driver", (Argument("name", name, "driver"), *season_words)))
    return TablePlan(table, program, USED, text, command=command)


def _most(frame: Frame, counted: CareerScope, tally: Tally, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Who has most of something."""
    if not frame.has("most"):
        return None
    drivers, population = rank_drivers(
        tables.session, RankingMeasure(tally.column, "starts"), 1, counted.series, counted.season, counted.track
    )
    gap = (
        missing_races(tables, counted.series, {counted.season}) if counted.season else _small_archive(population.starts)
    )
    if gap is not None:
        return gap
    if not drivers:
        return None
    rows = [(one.driver, one.starts, int(one.total)) for one in drivers]
    table = _table(f"Most {tally.many}{counted.said()}", DRIVER, tally, rows)
    series = SHORT_SERIES_NAMES.get(counted.series, counted.series)
    program = Cells(Extreme(AllRows(), 2, Direction.UP), column_number(table, DRIVER))

    def text(outcome: PlanOutcome) -> str:
        verb = "has" if len(outcome.texts) == 1 else "have"
        where_text = f"{counted.said()} in the {series} Series: {rows[0][2]:,}"
        return sentence(f"{join(list(outcome.texts))} {verb} the most {tally.many}{where_text}")

    return TablePlan(table, program, USED, text, command=_records_button(tally, counted))


def _records_button(tally: Tally, counted: CareerScope) -> FollowUp:
    """The button that shows the whole ranking."""
    record = next(one for one in RECORDS if one.measure.column == tally.column)
    arguments = [Argument("what", record.name), Argument("series", counted.series)]
    arguments += [Argument("track", counted.track, "track")] if counted.track else []
    arguments += [Argument("season", str(counted.season))] if counted.season else []
    return FollowUp("Records", Question("records", tuple(arguments)))


def _small_archive(starts: int) -> Refusal | None:
    """That too few races are here to say who has most of all."""
    if starts >= MIN_COUNTED_STARTS:
        return None
    return Refusal(sentence("that cannot be counted: too few races are known here"), "race")


MIN_COUNTED_STARTS = 2_000  # some fifty races; with fewer the archive has no history to count over


def _table(title: str, first: str, tally: Tally, rows: Sequence[tuple[str, int, int | None]]) -> TypedTable:
    raw = [RawRow((), (name, str(starts), str(count or 0))) for name, starts, count in rows]
    roles = (ColumnRole.PERSON if first == DRIVER else ColumnRole.OTHER, ColumnRole.OTHER, ColumnRole.OTHER)
    return typed_table(title, (first, "Starts", tally.many), raw, ("Tallies",), roles)
