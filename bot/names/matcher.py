"""The names of one kind, set up for searching: typed words go in, ranked names come out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nsmallest

from bot.names.name_rows import SUFFIXES, NameForms
from bot.names.nobody import is_everyday_word
from bot.names.row_scores import PRIOR_WEIGHT, TYPO_PRIOR_WEIGHT, WHOLE_WORDS_LIKENESS, NameHit, RowScorer, WordFits

__all__ = ["PRIOR_WEIGHT", "NameHit", "NameMatcher"]

COMPLETE_WORD_LEAD = (
    0.05  # for each of three letters after the second: "johns" is Johns before it is the beginning of Johnson
)
MIN_WHOLE_WORD = 5  # letters from which an everyday word is a word by itself and not the beginning of a name
STRANGER_LIKENESS = 0.5  # likeness of a name to somebody who is called otherwise
MAX_TYPO_WORDS = 4  # beyond that, words that are names are not looked at as slips of other names: time is short


class NameMatcher:
    """Names numbered from the most likely to the least. Never changed once built."""

    __slots__ = ("_beginnings", "_people", "_scorer", "_vocabulary")

    def __init__(self, names: Sequence[NameForms], *, people: bool) -> None:
        """`people` have family names."""
        self._scorer = RowScorer(names, people=people)
        self._vocabulary = self._scorer.vocabulary
        self._people = people
        self._beginnings: dict[tuple[str, int], tuple[NameHit, ...]] = {}

    def likelihood(self, number: int) -> float:
        """How likely this name is meant before anything is typed."""
        return self._scorer.likelihood(number)

    def rank(self, words: Sequence[str], *, limit: int) -> list[NameHit]:
        """The names that `words` may mean, best first. Slips of the keys are only looked for where words stay open."""
        if len(words) == 1 and len(words[0]) == 1 and words[0].isascii():
            return list(self._rank_beginning(words[0], limit))
        return self._rank(words, limit)

    def _rank_beginning(self, letter: str, limit: int) -> tuple[NameHit, ...]:
        """The names that a single letter may mean, looked for once: it begins a tenth of all, and all type one."""
        if (letter, limit) not in self._beginnings:
            self._beginnings[letter, limit] = tuple(self._rank((letter,), limit))
        return self._beginnings[letter, limit]

    def _rank(self, words: Sequence[str], limit: int) -> list[NameHit]:
        if not words or self._is_another_word(words):
            return []
        best: dict[int, NameHit] = {}
        are_names = self._are_real_names(words)
        for hits in self._interpretations(words, are_names=are_names):
            for hit in hits:
                previous_hit = best.get(hit.number)
                if previous_hit is None or previous_hit.score < hit.score:
                    best[hit.number] = hit
            if any(one.likeness >= WHOLE_WORDS_LIKENESS for one in best.values()):
                break
            if are_names:
                return self._strangers(words, best, limit)
            if all(map(is_everyday_word, words)):
                break
        return nsmallest(limit, best.values(), key=lambda one: (-one.score, one.number))

    def _is_another_word(self, words: Sequence[str]) -> bool:
        """Whether a single word is one of everyday English, whole and in no name: "apple" begins no Appleton."""
        word = words[0]
        return (
            len(words) == 1
            and len(word) >= MIN_WHOLE_WORD
            and is_everyday_word(word)
            and not self._vocabulary.exact_fit(word)
        )

    def _are_real_names(self, words: Sequence[str]) -> bool:
        """Whether each of these is a real name as it stands: "bill leclerc" is no slip in the name of somebody else."""
        if not self._people or len(words) < 2:
            return False
        fits = [self._vocabulary.exact_fit(word) for word in words if len(word) > 1 and word not in SUFFIXES]
        return len(fits) > 1 and all(one and self._scorer.has_plain_words(one) for one in fits)

    def _strangers(self, words: Sequence[str], best: Mapping[int, NameHit], limit: int) -> list[NameHit]:
        """The names nearest to names of other people: only a letter doubled or not still means one of them."""
        fits = [self._vocabulary.exact_fit(word) | self._vocabulary.doubled_letter_fits(word) for word in words]
        respelled = [
            one
            for one in self._scorer.score_words(words, fits, PRIOR_WEIGHT, plain_only=True)
            if one.likeness >= WHOLE_WORDS_LIKENESS
        ]
        strangers = (replace(one, likeness=min(one.likeness, STRANGER_LIKENESS)) for one in best.values())
        return nsmallest(limit, respelled or strangers, key=lambda one: (-one.score, one.number))

    def _interpretations(self, words: Sequence[str], *, are_names: bool) -> Iterator[list[NameHit]]:
        """The hits of ever more generous readings of the same words; who asks stops at the first good one."""
        # 1. Every word is a word of the name or begins one.
        plain_fits = [self._exact_and_prefix_fits(word) for word in words]
        yield self._scorer.score_words(words, plain_fits, PRIOR_WEIGHT, plain_only=are_names)
        # 2. A word that no name has may be a slip; a word that some name has is taken at its word.
        near_fits = [self._vocabulary.typo_fits(word, single_word=len(words) == 1) for word in words]
        strict_fits = [
            plain if self._vocabulary.exact_fit(word) else near | plain
            for plain, near, word in zip(plain_fits, near_fits, words, strict=True)
        ]
        yield [*self._scorer.score_words(words, strict_fits, TYPO_PRIOR_WEIGHT), *self._split_initial(words)]
        # 3. Spaces may be lost, and even a word that some name has may be a slip.
        has_initial = self._people and any(len(word) == 1 for word in words)
        hits = [] if has_initial else self._scorer.similar_wholes(words)
        if len(words) <= MAX_TYPO_WORDS:
            hits += self._scorer.score_words(
                words, [near | plain for plain, near in zip(plain_fits, near_fits, strict=True)], TYPO_PRIOR_WEIGHT
            )
        yield hits

    def _exact_and_prefix_fits(self, word: str) -> WordFits:
        """The word itself and all it begins; a word by itself is, the longer, the less a beginning."""
        same, starting = self._vocabulary.exact_fit(word), self._vocabulary.prefix_fits(word)
        if same and len(word) > 2:
            deduction = COMPLETE_WORD_LEAD * min(3, len(word) - 2)
            starting = {number: fits - deduction for number, fits in starting.items()}
        return starting | same

    def _split_initial(self, words: Sequence[str]) -> list[NameHit]:
        """An initial written onto a word: "dpearson", "kyleb"."""
        if len(words) != 1 or len(words[0]) < 4:
            return []
        word, starting, same = words[0], self._vocabulary.prefix_fits, self._vocabulary.exact_fit
        hits = self._scorer.score_words((word[0], word[1:]), [starting(word[0]), same(word[1:])], PRIOR_WEIGHT)
        hits += self._scorer.score_words((word[:-1], word[-1]), [same(word[:-1]), starting(word[-1])], PRIOR_WEIGHT)
        return [one for one in hits if one.likeness > 0.9]
