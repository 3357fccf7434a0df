"""One thing that a sentence states, and the sentence with what it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.recap.identity.scope import ScopedSentence
from bot.documents.recap.paragraphs import RecapParagraph
from bot.documents.recap.results.session_choice import Told
from bot.documents.recap.words.subjects import SentencePeople
from bot.language.marked_words import MarkedText
from bot.racing.sessions import RACE_SESSION

__all__ = ["SentenceContext", "Statement", "any_placed"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a sentence states.

    `kind` is "place", "margin", "pole", "out" (disqualified), "lead_changes", "leaders", "cautions" or "caution_laps".
    `names_race` says that the sentence gives the name of the race with it, `weak` that only the sentences around it
    make a place a finish.
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


@dataclass(frozen=True, slots=True)
class SentenceContext:
    """One sentence with its people, the paragraph it stands in, and what was told before it.

    `scoped` knows what in it speaks of another race; `season` and `race_name` are those of the text, None where it has
    none.
    """

    paragraph: RecapParagraph
    text: MarkedText
    people: SentencePeople
    told: Told
    scoped: ScopedSentence
    season: int | None = None
    race_name: str | None = None


def any_placed(made: Sequence[Statement], found: Sequence[Statement]) -> bool:
    """Whether the sentence has given one of the people a place already."""
    placed = {(one.session, one.driver) for one in found if one.kind == "place"}
    return any((one.session, one.driver) in placed for one in made)
