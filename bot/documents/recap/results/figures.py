"""Margins, poles, disqualifications and counts: what the tellings of single facts state."""

from collections.abc import Iterator, Mapping, Sequence

from bot.documents.recap.results.doubts import is_approximate, is_doubtful
from bot.documents.recap.results.running_order import is_running_order
from bot.documents.recap.results.session_choice import sessions_of
from bot.documents.recap.results.statement import SentenceContext, Statement, StatementMakers, goes_on, value_of
from bot.language.tellings.tellings import TellingMatch
from bot.language.words import words
from bot.racing.series import series_phrases

__all__ = ["FIGURE_MAKERS"]

FEWEST_LAPS = 40  # of a race; the shortest road race of the histories has more
_DISTANCES = frozenset({"laps", "distance", "planned"})
_OF_STAGE = ("stage", "stage_like")
_PARTS: Mapping[str, tuple[str, ...]] = {
    "laps": _OF_STAGE, "planned": _OF_STAGE, "caution_total": _OF_STAGE, "distance": (),
}  # fmt: skip
_PART_OF_RACE = ("stage", "stage_like", "lap")
_KINDS = {
    "changes": "lead_changes", "leaders": "leaders", "cautions": "cautions", "caution": "caution_laps",
    "laps": "laps_run", "distance": "laps_run", "planned": "laps_planned", "caution_total": "cautions",
}  # fmt: skip


def _margin(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    places = match.words.get("place", ())
    if is_doubtful(context, match, prizes=False) or (places and value_of(context, match, "place") != 2):
        return
    if is_approximate(context.text, match.words[slots[0]][0]):
        return
    winner = _winner(match)
    for session in sessions_of(context.paragraph, context.text, context.state, match)[:1]:
        yield Statement(context.paragraph.line, "margin", session, winner, value=value_of(context, match, slots[0]))


def _winner(match: TellingMatch) -> str:
    """Whom the same telling makes the winner; "" where it makes nobody."""
    roles = (claim.split() for claim in match.telling.claims.split(", "))
    people = next((match.people.get(slots[0], ()) for role, *slots in roles if role == "first"), ())
    return people[0] if len(people) == 1 else ""


def _won_by(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`won_by driver seconds rival`: the margin over who was second, where the driver is known to have won."""
    driver, rival = match.people[slots[0]][0], match.people[slots[2]][0]
    found = context.state.place_of(driver)
    if found is None or found[1] != 1 or is_doubtful(context, match, prizes=False) or is_running_order(context, match):
        return
    if found[0] in sessions_of(context.paragraph, context.text, context.state, match):
        yield Statement(context.paragraph.line, "margin", found[0], driver, value=value_of(context, match, slots[1]))
        yield Statement(context.paragraph.line, "place", found[0], rival, 2)


def _lost_by(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`lost_by driver seconds`: the margin, where the driver is known to have been second."""
    found = context.state.place_of(match.people[slots[0]][0])
    if found is None or found[1] != 2:
        return
    if not (is_doubtful(context, match, prizes=False) or is_running_order(context, match)):
        yield Statement(context.paragraph.line, "margin", found[0], value=value_of(context, match, slots[1]))


def _ahead(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`ahead seconds`: the margin of the win that the same clause has told."""
    win = context.win
    if win and goes_on(context, match.start) and not is_approximate(context.text, match.words[slots[0]][0]):
        value = value_of(context, match, slots[0])
        yield Statement(context.paragraph.line, "margin", win.session, win.driver, value=value)


def _pole(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    names = match.people.get(slots[0], ())
    subjects = context.people.subjects(match.start)
    if not match.telling.subject and match.telling.key == "from" and subjects and subjects != names:
        return  # "While Dorn started from the pole, Falk took the lead"
    of_stage = context.paragraph.headed and context.paragraph.stage != 1 and "pole_word" not in match.words
    if _names_other_series(context):
        return
    if not is_doubtful(context, match, of_race=False) and not of_stage:  # "Stage 2: Falk started first"
        for name in match.people.get(slots[0], ()):
            yield Statement(context.paragraph.line, "pole", driver=name)


def _names_other_series(context: SentenceContext) -> bool:
    """Whether a sentence names a series and not that of the text: "Falk won the pole for Sunday's Cup race"."""
    told = series_phrases(tuple(word.folded for word in words(context.text.text)))
    found = {one.series for one in told if one.certain}
    return bool(found) and context.series not in found


def _out(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    if not is_doubtful(context, match, spoils=False):
        for name in match.people.get(slots[0], ()):
            yield Statement(context.paragraph.line, "out", driver=name)


def _count(context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`changes count`, `leaders`, `cautions count`, `caution laps`, `laps count`; `distance count` is the race's."""
    parts = _PARTS.get(role, _PART_OF_RACE)
    if role in _DISTANCES and _is_part_of_distance(context, match, slots[0]):
        return
    if is_doubtful(context, match, of_race=False) or any(word.has(*parts) for word in context.text.words):
        return
    slot, which = ("count", 1) if role == "leaders" else (slots[0], 0)
    yield Statement(context.paragraph.line, _KINDS[role], value=value_of(context, match, slot, which))


def _is_part_of_distance(context: SentenceContext, match: TellingMatch, slot: str) -> bool:
    """Whether laps are some of the race's: "45 of the first 50 laps", "the final 20-lap run"."""
    place = match.words[slot][0]
    before = context.text.words[max(0, place - 2) : place]
    return value_of(context, match, slot) < FEWEST_LAPS or any(word.has("part_of") for word in before)


FIGURE_MAKERS: StatementMakers = {
    "margin": _margin, "won_by": _won_by, "lost_by": _lost_by, "ahead": _ahead,
    "pole": _pole, "out": _out, "changes": _count, "leaders": _count,
    "cautions": _count, "caution": _count, "laps": _count, "distance": _count,
    "planned": _count, "caution_total": _count,
}  # fmt: skip
