"""Forms of questions around the race: what comes next, how long its stages are, who was on air."""

from datetime import date

from bot.answers.ask.forms.common import SCOPE_WORDS
from bot.answers.ask.forms.facts import fact_plan
from bot.answers.ask.forms.plans import PlanOutcome, Refusal, TablePlan, is_amount
from bot.answers.ask.race_tables import QuestionTables
from bot.answers.ask.words.frame import Frame
from bot.answers.common.text import date_text, join, sentence
from bot.language.fold import fold
from bot.questions.programs.model import Cells, Count, Total
from bot.questions.programs.row_sets import AllRows, AnyOf, Comparison, Contains, Where

__all__ = ["next_race", "on_air", "rounds_left", "stage_count", "stage_length"]


def rounds_left(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """How many races are left after this one."""
    if not (frame.has("races") and frame.has("left") and frame.asked == "how_many") or frame.people:
        return None
    used = SCOPE_WORDS | {"races", "left", "how_many", "after_race", "after", "now", "to_go"}
    this, total = tables.facts.whole_number("round"), tables.facts.whole_number("rounds")
    if frame.unexplained(used) or this is None or total is None:
        return None
    text = f"{total - this} races were left after {tables.title}, race {this} of {total}"
    return fact_plan(tables, ("round", "rounds"), sentence(text), used)


def next_race(frame: Frame, tables: QuestionTables, *, is_next: bool = False) -> TablePlan | Refusal | None:
    """When is the next race, where is it, what time, on what channel."""
    if not (frame.has("next_race") or is_next):
        return None
    used = SCOPE_WORDS | {
        "next_race",
        "when",
        "where",
        "network",
        "what",
        "which",
        "who",
        "time",
        "race",
        "start",
        "after_race",
        "do",
        "complete",
        "begin",
        "how",
    }
    name = tables.facts.find("next_race")
    if name is None:
        return Refusal(sentence(f"which race comes after {tables.title} is not known here"), "schedule")
    words = frozenset(fold(name.value).split())
    left = [mark for mark in frame.unexplained(used) if not frozenset(mark.text.split()) <= words]
    if left or frame.has("won", "finish", "pole") or frame.asked not in {"", "when", "where", "what", "which", "who"}:
        return Refusal(
            sentence(f"the {name.value} comes after {tables.title}, and nothing is known of it here but when it is"),
            "schedule",
        )
    fields = ("next_race", "next_race_date", "next_race_time", "next_race_network")
    rows = {field: row for field in fields if (row := tables.facts.find(field)) is not None}
    day = rows.get("next_race_date")
    parts = [
        f" is on {date_text(date.fromisoformat(day.value))}" if day else " comes next",
        f" at {rows['next_race_time'].value}" if "next_race_time" in rows else "",
        f" on {rows['next_race_network'].value}" if "next_race_network" in rows else "",
    ]
    return fact_plan(tables, tuple(rows), sentence(f"the {name.value}{''.join(parts)}"), used)


def stage_length(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """On which lap did stage 2 end, how many laps was stage 1."""
    number = frame.number_of("stage")
    if number is None or frame.people or number < 1:
        return None
    ends = frame.has("which_lap", "when") and frame.has("per_stage_end", "finish")
    lasts = (frame.asked == "how_many" and frame.has("laps")) or frame.asked == "how_long"
    used = SCOPE_WORDS | {
        "stage",
        "which_lap",
        "when",
        "per_stage_end",
        "finish",
        "how_many",
        "how_long",
        "laps",
        "complete",
        "last_place",
    }
    if not (ends or lasts) or frame.unexplained(used):
        return None
    table = tables.stage_lengths
    laps = {int(row.cells[0].amount or 0): int(row.cells[1].amount or 0) for row in table.rows}
    if any(one not in laps for one in range(1, number + 1)):
        return Refusal(sentence(f"the laps of stage {number} of {tables.title} are not known here"), "stage")
    comparison = Comparison.AT_MOST if ends else Comparison.EQUAL
    rows = Where(AllRows(), is_amount(table, "Stage", number, comparison))

    def text(outcome: PlanOutcome) -> str:
        if ends:
            return sentence(f"stage {number} of {tables.title} ended on lap {outcome.texts[0]}")
        return sentence(f"stage {number} of {tables.title} was {outcome.texts[0]} laps long")

    return TablePlan(table, Total(rows, 1), used, text, f"Stage {number}")


def stage_count(frame: Frame, tables: QuestionTables) -> TablePlan | None:
    """How many stages were there."""
    used = SCOPE_WORDS | {"stages", "how_many", "complete", "entry"}
    if frame.named or frame.asked != "how_many" or not frame.has("stages") or frame.unexplained(used):
        return None
    table = tables.stage_lengths
    if not table.rows:
        return None

    def text(outcome: PlanOutcome) -> str:
        return sentence(f"{tables.title} had {outcome.texts[0]} stages")

    return TablePlan(table, Count(AllRows()), used, text, "stage")


ROLES = (
    ("turn_announcers", "radio", ("turn announcer",), "turn announcers"),
    ("pit_reporters", "", ("pit reporter",), "pit reporters"),
    ("color", "television", ("color commentator", "color"), "color commentators"),
    ("lap_by_lap", "", ("lap by lap", "lead announcer", "play by play"), "lap-by-lap announcer"),
    (
        "announcers", "",
        ("lap by lap", "lead announcer", "play by play", "color commentator", "announcer", "color"), "announcers",
    ),
)  # fmt: skip


def on_air(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """Who did lap by lap on television, who called the race on the radio, who were the pit reporters."""
    if frame.people or frame.asked not in {"who", "what", "which", ""} or frame.is_yes_no:
        return None
    role = next((one for one in ROLES if frame.has(one[0])), None)
    if role is None:
        return None
    used = (
        SCOPE_WORDS
        | {"who", "network", "radio", "complete", "do", "field", "won", "where"}
        | {one for one, *_ in ROLES}
    )
    if frame.unexplained(used):
        return None
    medium = role[1] or ("radio" if frame.has("radio") else "television")
    table = tables.on_air
    is_role = AnyOf(tuple(Contains(2, tuple(text.split()), whole=True) for text in role[2]))
    rows = Where(Where(AllRows(), Contains(0, (medium,), whole=True)), is_role)

    def text(outcome: PlanOutcome) -> str:
        network = next((row.cells[1].text for row in outcome.rows), "")
        if not outcome.texts:
            return ""
        return sentence(f"{join(list(outcome.texts))}, {role[3]} of {tables.title} on {network}")

    return TablePlan(table, Cells(rows, 3), used, text, "race")
