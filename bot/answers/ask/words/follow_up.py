"""Follow-ups: "and stage 1?", "what about hamlin", asked in reply to an answer, made the whole question they mean."""

from collections.abc import Sequence

from bot.answers.ask.words.frame import ASKED
from bot.answers.ask.words.marks import Mark, marks_of, question_words
from bot.answers.ask.words.name_words import NameWords, name_words_of
from bot.answers.ask.words.vocabulary import FILLER
from bot.names.index import NameIndex

__all__ = ["follow_up"]

# What takes the place of what: a stage of a stage, a person of a person, a race or series of whatever said which race.
SLOTS = (
    frozenset(["stage"]), frozenset(["driver", "car", "team", "manufacturer"]),
    frozenset(["race", "series", "season", "back"]),
    frozenset(["place", "top", "last_place", "won"]), frozenset(["round"]),
)  # fmt: skip
SCOPE = SLOTS[2]
ASKING_WORDS = frozenset(["who", "when", "which", "what"])  # a question of its own, though they say nothing in a clause


def follow_up(names: NameIndex, previous: str, text: str) -> tuple[str, bool]:
    """The question that `text` means after `previous`, and whether it names another race than that.

    A text that asks something by itself is a question of its own; what is left of one takes the place of the like in
    the question before it.
    """
    name_words = name_words_of(names)
    new = marks_of(question_words(text), name_words)
    names_race = any(mark.says & SCOPE and not mark.says & SLOTS[1] for mark in new)
    if not previous or not is_fragment(new):
        return text, names_race
    return _merged(previous, new, name_words), names_race


def is_fragment(marks: Sequence[Mark]) -> bool:
    """Whether marks ask nothing by themselves: only names, numbers and words that say nothing."""
    return (
        all(FILLER in mark.says or any(mark.says & slot for slot in SLOTS) for mark in marks)
        and any(mark.says & slot and not mark.says & ASKED for mark in marks for slot in SLOTS)
        and not any(mark.text in ASKING_WORDS for mark in marks)
    )


def _merged(previous: str, new: Sequence[Mark], names: NameWords) -> str:
    """The words before, with those of `new` in the place of their like."""
    old = list(marks_of(question_words(previous), names))
    added: list[str] = []
    for mark in new:
        slot = next((slot for slot in SLOTS if mark.says & slot), None)
        if slot is None:
            continue
        at = next((place for place, one in enumerate(old) if one.says & slot), None)
        if at is None:
            added.append(mark.text)
        else:
            old[at] = mark
    return " ".join([*(mark.text for mark in old), *added])
