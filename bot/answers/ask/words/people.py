"""People, teams and makes that a question names, found by the names engine among those of the race that is meant."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from bot.answers.ask.race_tables import QuestionTables
from bot.answers.ask.words.frame import Named
from bot.answers.ask.words.marks import Mark
from bot.answers.common.resolve import resolve_name
from bot.answers.context import QueryContext
from bot.errors import UnknownName
from bot.language.fold import fold
from bot.names.aliases import load_aliases
from bot.names.vocabulary import max_typos

__all__ = ["UnknownPerson", "named_in"]

KINDS = ("manufacturer", "driver", "team")
MIN_BEGINNING = 2  # letters that are enough for the beginning of a first name: "ky busch"
TEAM_ENDINGS = frozenset(["car", "cars", "team", "guys", "drivers", "driver"])


class UnknownPerson(UnknownName):
    """A name in a question that is nobody's in the archive."""


def named_in(
    context: QueryContext, marks: Sequence[Mark], tables: QuestionTables, chosen: str | None = None
) -> tuple[Named, ...]:
    """Everybody and everything named by the marks, in order. `chosen` is the person who was picked where it was asked.

    Raises AmbiguousName where a name may mean two people, and UnknownPerson where it means nobody here.
    """
    named = []
    for mark in marks:
        if "car" in mark.says:
            named.append(_driver_of_car(mark, tables))
        elif mark.says & set(KINDS):
            try:
                named.append(_resolve(context, mark, tables, chosen))
            except UnknownPerson:
                if not mark.read_as:  # a word that was only taken for a slip in a name may be any other word
                    raise
    return tuple(named)


def _driver_of_car(mark: Mark, tables: QuestionTables) -> Named:
    """Who drove a car of this race. Raises UnknownPerson."""
    cars = [*((row.car, row.driver) for row in tables.entries), *((row.car, row.driver) for row in tables.rows)]
    driver = next((driver for car, driver in cars if car == mark.value), None)
    if driver is None:
        raise UnknownPerson("car", mark.text, (), f"it was not in {tables.title}")
    return Named("driver", driver, mark.start)


def _resolve(context: QueryContext, mark: Mark, tables: QuestionTables, chosen: str | None) -> Named:
    """The one that a mark names: a make, a driver, or a team. Raises AmbiguousName and UnknownPerson."""
    if chosen is not None and "driver" in mark.says and _is_named(mark.text, chosen, ()):
        return Named("driver", chosen, mark.start)
    for kind in KINDS:
        if kind not in mark.says:
            continue
        for text in filter(None, (mark.text, mark.read_as)):
            try:
                found = resolve_name(context, text, kind, tables.race).value
            except UnknownName:
                continue
            entity = context.names.get(kind, found)
            if entity is None or _is_named(text, entity.name, entity.spellings, kind):
                return Named(kind, found, mark.start)
    raise UnknownPerson("driver", mark.text)


def _is_named(text: str, name: str, spellings: Sequence[str], kind: str = "driver") -> bool:
    """Whether every typed word is a word of the name, its beginning, or a slip of one: "kurt" is no "kyle"."""
    others = load_aliases().groups.get(kind, {}).get(name, ())
    texts = [fold(one) for one in (name, *spellings, *others)]
    typed = fold(text)
    if typed in texts or typed.removesuffix("s") in texts:
        return True
    words = {word for text in texts for word in text.split()}
    initials = {"".join(word[0] for word in text.split()) for text in texts if text}
    return all(word in initials or any(_is_like(word, own) for own in words) for word in typed.split())


def _is_like(word: str, own: str) -> bool:
    """Whether a typed word is this word of a name, its beginning, or a slip of it."""
    if len(word) >= MIN_BEGINNING and own.startswith(word):
        return True
    bare = word.removesuffix("s") if len(word) > 4 else word
    return (OSA.distance(word, own) <= max_typos(min(len(word), len(own))) and word[:1] == own[:1]) or bare == own
