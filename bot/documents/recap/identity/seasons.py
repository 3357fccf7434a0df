"""The season that a text says its race belongs to: "the 2019 Cup Series season", "his second win of 2025"."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.documents.recap.identity.phrase_table import PhraseTable, is_year
from bot.documents.recap.identity.race_choice import ReportSentence
from bot.language.words import Word, words

__all__ = ["find_season", "likely_season"]

# The year of a race: in front of its series, season or playoffs, or behind the count of what somebody won in it.
_SEASON_PHRASES = {
    "season": [
        "{year} {any}? {any}? {any}? {any}? season|series|schedule|campaign|playoffs|championship",
        "{year} {any}? {any}? {any}? events|races|tour|circuit|slate|calendar",
        "race|event|round of the {year}",
        "round|race {any} of the {year}",
    ],
    "day": ["{month} {number} {year}", "{month} {ordinal} {year}"],
    "count": [
        "win|victory|triumph|wins|victories|race|races|pole|start of {year}",
        "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|{number}|{ordinal} of {year}",
    ],
}
# In front of a year, it is another season with which this one is compared: "its first win since the 2007 season".
_COMPARED = frozenset({"since", "dating", "until", "before", "from", "after", "back"})
WORDS_COMPARED = 6
# In front of a year, it is that of what somebody did once: "whose first win was at Elm on April 6, 1986".
_ONCE = frozenset({"whose", "born", "debut", "debuted", "died"})
WORDS_OF_ONCE = 12
LEAD_PARAGRAPHS = 3
_PHRASES = PhraseTable(_SEASON_PHRASES)


def likely_season(paragraphs: Sequence[Sequence[str]]) -> int | None:
    """The season of the sentences of a text, by the years that they give to one; None where none is told more often.

    It is what sentences are compared with before one knows which of them speak of another year. The first paragraphs
    count three times: the later ones speak of next season.
    """
    counts: Counter[int] = Counter()
    for number, sentences in enumerate(paragraphs):
        for text in sentences:
            for year, _ in _years(tuple(words(text))):
                counts[year] += 3 if number < LEAD_PARAGRAPHS else 1
    common = counts.most_common(2)
    if not common or (len(common) > 1 and common[0][1] == common[1][1]):
        return None
    return common[0][0]


def find_season(sentences: Sequence[ReportSentence], race_sentences: Iterable[int]) -> tuple[int, int] | None:
    """(line, year) of the season that the sentences about this race give; None where they differ or give none."""
    of_race = frozenset(race_sentences)
    found: dict[int, int] = {}
    sure: dict[int, int] = {}
    for number, sentence in enumerate(sentences):
        for year, word in _years(tuple(words(sentence.text))):
            if sentence.scoped.is_of_race(word.start, word.end):
                found.setdefault(year, sentence.line)
                if number in of_race:
                    sure.setdefault(year, sentence.line)
    for years in (sure, found):
        if len(years) == 1:
            year, line = next(iter(years.items()))
            return line, year
    return None


def _years(told: Sequence[Word]) -> list[tuple[int, Word]]:
    """Each year that a season is told by, with its word."""
    numbers = {
        number for one in _PHRASES.find(told) for number in range(one.first, one.end) if is_year(told[number].folded)
    }
    own = (
        number
        for number in sorted(numbers)
        if _COMPARED.isdisjoint(word.folded for word in told[max(0, number - WORDS_COMPARED) : number])
        and _ONCE.isdisjoint(word.folded for word in told[max(0, number - WORDS_OF_ONCE) : number])
    )
    return [(int(told[number].folded), told[number]) for number in own]
