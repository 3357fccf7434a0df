"""`/help`: what can be asked, with examples that work on the loaded archive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rapidfuzz import fuzz, process

from bot.answers.common.resolve import ResolvedRace, as_of, race_title
from bot.answers.common.text import datetime_text, sentence
from bot.answers.context import QueryContext
from bot.archive.queries.races import RaceRow, latest_race, race_row_counts
from bot.archive.queries.records import has_starts
from bot.archive.queries.results import result_rows_of, sessions_of, top_rows_of
from bot.archive.queries.sources import archive_version
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question, archive_fact
from bot.errors import NameProblem, UnknownName
from bot.racing.sessions import RACE_SESSION, is_stage

__all__ = ["PRIVACY", "CommandHelp", "help_overview"]

PRIVACY = (
    "Spotter stores race documents; of the people who ask it keeps nothing, though Discord tells it who and where "
    "they are. It keeps the words of a question that found no answer and of a mistake you report, without your name."
)


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """A command for people: its full name ("data reload"), how it is typed, and what it answers."""

    name: str
    usage: str
    summary: str


def help_overview(context: QueryContext, commands: tuple[CommandHelp, ...], command: str | None = None) -> Card:
    """Every command with examples from the archive, or how one command is used. Raises UnknownName for no command."""
    race = latest_race(context.session, context.default_series) or latest_race(context.session)
    if command and command.strip():
        return _command_card(context, commands, command, race)
    examples = tuple(_example_fact(question) for question in _example_questions(context, race))
    blocks: list[Block] = [
        Facts(tuple(Fact(f"/{line.name}", line.summary, origin="program") for line in commands), "Commands")
    ]
    if examples:
        blocks.append(Facts(examples, "Try"))
    blocks.append(Facts(tuple(_about_facts(context, race)), "About"))
    return Card(
        title="What you can ask",
        question=Question("help"),
        summary="Spotter answers questions about stock-car races from documents, and names the source of each answer.",
        blocks=tuple(blocks),
        as_of=as_of(ResolvedRace(race, race_title(race))) if race else "",
        follow_ups=tuple(
            FollowUp(f"/{question.command}", question) for question in _example_questions(context, race)[:5]
        ),
    )


def _command_card(context: QueryContext, commands: Sequence[CommandHelp], text: str, race: RaceRow | None) -> Card:
    """How one command is used."""
    command_name = " ".join(text.casefold().removeprefix("/").split())
    names = [line.name for line in commands]
    if command_name not in names:
        close_names = process.extract(command_name[:100], names, scorer=fuzz.ratio, limit=3, score_cutoff=50)
        raise UnknownName("command", text, [(name, f"/{name}") for name, _, _ in close_names])
    line = next(line for line in commands if line.name == command_name)
    questions = (*_example_questions(context, race), *_more_examples(context, race), *_history_examples(context, race))
    examples = tuple(_example_fact(question) for question in questions if question.command == command_name)
    return Card(
        title=f"/{line.name}",
        question=Question("help", (Argument("command", line.name),)),
        summary=sentence(line.summary),
        blocks=(Facts((Fact("Type", line.usage, origin="program"), *examples)),),
    )


def _example_fact(question: Question) -> Fact:
    return Fact("", question.command_text(), origin="program")


def _example_questions(context: QueryContext, race: RaceRow | None) -> tuple[Question, ...]:
    """Questions of the first page of help, at most five: about the latest race, the winner and a session of it."""
    if race is None:
        return ()
    name = _shortest_name(context, race)
    sessions = [row for row in sessions_of(context.session, race.key) if row.rows]
    questions = [Question("race", (Argument("name", name),))]
    if sessions:
        session = Argument("session", sessions[min(1, len(sessions) - 1)].title)
        questions.append(Question("results", (Argument("race", name), session)))
    if race.winner and context.names.get("driver", race.winner):
        questions.append(Question("driver", (Argument("name", race.winner),)))
    event = next((entity.event for entity in context.names.of_kind("race") if entity.value == race.key), None)
    if event and event.standings:
        questions.append(Question("standings", (Argument("championship", event.standings[0]), Argument("after", name))))
    if race_row_counts(context.session, race.key).passage_count:
        questions.append(Question("recap", (Argument("race", name),)))
    return tuple(questions)


def _more_examples(context: QueryContext, race: RaceRow | None) -> Iterable[Question]:
    """Questions about the latest race for which the first page of help has no room."""
    if race is None:
        return
    name = _shortest_name(context, race)
    if any(is_stage(session.key) for session in sessions_of(context.session, race.key)):
        yield Question("stages", (Argument("race", name),))
    yield Question("sources", (Argument("race", name),))
    if sum(bool(row.grid) for row in result_rows_of(context.session, race.key, RACE_SESSION)) > 1:
        yield Question("chart", (Argument("what", "grid to finish"), Argument("race", name)))
    first, second, *_ = (*top_rows_of(context.session, race.key), None, None)
    # Only names that the index knows are offered: an example has to work.
    if first is None or first.session != "race" or not context.names.get("driver", first.driver):
        return
    if first.team and context.names.get("team", first.team):
        yield Question("team", (Argument("name", first.team),))
    if second is not None and second.session == "race" and context.names.get("driver", second.driver):
        yield Question("compare", (Argument("first", first.driver), Argument("second", second.driver)))


def _history_examples(context: QueryContext, race: RaceRow | None) -> tuple[Question, ...]:
    """Questions over the years that this archive answers: the track of its latest race, its season, most wins there."""
    if race is None or not race.series or not race.season:
        return ()
    series, season = Argument("series", race.series), Argument("season", str(race.season))
    questions = [Question("schedule", (series, season))]
    if race.track and context.names.get("track", race.track):
        questions.append(Question("track", (Argument("name", race.track),)))
    if has_starts(context.session, race.series, race.season):
        questions.append(Question("records", (Argument("what", "most wins"), series, season)))
    return tuple(questions)


def _shortest_name(context: QueryContext, race: RaceRow) -> str:
    """The shortest way to type this race that really means it: its name, with its year, else its key."""
    for text in (race.name, f"{race.season} {race.name}"):
        if text and race.name and _resolves_to(context, text, race.key):
            return text
    return race.key


def _resolves_to(context: QueryContext, text: str, key: str) -> bool:
    try:
        return context.names.resolve(text, "race", series=context.default_series).entity.value == key
    except NameProblem:
        return False


def _about_facts(context: QueryContext, race: RaceRow | None) -> Iterable[Fact]:
    data = archive_version(context.session)
    when = f"loaded {datetime_text(data.loaded_at)}" if data.loaded_at else "nothing is loaded yet"
    latest = f"; the latest race is the {race_title(race).removeprefix('A ')}" if race else ""
    yield archive_fact("Data", sentence(f"version {data.number}, {when}{latest}"))
    yield Fact("Version", f"Spotter {_program_version()}", origin="program")
    yield Fact("Privacy", PRIVACY, origin="program")


def _program_version() -> str:
    try:
        return version("spotter")
    except PackageNotFoundError:  # run from a folder, without being installed
        return "of this folder"
