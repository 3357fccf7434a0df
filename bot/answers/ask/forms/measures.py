"""Measures: what is asked of a driver or make, by the words that ask for it: a column, and how it is said."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answers.ask.race_tables import QuestionTables
from bot.answers.ask.words.frame import Frame
from bot.questions.tables.model import TypedTable

__all__ = ["AskedMeasure", "measure_of", "standings_measure"]


@dataclass(frozen=True, slots=True)
class AskedMeasure:
    """A column that words ask for. `needs`: one of these sets of lists has to be said; `may`: what else it explains.

    `said` is the sentence with {who}, {value}, {ordinal} and {race}; `noun` names the number ("laps led"). `is_place`:
    the smallest is the best. `session` is what /results calls the table.
    """

    name: str
    needs: tuple[frozenset[str], ...]
    table: Callable[[QuestionTables, Frame], TypedTable]
    column: str
    said: str
    noun: str
    may: frozenset[str] = frozenset()
    is_place: bool = False
    session: str = ""

    @property
    def explains(self) -> frozenset[str]:
        """Every list of words that asks for it."""
        return frozenset().union(*self.needs, self.may)

    def fits(self, frame: Frame) -> bool:
        """Whether the words ask for it."""
        return any(need <= frame.says for need in self.needs)


def _sets(*needs: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(need.split()) for need in needs)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _stage(tables: QuestionTables, frame: Frame) -> TypedTable:
    number = frame.number_of("stage") or 0
    return tables.stage(number if number > 0 else max(tables.stage_numbers, default=0))


def _round(tables: QuestionTables, frame: Frame) -> TypedTable:
    del frame
    return tables.qualifying


MEASURES = (
    AskedMeasure(
        "points without stage points", _sets("points without", "points without stage_points", "stage_points without"),
        lambda tables, _: tables.scoring, "Race points",
        "Without stage points {who} scored {value} points in {race}.", "points without stage points",
        _words("stages stage_points"),
    ),
    AskedMeasure(
        "stage points in a stage", _sets("points stage", "stage_points stage"), _stage, "Points",
        "{who} scored {value} points in {stage} of {race}.", "stage points", session="stage",
    ),
    AskedMeasure(
        "stage points", _sets("stage_points", "points stages"), lambda tables, _: tables.scoring, "Stage points",
        "{who} scored {value} stage points in {race}.", "stage points", _words("points stages combined both"),
    ),
    AskedMeasure(
        "stage place", _sets("stage"), _stage, "Place", "{who} finished {ordinal} in {stage} of {race}.", "place",
        _words("finish complete do place_word end per_stage_end"), is_place=True, session="stage",
    ),
    AskedMeasure(
        "time in round 1", _sets("qualify round", "round time", "round lap_time", "round slowest", "round fastest"),
        lambda tables, _: tables.qualifying,
        "Round {round}", "{who} ran {value} seconds in round {round} of qualifying for {race}.", "seconds",
        _words("qualify time lap_time complete speed"), is_place=True, session="Qualifying",
    ),
    AskedMeasure(
        "qualifying time", _sets("qualify time", "qualify lap_time"), lambda tables, _: tables.qualifying, "Time",
        "{who} qualified for {race} with a lap of {value} seconds.", "seconds", _words("complete"), is_place=True,
        session="Qualifying",
    ),
    AskedMeasure(
        "qualifying speed", _sets("qualify speed", "qualify how_fast"), lambda tables, _: tables.qualifying, "Speed",
        "{who} qualified for {race} at {value} mph.", "mph", session="Qualifying",
    ),
    AskedMeasure(
        "qualifying place", _sets("qualify"), lambda tables, _: tables.qualifying, "Place",
        "{who} qualified {ordinal} for {race}.", "place", _words("finish start"), is_place=True, session="Qualifying",
    ),
    AskedMeasure(
        "practice speed", _sets("practice speed", "practice how_fast"), lambda tables, _: tables.practice, "Speed",
        "{who} ran {value} mph in practice for {race}.", "mph", session="Practice",
    ),
    AskedMeasure(
        "practice time", _sets("practice"), lambda tables, _: tables.practice, "Time",
        "{who} ran a lap of {value} seconds in practice for {race}.", "seconds",
        _words("time lap_time complete finish"), is_place=True, session="Practice",
    ),
    AskedMeasure(
        "laps led", _sets("laps led", "laps_led"), lambda tables, _: tables.results, "Laps led",
        "{who} led {value} laps in {race}.", "laps led",
    ),
    AskedMeasure(
        "places gained", _sets("gained", "gained spots"), lambda tables, _: tables.results, "Places gained",
        "{who} gained {value} places in {race}.", "places gained", _words("spots start finish most"),
    ),
    AskedMeasure(
        "places lost", _sets("lost", "lost spots"), lambda tables, _: tables.results, "Places gained",
        "{who} lost {value} places in {race}.", "places gained", _words("spots start finish most"), is_place=True,
    ),
    AskedMeasure(
        "start", _sets("start"), lambda tables, _: tables.results, "Start", "{who} started {ordinal} in {race}.",
        "starting place", _words("spots"), is_place=True,
    ),
    AskedMeasure(
        "laps", _sets("laps complete", "laps finish", "laps"), lambda tables, _: tables.results, "Laps",
        "{who} completed {value} laps in {race}.", "laps",
    ),
    AskedMeasure(
        "points", _sets("points"), lambda tables, _: tables.scoring, "Points",
        "{who} scored {value} points in {race}.", "points", _words("finish combined"),
    ),
    AskedMeasure(
        "car number", _sets("number_word"), lambda tables, _: tables.entry_list, "Car number",
        "{who} drove car number {value} in {race}.", "car number", _words("drive finish complete"),
        session="Entry list",
    ),
    AskedMeasure(
        "make", _sets("make_word"), lambda tables, _: tables.entry_list, "Make", "{who} drove a {value} in {race}.",
        "make",
        _words("drive complete manufacturers now after_race after"), session="Entry list",
    ),
    AskedMeasure(
        "make of the manufacturer", _sets("manufacturers drive"), lambda tables, _: tables.entry_list, "Make",
        "{who} drove a {value} in {race}.", "make", _words("drive complete"), session="Entry list",
    ),
    AskedMeasure(
        "team", _sets("team_word", "drive"), lambda tables, _: tables.entry_list, "Team",
        "{who} drove for {value} in {race}.",
        "team", _words("drive complete after_race"), session="Entry list",
    ),
    AskedMeasure(
        "finish", _sets("finish", "do", ""), lambda tables, _: tables.results, "Place",
        "{who} finished {ordinal} in {race}.", "place", _words("finish do how place_word spots per_stage_end complete"),
        is_place=True,
    ),
)  # fmt: skip
POINTS_PLACE = AskedMeasure(
    "standings place", (), lambda tables, frame: tables.standings(championship_of(frame)), "Place",
    "{who} was {ordinal} in the {championship} standings after {race}.", "place",
    _words("standings points finish spots manufacturers after_race before_race"), is_place=True, session="standings",
)  # fmt: skip
SEASON_POINTS = AskedMeasure(
    "standings points", (), lambda tables, frame: tables.standings(championship_of(frame)), "Points",
    "{who} had {value} points in the {championship} standings after {race}.", "points",
    _words("standings points manufacturers after_race gap combined"), session="standings",
)  # fmt: skip
POINTS_GAP = AskedMeasure(
    "standings gap", (), lambda tables, frame: tables.standings(championship_of(frame)), "Gap",
    "{who} was {value} points behind the leader of the {championship} standings after {race}.", "points behind",
    _words("standings points manufacturers gap how_far behind after_race"), session="standings",
)  # fmt: skip


def measure_of(frame: Frame) -> AskedMeasure:
    """The first measure that the words ask for; how somebody finished where they ask for none."""
    return next(one for one in MEASURES if one.fits(frame))


def championship_of(frame: Frame) -> str:
    """Whose standings are meant: those of the makes where one is named or "manufacturers" is said."""
    is_of_makes = frame.has("manufacturers") or (bool(frame.makes) and not frame.people)
    return "manufacturers" if is_of_makes else "drivers"


def standings_measure(frame: Frame) -> AskedMeasure | None:
    """What is asked of the standings; None where the words ask for something else."""
    if frame.has("stage", "stage_points", "stages", "without", "qualify", "practice", "start", "zero"):
        return None
    has_points = frame.has("points")
    if frame.has("how_far", "gap") and (has_points or frame.has("standings")):
        return POINTS_GAP
    if (has_points or frame.has("standings")) and frame.has("behind") and len(frame.people) == 1 and not frame.makes:
        return POINTS_GAP
    if has_points and frame.makes and not frame.people and not frame.has("finish", "most"):
        return SEASON_POINTS
    is_total = has_points and (
        frame.has("after_race") or (bool(frame.words & {"has", "does"}) and "have" in frame.words)
    )
    if not frame.has("standings", "manufacturers", "points_leader") and not is_total:
        return None
    return SEASON_POINTS if has_points or frame.has("how_many") else POINTS_PLACE
