"""QuestionReading of a question: its scope, who is in it, and the first form that explains every word of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.answers.ask.forms import facts, groups, moments, pairs, places, values, weekend, yes_no
from bot.answers.ask.forms.plans import Refusal, TablePlan
from bot.answers.ask.history import career, cars, driver_races, many_races, wins
from bot.answers.ask.race_tables import QuestionTables
from bot.answers.ask.scope import Scope, scope_of
from bot.answers.ask.words.elsewhere import RACING_WORDS, is_of_elsewhere
from bot.answers.ask.words.frame import ASKED, Frame, Named
from bot.answers.ask.words.marks import Mark, marks_of, question_words
from bot.answers.ask.words.name_words import name_words_of
from bot.answers.ask.words.people import named_in
from bot.answers.ask.words.vocabulary import FILLER
from bot.answers.common.resolve import ResolvedRace, race_title
from bot.answers.common.text import sentence
from bot.answers.context import QueryContext
from bot.archive.queries.careers import races_mentioning
from bot.archive.queries.races import races_of

__all__ = [
    "QuestionReading", "asks_elsewhere", "clause_of", "forms_of", "race_of_question", "read_of_race", "read_question",
    "says_which_race",
]  # fmt: skip

# Most telling first: the first form that explains every word answers.
FORMS: tuple[Callable[[Frame, QuestionTables], TablePlan | Refusal | None], ...] = (
    facts.fact,
    weekend.on_air,
    weekend.rounds_left,
    facts.laps_led,
    weekend.stage_length,
    moments.took_lead,
    moments.led_with,
    moments.caution,
    pairs.lead_by,
    values.laps_down,
    values.moved_in_standings,
    values.before_and_after,
    pairs.compare,
    pairs.difference,
    pairs.beside,
    yes_no.yes_or_no,
    groups.average,
    groups.count,
    places.results,
    places.at_place,
    groups.listed,
    groups.extreme,
    groups.drives_for,
    values.stage_wins,
    values.stages_won,
    weekend.stage_count,
    values.value,
    facts.when_and_where,
)
MANY_RACES: tuple[Callable[[Frame, Scope, QuestionTables], TablePlan | Refusal | None], ...] = (
    cars.car_in_season,
    driver_races.driver_races,
    wins.more_of_careers,
    many_races.many_races,
    career.career_of,
)
NAME_KINDS = frozenset(["driver", "team", "manufacturer"])
# Lists of words that ask, and are said of anything.
PLAIN_WORDS = (ASKED - {"what_happened"}) | {
    "aux", "any", "number", "by", "origin", "do", "say", "before_race", "after_race", "zero", "more", "finish",
    "complete",
}  # fmt: skip
CLAUSE_HEADS = frozenset(["driver", "guy", "man", "dude", "one", "person", "racer"])
RELATIVES = frozenset(["who", "that", "whose", "whos"])
CLAUSE_ENDS = frozenset([
    "where", "what", "how", "classified", "finish", "finished", "start", "started", "qualify", "qualified", "scored",
    "end",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuestionReading:
    """How a question is read: the race, its tables, who is named, and what is asked of them."""

    words: tuple[str, ...]
    frame: Frame
    scope: Scope
    tables: QuestionTables
    found: TablePlan | Refusal | None

    @property
    def race(self) -> ResolvedRace:
        """The race that the answer is about."""
        return self.scope.race

    @property
    def is_of_elsewhere(self) -> bool:
        """Whether nothing but a name has to do with races: “who is the mayor of nashville”."""
        return is_of_elsewhere(self.words, self.frame.marks)


def read_question(
    context: QueryContext, text: str, race_key: str | None = None, chosen: str | None = None
) -> QuestionReading | None:
    """The reading of a question as typed; None where it has no word that says anything of races.

    `race_key` is the race of the answer that was replied to, `chosen` the driver picked where it was asked who is
    meant. Raises what `scope_of` and `named_in` raise.
    """
    words = question_words(text)
    marks = marks_of(words, name_words_of(context.names)) if words else ()
    if not _is_of_races(words, marks):
        return None
    scope = scope_of(context, marks, race_key)
    tables = QuestionTables(context.session, scope.race.race, scope.race.in_sentence)
    named = named_in(context, marks, tables, chosen)
    frame = Frame.of(_without_nobody(marks, named), named)
    scope, tables = _race_of_people(context, frame, scope, tables)
    return QuestionReading(words, frame, scope, tables, _found(words, frame, scope, tables))


def read_of_race(
    context: QueryContext, reading: QuestionReading, race: ResolvedRace, chosen: str | None = None
) -> QuestionReading:
    """The same question as if it were about this race. Raises what `named_in` raises."""
    tables = QuestionTables(context.session, race.race, race.in_sentence)
    marks = marks_of(reading.words, name_words_of(context.names))
    named = named_in(context, marks, tables, chosen)
    frame = Frame.of(_without_nobody(marks, named), named)
    scope = replace(reading.scope, race=race)
    return QuestionReading(reading.words, frame, scope, tables, _found(reading.words, frame, scope, tables))


def race_of_question(context: QueryContext, text: str, race_key: str | None = None) -> ResolvedRace | None:
    """The race that a question is about; None where it says nothing of races. Raises what `scope_of` raises."""
    words = question_words(text)
    marks = marks_of(words, name_words_of(context.names)) if words else ()
    return scope_of(context, marks, race_key).race if _is_of_races(words, marks) else None


def asks_elsewhere(context: QueryContext, text: str) -> bool:
    """Whether a question whose names are nobody's, or several people's, has no other word of races."""
    words = question_words(text)
    marks = marks_of(words, name_words_of(context.names))
    telling = [mark for mark in marks if mark.says - ASKED - {FILLER, "aux"} or mark.is_unknown]
    return len(telling) > 1 and is_of_elsewhere(words, marks)  # “who is kyle” is asked which Kyle


def _is_of_races(words: Sequence[str], marks: Sequence[Mark]) -> bool:
    """Whether a text says anything that is only said of races, or names somebody who has to do with them."""
    return bool(RACING_WORDS & set(words)) or any(
        mark.says and FILLER not in mark.says and not mark.says <= PLAIN_WORDS for mark in marks
    )


def _found(words: Sequence[str], frame: Frame, scope: Scope, tables: QuestionTables) -> TablePlan | Refusal | None:
    """What the tables say; None where a clause or the story has to be asked."""
    if scope.is_next or frame.has("next_race"):
        return weekend.next_race(frame, tables, is_next=scope.is_next)
    if clause_of(words) is not None:
        return None
    many = next((found for form in MANY_RACES if (found := form(frame, scope, tables)) is not None), None)
    return many or _no_such_stage(frame, tables) or forms_of(frame, tables)


def clause_of(words: Sequence[str]) -> tuple[int, int] | None:
    """Where a clause about somebody without a name stands, "the driver who radioed ...": its head and its end."""
    for start, word in enumerate(words[:-1]):
        if word in CLAUSE_HEADS and words[start + 1] in RELATIVES:
            end = next((n for n in range(start + 2, len(words)) if words[n] in CLAUSE_ENDS), len(words))
            return start, end
    return None


def _without_nobody(marks: Sequence[Mark], named: Sequence[Named]) -> tuple[Mark, ...]:
    """The marks, of which those that were taken for a name and name nobody say nothing."""
    starts = {one.start for one in named}
    return tuple(
        replace(mark, says=frozenset(), read_as="") if mark.says & NAME_KINDS and mark.start not in starts else mark
        for mark in marks
    )


def forms_of(frame: Frame, tables: QuestionTables) -> TablePlan | Refusal | None:
    """What the first form says that explains every word; None where none does."""
    return next((found for form in FORMS if (found := form(frame, tables)) is not None), None)


def _no_such_stage(frame: Frame, tables: QuestionTables) -> Refusal | None:
    """That a race had no stage of this number, where it is known how many it had."""
    number, count = frame.number_of("stage"), max(tables.stage_numbers, default=0)
    if number is None or count < 3 or number <= count:
        return None
    words = {3: "three", 4: "four"}.get(count, str(count))
    return Refusal(
        sentence(f"there was no stage {number} in {tables.title}: it had only {words} stages"), "stage", corrects=True
    )


def _race_of_people(
    context: QueryContext, frame: Frame, scope: Scope, tables: QuestionTables
) -> tuple[Scope, QuestionTables]:
    """The latest race that those who are named were in, where no words name a race and the latest was without them."""
    people = frame.people
    if scope.named_by != "nothing" or not people or says_which_race(frame.marks):
        return scope, tables
    present = {row.driver for row in tables.rows} | {row.driver for row in tables.entries}
    if not present or set(people) & present or frame.has("standings"):
        return scope, tables
    races: set[str] | None = None
    for name in people:
        mentions = races_mentioning(context.session, name)
        own = set().union(*(found for kind, found in mentions.items() if kind in {"row", "entry", "passage"}))
        races = own if races is None else races & own
    rows = races_of(context.session, sorted(races or ()))
    if not rows:
        return scope, tables
    race = ResolvedRace(rows[0], race_title(rows[0]))
    return replace(scope, race=race), QuestionTables(context.session, race.race, race.in_sentence)


def says_which_race(marks: Sequence[Mark]) -> bool:
    """Whether words say that the latest race is meant: "sunday", "last race"."""
    telling = {
        "sunday",
        "saturday",
        "friday",
        "sundays",
        "yesterday",
        "last night",
        "last race",
        "the last race",
        "latest",
        "most recent",
        "this race",
        "sundays race",
    }
    return any(mark.text in telling for mark in marks)
