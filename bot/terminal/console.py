"""A terminal that stands in for Discord: it drives the same command tree, so that there is no second list."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Sequence
from typing import TextIO

from discord import AppCommandOptionType
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from rich.console import Console
from rich.text import Text

from bot.errors import BotError, NotACommand
from bot.frontend.client import SpotterBot
from bot.terminal.command_parser import AnyCommand, Started, read_line, started
from bot.terminal.display import button_line, embed_panel
from bot.terminal.loopback import Switchboard
from bot.terminal.payloads import OPERATOR, Person, Reply

__all__ = ["Terminal", "Words"]

ME = 1
HINT = "Type a command such as /race nashville, Tab completes; help says what can be asked, quit leaves."
LEAVE = frozenset({"quit", "exit", "/quit", "/exit"})


class Terminal:
    """One person at a terminal, with the rights of the operator in the home server."""

    def __init__(self, bot: SpotterBot, out: Console) -> None:
        self.board = Switchboard(bot)
        self.out = out
        self.person = Person(ME, bot.home.guild, OPERATOR, name="the terminal")
        self._last: Reply | None = None
        self._form: Form | None = None

    async def answer(self, line: str) -> bool:
        """Answer one line, a command or the number of a button; False where the answer is an error."""
        try:
            reply = await self._reply(line)
        except BotError as error:
            self.out.print(Text(str(error), style="yellow"))
            return False
        if reply is None or reply.modal:
            self._form = Form(reply) if reply else self._form
            self.out.print(Text(self._form.asks if self._form else "", style="cyan"))
            return True
        self._last, self._form = reply, None
        self.out.print(embed_panel(reply.embed, self.out.width))
        for file in reply.files:
            self.out.print(Text(f"{file.name}:", style="dim"), Text(file.content.decode(errors="replace")))
        if reply.buttons:
            self.out.print(button_line(reply.buttons), soft_wrap=False)
        return not reply.failed

    async def converse(self, lines: TextIO) -> None:
        """Answer line after line until `quit` or the end; with a prompt and completion where a person types."""
        asked = self._typed() if lines.isatty() else _piped(lines)
        async for line in asked:
            if line.strip().casefold() in LEAVE:
                return
            if line.strip():
                await self.answer(line.strip())

    async def _typed(self) -> AsyncIterator[str]:
        """What a person types at the prompt; Ctrl+C drops a line, Ctrl+D ends."""
        self.out.print(Text(HINT, style="dim"))
        words = Words(self.board, self.person)
        session: PromptSession[str] = PromptSession(completer=words, complete_while_typing=False)
        while True:
            try:
                yield await session.prompt_async("spotter> ")
            except KeyboardInterrupt:
                continue
            except EOFError:
                return

    async def _reply(self, line: str) -> Reply | None:
        """The reply to one line; None while a form lacks fields. Raises BotError where no command can read it."""
        if self._form:
            self._form.fill(line)
            return await self.board.submit(self._form.reply, self._form.filled) if self._form.is_full else None
        active = [button for button in self._last.buttons if not button.get("disabled")] if self._last else []
        if self._last and line.isdecimal() and 1 <= int(line) <= len(active):
            pressed = await self.board.press(self._last, active[int(line) - 1]["custom_id"])
            # A page that was turned in place has changed the message the button is under.
            return self._last if pressed.turned else pressed
        if line.isdecimal():
            raise NotACommand(f"There is no button {line} under the last answer.")
        asked = read_line("/help" if line.casefold() == "help" else line, self.board.bot.commands_of(self.person.guild))
        return await self.board.slash(asked.command, asked.options, self.person)


class Form:
    """A form that a button opened: at a terminal, every field is a line."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        rows = (reply.modal or {})["components"]
        self._fields = [(str(row["component"]["custom_id"]), str(row["label"])) for row in rows]
        self.filled: dict[str, str] = {}

    @property
    def is_full(self) -> bool:
        """Whether every field has been filled in."""
        return len(self.filled) == len(self._fields)

    @property
    def asks(self) -> str:
        """What to type next."""
        return self._fields[len(self.filled)][1]

    def fill(self, line: str) -> None:
        """Take a line for the next field."""
        self.filled[self._fields[len(self.filled)][0]] = line


class Words(Completer):
    """Completion fed by the commands of the tree and by their own autocompletes."""

    def __init__(self, board: Switchboard, person: Person) -> None:
        self.board, self.person = board, person

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Nothing: suggestions are asked for asynchronously only."""
        del document, complete_event
        return iter(())

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Commands at the start of a line; later the choices of the option being typed, and the options left."""
        del complete_event
        text = document.text_before_cursor
        known = list(self.board.bot.commands_of(self.person.guild))
        begun = started(text, known)
        bare = begun is not None and not begun.options and not begun.value
        if begun is None or (bare and text.endswith(begun.command.qualified_name)):
            for completion in _names(text, known):
                yield completion
            return
        for value, label in await self._choices(begun):
            yield Completion(f"{value} ", -len(begun.value), display=label)
        last = begun.value.split(" ")[-1]
        for parameter in begun.command.parameters:
            name = parameter.display_name
            if name not in begun.options and name != begun.option and name.startswith(last):
                yield Completion(f"{name}:", -len(last), display=f"{name}:", display_meta=parameter.description)

    async def _choices(self, begun: Started) -> Sequence[tuple[str, str]]:
        """(value, label) pairs for the option being typed."""
        parameter = next((p for p in begun.command.parameters if p.display_name == begun.option), None)
        if parameter is None:
            return ()
        if parameter.type is AppCommandOptionType.boolean:
            return [(word, word) for word in ("yes", "no") if word.startswith(begun.value.casefold())]
        if parameter.choices:
            return [(str(c.value), c.name) for c in parameter.choices if c.name.startswith(begun.value.casefold())]
        if not parameter.autocomplete:
            return ()
        options = {**begun.options, begun.option: begun.value}
        offered = await self.board.suggest(begun.command.qualified_name, options, begun.option, self.person)
        return [(str(value), label) for label, value in offered]


def _names(text: str, known: Iterable[AnyCommand]) -> Iterator[Completion]:
    """The commands that begin as `text` does."""
    begun = "/" + text.strip().removeprefix("/")
    for command in known:
        name = f"/{command.qualified_name}"
        if name.startswith(begun):
            yield Completion(f"{name} ", -len(text), display=name, display_meta=command.description)


async def _piped(lines: TextIO) -> AsyncIterator[str]:
    """Lines of a file or a pipe."""
    while line := await asyncio.to_thread(lines.readline):
        yield line
