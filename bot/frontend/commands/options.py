"""Options of a command: those that a button carries as arguments, those that a person typed as a question."""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.answers.help import CommandHelp, OptionHelp
from bot.cards import Argument, Question
from bot.errors import OldButton

__all__ = ["AnyCommand", "command_arguments", "command_help", "command_usage", "question_from_options"]

AnyCommand = app_commands.Command[Any, ..., Any]


def command_arguments(command: AnyCommand, question: Question) -> dict[str, str | int | float]:
    """The arguments of a command's callback for `question`, in the types that it takes.

    Raises OldButton where the command has no such option, needs another one, or takes no such value.
    """
    parameters = {parameter.display_name: parameter for parameter in command.parameters}
    values = {argument.option: argument.value for argument in question.arguments}
    required = {name for name, parameter in parameters.items() if parameter.required}
    try:
        if not required <= values.keys() <= parameters.keys():
            raise ValueError
        return {parameters[name].name: _convert_value(parameters[name], value) for name, value in values.items()}
    except ValueError:
        raise OldButton(f"This button is from an older version. Type /{question.command} … instead.") from None


def question_from_options(command: AnyCommand, namespace: app_commands.Namespace) -> Question:
    """The question that a person typed, as it can be asked again."""
    arguments = tuple(Argument(option, str(value)) for option, value in namespace if value is not None)
    return Question(command.qualified_name, arguments)


def _convert_value(parameter: app_commands.Parameter, value: str) -> str | int | float:
    """One value in the type of its parameter. Raises ValueError."""
    converters: dict[discord.AppCommandOptionType, Callable[[str], str | int | float]] = {
        discord.AppCommandOptionType.integer: int,
        discord.AppCommandOptionType.number: float,
        discord.AppCommandOptionType.boolean: "True".__eq__,
    }
    converted = converters.get(parameter.type, str)(value)
    if parameter.choices and converted not in {choice.value for choice in parameter.choices}:
        raise ValueError(value)
    return converted


def command_usage(command: AnyCommand) -> str:
    """A command as it is typed, such as `/driver name [season]`."""
    options = (p.display_name if p.required else f"[{p.display_name}]" for p in command.parameters)
    return " ".join([f"/{command.qualified_name}", *options])


def command_help(command: AnyCommand) -> CommandHelp:
    """What /help says of a command: how it is typed, what it answers, and what each option means."""
    options = tuple(
        OptionHelp(
            one.display_name, str(one.description), one.required, tuple(str(choice.value) for choice in one.choices)
        )
        for one in command.parameters
    )
    return CommandHelp(command.qualified_name, command_usage(command), command.description, options)
