"""Terminal in the place of Discord: it drives the same command tree, so that there is no second list of commands."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Sequence
from typing import TextIO

from discord import AppCommandOptionType
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from rich.console import Console, RenderableType
from rich.text import Text

from bot.errors import BotError, NotACommand
from bot.frontend.client import SpotterBot
from bot.language.printable import printable
from bot.terminal.chart_drawing import drawn_chart
from bot.terminal.command_parser import AnyCommand, PartialCommand, parse_command, parse_partial
from bot.terminal.display import choice_lines, message_panel
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import INPUT_TYPE, OPERATOR_RIGHTS, Person, Reply, SentFile

__all__ = ["CommandCompleter", "Terminal"]

OPERATOR_ID = 1
WELCOME = "Type a command such as /race nashville, Tab completes; help says what can be asked, quit leaves."
PNG_SIGNATURE = b"\x89PNG"
NOTHING = "-"  # what is typed to choose nothing: an empty line is none
QUIT_WORDS = frozenset({"quit", "exit", "/quit", "/exit"})


class Terminal:
    """One person at a terminal, with the rights of the operator in the home server."""

    def __init__(self, bot: SpotterBot, out: Console) -> None:
        self.loopback = LoopbackDiscord(bot)
        self.out = out
        self.person = Person(OPERATOR_ID, bot.home.guild, OPERATOR_RIGHTS, name="the terminal")
        self._last_reply: Reply | None = None
        self._form: TerminalForm | None = None

    async def answer(self, line: str) -> bool:
        """Answer one line, a command or the number of a button; False where the answer is an error."""
        try:
            reply = await self._reply_to(line)
        except BotError as error:
            self.out.print(Text(printable(str(error)), style="yellow"))
            return False
        if reply is None or reply.modal:
            self._form = TerminalForm(reply) if reply else self._form
            self.out.print(Text(self._form.next_label if self._form else "", style="cyan"))
            return True
        self._last_reply, self._form = reply, None
        self.out.print(message_panel(reply.last_message.get("components") or (), self.out.width))
        for file in reply.files:
            self.out.print(*_file_lines(file))
        if reply.buttons or reply.entries:
            self.out.print(choice_lines(reply.buttons, reply.entries), soft_wrap=False)
        return not reply.failed

    async def converse(self, lines: TextIO) -> None:
        """Answer line after line until `quit` or the end; with a prompt and completion where a person types."""
        # A pipe has no prompt and no completion, so that a script reads answers and nothing else.
        typed_lines = self._prompt_lines() if lines.isatty() else _stream_lines(lines)
        async for line in typed_lines:
            if line.strip().casefold() in QUIT_WORDS:
                return
            if line.strip():
                await self.answer(line.strip())

    async def _prompt_lines(self) -> AsyncIterator[str]:
        """The lines typed at the prompt; Ctrl+C drops a line, Ctrl+D ends."""
        self.out.print(Text(WELCOME, style="dim"))
        completer = CommandCompleter(self.loopback, self.person)
        session: PromptSession[str] = PromptSession(completer=completer, complete_while_typing=False)
        while True:
            try:
                yield await session.prompt_async("spotter> ")
            except KeyboardInterrupt:
                continue
            except EOFError:
                return

    async def _reply_to(self, line: str) -> Reply | None:
        """The reply to one line; None while a form lacks fields. Raises BotError where no command can read it."""
        # While a form is open, every line is its next field, also a number or a command.
        if self._form:
            self._form.fill(line)
            return await self.loopback.submit(self._form.reply, self._form.values) if self._form.is_full else None
        choices = _choices_under(self._last_reply) if self._last_reply else []
        if self._last_reply and line.isdecimal() and 1 <= int(line) <= len(choices):
            press_reply = await self.loopback.press(self._last_reply, choices[int(line) - 1])
            # A page that was turned in place has changed the message the button is under.
            is_turned = press_reply.edited_in_place and not press_reply.followups
            return self._last_reply if is_turned else press_reply
        if line.isdecimal():
            raise NotACommand(f"There is no button {line} under the last answer.")
        command = parse_command(
            "/help" if line.casefold() == "help" else line, self.loopback.bot.list_commands(self.person.guild)
        )
        return await self.loopback.slash(command.command, command.options, self.person)


def _file_lines(file: SentFile) -> tuple[RenderableType, ...]:
    """A file as text: a chart drawn in letters, a report as it is; of any other picture only its name."""
    if file.content.startswith(PNG_SIGNATURE):
        from bot.charts import chart_in_picture  # noqa: PLC0415 - Pillow takes 0.02 s, and most lines need none

        chart = chart_in_picture(file.content)
        return (drawn_chart(chart),) if chart else (Text(file.name, style="dim"),)
    return Text(f"{file.name}:", style="dim"), Text(printable(file.content.decode(errors="replace"), keep="\n\t"))


def _choices_under(reply: Reply) -> list[str]:
    """What the numbers under an answer stand for: the ids of its buttons, then those of the entries of its select."""
    buttons = [str(button["custom_id"]) for button in reply.buttons if not button.get("disabled")]
    return buttons + [str(entry["value"]) for entry in reply.entries]


class TerminalForm:
    """A form that a button opened: at a terminal, every field is a line."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        rows = (reply.modal or {})["components"]
        self._fields = [(row["component"], str(row["label"])) for row in rows]
        self.values: dict[str, str] = {}

    @property
    def is_full(self) -> bool:
        """Whether every field has been filled in."""
        return len(self.values) == len(self._fields)

    @property
    def next_label(self) -> str:
        """The caption of the next field, and what can be chosen for it."""
        component, caption = self._fields[len(self.values)]
        words = [str(option["label"]) for option in component.get("options", ())]
        return f"{caption} ({', '.join(words)}; {NOTHING}: {component['placeholder']})" if words else caption

    def fill(self, line: str) -> None:
        """Take a line for the next field; a dash chooses nothing."""
        component, _ = self._fields[len(self.values)]
        is_empty = line.strip() == NOTHING and component["type"] != INPUT_TYPE
        self.values[str(component["custom_id"])] = "" if is_empty else line


class CommandCompleter(Completer):
    """Completion fed by the commands of the tree and by their own autocompletes."""

    def __init__(self, loopback: LoopbackDiscord, person: Person) -> None:
        self.loopback, self.person = loopback, person

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Nothing: suggestions are asked for asynchronously only."""
        del document, complete_event
        return iter(())

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Commands at the start of a line; later the choices of the option being typed, and the options left."""
        # The line may be both: "/race" is a whole command, and the beginning of others.
        del complete_event
        text = document.text_before_cursor
        commands = list(self.loopback.bot.list_commands(self.person.guild))
        partial = parse_partial(text, commands)
        no_options_yet = partial is not None and not partial.options and not partial.value
        if partial is None or (no_options_yet and text.endswith(partial.command.qualified_name)):
            for completion in _command_completions(text, commands):
                yield completion
            return
        for value, label in await self._choices(partial):
            yield Completion(f"{value} ", -len(partial.value), display=label)
        last_word = partial.value.split(" ")[-1]
        for parameter in partial.command.parameters:
            name = parameter.display_name
            if name not in partial.options and name != partial.option and name.startswith(last_word):
                yield Completion(f"{name}:", -len(last_word), display=f"{name}:", display_meta=parameter.description)

    async def _choices(self, partial: PartialCommand) -> Sequence[tuple[str, str]]:
        """(value, label) pairs for the option being typed."""
        parameter = next((p for p in partial.command.parameters if p.display_name == partial.option), None)
        if parameter is None:
            return ()
        if parameter.type is AppCommandOptionType.boolean:
            return [(word, word) for word in ("yes", "no") if word.startswith(partial.value.casefold())]
        if parameter.choices:
            return [(str(c.value), c.name) for c in parameter.choices if c.name.startswith(partial.value.casefold())]
        if not parameter.autocomplete:
            return ()
        options = {**partial.options, partial.option: partial.value}
        suggestions = await self.loopback.suggest(partial.command.qualified_name, options, partial.option, self.person)
        return [(str(value), label) for label, value in suggestions]


def _command_completions(text: str, commands: Iterable[AnyCommand]) -> Iterator[Completion]:
    """The commands that begin as `text` does."""
    prefix = "/" + text.strip().removeprefix("/")
    for command in commands:
        name = f"/{command.qualified_name}"
        if name.startswith(prefix):
            yield Completion(f"{name} ", -len(text), display=name, display_meta=command.description)


async def _stream_lines(lines: TextIO) -> AsyncIterator[str]:
    """Lines of a file or a pipe."""
    # In a thread, since a pipe may keep its reader waiting, and the bot has other work meanwhile.
    while line := await asyncio.to_thread(lines.readline):
        yield line
