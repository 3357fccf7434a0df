"""Parser of a line in the terminal: a command with its options, as Discord's own input field would send it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from discord import AppCommandOptionType
from discord.app_commands import Command, Parameter

from bot.errors import NotACommand

__all__ = ["AnyCommand", "PartialCommand", "TypedCommand", "parse_command", "parse_partial"]

UPLOAD_COMMAND = "spotter upload FILE"
YES_WORDS, NO_WORDS = frozenset({"true", "yes", "y", "1"}), frozenset({"false", "no", "n", "0"})

AnyCommand = Command[Any, ..., Any]


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """A command's full name and the values of its options."""

    command: str
    options: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class PartialCommand:
    """A line while it is typed: the options that are complete, then `option`, which is being typed, and its `value`.

    `option` is "" where the command takes none; `value` keeps the spaces at its end.
    """

    command: AnyCommand
    options: Mapping[str, str]
    option: str
    value: str


def parse_command(text: str, commands: Iterable[AnyCommand]) -> TypedCommand:
    """The command of a whole line: `/results race:nashville session:Stage 1`, or `/race nashville`.

    A value runs up to the next option; text before any option is the first one. Raises NotACommand.
    """
    commands_by_name = {command.qualified_name: command for command in commands}
    partial = parse_partial(text, commands_by_name.values())
    if partial is None:
        first_word = text.split(maxsplit=1)[0] if text.split() else text
        raise NotACommand(
            f"There is no command {first_word}. There are: {', '.join(f'/{name}' for name in commands_by_name)}."
        )
    last_value = partial.value.strip()
    values = {**partial.options, **({partial.option: last_value} if partial.option and last_value else {})}
    if last_value and not partial.option:
        raise NotACommand(f"/{partial.command.qualified_name} takes no options.")
    parameters = {parameter.display_name: parameter for parameter in partial.command.parameters}
    attachment_option = next(
        (name for name, option in parameters.items() if option.type is AppCommandOptionType.attachment), None
    )
    if attachment_option:
        raise NotACommand(f"A file cannot be attached in the terminal. Leave it with quit, then: {UPLOAD_COMMAND}.")
    missing = [name for name, parameter in parameters.items() if parameter.required and name not in values]
    if missing:
        raise NotACommand(
            f"/{partial.command.qualified_name} needs {missing[0]}: {parameters[missing[0]].description}."
        )
    return TypedCommand(
        partial.command.qualified_name, {name: _option_value(parameters[name], text) for name, text in values.items()}
    )


def parse_partial(text: str, commands: Iterable[AnyCommand]) -> PartialCommand | None:
    """The command of a line that is being typed; None where it names no command (yet)."""
    line = text.lstrip().removeprefix("/")
    matching = [c for c in commands if re.match(rf"{re.escape(c.qualified_name)}(\s|$)", line)]
    if not matching:
        return None
    # "data log" and "data" both begin the line "data log 3": the longer name is the command.
    command = max(matching, key=lambda c: len(c.qualified_name))
    names = [parameter.display_name for parameter in command.parameters]
    rest = line[len(command.qualified_name) :].lstrip()
    # A value runs from behind its option to the next option that stands after a space; there is no quoting.
    option_marks = list(re.finditer(rf"(?<!\S)({'|'.join(map(re.escape, names))}):", rest)) if names else []
    starts = [0, *(mark.end() for mark in option_marks)]
    ends = [*(mark.start() for mark in option_marks), len(rest)]
    values = [rest[begin:end].lstrip() for begin, end in zip(starts, ends, strict=True)]
    options = [names[0] if names else "", *(mark[1] for mark in option_marks)]
    *earlier, (option, value) = zip(options, values, strict=True)
    return PartialCommand(command, {name: text.strip() for name, text in earlier if text.strip()}, option, value)


def _option_value(parameter: Parameter, text: str) -> str | int:
    """One value in the type of its option. Raises NotACommand."""
    name = parameter.display_name
    if parameter.type is AppCommandOptionType.integer:
        # Discord sends no integers beyond 2 to the power of 53.
        if not text.isdecimal() or len(text) > len(str(2**53)):
            raise NotACommand(f"{name} takes a number, not “{text}”.")
        return int(text)
    if parameter.type is AppCommandOptionType.boolean:
        if text.casefold() not in YES_WORDS | NO_WORDS:
            raise NotACommand(f"{name} is yes or no, not “{text}”.")
        return text.casefold() in YES_WORDS
    if parameter.choices:
        matching = [c for c in parameter.choices if text.casefold() in (c.name.casefold(), str(c.value).casefold())]
        if not matching:
            raise NotACommand(f"{name} is one of: {', '.join(choice.name for choice in parameter.choices)}.")
        return str(matching[0].value)
    return text
