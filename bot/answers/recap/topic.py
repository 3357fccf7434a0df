"""Race and topic of a question about a story, which people type into one box: "nashville reddick wheel"."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from bot.answers.common.fitting_race import resolve_race_with
from bot.answers.common.resolve import ResolvedRace
from bot.answers.context import QueryContext
from bot.archive.queries.races import RaceRow
from bot.archive.queries.story import races_with_story
from bot.errors import NameProblem, UnknownName
from bot.language.fold import fold
from bot.names.entity import Entity
from bot.names.race.phrases import load_phrases

__all__ = ["resolve_race_and_topic", "resolve_story_race"]

MAX_RACE_WORDS = 8  # "2023 wawa 250 powered by coca-cola at daytona"; the name index is asked for each beginning
RaceOf = Callable[[str | None], ResolvedRace]


def resolve_story_race(context: QueryContext) -> RaceOf:
    """How a race with a story is found by its words: the latest that fits them and has one. Raises NameProblem."""
    with_story = races_with_story(context.session)

    def has_story(entity: Entity) -> bool:
        return entity.value in with_story

    return lambda text: resolve_race_with(context, text, has_story, "a story")


def resolve_race_and_topic(
    context: QueryContext, race_of: RaceOf, race: str | None, about: str | None
) -> tuple[ResolvedRace, str | None]:
    """The race and what is asked about it; both may have been typed into the box of the race.

    "nashville reddick wheel" names no race, "nashville" does: the longest beginning that names one is the race, and
    the rest is what is asked. So are a driver and what every race has at its end, where the race is the same without
    them: "nashville chastain", "nashville stage 2". Raises what the whole text raises where no beginning names a race.
    """
    words = (race or "").split()
    try:
        resolved, topic = _without_topic(context, race_of, words)
    except UnknownName as unknown:
        # The longest beginning that names a race wins: “nashville reddick wheel” asks for “reddick wheel”.
        for size in range(min(len(words) - 1, MAX_RACE_WORDS), 0, -1):
            with suppress(NameProblem):
                resolved, topic = _without_topic(context, race_of, words[:size])
                return resolved, _topic([*topic, *words[size:]], about)
        raise unknown from None
    return resolved, _topic(topic, about) if topic else about


def _without_topic(context: QueryContext, race_of: RaceOf, words: Sequence[str]) -> tuple[ResolvedRace, Sequence[str]]:
    """The race that words name, and those at their end that are asked about it. Raises NameProblem."""
    resolved = race_of(" ".join(words) or None)
    topic = _topic_words(context, words, resolved.race)
    with suppress(NameProblem):
        beginning = race_of(" ".join(words[: len(words) - len(topic)])) if topic else resolved
        if topic and beginning.race.key == resolved.race.key:
            return beginning, topic
    return resolved, ()


def _topic(words: Sequence[str], about: str | None) -> str:
    return " ".join([*words, about or ""]).strip()


def _topic_words(context: QueryContext, words: Sequence[str], race: RaceRow) -> Sequence[str]:
    """The words at the end that are no part of the race's name: its moments, numbers behind them, drivers."""
    moments, own = load_phrases().moments, set(fold(f"{race.name} {race.track} {race.place}").split())
    count = 0
    for word, before in zip(reversed(words[1:]), reversed(words[:-1]), strict=True):
        folded = fold(word)
        is_moment = folded in moments or (word.isdigit() and fold(before) in moments)
        if folded in own or not (is_moment or _is_driver(context, word)):
            break
        count += 1
    return words[len(words) - count :]


def _is_driver(context: QueryContext, word: str) -> bool:
    """Whether a driver is called so, and not only like that."""
    candidates = context.names.match(word, "driver").candidates
    return bool(candidates) and candidates[0].likeness >= 1.0
