"""Signs of a race: what sentences tell in passing by which it can be known, such as how many laps somebody led."""

from collections.abc import Iterator, Sequence
from itertools import islice

from bot.documents.model import Claim, FactClaim
from bot.documents.race_signs import NumbersOfNames, RaceSigns
from bot.documents.recap.results.doubts import is_approximate, is_doubtful
from bot.documents.recap.results.statement import SentenceContext, Statement, StatementMakers, value_of
from bot.documents.recap.words.text_names import TextNames
from bot.language.marked_words import mark_words
from bot.language.tellings.tellings import TellingMatch

__all__ = ["SIGN_MAKERS", "race_signs"]

MIN_LAPS_LED = 5  # fewer are told of many moments of a race, and many drivers led as few
MANY_WINS = 4
MAX_SIGNS = 12  # of one kind that are kept; a report tells of four
LAST_START = 43
MIN_CARS = 2  # that say something of a season: one number is often kept for years
MAX_CARS, MAX_LINES = 12, 200  # that are looked at: a sheet of a team or a maker has eight cars
LONGEST_LINE = 160  # characters of a line about one car; what is longer is prose
MAX_WORDS_OF_NAME = 2  # of a line that is only a name: one word as it is marked, and a mark behind it
_PART_OF_RACE = ("stage", "stage_like", "lap", "to_go")
_MOVES = ("go", "went", "lead", "leads", "led")  # "whose Pontiac went from 33rd to second": nobody is clear to be who
_OF_SOME_LAPS = ("final", "last", "first", "opening", "next", "previous", "straight")


def _led(context: SentenceContext, match: TellingMatch, role: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`led driver laps`; `led_rest driver count laps`: all laps but some."""
    slot = slots[1]
    words = context.text.words[match.start : match.end]
    is_part = any(word.has(*_PART_OF_RACE) or word.folded in _OF_SOME_LAPS for word in words)
    if is_part or is_doubtful(context, match, of_race=False) or is_approximate(context.text, match.words[slot][0]):
        return
    laps = value_of(context, match, slot)
    if role == "led_rest":
        laps = value_of(context, match, slots[2]) - laps
    if laps >= MIN_LAPS_LED:
        yield Statement(context.paragraph.line, "led", driver=match.people[slots[0]][0], value=laps)


def _race_laps(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`race_laps laps`: how long the race is called, which may differ from how long it was."""
    if not is_doubtful(context, match, of_race=False):
        yield Statement(context.paragraph.line, "race_laps", value=value_of(context, match, slots[0]))


def _start(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    place = int(value_of(context, match, slots[1]))
    of_part = any(word.has("stage", "stage_like", "restart") for word in context.text.words)
    of_part = of_part or context.text.words[match.start].folded in _MOVES
    if not of_part and 1 <= place <= LAST_START and not is_doubtful(context, match, of_race=False):
        yield Statement(context.paragraph.line, "start", driver=match.people[slots[0]][0], position=place)


def _win_count(context: SentenceContext, match: TellingMatch, _: str, slots: Sequence[str]) -> Iterator[Statement]:
    """`win_count driver place`: which of somebody's wins it was, of a season or a career.

    Early ones are often told of another race; "his 50th win, and his first since last April" is of this one.
    """
    number = int(value_of(context, match, slots[1]))
    start, end = context.text.words[match.start].start, context.text.words[match.end - 1].end
    if number >= MANY_WINS or context.scoped.is_of_race(start, end):
        yield Statement(context.paragraph.line, "win_count", driver=match.people[slots[0]][0], position=number)


SIGN_MAKERS: StatementMakers = {
    "led": _led, "led_rest": _led, "race_laps": _race_laps, "start": _start, "win_count": _win_count,
}  # fmt: skip


def race_signs(
    statements: Sequence[Statement], facts: Sequence[Claim], names: TextNames, lines: Sequence[str]
) -> RaceSigns:
    """The signs among the statements of a text, with names in full where it has them, its facts and its lines."""
    values = {one.field: one.value for one in facts if isinstance(one, FactClaim)}
    pole, cars = values.get("pole_driver"), tuple(islice(_cars(lines, names), MAX_CARS))
    laps = [values.get("laps_run"), *(int(one.value) for one in statements if one.kind == "race_laps")]
    return RaceSigns(
        laps=next((one for one in laps if isinstance(one, int)), None),
        pole=str(pole) if pole else None,
        laps_led=_numbers([(int(one.value), one) for one in statements if one.kind == "led"], names),
        starts=_numbers([(one.position, one) for one in statements if one.kind == "start"], names),
        wins=_numbers([(one.position, one) for one in statements if one.kind == "win_count"], names),
        cars=cars if len(cars) >= MIN_CARS else (),
    )


def _cars(lines: Sequence[str], names: TextNames) -> Iterator[tuple[str, str]]:
    """(car number, driver) of each short line that has one of both, or a car below the line of its driver."""
    above: str | None = None
    for line in lines[:MAX_LINES]:
        words = mark_words(line, names.surnames).words if len(line) <= LONGEST_LINE else ()
        people = [word.text for word in words if word.has("name") and " " in word.text]
        cars = [word.car for word in words if word.car]
        driver = people[0] if len(people) == 1 else None if people else above
        if len(cars) == 1 and cars[0] and driver:
            yield cars[0], names.full_name(driver)
        if words:
            above = people[0] if len(people) == 1 and len(words) <= MAX_WORDS_OF_NAME else None


def _numbers(found: Sequence[tuple[int, Statement]], names: TextNames) -> NumbersOfNames:
    pairs = ((number, names.full_name(one.driver)) for number, one in found)
    return tuple(dict.fromkeys(pairs))[:MAX_SIGNS]
