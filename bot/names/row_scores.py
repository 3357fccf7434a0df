"""The rows of text of the names of one kind, and how well each fits typed words."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.fold import squash
from bot.names.name_rows import (
    ALTERNATIVE_ROW,
    CANONICAL_ROW,
    COMBINED_ROW,
    NICKNAME_ROW,
    SUFFIXES,
    NameForms,
    NumberLists,
    family_name_position,
    name_rows,
)
from bot.names.vocabulary import Vocabulary, digits

__all__ = ["PRIOR_WEIGHT", "TYPO_PRIOR_WEIGHT", "WHOLE_WORDS_LIKENESS", "NameHit", "RowScorer", "WordFits"]

# Tuned on half of the development queries; the other half agrees (benchmarks/README.md).
PRIOR_WEIGHT = 0.42  # what being likely is worth where every word fits: a beginning says little by itself
TYPO_PRIOR_WEIGHT = 0.15  # the same where a word is a slip: there the letters count for more
TYPO_COVERAGE_WEIGHT = 0.12  # the same where a word is a slip and others are not: "yztes racing" is all of Yates Racing
COVERAGE_WEIGHT = 0.045  # what typing all of a name is worth, against a part of it
FAMILY_NAME_BONUS = 0.03  # what the family name is worth, against the first name
NICKNAME_PENALTY = 0.04  # what a nickname gives away to a name
NICKNAME_BEGINNING_PENALTY = 0.15  # what the beginning of a nickname gives away to that of a name: "rob" is no robot
NICKNAME_BASE_SHARE = 0.3  # a nickname is a phrase: the share that stands when next to nothing of it was typed
WHOLE_WORDS_LIKENESS = 0.80  # every word is a word of the name or the beginning of one: nothing has to be a slip
TYPO_LIKENESS_BONUS = 0.05  # what being likely is worth where letters do not fit: a slip in a name everybody knows
NUMBER_MISMATCH_PENALTY = 0.08  # what another number takes from a likeness: a 200 is not a 400
SUFFIX_PENALTY = 0.06  # what a suffix nobody typed takes from a full name: the father is meant
SINGLE_TYPO_PENALTY = (
    0.15  # what being unlikely takes from a single word that does not fit: most words are slips of some name
)
MIN_EXPLAINED_SHARE = 0.40  # below this nobody sees a likeness
MAX_ROWS = 160  # rows looked at for one interpretation: keeps the worst question under a few milliseconds
MIN_NUMBER_WEIGHT = 0.6  # how much a number tells at least: a 200 is not a 400, however many there are of each
# What being unlikely takes from a whole name that does not fit: many celebrities are three letters from some driver.
JOINED_TYPO_PENALTY = 0.07
PLAIN_ROWS = (CANONICAL_ROW, ALTERNATIVE_ROW)
INITIAL_WEIGHT = 0.35  # how much a single letter tells, beside a rare word's 1

WordFits = dict[int, float]


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name by its number: how much of what was typed it explains (0 to 1), and its score among the others."""

    number: int
    likeness: float
    score: float


class RowScorer:
    """Rows of names numbered from the most likely to the least, ready to be scored. Never changed once built."""

    __slots__ = (
        "_family",
        "_handicap",
        "_initial_free_kinds",
        "_kinds",
        "_likely",
        "_name_bits",
        "_name_numbers",
        "_name_words",
        "_postings",
        "_rows",
        "_sizes",
        "_squashed",
        "people",
        "vocabulary",
    )  # fmt: skip

    def __init__(self, names: Sequence[NameForms], *, people: bool) -> None:
        """`people` have family names."""
        rows = list(name_rows(names))
        texts = [text for _, text, _ in rows]
        counts: Counter[str] = Counter()
        for _, text, kind in rows:
            if kind != COMBINED_ROW:
                counts.update(set(text.split()))
        self.vocabulary = vocabulary = Vocabulary(counts)
        self.people = people
        self._initial_free_kinds = frozenset((COMBINED_ROW, NICKNAME_ROW) if people else (COMBINED_ROW,))
        # In a combined row the words of the name itself stand first.
        self._name_bits = tuple((1 << len(set(" ".join(name.spellings).split()))) - 1 for name in names)
        # Numbers by the ten thousand are kept as arrays: a tuple has an object for each.
        self._likely = array("d", (name.likelihood for name in names))
        self._name_numbers = array("l", (number for number, _, _ in rows))
        self._kinds = bytes(kind for _, _, kind in rows)
        self._handicap = array("d", (NICKNAME_PENALTY if kind else 0.0 for _, _, kind in rows))
        word_rows = [vocabulary.numbers(text.split()) for text in texts]
        self._rows = NumberLists(word_rows)
        self._name_words = frozenset(
            word for row, kind in zip(word_rows, self._kinds, strict=True) if kind in PLAIN_ROWS for word in row
        )
        self._sizes = array("d", (sum(vocabulary.weights[word] for word in row) for row in word_rows))
        self._squashed = tuple("" if kind == COMBINED_ROW else squash(text) for _, text, kind in rows)
        self._family = array("b", (min(family_name_position(text.split()), 127) if people else -1 for text in texts))
        postings: defaultdict[int, list[int]] = defaultdict(list)
        for row, words in enumerate(word_rows):
            for word in set(words):
                postings[word].append(row)
        self._postings = NumberLists(postings[word] for word in range(len(vocabulary.words)))

    def has_plain_words(self, words: Iterable[int]) -> bool:
        """Whether these words of the vocabulary all stand in real names, not in nicknames alone."""
        return self._name_words.issuperset(words)

    def likelihood(self, number: int) -> float:
        """How likely this name is meant before anything is typed."""
        return self._likely[number]

    def score_words(
        self, words: Sequence[str], word_fits: Sequence[WordFits], prior: float, *, plain_only: bool = False
    ) -> list[NameHit]:
        """The rows that explain enough of the typed words, given what each word fits; `prior` weighs likelihood.

        `plain_only` leaves nicknames out: they explain nothing of words that are all real names.
        """
        if len(words) == 1:
            return self._score_single_word(word_fits[0], prior)
        weights = [self._word_weight(word) for word in words]
        # The word that fits fewest names chooses first: the "p" of "p pardus" must leave Pardus alone.
        required = [len(word) == 1 or word in SUFFIXES for word in words] if self.people else [False] * len(words)
        pairs = sorted(zip(word_fits, weights, required, strict=True), key=lambda pair: self._row_count(pair[0]))
        total = sum(weights)
        skipped_kinds = self._skipped_kinds(words, plain_only=plain_only)
        matched_words = set().union(*word_fits)
        hits = []
        for row in self._candidate_rows(word_fits, MAX_ROWS * 2 // len(words)):
            if self._kinds[row] in skipped_kinds:
                continue
            explained, used = self._explained_weight(row, pairs, matched_words)
            if self._kinds[row] == COMBINED_ROW and not self._is_mixed_name(row, used, explained, total):
                continue
            if explained > MIN_EXPLAINED_SHARE * total:
                typed_weight = sum(
                    self.vocabulary.weights[w] for place, w in enumerate(self._rows[row]) if used >> place & 1
                )
                has_family_name = self._family[row] >= 0 and bool(used >> self._family[row] & 1)
                hit = self._make_hit(row, explained / total, typed_weight, has_family_name, prior)
                hits.append(replace(hit, score=hit.score - SUFFIX_PENALTY) if self._lacks_suffix(row, used) else hit)
        return hits

    def _skipped_kinds(self, words: Sequence[str], *, plain_only: bool) -> frozenset[int]:
        """The kinds of rows that typed words are not looked for in.

        A single letter begins one of the many words of nicknames by chance: "b busch" is no "baby busch".
        """
        if plain_only:
            return frozenset((COMBINED_ROW, NICKNAME_ROW))
        return self._initial_free_kinds if any(len(word) == 1 for word in words) else frozenset()

    def _word_weight(self, word: str) -> float:
        """How much a typed word tells, up to 1."""
        if len(word) == 1 and word.isalpha():
            return INITIAL_WEIGHT
        weight = self.vocabulary.weight(word)
        return max(weight, MIN_NUMBER_WEIGHT) if word.isdigit() else weight

    def _lacks_suffix(self, row: int, used: int) -> bool:
        last = self._rows.length(row) - 1
        return 0 <= self._family[row] < last and not used >> last & 1

    def _score_single_word(self, word_fits: WordFits, prior: float) -> list[NameHit]:
        """The rows of one typed word; where it begins very many words, the likeliest rows of each."""
        has_many_words = len(word_fits) > MAX_ROWS
        allows_typos = prior == TYPO_PRIOR_WEIGHT
        penalty = SINGLE_TYPO_PENALTY if allows_typos else 0.0
        vocabulary = self.vocabulary
        hits = []
        for word, fits in word_fits.items():
            rows = self._postings[word]
            weight = self.vocabulary.weights[word]
            for row in rows[:2] if has_many_words else rows[:MAX_ROWS]:
                if self._kinds[row] == COMBINED_ROW or (
                    self._kinds[row] and allows_typos and len(vocabulary.words[word]) < 5
                ):
                    continue  # four letters with a slip in them are nobody's nickname
                begins_nickname = self._kinds[row] == NICKNAME_ROW and fits < 1
                place = self._family[row]
                is_family_name = place >= 0 and self._rows.at(row, place) == word
                hits.append(
                    self._make_hit(
                        row,
                        fits
                        - penalty * (1 - self._likely[self._name_numbers[row]])
                        - NICKNAME_BEGINNING_PENALTY * begins_nickname,
                        weight,
                        is_family_name,
                        prior,
                    )
                )
        return hits

    def _candidate_rows(self, word_fits: Sequence[WordFits], max_rows: int) -> Iterable[int]:
        """Rows worth a look: those of the rarest words, the likeliest of them where they are many."""
        rows: set[int] = set()
        for quality in sorted((one for one in word_fits if one), key=self._row_count):
            rows_per_word = max(2, max_rows // len(quality))
            new_rows: set[int] = set()
            for word in quality:
                new_rows.update(self._postings[word][: max_rows if quality[word] == 1 else rows_per_word])
            rows.update(new_rows if len(new_rows) <= max_rows else nsmallest(max_rows, new_rows))
            if len(rows) >= max_rows // 2:
                break
        return rows

    def _row_count(self, word_fits: WordFits) -> int:
        """In how many rows the words stand, near enough."""
        return sum(map(self._postings.length, word_fits)) if len(word_fits) < MAX_ROWS else len(self._rows)

    def _explained_weight(
        self, row: int, pairs: Sequence[tuple[WordFits, float, bool]], matched_words: Collection[int]
    ) -> tuple[float, int]:
        """The weight of the typed words that this row explains, and which of its own words were used, as bits.

        `matched_words` are the words that any of the typed ones may be: of most rows it is one or two.
        """
        row_words = [(place, word) for place, word in enumerate(self._rows[row]) if word in matched_words]
        is_suffixed = self._lacks_suffix(row, 0)
        last = self._rows.length(row) - 1
        explained, used = 0.0, 0
        for quality, weight, is_required in pairs:
            best, best_position = 0.0, 0
            for place, word in row_words:
                fits = quality.get(word, 0.0)
                if is_suffixed and place == last and fits < 1:
                    continue  # a suffix is typed whole: the "j" of "J. Earnhardt" is no Jr.
                if fits > best and not used >> place & 1:
                    best, best_position = fits, place
            if best:
                used |= 1 << best_position
                explained += best * weight
            elif is_required:
                return 0.0, 0  # no Richard is "A. Petty", and no Kyle "Petty Jr."
        return explained, used

    def _make_hit(self, row: int, likeness: float, typed_weight: float, has_family_name: bool, prior: float) -> NameHit:
        number = self._name_numbers[row]
        coverage = typed_weight / (self._sizes[row] or 1)
        if likeness < WHOLE_WORDS_LIKENESS or prior == TYPO_PRIOR_WEIGHT:
            likeness = min(1.0, likeness + TYPO_LIKENESS_BONUS * self._likely[number])
            prior = TYPO_PRIOR_WEIGHT
        if self._kinds[row] not in {CANONICAL_ROW, COMBINED_ROW}:
            likeness *= NICKNAME_BASE_SHARE + (1 - NICKNAME_BASE_SHARE) * coverage
        coverage_weight = TYPO_COVERAGE_WEIGHT if prior == TYPO_PRIOR_WEIGHT and typed_weight > 1 else COVERAGE_WEIGHT
        score = (
            likeness
            + prior * self._likely[number]
            + coverage_weight * coverage
            + (FAMILY_NAME_BONUS if has_family_name else 0.0)
        )
        return NameHit(number, likeness, score - self._handicap[row])

    def similar_wholes(self, words: Sequence[str]) -> list[NameHit]:
        """Names alike as a whole, where a space was lost or moved."""
        squashed = "".join(words)
        max_distance = min(4, len(squashed) // 3)
        if len(squashed) < 5:
            return []
        near = process.extract(squashed, self._squashed, scorer=OSA.distance, score_cutoff=max_distance, limit=12)
        query_digits = digits(squashed)
        hits = []
        for name, distance, row in near:
            likeness = 1 - distance / max(len(squashed), len(name))
            if self._kinds[row] and distance > len(squashed) // 5:
                continue  # "silverstone" is not the silver spoon
            if distance > 1:
                likeness -= JOINED_TYPO_PENALTY * (1 - self._likely[self._name_numbers[row]])
            if digits(name) != query_digits:
                likeness -= NUMBER_MISMATCH_PENALTY
            hits.append(self._make_hit(row, likeness, self._sizes[row], has_family_name=True, prior=TYPO_PRIOR_WEIGHT))
        return hits

    def _is_mixed_name(self, row: int, used: int, explained: float, total: float) -> bool:
        """Whether the name itself is mixed with a nickname ("smoke stewart"), whole words of it where it is a person's.

        Words of several nicknames alone are nobody: "road america" is no mixture of Junior Johnson's.
        """
        return bool(used & self._name_bits[self._name_numbers[row]]) and not (self.people and explained < total)
