"""The names of the archive, as the name index wants them."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from sqlmodel import Session, col, select

from bot.archive.labels import race_label
from bot.archive.models import Entry, Name, Race, RaceSession, SessionRow, Spelling, Standing
from bot.names.entity import CarNumber, Entity, RaceEvent

__all__ = ["entities"]

LABEL = 100  # characters of a choice that Discord shows


def entities(session: Session) -> Iterator[Entity]:
    """Everything in the archive that has a name: people, teams, makes, tracks, series, seasons and races."""
    spellings: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, value, written in session.exec(select(Spelling.kind, Spelling.value, Spelling.written)):
        spellings[kind, value].append(written)
    cars = _car_numbers(session)
    for name in session.exec(select(Name).order_by(col(Name.kind), col(Name.value))):
        if name.kind != "person":
            yield Entity(
                name.kind,
                name.value,
                name.name,
                name.name[:LABEL],
                tuple(sorted(spellings[name.kind, name.value])),
                name.starts,
                name.wins,
                name.first_season,
                name.last_season,
                cars.get(name.value, ()) if name.kind == "driver" else (),
            )
    yield from _races(session)


def _races(session: Session) -> Iterator[Entity]:
    sessions, standings = _held(session)
    races = session.exec(select(Race).order_by(col(Race.order_key), col(Race.key))).all()
    labels = Counter(race_label(race)[:LABEL] for race in races)
    for race in races:
        label = race_label(race)
        if labels[label[:LABEL]] > 1:
            label = _told_apart(race, label)
        event = RaceEvent(
            race.series,
            race.season,
            race.round,
            race.day,
            race.track,
            race.place,
            tuple(sessions[race.key]),
            tuple(sorted(standings[race.key])),
        )
        yield Entity(
            "race",
            race.key,
            race.name or "",
            label[:LABEL],
            starts=1,
            first_season=race.season,
            last_season=race.season,
            event=event,
        )
    for season, count in Counter(race.season for race in races if race.season).items():
        yield Entity("season", str(season), str(season), str(season), (), count, 0, season, season)


def _held(session: Session) -> tuple[defaultdict[str, list[str]], defaultdict[str, list[str]]]:
    """The titles of the sessions of each race, and the championships whose table after it is held."""
    sessions: defaultdict[str, list[str]] = defaultdict(list)
    titles = select(RaceSession.race, RaceSession.title).order_by(col(RaceSession.race), col(RaceSession.rank))
    for race, title in session.exec(titles):
        sessions[race].append(title)
    for race in session.exec(select(Entry.race).distinct()):
        sessions[race].append("Entry list")
    standings: defaultdict[str, list[str]] = defaultdict(list)
    for race, championship in session.exec(select(Standing.race, Standing.championship).distinct()):
        standings[race].append(championship)
    return sessions, standings


def _told_apart(race: Race, label: str) -> str:
    """A label that two races share, with what tells this one apart in front of the cut."""
    apart = f"round {race.round}" if race.round else race.key
    return f"{label[: LABEL - len(apart) - 3]} · {apart}"


def _car_numbers(session: Session) -> dict[str, tuple[CarNumber, ...]]:
    """Which numbers each driver ran, by series and season, counted over races."""
    counted: Counter[tuple[str, str, int, str]] = Counter()
    rows = session.exec(
        select(SessionRow.driver, Race.series, Race.season, SessionRow.car)
        .join(Race, col(Race.key) == col(SessionRow.race))
        .where(SessionRow.session == "race", col(SessionRow.car).is_not(None))
    )
    for driver, series, season, car in rows:
        if series and season and car:
            counted[driver, series, season, car] += 1
    numbers: defaultdict[str, list[CarNumber]] = defaultdict(list)
    for (driver, series, season, car), starts in sorted(counted.items()):
        numbers[driver].append(CarNumber(series, season, car, starts))
    return {driver: tuple(all_of) for driver, all_of in numbers.items()}
