"""Which session a sentence speaks of: the race, or one of its stages. Where that is not clear, none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.documents.recap.paragraphs import RecapParagraph
from bot.documents.recap.results.place_words import FAR_BACK, is_elliptic, opens_with_stage
from bot.documents.recap.results.running_order import tells_of_a_moment, tells_of_standings
from bot.documents.recap.stages import StageNames, is_of_stages
from bot.documents.text.english import family_name
from bot.language.fold import fold
from bot.language.marked_words import MarkedText
from bot.language.stage_words import LAST_STAGE
from bot.language.tellings.tellings import TellingMatch
from bot.racing.sessions import RACE_SESSION, is_stage, stage_key

__all__ = ["MOST_STAGE_PLACES", "StoryState", "is_past_win", "session_of_order", "sessions_of", "tells_of_stage"]

MOST_STAGE_PLACES = 10  # a stage has points for ten, and nobody tells more
MOST_LABEL_WORDS = 8  # in front of what a label says: "3:58 p.m. - STAGE 1:"
WORDS_BACK = 6  # from a stage to the verb that wins it
_AFTER = {"after", "despite", "before", "by", "following", "without"}
WORDS_BEHIND = 5  # of a telling in which a stage still belongs to it: "took the win in the opening stage"


@dataclass(frozen=True, slots=True)
class StoryState:
    """What a text has told so far: the session and place told last, the highest place of each session, the stages.

    `stages` are those that the last sentence named, `names` how the text counts its stages, `last` the (session, place)
    told last in any paragraph. `moment` says that this paragraph has told of some lap or restart, `standings` that its
    last sentence told of points, `stage_spoken` that the paragraph has spoken of a stage. `placed` has the (session,
    place) that each folded last name was given last.
    """

    names: StageNames
    session: str | None = None
    place: int = 0
    highest: Mapping[str, int] = field(default_factory=dict)
    stages: tuple[int, ...] = ()
    last: tuple[str | None, int] = (None, 0)
    moment: bool = False
    standings: bool = False
    stage_spoken: bool = False
    placed: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def before(self) -> "StoryState":
        """What was told last before this paragraph, as if it were told in it."""
        return replace(self, session=self.last[0], place=self.last[1])

    def after(self, session: str, place: int) -> "StoryState":
        """What is told once a place of a session has been."""
        highest = {**self.highest, session: max(place, self.highest.get(session, 0))}
        return replace(self, session=session, place=place, highest=highest, last=(session, place))

    def with_places(self, places: Iterable[tuple[str, str, int]]) -> "StoryState":
        """What is told once (driver, session, place) have been."""
        found = {fold(family_name(driver)): (session, place) for driver, session, place in places}
        return replace(self, placed={**self.placed, **found})

    def place_of(self, driver: str) -> tuple[str, int] | None:
        """(session, place) that somebody was given last; None where nobody has told."""
        return self.placed.get(fold(family_name(driver)))

    def next_sentence(self, text: MarkedText) -> "StoryState":
        """What is told once a sentence has been read: the stages it names are those that "them" means."""
        numbers = tuple(dict.fromkeys(number for word in text.words for number in word.stages))
        stages = tuple(number for number in numbers if number > 0)
        here = self._in_final_stage() if self.names.is_final(numbers) else self
        return replace(
            here,
            stages=stages,
            moment=self.moment or tells_of_a_moment(text),
            standings=tells_of_standings(text),
            stage_spoken=self.stage_spoken or any(word.has("stage", "stage_like") for word in text.words),
        )

    def _in_final_stage(self) -> "StoryState":
        """What is told once a sentence has spoken of the stage that ends the race: what follows is the race."""
        if self.session is None or not is_stage(self.session):
            return replace(self, last=(None, 0)) if self.last[0] and is_stage(self.last[0]) else self
        return replace(self, session=None, place=0, last=(None, 0))

    def next_paragraph(self) -> "StoryState":
        """What goes on being told where a paragraph begins: the orders, but no single session."""
        return replace(self, session=None, place=0, moment=False, standings=False, stage_spoken=False)

    @property
    def is_quiet(self) -> bool:
        """Whether "Falk was third" can only be the finish: the race is told, and the paragraph tells no moment."""
        return RACE_SESSION in self.highest and not self.moment


def sessions_of(paragraph: RecapParagraph, text: MarkedText, state: StoryState, match: TellingMatch) -> tuple[str, ...]:
    """The sessions that somebody wins in a telling: the stages its words name, else that of the paragraph."""
    named = match.words.get("stage")
    if named:
        return _keys(tuple(number for place in named for number in text.words[place].stages), state)
    if match.words.get("stage_like") or opens_with_stage(text, match):
        return _this_stage(paragraph, text, state, match.end)
    before = text.words[match.start - 1].stages if match.start else ()
    stages = before or _leading_stages(text, match.start)
    if stages:
        return _keys(stages, state)
    if state.session and is_stage(state.session) and _is_relative(text, match) and not match.words.get("race"):
        return (state.session,)  # "Stage 2 went to Dorn, who beat Pell by a length"
    wins_it = any(text.words[place].folded == "it" for place in range(match.start, match.end))
    if wins_it and (text.words[0].stages or state.stage_spoken):  # "tenth in the stage. Dorn stayed out to win it"
        return _keys(text.words[0].stages, state)  # "Stage 2 was a copy of it: Falk won it"
    return _sessions_around(paragraph, text, state, match)


def _is_relative(text: MarkedText, match: TellingMatch) -> bool:
    """Whether a telling is said of whom the same sentence has named in front: "who beat Pell"."""
    return any(word.has("relative") for word in text.words[max(0, match.start - 1) : match.start])


def _sessions_around(
    paragraph: RecapParagraph, text: MarkedText, state: StoryState, match: TellingMatch
) -> tuple[str, ...]:
    """The sessions of a win whose words name none: of the stage right behind it, else of the paragraph."""
    near = _stage_near(text, match, begin=max(match.words.get("way", (match.start,))))
    if near is not None:
        stages = text.words[near].stages
        return _keys(stages, state) if stages else _this_stage(paragraph, text, state, match.end)
    if paragraph.headed and paragraph.stage and paragraph.stage != state.names.final_stage:
        return (stage_key(paragraph.stage),)
    return () if paragraph.stage and paragraph.counts and not paragraph.headed else (RACE_SESSION,)


def _leading_stages(text: MarkedText, place: int) -> tuple[int, ...]:
    """The stages that the label in front of a sentence names: "STAGE 1: Falk wins it"."""
    for here, word in enumerate(text.words[: min(place, MOST_LABEL_WORDS)]):
        if word.has("stage") and text.words[here + 1].folded in {":", "—", "–"}:
            return word.stages
    return ()


def _keys(numbers: tuple[int, ...], state: StoryState) -> tuple[str, ...]:
    final = state.names.final_stage
    kept = [
        number for number in numbers if number != LAST_STAGE and (number != final or number > 3 or len(numbers) > 1)
    ]
    return tuple(stage_key(number) for number in dict.fromkeys(kept))


def _this_stage(paragraph: RecapParagraph, text: MarkedText, state: StoryState, end: int) -> tuple[str, ...]:
    """The stage that "the stage win" means: that of the heading, the one the sentence names, or the last told.

    Of several that a sentence names it is the one told right before; the telling ends before `end`.
    """
    if paragraph.headed and paragraph.stage:
        return _keys((paragraph.stage,), state)
    named = [numbers for place in range(len(text.words)) if (numbers := _own_stages(text, place))]
    before = [numbers for place in range(end) if (numbers := _own_stages(text, place))]
    if len(set(named)) == 1 or (before and len(before) == len(named)):
        return _keys(before[-1] if before else named[0], state)
    if named or is_elliptic(text):
        return ()
    return _keys((paragraph.stage,), state) if paragraph.stage else _last_stage(state)


def _last_stage(state: StoryState) -> tuple[str, ...]:
    """The stage that the sentence before has named, or that was told last; none where it has named several."""
    if state.stages or not (state.session and is_stage(state.session)):
        return _keys(state.stages, state) if len(state.stages) == 1 else ()
    return (state.session,)


def tells_of_stage(text: MarkedText, match: TellingMatch) -> bool:
    """Whether a sentence speaks of a stage, but for one that somebody had won or that is in somebody's title."""
    return any(
        _speaks_of_stage(text, place) or (_own_stages(text, place) and not _is_past_stage(text, match, place))
        for place in range(len(text.words))
    )


def _own_stages(text: MarkedText, place: int) -> tuple[int, ...]:
    """The stages of a word, but for "the Stage 1 winner" and "the winner of Stage 1", a person."""
    behind = text.words[place + 1 : place + 2]
    before = next(
        (word for word in reversed(text.words[:place]) if not word.has("determiner", "prize_preposition")), None
    )
    is_title = any(word.has("race_label") for word in (*behind, *((before,) if before else ())))
    return () if is_title else text.words[place].stages


def _stage_near(text: MarkedText, match: TellingMatch, *, begin: int | None = None) -> int | None:
    """The place of the stage that stands in a telling, or right behind it in the same clause; None where none does.

    `begin` is where the win itself begins: "led Stage 2 on his way to the win" is no win of the stage.
    """
    for place in range(match.start if begin is None else begin, min(len(text.words), match.end + WORDS_BEHIND)):
        word = text.words[place]
        if place >= match.end and (match.words.get("race") or word.has("mark", "conjunction", "name")):
            return None
        inside = place < match.end or (place > 0 and text.words[place - 1].has("determiner"))
        if word.has("stage") or (word.has("stage_like") and inside):
            return place
    return None


def session_of_order(
    paragraph: RecapParagraph, text: MarkedText, state: StoryState, match: TellingMatch, *, begin: int
) -> str | None:
    """The session whose order a telling gives from a place on; None where that is not clear."""
    if paragraph.headed and paragraph.stage and paragraph.stage != state.names.final_stage and begin < FAR_BACK:
        return stage_key(paragraph.stage)
    near = _stage_near(text, match)
    near = None if near is not None and _is_past_stage(text, match, near) else near
    if near is not None and near >= match.end and len(text.words[near].stages) == 1:
        return next(iter(_keys(text.words[near].stages, state)), None)
    named = {
        number
        for place in range(len(text.words))
        if not _is_past_stage(text, match, place)
        for number in _own_stages(text, place)
    }
    if named and is_elliptic(text):
        return None  # "a lap down at the end of the first stage and eighth at the end of the second"
    if named:
        return _named_stage(text, state, match, named)
    if paragraph.headed and paragraph.stage:
        return RACE_SESSION  # below the heading of the final stage
    return _session_going_on(paragraph, text, state, begin)


def _session_going_on(paragraph: RecapParagraph, text: MarkedText, state: StoryState, begin: int) -> str | None:
    """The session of an order in a sentence that names no stage: the one told last, else that of the paragraph."""
    in_stage = bool(state.session and is_stage(state.session))
    if any(_speaks_of_stage(text, place) for place in range(len(text.words))):
        return state.session if in_stage else None  # "Pell was next in that stage"
    of_stage = state.stages and not state.names.is_final(state.stages)
    if not state.session and of_stage and begin <= MOST_STAGE_PLACES and not state.is_quiet:
        return None  # "the opening stage was long. He came across the line tenth."
    if in_stage and begin > MOST_STAGE_PLACES and state.place + 1 != begin:
        return RACE_SESSION if RACE_SESSION in state.highest else None
    return state.session or _unnamed(paragraph, state, begin)


def _is_past_stage(text: MarkedText, match: TellingMatch, place: int) -> bool:
    """Whether a stage is one that somebody had won: "third after winning Stage 1", "who won the stage, was"."""
    for here in range(place - 1, max(-1, place - WORDS_BACK), -1):
        if text.words[here].has("mark"):
            return False
        if text.words[here].has("wins", "takes", "sweeps") and not match.start <= here < match.end:
            return _is_past(text, here)
    return False


def is_past_win(text: MarkedText, match: TellingMatch) -> bool:
    """Whether a telling is of what somebody had won before: "finished third after winning Stage 1"."""
    return text.words[match.start].has("wins", "takes", "sweeps") and _is_past(text, match.start)


def _is_past(text: MarkedText, place: int) -> bool:
    """Whether a verb tells what was before: "after winning", "had won", "who won"."""
    before = text.words[place - 1] if place else None
    gerund = text.words[place].folded.endswith("ing") and before is not None and before.folded in _AFTER
    return gerund or bool(before and (before.has("had") or before.folded == "who"))


def _speaks_of_stage(text: MarkedText, place: int) -> bool:
    """Whether a word means a stage; "the stage winners" are people."""
    behind = text.words[place + 1 : place + 2]
    is_other = behind and behind[0].has("race_label", "winners_label", "victory", "stage_thing")  # "with a stage win"
    return text.words[place].has("stage_like") and not is_other


def _named_stage(text: MarkedText, state: StoryState, match: TellingMatch, named: set[int]) -> str | None:
    """The stage of an order in a sentence that names stages: the one told in it, else the only one."""
    if state.session and is_stage(state.session) and state.session in {stage_key(one) for one in named if one > 0}:
        return state.session if len(named) == 1 or _stage_before(text, match, state) else None
    return next(iter(_keys(tuple(named), state)), None) if len(named) == 1 else None


def _unnamed(paragraph: RecapParagraph, state: StoryState, begin: int) -> str | None:
    """The session of an order in a paragraph that names none: the race, unless a stage was told just before."""
    stage = state.last[0] if state.last[0] and is_stage(state.last[0]) else None
    if stage and state.last[1] + 1 == begin and state.highest.get(RACE_SESSION, 0) + 1 != begin:
        return stage
    if paragraph.counts or is_of_stages(paragraph.section) or (stage and RACE_SESSION not in state.highest):
        return None
    return RACE_SESSION


def _stage_before(text: MarkedText, match: TellingMatch, state: StoryState) -> bool:
    """Whether the last stage named in front of a telling is the one told last."""
    before = [number for word in text.words[: match.start] for number in word.stages]
    return bool(before) and state.session == stage_key(abs(before[-1]))
