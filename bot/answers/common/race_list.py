"""Races in a list: how each is called in one line, who won it, and the lines that say so."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.common.citations import CitationIndex, SourcedRow, source_lines
from bot.answers.context import QueryContext
from bot.archive.queries.tracks import RaceFactRow, RaceListRow, WinnerRow, facts_of_races, winner_rows
from bot.cards import Citation, SourceLine
from bot.racing.document_kinds import HISTORY_TABLE_KIND

__all__ = ["RaceList", "list_labels", "race_list"]

IDENTITY_FIELDS = ("race_name", "season", "round", "track", "date", "winner")


@dataclass(frozen=True, slots=True)
class RaceList:
    """Races with the rows of their winners, and the facts that name those which no history tells of."""

    races: tuple[RaceListRow, ...]
    wins: Mapping[str, WinnerRow]
    identity_facts: Mapping[str, tuple[RaceFactRow, ...]]
    citations: tuple[Citation, ...]

    def race_lines(self, race: RaceListRow) -> tuple[SourceLine, ...]:
        """The lines that tell of a race and its winner."""
        return source_lines(self.wins.get(race.key), *self.identity_facts.get(race.key, ()))

    def derivation(self, race: RaceListRow) -> str:
        """Why a race without a line is in the list; "" where there is one."""
        return "" if self.race_lines(race) else "worked out: a document tells of this race, and not who won it"

    def most_wins(self) -> tuple[tuple[str, int], ...]:
        """Who won most of them, and how often; several where they are equal."""
        win_counts = Counter(race.winner for race in self.races if race.winner)
        highest = max(win_counts.values(), default=0)
        return tuple((driver, count) for driver, count in win_counts.items() if count == highest)


def race_list(context: QueryContext, races: Sequence[RaceListRow], other_rows: Iterable[SourcedRow] = ()) -> RaceList:
    """These races with their lines; `other_rows` are other rows on the same card, cited too."""
    wins = winner_rows(context.session, [race.key for race in races])
    extra_rows = tuple(other_rows)
    sources = CitationIndex(context.session, (*wins.values(), *extra_rows))
    histories = {source.document for source in sources.source_rows() if source.kind == HISTORY_TABLE_KIND}
    # A line of a history names race, track and winner; a row of a race page names its driver only.
    without_history = [race.key for race in races if race.key not in wins or wins[race.key].document not in histories]
    identity_facts: dict[str, tuple[RaceFactRow, ...]] = {}
    for rows in facts_of_races(context.session, without_history, IDENTITY_FIELDS).values() if without_history else ():
        for row in rows:
            identity_facts[row.race] = (*identity_facts.get(row.race, ()), row)
    # Which documents are cited is known only now.
    if identity_facts:
        rows = tuple(row for several in identity_facts.values() for row in several)
        sources = CitationIndex(context.session, (*wins.values(), *rows, *extra_rows))
    return RaceList(tuple(races), wins, identity_facts, sources.all_citations())


def list_labels(races: Sequence[RaceListRow]) -> Mapping[str, str]:
    """What each race is called beside its season; of two with one name in a season, each with its round."""
    names = {race.key: _short_name(race) for race in races}
    name_counts = Counter((race.season, names[race.key]) for race in races)
    return {
        race.key: names[race.key] + (f" (round {race.round})" if name_counts[race.season, names[race.key]] > 1 else "")
        for race in races
    }


def _short_name(race: RaceListRow) -> str:
    name = race.name or (f"race at {race.track}" if race.track else race.key)
    return name.removeprefix(f"{race.season} ")
