"""Queries drawn anew from the catalogue of names, and texts that name nothing: what nobody has tuned for.

The right answer follows from how a query was made, never from a resolver: every name that it could have been made of
is acceptable, and what a fan means is the most famous of them, with those close behind.
"""

import random
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.language.fold import fold
from bot.names.name_rows import SUFFIXES

__all__ = ["NEGATIVE_PREFIX", "CatalogueName", "Query", "catalogue_names", "draw_negatives", "draw_queries"]

CLOSE_FAME = 0.9  # share of the highest fame from which another name is meant as well
MIN_DRAWN_FAME = 2.0  # names of a start or two are asked for by nobody
KEYS_BESIDE = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "ko", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
NEGATIVE_PREFIX = "no: "  # before the family of a text that names nothing
MAX_BEGINNING = 4  # letters of a word that is left out where a name begins with it
# Words of so many names that nobody begins to type them for one.
COMMON_WORDS = frozenset(["motor", "motors", "speedway", "superspeedway", "raceway", "racing", "motorsports"])
ADJECTIVES = (
    "silent", "purple", "frozen", "crooked", "velvet", "wooden", "electric", "gigantic", "sleepy", "crispy", "rusted",
    "invisible", "broken", "melting", "plastic", "hollow", "tender", "angry", "dusty", "tiny", "fuzzy", "yellow",
)  # fmt: skip
NOUNS = (
    "teapot", "lampshade", "sandwich", "telescope", "mailbox", "armchair", "elevator", "saxophone", "typewriter",
    "bathtub", "candle", "doorknob", "envelope", "fountain", "haystack", "kettle", "lantern", "napkin", "pencil",
    "scarecrow", "toaster", "wardrobe", "zipper", "cactus", "biscuit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CatalogueName:
    """A name of the catalogue, with how famous it is."""

    name: str
    kind: str
    fame: float


@dataclass(frozen=True, slots=True)
class Query:
    """A text, the way in which it was made, and the names it may mean: `preferred` are those a fan means."""

    text: str
    kind: str
    family: str
    expected: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()


def catalogue_names(rows: Iterable[Mapping[str, object]]) -> tuple[CatalogueName, ...]:
    """The names of the rows of a catalogue."""
    return tuple(
        CatalogueName(str(row["name"]), str(row["kind"]), float(str(row["fame"] or 0))) for row in rows if row["name"]
    )


def draw_queries(names: Sequence[CatalogueName], seed: int, count: int) -> Iterator[Query]:
    """`count` queries of every family, the same ones for the same seed."""
    generator = random.Random(seed)
    for family, (kinds, write, fits) in FAMILIES.items():
        of_kind = {kind: [one for one in names if one.kind == kind] for kind in kinds}
        known_names = [one for kind in kinds for one in of_kind[kind] if one.fame >= MIN_DRAWN_FAME]
        weights = [one.fame for one in known_names]
        drawn: set[str] = set()
        for one in generator.choices(known_names, weights, k=20 * count):
            text = write(one, generator)
            if text is None or text in drawn:
                continue
            drawn.add(text)
            yield _query(text, family, one, of_kind[one.kind], fits)
            if len(drawn) == count:
                break


def draw_negatives(names: Sequence[CatalogueName], seed: int, count: int) -> Iterator[Query]:
    """Texts that name nothing, at most `count` of each sort, for any kind."""
    generator = random.Random(seed)
    words = {word for one in names for word in fold(one.name).split()}
    texts = dict(tomllib.loads(Path(__file__).with_name("negatives.toml").read_text(encoding="utf-8")))
    texts["two words"] = [f"{adjective} {noun}" for adjective in ADJECTIVES for noun in NOUNS]
    texts["chance letters"] = [
        "".join(generator.choices("abcdefghijklmnopqrstuvwxyz", k=generator.randint(4, 14))) for _ in range(count)
    ]
    texts["spoken letters"] = [_spoken_word(generator) for _ in range(count)]
    for family, of_family in texts.items():
        open_texts = [
            text
            for text in of_family
            if family == "sentences" or (words.isdisjoint(fold(text).split()) and not _begins_one(fold(text), words))
        ]
        for text in generator.sample(open_texts, min(count, len(open_texts))):
            yield Query(text, generator.choice(("driver", "driver", "track", "race", "team")), NEGATIVE_PREFIX + family)
    yield from _made_up_people(names, generator, count)
    yield from _names_of_other_kinds(names, generator, count)


def _begins_one(folded: str, words: Iterable[str]) -> bool:
    """Whether a text is so short that somebody may be typing a name: "how" begins Howard."""
    return len(folded) <= MAX_BEGINNING and any(word.startswith(folded) for word in words)


def _spoken_word(generator: random.Random) -> str:
    """A word of no language that could be said: "lizfje", "aozuez"."""
    syllables = (
        generator.choice("bcdfghjklmnprstvwz") + generator.choice("aeiou") for _ in range(generator.randint(2, 4))
    )
    return "".join(syllables) + generator.choice(("", "n", "x", "k", "st"))


def _made_up_people(names: Sequence[CatalogueName], generator: random.Random, count: int) -> Iterator[Query]:
    """A first name of one driver with the family name of another, where nobody of that name drove."""
    drivers = [fold(one.name).split() for one in names if one.kind == "driver"]
    pairs = {(words[0][:1], words[-1]) for words in drivers}
    people = [words for words in drivers if len(words) == 2]
    drawn = 0
    while drawn < count:
        first, last = generator.choice(people)[0], generator.choice(people)[1]
        if (first[:1], last) not in pairs and len(first) > 1:
            drawn += 1
            yield Query(f"{first} {last}", "driver", NEGATIVE_PREFIX + "made-up people")


def _names_of_other_kinds(names: Sequence[CatalogueName], generator: random.Random, count: int) -> Iterator[Query]:
    """A track asked for as a driver, a driver as a track."""
    words_by_kind = defaultdict(set)
    for one in names:
        words_by_kind[one.kind].update(fold(one.name).split())
    for kind, other_kind in (("driver", "track"), ("track", "driver")):
        strangers = [
            one
            for one in names
            if one.kind == other_kind
            and one.fame >= MIN_DRAWN_FAME
            and words_by_kind[kind].isdisjoint(fold(one.name).split())
        ]
        for one in generator.sample(strangers, min(count, len(strangers))):
            yield Query(one.name, kind, NEGATIVE_PREFIX + "another kind")


def _query(text: str, family: str, one: CatalogueName, of_kind: Sequence[CatalogueName], fits: "Fits | None") -> Query:
    matching = [other for other in of_kind if other == one or (fits and fits(text, one, other))]
    highest = max(other.fame for other in matching)
    return Query(
        text,
        one.kind,
        family,
        frozenset(other.name for other in matching),
        frozenset(other.name for other in matching if other.fame >= CLOSE_FAME * highest),
    )


Write = Callable[[CatalogueName, random.Random], str | None]
Fits = Callable[[str, CatalogueName, CatalogueName], bool]  # text, the name it was made of, another name


def _person(one: CatalogueName) -> tuple[str, str, str] | None:
    """First name, family name and suffix of a driver; None where the name has other parts."""
    words = one.name.split()
    suffix = words.pop() if fold(words[-1]) in SUFFIXES else ""
    return (words[0], words[1], suffix) if len(words) == 2 else None


def _typo(one: CatalogueName, generator: random.Random) -> str | None:
    letters = list(one.name.lower() if generator.random() < 0.5 else one.name)
    if len(letters) < 5:
        return None
    for _ in range(1 if len(letters) < 9 else generator.randint(1, 2)):
        at = generator.randrange(1, len(letters) - 1)
        slip = generator.choice(("swap", "drop", "double", "beside"))
        if slip == "swap":
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif slip == "drop":
            del letters[at]
        elif slip == "double":
            letters.insert(at, letters[at])
        elif letters[at].lower() in KEYS_BESIDE:
            letters[at] = generator.choice(KEYS_BESIDE[letters[at].lower()])
    text = "".join(letters)
    return text if fold(text) != fold(one.name) else None


def _typo_of_family_name(one: CatalogueName, generator: random.Random) -> str | None:
    person = _person(one)
    return _typo(CatalogueName(person[1], "driver", 0), generator) if person and len(person[1]) > 5 else None


def _prefix(one: CatalogueName, generator: random.Random) -> str | None:
    word = generator.choice(one.name.split()).strip(".,")
    is_telling = fold(word) not in COMMON_WORDS
    return word[: generator.randint(3, 5)].lower() if len(word) > 5 and word.isalpha() and is_telling else None


def _family_name(one: CatalogueName, generator: random.Random) -> str | None:
    person = _person(one)
    return generator.choice((person[1], person[1].lower())) if person else None


def _initial(one: CatalogueName, generator: random.Random) -> str | None:
    person = _person(one)
    if not person:
        return None
    first, last, suffix = person
    end = f" {suffix}" if suffix else ""
    pattern = generator.choice(("{i}. {l}{s}", "{i} {l}{s}", "{l}, {i}.", "{i}.{l}", "{l} {i}."))
    return pattern.format(i=first[0], l=last, s=end)


def _last_first(one: CatalogueName, generator: random.Random) -> str | None:
    person = _person(one)
    if not person:
        return None
    first, last, suffix = person
    end = f" {suffix}" if suffix else ""
    return generator.choice((f"{last}, {first}", f"{last},{first}", f"{last} {first}", f"{last} , {first}")) + end


def _possessive(one: CatalogueName, generator: random.Random) -> str:
    return one.name + (generator.choice(("'", "’")) if one.name.endswith("s") else generator.choice(("'s", "’s")))


def _noise(one: CatalogueName, generator: random.Random) -> str:
    return generator.choice(("{}!", "({})", "**{}**", "{} stats", "driver {}", "{} 2015", "{}?", "“{}”")).format(
        one.name
    )


def _begins_a_word(text: str, _: CatalogueName, other: CatalogueName) -> bool:
    return any(word.startswith(fold(text)) for word in fold(other.name).split())


def _has_family_name(_: str, one: CatalogueName, other: CatalogueName) -> bool:
    person = _person(one)
    return person is not None and fold(person[1]) in fold(other.name).split()


def _has_initial(_: str, one: CatalogueName, other: CatalogueName) -> bool:
    initial, *rest = fold(one.name).split()
    other_first, *other_rest = fold(other.name).split()
    return other_first[0] == initial[0] and set(rest) <= set(other_rest)


FAMILIES: Mapping[str, tuple[tuple[str, ...], Write, Fits | None]] = {
    "typo": (("driver", "track", "race", "team"), _typo, None),
    "typo of a family name": (("driver",), _typo_of_family_name, _has_family_name),
    "prefix": (("driver", "track", "race", "team"), _prefix, _begins_a_word),
    "family name": (("driver",), _family_name, _has_family_name),
    "initial": (("driver",), _initial, _has_initial),
    "last, first": (("driver",), _last_first, None),
    "possessive": (("driver",), _possessive, None),
    "noise": (("driver",), _noise, None),
}
