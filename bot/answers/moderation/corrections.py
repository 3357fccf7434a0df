"""What moderators mend by hand: corrections of single values, and the reports of people who saw a mistake."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.answers.common.text import moment, plural, sentence
from bot.cards import Argument, Card, Fact, Facts, FollowUp, Question
from bot.errors import AmbiguousName, UnknownName
from bot.language.fold import fold
from bot.names.index import NameIndex

if TYPE_CHECKING:  # what every answer may need imports no part of the loading
    from bot.loading.moderation.desk import DataDesk
    from bot.loading.moderation.rows import CorrectionRow, MistakeRow, PlanRow

__all__ = [
    "NOW",
    "Mending",
    "corrections",
    "dealt_with",
    "planned",
    "reports",
    "value_meant",
    "values_like",
    "with_correction",
]

OFFERED = 25  # what an autocomplete of Discord can show
LONGEST = 100  # characters of what somebody types that are looked at
NOW = " (now "  # stands in the label of a choice before the present value
NEAR = 60  # of 100; below it what is offered shares next to no letters with what was typed
RACE_OPTIONS = frozenset({"race", "after"})

Value = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Mending:
    """What a moderator asks for: words for the value that is wrong, what it should be, and why."""

    what: str
    value: str
    reason: str


def planned(desk: "DataDesk", by: str, race: str, mending: Mending) -> "PlanRow":
    """The plan of a correction. Raises UnknownName or AmbiguousName for words that mean no value, or several."""
    what = value_meant(desk.correctable(race), mending.what)
    return desk.plan_correction(by, race, what, mending.value, mending.reason)


def corrections(rows: "Sequence[CorrectionRow]", names: NameIndex) -> Card:
    """Every correction in force, each with Withdraw."""
    facts = tuple(
        Fact(
            f"{one.number}. {_race(one.race, names)}, {one.what}",
            f"{one.old or 'nothing'} → {one.value}, because {one.reason} (by {one.by}, {moment(one.at)})",
            follow_ups=(FollowUp(f"Withdraw {one.number}", _deed("withdraw", "correction", one.number)),),
        )
        for one in rows
    )
    return Card(
        title="Corrections",
        question=Question("data corrections"),
        summary=sentence(f"{plural(len(rows), 'correction')} in force") if rows else "No correction is in force.",
        blocks=(Facts(facts),) if facts else (),
        notes=("A correction wins over every document until it is withdrawn. To make one: /data correct.",),
        tone="moderator",
    )


def reports(rows: "Sequence[MistakeRow]") -> Card:
    """The queue of reported mistakes, one on a page, each with Answer, Close and Delete."""
    return Card(
        title="Reported mistakes",
        question=Question("data reports"),
        summary=sentence(f"{plural(len(rows), 'open report')}, the oldest first") if rows else "No report is open.",
        blocks=tuple(
            Facts(tuple(_reported(one)), f"Report {one.id}", apart=number > 0) for number, one in enumerate(rows)
        ),
        tone="moderator",
    )


def dealt_with(number: int, how: str) -> Card:
    """What is said when a report has been answered, closed or deleted: `how` is that word."""
    again = (FollowUp("Reports", Question("data reports")),)
    return Card(f"Report {number}", Question("data reports"), f"It is {how}.", follow_ups=again, tone="moderator")


def with_correction(card: Card) -> Card:
    """A side of a card with the button by which a moderator corrects a value of the race it is about, if any."""
    question = card.question
    about = next((one.value for one in question.arguments if one.kind == "race" or one.option in RACE_OPTIONS), None)
    if about is None:
        return card
    mend = FollowUp("Correct a value", Question("data mend", (Argument("race", about, "race"),)))
    return replace(card, follow_ups=(*card.follow_ups, mend))


def values_like(values: Sequence[Value], text: str) -> tuple[Value, ...]:
    """The (what, present value) pairs whose name has all the words typed.

    What is told comes before what no document tells, facts of the whole race before cells, the race before practice.
    """
    words = fold(text[:LONGEST]).split()
    fitting = [value for value in values if all(word in fold(value[0]) for word in words)]
    return tuple(sorted(fitting, key=_usefulness))


def value_meant(values: Sequence[Value], text: str) -> str:
    """The value that is meant, as `correctable` names it. Raises UnknownName or AmbiguousName.

    Some clients of Discord send the label of a choice, which ends in what the value is now.
    """
    typed = text.split(NOW, maxsplit=1)[0].strip().casefold()
    exact = [what for what, _ in values if what.casefold() == typed]
    fitting = exact or [what for what, _ in values_like(values, text)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise AmbiguousName("value", text, [(what, what) for what in fitting[:OFFERED]])
    known = [what for what, _ in values]
    near = process.extract(text[:LONGEST], known, scorer=fuzz.WRatio, limit=5, score_cutoff=NEAR)
    raise UnknownName("value", text, [(what, what) for what, _, _ in near])


def _usefulness(value: Value) -> tuple[bool, int, bool]:
    what, now = value
    return not now, what.count(":"), not what.startswith("race:")


def _reported(one: "MistakeRow") -> Iterator[Fact]:
    buttons = (
        FollowUp("Answer", _deed("answer", "report", one.id), "go"),
        FollowUp("Close", _deed("close", "report", one.id)),
        FollowUp("Delete", _deed("delete", "report", one.id), "lose"),
    )
    yield Fact("Card", one.question, follow_ups=buttons)
    yield Fact("It cites", one.sources or "nothing")
    yield Fact("Said to be wrong", one.words or "nothing was written")
    yield Fact("When", moment(one.made_at))


def _deed(deed: str, option: str, number: int) -> Question:
    return Question(f"data {deed}", (Argument(option, str(number)),))


def _race(key: str, names: NameIndex) -> str:
    race = names.get("race", key)
    if race is None:
        return key
    return f"{race.event.season} {race.name}" if race.event and race.event.season else race.name
