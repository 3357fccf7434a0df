"""What a sentence states: the tellings found in it, each weighed against what stands around it."""

from collections.abc import Iterator
from dataclasses import replace

from bot.documents.recap.results.figures import FIGURE_MAKERS
from bot.documents.recap.results.finishers import FINISH_MAKERS
from bot.documents.recap.results.session_choice import StoryState, is_past_win
from bot.documents.recap.results.signs import SIGN_MAKERS
from bot.documents.recap.results.statement import SentenceContext, Statement, any_placed
from bot.documents.recap.results.telling_lists import telling_index
from bot.documents.recap.results.winners import WIN_MAKERS
from bot.language.tellings.tellings import TellingMatch
from bot.racing.sessions import RACE_SESSION, is_stage

__all__ = ["find_statements"]

_MAKERS = {**WIN_MAKERS, **FINISH_MAKERS, **FIGURE_MAKERS, **SIGN_MAKERS}


def find_statements(context: SentenceContext) -> tuple[list[Statement], StoryState]:
    """The statements of a sentence, and what is told once it has been read."""
    found: list[Statement] = []
    here = context
    for match in telling_index().matches(context.text, context.people):
        made = [] if _is_title_of_next(context, match) else list(_statements(here, match))
        if not made or (match.telling.claims.startswith("next") and any_placed(made, found)):
            continue
        found += made
        places = [one for one in made if one.kind == "place"]
        is_aside = match.telling.claims.startswith("titled")  # "Dorn, the winner of Stage 1, finished second"
        if places and not is_aside and not (is_past_win(context.text, match) and here.state.session == RACE_SESSION):
            state = here.state.after(places[-1].session, max(one.position for one in places))
            if len({one.session for one in places}) > 1:  # "swept the stages": what follows is of neither
                state = replace(state, session=None, place=0)
            state = state.with_places((one.driver, one.session, one.position) for one in places)
            here = replace(here, state=state, chain=max(here.chain, match.end))
            win = next((one for one in places if one.position == 1), None)
            here = replace(here, win=win, win_gaps=frozenset(match.gaps)) if win else here
    return _of_race(found, context, here.state)


def _is_title_of_next(context: SentenceContext, match: TellingMatch) -> bool:
    """Whether a title behind a name and a comma is that of the next in a list: "Dorn, pole sitter Falk and Pell"."""
    parts = match.telling.parts
    named = parts[0].kind == "person" and len(parts) > 1 and parts[1].text == ","
    words = context.text.words
    behind = words[match.end] if match.end < len(words) else None
    return bool(named and parts[-1].kind == "mark" and behind and behind.has("name"))


def _of_race(found: list[Statement], context: SentenceContext, state: StoryState) -> tuple[list[Statement], StoryState]:
    """The statements, where nobody is both first and another in one stage: "won Stage 1 and finished fifth"."""
    first = {(one.session, one.driver) for one in found if one.position == 1 and is_stage(one.session)}
    made = [
        replace(one, session=RACE_SESSION) if one.position > 1 and (one.session, one.driver) in first else one
        for one in found
    ]
    if made == found:
        return found, state
    state = context.state
    for one in made:
        state = state.after(one.session, one.position) if one.kind == "place" else state
    return made, state


def _statements(context: SentenceContext, match: TellingMatch) -> Iterator[Statement]:
    for claim in match.telling.claims.split(", "):
        role, *slots = claim.split()
        yield from _MAKERS[role](context, match, role, slots)
