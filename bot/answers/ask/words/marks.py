"""Marks of a question: what each run of its words may say, from left to right, each word in one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from bot.answers.ask.words.name_words import NameWords
from bot.answers.ask.words.vocabulary import QuestionVocabulary, vocabulary
from bot.language.numbers import parse_count
from bot.language.ordinals import parse_ordinal
from bot.language.patterns import Pattern
from bot.names.race.phrase_reader import phrase_words
from bot.names.race.phrases import load_phrases
from bot.racing.series import series_phrase_at
from bot.racing.tracks import track_phrase_at

__all__ = ["MAX_WORDS", "Mark", "marks_of", "question_words"]

MAX_CHARS = 2_000  # of a message of Discord
MAX_WORDS = 40  # of a question; the longest of the 80 known ones has 12
_CAR = Pattern(r"#\s?(\d{1,3})\b")
_RACES = Pattern(r"\b([1-9]\d\d)'?s\b")
_YEAR = Pattern(r"(?:19|20)\d\d")
_MENTION = Pattern(r"<[@#:/a-z!&][^<>]{0,80}>|@everyone|@here|https?://\S{1,300}")
_CAR_WORDS = frozenset(["car", "no", "number", "num"])
_CAR_ENDINGS = frozenset(["car", "machine", "team", "truck", "ride"])
_STAGE_WORDS = frozenset(["stage", "stages", "segment", "stg"])
_ROUND_WORDS = frozenset(["round", "session"])
_LAST_WORDS = frozenset(["final", "last"])
CAR = frozenset(["car"])
NAME_KINDS = frozenset(["driver", "team", "manufacturer", "race"])
PEOPLE, PLACE_WORDS = frozenset(["driver", "team"]), frozenset(["at", "in"])
MAX_CALENDAR_WORDS = 5
RELATIVE_SEASONS = {("this", "season"): 0, ("this", "year"): 0, ("last", "season"): 1, ("last", "year"): 1,
                    ("the", "season"): 0, ("of", "the", "year"): 0}  # fmt: skip
CAREER_PHRASES = frozenset([
    ("career",), ("all", "time"), ("ever",), ("in", "his", "career"), ("history",), ("of", "all", "time"),
    ("lifetime",), ("career", "wins"),
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """The words from `start` to before `end`, and all that they may say.

    `says` are lists of the vocabulary, kinds of names, and "series", "season", "back", "career", "stage", "car", "top",
    "place", "round", "number"; `number` is the number that goes with these. `track` is a track that the archive need
    not have. `text` is what was typed, `read_as` what it was read as where that has other letters.
    """

    start: int
    end: int
    says: frozenset[str]
    text: str
    number: int = 0
    value: str = ""
    read_as: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether these words say nothing at all."""
        return not self.says


def question_words(text: str) -> tuple[str, ...]:
    """The folded words of a question as typed, without mentions and addresses; "#7" is "car 7", "500s" are many 500."""
    plain = _RACES.sub(r"\1", _MENTION.sub(" ", text[:MAX_CHARS]))
    return phrase_words(_CAR.sub(r" car \1 ", plain))[: MAX_WORDS + 1]


def marks_of(words: Sequence[str], names: NameWords) -> tuple[Mark, ...]:
    """The marks of folded words, left to right."""
    own = vocabulary()
    marks: list[Mark] = []
    place = 0
    while place < len(words):
        options = [
            *_stage_marks(words, place),
            *_number_marks(words, place),
            *_order_marks(words, place),
            *_series_marks(words, place, names),
            *_time_marks(words, place),
            *_calendar_marks(words, place),
            *_name_marks(words, place, names, own),
        ]
        if (track := track_phrase_at(words, place)) is not None:
            options = _at_track(options, _mark(words, place, track.end, "race", value=track.track), words)
        phrase = own.phrase_at(words, place)
        if phrase is not None:
            options = [one for one in options if one.end > phrase[0] or not one.says <= NAME_KINDS]
            options.append(Mark(place, phrase[0], phrase[1], " ".join(words[place : phrase[0]])))
        best = _longest(options) or _unknown_mark(words, place, names, own)
        marks.append(best)
        place = best.end
    if any("drive" in mark.says for mark in marks):
        return tuple(replace(mark, says=CAR, value=mark.text) if _is_bare_car(mark, words) else mark for mark in marks)
    return tuple(marks)


def _is_bare_car(mark: Mark, words: Sequence[str]) -> bool:
    """Whether a number is that of a car by where it stands: "who drives the 24"."""
    before = words[mark.start - 1] if mark.start else ""
    return (
        mark.says == {"number"} and before in {"the", "drives", "drive"} and mark.text.isdigit() and len(mark.text) <= 2
    )


def _longest(options: Sequence[Mark]) -> Mark | None:
    """The longest of these, with all that others of its length say; None where there is none."""
    end = max((one.end for one in options), default=0)
    longest = [one for one in options if one.end == end]
    if len(longest) < 2:
        return longest[0] if longest else None
    says = frozenset(said for one in longest for said in one.says)
    telling = next((one for one in longest if one.number or one.value), longest[0])
    return replace(telling, says=says)


def _at_track(options: Sequence[Mark], track: Mark, words: Sequence[str]) -> list[Mark]:
    """The options with a track; what is said to be "at" it is no person: "at bristol", but "austin dillon"."""
    before = words[track.start - 1] if track.start else ""
    if before in PLACE_WORDS:
        options = [one for one in options if one.end > track.end or not one.says & PEOPLE]
    return [*options, track]


def _mark(words: Sequence[str], start: int, end: int, *says: str, number: int = 0, value: str = "") -> Mark:
    return Mark(start, end, frozenset(says), " ".join(words[start:end]), number, value)


def _number_marks(words: Sequence[str], place: int) -> Iterator[Mark]:
    """Cars, top tens and bare numbers."""
    word, number, order = words[place], _count(words[place]), _order(words[place])
    following = words[place + 1] if place + 1 < len(words) else ""
    after = _count(following)
    if word in _CAR_WORDS and following.isdigit() and len(following) <= 2:
        yield _mark(words, place, place + 2, "car", value=following)
    if word.isdigit() and len(word) <= 2 and following in _CAR_ENDINGS:
        yield _mark(words, place, place + 2, "car", value=word)
    if word in {"top", "first"} and after and after > 1:
        yield _mark(words, place, place + 2, "top", number=after)
    if number is not None and not order and word not in {"one", "no"} and not _YEAR.fullmatch(word):
        yield _mark(words, place, place + 1, "number", number=number)


def _stage_marks(words: Sequence[str], place: int) -> Iterator[Mark]:
    """Stages: "stage 2", "second stage", "final stage"."""
    word, order = words[place], _order(words[place])
    following = words[place + 1] if place + 1 < len(words) else ""
    after = _count(following)
    if word in _STAGE_WORDS and after:
        yield _mark(words, place, place + 2, "stage", number=after)
    if following in _STAGE_WORDS and (order or word in _LAST_WORDS):
        yield _mark(words, place, place + 2, "stage", number=order or -1)


def _order_marks(words: Sequence[str], place: int) -> Iterator[Mark]:
    """Rounds of qualifying, places and years."""
    word, order = words[place], _order(words[place])
    following = words[place + 1] if place + 1 < len(words) else ""
    after = _count(following)
    if word in _ROUND_WORDS and after:
        yield _mark(words, place, place + 2, "round", number=after)
    if order and following in _ROUND_WORDS:
        yield _mark(words, place, place + 2, "round", number=order)
    if _YEAR.fullmatch(word):
        yield _mark(words, place, place + 1, "season", number=int(word))
    elif order:
        yield _mark(words, place, place + 1, "place", number=order)


def _series_marks(words: Sequence[str], place: int, names: NameWords) -> Iterator[Mark]:
    """A series; a sponsor alone only where nobody is called so and no number makes a race of it."""
    phrase = series_phrase_at(words, place)
    if phrase is None:
        return
    is_name = "driver" in names.words.get(words[place], ())
    makes_race = phrase.end < len(words) and words[phrase.end].isdigit()
    if phrase.certain or not (is_name or makes_race):
        end = phrase.end + (phrase.end < len(words) and words[phrase.end] in {"race", "series"})
        yield _mark(words, place, end, "series", value=phrase.series)


def _time_marks(words: Sequence[str], place: int) -> Iterator[Mark]:
    for phrase, back in RELATIVE_SEASONS.items():
        if tuple(words[place : place + len(phrase)]) == phrase:
            yield _mark(words, place, place + len(phrase), "back", number=back)
    for phrase in CAREER_PHRASES:
        if tuple(words[place : place + len(phrase)]) == phrase:
            yield _mark(words, place, place + len(phrase), "career")


def _calendar_marks(words: Sequence[str], place: int) -> Iterator[Mark]:
    """What says which race of a season: "season finale", "opener", "fall race"."""
    table = load_phrases()
    for size in range(min(MAX_CALENDAR_WORDS, len(words) - place), 0, -1):
        phrase = " ".join(words[place : place + size])
        if phrase in table.season_places and phrase not in {"final", "last round"}:
            yield _mark(words, place, place + size, "race")
            return
    if words[place] in table.season_parts and place + 1 < len(words) and words[place + 1] == "race":
        yield _mark(words, place, place + 2, "race")


def _name_marks(words: Sequence[str], place: int, names: NameWords, own: QuestionVocabulary) -> Iterator[Mark]:
    """Names: a whole one, or a part of one with the parts that follow it; one word of the vocabulary is no part."""
    found = names.phrase_at(words, place)
    if found is None or (found[0] == place + 1 and (words[place],) in own.meanings):
        return
    inner = names.phrase_at(words, place + 1) if words[place] == "the" and place + 1 < len(words) else None
    if inner is not None and inner[0] > found[0]:
        return  # “the ally 400” is no race called “the ally”
    end, kinds = found
    while end < len(words) and (words[end],) not in own.meanings:
        more = names.phrase_at(words, end)
        if more is None or not kinds & more[1] or "race" in kinds | more[1]:
            break
        end, kinds = more[0], kinds & more[1]
    if end < len(words) and words[end] in {"jr", "sr", "iii"}:
        end += 1
    yield Mark(place, end, kinds, " ".join(words[place:end]))


def _unknown_mark(words: Sequence[str], place: int, names: NameWords, own: QuestionVocabulary) -> Mark:
    """A word that stands nowhere: a word of the vocabulary or of a name with a slip in it, or unknown."""
    word = words[place]
    plain = Mark(place, place + 1, frozenset(), word)
    near_own, near_name = own.near_word(word), names.near_word(word)
    if near_own is not None and (near_name is None or OSA.distance(word, near_own) <= OSA.distance(word, near_name)):
        corrected = (*words[:place], near_own, *words[place + 1 :])
        phrase = own.phrase_at(corrected, place)
        if phrase is not None:
            return replace(plain, end=phrase[0], says=phrase[1], read_as=near_own)
    if near_name is not None:
        return replace(plain, says=names.words[near_name], read_as=near_name)
    return plain


def _count(word: str) -> int | None:
    """The number that a word is; None for any other word."""
    try:
        return parse_count(word) if word and len(word) < 12 else None
    except KeyError:
        return None


def _order(word: str) -> int | None:
    """The place that a word is: "second", "7th", "p4"; None for any other word."""
    if word[:1].isdigit() and word[-2:] not in {"st", "nd", "rd", "th"}:
        return None
    if word.isalpha() or (word[:1] == "p" and word[1:].isdigit() and len(word) <= 3) or word[:1].isdigit():
        try:
            return parse_ordinal(word) if len(word) < 15 else None
        except KeyError:
            return None
    return None
