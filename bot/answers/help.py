"""`/help`: what can be asked, with examples that work on the loaded archive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rapidfuzz import fuzz, process

from bot.answers.common.resolve import RaceMeant, as_of, title_of
from bot.answers.common.text import moment, sentence
from bot.answers.context import Reader
from bot.archive.queries.races import RaceRow, holdings, latest_race
from bot.archive.queries.records import counts_starts
from bot.archive.queries.results import heads_of, sessions_of
from bot.archive.queries.sources import loaded
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question
from bot.errors import NameProblem, UnknownName

__all__ = ["PRIVACY", "CommandLine", "overview"]

PRIVACY = (
    "Spotter stores race documents; of the people who ask it keeps nothing, though Discord tells it who and where "
    "they are. It keeps the words of a question that found no answer and of a mistake you report, without your name."
)


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command for people: its full name ("data reload"), how it is typed, and what it answers."""

    name: str
    usage: str
    what: str


def overview(reader: Reader, commands: tuple[CommandLine, ...], command: str | None = None) -> Card:
    """Every command with examples from the archive, or how one command is used. Raises UnknownName for no command."""
    race = latest_race(reader.session, reader.default_series) or latest_race(reader.session)
    if command and command.strip():
        return _one(reader, commands, command, race)
    examples = tuple(_example(question) for question in _examples(reader, race))
    blocks: list[Block] = [Facts(tuple(Fact(line.usage, line.what) for line in commands), "Commands")]
    if examples:
        blocks.append(Facts(examples, "Try"))
    blocks.append(Facts(tuple(_about(reader, race)), "About"))
    return Card(
        title="What you can ask",
        question=Question("help"),
        summary="Spotter answers questions about stock-car races from documents, and names the source of each answer.",
        blocks=tuple(blocks),
        as_of=as_of(RaceMeant(race, title_of(reader.session, race))) if race else "",
        follow_ups=tuple(FollowUp(f"/{question.command}", question) for question in _examples(reader, race)[:5]),
    )


def _one(reader: Reader, commands: Sequence[CommandLine], text: str, race: RaceRow | None) -> Card:
    """How one command is used."""
    wanted = " ".join(text.casefold().removeprefix("/").split())
    names = [line.name for line in commands]
    if wanted not in names:
        near = process.extract(wanted[:100], names, scorer=fuzz.ratio, limit=3, score_cutoff=50)
        raise UnknownName("command", text, [(name, f"/{name}") for name, _, _ in near])
    line = next(line for line in commands if line.name == wanted)
    asks = (*_examples(reader, race), *_further(reader, race), *_of_many_races(reader, race))
    examples = tuple(_example(question) for question in asks if question.command == wanted)
    return Card(
        title=f"/{line.name}",
        question=Question("help", (Argument("command", line.name),)),
        summary=sentence(line.what),
        blocks=(Facts((Fact("Type", line.usage), *examples)),),
    )


def _example(question: Question) -> Fact:
    return Fact("", question.typed())


def _examples(reader: Reader, race: RaceRow | None) -> tuple[Question, ...]:
    """Questions that this archive answers: about its latest race, the winner and a session of it."""
    if race is None:
        return ()
    name = _typed(reader, race)
    sessions = [held for held in sessions_of(reader.session, race.key) if held.rows]
    found = [Question("race", (Argument("name", name),))]
    if sessions:
        session = Argument("session", sessions[min(1, len(sessions) - 1)].title)
        found.append(Question("results", (Argument("race", name), session)))
    if race.winner and reader.names.get("driver", race.winner):
        found.append(Question("driver", (Argument("name", race.winner),)))
    event = next((entity.event for entity in reader.names.of("race") if entity.value == race.key), None)
    if event and event.standings:
        found.append(Question("standings", (Argument("championship", event.standings[0]), Argument("after", name))))
    if holdings(reader.session, race.key).passages:
        found.append(Question("recap", (Argument("race", name),)))
    return tuple(found)


def _further(reader: Reader, race: RaceRow | None) -> Iterable[Question]:
    """Questions for which the first page of help has no room: the winner's team, and the first two compared."""
    first, second, *_ = (*(heads_of(reader.session, race.key) if race else ()), None, None)
    if first is None or first.session != "race" or not reader.names.get("driver", first.driver):
        return
    if first.team and reader.names.get("team", first.team):
        yield Question("team", (Argument("name", first.team),))
    if second is not None and second.session == "race" and reader.names.get("driver", second.driver):
        yield Question("compare", (Argument("first", first.driver), Argument("second", second.driver)))


def _of_many_races(reader: Reader, race: RaceRow | None) -> tuple[Question, ...]:
    """Questions over the years that this archive answers: the track of its latest race, its season, most wins there."""
    if race is None or not race.series or not race.season:
        return ()
    series, season = Argument("series", race.series), Argument("season", str(race.season))
    found = [Question("schedule", (series, season))]
    if race.track and reader.names.get("track", race.track):
        found.append(Question("track", (Argument("name", race.track),)))
    if counts_starts(reader.session, race.series, race.season):
        found.append(Question("records", (Argument("what", "most wins"), series, season)))
    return tuple(found)


def _typed(reader: Reader, race: RaceRow) -> str:
    """The shortest way to type this race that really means it: its name, with its year, else its key."""
    for text in (race.name, f"{race.season} {race.name}"):
        if text and race.name and _means(reader, text, race.key):
            return text
    return race.key


def _means(reader: Reader, text: str, key: str) -> bool:
    try:
        return reader.names.resolve(text, "race", series=reader.default_series).entity.value == key
    except NameProblem:
        return False


def _about(reader: Reader, race: RaceRow | None) -> Iterable[Fact]:
    data = loaded(reader.session)
    when = f"loaded {moment(data.loaded_at)}" if data.loaded_at else "nothing is loaded yet"
    latest = f"; the latest race is the {title_of(reader.session, race).removeprefix('A ')}" if race else ""
    yield Fact("Data", sentence(f"version {data.number}, {when}{latest}"))
    yield Fact("Version", f"Spotter {_version()}")
    yield Fact("Privacy", PRIVACY)


def _version() -> str:
    try:
        return version("spotter")
    except PackageNotFoundError:  # run from a folder, without being installed
        return "of this folder"
