"""Decision which race a document tells of: one that is founded, one that a person has to choose, or none."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.model import RaceIdentity
from bot.loading.matching.agreement import PLAUSIBLE, RaceAgreement, agreement_with, season_of

__all__ = ["FoundedRaces", "RaceDecision", "find_race"]

CLEAR_LEAD = 2  # of the best race over the next: as much as a track, or the whole of a name over a part of it
# What is enough where only one race of all has it, and whether the text must name neither race nor track.
ENOUGH_ALONE = (
    (("winner", "name"), False),
    (("winner", "track", "series"), False),
    (("track", "time", "series"), False),
    (("winner", "time", "series"), True),
)
MAX_DETAILED_RACES = 60  # races of which the stages and places are looked at: more than a season has
MAX_VAGUE_CHOICES = 12  # races that are worth a question where only a winner or a part of a name agrees
NAMED_SCORE = 4  # of a race that is named: then it is asked for however many races had that name

Details = Callable[[str], Sequence[RaceIdentity]]


class FoundedRaces:
    """Races that tables, pages and histories tell of, by key; a race has an identity for each of them.

    `details` gives the stage winners and the finish of a race by its key where its identities do not have them: they
    are read only when they decide.
    """

    def __init__(self, races: Mapping[str, Sequence[RaceIdentity]], details: Details = lambda _: ()) -> None:
        self.races, self._details = races, details
        self._by_season: defaultdict[int | None, set[str]] = defaultdict(set)
        for key, identities in races.items():
            for identity in identities:
                self._by_season[season_of(identity)].add(key)

    def candidates(self, identity: RaceIdentity) -> Iterable[str]:
        """The races that a document may tell of: those of its season, or all where it says none."""
        season = season_of(identity)
        if season is None:
            return sorted(self.races)
        return sorted(self._by_season.get(season, set()) | self._by_season.get(None, set()))

    def with_details(self, key: str) -> Sequence[RaceIdentity]:
        """The identities of a race with all that is known of its stages and its finish."""
        return (*self.races[key], *self._details(key))


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
    has_details = bool(document.stage_winners or document.finish)
    # Without a year the stages and places are asked in any case: the race of that name may be one of another season.
    key = None if has_details and season_of(document) is None else _clear_best(possible)
    if key is None and has_details:
        likeliest = sorted(possible, key=lambda one: (-possible[one].score, one))[:MAX_DETAILED_RACES]
        for one in likeliest:
            if possible[one].score >= PLAUSIBLE:
                possible[one] = agreement_with(document, races.with_details(one))
        key = _clear_best(possible)
    key = _only_one(document, possible) if key is None else key
    if key is not None:
        return RaceDecision(key, possible[key].reasons)
    return RaceDecision(choices=_choices(possible))


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
    """The only race of all that has what a document tells, where that is enough alone; None where there is none.

    A winner alone is not enough for a text that names a race or a track: it may be an exhibition of the same year.
    """
    for facts, needs_silence in ENOUGH_ALONE:
        if needs_silence and (document.name or document.track):
            continue
        fitting = [key for key, one in agreements.items() if one.agrees_on(facts)]
        only = agreements[fitting[0]] if len(fitting) == 1 else None
        if only is None or only.doubts or only.details < 0 or ("time" not in facts and only.has_time):
            continue
        # Without a year it may be another race that the winner has won at that track.
        if only.has_time or not any(one.is_rival for key, one in agreements.items() if key != fitting[0]):
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
