"""A line typed in the terminal as a command with its options, as Discord's own input field would send it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from discord import AppCommandOptionType
from discord.app_commands import Command, Parameter

from bot.errors import NotACommand

__all__ = ["AnyCommand", "Line", "Started", "read_line", "started"]

PROGRAM = "spotter upload FILE"
YES, NO = frozenset({"true", "yes", "y", "1"}), frozenset({"false", "no", "n", "0"})

AnyCommand = Command[Any, ..., Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A command's full name and the values of its options."""

    command: str
    options: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Started:
    """A line while it is typed: the options so far, the one being typed and what stands there of it.

    `option` is "" where the command takes none; `value` keeps the spaces at its end.
    """

    command: AnyCommand
    options: Mapping[str, str]
    option: str
    value: str


def read_line(text: str, commands: Iterable[AnyCommand]) -> Line:
    """What a whole line asks for: `/results race:nashville session:Stage 1`, or `/race nashville`.

    A value runs up to the next option; text before any option is the first one. Raises NotACommand.
    """
    known = {command.qualified_name: command for command in commands}
    begun = started(text, known.values())
    if begun is None:
        first = text.split(maxsplit=1)[0] if text.split() else text
        raise NotACommand(f"There is no command {first}. There are: {', '.join(f'/{name}' for name in known)}.")
    last = begun.value.strip()
    given = {**begun.options, **({begun.option: last} if begun.option and last else {})}
    if last and not begun.option:
        raise NotACommand(f"/{begun.command.qualified_name} takes no options.")
    parameters = {parameter.display_name: parameter for parameter in begun.command.parameters}
    attached = next((name for name, one in parameters.items() if one.type is AppCommandOptionType.attachment), None)
    if attached:
        raise NotACommand(f"A file cannot be attached in the terminal. Leave it with quit, then: {PROGRAM}.")
    missing = [name for name, parameter in parameters.items() if parameter.required and name not in given]
    if missing:
        raise NotACommand(f"/{begun.command.qualified_name} needs {missing[0]}: {parameters[missing[0]].description}.")
    return Line(begun.command.qualified_name, {name: _value(parameters[name], text) for name, text in given.items()})


def started(text: str, commands: Iterable[AnyCommand]) -> Started | None:
    """What a line that is being typed asks for so far; None where its command is not known (yet)."""
    line = text.lstrip().removeprefix("/")
    fitting = [c for c in commands if re.match(rf"{re.escape(c.qualified_name)}(\s|$)", line)]
    if not fitting:
        return None
    command = max(fitting, key=lambda c: len(c.qualified_name))
    names = [parameter.display_name for parameter in command.parameters]
    rest = line[len(command.qualified_name) :].lstrip()
    marks = list(re.finditer(rf"(?<!\S)({'|'.join(map(re.escape, names))}):", rest)) if names else []
    begins = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(rest)]
    values = [rest[begin:end].lstrip() for begin, end in zip(begins, ends, strict=True)]
    options = [names[0] if names else "", *(mark[1] for mark in marks)]
    *before, (option, value) = zip(options, values, strict=True)
    return Started(command, {name: text.strip() for name, text in before if text.strip()}, option, value)


def _value(parameter: Parameter, text: str) -> str | int:
    """One value in the type of its option. Raises NotACommand."""
    name = parameter.display_name
    if parameter.type is AppCommandOptionType.integer:
        if not text.isdecimal() or len(text) > len(str(2**53)):
            raise NotACommand(f"{name} takes a number, not “{text}”.")
        return int(text)
    if parameter.type is AppCommandOptionType.boolean:
        if text.casefold() not in YES | NO:
            raise NotACommand(f"{name} is yes or no, not “{text}”.")
        return text.casefold() in YES
    if parameter.choices:
        fitting = [c for c in parameter.choices if text.casefold() in (c.name.casefold(), str(c.value).casefold())]
        if not fitting:
            raise NotACommand(f"{name} is one of: {', '.join(choice.name for choice in parameter.choices)}.")
        return str(fitting[0].value)
    return text
