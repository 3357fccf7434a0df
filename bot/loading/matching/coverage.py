"""Which races histories hold whole: a story that fits none of them there is not proved to tell of a new race.

A report that says little fits nothing, and would found a race of its own beside the one it tells of. So it founds one
only where a history cannot hold its race: of a series or a season that none has, of the newest season as long as that
has fewer races than the one before, with a later round, at a track where none was run in that season, or of an
exhibition, which histories leave out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.documents.model import RaceIdentity
from bot.loading.matching.agreement import season_of
from bot.loading.matching.win_counts import RaceDocument
from bot.loading.matching.words import race_name_words, same_track
from bot.racing.race_key import RaceKey

__all__ = ["HistoryCoverage"]


class HistoryCoverage:
    """The seasons and rounds that histories hold, by series, and where their `races` were run."""

    def __init__(self, races: Mapping[str, Sequence[RaceDocument]]) -> None:
        self._last_rounds: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._races: defaultdict[tuple[str, int], list[RaceDocument]] = defaultdict(list)
        for text, documents in races.items():
            key = RaceKey.parse(text)
            rounds = self._last_rounds[key.series]
            rounds[key.season] = max(key.round, rounds.get(key.season, 0))
            self._races[key.series, key.season] += documents

    def may_hold(self, identity: RaceIdentity) -> bool:
        """Whether the race that a story tells of may be one of a history, as far as the story says."""
        if identity.name and race_name_words(identity.name).events:
            return False
        series = [identity.series] if identity.series else sorted(self._last_rounds)
        return any(self._holds(one, season_of(identity), identity) for one in series if one in self._last_rounds)

    def _holds(self, series: str, season: int | None, identity: RaceIdentity) -> bool:
        rounds = self._last_rounds[series]
        if season is None:
            return True  # it may be any of them
        if season not in rounds:
            return False
        if identity.round:
            return identity.round <= rounds[season]
        is_newest = season == max(rounds)
        says_enough = bool(identity.winner and (identity.name or identity.track))
        if is_newest and says_enough and rounds[season] < rounds.get(season - 1, 0):
            return False
        return not (identity.winner and identity.name and identity.track) or self._is_track_of(series, season, identity)

    def _is_track_of(self, series: str, season: int, identity: RaceIdentity) -> bool:
        """Whether the track of a story may be one where a race of a season was run."""
        tracks = {one.identity.track for one in self._races[series, season] if one.identity.track}
        return any(same_track(identity.track or "", track) is not False for track in tracks)
