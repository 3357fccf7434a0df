"""Finishes: whether a place in a sentence is where somebody finished, and not where somebody was at some moment."""

from bot.documents.recap.results.doubts import is_doubtful
from bot.documents.recap.results.place_words import FAR_BACK, begins_chain, follows_on, is_far_back, tells_an_order
from bot.documents.recap.results.running_order import is_running_order, tells_of_standings
from bot.documents.recap.results.statement import SentenceContext
from bot.language.tellings.tellings import TellingMatch
from bot.racing.sessions import RACE_SESSION

__all__ = ["is_finish"]


def is_finish(context: SentenceContext, match: TellingMatch, role: str, *, several: bool) -> bool:
    """Whether a place is where somebody finished, and not where somebody was at some moment."""
    state = context.state
    if role == "chained":
        return _is_chained_finish(context, match)
    if is_far_back(context.text, match) and RACE_SESSION in state.highest and not state.standings:
        return not is_doubtful(context, match, prizes=False)
    if any(part.text == "(" for part in match.telling.parts) and tells_of_standings(context.text):
        return False  # "Dorn (seventh), Pell (14th) and Voss (17th) are in the top 20 in points"
    if _moves(context, match) or any(context.text.words[place].has("had") for place in match.gaps):
        return False  # "Stage 2: Dorn fell to eighth"; "Dorn, who had crossed the line fifth"
    of_points = state.standings and (role == "weakly" or match.words.get("moved_up"))
    of_race = RACE_SESSION in state.highest
    is_order = several or tells_an_order(context.text, match)
    in_stage = context.paragraph.headed and context.paragraph.stage is not None
    # An order may stand in front of the win: "Falk pulled away. Dorn was third, followed by Pell and Voss."
    is_free = not (state.moment or state.stage_spoken or context.paragraph.stage)
    in_session = state.session or state.is_quiet or ((of_race or in_stage or is_free) and is_order)
    if of_points or (role == "weakly" and not in_session):
        return False
    places = match.words.get("places") or match.words.get("place") or ()
    # "Dorn was disqualified and is now 36th" is where he is scored
    is_last = min((context.text.words[place].value or 0 for place in places), default=0) >= FAR_BACK
    is_doubt = is_doubtful(context, match, prizes=False, spoils=not is_last)
    return not (is_doubt or is_running_order(context, match, whole=role == "weakly"))


def _is_chained_finish(context: SentenceContext, match: TellingMatch) -> bool:
    """Whether a place right behind another is a finish too."""
    if begins_chain(context.text.words, match.start):
        return not is_doubtful(context, match, prizes=False) and not is_running_order(context, match, whole=True)
    # "Falk won the opening stage and Dorn the second" is no place
    article = any(context.text.words[place].folded == "the" for place in match.gaps)
    return not article and follows_on(context.text, match.start, context.chain)


def _moves(context: SentenceContext, match: TellingMatch) -> bool:
    """Whether a verb says where somebody got to in a stage or at some moment, and no word that it was at the end."""
    if not (context.paragraph.headed and context.paragraph.stage) and not context.state.moment:
        return False
    words = context.text.words
    is_end = any(word.has("stage", "stage_like", "line", "finish_word", "end") for word in words)
    return not is_end and any(context.text.has(place, "moves") for place in match.words.get("finishes", ()))
