"""One thing that a sentence states, and the sentence with what it stands in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.documents.recap.identity.scope import ScopedSentence
from bot.documents.recap.paragraphs import RecapParagraph
from bot.documents.recap.results.place_words import goes_on_behind
from bot.documents.recap.results.session_choice import StoryState
from bot.documents.recap.words.people import SentencePeople
from bot.language.marked_words import MarkedText
from bot.language.tellings.tellings import TellingMatch
from bot.racing.sessions import RACE_SESSION

__all__ = [
    "SentenceContext",
    "Statement",
    "StatementMaker",
    "StatementMakers",
    "any_placed",
    "goes_on",
    "moves_another",
    "value_of",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a sentence states.

    `kind` is "place", "margin", "pole", "out" (disqualified), "laps_run", "laps_planned", "lead_changes", "leaders",
    "cautions", "caution_laps", or a sign of the race: "led", "race_laps", "start", "win_count". `names_race` says that
    the sentence gives the name of the race with it, `weak` that only the sentences around it make a place a finish,
    `in_front` that it is one only where the text has a winner, who is told behind it.
    """

    line: int
    kind: str
    session: str = RACE_SESSION
    driver: str = ""
    position: int = 0
    value: float = 0.0
    names_race: bool = False
    weak: bool = False
    in_headline: bool = False
    in_front: bool = False


@dataclass(frozen=True, slots=True)
class SentenceContext:
    """One sentence with its people, the paragraph it stands in, and what was told before it.

    `scoped` knows what in it speaks of another race; `season`, `race_name` and `series` are those of the text, None
    where it has none. `chain` is the place of the word behind the last finish that the sentence has told, -1 where it
    has told none; `win` is the last win that it has told, and `win_gaps` are the places of the words in the gaps of
    that telling.
    """

    paragraph: RecapParagraph
    text: MarkedText
    people: SentencePeople
    state: StoryState
    scoped: ScopedSentence
    season: int | None = None
    race_name: str | None = None
    series: str | None = None
    chain: int = -1
    win: Statement | None = None
    win_gaps: frozenset[int] = frozenset()


StatementMaker: TypeAlias = Callable[[SentenceContext, TellingMatch, str, Sequence[str]], Iterator[Statement]]
"""(sentence, match, role, slots) -> what the match states: "second rival" has the role "second", the slot "rival"."""
StatementMakers: TypeAlias = Mapping[str, StatementMaker]


def any_placed(made: Sequence[Statement], found: Sequence[Statement]) -> bool:
    """Whether the sentence has given one of the people a place already."""
    placed = {(one.session, one.driver) for one in found if one.kind == "place"}
    return any((one.session, one.driver) in placed for one in made)


def goes_on(context: SentenceContext, place: int) -> bool:
    """Whether the words at a place go on with the win or the finish that the same clause has told."""
    return place in context.win_gaps or goes_on_behind(context.text, context.chain, place)


def moves_another(context: SentenceContext, match: TellingMatch) -> bool:
    """Whether somebody drives another and no car: "Falk pushed Dorn to his third win"."""
    words = context.text.words
    behind = match.words.get("drives", match.words.get("brings", (len(words),)))[0] + 1
    is_owner = behind + 1 < len(words) and words[behind + 1].has("owner")
    return behind < len(words) and words[behind].has("name", "him") and not words[behind].has("his") and not is_owner


def value_of(context: SentenceContext, match: TellingMatch, slot: str, which: int = 0) -> float:
    """The number of the word in a slot of a match, or of the one at `which` of several."""
    return context.text.words[match.words[slot][which]].value or 0.0
