"""Options of a command: those that a button carries as arguments, those that a person typed as a question."""

import inspect
from collections.abc import Callable, Collection, Coroutine, Iterator
from functools import wraps
from itertools import groupby
from typing import Any, ParamSpec, TypeVar

import discord
from discord import app_commands

from bot.answers.help import CommandHelp, OptionHelp
from bot.cards import Argument, Question
from bot.errors import OldButton

__all__ = [
    "PRIVATE_OPTION",
    "AnyCommand",
    "command_arguments",
    "command_help",
    "command_usage",
    "private_option",
    "question_from_options",
]

AnyCommand = app_commands.Command[Any, ..., Any]
P = ParamSpec("P")
T = TypeVar("T")

PRIVATE_OPTION = "private"  # of every command that answers: who sees this one reply, whatever the rule
PRIVATE_DESCRIPTION = "only you see the answer, or everybody does; as this server has it if left out"


def private_option(callback: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """A command's callback with the option `private`, which who finds the audience of a reply reads; it gets the rest.

    Stands right below the decorator that makes the command.
    """

    @wraps(callback)
    async def without_option(*args: P.args, **options: P.kwargs) -> T:
        options.pop(PRIVATE_OPTION, None)
        return await callback(*args, **options)

    signature = inspect.signature(callback)
    option = inspect.Parameter(PRIVATE_OPTION, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=bool | None)
    # discord.py reads the options of a command from its signature.
    vars(without_option)["__signature__"] = signature.replace(parameters=[*signature.parameters.values(), option])
    return app_commands.describe(**{PRIVATE_OPTION: PRIVATE_DESCRIPTION})(without_option)


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
    typed = ((option, value) for option, value in namespace if value is not None and option != PRIVATE_OPTION)
    arguments = tuple(Argument(option, str(value)) for option, value in typed)
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
    # What every command takes says nothing of this one.
    shown = ((name, one) for name, one in _shown_options(command) if name != PRIVATE_OPTION)
    options = (name if one.required else f"[{name}]" for name, one in shown)
    return " ".join([f"/{command.qualified_name}", *options])


def _shown_options(command: AnyCommand) -> Iterator[tuple[str, app_commands.Parameter]]:
    """The options by the names that people read; those that repeat one under a number are one, “file2 … file10”."""
    names = {parameter.display_name for parameter in command.parameters}
    for base, group in groupby(command.parameters, lambda one: _base_name(one.display_name, names)):
        repeats = list(group)
        first, last = repeats[0].display_name, repeats[-1].display_name
        yield (base if len(repeats) == 1 else f"{first} … {last}"), repeats[0]


def _base_name(name: str, names: Collection[str]) -> str:
    """The numbered options of one name share this; any other has its own."""
    base = name.rstrip("0123456789")
    return f"{base}…" if base != name and base in names else name


def command_help(command: AnyCommand) -> CommandHelp:
    """What /help says of a command: how it is typed, what it answers, and what each option means."""
    options = tuple(
        OptionHelp(name, str(one.description), one.required, tuple(str(choice.value) for choice in one.choices))
        for name, one in _shown_options(command)
    )
    return CommandHelp(command.qualified_name, command_usage(command), command.description, options)
