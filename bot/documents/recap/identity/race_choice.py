"""Which of the races that a text names is its own.

Every mention of a name is evidence by where it stands: "won Sunday's X 400" says most, a heading and the first
paragraphs much, a mention in passing little, and one in what speaks of other races nothing. The text's own race is the
one with clearly the most; where two have about as much, the text names none for certain.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.documents.recap.identity.name_words import NameWord, name_words
from bot.documents.recap.identity.phrase_table import WEEKDAYS, PhraseTable, is_year, phrase_lists
from bot.documents.recap.identity.race_names import RaceName, find_race_names
from bot.documents.recap.identity.scope import ScopedSentence
from bot.language.fold import fold
from bot.language.words import Word
from bot.racing.series import series_phrase_at

__all__ = ["NamedRace", "ReportSentence", "find_named_races"]

# What a mention is worth, by what stands beside it; chosen on the odd half of the invented reports and the labelled
# real ones so that a name told once in passing (1) is none, and one told as won once (6) is.
WON_WORTH = 6
RESULT_WORTH = 5
HELD_WORTH = 6
DAY_WORTH = 3
HEAD_WORTH = 3
LEAD_WORTH = 2
RUN_WORTH = 1
PASSING_WORTH = 1
MIN_WORTH = 3
CLEAR_LEAD = 1.5  # times the worth of the next


@dataclass(frozen=True, slots=True)
class ReportSentence:
    """A sentence or heading of a text with its line, in paragraph number `paragraph`.

    `is_head` is a heading above the text, `is_lead` a sentence of the first paragraphs, `is_row` a line of a list.
    """

    line: int
    scoped: ScopedSentence
    is_head: bool = False
    is_lead: bool = False
    is_row: bool = False
    paragraph: int = 0

    @property
    def text(self) -> str:
        """The words of it."""
        return self.scoped.text


@dataclass(frozen=True, slots=True)
class NamedRace:
    """A race that a text names: its name as written, the line, and the year in front of it if there is one.

    `worth` says how sure it is that the text is about it; `is_won` that some sentence says somebody won it.
    `sentences` are the numbers of the sentences that name it.
    """

    name: str
    line: int
    year: int | None
    worth: int
    is_won: bool
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    name: RaceName
    line: int
    sentence: int
    worth: int
    is_won: bool
    is_head: bool
    is_bounded: bool  # what stands in front of it is no part of any name


def find_named_races(sentences: Sequence[ReportSentence], season: int | None) -> tuple[NamedRace, ...]:
    """The races that the sentences name, the likeliest first; those only mentioned beside others' years are left out.

    `season` is that of the text where it is clear: a race with another year in front is another race.
    """
    groups: defaultdict[str, list[_Mention]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for mention in () if sentence.is_row else _mentions(number, sentence, season):
            groups[_group_key(mention.name.text)].append(mention)
    races = [_named_race(mentions) for mentions in groups.values()]
    return tuple(sorted(races, key=lambda race: (-race.worth, race.line)))


def _group_key(name: str) -> str:
    """The words by which two spellings of one name are the same: the last two before the end, and what ends it."""
    plain = fold(name).split(" at the ")[0].split()
    end = next((at for at in range(len(plain), 1, -1) if plain[at - 1].isdecimal()), len(plain))
    return " ".join(plain[max(0, end - 2) : end])


def _mentions(number: int, sentence: ReportSentence, season: int | None) -> Iterator[_Mention]:
    words = name_words(sentence.text)
    for name in find_race_names(sentence.text, words):
        if name.year and season and name.year != season:
            continue
        if not sentence.scoped.is_of_race(name.start, name.stop):
            continue
        worth, is_won = _worth(words, name, sentence)
        if worth:
            is_bounded = _before_fillers(words, name.first) < name.first and not _begins_with_series(words, name)
            yield _Mention(name, sentence.line, number, worth, is_won, sentence.is_head, is_bounded)


def _worth(words: Sequence[NameWord], name: RaceName, sentence: ReportSentence) -> tuple[int, bool]:
    """(what a mention is worth, whether it says that the race was won); 0 for none."""
    front = _before_fillers(words, name.first)
    before = _phrases_before(words, front)
    behind = _phrases_behind(words, name.end)
    if "not_before" in before:
        return 0, False
    is_won = "won_before" in before or "won_behind" in behind
    worth = PASSING_WORTH
    if is_won:
        worth += WON_WORTH
    elif "told_after" in behind:
        worth += RESULT_WORTH
    elif "held_after" in behind and sentence.is_lead:
        worth += HELD_WORTH
    elif "run_before" in before:
        worth += RUN_WORTH
    if any(word.folded.removesuffix("s") in WEEKDAYS for word in words[front : name.first]):
        worth += DAY_WORTH
    worth += _place_worth(words, name, sentence)
    # Without a distance any words with capitals may look like a name; only what says that it was run makes them one.
    is_sure = name.has_distance or worth > PASSING_WORTH + HEAD_WORTH or _is_at_place(words, name, before)
    return (worth, is_won) if is_sure else (0, False)


def _is_at_place(words: Sequence[NameWord], name: RaceName, before: frozenset[str]) -> bool:
    """Whether "in the Maple Foods at The Glen" is a race: behind "the" or its series, and a word of running."""
    is_place = name.end - name.first > 3 and words[name.end - 2].folded == "the" and words[name.end - 3].folded == "at"
    is_owned = name.first > 0 and words[name.first - 1].folded in {"the", "series"}
    is_car = words[name.end - 4].folded in phrase_lists("race_names.toml")["no_loose_before"]
    return is_place and is_owned and not is_car and bool(before & {"won_before", "run_before"})


def _place_worth(words: Sequence[NameWord], name: RaceName, sentence: ReportSentence) -> int:
    """What a mention is worth by where it stands; a line that is nothing but the name heads a part of the text."""
    if sentence.is_head or name.end - name.first == len(words):
        return HEAD_WORTH
    return LEAD_WORTH if sentence.is_lead else 0


def _begins_with_series(words: Sequence[NameWord], name: RaceName) -> bool:
    return series_phrase_at([word.folded for word in words[name.first : name.end]], 0) is not None


def _before_fillers(words: Sequence[NameWord], first: int) -> int:
    """Where the words begin that stand between a verb and a name: "the", a day, the series."""
    at = first
    while at > 0 and not words[at - 1].closes and _is_filler(words[at - 1]):
        at -= 1
    return at


def _is_filler(word: NameWord) -> bool:
    plain = word.folded
    if plain in _fillers() or plain.removesuffix("s") in WEEKDAYS or is_year(plain):
        return True
    return plain[:-2].isdecimal() or series_phrase_at([plain], 0) is not None or "-" in word.text


def _phrases_before(words: Sequence[NameWord], front: int) -> frozenset[str]:
    """The lists of which a phrase ends right before the name and what fills the gap."""
    if front and words[front - 1].closes:
        return frozenset()
    window = _as_words(words[max(0, front - 4) : front])
    return frozenset(one.group for one in _phrases().find(window) if one.end == len(window))


def _phrases_behind(words: Sequence[NameWord], end: int) -> frozenset[str]:
    """The lists of which a phrase begins right behind the name."""
    if words[end - 1].closes:
        return frozenset()
    window = _as_words(words[end : end + 6])
    return frozenset(one.group for one in _phrases().find(window) if one.first == 0)


def _as_words(words: Iterable[NameWord]) -> tuple[Word, ...]:
    return tuple(Word(word.text, word.folded, word.start, word.end) for word in words)


def _named_race(mentions: Sequence[_Mention]) -> NamedRace:
    best = max(mentions, key=lambda mention: (mention.is_won, not mention.is_head, mention.worth, -mention.sentence))
    best = replace(best, name=_fullest(mentions, best))
    worth = max(mention.worth for mention in mentions) + len({mention.sentence for mention in mentions}) - 1
    year = next((mention.name.year for mention in mentions if mention.name.year), None)
    is_won = any(mention.is_won for mention in mentions)
    sentences = tuple(mention.sentence for mention in mentions)
    return NamedRace(best.name.text, best.line, year, worth, is_won, sentences)


def _fullest(mentions: Sequence[_Mention], best: _Mention) -> RaceName:
    """The longest form of the best mention's name, or its end where most others in sentences write only that.

    A name with "the" or a day in front of it is no longer than the race's.
    """
    longer = [one.name for one in mentions if one.is_bounded and _ends_with(one.name.text, best.name.text)]
    if longer:
        return max(longer, key=lambda name: name.end - name.first)
    others = [mention.name for mention in mentions if not mention.is_head and mention is not best]
    shorter = [] if best.is_bounded else [name for name in others if _ends_with(best.name.text, name.text)]
    return shorter[0] if 2 * len(shorter) > len(others) else best.name


def _ends_with(name: str, end: str) -> bool:
    return fold(name) != fold(end) and fold(name).endswith(f" {fold(end)}")


@cache
def _phrases() -> PhraseTable:
    lists = phrase_lists("race_names.toml")
    groups = ("won_before", "won_behind", "run_before", "told_after", "held_after", "not_before")
    return PhraseTable({group: lists[group] for group in groups})


@cache
def _fillers() -> frozenset[str]:
    return frozenset(phrase_lists("race_names.toml")["fillers"])
