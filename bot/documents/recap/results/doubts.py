"""What keeps a telling from being a statement about this race: wishes, near misses, other years, races and prizes."""

from typing import Protocol

from bot.documents.recap.identity.scope import ScopedSentence
from bot.documents.recap.paragraphs import RecapParagraph
from bot.documents.recap.results.wishes import is_of_loser, is_wish
from bot.language.fold import fold
from bot.language.marked_words import MarkedText, MarkedWord
from bot.language.tellings.tellings import TellingMatch

__all__ = ["Sentence", "aside_in_front", "clause_of", "is_approximate", "is_doubtful"]

WORDS_BEFORE = 6  # a verb in which "hoped to" or "failed to" still takes it back
WORDS_OF_CLAUSE = 9  # behind a telling, in which another year or race still belongs to it
WORDS_BEHIND = 3  # in which another prize still belongs to a telling: "won the race off pit road"
WORDS_OF_TITLE = 7  # in front of "winner": "three-time Elm Speedway Truck Series"
_LABELS_OF_OTHER = (
    "pole_sitter", "other_prize", "side_event", "stage", "stage_like", "count", "year", "race_name", "owner",
    "place_name", "track", "month",
)  # fmt: skip
_NOUNS_TOO = frozenset(
    (
        "win",
        "wins",
        "race",
        "races",
        "run",
        "runs",
        "dash",
        "ride",
        "drive",
        "charge",
        "march",
        "surge",
        "sprint",
        "romp",
    )
)
_NOUN_KEYS = {"victory", "race_word", "race"}  # what tellings hang on that no verb begins
_BREAKS = {",", ";", ":", ".", "—", "–", "(", ")", "…"}


class Sentence(Protocol):
    """A sentence and what its text is about."""

    @property
    def paragraph(self) -> RecapParagraph:
        """The paragraph that it stands in."""
        ...

    @property
    def text(self) -> MarkedText:
        """Its marked words."""
        ...

    @property
    def scoped(self) -> ScopedSentence:
        """What in it speaks of another race."""
        ...

    @property
    def season(self) -> int | None:
        """The season of the race, where the text has one."""
        ...

    @property
    def race_name(self) -> str | None:
        """The name of the race, where the text has one."""
        ...


def is_doubtful(
    sentence: Sentence, match: TellingMatch, *, of_race: bool = True, spoils: bool = True, prizes: bool = True
) -> bool:
    """Whether what a telling says did not happen, or not in this race.

    `of_race` is false for what may lie in the past perfect: "Falk had won the pole on Friday"; `spoils` for what a near
    miss does not take back, such as that somebody was disqualified; `prizes` for places, which are no prize.
    """
    text = sentence.text
    begin, end = clause_of(text, match)
    if text.words[-1].folded == "?":
        return True
    if _is_out_of_race(sentence, match):
        return True
    return (
        _is_unreal(text, match, spoils=spoils)
        or (of_race and _is_earlier(text, match))
        or (match.telling.key not in _NOUN_KEYS and _is_noun(text, match.start))
        or (prizes and of_race and _is_other_prize(text, match))
        or _is_elsewhere(sentence, match, begin, end)
    )


def _is_out_of_race(sentence: Sentence, match: TellingMatch) -> bool:
    """Whether a telling speaks of another race; titles of the people in it do not: "followed by 1997 winner Falk"."""
    words, scoped = sentence.text.words, sentence.scoped
    begin, end = words[match.start].start, words[match.end - 1].end
    if scoped.is_of_race(begin, end):
        return False
    told = {match.start, *(place for places in match.words.values() for place in places)}
    people = match.telling.parts[0].kind == "people" and len(told) > 1
    told = told - {match.start} if people else told
    return not scoped.is_title(begin, end) or not all(
        scoped.is_of_race(words[place].start, words[place].end) for place in told
    )


def clause_of(text: MarkedText, match: TellingMatch) -> tuple[int, int]:
    """From the break in front of a telling to the one behind it."""
    begin = match.start
    past = _is_past(text.words[begin])
    while (
        begin > 0 and text.words[begin - 1].folded not in _BREAKS and not (past and text.words[begin - 1].has("joins"))
    ):
        begin -= 1
    end = match.end
    last = min(len(text.words), match.end + WORDS_OF_CLAUSE)
    while end < last and text.words[end].folded not in _BREAKS and not text.words[end].has("joins"):
        end += 1
    return begin, end


def _is_unreal(text: MarkedText, match: TellingMatch, *, spoils: bool) -> bool:
    """Whether the words in front of the verb take it back: "failed to", "two laps from", "would have"."""
    if match.telling.key == "race_label" and len(match.telling.parts) == 2:
        return bool(match.start) and text.has(match.start - 1, "unreal")  # "could not catch race winner Reed Falk"
    first = max(0, match.start - WORDS_BEFORE)
    for place in range(match.start - 1, first - 1, -1):
        if text.words[place].folded in _BREAKS:
            break
        if text.words[place].has("joins") and (place < match.start - 1 or _is_past(text.words[match.start])):
            break
        if text.has(place, "unreal") and not _is_stopped(text, place, match.start):
            return True
    itself = match.telling.key == "verb" and text.has(match.start, "unreal")  # "Falk appeared to be cruising to a win"
    if itself or any(_is_unreal_gap(text, match, place) for place in match.gaps):
        return True
    if spoils and any(text.has(place, "spoiled") for place in range(len(text.words))):
        return True
    hangs = is_wish(text, match.start) or is_of_loser(text, match.start)
    return hangs or any(text.has(place, "supposes") for place in range(match.end))


def _is_unreal_gap(text: MarkedText, match: TellingMatch, place: int) -> bool:
    """Whether a word in a gap takes a telling back; "on his way to" is part of some."""
    is_way = place + 1 in match.words.get("way", ())
    return text.has(place, "unreal") and not is_way and not is_approximate(text, place + 1)


def _is_stopped(text: MarkedText, place: int, end: int) -> bool:
    """Whether a word that takes back takes back what would have: "rain could not stop Falk", "nobody caught Falk"."""
    return any(text.has(here, "prevents") for here in range(place, end))


def is_approximate(text: MarkedText, place: int) -> bool:
    """Whether the number at a place is not exact: "nearly three seconds"."""
    number = place < len(text.words) and text.words[place].has("seconds", "count", "laps", "decimal", "length")
    return number and place > 0 and any(text.has(here, "approximate") for here in range(max(0, place - 2), place))


def _is_past(word: MarkedWord) -> bool:
    return word.folded.endswith("ed") or word.has("past")


def _is_earlier(text: MarkedText, match: TellingMatch) -> bool:
    """Whether the verb is in a perfect: "had won the race" is another day. Stages are won on the same day."""
    if any(word.has("stage", "stage_like") for word in text.words[match.start : match.end + WORDS_BEHIND]):
        return False
    place = match.start - 1
    while place >= 0 and text.words[place].has("adverb") and not text.words[place].has("had"):
        place -= 1
    if place >= 0 and text.words[place].has("had") and text.words[place + 1].folded == "to":
        return False
    if place > 0 and text.words[place].folded == "have" and text.words[place - 1].folded in {"would", "to"}:
        return False
    return place >= 0 and text.words[place].has("had")


def _is_noun(text: MarkedText, place: int) -> bool:
    """Whether a verb is a noun: "his third win at Elm", "won the drag race to the checkered flag"."""
    if text.words[place].folded not in _NOUNS_TOO or not place:
        return False
    before = text.words[place - 1]
    if before.has("preposition") and before.folded != "to":
        return True
    return before.has(
        "determiner", "place", "count", "owner", "stage", "stage_like", "series", "laps", "adjective"
    ) or (
        before.has("word") and not before.has("adverb", "pronoun", "conjunction", "relative") and before.folded != "to"
    )


def _is_other_prize(text: MarkedText, match: TellingMatch) -> bool:
    """Whether something else than the race or the stage is won: a pole, a title, the race off pit road."""
    if text.has(match.start, "race_label") and _is_label_of_other(text, match.start):
        return True
    kinds = ("other_prize", "other_race") if match.words.get("race") else ("other_prize",)
    alone = bool(match.words.get("wins_alone"))  # "prevailed on the final restart" is of the race
    inside = [place for place in match.gaps if not alone and text.has(place, *kinds)]
    behind = range(match.end, min(len(text.words), match.end + WORDS_BEHIND))
    return bool(inside) or any(
        text.has(place, "prize_behind") and _is_prize_of(text, match.end, place)
        for place in behind
        if _same_clause(text, match.end, place)
    )


def _is_prize_of(text: MarkedText, end: int, place: int) -> bool:
    """Whether a win is of what stands behind it: "the race for the lead"; "won under caution" is the race itself."""
    between = text.words[end:place]
    if not between or text.words[place].has("preposition"):
        return True
    return any(word.has("prize_preposition") for word in between) or not any(
        word.has("preposition") for word in between
    )


def _is_label_of_other(text: MarkedText, place: int) -> bool:
    """Whether a winner is one of something else: "pole winner Reed Falk", "the Duel winner Falk"."""
    before = place - 1
    of_pole = any(text.has(here, "pole_word") for here in range(max(0, place - WORDS_BEHIND), place))
    return of_pole or _is_record(text, place) or (before >= 0 and text.has(before, *_LABELS_OF_OTHER))


def _is_record(text: MarkedText, place: int) -> bool:
    """Whether a winner is one of old: "three-time Elm Speedway winner Falk", "the spring race winner Dorn"."""
    begin = place
    while begin > max(0, place - WORDS_OF_TITLE) and not text.words[begin - 1].has("mark", "name"):
        begin -= 1
    return any(text.has(here, "record_word") for here in range(begin, place))


def _same_clause(text: MarkedText, begin: int, place: int) -> bool:
    return all(text.words[here].folded not in _BREAKS for here in range(begin, place))


def _is_elsewhere(sentence: Sentence, match: TellingMatch, begin: int, end: int) -> bool:
    """Whether the clause speaks of another year or another race."""
    text = sentence.text
    opening = range(_opening_end(text)) if begin else range(0)
    for place in (*opening, *range(begin, _deed_before(text, match.end, end))):
        word = text.words[place]
        if _is_other_time(text, place) or (word.has("race_name") and not _same_race(word, sentence.race_name)):
            return True
        if word.has("year") and word.value != sentence.season and _dates(text, place, sentence.season):
            return True
    aside = aside_in_front(text, match.start)
    return any(text.has(place, "side_event") for place in range(end) if place not in aside)


def _deed_before(text: MarkedText, begin: int, end: int) -> int:
    """Where words behind a telling begin to say what was before: "the first since last year", "after winning there"."""
    for place in range(begin, end):
        behind = text.words[place + 1 : place + 2]
        is_gerund = bool(behind) and behind[0].folded.endswith("ing")
        if text.words[place].folded == "since" or (text.has(place, "deed_before") and is_gerund):
            return place
    return end


def _is_other_time(text: MarkedText, place: int) -> bool:
    """Whether another day is told of; "for the 20th time in his career" counts this one too."""
    return text.has(place, "other_time") and not (place and text.words[place - 1].folded == "time")


def _opening_end(text: MarkedText) -> int:
    """The end of the phrase that a sentence opens with: what it says of time holds for all of it."""
    if not text.words or not text.words[0].has("opening_phrase") or text.words[0].folded in {"like", "unlike"}:
        return 0
    if text.words[0].has("deed_before"):
        return 0  # "After winning here last year, Falk was third"
    return next((place for place, word in enumerate(text.words) if word.folded == ","), 0)


def _dates(text: MarkedText, place: int, season: int | None) -> bool:
    """Whether a year says when; "his second win of 2025" does not where the text has no other season."""
    before = text.words[place - 1].folded if place else ""
    if season is None and (before == "of" or (place > 1 and text.words[place - 2].folded == "time")):
        return False  # "his second win of 2025", "for the third time in 2022"
    return before in {"in", "since", "of", "the", "from", "until", "by", "and", "after", "before", ","}


def _same_race(word: MarkedWord, name: str | None) -> bool:
    """Whether the name of a race is the one the text is about, or a shorter form of it."""
    if not name:
        return True
    one, other = set(fold(word.text).split()), set(fold(name).split())
    return one <= other or other <= one


def aside_in_front(text: MarkedText, start: int) -> range:
    """What is said of a person right in front of a telling: "Dorn, who started at the back, was third"."""
    if start < 2 or text.words[start - 1].folded != ",":
        return range(0)
    opens = next((here for here in range(start - 2, -1, -1) if text.words[here].folded in _BREAKS), -1)
    opener = text.words[opens + 1] if opens > 0 else None
    is_aside = opener is not None and (opener.folded == "who" or opener.folded.endswith(("ed", "ing")))
    return range(opens + 1, start) if is_aside else range(0)
