"""Places of a moment and no finish: those of some lap, of a start, of points or of practice."""

from bot.documents.recap.results.doubts import Sentence, aside_in_front, clause_of
from bot.language.marked_words import MarkedText, MarkedWord
from bot.language.tellings.tellings import TellingMatch

__all__ = ["is_running_order", "tells_of_a_moment", "tells_of_standings"]

WORDS_OF_ORDER = 5  # behind a place, in which a lap or a table of points still belongs to it
WORDS_OF_LAPS = 4  # "through the first five"
_EARLY, _DURING = {"first", "opening", "next", "early"}, {"through", "over", "during", "within", "in", "after", "by"}
_STANDINGS = {"points", "standings", "chase"}


def tells_of_a_moment(text: MarkedText) -> bool:
    """Whether a sentence speaks of some lap, restart or yellow flag of a race that goes on."""
    return any(
        _is_some_lap(word)
        or word.has("stage", "stage_like")
        or text.has(place, "running_time")
        or (word.has("laps") and _is_of_early_laps(text, place))
        for place, word in enumerate(text.words)
    )


def _is_some_lap(word: MarkedWord) -> bool:
    """Whether a word says when in the race; "left" alone does not."""
    return word.has("lap") or (word.has("to_go") and word.value is not None)


def _is_of_early_laps(text: MarkedText, place: int) -> bool:
    """Whether laps say when: "through the first five laps"; "led the first 20 laps" does not."""
    before = [word.folded for word in text.words[max(0, place - WORDS_OF_LAPS) : place]]
    return not _EARLY.isdisjoint(before) and not _DURING.isdisjoint(before)


def tells_of_standings(text: MarkedText) -> bool:
    """Whether a sentence speaks of the points of a championship."""
    return any(
        word.folded in _STANDINGS and not (behind and (behind.folded.startswith("race") or behind.has("role")))
        for word, behind in zip(text.words, (*text.words[1:], None), strict=True)
    )


def is_running_order(sentence: Sentence, match: TellingMatch, *, whole: bool = False) -> bool:
    """Whether a place is one of some lap, of a start, of points or of practice, and no finish.

    `whole` looks at all of the sentence in front of it, for words that do not say by themselves that it is a finish.
    """
    text = sentence.text
    begin, end = clause_of(text, match)
    begin = 0 if whole else begin
    if any(
        part.text == "who" for part in match.telling.parts
    ):  # "with two laps left Falk beat Dorn, who finished third"
        begin = next((here for here in range(match.start, match.end) if text.words[here].folded == "who"), begin)
    places = match.words.get("places") or match.words.get("place") or (match.end - 1,)
    end = min(end, max(places) + 1 + WORDS_OF_ORDER)
    end = next((here for here in range(max(places) + 1, end) if _is_deed_before(text, here)), end)
    aside = aside_in_front(text, match.start) if whole else range(0)
    is_bracket = any(part.text == "(" for part in match.telling.parts)  # "(started 10th, finished 4th / running)"
    told, end = (match.gaps, min(end, match.end)) if is_bracket else ((), end)
    return any(
        (_is_some_lap(text.words[place]) and not _is_lap_down(text, place))
        or (text.has(place, "running_time") and not _is_stage_end(text, place))
        or (text.has(place, "other_order") and (whole or place >= match.start) and not _is_title(text, place))
        for place in range(begin, end)
        if place not in aside and place not in told
    )


def _is_stage_end(text: MarkedText, place: int) -> bool:
    """Whether a break is the end of a stage: "second at the first break" is where somebody finished the stage."""
    near = text.words[max(0, place - 1) : place + 1]
    return any(word.has("stage") for word in near) and text.has(place + len(near) - 2, "stage_break", "stage")


def _is_deed_before(text: MarkedText, place: int) -> bool:
    """Whether what was before goes on: "finished third after starting from the pole"."""
    behind = text.words[place + 1 : place + 2]
    return text.words[place].has("deed_before") and bool(behind) and behind[0].folded.endswith("ing")


def _is_title(text: MarkedText, place: int) -> bool:
    """Whether a word stands in the title of a person: "points leader Falk", "Championship 4 driver Dorn"."""
    behind = [word for word in text.words[place + 1 : place + 4] if not word.has("count")]
    return len(behind) > 1 and behind[0].has("role") and behind[1].has("name", "role")


def _is_lap_down(text: MarkedText, place: int) -> bool:
    """Whether a lap says how far back somebody finished: "a lap down", "on the lead lap"."""
    behind = text.words[place + 1].folded if place + 1 < len(text.words) else ""
    return behind in {"down", "behind", "back"} or (place > 0 and text.words[place - 1].folded == "lead")
