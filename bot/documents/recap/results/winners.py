"""Who won the race or a stage, and who was beaten: what the tellings of a win state."""

from collections.abc import Iterator, Sequence

from bot.documents.recap.results.doubts import is_doubtful
from bot.documents.recap.results.place_words import follows_on
from bot.documents.recap.results.session_choice import sessions_of
from bot.documents.recap.results.statement import SentenceContext, Statement, StatementMakers, goes_on, moves_another
from bot.language.tellings.tellings import TellingMatch
from bot.racing.sessions import RACE_SESSION, is_stage, stage_key

__all__ = ["WIN_MAKERS"]

MOST_STAGES, STAGES_OF_RACE = 4, 3
WORDS_OF_PRIZE = 5  # behind somebody who was beaten: "held on to beat Dorn for second"
_IN_FRONT = ("track", "determiner", "mark", "conjunction", "preposition", "relative", "owner", "adverb")
_POSITIONS = {"first": 1, "titled": 1, "second": 2, "behind": 2, "third": 3}


def _wins(context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str]) -> Iterator[Statement]:
    """The winner, or who follows: `first driver`, `second rival`, `third name`, `behind rivals`."""
    if is_doubtful(context, match) or _is_of_another(context, match) or moves_another(context, match):
        return
    names_race = any(context.text.words[place].has("race_name") for place in range(match.start, match.end))
    sessions = sessions_of(context.paragraph, context.text, context.state, match)
    if len(sessions) >= STAGES_OF_RACE:  # the last of "all three stages" is the race
        sessions = (*sessions, RACE_SESSION)
    for session in sessions:
        for position, name in enumerate(match.people.get(slots[0], ()), _POSITIONS[role]):
            yield Statement(context.paragraph.line, "place", session, name, position, names_race=names_race)


def _is_of_another(context: SentenceContext, match: TellingMatch) -> bool:
    """Whether a race or a win that a telling begins with has a word in front: "the spring race was won by Dorn"."""
    if match.telling.subject or match.telling.parts[0].text not in {"race", "victory"} or not match.start:
        return False
    return not context.text.words[match.start - 1].has(*_IN_FRONT)


def _labelled(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`labelled driver`: who takes the stage that the label or the heading names: "Stage 2: Falk took it"."""
    if context.paragraph.headed and context.paragraph.stage:
        yield from _wins(context, match, "first", slots)


def _given(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`given name`: whose victory it is, where nobody else does what the words say: "a popular victory for Falk"."""
    is_label = match.start and context.text.words[match.start - 1].has("stage", "stage_like")
    if not context.people.subjects(match.start) and not is_label:
        yield from _wins(context, match, "first", slots)


def _finally(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`finally driver`: who beat somebody in the end, in a paragraph that speaks of no stage and of no place."""
    words = context.text.words[match.end : match.end + WORDS_OF_PRIZE]
    is_other = any(word.has("place", "stage", "stage_like", "lap") for word in words)
    if not (is_other or context.state.stage_spoken or context.paragraph.stage):
        yield from _wins(context, match, "first", slots)


def _opened(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`opened driver rivals`: the winner of the stage that a sentence opens with: "In Stage 2, Falk beat Dorn."."""
    words = context.text.words
    behind = words[match.end] if match.end < len(words) else None
    comma = next((place for place, word in enumerate(words) if word.folded == ","), 0)
    stages = {number for word in words[:comma] for number in word.stages}
    opens = words[0].has("aside_opening") and words[0].folded != "after" and len(stages) == 1
    if opens and comma < match.start and (behind is None or behind.has("mark")) and not is_doubtful(context, match):
        session = stage_key(stages.pop())
        names = (*match.people.get(slots[0], ()), *match.people.get(slots[1], ()))
        for position, name in enumerate(names, 1):
            yield Statement(context.paragraph.line, "place", session, name, position)


def _beaten(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`beaten rivals`: those behind the winner whom the same clause has told, second on."""
    win = context.win
    names = match.people.get(slots[0], ())
    if win is None or not goes_on(context, match.start):
        return
    words = context.text.words[match.start : match.end]
    are_many = any(word.has("role") and word.folded.endswith("s") for word in words)
    if len(names) > 1 and (are_many or any(word.has("car", "(") for word in words)):
        return  # "ahead of Falk (20), at right, and Dorn (16)", a caption; "over contenders Falk and Dorn", no order
    for position, name in enumerate(names, 2):
        yield Statement(context.paragraph.line, "place", win.session, name, position)


def _each(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """Several stages, each with a winner of its own: "A and B won the first two stages"."""
    if is_doubtful(context, match):
        return
    names = match.people.get(slots[0], ())
    if slots[1] == "stage_before":
        stages: Sequence[int] = context.state.stages
    else:
        stages = [number for place in match.words["stage"] for number in context.text.words[place].stages]
    if len(names) == len(stages) > 1:
        for name, number in zip(names, stages, strict=True):
            yield Statement(context.paragraph.line, "place", stage_key(number), name, 1)


def _numbered(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`numbered names`: the winners of the first two stages, in their order: "Stage wins went to A and B"."""
    names = match.people.get(slots[0], ())
    if len(names) == STAGES_OF_RACE - 1 and not is_doubtful(context, match):
        for number, name in enumerate(names, 1):
            yield Statement(context.paragraph.line, "place", stage_key(number), name, 1)


def _stage_sheet(context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`winners name`: "Stage winners: A (Stage 1)"; `stage driver`: the stage of the sentence; `both driver`: both."""
    words = context.text.words
    stages = [number for word in words for number in word.stages]
    if role == "winners":
        stages = [number for place in match.words["stage"] for number in words[place].stages]
        if not any(word.has("winners_label") for word in words):
            return
    elif role == "both":
        stages = [1, 2]
    elif len(set(stages)) != 1:
        return
    if not is_doubtful(context, match):
        for number in dict.fromkeys(stages):
            if number > 0:
                yield Statement(context.paragraph.line, "place", stage_key(number), match.people[slots[0]][0], 1)


def _sheet(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`sheet name`: who stands alone, or first, behind the name of a stage: "Stage 1: Reed Falk"."""
    words = context.text.words
    behind = words[match.end] if match.end < len(words) else None
    before = words[match.start - 1] if match.start else None
    opens = before is None or before.has("mark") or (before.has("word") and match.telling.key != "first")
    if opens and (behind is None or behind.has("mark")):
        yield from _wins(context, match, "first", slots)


def _chained_win(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """Behind the winner of a stage, that of another: "Falk won the opening stage and Dorn the second"."""
    state = context.state
    if not state.session or not is_stage(state.session) or state.place != 1:
        return
    in_chain = follows_on(context.text, match.start, context.chain)
    if not in_chain and not match.words.get("takes") and not match.words.get("was"):
        return
    if not match.words.get("stage") and not any(context.text.words[place].folded == "the" for place in match.gaps):
        return
    word = context.text.words[(match.words.get("stage") or match.words["place"])[0]]
    number = word.stages[0] if word.stages else int(word.value or 0)
    behind = context.text.words[match.end] if match.end < len(context.text.words) else None
    is_new = 1 <= number <= MOST_STAGES and stage_key(number) not in state.highest
    if is_new and not (behind and behind.has("word")):
        yield Statement(context.paragraph.line, "place", stage_key(number), match.people[slots[0]][0], 1)


WIN_MAKERS: StatementMakers = {
    "first": _wins, "titled": _wins, "second": _wins, "third": _wins, "behind": _wins, "beaten": _beaten, "each": _each,
    "sheet": _sheet, "labelled": _labelled, "winners": _stage_sheet, "stage": _stage_sheet, "both": _stage_sheet,
    "chained_win": _chained_win, "opened": _opened, "given": _given, "finally": _finally, "numbered": _numbered,
}  # fmt: skip
