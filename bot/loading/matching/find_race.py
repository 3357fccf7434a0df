"""Decision which race a document tells of: one that is founded, one that a person has to choose, or none."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.documents.model import RaceIdentity
from bot.documents.race_signs import NO_SIGNS
from bot.loading.matching.agreement import RaceAgreement, agreement_with, season_of
from bot.loading.matching.signs import WinCount
from bot.loading.matching.words import same_person

__all__ = ["FoundedRaces", "RaceDecision", "find_race"]

CLEAR_LEAD = 2  # of the best race over the next: as much as a track, or the whole of a name over a part of it
# What is enough where only one race of all has it, whether the text must name neither race nor track, and how many
# details have to agree beside it. A winner alone is not enough for a text that names a race or a track: it may be an
# exhibition of the same year.
ENOUGH_ALONE = (
    (("winner", "name"), False, 0),
    (("winner", "track", "series"), False, 0),
    (("track", "time", "series"), False, 0),
    (("winner", "time", "series"), True, 0),
    (("name", "track"), False, 2),
    (("track",), False, 3),
    (("winner", "series"), False, 2),
)
MAX_DETAILED_RACES = 260  # races whose stages, places and rows are looked at: all of a track, or all that one man won
MAX_VAGUE_CHOICES = 12  # races that are worth a question where only a winner or a part of a name agrees
NAMED_SCORE = 4  # of a race that is named: then it is asked for however many races had that name

Details = Callable[[str], Sequence[RaceIdentity]]


class FoundedRaces:
    """Races that tables, pages and histories tell of, by key; a race has an identity for each of them.

    `details` gives the stage winners, the finish and the signs of a race by its key where its identities do not have
    them, `win_count` which win of the winner's it was, `every_race` those of other seasons as well, where `races` are
    only those of some: they are read only when they decide.
    """

    def __init__(
        self,
        races: Mapping[str, Sequence[RaceIdentity]],
        details: Details = lambda _: (),
        win_count: Callable[[str], WinCount | None] = lambda _: None,
        every_race: Callable[[], Mapping[str, Sequence[RaceIdentity]]] | None = None,
    ) -> None:
        self.races, self._details, self._win_count = races, details, win_count
        self._every_race = every_race
        self._by_season: defaultdict[int | None, set[str]] = defaultdict(set)
        for key, identities in races.items():
            for identity in identities:
                self._by_season[season_of(identity)].add(key)

    @cached_property
    def every_race(self) -> Mapping[str, Sequence[RaceIdentity]]:
        """The races of all seasons."""
        return self._every_race() if self._every_race else self.races

    def candidates(self, identity: RaceIdentity) -> Iterable[str]:
        """The races that a document may tell of: those of its season, or all where it says none."""
        season = season_of(identity)
        if season is None:
            return sorted(self.races)
        return sorted(self._by_season.get(season, set()) | self._by_season.get(None, set()))

    def detailed_agreement(self, document: RaceIdentity, key: str, *, despite: str = "") -> RaceAgreement:
        """How far a document agrees with all that is known of a race; `despite` as in `agreement_with`."""
        race = (*(self.races.get(key) or self.every_race[key]), *self._details(key))
        return agreement_with(document, race, self._win_count(key), despite=despite)


@dataclass(frozen=True, slots=True)
class RaceDecision:
    """Which race it is: `key`, by what; or, where that is None, the keys to choose from; none of them is a new race."""

    key: str | None = None
    reasons: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


def find_race(document: RaceIdentity, races: FoundedRaces) -> RaceDecision:
    """Which of the races a document tells of, by all that it says together."""
    agreements = {key: agreement_with(document, races.races[key]) for key in races.candidates(document)}
    possible = {key: one for key, one in agreements.items() if not one.is_excluded and one.score > 0}
    has_details = bool(document.stage_winners or document.finish or document.signs != NO_SIGNS)
    # Without a year the stages and places are asked in any case: the race of that name may be one of another season.
    key = None if has_details and season_of(document) is None else _clear_best(possible)
    if key is None and has_details:
        for one in dict.fromkeys((*_likeliest(possible), *_won_by_counted(document, possible, races))):
            possible[one] = races.detailed_agreement(document, one)
        key = _clear_best(possible)
    key = _only_one(document, possible) if key is None else key
    if key is not None:
        return RaceDecision(key, possible[key].reasons)
    choices = _choices(possible)
    return RaceDecision(choices=choices) if choices else _despite_a_slip(document, races)


def _likeliest(agreements: Mapping[str, RaceAgreement]) -> Sequence[str]:
    """The races whose details are looked at: those that agree best, never only some of those that agree as well."""
    by_score: defaultdict[int, list[str]] = defaultdict(list)
    for key, one in agreements.items():
        by_score[one.score].append(key)
    likeliest: list[str] = []
    for score in sorted(by_score, reverse=True):
        if len(likeliest) + len(by_score[score]) > MAX_DETAILED_RACES:
            break
        likeliest += by_score[score]
    return likeliest


def _won_by_counted(document: RaceIdentity, keys: Iterable[str], races: "FoundedRaces") -> Iterator[str]:
    """The races won by somebody whose wins the text counts, where it does not say who won."""
    names = () if document.winner else tuple(dict.fromkeys(name for _, name in document.signs.wins))
    for key in keys if names else ():
        if any(same_person(name, one.winner) for one in races.races[key] if one.winner for name in names):
            yield key


def _despite_a_slip(document: RaceIdentity, races: FoundedRaces) -> RaceDecision:
    """The only race that has all else a document tells, where its year or its series is another one's.

    A report tells of other years and series in passing, and may be read wrong; the same winner, the same race and the
    same places behind him are those of no other race.
    """
    if not (document.winner and document.finish and (document.name or document.track)):
        return RaceDecision()
    for slip, keys in (("series", races.candidates(document)), ("season", sorted(races.every_race))):
        rough = {key: agreement_with(document, races.every_race[key], despite=slip) for key in keys}
        close = [key for key, one in rough.items() if one.agrees_on(("winner",)) and one.is_named]
        found = {key: races.detailed_agreement(document, key, despite=slip) for key in close[:MAX_DETAILED_RACES]}
        certain = [key for key, one in found.items() if one.is_certain_despite(slip)]
        if len(certain) == 1:
            return RaceDecision(certain[0], found[certain[0]].reasons)
    return RaceDecision()


def _clear_best(agreements: Mapping[str, RaceAgreement]) -> str | None:
    """The one race that is enough and ahead of the others that are; None where there is none."""
    enough = sorted((key for key, one in agreements.items() if one.is_enough), key=lambda key: -agreements[key].score)
    if not enough:
        return None
    best = agreements[enough[0]]
    has_rival = any(one.is_rival for key, one in agreements.items() if key != enough[0])
    if has_rival and not best.has_time and not best.is_told_by_places:
        return None  # somebody has won twice there, and the text does not say when
    lead = agreements[enough[0]].score - agreements[enough[1]].score if len(enough) > 1 else CLEAR_LEAD
    return enough[0] if lead >= CLEAR_LEAD else None


def _only_one(document: RaceIdentity, agreements: Mapping[str, RaceAgreement]) -> str | None:
    """The only race of all that has what a document tells, where that is enough alone; None where there is none."""
    for facts, needs_silence, details in ENOUGH_ALONE:
        if needs_silence and (document.name or document.track):
            continue
        fitting = [key for key, one in agreements.items() if one.agrees_on(facts) and one.details >= details]
        only = agreements[fitting[0]] if len(fitting) == 1 else None
        # A round is often told of another race: "the 21st of the year" was a win of long ago.
        if only is None or only.doubts - {"round"} or only.details < 0:
            continue
        if details:
            return fitting[0]
        # Without a year it may be another race that the winner has won at that track.
        has_rival = any(one.is_rival for key, one in agreements.items() if key != fitting[0])
        if only.has_time if "time" in facts else not only.has_time and not has_rival:
            return fitting[0]
    return None


def _choices(agreements: Mapping[str, RaceAgreement]) -> tuple[str, ...]:
    """The races that a person has to choose from, the likeliest first; none where nothing speaks for any."""
    plausible = [key for key, one in agreements.items() if one.is_plausible or one.is_enough]
    if not plausible:
        return ()
    best = max(agreements[key].score for key in plausible)
    close = [key for key in plausible if agreements[key].score > best - CLEAR_LEAD]
    if best < NAMED_SCORE and len(close) > MAX_VAGUE_CHOICES:
        return ()
    return tuple(sorted(close, key=lambda key: (-agreements[key].score, key)))
