"""Words of the cards of a race's story: the names of its parts, captions, and what is said where it says nothing."""

from collections.abc import Iterable, Sequence

from bot.answers.common.text import join, join_some
from bot.answers.recap.gist import GistSentence
from bot.archive.queries.story import IncidentRow, PassageRow

__all__ = [
    "INCIDENTS_HEADING",
    "MAX_ABOUT_CHARS",
    "about_sentence",
    "caption",
    "gist_caption",
    "incident_label",
    "incident_text",
    "no_story_text",
    "nothing_about_text",
    "part_title",
    "story_title",
]

MAX_ABOUT_CHARS = 60  # characters of what was asked that a title and a sentence repeat
MAX_LISTED_PEOPLE = 10
PART_TITLES = {"before": "Before the race", "after": "After the race", "": "More of the story"}
GIST_CAPTIONS = {"start": "How it began", "turn": "Where it turned", "finish": "How it ended"}
INCIDENTS_HEADING = "Cautions and penalties"
TIMES = {1: "once", 2: "twice"}


def story_title(race_title: str) -> str:
    """“2023 Ally 400: story”."""
    return f"{race_title}: story"


def part_title(part: str) -> str:
    """“Before the race”, “Stage 1”, “Finish”."""
    return PART_TITLES.get(part, part.capitalize())


def caption(passage: PassageRow, heading: str = "") -> str:
    """“Stage 2 · lap 146 · said by Ross Chastain”, without what the `heading` above it says already."""
    part = part_title(passage.part) if passage.part else passage.section
    parts = (
        part if part != heading else "",
        f"lap {passage.lap}" if passage.lap else "",
        f"said by {passage.speaker}" if passage.speaker else "",
    )
    return " · ".join(word for word in parts if word)


def gist_caption(sentence: GistSentence) -> str:
    """“How it began”, “Where it turned · Stage 2 · lap 146”, “How it ended”."""
    passage = sentence.passage
    where = (part_title(passage.part) if passage.stage else "", f"lap {passage.lap}" if passage.lap else "")
    return " · ".join(word for word in (GIST_CAPTIONS[sentence.tells], *where) if word)


def about_sentence(about: str, count: int, the_race: str) -> str:
    """““reddick wheel” comes up twice in the story of the 2023 Ally 400”."""
    times = TIMES.get(count, f"{count} times")
    return f"“{about}” comes up {times} in the story of {the_race}."


def no_story_text(the_race: str) -> str:
    """That a race has no story."""
    return f"No story for {the_race} yet."


def nothing_about_text(about: str, the_race: str, people: Sequence[str], stages: Sequence[int]) -> str:
    """That no passage answers, and whom and which stages the story is about."""
    parts = [join_some(people, MAX_LISTED_PEOPLE)] if people else []
    parts += [join([f"Stage {number}" for number in stages])] if stages else []
    what = f" It is about {'; '.join(parts)}." if parts else ""
    return f"The story of {the_race} says nothing about “{about[:MAX_ABOUT_CHARS]}”.{what}"


def incident_label(incident: IncidentRow) -> str:
    """“Caution 2, stage 2, lap 146”."""
    kind = f"{incident.kind.capitalize()} {incident.counted}" if incident.counted else incident.kind.capitalize()
    go = f"{incident.laps_to_go} to go" if incident.laps_to_go is not None else ""
    parts = (kind, f"stage {incident.stage}" if incident.stage else "", f"lap {incident.lap}" if incident.lap else go)
    return ", ".join(word for word in parts if word)


def incident_text(incident: IncidentRow) -> str:
    """What happened, and who took part where the words do not name them."""
    people: Iterable[str] = dict.fromkeys(name for name in (incident.driver, *incident.people.split("; ")) if name)
    unnamed = [name for name in people if name.split()[-1] not in incident.what and name not in incident.what]
    return incident.what + (f" ({join(unnamed)})" if unnamed else "")
