"""Who finished where: what the tellings of places and orders state."""

from collections.abc import Iterator, Sequence

from bot.documents.recap.results.doubts import is_doubtful
from bot.documents.recap.results.finishes import is_finish
from bot.documents.recap.results.place_words import behind_places, ends_well, goes_on_behind, names_a_stage
from bot.documents.recap.results.running_order import is_running_order
from bot.documents.recap.results.session_choice import (
    MOST_STAGE_PLACES,
    StoryState,
    session_of_order,
    sessions_of,
    tells_of_stage,
)
from bot.documents.recap.results.statement import SentenceContext, Statement, StatementMakers, moves_another, value_of
from bot.documents.recap.results.winners import WIN_MAKERS
from bot.language.marked_words import MarkedText
from bot.language.tellings.tellings import TellingMatch
from bot.racing.sessions import RACE_SESSION, is_stage, stage_key

__all__ = ["FINISH_MAKERS"]

MOST_PLACES = 43  # cars of a field
PODIUM_PLACES = 3
FEWEST_IN_ORDER = 3  # names; two may be anything


def _places(context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`at` is a finish; `weakly` one where an order is being told; `chained` one right behind another place."""
    names = match.people.get(slots[0], ())
    positions = [int(context.text.words[place].value or 0) for place in match.words[slots[1]]]
    if (
        len(names) != len(positions)
        or not _stands_as_meant(context.text, match, role)
        or _is_of_another(context, match, names)
        or moves_another(context, match)
        or not is_finish(context, match, role, several=len(positions) > 1)
    ):
        return
    session = session_of_order(context.paragraph, context.text, context.state, match, begin=min(positions))
    if session is None or names_a_stage(context.text, match) or not ends_well(context.text, behind_places(match)):
        return
    session = _session_by_places(context.state, session, tuple(zip(names, positions, strict=True)))
    if _leaves_a_gap(context, match, session, min(positions)):
        return
    in_front = role == "weakly" and session == RACE_SESSION and RACE_SESSION not in context.state.highest
    for name, position in zip(names, positions, strict=True):
        if 1 <= position <= (MOST_STAGE_PLACES if is_stage(session) else MOST_PLACES):
            line = context.paragraph.line
            yield Statement(line, "place", session, name, position, weak=role != "at", in_front=in_front)


def _is_of_another(context: SentenceContext, match: TellingMatch, names: Sequence[str]) -> bool:
    """Whether a place behind "Dorn's" is another's: "Falk, who drives Dorn's car, took a fourth-place finish"."""
    if match.telling.parts[0].kind != "possessor":
        return False
    subjects = context.people.subjects(match.words["place"][0])
    return bool(subjects) and not set(subjects) <= set(names)


def _session_by_places(state: StoryState, session: str, placed: Sequence[tuple[str, int]]) -> str:
    """The session of places by what was told before: of the race where they are said once more, or cannot be a stage's.

    As in "eighth in the second stage. He came across the line sixth.".
    """
    known = [(state.place_of(name), position) for name, position in placed]
    if all(found == (RACE_SESSION, position) for found, position in known):
        return RACE_SESSION
    moved = any(found and found[0] == session and found[1] != position for found, position in known)
    return RACE_SESSION if moved and is_stage(session) else session


def _stands_as_meant(text: MarkedText, match: TellingMatch, role: str) -> bool:
    """Whether a place stands as its telling wants: alone, or not at the end of "sixth to tenth: A, B, C, D and E"."""
    if role == "alone":
        return _stands_alone(text, match)
    return not (match.start and match.telling.key == "place" and text.words[match.start - 1].has("range_word"))


def _leaves_a_gap(context: SentenceContext, match: TellingMatch, session: str, begin: int) -> bool:
    """Whether a place may be of the race where the winner of a stage was told, and nobody in between."""
    state = context.state
    named = context.paragraph.headed or tells_of_stage(context.text, match)
    return is_stage(session) and state.session == session and not named and begin > state.highest.get(session, 0) + 1


def _stands_alone(text: MarkedText, match: TellingMatch) -> bool:
    """Whether a place is all that a sentence says, as in "30th." and "Second again."."""
    return all(word.has("mark", "adverb", "place_word", "finish_word") for word in text.words[: match.start]) and all(
        word.has("mark", "adverb", "place_word", "finish_word", "last") for word in text.words[match.end :]
    )


def _in_stages(context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`of_stage drivers places`: where somebody was in a stage; `both_stages driver place` in the first two."""
    names = match.people.get(slots[0], ())
    positions = [int(context.text.words[place].value or 0) for place in match.words[slots[1]]]
    sessions = sessions_of(context.paragraph, context.text, context.state, match)[:1] * len(names)
    if len(names) == 1 and len(positions) > 1 and role == "of_stage":
        names = names * len(positions)
        sessions = sessions_of(context.paragraph, context.text, context.state, match)
    if role == "both_stages":
        names, sessions = (*names, *names), (stage_key(1), stage_key(2))
    if len(names) == len(positions) == len(sessions) and not is_doubtful(context, match, prizes=False):
        for name, position, session in zip(names, positions, sessions, strict=True):
            yield Statement(context.paragraph.line, "place", session, name, position)


def _runner_up(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`runner driver place`: second, as the margin behind it says."""
    if value_of(context, match, slots[1]) == 2:
        yield from WIN_MAKERS["second"](context, match, "second", slots)


def _range(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`range drivers place`: as many people as places from the first of two to the last."""
    names = match.people.get(slots[0], ())
    first, last = (int(value_of(context, match, slots[1], which)) for which in (0, 1))
    if len(names) != last - first + 1 or is_doubtful(context, match, prizes=False) or is_running_order(context, match):
        return
    session = session_of_order(context.paragraph, context.text, context.state, match, begin=first)
    for position, name in enumerate(names if session else (), first):
        yield Statement(context.paragraph.line, "place", session or "", name, position)


def _is_no_order(context: SentenceContext, match: TellingMatch, role: str) -> bool:
    """Whether those told behind somebody are behind him at some moment, in points or in another race."""
    of_points = bool(match.words.get("remaining_points"))
    if role in {"last", "podium"} and (_follows_a_lead(context, match) or _is_before_stage(context, match)):
        return True
    if is_doubtful(context, match, prizes=False) or (not of_points and is_running_order(context, match)):
        return True
    words = context.text.words
    is_passive = match.start > 0 and words[match.start - 1].has("was") and match.telling.parts[0].text != "was"
    return role == "next" and (is_passive or words[min(match.end, len(words) - 1)].folded == "by")


def _is_before_stage(context: SentenceContext, match: TellingMatch) -> bool:
    """Whether a top five below the heading of a stage may be that of its start: nobody has been told to win it."""
    paragraph = context.paragraph
    headed = paragraph.headed and paragraph.stage not in {None, context.state.names.final_stage}
    is_told = stage_key(paragraph.stage or 0) in context.state.highest
    is_spoken = context.state.stage_spoken or tells_of_stage(context.text, match)
    return headed and not is_told and not is_spoken


def _follows_a_lead(context: SentenceContext, match: TellingMatch) -> bool:
    """Whether those who round out a top five are behind somebody who leads, or was passed, at some moment."""
    before = context.text.words[: match.start]
    is_told = any(word.has("wins", "victory", "finish_word", "stage", "finishing") for word in before)
    moment = any(word.has("leads", "passes") or (word.has("lap", "to_go") and word.value) for word in before)
    return moment and not is_told


def _place_before(context: SentenceContext, match: TellingMatch) -> float:
    """The last place that a sentence names in front of a telling; 0 where it names none."""
    return next((word.value or 0 for word in reversed(context.text.words[: match.start]) if word.has("place")), 0)


def _order(context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`next` are behind the last place told; `last` have the last places of a top five or ten."""
    names = match.people.get(slots[0], ())
    if _is_no_order(context, match, role) or (role == "trailing" and not _trails(context, match)):
        return
    state = context.state if context.state.place or not _goes_on(context, match) else context.state.before
    begin = state.place + 1
    if role == "next" and _place_before(context, match) not in {0, state.place}:
        return  # "Dorn was third, followed by Pell", where the third place was doubtful
    if role in {"last", "podium"}:
        many = PODIUM_PLACES if role == "podium" else int(value_of(context, match, "count"))
        begin = 0 if _are_others(context, match, names) else many - len(names) + 1
    elif not state.place:
        return
    session = session_of_order(context.paragraph, context.text, state, match, begin=begin)
    session = _session_of_rest(context, match, role, session, begin)
    if session is None or begin < 2:
        return
    for position, name in enumerate(names, begin):
        yield Statement(context.paragraph.line, "place", session, name, position)


def _session_of_rest(
    context: SentenceContext, match: TellingMatch, role: str, session: str | None, begin: int
) -> str | None:
    """The session of an order: the race, where it goes on with that; None where the last of a top five leave a gap."""
    if session is None or (is_stage(session) and _goes_on_with_race(context, match, session, begin)):
        return session and RACE_SESSION
    return None if role == "last" and _leaves_a_gap(context, match, session, begin) else session


def _goes_on_with_race(context: SentenceContext, match: TellingMatch, session: str, begin: int) -> bool:
    """Whether an order goes on with the race in front of a stage: "sixth and seventh. Falk won Stage 2. Dorn ..."."""
    highest = context.state.highest
    of_race = highest.get(RACE_SESSION, 0) + 1 == begin and highest.get(session, 0) + 1 != begin
    return of_race and not tells_of_stage(context.text, match)


def _are_others(context: SentenceContext, match: TellingMatch, names: Sequence[str]) -> bool:
    """Whether a top five is completed by others than the names of a telling, or each of them has a place of his own.

    As in "Falk was followed by Dorn and Pell to complete the top three", "rounding it out were Dorn in second, ...".
    """
    words = context.text.words
    behind = words[match.end : match.end + 2]
    has_place = bool(behind) and behind[0].folded == "in" and behind[-1].has("place")
    before = words[match.start - 2] if match.start > 1 and words[match.start - 1].folded == "to" else None
    is_verb_of_other = bool(match.telling.subject and before and before.has("name") and before.text not in names)
    back = match.start - 1
    while (back > 0 and words[back].has("adverb", "determiner", "car")) or words[back].folded in {"in", "of"}:
        back -= 1
    is_of_list = bool(match.telling.subject) and words[back].has("name") and words[back].text not in names
    return has_place or is_verb_of_other or is_of_list


def _after(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`after rival drivers`: those right behind somebody whose place has been told: "Dorn and Pell trailed Falk"."""
    ahead, names = match.people.get(slots[0], ()), match.people.get(slots[1], ())
    found = context.state.place_of(ahead[-1]) if ahead else None
    if found is None or is_doubtful(context, match, prizes=False) or is_running_order(context, match, whole=True):
        return
    session, place = found
    at_line = any(context.text.has(here, "line", "home") for here in range(match.start, len(context.text.words)))
    sure = at_line or is_stage(session) or context.state.is_quiet
    if sure and session_of_order(context.paragraph, context.text, context.state, match, begin=place + 1) == session:
        for position, name in enumerate(names, place + 1):
            yield Statement(context.paragraph.line, "place", session, name, position)


def _ahead_of(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`ahead_of rivals places`: everybody in front, where all are told: "Dorn finished third behind Falk and Pell"."""
    names = match.people.get(slots[0], ())
    places = [int(context.text.words[place].value or 0) for place in match.words[slots[1]]]
    if len(names) != min(places) - 1 or not is_finish(context, match, "at", several=True):
        return
    session = session_of_order(context.paragraph, context.text, context.state, match, begin=min(places))
    for position, name in enumerate(names if session else (), 1):
        yield Statement(context.paragraph.line, "place", session or "", name, position)


def _trails(context: SentenceContext, match: TellingMatch) -> bool:
    """Whether "ahead of Pell and Voss" goes on with a place: they are those right behind it."""
    words = context.text.words[match.start : match.end]
    in_order = not any(word.has("(", "car") for word in words)  # a caption names them as they stand in the picture
    return (
        in_order
        and 1 < context.state.place < MOST_STAGE_PLACES
        and goes_on_behind(context.text, context.chain, match.start)
    )


def _goes_on(context: SentenceContext, match: TellingMatch) -> bool:
    """Whether an order goes on with what the paragraph before has told: "followed him", or below the same heading."""
    paragraph, session = context.paragraph, context.state.last[0]
    same = paragraph.headed and paragraph.stage and session == stage_key(paragraph.stage)
    return bool(match.words.get("him") or same)


def _whole_order(context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`order names`: three or more from the winner on, of a stage that is named or of the race; `top` counts them."""
    names = match.people.get(slots[0], ())
    if len(names) < FEWEST_IN_ORDER or is_doubtful(context, match, prizes=False):
        return
    if role == "top" and (context.state.moment or len(names) != int(value_of(context, match, "count"))):
        return
    if role == "top" and any(context.text.words[place].has("laps", "lap") for place in match.gaps):
        return  # "the top five after 80 laps were Falk, Dorn, ..."
    if not match.words.get("stage") and is_running_order(context, match):
        return
    for session in sessions_of(context.paragraph, context.text, context.state, match)[:1]:
        for position, name in enumerate(names, 1):
            yield Statement(context.paragraph.line, "place", session, name, position)


FINISH_MAKERS: StatementMakers = {
    "at": _places, "alone": _places, "weakly": _places, "chained": _places, "of_stage": _in_stages,
    "both_stages": _in_stages,
    "runner": _runner_up, "range": _range, "next": _order, "last": _order, "trailing": _order, "podium": _order,
    "order": _whole_order, "top": _whole_order, "after": _after,
    "ahead_of": _ahead_of,
}  # fmt: skip
