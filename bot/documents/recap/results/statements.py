"""What a sentence states: the tellings found in it, each weighed against what stands around it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.recap.results.doubts import is_doubtful, is_running_order
from bot.documents.recap.results.finishes import is_finish
from bot.documents.recap.results.place_words import behind_places, ends_well, follows_on, names_a_stage
from bot.documents.recap.results.session_choice import (
    MOST_STAGE_PLACES,
    Told,
    is_past_win,
    session_of_order,
    sessions_of,
)  # fmt: skip
from bot.documents.recap.results.statement import SentenceContext, Statement, any_placed
from bot.documents.recap.results.telling_lists import telling_index
from bot.language.tellings import TellingMatch
from bot.racing.sessions import RACE_SESSION, is_stage, stage_key

__all__ = ["find_statements"]

MOST_PLACES = 43  # cars of a field
PODIUM_PLACES = 3
FEWEST_IN_ORDER = 3  # names; two may be anything


def find_statements(context: SentenceContext) -> tuple[list[Statement], Told]:
    """The statements of a sentence, and what is told once it has been read."""
    found: list[Statement] = []
    told = context.told
    chain = -1  # where the last place of this sentence ended
    for match in telling_index().matches(context.text, context.people):
        here = replace(context, told=told)
        made = list(_statements(here, match, chain))
        if not made or (match.telling.claims.startswith("next") and any_placed(made, found)):
            continue
        found += made
        places = [one for one in made if one.kind == "place"]
        if places and not (is_past_win(context.text, match) and told.session == RACE_SESSION):
            told = told.after(places[-1].session, max(one.position for one in places))
            chain = max(chain, match.end)
    return _of_race(found, context, told)


def _of_race(found: list[Statement], context: SentenceContext, told: Told) -> tuple[list[Statement], Told]:
    """The statements, where nobody is both first and another in one stage: "won Stage 1 and finished fifth"."""
    first = {(one.session, one.driver) for one in found if one.position == 1 and is_stage(one.session)}
    made = [
        replace(one, session=RACE_SESSION) if one.position > 1 and (one.session, one.driver) in first else one
        for one in found
    ]
    if made == found:
        return found, told
    told = context.told
    for one in made:
        told = told.after(one.session, one.position) if one.kind == "place" else told
    return made, told


def _statements(context: SentenceContext, match: TellingMatch, chain: int) -> Iterator[Statement]:
    for claim in match.telling.claims.split(", "):
        role, *slots = claim.split()
        maker = _MAKERS[role]
        yield from maker(context, match, role, slots, chain)


def _names(match: TellingMatch, slot: str) -> Sequence[str]:
    return match.people.get(slot, ())


def _value(context: SentenceContext, match: TellingMatch, slot: str, which: int = 0) -> float:
    return context.text.words[match.words[slot][which]].value or 0.0


def _wins(
    context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str], _: int
) -> Iterator[Statement]:
    """The winner, or who follows: `first driver`, `second rival`, `third name`, `behind rivals`."""
    if is_doubtful(context, match):
        return
    begin = {"first": 1, "second": 2, "behind": 2, "third": 3}[role]
    names_race = any(context.text.words[place].has("race_name") for place in range(match.start, match.end))
    for session in sessions_of(context.paragraph, context.text, context.told, match):
        for position, name in enumerate(_names(match, slots[0]), begin):
            yield Statement(context.paragraph.line, "place", session, name, position, names_race=names_race)


def _each(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str], __: int) -> Iterator[Statement]:
    """Several stages, each with a winner of its own: "A and B won the first two stages"."""
    if is_doubtful(context, match):
        return
    names = _names(match, slots[0])
    if slots[1] == "stage_before":
        stages: Sequence[int] = context.told.stages
    else:
        stages = [number for place in match.words["stage"] for number in context.text.words[place].stages]
    if len(names) == len(stages) > 1:
        for name, number in zip(names, stages, strict=True):
            yield Statement(context.paragraph.line, "place", stage_key(number), name, 1)


def _stage_sheet(
    context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str], _: int
) -> Iterator[Statement]:
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
                yield Statement(context.paragraph.line, "place", stage_key(number), _names(match, slots[0])[0], 1)


def _places(
    context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str], chain: int
) -> Iterator[Statement]:
    """`at` is a finish; `weakly` one where an order is being told; `chained` one right behind another place."""
    names = _names(match, slots[0])
    positions = [int(context.text.words[place].value or 0) for place in match.words[slots[1]]]
    if len(names) != len(positions) or not is_finish(context, match, role, chain, several=len(positions) > 1):
        return
    session = session_of_order(context.paragraph, context.text, context.told, match, begin=min(positions))
    if session is None or names_a_stage(context.text, match) or not ends_well(context.text, behind_places(match)):
        return
    for name, position in zip(names, positions, strict=True):
        if 1 <= position <= (MOST_STAGE_PLACES if is_stage(session) else MOST_PLACES):
            yield Statement(context.paragraph.line, "place", session, name, position, weak=role != "at")


def _runner_up(
    context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str], __: int
) -> Iterator[Statement]:
    """`runner driver place`: second, as the margin behind it says."""
    if _value(context, match, slots[1]) == 2:
        yield from _wins(context, match, "second", slots, -1)


def _range(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str], __: int) -> Iterator[Statement]:
    """`range drivers place`: as many people as places from the first of two to the last."""
    names = _names(match, slots[0])
    first, last = (int(_value(context, match, slots[1], which)) for which in (0, 1))
    if len(names) != last - first + 1 or is_doubtful(context, match, prizes=False) or is_running_order(context, match):
        return
    session = session_of_order(context.paragraph, context.text, context.told, match, begin=first)
    for position, name in enumerate(names if session else (), first):
        yield Statement(context.paragraph.line, "place", session or "", name, position)


def _is_no_order(context: SentenceContext, match: TellingMatch, role: str) -> bool:
    """Whether those told behind somebody are behind him at some moment, in points or in another race."""
    of_points = bool(match.words.get("remaining_points"))
    if is_doubtful(context, match, prizes=False) or (not of_points and is_running_order(context, match)):
        return True
    return role == "next" and context.text.words[min(match.end, len(context.text.words) - 1)].folded == "by"


def _place_before(context: SentenceContext, match: TellingMatch) -> float:
    """The last place that a sentence names in front of a telling; 0 where it names none."""
    return next((word.value or 0 for word in reversed(context.text.words[: match.start]) if word.has("place")), 0)


def _order(
    context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str], _: int
) -> Iterator[Statement]:
    """`next` are behind the last place told; `last` have the last places of a top five or ten."""
    names = _names(match, slots[0])
    if _is_no_order(context, match, role):
        return
    told = context.told if context.told.place or not _goes_on(context, match) else context.told.before
    begin = told.place + 1
    if role == "next" and told.place < _place_before(context, match):
        return  # "Dorn was third, followed by Pell", where the third place was doubtful
    if role == "last":
        begin = int(_value(context, match, "count")) - len(names) + 1
    elif role == "podium":
        begin = PODIUM_PLACES - len(names) + 1
    elif not told.place:
        return
    session = session_of_order(context.paragraph, context.text, told, match, begin=begin)
    if session is None or begin < 2:
        return
    for position, name in enumerate(names, begin):
        yield Statement(context.paragraph.line, "place", session, name, position)


def _goes_on(context: SentenceContext, match: TellingMatch) -> bool:
    """Whether an order goes on with what the paragraph before has told: "followed him", or below the same heading."""
    paragraph, session = context.paragraph, context.told.last[0]
    same = paragraph.headed and paragraph.stage and session == stage_key(paragraph.stage)
    return bool(match.words.get("him") or same)


def _margin(
    context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str], __: int
) -> Iterator[Statement]:
    places = match.words.get("place", ())
    if is_doubtful(context, match) or (places and _value(context, match, "place") != 2):
        return
    for session in sessions_of(context.paragraph, context.text, context.told, match)[:1]:
        yield Statement(context.paragraph.line, "margin", session, value=_value(context, match, slots[0]))


def _pole(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str], __: int) -> Iterator[Statement]:
    if not is_doubtful(context, match, of_race=False):
        for name in _names(match, slots[0]):
            yield Statement(context.paragraph.line, "pole", driver=name)


def _out(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str], __: int) -> Iterator[Statement]:
    if not is_doubtful(context, match, spoils=False):
        for name in _names(match, slots[0]):
            yield Statement(context.paragraph.line, "out", driver=name)


def _count(
    context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str], _: int
) -> Iterator[Statement]:
    """`changes count`, `leaders`, `cautions count`, `caution laps`."""
    kind = {"changes": "lead_changes", "leaders": "leaders", "cautions": "cautions", "caution": "caution_laps"}[role]
    if is_doubtful(context, match, of_race=False) or any(word.has(*_PART_OF_RACE) for word in context.text.words):
        return
    slot, which = ("count", 1) if role == "leaders" else (slots[0], 0)
    yield Statement(context.paragraph.line, kind, value=_value(context, match, slot, which))


def _whole_order(
    context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str], _: int
) -> Iterator[Statement]:
    """`order names`: three or more from the winner on, of a stage that is named or of the race; `top` counts them."""
    names = _names(match, slots[0])
    if len(names) < FEWEST_IN_ORDER or is_doubtful(context, match, prizes=False):
        return
    if role == "ranked" and not context.told.is_quiet:
        return
    if role == "top" and (context.told.moment or len(names) != int(_value(context, match, "count"))):
        return
    if not match.words.get("stage") and is_running_order(context, match):
        return
    for session in sessions_of(context.paragraph, context.text, context.told, match)[:1]:
        for position, name in enumerate(names, 1):
            yield Statement(context.paragraph.line, "place", session, name, position)


def _chained_win(
    context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str], chain: int
) -> Iterator[Statement]:
    """Behind the winner of a stage, that of another: "Falk won the opening stage and Dorn the second"."""
    told = context.told
    if not told.session or not is_stage(told.session) or told.place != 1:
        return
    in_chain = follows_on(context.text, match.start, chain)
    if not in_chain and not match.words.get("takes") and not match.words.get("was"):
        return
    if not match.words.get("stage") and not any(context.text.words[place].folded == "the" for place in match.gaps):
        return
    word = context.text.words[(match.words.get("stage") or match.words["place"])[0]]
    number = word.stages[0] if word.stages else int(word.value or 0)
    behind = context.text.words[match.end] if match.end < len(context.text.words) else None
    if 1 <= number <= 4 and stage_key(number) not in told.highest and not (behind and behind.has("word")):
        yield Statement(context.paragraph.line, "place", stage_key(number), _names(match, slots[0])[0], 1)


_PART_OF_RACE = ("stage", "stage_like", "lap")
_MAKERS = {
    "first": _wins, "second": _wins, "third": _wins, "behind": _wins, "each": _each,
    "winners": _stage_sheet, "stage": _stage_sheet, "both": _stage_sheet,
    "order": _whole_order, "top": _whole_order, "chained_win": _chained_win,
    "podium": _order, "runner": _runner_up, "range": _range,
    "at": _places, "weakly": _places, "chained": _places, "next": _order, "last": _order,
    "margin": _margin, "pole": _pole, "out": _out,
    "changes": _count, "leaders": _count, "cautions": _count, "caution": _count,
}  # fmt: skip
