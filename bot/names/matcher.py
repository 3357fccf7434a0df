"""The names of one kind, set up for searching: typed words go in, ranked names come out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.fold import squash
from bot.names.vocabulary import Vocabulary, digits

__all__ = ["SUFFIXES", "Found", "Shelf", "Spelled"]

# Tuned on half of the development queries; the other half agrees (benchmarks/README.md).
PRIOR = 0.42  # what being likely is worth where every word fits: a beginning says little by itself
SLIP_PRIOR = 0.15  # the same where a word is a slip: there the letters count for more
SLIP_NAMED = 0.12  # the same where a word is a slip and others are not: "yztes racing" is all of Yates Racing
NAMED = 0.045  # what typing all of a name is worth, against a part of it
FAMILY = 0.03  # what the family name is worth, against the first name
NICKNAME = 0.04  # what a nickname gives away to a name
PHRASE = 0.3  # a nickname is a phrase: the share that stands when next to nothing of it was typed
WHOLE = 0.80  # every word is a word of the name or the beginning of one: nothing has to be a slip
DOUBT = 0.05  # what being likely is worth where letters do not fit: a slip in a name everybody knows
OTHER_NUMBER = 0.08  # what another number takes from a likeness: a 200 is not a 400
COMPLETE = 0.05  # for each of three letters after the second: "johns" is Johns before it is the beginning of Johnson
SON = 0.06  # what a suffix nobody typed takes from a full name: the father is meant
LONE_DOUBT = 0.15  # what being unlikely takes from a single word that does not fit: most words are slips of some name
FAINT = 0.40  # below this nobody sees a likeness
ROWS = 160  # names looked at for one reading: keeps the worst question under a few milliseconds
NUMBER = 0.6  # how much a number tells at least: a 200 is not a 400, however many there are of each
WHOLE_DOUBT = 0.07  # the same for a whole name: half the celebrities are three letters from some driver
MANY_WORDS = 4  # beyond that, words that are names are not looked at as slips of other names: time is short
INITIAL = 0.35  # how much a single letter tells, beside a rare word's 1

OWN, NICKNAMED, POOLED = 0, 1, 2
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})

Quality = dict[int, float]


@dataclass(frozen=True, slots=True)
class Spelled:
    """The folded spellings of one name, the canonical one first, and its nicknames."""

    spellings: tuple[str, ...]
    nicknames: tuple[str, ...]
    likely: float


@dataclass(frozen=True, slots=True)
class Found:
    """A name by its number: how much of what was typed it explains (0 to 1), and its score among the others."""

    number: int
    likeness: float
    score: float


class Shelf:
    """Names numbered from the most likely to the least. Never changed once built."""

    __slots__ = (
        "_exact", "_family", "_handicap", "_holders", "_kinds", "_likely", "_postings", "_rows", "_sizes", "_squashed",
        "_vocabulary",
    )  # fmt: skip

    def __init__(self, names: Sequence[Spelled], *, people: bool) -> None:
        """`people` have family names."""
        rows = list(_rows(names))
        texts = [text for _, text, _ in rows]
        counts: Counter[str] = Counter()
        for _, text, kind in rows:
            if kind != POOLED:
                counts.update(set(text.split()))
        self._vocabulary = vocabulary = Vocabulary(counts)
        self._likely = tuple(name.likely for name in names)
        self._holders = tuple(number for number, _, _ in rows)
        self._kinds = bytes(kind for _, _, kind in rows)
        self._handicap = tuple(NICKNAME if kind else 0.0 for _, _, kind in rows)
        self._rows = tuple(vocabulary.numbers(text.split()) for text in texts)
        self._sizes = tuple(sum(vocabulary.weights[word] for word in row) for row in self._rows)
        self._squashed = tuple("" if kind == POOLED else squash(text) for _, text, kind in rows)
        self._family = tuple(_family_name(text.split()) for text in texts) if people else (-1,) * len(texts)
        postings: defaultdict[int, list[int]] = defaultdict(list)
        exact: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for row, (number, text, kind) in enumerate(rows):
            if kind != POOLED:
                exact[text][number] = None
            for word in set(self._rows[row]):
                postings[word].append(row)
        self._postings = tuple(tuple(postings[word]) for word in range(len(vocabulary.words)))
        self._exact = {text: tuple(numbers) for text, numbers in exact.items()}

    def exact(self, folded: str) -> tuple[int, ...]:
        """The names that have exactly this spelling, most likely first."""
        return self._exact.get(folded, ())

    def knows(self, word: str) -> bool:
        """Whether a name has this very word."""
        return bool(self._vocabulary.same(word))

    def likely(self, number: int) -> float:
        """How likely this name is meant before anything is typed."""
        return self._likely[number]

    def rank(self, words: Sequence[str], *, limit: int) -> list[Found]:
        """The names that `words` may mean, best first. Slips of the keys are only looked for where words stay open."""
        if not words:
            return []
        best: dict[int, Found] = {}
        for reading in self._readings(words):
            for one in reading:
                known = best.get(one.number)
                if known is None or known.score < one.score:
                    best[one.number] = one
            if any(one.likeness >= WHOLE for one in best.values()):
                break
        return nsmallest(limit, best.values(), key=lambda one: (-one.score, one.number))

    def _readings(self, words: Sequence[str]) -> Iterator[list[Found]]:
        """Ever more generous readings of the same words."""
        plain = [self._plain(word) for word in words]
        yield self._ranked(words, plain, PRIOR)
        near = [self._vocabulary.near(word, alone=len(words) == 1) for word in words]
        strict = [
            one if self._vocabulary.same(word) else n | one for one, n, word in zip(plain, near, words, strict=True)
        ]
        yield [*self._ranked(words, strict, SLIP_PRIOR), *self._glued(words)]
        found = self._alike(words)
        if len(words) <= MANY_WORDS:
            found += self._ranked(words, [n | one for one, n in zip(plain, near, strict=True)], SLIP_PRIOR)
        yield found

    def _plain(self, word: str) -> Quality:
        """The word itself and all it begins; a word by itself is, the longer, the less a beginning."""
        same, starting = self._vocabulary.same(word), self._vocabulary.starting(word)
        if same and len(word) > 2:
            less = COMPLETE * min(3, len(word) - 2)
            starting = {number: fits - less for number, fits in starting.items()}
        return starting | same

    def _ranked(self, words: Sequence[str], qualities: Sequence[Quality], prior: float) -> list[Found]:
        if len(words) == 1:
            return self._single(qualities[0], prior)
        weights = [self._tells(word) for word in words]
        # The word that fits fewest names chooses first: the "p" of "p pardus" must leave Pardus alone.
        pairs = sorted(zip(qualities, weights, strict=True), key=lambda pair: self._spread(pair[0]))
        total = sum(weights)
        initials = any(len(word) == 1 for word in words)
        known = set().union(*qualities)
        found = []
        for row in self._candidates(qualities, ROWS * 2 // len(words)):
            if initials and self._kinds[row] == POOLED:
                continue
            explained, used = self._explained(row, pairs, known)
            if explained > FAINT * total:
                typed = sum(self._vocabulary.weights[w] for place, w in enumerate(self._rows[row]) if used >> place & 1)
                family = self._family[row] >= 0 and bool(used >> self._family[row] & 1)
                one = self._found(row, explained / total, typed, family, prior)
                found.append(replace(one, score=one.score - SON) if self._untyped_suffix(row, used) else one)
        return found

    def _tells(self, word: str) -> float:
        """How much a typed word tells, up to 1."""
        if len(word) == 1 and word.isalpha():
            return INITIAL
        weight = self._vocabulary.weight(word)
        return max(weight, NUMBER) if word.isdigit() else weight

    def _untyped_suffix(self, row: int, used: int) -> bool:
        last = len(self._rows[row]) - 1
        return 0 <= self._family[row] < last and not used >> last & 1

    def _single(self, quality: Quality, prior: float) -> list[Found]:
        """The rows of one typed word; where it begins very many words, the likeliest rows of each."""
        many = len(quality) > ROWS
        unsure = prior == SLIP_PRIOR
        doubt = LONE_DOUBT if unsure else 0.0
        vocabulary = self._vocabulary
        found = []
        for word, fits in quality.items():
            rows = self._postings[word]
            weight = self._vocabulary.weights[word]
            for row in rows[:2] if many else rows[:ROWS]:
                if self._kinds[row] == POOLED or (self._kinds[row] and unsure and len(vocabulary.words[word]) < 5):
                    continue  # four letters with a slip in them are nobody's nickname
                place = self._family[row]
                family = place >= 0 and self._rows[row][place] == word
                found.append(
                    self._found(row, fits - doubt * (1 - self._likely[self._holders[row]]), weight, family, prior)
                )
        return found

    def _candidates(self, qualities: Sequence[Quality], most: int) -> Iterable[int]:
        """Rows worth a look: those of the rarest words, the likeliest of them where they are many."""
        rows: set[int] = set()
        for quality in sorted((one for one in qualities if one), key=self._spread):
            room = max(2, most // len(quality))
            fresh: set[int] = set()
            for word in quality:
                fresh.update(self._postings[word][: most if quality[word] == 1 else room])
            rows.update(fresh if len(fresh) <= most else nsmallest(most, fresh))
            if len(rows) >= most // 2:
                break
        return rows

    def _spread(self, quality: Quality) -> int:
        """In how many rows the words stand, near enough."""
        return sum(len(self._postings[word]) for word in quality) if len(quality) < ROWS else len(self._rows)

    def _explained(self, row: int, pairs: Sequence[tuple[Quality, float]], known: Collection[int]) -> tuple[float, int]:
        """The weight of the typed words that this row explains, and which of its own words were used, as bits.

        `known` are the words that any of the typed ones may be: of most rows it is one or two.
        """
        own = [(place, word) for place, word in enumerate(self._rows[row]) if word in known]
        explained, used = 0.0, 0
        for quality, weight in pairs:
            best, at = 0.0, 0
            for place, word in own:
                fits = quality.get(word, 0.0)
                if fits > best and not used >> place & 1:
                    best, at = fits, place
            if best:
                used |= 1 << at
                explained += best * weight
        return explained, used

    def _found(self, row: int, likeness: float, typed: float, family: bool, prior: float) -> Found:
        number = self._holders[row]
        named = typed / (self._sizes[row] or 1)
        if likeness < WHOLE or prior == SLIP_PRIOR:
            likeness = min(1.0, likeness + DOUBT * self._likely[number])
            prior = SLIP_PRIOR
        if self._kinds[row] == NICKNAMED:
            likeness *= PHRASE + (1 - PHRASE) * named
        whole = SLIP_NAMED if prior == SLIP_PRIOR and typed > 1 else NAMED
        score = likeness + prior * self._likely[number] + whole * named + (FAMILY if family else 0.0)
        return Found(number, likeness, score - self._handicap[row])

    def _glued(self, words: Sequence[str]) -> list[Found]:
        """An initial written onto a word: "dpearson", "kyleb"."""
        if len(words) != 1 or len(words[0]) < 4:
            return []
        word, starting, same = words[0], self._vocabulary.starting, self._vocabulary.same
        found = self._ranked((word[0], word[1:]), [starting(word[0]), same(word[1:])], PRIOR)
        found += self._ranked((word[:-1], word[-1]), [same(word[:-1]), starting(word[-1])], PRIOR)
        return [one for one in found if one.likeness > 0.9]

    def _alike(self, words: Sequence[str]) -> list[Found]:
        """Names alike as a whole, where a space was lost or moved."""
        squashed = "".join(words)
        most = min(4, len(squashed) // 3)
        if len(squashed) < 5:
            return []
        near = process.extract(squashed, self._squashed, scorer=OSA.distance, score_cutoff=most, limit=12)
        figures = digits(squashed)
        found = []
        for meant, distance, row in near:
            likeness = 1 - distance / max(len(squashed), len(meant))
            if self._kinds[row] and distance > len(squashed) // 5:
                continue  # "silverstone" is not the silver spoon
            if distance > 1:
                likeness -= WHOLE_DOUBT * (1 - self._likely[self._holders[row]])
            if digits(meant) != figures:
                likeness -= OTHER_NUMBER
            found.append(self._found(row, likeness, self._sizes[row], family=True, prior=SLIP_PRIOR))
        return found


def _rows(names: Sequence[Spelled]) -> Iterator[tuple[int, str, int]]:
    """(number, text, OWN or NICKNAMED or POOLED) of every distinct spelling of every name, the canonical one first.

    A pooled row holds all words of a name and its nicknames, for those who mix them: "smoke stewart".
    """
    for number, name in enumerate(names):
        own = dict.fromkeys(name.spellings)
        nicknames = [text for text in dict.fromkeys(name.nicknames) if text not in own]
        for place, text in enumerate(own):
            yield number, text, NICKNAMED if place else OWN
        for text in nicknames:
            yield number, text, NICKNAMED
        if nicknames or len(own) > 1:
            yield number, " ".join(dict.fromkeys(" ".join((*own, *nicknames)).split())), POOLED


def _family_name(words: Sequence[str]) -> int:
    """Where the family name stands: the last word that is no suffix."""
    place = len(words) - 1
    while place > 0 and words[place] in SUFFIXES:
        place -= 1
    return place
