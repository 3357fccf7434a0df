"""Words of `/help`: how commands are grouped for fans and in which order moderators work, and what is said of both."""

from collections.abc import Mapping, Sequence

__all__ = ["FAN_GROUPS", "MODERATOR_STEPS", "OTHER_GROUP", "PRIVACY", "SUMMARY", "TITLE", "moderators_sentence"]

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
    "Seasons and tracks": ("standings", "schedule", "track", "records", "chart"),
    "About the answers": ("sources", "help"),
}
# The order in which a moderator works.
MODERATOR_STEPS: Mapping[str, Sequence[str]] = {
    "1. See what waits": ("data status", "data reports"),
    "2. Bring documents": ("data template", "data upload", "data reload"),
    "3. Look at what they say": ("data documents", "data log"),
    "4. Mend what is wrong": ("data correct", "data corrections"),
}


def moderators_sentence(count: int) -> str:
    """What the first line of the moderators' part says."""
    return f"{count} commands for moderators, in the order in which the work is done."
