"""“Which race is this?”, asked of a message: the race and the people that its words name.

Only what is written as it is called counts: a slip in a name is read in a question, where somebody means a race, but in
a message that need not speak of races a word that is nearly a name is another word.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.ask.scope import scope_of
from bot.answers.ask.words.marks import Mark, marks_of, question_words
from bot.answers.ask.words.name_words import name_words_of
from bot.answers.common.questions import question_about
from bot.answers.common.refusals import NothingToShow
from bot.answers.common.resolve import ResolvedRace, find_race, resolve_name
from bot.answers.common.text import join
from bot.answers.context import QueryContext
from bot.answers.people.driver import driver_profile
from bot.answers.race.overview import overview
from bot.archive.queries.races import RaceRow
from bot.cards import Argument, Card, FollowUp, Question
from bot.errors import AmbiguousName, NameProblem
from bot.language.fold import fold

__all__ = ["which_race"]

MAX_CHARS = 1500  # of a message that are read; whoever names a race names it early
MAX_CHOICES = 5  # buttons of one row
MAX_QUOTED = 3  # words of the message that are said to name the race
NOTHING_NAMED = "This message names no race and nobody I know. What would you like to see?"
WHICH_ONE = "This message may mean several. Which one?"
HELP = FollowUp("What you can ask", Question("help"))


def which_race(context: QueryContext, text: str) -> Card:
    """The card of the race that a message names, with what those it names did there; else the driver it names.

    Raises NothingToShow where it names several, which are its buttons, or nothing; NothingKnown for an empty archive.
    """
    words = question_words(text[:MAX_CHARS])
    marks = tuple(mark for mark in marks_of(words, name_words_of(context.names)) if not mark.read_as) if words else ()
    race_marks = [mark for mark in marks if "race" in mark.says and "driver" not in mark.says]
    if not race_marks:
        return _driver_card(context, marks)
    candidates: Sequence[tuple[str, str]] = ()
    named = _races_named(context, marks, race_marks)
    try:
        race = scope_of(context, marks).race
    except NameProblem as problem:
        race, candidates = None, problem.candidates if isinstance(problem, AmbiguousName) else ()
    # “Nashville or Daytona” are two, “the Ally 400 at Nashville” is one.
    if race is not None and len({one.race.track for one in named}) < 2:
        return _race_card(context, race, marks, race_marks)
    choices = candidates or [(one.race.key, one.title) for one in named]
    if not choices:
        return _driver_card(context, marks)
    raise NothingToShow(
        WHICH_ONE, tuple(FollowUp(title[:80], question_about("race", key)) for key, title in choices[:MAX_CHOICES])
    )


def _race_card(
    context: QueryContext, resolved: ResolvedRace, marks: Sequence[Mark], race_marks: Sequence[Mark]
) -> Card:
    """The card of a race, which says by which words it was found and leads to what the drivers named did in it."""
    card = overview(context, resolved.race.key)
    race = Argument("race", resolved.race.key, "race")
    results = [
        FollowUp(driver, Question("results", (race, Argument("driver", driver, "driver"))))
        for driver in _drivers(context, marks, resolved.race)
    ]
    names = [mark for mark in race_marks if mark.says == {"race"}] or race_marks
    quoted = join([f"“{mark.text}”" for mark in names[:MAX_QUOTED]])
    note = f"By {quoted} in the message. {resolved.note}".strip()
    first, *others = card.follow_ups or (HELP,)
    return replace(card, note=note, follow_ups=(first, *results[:MAX_CHOICES], *others))


def _driver_card(context: QueryContext, marks: Sequence[Mark]) -> Card:
    """The card of the one driver that is named. Raises NothingToShow where there is none, or several."""
    drivers = _drivers(context, marks, None) or _alike(context, marks)
    if len(drivers) == 1:
        return driver_profile(context, drivers[0])
    if drivers:
        choices = tuple(FollowUp(driver, question_about("driver", driver)) for driver in drivers[:MAX_CHOICES])
        raise NothingToShow(WHICH_ONE, choices)
    raise NothingToShow(NOTHING_NAMED, (FollowUp("Latest race", Question("race")), HELP))


def _drivers(context: QueryContext, marks: Sequence[Mark], race: RaceRow | None) -> list[str]:
    """The drivers that are named beyond doubt, in order; those of a race where one is meant."""
    found: dict[str, None] = {}
    for mark in marks:
        if "driver" in mark.says:
            try:
                found[resolve_name(context, mark.text, "driver", race).value] = None
            except NameProblem:
                continue
    return list(found)


def _alike(context: QueryContext, marks: Sequence[Mark]) -> list[str]:
    """The drivers of one last name, where the message has it alone: “Busch”."""
    for mark in marks:
        if "driver" in mark.says:
            try:
                resolve_name(context, mark.text, "driver")
            except AmbiguousName as problem:
                # "May" is the beginning of many names, and no driver is asked about by the word alone.
                own = [value for value, _ in problem.candidates if fold(value).split()[-1:] == [mark.text]]
                if len(own) > 1:
                    return own
            except NameProblem:
                continue
    return []


def _races_named(context: QueryContext, marks: Sequence[Mark], race_marks: Sequence[Mark]) -> tuple[ResolvedRace, ...]:
    """The races that the words may mean, one for each name: in the season that is named, if they can be."""
    season = next((str(mark.number) for mark in marks if "season" in mark.says), "")
    found: dict[str, ResolvedRace] = {}
    for mark in race_marks:
        for text in dict.fromkeys((f"{season} {mark.text}".strip(), mark.text)):
            try:
                resolved = find_race(context, text)
            except NameProblem:
                continue
            found[resolved.race.key] = resolved
            break
    return tuple(found.values())
