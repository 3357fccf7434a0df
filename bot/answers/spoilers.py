"""`/spoilers`: for how long results are hidden from a person, and from everybody in a channel."""

from sqlmodel import Session

from bot.answers.common.text import plural
from bot.archive.preferences.changes import save_person_spoilers
from bot.archive.preferences.rules import SPOILER_HOURS, RuleOrigin, Rules, RuleValue
from bot.cards import Argument, Card, Fact, Facts, FollowUp, Question

__all__ = ["AS_THE_SERVER", "NOTHING_HIDDEN", "save_choice", "spoiler_hours", "spoilers_card"]

NOTHING_HIDDEN, AS_THE_SERVER = "show everything", "as the server"
WHAT_IS_HIDDEN = (
    "how a race ended, from its start until that many hours after it. A race is taken to end four hours after its "
    "start; where no start is known, when the day ends in US Eastern time. The button Show tells you at once."
)
ORIGINS: dict[RuleOrigin, str] = {
    "person": "your choice", "channel": "chosen for this channel", "server": "chosen for this server",
    "operator": "nobody has chosen otherwise",
}  # fmt: skip


def spoiler_hours(choice: str) -> int | None:
    """The hours that a choice means (“24 hours”); None for those of the server. Raises ValueError for no choice."""
    if choice == AS_THE_SERVER:
        return None
    return {_choice(hours): hours for hours in SPOILER_HOURS}[choice]


def save_choice(session: Session, person: int, hours: int | None) -> bool:
    """Whether it is written down that results are hidden from a person for these hours (None: nothing is kept)."""
    save_person_spoilers(session, person, hours)
    return True


def spoilers_card(rules: Rules, *, in_server: bool, is_saved: bool = True) -> Card:
    """The rules in force for a person where the question was asked; unless `is_saved` a load has the archive still."""
    own, everybody = rules.private_spoilers, rules.public_spoilers
    facts = [
        Fact("What only you see", _rule_text(own), origin="program"),
        *([Fact("What everybody here sees", _rule_text(everybody), origin="program")] if in_server else []),
        Fact("What is hidden", WHAT_IS_HIDDEN, origin="program"),
    ]
    return Card(
        title="Spoilers",
        question=Question("spoilers"),
        summary=_summary(own.value),
        blocks=(Facts(tuple(facts)),),
        note="" if is_saved else "It holds once the load that runs now is done.",
        follow_ups=tuple(
            FollowUp(choice[:1].upper() + choice[1:], Question("spoilers", (Argument("hours", choice),)))
            for choice in (*map(_choice, SPOILER_HOURS), AS_THE_SERVER)
            if choice != (_choice(own.value) if own.origin == "person" else AS_THE_SERVER)
        ),
        is_personal=True,
    )


def _summary(hours: int) -> str:
    if not hours:
        return "No result is hidden from you in replies that only you see."
    return f"Results are hidden from you for {plural(hours, 'hour')} after a race, in replies that only you see."


def _rule_text(rule: RuleValue[int]) -> str:
    value = f"results are hidden for {plural(rule.value, 'hour')}" if rule.value else "nothing is hidden"
    return f"{value} ({ORIGINS[rule.origin]})"


def _choice(hours: int) -> str:
    return plural(hours, "hour") if hours else NOTHING_HIDDEN
