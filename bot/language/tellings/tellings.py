"""Ways of telling something, as lines of data, and the machine that finds them in marked words. It knows no English.

A telling is words and slots: `{driver} {takes} the {stage} win`. What each part matches:

| part | matches |
|---|---|
| `won` | that word |
| `{takes}` | a word or phrase with that mark: a list of `word_lists`, or a kind such as `place`, `seconds`, `stage` |
| `{driver}` in front | whoever is the subject of what follows; `{drivers}` all of them |
| `{driver}`, `{rival}`, `{name}` | a person right there; `{drivers}`, `{rivals}`, `{names}` a list: "A, B and C" |
| `{name's}` | a person who owns what follows; bound as `name` |
| `{his}` | "his" or "her", whose person is bound |
| `{places}` | one place or several: "second, third and fourth" |
| `...` | up to six words of one thing ("his third career"): no name, preposition, conjunction or punctuation |
| `~` | up to fourteen words of the same clause |
| `[won]`, `[{adverb}]` | that, or nothing |

Articles and adverbs may stand anywhere between two parts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Protocol

from bot.language.marked_words import MarkedText, MarkedWord
from bot.language.patterns import Pattern
from bot.language.tellings.clauses import aside_ends, goes_on_list

__all__ = ["People", "Telling", "TellingIndex", "TellingMatch"]

MOST_GAP_WORDS, MOST_CLAUSE_WORDS, MOST_FILLERS, MOST_ASIDES = 6, 14, 4, 3
MOST_PEOPLE = 45  # of one list; a field has 43 cars at most
_PART = Pattern(r"\[[^\[\]]+\]|\{[\w']+\}|[^\s\[\]{}]+")
_KINDS = {
    "driver": "person", "rival": "person", "name": "person", "drivers": "people", "rivals": "people", "names": "people",
    "places": "places", "his": "owner", "name's": "possessor",
}  # fmt: skip
_NEEDS = {"person": "name", "people": "name", "possessor": "name", "places": "place"}
_FILLERS = ("determiner", "adverb")
_STOPS = ("name", "mark", "car", "preposition", "conjunction", "pronoun")
_CLAUSE_STOPS = ("joins", ";", ".", "!", "?", ":", "—", "–", "(", ")", "…", "pronoun")


class People(Protocol):
    """Who is meant at a place of a text; what a subject is, is not the machine's business."""

    def subjects(self, place: int) -> tuple[str, ...]:
        """Who does what the word at a place says; nobody where that is not clear."""
        ...

    def person_at(self, place: int) -> tuple[str, int] | None:
        """(name, place behind) of the person told at a place; None where there is none."""
        ...

    def owner_at(self, place: int) -> str | None:
        """Whom "his" means at a place; None where that is not clear."""
        ...

    def people_at(self, place: int, *, whole: bool = False) -> tuple[tuple[str, ...], int]:
        """(names, place behind) of the list of people at a place; no names where there is none.

        A name that a verb follows ends no list, unless `whole`.
        """
        ...


@dataclass(frozen=True, slots=True)
class _TellingPart:
    kind: str  # "word", "mark", "person", "people", "possessor", "owner", "places", "gap" or "clause"
    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class TellingMatch:
    """A telling found in a text: it hangs on the word at `start` and ends before `end`.

    `people` has names and `words` the places of words by slot; `gaps` are the places that stand in the telling's gaps.
    """

    telling: "Telling"
    start: int
    end: int
    people: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[int, ...]]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _State:
    place: int
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    gaps: tuple[int, ...] = ()
    asides: int = 0


@dataclass(frozen=True, slots=True)
class Telling:
    """One way of telling: `says` with its slots, `claims` what it comes to, an `example` that it reads."""

    says: str
    claims: str
    example: str
    subject: str
    parts: tuple[_TellingPart, ...]

    @classmethod
    def from_line(cls, says: str, claims: str, example: str) -> "Telling":
        """From a line of data. Raises ValueError where it has no word or mark that it could hang on."""
        parts = tuple(_part(found[0]) for found in _PART.finditer(says))
        leads = bool(parts) and parts[0].text in {"driver", "drivers"}
        subject = parts[0].text if leads else ""
        rest = parts[1:] if leads else parts
        if not rest or rest[0].optional or rest[0].kind in {"gap", "clause"}:
            raise ValueError(f'the telling "{says}" needs a word or a mark, such as won or {{wins}}, to hang on')
        return cls(says, claims, example, subject, rest)

    @property
    def key(self) -> str:
        """What the word that the telling hangs on is, or is marked as."""
        return _NEEDS.get(self.parts[0].kind, self.parts[0].text)

    @property
    def needs(self) -> frozenset[str]:
        """The words and marks without which a text has no such telling; a person may be a car number, too."""
        fixed = [one for one in self.parts if not one.optional and one.kind in {"word", "mark", "places", "owner"}]
        return frozenset(_NEEDS.get(one.kind, one.text) for one in fixed)

    def match_at(self, text: MarkedText, place: int, people: People) -> TellingMatch | None:
        """The match that hangs on a word; None where there is none."""
        if self.parts[0].kind == "people" and goes_on_list(text, place):
            return None
        subjects = people.subjects(place) if self.subject else ()
        if self.subject and (not subjects or (self.subject == "driver" and len(subjects) > 1)):
            return None
        begin = _State(place, asides=0 if self.subject else MOST_ASIDES)
        end = next(_states(self.parts, text, people, begin, fillers=0), None)
        if end is None:
            return None
        found = {**end.people, self.subject: subjects} if self.subject else end.people
        return TellingMatch(self, place, end.place, found, end.words, end.gaps)


class TellingIndex:
    """Tellings by the word or mark that they hang on, so that each word of a text is asked for few."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self._tellings = tuple((one.key, one.needs, one) for one in tellings)

    def matches(self, text: MarkedText, people: People) -> Iterator[TellingMatch]:
        """Every match in a text, in the order of the words that they hang on."""
        keys = [
            tuple(dict.fromkeys((word.folded, *(mark for mark, _ in text.marks_at(place)))))
            for place, word in enumerate(text.words)
        ]
        present = {key for found in keys for key in found}
        possible: dict[str, list[Telling]] = {}
        for key, needs, telling in self._tellings:
            if key in present and needs <= present:
                possible.setdefault(key, []).append(telling)
        for place, found_keys in enumerate(keys):
            for telling in (telling for key in found_keys for telling in possible.get(key, ())):
                found = telling.match_at(text, place, people)
                if found:
                    yield found


def _part(text: str) -> _TellingPart:
    if text.startswith("["):
        inner = _part(text[1:-1])
        return _TellingPart(inner.kind, inner.text, optional=True)
    if text in {"...", "~"}:
        return _TellingPart("gap" if text == "..." else "clause", text)
    if not text.startswith("{"):
        return _TellingPart("word", text.lower())
    slot = text[1:-1]
    return _TellingPart(_KINDS.get(slot, "mark"), slot)


def _states(
    parts: Sequence[_TellingPart], text: MarkedText, people: People, state: _State, fillers: int
) -> Iterator[_State]:
    """Every way in which the parts go on from a state, the shortest gaps first."""
    if not parts:
        yield state
        return
    part, rest = parts[0], parts[1:]
    if part.kind in {"gap", "clause"}:
        for behind in _gap_ends(part, text, state):
            yield from _states(rest, text, people, behind, fillers=0)
        return
    for behind in _steps(part, text, people, state):
        yield from _states(rest, text, people, behind, fillers=0)
    if part.optional:
        yield from _states(rest, text, people, state, fillers)
    if state.place < len(text.words) and fillers < MOST_FILLERS and text.words[state.place].has(*_FILLERS):
        behind = replace(state, place=state.place + 1, gaps=(*state.gaps, state.place))
        yield from _states(parts, text, people, behind, fillers + 1)
    yield from _behind_asides(parts, text, people, state)


def _behind_asides(parts: Sequence[_TellingPart], text: MarkedText, people: People, state: _State) -> Iterator[_State]:
    """Every way in which the parts go on behind what stands aside: "won [on Sunday] [at Elm] the Maple 300"."""
    if state.asides < MOST_ASIDES and 0 < state.place < len(text.words):
        for end in aside_ends(text, state.place):
            if end < len(text.words):
                gaps = (*state.gaps, *range(state.place, end))
                behind = replace(state, place=end, gaps=gaps, asides=state.asides + 1)
                yield from _states(parts, text, people, behind, fillers=0)


def _gap_ends(part: _TellingPart, text: MarkedText, state: _State) -> Iterator[_State]:
    most, stops = (MOST_GAP_WORDS, _STOPS) if part.kind == "gap" else (MOST_CLAUSE_WORDS, _CLAUSE_STOPS)
    gaps = state.gaps
    for place in range(state.place, min(len(text.words), state.place + most + 1)):
        yield replace(state, place=place, gaps=gaps)
        if text.words[place].has(*stops) and not (part.kind == "gap" and _is_nobody(text, place)):
            return
        gaps = (*gaps, place)


def _is_nobody(text: MarkedText, place: int) -> bool:
    """Whether a name is that of a sponsor or a team: "the Elm Oil pole"."""
    behind = takewhile(
        lambda word: word.text[:1].isupper() or word.has("nobody_head"), text.words[place + 1 : place + 4]
    )
    return text.words[place].has("name") and any(word.has("nobody_head") for word in behind)


def _steps(part: _TellingPart, text: MarkedText, people: People, state: _State) -> Iterator[_State]:
    """Every way in which one part stands at the place of a state."""
    if state.place < len(text.words):
        yield from _STEPS[part.kind](part, text, people, state)


def _word(part: _TellingPart, text: MarkedText, _: People, state: _State) -> Iterator[_State]:
    if part.text in {text.words[state.place].folded, text.words[state.place].text}:
        yield replace(state, place=state.place + 1)


def _mark(part: _TellingPart, text: MarkedText, _: People, state: _State) -> Iterator[_State]:
    for mark, end in text.marks_at(state.place):
        if mark == part.text:
            found = (*state.words.get(part.text, ()), state.place)
            yield replace(state, place=end, words={**state.words, part.text: found})


def _owner(part: _TellingPart, text: MarkedText, people: People, state: _State) -> Iterator[_State]:
    owner = people.owner_at(state.place) if text.words[state.place].has(part.text) else None
    if owner:
        yield replace(state, place=state.place + 1, people={**state.people, part.text: (owner,)})


def _possessor(_: _TellingPart, text: MarkedText, __: People, state: _State) -> Iterator[_State]:
    words = text.words[state.place : state.place + 2]
    if len(words) > 1 and words[0].has("name") and words[1].has("owner"):
        yield replace(state, place=state.place + 2, people={**state.people, "name": (words[0].text,)})


def _person(part: _TellingPart, _: MarkedText, people: People, state: _State) -> Iterator[_State]:
    person = people.person_at(state.place)
    if person:
        yield replace(state, place=person[1], people={**state.people, part.text: (person[0],)})


def _people(part: _TellingPart, _: MarkedText, people: People, state: _State) -> Iterator[_State]:
    for found, end in dict.fromkeys((people.people_at(state.place, whole=True), people.people_at(state.place))):
        if found:
            yield replace(state, place=end, people={**state.people, part.text: found[:MOST_PEOPLE]})


def _places(_: _TellingPart, text: MarkedText, __: People, state: _State) -> Iterator[_State]:
    """The longest list of places that begins here: "second, third and fourth"."""
    found: list[int] = []
    place = end = state.place
    while place < len(text.words) and len(found) < MOST_PEOPLE:
        word: MarkedWord = text.words[place]
        if word.has("place"):
            found.append(place)
            end = place + 1
        elif not found or word.folded not in {",", "and", "&", "the"}:
            break
        place += 1
    if found:
        yield replace(state, place=end, words={**state.words, "places": tuple(found)})


_STEPS: Mapping[str, Callable[[_TellingPart, MarkedText, People, _State], Iterator[_State]]] = {
    "word": _word, "mark": _mark, "owner": _owner, "possessor": _possessor, "person": _person, "people": _people,
    "places": _places,
}  # fmt: skip
