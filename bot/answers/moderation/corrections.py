"""Corrections of single values by moderators."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.answers.common.text import plural, sentence
from bot.archive.cell_ref import CellRef
from bot.cards import Argument, Card, Facts, FollowUp, Question, archive_fact
from bot.errors import AmbiguousName, UnknownName
from bot.language.fold import fold
from bot.language.moments import moment
from bot.names.index import MAX_SUGGESTIONS, NameIndex
from bot.racing.sessions import RACE_SESSION

if TYPE_CHECKING:  # what every answer may need imports no part of the loading
    from bot.loading.moderation.operations import Operations
    from bot.loading.moderation.rows import CorrectionRow, PlanRow

__all__ = [
    "PRESENT_VALUE_MARK",
    "CorrectionInput",
    "corrections_card",
    "matching_values",
    "plan_correction",
    "resolve_value",
    "with_correct_button",
]

MAX_TYPED_CHARS = 100  # characters of what somebody types that are looked at
PRESENT_VALUE_MARK = " (now "  # stands in the label of a choice before the present value
MIN_SCORE = 60  # of 100; below it what is offered shares next to no letters with what was typed

CorrectableValue = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CorrectionInput:
    """What a moderator asks for: words for the value that is wrong, what it should be, and why."""

    what: str
    value: str
    reason: str


def plan_correction(moderation: "Operations", by: str, race: str, correction: CorrectionInput) -> "PlanRow":
    """The plan of a correction. Raises UnknownName or AmbiguousName for words that mean no value, or several."""
    what = resolve_value(moderation.correctable_values(race), correction.what)
    return moderation.plan_correction(by, race, what, correction.value, correction.reason)


def corrections_card(rows: "Sequence[CorrectionRow]", names: NameIndex) -> Card:
    """Every correction in force, each with Withdraw."""
    facts = tuple(
        archive_fact(
            f"{row.number}. {_race_label(row.race, names)}, {row.what}",
            f"{row.old or 'nothing'} → {row.value}, because {row.reason} (by {row.by}, {moment(row.at)})",
            follow_ups=(FollowUp(f"Withdraw {row.number}", _button_question("withdraw", "correction", row.number)),),
        )
        for row in rows
    )
    return Card(
        title="Corrections",
        question=Question("data corrections"),
        summary=sentence(f"{plural(len(rows), 'correction')} in force") if rows else "No correction is in force.",
        blocks=(Facts(facts),) if facts else (),
        note="A correction wins over every document until it is withdrawn. To make one: /data correct.",
        tone="moderator",
    )


def with_correct_button(card: Card) -> Card:
    """A side of a card with the button by which a moderator corrects a value of the race it is about, if any."""
    race_key = card.question.race_key
    if race_key is None:
        return card
    correct_button = FollowUp("Correct a value", Question("data mend", (Argument("race", race_key, "race"),)))
    return replace(card, follow_ups=(*card.follow_ups, correct_button))


def matching_values(values: Sequence[CorrectableValue], text: str) -> tuple[CorrectableValue, ...]:
    """The (what, present value) pairs whose name has all the words typed.

    What is told comes before what no document tells, facts of the whole race before cells, the race before practice.
    """
    words = fold(text[:MAX_TYPED_CHARS]).split()
    matches = [value for value in values if not words or _has_all(fold(value[0]), words)]
    return tuple(sorted(matches, key=_value_rank))


def resolve_value(values: Sequence[CorrectableValue], text: str) -> str:
    """The value that is meant, as `correctable` names it. Raises UnknownName or AmbiguousName.

    Some clients of Discord send the label of a choice, which ends in what the value is now.
    """
    typed = text.split(PRESENT_VALUE_MARK, maxsplit=1)[0].strip().casefold()
    exact = [what for what, _ in values if what.casefold() == typed]
    matches = exact or [what for what, _ in matching_values(values, text)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise AmbiguousName("value", text, [(what, what) for what in matches[:MAX_SUGGESTIONS]])
    known = [what for what, _ in values]
    suggestions = process.extract(text[:MAX_TYPED_CHARS], known, scorer=fuzz.WRatio, limit=5, score_cutoff=MIN_SCORE)
    raise UnknownName("value", text, [(what, what) for what, _, _ in suggestions])


def _has_all(name: str, words: Sequence[str]) -> bool:
    return all(word in name for word in words)


def _value_rank(value: CorrectableValue) -> tuple[bool, bool, bool]:
    what, present = value
    cell = CellRef.find(what)
    return not present, cell is not None, cell is not None and cell.table != RACE_SESSION


def _button_question(action: str, option: str, number: int) -> Question:
    return Question(f"data {action}", (Argument(option, str(number)),))


def _race_label(key: str, names: NameIndex) -> str:
    race = names.get("race", key)
    if race is None:
        return key
    return f"{race.event.season} {race.name}" if race.event and race.event.season else race.name
