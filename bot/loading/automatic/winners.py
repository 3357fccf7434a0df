"""Who has won a race by other documents than the one in question."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, func, select

from bot.archive.models.core import FactRecord, Race, SessionRow
from bot.archive.models.seasons import ScheduledRace
from bot.documents.model import ParsedDocument, RaceIdentity
from bot.documents.season import SeasonEvent
from bot.language.fold import fold
from bot.loading.build.compare import Evaluation
from bot.racing.sessions import RACE_SESSION

__all__ = ["WinnerSources"]


class WinnerSources:
    """The winners of a season's races by all but the `document` in question.

    They are those of the archive as it is, and of `companions`: other pages of the season as they are now.
    """

    def __init__(
        self, session: Session, evaluation: Evaluation, document: str, companions: Sequence[ParsedDocument]
    ) -> None:
        self._session, self._document, self._companions = session, document, companions
        self._drivers = evaluation.archive_build.canonical_names.drivers
        self._scheduled = [
            row for made in evaluation.archive_build.seasons.made for row in made.rows if isinstance(row, ScheduledRace)
        ]

    def of_race(self, key: str) -> frozenset[str]:
        """The winners of a race, in canonical spelling, that other documents name; empty where none does."""
        names = [*self._held_winners(key), *self._companion_winners(key)]
        return frozenset(self._drivers.spelling_of(name) for name in names if name)

    def season_doubts(self) -> Iterator[str]:
        """Winners that the season's article names by itself alone, where no race of the archive is won by them."""
        for row in self._scheduled:
            if not row.winner or row.winners_document != self._document or self._was_told(row):
                continue
            others = self._others_of_row(row)
            if not others:
                yield f"{row.name or row.track}: no second document names {row.winner} as the winner yet"
            elif {fold(name) for name in others} != {fold(row.winner)}:
                names = ", ".join(sorted(others))
                yield f"{row.name or row.track}: {row.winner} has won by this page, {names} by another"

    def _held_winners(self, key: str) -> Iterator[str]:
        """The winner that the archive has of a race, and the one that a schedule names for it."""
        held = self._session.get(FactRecord, (key, "winner"))
        if held is not None and (held.document != self._document or held.agree > 1):
            yield held.value
        rows = [*self._session.exec(select(ScheduledRace).where(ScheduledRace.race == key)), *self._scheduled]
        for row in rows:
            if row.race == key and row.winner and row.winners_document != self._document:
                yield row.winner

    def _companion_winners(self, key: str) -> Iterator[str]:
        """The winner of a race by the articles of its season as they are now."""
        race = self._session.get(Race, key)
        scheduled = [row for row in self._scheduled if row.race == key]
        rounds = {row.round for row in scheduled} | {race.round if race else _round_of(key)}
        names = {fold(name) for name in (race.name if race else None, *(row.name for row in scheduled)) if name}
        for companion in self._companions:
            for event in companion.season.events if companion.season else ():
                if _is_event(event, rounds, names) and event.winner:
                    yield event.winner

    def _others_of_row(self, row: ScheduledRace) -> frozenset[str]:
        """The winners of the race of a row of the schedule: by its table in the archive, or by its own page now."""
        names = []
        race = row.race or ""
        if race and _has_table(self._session, race):
            names += list(self._session.exec(select(Race.winner).where(Race.key == race)))
        for companion in self._companions:
            identity = companion.identity
            if companion.season is None and identity.winner and _is_of_row(identity, row):
                names.append(identity.winner)
        return frozenset(self._drivers.spelling_of(name) for name in names if name)

    def _was_told(self, row: ScheduledRace) -> bool:
        """Whether the archive names this winner for this race already."""
        told = self._session.exec(
            select(ScheduledRace).where(
                ScheduledRace.series == row.series,
                ScheduledRace.season == row.season,
                ScheduledRace.round == row.round,
                ScheduledRace.name == row.name,
            )
        ).first()
        return told is not None and told.winner is not None and fold(told.winner) == fold(row.winner or "")


def _has_table(session: Session, race: str) -> bool:
    query = select(func.count(col(SessionRow.number))).where(
        SessionRow.race == race, SessionRow.session == RACE_SESSION
    )
    return session.exec(query).one() > 1


def _is_event(event: SeasonEvent, rounds: set[int | None], names: set[str]) -> bool:
    """Whether a row of a season's article is the race of such a round, or of such a name where it has no round."""
    if event.round is not None:
        return event.round in rounds
    return event.race is not None and fold(event.race) in names


def _is_of_row(identity: RaceIdentity, row: ScheduledRace) -> bool:
    """Whether a race's own page is of the race of a row of the schedule."""
    if identity.season != row.season or (identity.series or row.series) != row.series:
        return False
    if identity.round is not None and row.round is not None:
        return identity.round == row.round
    return bool(identity.name and row.name and fold(identity.name) == fold(row.name))


def _round_of(key: str) -> int | None:
    """The round in the key of a race of a season ("cup-2023-17"); None for other keys."""
    end = key.rpartition("-")[2]
    return int(end) if end.isdecimal() else None
