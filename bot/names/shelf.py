"""The names of one kind, set up for searching: typed words go in, ranked names come out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.names.fold import squash
from bot.names.vocabulary import Vocabulary

__all__ = ["Found", "Shelf"]

ROWS = 320  # names looked at for one word: keeps the worst query under a millisecond or two
PRIOR = 0.20  # weight of likelihood beside likeness
WHOLE = 0.97  # a likeness above which nothing has to be read as a slip
SPELLING = 0.02  # what a match by nickname or other spelling gives away to one by the name
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})

Quality = dict[int, float]


@dataclass(frozen=True, slots=True)
class Found:
    """One name found: its number on the shelf, how like it is to what was typed (0 to 1), and its rank's score."""

    number: int
    likeness: float
    score: float


class Shelf:
    """Names numbered from the most likely to the least, each with its spellings. Never changed once built."""

    __slots__ = ("_exact", "_families", "_holders", "_likely", "_postings", "_rows", "_squashed", "_vocabulary")

    def __init__(self, names: Sequence[Sequence[str]], likely: Sequence[float], *, people: bool) -> None:
        """`names` are the folded spellings of each name, the canonical one first; `people` have family names."""
        rows = [(number, text) for number, texts in enumerate(names) for text in dict.fromkeys(texts)]
        counts: Counter[str] = Counter()
        for _, text in rows:
            counts.update(set(text.split()))
        self._vocabulary = Vocabulary(counts, len(rows))
        self._likely = tuple(likely)
        self._holders = tuple(number for number, _ in rows)
        self._rows = tuple(self._vocabulary.numbers(text.split()) for _, text in rows)
        postings: defaultdict[int, list[int]] = defaultdict(list)
        exact: defaultdict[str, list[int]] = defaultdict(list)
        for row, (number, text) in enumerate(rows):
            for word in set(self._rows[row]):
                postings[word].append(row)
            if number not in exact[text]:
                exact[text].append(number)
        self._postings = tuple(tuple(postings[word]) for word in range(len(self._vocabulary.words)))
        self._exact = {text: tuple(numbers) for text, numbers in exact.items()}
        self._squashed = tuple(squash(text) for _, text in rows)
        self._families = _family_names(rows) if people else ()

    def exact(self, folded: str) -> tuple[int, ...]:
        """The names that have exactly this spelling, most likely first."""
        return self._exact.get(folded, ())

    def rank(self, words: Sequence[str], *, limit: int, slips: bool = True) -> list[Found]:
        """The names that `words` may mean, best first; `slips` says whether words may be mistyped."""
        found = self._ranked(words, [self._plain(word) for word in words])
        if slips and (not found or found[0].likeness < WHOLE):
            found += self._ranked(words, [self._plain(word) | self._vocabulary.near(word) for word in words])
            found += self._glued(words)
            found += self._alike(squash(" ".join(words)))
        best: dict[int, Found] = {}
        for one in found:
            if one.number not in best or best[one.number].score < one.score:
                best[one.number] = one
        return nsmallest(limit, best.values(), key=lambda one: (-one.score, one.number))

    def _plain(self, word: str) -> Quality:
        return self._vocabulary.starting(word) | self._vocabulary.same(word)

    def _ranked(self, words: Sequence[str], qualities: Sequence[Quality]) -> list[Found]:
        weights = [self._vocabulary.weight(word) for word in words]
        total = sum(weights)
        found = []
        for row in self._candidates(qualities):
            likeness = self._likeness(row, words, qualities, weights, total)
            if likeness > 0.3:
                found.append(self._found(row, likeness))
        return found

    def _candidates(self, qualities: Sequence[Quality]) -> Iterable[int]:
        """Rows worth a look: those of the rarest word first, the likeliest of them where they are many."""
        rows: set[int] = set()
        for quality in sorted((one for one in qualities if one), key=self._size):
            if len(quality) * 2 > ROWS:
                heads = [row for word in quality for row in self._postings[word][:2]]
                rows.update(nsmallest(ROWS, heads))
            else:
                room = max(4, ROWS // len(quality))
                for word in quality:
                    rows.update(self._postings[word][:room] if quality[word] < 1 else self._postings[word][:ROWS])
            if len(rows) >= ROWS:
                break
        return rows

    def _size(self, quality: Quality) -> int:
        return sum(len(self._postings[word]) for word in quality) if len(quality) < ROWS else 10 * ROWS

    def _likeness(
        self, row: int, words: Sequence[str], qualities: Sequence[Quality], weights: Sequence[float], total: float
    ) -> float:
        """How much of what was typed the name explains, and a little for how much of the name was typed."""
        own = self._rows[row]
        vocabulary = self._vocabulary
        explained = 0.0
        used = 0
        for quality, weight in zip(qualities, weights, strict=True):
            best, at = 0.0, -1
            for place, word in enumerate(own):
                if not used >> place & 1 and quality.get(word, 0.0) > best:
                    best, at = quality[word], place
            if at >= 0:
                used |= 1 << at
                explained += best * weight
        typed = named = 0.0
        for place, word in enumerate(own):
            named += vocabulary.weights[word]
            if used >> place & 1:
                typed += vocabulary.weights[word]
        family = 0.0
        if self._families and used >> self._families[row] & 1:
            family = 0.02
        return explained / total * 0.90 + 0.08 * typed / (named or 1) + family if total else 0.0

    def _found(self, row: int, likeness: float) -> Found:
        number = self._holders[row]
        first = row == 0 or self._holders[row - 1] != number
        score = likeness + PRIOR * self._likely[number] - (0 if first else SPELLING)
        return Found(number, likeness, score)

    def _glued(self, words: Sequence[str]) -> list[Found]:
        """An initial written onto a word: "dpearson", "pearsond"."""
        if len(words) != 1 or len(words[0]) < 4:
            return []
        word = words[0]
        found: list[Found] = []
        for initial, rest in ((word[0], word[1:]), (word[-1], word[:-1])):
            if self._vocabulary.same(rest):
                pair = (initial, rest)
                found += self._ranked(pair, [self._vocabulary.starting(initial), self._vocabulary.same(rest)])
        return [one for one in found if one.likeness > 0.85]

    def _alike(self, squashed: str) -> list[Found]:
        """Names alike as a whole, where a space was lost or moved."""
        most = min(4, len(squashed) // 4)
        near = process.extract(squashed, self._squashed, scorer=OSA.distance, score_cutoff=most, limit=12)
        return [
            self._found(row, (1 - distance / max(len(squashed), len(meant))) * (1 if distance else 1.0))
            for meant, distance, row in near
        ]


def _family_names(rows: Iterable[tuple[int, str]]) -> tuple[int, ...]:
    """Where in each row the family name stands: the last word that is no suffix."""
    places = []
    for _, text in rows:
        words = text.split()
        place = len(words) - 1
        while place > 0 and words[place] in SUFFIXES:
            place -= 1
        places.append(place)
    return tuple(places)
