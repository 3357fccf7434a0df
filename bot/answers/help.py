"""`/help`: what can be asked, with examples that work on the loaded archive."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rapidfuzz import fuzz, process

from bot.answers.common.resolve import ResolvedRace, as_of, race_title
from bot.answers.common.text import sentence
from bot.answers.context import QueryContext
from bot.answers.help_examples import all_examples, first_examples
from bot.answers.help_values import option_values
from bot.answers.help_words import (
    FAN_GROUPS,
    MODERATOR_STEPS,
    NEEDED,
    OTHER_GROUP,
    PRIVACY,
    SUMMARY,
    TITLE,
    moderators_sentence,
)
from bot.archive.queries.races import RaceRow, latest_race
from bot.archive.queries.sources import archive_version
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Part, Question, archive_fact, chosen_part
from bot.errors import UnknownName
from bot.language.command_mentions import command_mention
from bot.language.moments import moment

__all__ = ["PRIVACY", "CommandHelp", "OptionHelp", "help_overview"]

OVERVIEW, EXAMPLES, MODERATORS, ABOUT = Part("ov"), Part("ex"), Part("md"), Part("ab", "About Spotter")
MODERATOR_PREFIX = "data "
WHAT_WAITS = FollowUp("What waits", Question("data status"))


@dataclass(frozen=True, slots=True)
class OptionHelp:
    """An option of a command, and what it means; `choices` are its values, where people choose among a few."""

    name: str
    description: str
    is_required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """A command for people: its full name ("data reload"), how it is typed, what it answers, and its options."""

    name: str
    usage: str
    summary: str
    options: tuple[OptionHelp, ...] = ()


def help_overview(
    context: QueryContext, commands: tuple[CommandHelp, ...], command: str | None = None, part: str = ""
) -> Card:
    """Every command in a sentence, examples, and for moderators theirs; or how one command is used.

    What is for moderators is shown to the person alone. Raises UnknownName for no command.
    """
    race = latest_race(context.session, context.default_series) or latest_race(context.session)
    if command and command.strip():
        return _command_card(context, commands, command, race)
    is_moderator = any(line.name.startswith(MODERATOR_PREFIX) for line in commands)
    examples = all_examples(context, race)
    parts = (OVERVIEW, *((EXAMPLES,) if examples else ()), *((MODERATORS,) if is_moderator else ()), ABOUT)
    shown = chosen_part(parts, part)
    blocks: Mapping[Part, Iterable[Block]] = {
        OVERVIEW: _groups([line for line in commands if not line.name.startswith(MODERATOR_PREFIX)], FAN_GROUPS),
        EXAMPLES: (Facts(tuple(_example_fact(question) for question in examples)),),
        MODERATORS: tuple(_steps([line for line in commands if line.name.startswith(MODERATOR_PREFIX)])),
        ABOUT: (Facts(tuple(_about_facts(context, race))),),
    }
    count = sum(line.name.startswith(MODERATOR_PREFIX) for line in commands)
    return Card(
        title=TITLE,
        question=Question("help", (), part),
        summary=moderators_sentence(count) if shown == MODERATORS else SUMMARY,
        blocks=tuple(blocks[shown]),
        as_of=as_of(ResolvedRace(race, race_title(race))) if race else "",
        follow_ups=(WHAT_WAITS,)
        if shown == MODERATORS
        else tuple(FollowUp(f"Try /{question.command}", question) for question in first_examples(context, race)),
        tone="moderator" if shown == MODERATORS else "answer",
        parts=parts,
    )


def _groups(commands: Sequence[CommandHelp], groups: Mapping[str, Sequence[str]]) -> tuple[Block, ...]:
    """The commands under the headings of their groups; those of no group last."""
    lines = {line.name: line for line in commands}
    grouped = {heading: [lines.pop(name) for name in names if name in lines] for heading, names in groups.items()}
    grouped[OTHER_GROUP] = list(lines.values())
    return tuple(Facts(tuple(map(_command_fact, own)), heading) for heading, own in grouped.items() if own)


def _steps(commands: Sequence[CommandHelp]) -> Iterator[Block]:
    """The moderators' commands in the order of their work, those of no step last; then the options of each."""
    lines = {line.name: line for line in commands}
    for heading, words, names in MODERATOR_STEPS:
        own = [lines.pop(name) for name in names if name in lines]
        if own:
            yield Facts((Fact("", words, origin="program"), *map(_command_fact, own)), heading)
    if lines:
        yield Facts(tuple(map(_command_fact, lines.values())), OTHER_GROUP)
    with_options = [line for line in commands if line.options]
    for number, line in enumerate(with_options):
        yield Facts(tuple(map(_option_fact, line.options)), f"/{line.name}", starts_page=not number)


def _command_fact(line: CommandHelp) -> Fact:
    return Fact(command_mention(line.name), line.summary, origin="program")


def _command_card(context: QueryContext, commands: Sequence[CommandHelp], text: str, race: RaceRow | None) -> Card:
    """How one command is used: every option in a sentence, and examples."""
    command_name = " ".join(text.casefold().removeprefix("/").split())
    names = [line.name for line in commands]
    if command_name not in names:
        close_names = process.extract(command_name[:100], names, scorer=fuzz.ratio, limit=3, score_cutoff=50)
        raise UnknownName("command", text, [(name, f"/{name}") for name, _, _ in close_names])
    line = next(line for line in commands if line.name == command_name)
    examples = tuple(question for question in all_examples(context, race) if question.command == command_name)
    values = option_values(context, command_name, next(iter(examples), None), race) if race else {}
    options = tuple(_option_fact(option, values.get(option.name, "")) for option in line.options)
    blocks = (
        Facts((Fact("Type", line.usage, origin="program"),)),
        Facts(options, "Options"),
        Facts(tuple(_example_fact(question) for question in examples), "Examples"),
    )
    return Card(
        title=f"/{line.name}",
        question=Question("help", (Argument("command", line.name),)),
        summary=sentence(line.summary),
        blocks=tuple(block for block in blocks if block.facts),
        follow_ups=tuple(FollowUp(_example_label(question), question) for question in examples[:1]),
    )


def _option_fact(option: OptionHelp, value: str = "") -> Fact:
    """“only this team. Example: Trackhouse Racing”."""
    example = value if value in option.choices or not option.choices else option.choices[0]
    such_as = f". Example: {example}" if example else ""
    return Fact(option.name, f"{option.description}{NEEDED * option.is_required}{such_as}", origin="program")


def _example_label(question: Question) -> str:
    return f"Try: {question.arguments[0].value}"[:80] if question.arguments else "Try it"


def _example_fact(question: Question) -> Fact:
    return Fact("", question.command_text(), origin="program")


def _about_facts(context: QueryContext, race: RaceRow | None) -> Iterable[Fact]:
    data = archive_version(context.session)
    when = f"loaded {moment(data.loaded_at)}" if data.loaded_at else "nothing is loaded yet"
    latest = f"; the latest race is the {race_title(race).removeprefix('A ')}" if race else ""
    yield archive_fact("Data", sentence(f"version {data.number}, {when}{latest}"))
    yield Fact("Version", f"Spotter {_program_version()}", origin="program")
    yield Fact("Privacy", PRIVACY, origin="program")


def _program_version() -> str:
    try:
        return version("spotter")
    except PackageNotFoundError:  # run from a folder, without being installed
        return "of this folder"
