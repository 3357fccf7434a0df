"""Words of `/help`: how commands are grouped for fans and in which order moderators work, and what is said of both."""

from collections.abc import Mapping, Sequence

__all__ = [
    "FAN_GROUPS",
    "MODERATOR_STEPS",
    "NEEDED",
    "OTHER_GROUP",
    "PRIVACY",
    "SUMMARY",
    "TITLE",
    "moderators_sentence",
]

TITLE = "What you can ask"
SUMMARY = "Ask about any race, driver, team, track or season: type / and choose what you want to know."
OTHER_GROUP = "More"
PRIVACY = (
    "Spotter stores race documents; of the people who ask it keeps nothing, though Discord tells it who and where "
    "they are. It keeps the words of a question that found no answer and of a mistake you report, without your name."
)
# What a fan looks for first stands first; a command in no group stands under OTHER_GROUP.
FAN_GROUPS: Mapping[str, Sequence[str]] = {
    "In your own words": ("ask",),
    "A race": ("race", "results", "stages", "recap"),
    "Drivers and teams": ("driver", "team", "compare"),
    "Seasons and tracks": ("next", "standings", "schedule", "track", "records", "chart"),
    "About the answers": ("sources", "help", "spoilers", "privacy", "forget-me"),
    "For who manages a server": ("settings",),
}
# The order in which a moderator works: a heading, what is done in this step, and its commands.
MODERATOR_STEPS: Sequence[tuple[str, str, Sequence[str]]] = (
    (
        "1. See what waits",
        "Begin here: plans, reports, questions without an answer, and documents that nobody could read, with buttons.",
        ("data status",),
    ),
    (
        "2. Bring documents",
        "You see what would change, and what looks wrong, before anything does. Apply does it, Discard forgets it; a "
        "plan waits for a day. The race page first, then its recap, then the points after it.",
        ("data template", "data upload", "data fetch", "data reload"),
    ),
    (
        "3. Look at what they say",
        "A document has Remove, a load of the log has Roll back; both show first what they would take away.",
        ("data documents", "data log"),
    ),
    (
        "4. Mend what is wrong",
        "A correction wins over every document until it is withdrawn. Under the Sources of a card about a race is a "
        "button for it, too.",
        ("data correct", "data corrections"),
    ),
    (
        "5. Answer what people said",
        "A report leads to its card; your answer stands for 30 days under the Sources of that card.",
        ("data reports",),
    ),
    (
        "6. Teach it a name",
        "Choose a question that found no answer, and whom it means. What that changes is shown before you take it.",
        ("data unanswered", "data alias", "data aliases"),
    ),
    (
        "7. Have it keep itself fresh",
        "A watched season brings its schedule, races and standings in. What is not plainly right becomes a plan.",
        ("data watch",),
    ),
)
NEEDED = " (needed)"  # behind an option that cannot be left out


def moderators_sentence(count: int) -> str:
    """What the first line of the moderators' part says."""
    return f"{count} commands for moderators, in the order in which the work is done."
