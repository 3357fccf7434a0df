"""What a report calls its race: the event, the track, the series, the season, the day.

The text is gone through twice: first for its season and its race's name and day, and then, with these, for what in it
speaks of other races and is evidence of nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from bot.documents.model import Document, RaceIdentity
from bot.documents.recap.dates import publication_date
from bot.documents.recap.identity.places import NamedTrack, find_named_tracks
from bot.documents.recap.identity.race_choice import CLEAR_LEAD, MIN_WORTH, NamedRace, ReportSentence, find_named_races
from bot.documents.recap.identity.race_days import PageDay, find_race_day, own_page_day, race_weekdays
from bot.documents.recap.identity.rounds import find_round
from bot.documents.recap.identity.scope import RaceScope
from bot.documents.recap.identity.seasons import find_season, likely_season
from bot.documents.recap.identity.sentences import head_lines, report_sentences
from bot.documents.recap.identity.series_names import NamedSeries, chosen_series, find_named_series, series_words
from bot.documents.recap.identity.series_years import names_sponsors_of
from bot.documents.recap.identity.text_kinds import REPORT, TextKind, find_text_kind
from bot.documents.recap.identity.two_races import MIN_RIVAL_WORTH
from bot.documents.recap.paragraphs import RecapParagraph
from bot.language.fold import fold
from bot.racing.series import NATIONAL_SERIES

__all__ = ["RaceDescription", "describe_race"]

MAX_SENTENCES = 600  # of a text that are looked at for its race; the longest of the labelled reports has 260
LEAD_PARAGRAPHS = 6  # paragraphs of which one may begin with a dateline
SPONSOR_PARAGRAPHS = 20  # paragraphs whose names of series say of which years a text is
LAST_PARAGRAPHS = 4  # paragraphs of which one may say when the page was written
MIN_TRACK_WORTH = 5  # a track named beside the race, or in a heading and in the first paragraphs
MIN_ONLY_TRACK_WORTH = 3  # of the only track a text names: in full in the first paragraphs, or in a heading


@dataclass(frozen=True, slots=True)
class RaceDescription:
    """What a text says of its race, each with the line it stands on; None where it does not say.

    `scope` tells for a sentence what in it speaks of another race, `kind` what the text is taken for. `rivals` are two
    races of which the text tells as much: then it has none of its own.
    """

    event: tuple[int, str] | None = None
    track: tuple[int, str] | None = None
    series: tuple[int, str] | None = None
    series_id: str | None = None
    season: tuple[int, int] | None = None
    round: tuple[int, int] | None = None
    day: tuple[int, date] | None = None
    appeared: tuple[int, date] | None = None
    kind: TextKind = field(default_factory=lambda: TextKind(REPORT, "", 0.0, 0.0))
    scope: RaceScope = field(default_factory=RaceScope)
    sentences: tuple[ReportSentence, ...] = ()
    rivals: tuple[NamedRace, ...] = ()

    def identity(self, winner: str | None) -> RaceIdentity:
        """The parts that say which race it is, with the winner as written.

        A day after the one on which the text appeared is no day of its race, whatever the text says.
        """
        day, appeared = self.day[1] if self.day else None, self.appeared[1] if self.appeared else None
        return RaceIdentity(
            series=self.series_id,
            season=self.season[1] if self.season else None,
            round=self.round[1] if self.round else None,
            name=self.event[1] if self.event else None,
            track=self.track[1] if self.track else None,
            day=None if day and appeared and day > appeared else day,
            appeared=appeared,
            winner=winner,
        )


def describe_race(document: Document, paragraphs: Sequence[RecapParagraph]) -> RaceDescription:
    """What a document calls the race that its paragraphs tell of.

    Raises BadDocument where the date it begins with does not exist.
    """
    published = publication_date(document)
    heads = head_lines(document)
    tops = [(one.line, one.text) for one in paragraphs[:LEAD_PARAGRAPHS]]
    ends = [(one.line, one.text) for one in paragraphs[-LAST_PARAGRAPHS:]]
    page = own_page_day([*heads, *tops, *(() if published else ends)], published)
    texts = [text for one in paragraphs[:SPONSOR_PARAGRAPHS] for text in one.report_sentences]
    page = page if page is None or names_sponsors_of(page.day.year, texts) else None
    season = page.day.year if page else likely_season([one.report_sentences for one in paragraphs[:MAX_SENTENCES]])
    season = season if season and names_sponsors_of(season, texts) else None
    first_look = RaceScope(season=season, day=page.day if page else None)
    sentences = tuple(islice(report_sentences(document, paragraphs, first_look), MAX_SENTENCES))
    named = find_named_races(sentences, season)
    event = _own_race(named)
    weekdays = _weekdays(sentences, event)
    tracks = find_named_tracks(sentences, event.sentences if event else ())
    track = _own_track(tracks)
    series = chosen_series(find_named_series(sentences, event.sentences if event else ()))
    scope = RaceScope(
        season=season,
        day=page.day if page else None,
        weekdays=weekdays,
        name=event.name if event else None,
        other_places=_other_places(tracks, track),
        other_races=tuple(fold(one.name) for one in named if event and one is not event),
        other_series=_other_series(series),
    )
    rivals = named[:2] if event is None and len(named) > 1 and _are_rivals(named) else ()
    appeared = PageDay(*published) if published and (page is None or published[1] >= page.day) else page
    return replace(
        _described(document, paragraphs, scope, page, event),
        appeared=(appeared.line, appeared.day) if appeared else None,
        rivals=rivals,
    )


def _described(
    document: Document,
    paragraphs: Sequence[RecapParagraph],
    scope: RaceScope,
    page: PageDay | None,
    event: NamedRace | None,
) -> RaceDescription:
    """The description by the sentences of which one knows what speaks of other races."""
    sentences = tuple(islice(report_sentences(document, paragraphs, scope), MAX_SENTENCES))
    own = event.sentences if event else ()
    track = _own_track(find_named_tracks(sentences, own))
    series = chosen_series(find_named_series(sentences, event.sentences if event else ()))
    day = find_race_day(
        [(one.line, one.scoped) for one in sentences],
        page,
        scope.weekdays,
        scope.season,
        is_page_of_race=page is not None and _is_heading_of_race(sentences, page.line, event, track),
    )
    season = find_season(sentences, own)
    if season and not names_sponsors_of(season[1], [one.text for one in sentences]):
        season = None
    if day:
        season = season if season and season[1] == day.day.year else (day.line, day.day.year)
    return RaceDescription(
        event=(event.line, event.name) if event else None,
        track=(track.line, track.name) if track else None,
        series=(series.line, series.text) if series else None,
        series_id=series.id if series else None,
        season=season,
        round=find_round(sentences),
        day=(day.line, day.day) if day else None,
        kind=find_text_kind(
            sentences,
            has_race=bool(event or track) and not _lists_winners(paragraphs),
            is_race_won=bool(event and event.is_won),
        ),
        scope=scope,
        sentences=sentences,
    )


def _are_rivals(named: Sequence[NamedRace]) -> bool:
    """Whether the text says of both of its likeliest races that somebody won them, and of no third."""
    return all(one.is_won and one.worth >= MIN_RIVAL_WORTH for one in named[:2]) and not any(
        one.is_won for one in named[2:]
    )


def _own_race(named: Sequence[NamedRace]) -> NamedRace | None:
    """The race that the text is clearly about; None where it names none, or two about as surely."""
    if not named or named[0].worth < MIN_WORTH:
        return None
    is_clear = len(named) == 1 or named[0].worth >= CLEAR_LEAD * named[1].worth
    return named[0] if is_clear or (named[0].is_won and not named[1].is_won) else None


def _lists_winners(paragraphs: Sequence[RecapParagraph]) -> bool:
    """Whether the text is a calendar with the winners of the races behind it: "Ally 400 (Winner: Ross Chastain)"."""
    return sum(one.text.count("(Winner: ") for one in paragraphs) > 1


def _is_heading_of_race(
    sentences: Sequence[ReportSentence], line: int, event: NamedRace | None, track: NamedTrack | None
) -> bool:
    """Whether the line is a heading that names the race or its track: "Copper Basin Raceway | June 14, 2008"."""
    names = [one.name for one in (event, track) if one]
    return any(one.is_head and one.line == line and name in one.text for one in sentences for name in names)


def _own_track(tracks: Sequence[NamedTrack]) -> NamedTrack | None:
    tracks = [track for track in tracks if track.worth]  # a track in passing is no rival
    if not tracks or tracks[0].worth < (MIN_TRACK_WORTH if len(tracks) > 1 else MIN_ONLY_TRACK_WORTH):
        return None
    return tracks[0] if len(tracks) == 1 or tracks[0].worth >= CLEAR_LEAD * tracks[1].worth else None


def _other_places(tracks: Sequence[NamedTrack], own: NamedTrack | None) -> tuple[str, ...]:
    """What the text calls the tracks that are not its own, folded; none where its own is not clear."""
    return tuple(fold(track.name) for track in tracks if own and track.key != own.key)


def _other_series(series: NamedSeries | None) -> tuple[str, ...]:
    others = NATIONAL_SERIES - {series.id} if series else frozenset[str]()
    return tuple(word for other in sorted(others) for word in series_words(other))


def _weekdays(sentences: Sequence[ReportSentence], event: NamedRace | None) -> frozenset[int]:
    """The days of the week on which the race was run: those the text says clearly more often than others."""
    counts = race_weekdays((one.scoped for one in sentences), frozenset(event.sentences if event else ()))
    most = max(counts.values(), default=0)
    return frozenset(weekday for weekday, count in counts.items() if 2 * count > most)
