"""Results of reading a phrase: one race with a note on how it was found, a question, or a refusal with what is near."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from bot.language.fold import fold, squash
from bot.language.months import MONTHS
from bot.names.entity import Entity
from bot.names.match import Candidate, MatchResult, reading_note
from bot.names.query import ParsedQuery
from bot.names.race.phrase_reader import PhraseAnswer
from bot.names.race.race_sets import RaceSets, event_of
from bot.names.race.spans import Reading
from bot.names.vocabulary import max_typos

__all__ = ["is_whole_answer", "phrase_result", "word_is_in"]

NEAR_LIKENESS = 0.5  # of what is offered beside a refusal: below MIN_LIKENESS of match.py
MIN_PREFIX_LETTERS = 3  # letters that are enough for the beginning of a word


def is_whole_answer(answer: PhraseAnswer) -> bool:
    """Whether the answer stands whatever the names are like.

    A single word out of a name, or a word that was corrected, says which race only beside a season: without one the
    likeness to names decides, which knows more about them.
    """
    if not answer.races or answer.reading is None:
        return not answer.unknown_words
    return answer.reading.has_time or not (answer.reading.loose or answer.reading.corrected)


def phrase_result(query: ParsedQuery, answer: PhraseAnswer, sets: RaceSets, series: str) -> MatchResult:
    """The result that a phrase comes to."""
    if answer.reading is None or not answer.races:
        near = tuple(Candidate(race, NEAR_LIKENESS, NEAR_LIKENESS) for race in answer.near)
        return MatchResult(near, reason=answer.reason)
    candidates = tuple(Candidate(race, 1.0, 1.0) for race in answer.races)
    if len(candidates) > 1:
        return MatchResult(candidates)
    race, reading = answer.races[0], answer.reading
    exact = query.folded == fold(race.name)
    parts = [_latest_of(race, reading, sets, series), _beside(race, reading)]
    note = "; ".join(part for part in parts if part)
    return MatchResult(candidates, exact=exact, certain=True, note=reading_note(query.raw, race, note))


def word_is_in(word: str, race: Entity, nicknames: Iterable[str]) -> bool:
    """Whether a typed word is a word of a race's name, track, place or nickname, its beginning, or a slip of one."""
    event = event_of(race)
    names = [fold(text) for text in (race.name, event.track, event.place) if text]
    words = {own for name in (*names, *nicknames) for own in name.split()}
    if any(own.startswith(word) and len(word) >= MIN_PREFIX_LETTERS for own in words):
        return True
    squashed = [squash(name) for name in (*names, *nicknames)]
    return any(OSA.distance(word, own) <= max_typos(min(len(word), len(own))) for own in (*words, *squashed)) or any(
        word in own and len(word) > MIN_PREFIX_LETTERS for own in squashed
    )


def _latest_of(race: Entity, reading: Reading, sets: RaceSets, series: str) -> str:
    """That several fit, and the latest is shown; "" where one alone does."""
    is_counted = reading.has("order") and (reading.has("winner") or reading.exact is not None)
    if reading.has("earliest") or (is_counted and not reading.has("season")):
        return "counted among the races known here"
    if reading.has("season", "day", "round", "order", "season_place", "part", "earliest", "latest"):
        return ""
    races = sets.of_series(reading.races, event_of(race).series or series)
    count = races.bit_count()
    if count < 2:
        return ""
    if reading.exact is not None:
        what = f"runnings of the {_title(race, reading.titles)}"
        return f"the latest of {count} {what}; add a year for another"
    # A city may have had two tracks: all races there are not those at the track that is shown.
    track = event_of(race).track
    at_track = sum(event_of(other).track == track for other in sets.members(races))
    is_of_track = bool(reading.titles and track and at_track > 1)
    what = f"{at_track} at {track}" if is_of_track else f"{count} that fit"
    return f"the latest of {what}; add a year for another"


def _title(race: Entity, titles: Sequence[str]) -> str:
    return titles[0] if titles else race.name


def _beside(race: Entity, reading: Reading) -> str:
    """What was read and says nothing about which race: a driver who did not win, a month where no day is known."""
    month, driver = reading.number("month"), reading.text("driver")
    if month is not None and event_of(race).day is None:
        return f"its day is not known, so {MONTHS[month - 1]} is not checked"
    if driver is not None and not reading.is_question:
        return f"{driver.title()} did not win it"
    return ""
