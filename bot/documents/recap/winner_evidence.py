"""Evidence of who won, over a whole report: a second opinion on the winner that its sentences state.

A telling reads one sentence. Whom a report treats as the winner stands all over it: he is named first where a win is
spoken of, it is his victory, he beats others, and no place further back is his. Each kind of such evidence has a weight
(`winner_evidence.toml`), fitted on labelled reports by `benchmarks.winner_fit`; the shares of all people and of "nobody
for sure" come to 1, as in a log-linear model.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from bot.documents.recap.results.orders import Placing
from bot.documents.recap.words.marked_sentences import MarkedSentence
from bot.documents.recap.words.people import is_somebody
from bot.documents.recap.words.text_names import TextNames
from bot.language.fold import fold
from bot.racing.sessions import RACE_SESSION

__all__ = [
    "NOBODY", "ReportSentences", "evidence_by_person", "shares_of", "winner_shares", "without_doubtful_winner",
]  # fmt: skip

NOBODY = "nobody"  # the kind of evidence of no winner for sure
# A stated winner with a smaller share than the first is none where somebody has the second. Of 176 winners that
# sentences stated in labelled reports that takes out 4 of 6 wrong ones and 5 of 168 right ones (cross-validated: each
# report weighed by what was fitted on the others).
LEAST_SHARE, RIVAL_SHARE = 0.1, 0.3
LEAD_SENTENCES, FEWEST_SENTENCES = 4, 6
MOST_OF_A_KIND = 3  # a report that says it ten times is no surer than one that says it three times
OWNED_WITHIN, GIVEN_WITHIN, PLACE_WITHIN, COUNTED_WITHIN = 6, 3, 2, 4  # words between a person and a win, or a place
HALF = 0.5
OPENING_WINS = frozenset(["wins head", "wins lead"])  # a report that opens with a win says enough by itself
KINDS_OF_SHARE = ("named", "first", "wins", "victory", "owner", "given")


@dataclass(frozen=True, slots=True)
class ReportSentences:
    """The marked sentences of a report: its headings, and the others in order."""

    headings: Sequence[MarkedSentence]
    body: Sequence[MarkedSentence]


@dataclass(frozen=True, slots=True)
class _Lists:
    doubt: tuple[str, ...]
    beats: tuple[str, ...]
    flag: frozenset[str]
    counted: frozenset[str]
    weights: Mapping[str, float]


def winner_shares(sentences: ReportSentences, names: TextNames, season: int | None) -> Mapping[str, float]:
    """How likely each person, by the key of the name, has won, by the report as a whole; `season` is that of the race.

    What is left to 1 is the share of nobody. Whoever wins in a heading or in the first sentences has LEAST_SHARE at any
    rate, and is not doubted. Of a text of few sentences nothing is known: nobody has a share.
    """
    if len(sentences.body) < FEWEST_SENTENCES:
        return {}
    evidence = evidence_by_person(sentences, names, season)
    return {
        key: max(share, LEAST_SHARE if OPENING_WINS & evidence[key].keys() else 0.0)
        for key, share in shares_of(evidence, _lists().weights).items()
    }


def shares_of(evidence: Mapping[str, Mapping[str, int]], weights: Mapping[str, float]) -> Mapping[str, float]:
    """The share of each person under these weights."""
    scores = {
        key: exp(sum(weights.get(kind, 0.0) * count for kind, count in kinds.items()))
        for key, kinds in evidence.items()
    }
    total = sum(scores.values()) + exp(weights.get(NOBODY, 0.0))
    return {key: score / total for key, score in scores.items()}


def without_doubtful_winner(
    order: Sequence[Placing], listed: Sequence[Placing], shares: Mapping[str, float], names: TextNames
) -> tuple[Placing, ...]:
    """The order, without a winner of the race of whom hardly anything else in the report says so, but of another.

    A list of results is believed whatever the rest says, and a sentence where the rest says little.
    """
    if max(shares.values(), default=0.0) < RIVAL_SHARE:
        return tuple(order)
    return tuple(
        one
        for one in order
        if one.session != RACE_SESSION
        or one.position > 1
        or one in listed
        or shares.get(names.key(one.driver), 0.0) >= LEAST_SHARE
    )


def evidence_by_person(
    sentences: ReportSentences, names: TextNames, season: int | None
) -> Mapping[str, Mapping[str, int]]:
    """How often each kind of evidence speaks for each person, by the key of the name."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for number, sentence in enumerate((*sentences.headings, *sentences.body)):
        at = number - len(sentences.headings)
        where = "head" if at < 0 else "lead" if at < LEAD_SENTENCES else "body"
        for key, kind in _evidence(sentence, names, season, where):
            found[key][kind] += 1
    totals: Counter[str] = Counter()
    for kinds in found.values():
        for kind, count in kinds.items():
            if not kind.endswith("aside"):
                totals[kind.split()[0]] += count
    return {key: {**_capped(kinds), **_most(kinds, totals)} for key, kinds in found.items()}


def _capped(kinds: Counter[str]) -> dict[str, int]:
    return {kind: min(count, MOST_OF_A_KIND) for kind, count in kinds.items()}


def _most(kinds: Counter[str], totals: Counter[str]) -> dict[str, int]:
    """Of which kinds somebody has most, and of which all there is."""
    found: dict[str, int] = {}
    for base in KINDS_OF_SHARE:
        own = sum(count for kind, count in kinds.items() if kind.split()[0] == base and not kind.endswith("aside"))
        if own > HALF * totals[base]:
            found[f"most {base}"] = 1
            found[f"all {base}"] = int(own == totals[base])
    return found


def _evidence(sentence: MarkedSentence, names: TextNames, season: int | None, where: str) -> Iterator[tuple[str, str]]:
    """(key of a person, kind of evidence) of one sentence."""
    words = sentence.text.words
    people = [
        (place, names.key(word.text))
        for place, word in enumerate(words)
        if word.has("name") and is_somebody(words, place)
    ]
    for _, key in people:
        yield key, f"named {where}"
    yield from _further_back(sentence, people, names)
    folded = f" {fold(sentence.text.text)} "
    if people and any(f" {one} " in folded for one in _lists().beats):
        yield people[0][1], "beats"
        for _, key in people[1:]:
            yield key, "beaten"
    wins = tuple(_wins(sentence))
    if not wins:
        return
    zone = f"{where} aside" if _is_aside(sentence, folded, season) else where
    if people:
        yield people[0][1], f"first {zone}"
    for place, kind in wins:
        for name in sentence.people.subjects(place):
            yield names.key(name), f"{kind} {zone}"
        yield from ((key, f"{how} {zone}") for key, how in _owners(sentence, place, people, names))


def _wins(sentence: MarkedSentence) -> Iterator[tuple[int, str]]:
    """Where a win is spoken of, and whether as a deed ("wins") or as a thing ("victory")."""
    flag = _lists().flag
    for place, word in enumerate(sentence.text.words):
        if sentence.text.has(place, "wins", "wins_alone") or word.folded in flag:
            yield place, "wins"
        elif sentence.text.has(place, "victory") or word.folded in {"winner", "winners"}:
            yield place, "victory"


def _owners(
    sentence: MarkedSentence, place: int, people: Sequence[tuple[int, str]], names: TextNames
) -> Iterator[tuple[str, str]]:
    """Whose win it is: "Falk's third win", "his first victory", "a win for Falk", "race winner Falk"."""
    words = sentence.text.words
    for at, key in people:
        if 0 < place - at < OWNED_WITHIN and words[at + 1].has("owner"):
            yield key, "owner"
        between = [word.folded for word in words[place + 1 : at]] if 0 < at - place <= GIVEN_WITHIN else None
        if between is not None and (set(between) <= {",", "race"} or between[-1] in {"for", "by"}):
            yield key, "given"
    for at, name in sentence.people.owners.items():
        if 0 < place - at <= OWNED_WITHIN:
            yield names.key(name), "owner"


def _further_back(
    sentence: MarkedSentence, people: Sequence[tuple[int, str]], names: TextNames
) -> Iterator[tuple[str, str]]:
    """Who has a place that is not the first, or stands beside one."""
    words, text = sentence.text.words, sentence.text
    for place, word in enumerate(words):
        behind = range(place + 1, min(len(words), place + COUNTED_WITHIN))
        is_count = any(text.has(at, "victory") or words[at].folded in _lists().counted for at in behind)
        is_place = word.has("place") and (word.value or 0) > 1 and not is_count  # “his third win” is no third place
        if is_place:
            yield from ((names.key(name), "placed") for name in sentence.people.subjects(place))
        if is_place or word.has("runner_up"):
            yield from ((key, "placed") for at, key in people if abs(at - place) <= PLACE_WITHIN)


def _is_aside(sentence: MarkedSentence, folded: str, season: int | None) -> bool:
    """Whether a sentence about a win need not speak of the win of this race."""
    words = sentence.text.words
    if any(word.has("stage", "stage_like", "stage_break") for word in words):
        return True
    years = [int(word.value or 0) for word in words if word.has("year")]
    return any(year != season for year in years) or any(f" {one} " in folded for one in _lists().doubt)


@cache
def _lists() -> _Lists:
    table = tomllib.loads(files(__package__).joinpath("winner_evidence.toml").read_text(encoding="utf-8"))
    return _Lists(
        tuple(fold(one) for one in table["doubt"]),
        tuple(fold(one) for one in table["beats"]),
        frozenset(table["flag"]),
        frozenset(table["counted"]),
        table["weights"],
    )
