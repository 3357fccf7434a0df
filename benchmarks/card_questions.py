"""What is asked to write down every answer: each command with each of its options, and options while they are typed.

All of it comes from the commands themselves and from what they suggest, so that a new command or option is asked too.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from random import Random
from string import ascii_lowercase, digits
from typing import Any

from discord import AppCommandOptionType
from discord.app_commands import Command, Parameter

from benchmarks.questions import Value
from benchmarks.typed import slip
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import Person

__all__ = ["AnyCommand", "Options", "keystrokes", "questions_of"]

AnyCommand = Command[Any, ..., Any]
Options = Mapping[str, Value]

EACH_LETTER = 2  # suggestions that are taken for each first letter or digit
PREFIX = 9  # letters that somebody types before picking a suggestion
NUMBERS = (1, 2, 1_000_000)  # of a line, of a load
ODD = ("zzqx", "martin", "smith", "48", "the", "x" * 120)  # nobody, several, a car, nothing, too much
WORDS = (
    "stage 2",
    "final lap",
    "pit road",
    "zzqx",
    "who won",
    "why did it end",
)  # of texts that nothing is suggested for


async def questions_of(board: LoopbackDiscord, command: AnyCommand, person: Person) -> Sequence[Options]:
    """The options of every question: each value of each option, and every other option beside the first.

    None where the command needs a file.
    """
    found = {tuple(options.items()): options async for options in _questions_of(board, command, person)}
    return tuple(found.values())


async def _questions_of(board: LoopbackDiscord, command: AnyCommand, person: Person) -> AsyncIterator[Options]:
    needed: dict[str, Value] = {}
    for place, option in enumerate(option for option in command.parameters if option.required):
        if option.type is AppCommandOptionType.attachment:
            return
        values = await _values(board, command, option, needed, person)
        needed[option.display_name] = values[place % len(values)]
    yield needed
    for place, option in enumerate(command.parameters):
        for number, value in enumerate(await _values(board, command, option, needed, person)):
            given = needed | {option.display_name: value}
            yield given
            for other in command.parameters[1:] if place == number == 0 else ():
                for another in await _values(board, command, other, given, person):
                    yield given | {other.display_name: another}


async def keystrokes(
    board: LoopbackDiscord, command: AnyCommand, option: Parameter, person: Person, count: int
) -> Sequence[str]:
    """So many beginnings of what the option suggests, half of them with a slip; the same in every run."""
    rng, name = Random(f"{command.qualified_name} {option.display_name}"), option.display_name
    typed: dict[str, None] = {"": None}
    for begin in ("", *ascii_lowercase, *digits):
        for label, _ in await board.suggest(command.qualified_name, {name: begin}, name, person):
            text = rng.choice(label.lower().split(" · "))[:PREFIX]
            typed |= dict.fromkeys((text[: rng.randint(1, PREFIX)], slip(text, rng)))
    return sorted(rng.sample(list(typed), min(count, len(typed))))


async def _values(
    board: LoopbackDiscord, command: AnyCommand, option: Parameter, given: Options, person: Person
) -> Sequence[Value]:
    """What is asked for one option beside those that are given."""
    if option.choices:
        return [choice.value for choice in option.choices if not isinstance(choice.value, float)]
    if option.type is AppCommandOptionType.boolean:
        return (True, False)
    numeric = option.type is AppCommandOptionType.integer
    if not option.autocomplete:
        return NUMBERS if numeric else WORDS
    name, found = option.display_name, dict[Value, None]()
    for begin in ("", *(digits if numeric else ascii_lowercase)):
        offered = await board.suggest(command.qualified_name, {**given, name: begin}, name, person)
        values = [value for _, value in offered if not isinstance(value, float)]
        found |= dict.fromkeys(values if not begin else values[:EACH_LETTER])
    return [*found, *(() if numeric else ODD)]
