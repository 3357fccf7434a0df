"""Agreement of a document with a race: what both say of it, and how far that is enough for one race.

Weights and limits were set on ten thousand identities drawn from the history of three series and on recaps of real
races (`benchmarks/joins.py`): as few asked as go with none joined to a wrong race.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.documents.model import RaceIdentity
from bot.loading.matching.signs import SignAgreement, WinCount, sign_agreements
from bot.loading.matching.words import place_words, race_name_words, same_person, same_track

__all__ = ["PLAUSIBLE", "RaceAgreement", "agreement_with", "is_another_race", "season_of"]

STORY_APPEARS_WITHIN = timedelta(days=10)  # a recap or a points article is out within days of its race
SAME_WEEKEND = timedelta(days=7)  # a race that rain moved is dated by both days; two races of a series are weeks apart
ENOUGH, PLAUSIBLE = 5, 3
WEIGHTS = {
    "name": 4, "name by its place": 3, "part of the name": 2, "winner": 3, "track": 2, "date": 3,
    "day it appeared": 3, "round": 2, "season": 1, "year it appeared": 1, "series": 1, "stage winners": 2, "finish": 1,
}  # fmt: skip
ANOTHER_DAY, ANOTHER_ROUND, ANOTHER_STAGE_WINNER, ANOTHER_FINISH = -3, -1, -3, -1
TIME_AND_SERIES = frozenset({"season", "year it appeared", "series"})
MIN_OTHER_REASONS = 2  # beside these, where the name does not agree
MAX_FINISH_PLACES = 7  # places behind the winner that count; a list of all forty proves no more than the first
MIN_DETAILS = 2  # stage winners and places that together stand over another winner or another name
MORE_WITHOUT_WINNER = 2  # stage winners, places and signs that stand in for the winner
MIN_PLACES = 3  # places and stage winners that tell a race with its winner alone: no two races have all of them


@dataclass(frozen=True, slots=True)
class RaceAgreement:
    """What speaks for one race (`reasons`, as people read them), what against it (`doubts`), and all of it weighed.

    `details` counts stage winners, places and signs that agree, less those that do not. `is_excluded` says that it
    cannot be this race.
    """

    reasons: tuple[str, ...] = ()
    doubts: frozenset[str] = frozenset()
    score: int = 0
    details: int = 0
    is_excluded: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether the document tells of this race, if no other fits as well."""
        if self.is_excluded or self.score < ENOUGH:
            return False
        if self.details < MIN_DETAILS:
            # A day and a track may stand over one slip, of the name or of the winner, and not over two.
            if "name" in self.doubts and not self._has_all("date", "track", "winner"):
                return False
            if "winner" in self.doubts and not self._has_all("date", "track", "name"):
                return False
        # A winner alone may have won an exhibition in that year too, of which nothing here knows.
        if "name" not in self.reasons and len({*self.reasons} - TIME_AND_SERIES) < MIN_OTHER_REASONS:
            return False
        if self.has_time:
            return True
        # Without a year a race of another season may be meant, which is perhaps not here.
        has_more = bool({"track", "stage winners"} & {*self.reasons})
        return self.is_told_by_places or (self._has_all("name", "winner") and self.details >= 0 and has_more)

    @property
    def is_told_by_places(self) -> bool:
        """Whether the winner and those behind him make it this race, whatever the year: there is no other like it.

        Where a text does not say who won, more places and signs have to.
        """
        more = 0 if "winner" in self.reasons else MORE_WITHOUT_WINNER
        if "winner" in self.doubts:
            return False
        return self.details >= more + (MIN_DETAILS if self.is_named else MIN_PLACES)

    @property
    def is_named(self) -> bool:
        """Whether its name or its track agrees."""
        return bool({"track", "name"} & {*self.reasons})

    def is_certain_despite(self, slip: str) -> bool:
        """Whether nothing but a slip of the season or the series speaks against it, and all else for it."""
        if self.is_excluded or self.doubts - {slip, "date", "day it appeared"} or not self._has_all("winner"):
            return False
        if slip == "series":
            return self.details >= 1 and self.has_time and self._has_all("name", "track")
        return self.details >= MIN_PLACES and self.is_named

    @property
    def is_rival(self) -> bool:
        """Whether a text without a year may tell of this race as well: the same winner at the same track."""
        return self._has_all("winner", "track") and self.details >= 0 and "name" not in self.doubts

    @property
    def is_plausible(self) -> bool:
        """Whether the document may tell of this race, so that a person should decide."""
        if self.is_excluded or self.score < PLAUSIBLE or self.details < 0 or "name" in self.doubts:
            return False
        # Another winner of a race that is named with its track: the winner of the day may have been disqualified.
        return "winner" not in self.doubts or self._has_all("name", "track")

    @property
    def has_time(self) -> bool:
        """Whether a year or a day agrees."""
        return bool({"season", "year it appeared", "date", "day it appeared"} & {*self.reasons})

    def agrees_on(self, facts: Sequence[str]) -> bool:
        """Whether all of these agree; "time" is a year or a day."""
        return not self.is_excluded and all(self.has_time if one == "time" else one in self.reasons for one in facts)

    def _has_all(self, *reasons: str) -> bool:
        return {*reasons} <= {*self.reasons}


@dataclass(slots=True)
class _Weighing:
    """Reasons and doubts while they are collected."""

    reasons: list[str] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)
    score: int = 0
    details: int = 0

    def add(self, reason: str, agrees: bool | None, loss: int = 0) -> None:
        if agrees:
            self.reasons.append(reason)
            self.score += WEIGHTS[reason]
        elif agrees is False:
            self.doubts.add(reason)
            self.score += loss

    def add_sign(self, sign: SignAgreement) -> None:
        """A sign that agrees, or differs."""
        self.score += sign.score
        self.details += sign.details
        if sign.score > 0 and sign.reason not in self.reasons:
            self.reasons.append(sign.reason)


EXCLUDED = RaceAgreement(is_excluded=True)


def season_of(identity: RaceIdentity) -> int | None:
    """The season given, else the year of the race day or of the day the text appeared; None without all three."""
    day = identity.day or identity.appeared
    return identity.season or (day.year if day else None)


def agreement_with(
    document: RaceIdentity, race: Sequence[RaceIdentity], win_count: WinCount | None = None, *, despite: str = ""
) -> RaceAgreement:
    """How far a document agrees with a race, of which each identity is what one document that founds it says.

    `win_count` says which win of the winner's it was, where that is known. Where the document has another "season" or
    "series" it cannot be this race; `despite` one of them that is only a doubt.
    """
    seasons = {season for one in race if (season := season_of(one))}
    season = season_of(document)
    tracks = _same_track(document, race)
    slips = {"season"} if season and seasons and season not in seasons else set[str]()
    slips |= {"series"} if _is_other_series(document, race) else set()
    if slips - {despite} or tracks is False:
        return EXCLUDED
    weighing = _Weighing(doubts=slips)
    _weigh_name(weighing, document, race)
    weighing.add("track", tracks)
    weighing.add("winner", _same_winner(document, race))
    _weigh_time(weighing, document, race, bool(season and seasons) and not slips & {"season"})
    rounds = {one.round for one in race if one.round}
    weighing.add("round", document.round in rounds if document.round and rounds else None, ANOTHER_ROUND)
    has_series = document.series and any(one.series for one in race) and not slips & {"series"}
    weighing.add("series", True if has_series else None)
    _weigh_details(weighing, document, race)
    for sign in sign_agreements(document, race, win_count):
        weighing.add_sign(sign)
    return RaceAgreement(tuple(weighing.reasons), frozenset(weighing.doubts), weighing.score, weighing.details)


def is_another_race(document: RaceIdentity, race: Sequence[RaceIdentity]) -> bool:
    """Whether a table cannot be about the race of its series, season and round: two of name, track and winner differ.

    One alone may be a name that nobody has taught us, or a winner who was disqualified.
    """
    weighing = _Weighing()
    _weigh_name(weighing, document, race)
    weighing.add("track", _same_track(document, race))
    weighing.add("winner", _same_winner(document, race))
    return len(weighing.doubts) > 1


def _agree_on(answers: Iterable[bool | None]) -> bool | None:
    """Whether any says yes; no where all that say anything say no."""
    known = [answer for answer in answers if answer is not None]
    return any(known) if known else None


def _is_other_series(document: RaceIdentity, race: Sequence[RaceIdentity]) -> bool:
    series = {one.series for one in race if one.series}
    return bool(document.series and series and document.series not in series)


def _weigh_name(weighing: _Weighing, document: RaceIdentity, race: Sequence[RaceIdentity]) -> None:
    if not document.name:
        return
    words = race_name_words(document.name)
    place = frozenset(word for one in race if one.track for word in place_words(one.track))
    likenesses = {words.likeness(race_name_words(one.name), place) for one in race if one.name}
    if "same" in likenesses:
        weighing.add("name", True)
    elif "by its place" in likenesses:
        weighing.add("name by its place", True)
    elif "part" in likenesses:
        weighing.add("part of the name", True)
    elif likenesses == {"other"}:
        weighing.add("name", False)


def _same_track(document: RaceIdentity, race: Sequence[RaceIdentity]) -> bool | None:
    if not document.track:
        return None
    return _agree_on(same_track(document.track, one.track) for one in race if one.track)


def _same_winner(document: RaceIdentity, race: Sequence[RaceIdentity]) -> bool | None:
    if not document.winner:
        return None
    return _agree_on(same_person(document.winner, one.winner) for one in race if one.winner)


def _weigh_time(weighing: _Weighing, document: RaceIdentity, race: Sequence[RaceIdentity], in_season: bool) -> None:
    """The day of the race, else the day the text appeared, and the year of either."""
    days = [one.day for one in race if one.day]
    if document.day:
        weighing.add("date", _agree_on(_same_day(document.day, day) for day in days), ANOTHER_DAY)
    elif document.appeared and document.season in (None, document.appeared.year):
        appeared = document.appeared
        in_time = _agree_on(timedelta(0) <= appeared - day <= STORY_APPEARS_WITHIN for day in days)
        weighing.add("day it appeared", in_time, ANOTHER_DAY)
    if in_season:
        weighing.add("season" if document.season or document.day else "year it appeared", True)


def _same_day(one: date, other: date) -> bool | None:
    if one == other:
        return True
    return None if abs(one - other) <= SAME_WEEKEND else False


def _weigh_details(weighing: _Weighing, document: RaceIdentity, race: Sequence[RaceIdentity]) -> None:
    """The winners of the stages and the places behind the winner."""
    for reason, field_name, loss in (
        ("stage winners", "stage_winners", ANOTHER_STAGE_WINNER),
        ("finish", "finish", ANOTHER_FINISH),
    ):
        told = dict(getattr(document, field_name))
        answers = [
            _agree_on(
                same_person(name, dict(getattr(one, field_name))[place])
                for one in race
                if place in dict(getattr(one, field_name))
            )
            for place, name in list(told.items())[: MAX_FINISH_PLACES + 1]
        ]
        for answer in answers:
            weighing.details += 0 if answer is None else 1 if answer else -1
            if answer is not None:
                weighing.score += WEIGHTS[reason] if answer else loss
        if any(answers):
            weighing.reasons.append(reason)
