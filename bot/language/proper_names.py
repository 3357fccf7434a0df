"""What runs of words with capitals are: people, races, tracks, teams, cars, series, places, or nothing of the kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.tokens import Token
from bot.language.word_lists import WordLists, word_lists

__all__ = ["ProperName", "proper_name_at"]

MOST_WORDS = 9  # of one name; the longest race names of the sport have eight
SHORTEST_RACE, LONGEST_RACE = 60, 1000  # the number that ends the name of a race, in miles, laps or kilometres
_FIRMS = {"inc", "inc.", "llc", "ltd"}
_JOINERS = {"of", "the", "at", "and", "&", "/", "."}
# Lists of words that are parts of names: that a word is in one does not make it an ordinary word.
_NAMING_LISTS = {
    "series_word", "track_head", "team_head", "team_opening", "head", "make", "race_head", "place_name", "first_name",
    "last_name", "particle", "suffix",
}  # fmt: skip
_KINDS = (
    ("series_word", "series"), ("track_head", "track"), ("team_head", "team"), ("make", "car_name"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProperName:
    """A run of tokens up to `end` (excluded) and what it is.

    `kind`: "name" (shaped like a person's), "race_name", "track", "team", "car_name", "series", "place_name", "proper".
    """

    end: int
    kind: str


def proper_name_at(found: Sequence[Token], at: int, opens: bool, surnames: frozenset[str]) -> ProperName | None:
    """The run that begins at a token; None where none does.

    `opens` says that the token begins a sentence, where every word has a capital. `surnames` are folded last names that
    the text gives with a first name: they are people even where the word is an ordinary one ("Love", "March").
    """
    lists = word_lists()
    race = _race_name_end(found, at, lists) if found[at].kind == "word" and found[at].is_capital else 0
    if race:
        return ProperName(race, "race_name")
    if lists.has("team_opening", found[at].folded) and found[at].is_capital and _capital_name_follows(found, at, lists):
        return ProperName(_run_end(found, at, lists, surnames), "team")
    if not _begins(found, at, lists, surnames):
        return None
    if opens and _is_ordinary(found[at], lists, surnames) and not _is_first_name(found, at, lists):
        return None
    end = _run_end(found, at, lists, surnames)
    words = [one for one in found[at:end] if one.kind == "word"]
    return ProperName(end, _kind(words, lists))


def _begins(found: Sequence[Token], at: int, lists: WordLists, surnames: frozenset[str]) -> bool:
    """Whether a run of capitals begins here: a word with a capital that is no ordinary word, or "van" before one."""
    one = found[at]
    if one.kind != "word":
        return False
    if not one.is_capital:
        return lists.has("particle", one.folded) and _particle_leads(found, at, lists)
    if one.folded in surnames:
        return not _is_date(found, at, lists)
    if lists.has("series_word", one.folded) or one.text[1:2] == "." or not lists.has("no_name", one.folded):
        return True
    return _is_first_name(found, at, lists)


def _is_first_name(found: Sequence[Token], at: int, lists: WordLists) -> bool:
    """Whether an ordinary word is a first name here: "Will Sutter"."""
    return lists.has("first_name", found[at].folded) and _capital_name_follows(found, at, lists)


def _is_date(found: Sequence[Token], at: int, lists: WordLists) -> bool:
    """Whether a month is one here, and nobody's name: "in March", "March 3"."""
    before = found[at - 1].folded if at else ""
    is_month = "month" in lists.marks_of(found[at].text, found[at].folded)
    return is_month and (_number_follows(found, at) or lists.has("before_month", before))


def _particle_leads(found: Sequence[Token], at: int, lists: WordLists) -> bool:
    behind = at + 1
    while behind < len(found) and behind < at + 3 and lists.has("particle", found[behind].folded):
        behind += 1
    return behind < len(found) and _is_name_word(found[behind], lists)


def _is_name_word(one: Token, lists: WordLists) -> bool:
    return one.kind == "word" and one.is_capital and not lists.has("no_name", one.folded)


def _capital_name_follows(found: Sequence[Token], at: int, lists: WordLists) -> bool:
    return at + 1 < len(found) and _touches(found, at + 1) and _is_name_word(found[at + 1], lists)


def _touches(found: Sequence[Token], at: int) -> bool:
    """Whether only a space, or nothing, lies between a token and the one before."""
    return found[at].start - found[at - 1].end <= 1


def _race_name_end(found: Sequence[Token], at: int, lists: WordLists) -> int:
    """Where the name of a race that begins here ends ("Granite Bay Coffee 400"); 0 where there is none."""
    capitals, end = 0, at
    while end < min(len(found), at + 2 * MOST_WORDS) and (end == at or found[end].start - found[end - 1].end <= 1):
        one = found[end]
        if capitals and _is_race_number(found, end, lists):
            return end + 1
        if one.kind == "word" and one.is_capital and not lists.has("never_in_race_name", one.folded):
            capitals += 1
            if lists.has("race_head", one.folded) and capitals > 1:
                return end + 1
        elif not _may_join(found, end, lists):
            return 0
        end += 1
    return 0


def _is_race_number(found: Sequence[Token], at: int, lists: WordLists) -> bool:
    plain = found[at].text
    if not plain.isdigit() or not SHORTEST_RACE <= int(plain) <= LONGEST_RACE:
        return False
    if lists.has("counted_by_number", found[at - 1].folded):
        return False
    behind = found[at + 1].folded if at + 1 < len(found) and found[at + 1].start - found[at].end == 1 else ""
    if behind.isdigit():  # "Lunsford 112-150" are laps
        return False
    return not (lists.has("counted_thing", behind) or behind in {"%", "-"})


def _may_join(found: Sequence[Token], at: int, lists: WordLists) -> bool:
    """Whether a small part may stand within the name of a race: "of the", "&", "'s", "/"."""
    one = found[at]
    if one.kind == "owner":
        return not lists.has("weekday", found[at - 1].folded)
    if one.kind == "number":
        return at + 1 < len(found) and one.text.isdigit()
    return one.text in _JOINERS


def _run_end(found: Sequence[Token], at: int, lists: WordLists, surnames: frozenset[str]) -> int:
    end = at + 1
    while end < len(found) and end - at < 2 * MOST_WORDS and found[end].start - found[end - 1].end <= 1:
        one = found[end]
        if one.kind == "word" and _continues(found, end, at, lists, surnames):
            end += 1
        elif one.text == "&" and end + 1 < len(found) and found[end + 1].is_capital:
            end += 2
        else:
            break
    if end + 1 < len(found) and found[end].text == "," and found[end + 1].folded in _FIRMS:  # "Reed Falk, Inc."
        return end + 2
    if end + 1 < len(found) and found[end].text == "," and lists.has("suffix", found[end + 1].folded):
        return end + 2
    return end


def _continues(found: Sequence[Token], end: int, at: int, lists: WordLists, surnames: frozenset[str]) -> bool:
    """Whether a word goes on with the run that began at `at`."""
    one, before = found[end], found[end - 1]
    if lists.has("suffix", one.folded) and one.is_capital:
        return True
    if lists.has("suffix", before.folded) and not lists.has("head", one.folded):
        return False
    if not one.is_capital:
        return lists.has("particle", one.folded) and _particle_leads(found, end, lists)
    if lists.has("series_word", before.folded) and _race_name_end(found, end, lists):
        return False  # "the Cup Series Maple 300"
    if any(lists.has(name, one.folded) for name in ("track_head", "team_head", "head", "make", "series_word")):
        return True
    return _is_part_of_name(found, end, at, lists, surnames)


def _is_part_of_name(found: Sequence[Token], end: int, at: int, lists: WordLists, surnames: frozenset[str]) -> bool:
    one = found[end]
    if found[end - 1].folded in surnames and one.folded not in surnames and lists.begins(one.folded):
        return False  # "Byron Holds Off Hamlin", a headline
    if not lists.has("no_name", one.folded) or one.folded in surnames:
        return True
    # "Rory March", "Gus Day": an ordinary word ends a name whose first word is none.
    return lists.has("last_name", one.folded) and end == at + 1 and not _number_follows(found, end)


def _number_follows(found: Sequence[Token], at: int) -> bool:
    return at + 1 < len(found) and found[at + 1].kind == "number" and found[at + 1].start - found[at].end == 1


def _kind(words: Sequence[Token], lists: WordLists) -> str:
    for name, kind in _KINDS:
        if any(lists.has(name, one.folded) for one in words):
            return kind
    if lists.has("team_opening", words[0].folded) and len(words) > 1:
        return "team"
    whole = " ".join(one.text for one in words)
    if lists.marks_of(whole, whole.casefold()) & {"place_name"} or "place_name" in lists.phrase_marks(words):
        return "place_name"
    if len(words) > 1 and lists.has("place_name", words[-1].folded):
        return "place_name"
    if len(words) > 5 or not any(len(one.text.strip(".")) > 1 for one in words):
        return "proper"
    return "name" if any(letter.islower() for letter in whole) or len(words) > 1 else "proper"


def _is_ordinary(one: Token, lists: WordLists, surnames: frozenset[str]) -> bool:
    """Whether a word that begins a sentence is an ordinary one: "Initially" names nobody."""
    if one.folded in surnames or one.text[1:2] == "." or not one.is_capital:
        return False
    marks = lists.marks_of("", one.folded)
    return (one.folded.endswith(("ly", "ing")) and "first_name" not in marks) or bool(marks - _NAMING_LISTS)
