"""Races in a list: how each is called in one line, who won it, and the lines that say so."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.common.citations import Sourced, Sources, places
from bot.answers.context import Reader
from bot.archive.queries.tracks import RunRace, ToldRow, WinRow, facts_told, win_rows
from bot.cards import Citation, Place
from bot.documents.history_csv.reader import HistoryTable

__all__ = ["RaceList", "called_in_list", "race_list"]

IDENTITY = ("race_name", "season", "round", "track", "date", "winner")


@dataclass(frozen=True, slots=True)
class RaceList:
    """Races with the rows of their winners, and the facts that name those which no history tells of."""

    races: tuple[RunRace, ...]
    wins: Mapping[str, WinRow]
    told: Mapping[str, tuple[ToldRow, ...]]
    citations: tuple[Citation, ...]

    def stands(self, race: RunRace) -> tuple[Place, ...]:
        """The lines that tell of a race and its winner."""
        return places(self.wins.get(race.key), *self.told.get(race.key, ()))

    def how(self, race: RunRace) -> str:
        """Why a race without a line is in the list; "" where there is one."""
        return "" if self.stands(race) else "worked out: a document tells of this race, and not who won it"

    def winners(self) -> tuple[tuple[str, int], ...]:
        """Who won most of them, and how often; several where they are equal."""
        won = Counter(race.winner for race in self.races if race.winner)
        most = max(won.values(), default=0)
        return tuple((driver, count) for driver, count in won.items() if count == most)


def race_list(reader: Reader, races: Sequence[RunRace], more: Iterable[Sourced] = ()) -> RaceList:
    """These races with their lines; `more` are other rows on the same card, cited too."""
    wins = win_rows(reader.session, [race.key for race in races])
    others = tuple(more)
    sources = Sources(reader.session, (*wins.values(), *others))
    histories = {source.document for source in sources.rows() if source.kind == HistoryTable.kind}
    # A line of a history names race, track and winner; a row of a race page names its driver only.
    own = [race.key for race in races if race.key not in wins or wins[race.key].document not in histories]
    told: dict[str, tuple[ToldRow, ...]] = {}
    for rows in facts_told(reader.session, own, IDENTITY).values() if own else ():
        for row in rows:
            told[row.race] = (*told.get(row.race, ()), row)
    if told:
        rows = tuple(row for several in told.values() for row in several)
        sources = Sources(reader.session, (*wins.values(), *rows, *others))
    return RaceList(tuple(races), wins, told, sources.all())


def called_in_list(races: Sequence[RunRace]) -> Mapping[str, str]:
    """What each race is called beside its season; of two with one name in a season, each with its round."""
    named = {race.key: _name(race) for race in races}
    twice = Counter((race.season, named[race.key]) for race in races)
    return {
        race.key: named[race.key] + (f" (round {race.round})" if twice[race.season, named[race.key]] > 1 else "")
        for race in races
    }


def _name(race: RunRace) -> str:
    name = race.name or (f"race at {race.track}" if race.track else race.key)
    return name.removeprefix(f"{race.season} ")
