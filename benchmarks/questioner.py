"""Asks a bot that is not connected, presses its buttons, and writes down as text all that it would send to Discord."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.card_questions import AnyCommand, Options
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import OPERATOR_RIGHTS, Json, Person, Reply

__all__ = ["FAN", "GUILD", "MODERATOR", "Questioner", "person_of"]

GUILD = 5
FAN, MODERATOR = Person(1, GUILD), Person(2, GUILD, OPERATOR_RIGHTS)
LINE = 160  # characters up to which an object stands in one line
PAGES = 4  # of an answer that are looked at
IN_PLACE = re.compile(r"2[no]")  # ids of the arrow that leads on, and of the parts of a card
SIDES = re.compile(r"Sources|Explain|Conflicts|Checks|Report a mistake")
UNPRESSED = re.compile(r"◀|Share|Apply|Discard|Answer|Close|Delete|Remove|Roll back|Withdraw|Forget")

# What differs from run to run: moments, keys of plans and errors, sizes on disk, numbers of data versions.
VARIABLE = (
    (re.compile(r"\w+ \d{1,2}, \d{4}, \d\d:\d\d UTC"), "MOMENT"),
    (re.compile(r"(?<=<t:)\d+"), "MOMENT"),
    (re.compile(r"(?<=\|pn=)[0-9a-f]{8}"), "PLAN"),
    (re.compile(r"(?<=If you report it, name )[0-9a-f]{6}"), "ERROR"),
    (re.compile(r"[\d,.]+ MB in the database"), "SIZE in the database"),
    (re.compile(r"(version\W{1,6})\d+", re.IGNORECASE), r"\1NUMBER"),
)


def person_of(command: AnyCommand) -> Person:
    """Who asks a command: a moderator, where Discord shows it to them alone."""
    return MODERATOR if (command.root_parent or command).default_permissions else FAN


class Questioner:
    """Puts questions to a bot and keeps what it answers, as text, by question."""

    def __init__(self, board: LoopbackDiscord) -> None:
        self.board, self.texts = board, dict[str, str]()
        self._pressed = set[str]()
        self._asked = Counter[str]()

    async def ask(
        self, command: str, options: Options, person: Person = FAN, room: int = -1, resolved: Json | None = None
    ) -> Reply:
        """Ask, then press what stands under the answer, as far as there is room: pages take none, sides 1, others 2.

        `resolved` are things whose ids are among the options.
        """
        reply = await self.board.slash(command, options, person, resolved)
        self.keep(" ".join([f"/{command}", *(f"{name}:{value}" for name, value in options.items())]), reply)
        await self._press_all(reply, room)
        return reply

    async def press(self, on: Reply, label: str, fields: Mapping[str, str]) -> Reply:
        """Press the first button or choose the first entry whose label begins like this; fill in and send its form."""
        custom_id = next((one for text, one in _choices_under(on) if text.startswith(label)), None)
        if custom_id is None:
            self.texts[f"no button {label} under {on.headline}"] = "  as it says"
            return on
        reply = await self.board.press(on, custom_id)
        self.keep(f"[{custom_id}]", reply)
        if reply.modal:
            names = [row["component"]["custom_id"] for row in reply.modal["components"]]
            filled = {name: fields[name] for name in names}
            reply = await self.board.submit(reply, filled)
            self.keep(f"[{custom_id}] {filled}", reply)
        return on if reply.edited_in_place else reply

    async def suggest(self, command: str, option: str, typed: str, person: Person) -> None:
        """Have choices offered for what is typed."""
        offered = await self.board.suggest(command, {option: typed}, option, person)
        lines = [f"  {label}" if label == value else f"  {label} = {value}" for label, value in offered]
        self.texts[f"/{command} {option}:{typed}…"] = _steady("\n".join(lines or ["  nothing"]))

    def keep(self, question: str, reply: Reply) -> None:
        """Write an answer down; the answer to a question that was asked before stands beside the first one."""
        name = _steady(question)
        self._asked[name] += 1
        number = self._asked[name]
        self.texts[name if number == 1 else f"{name} ({number})"] = _steady("\n".join(_lines_of(reply)))

    async def _press_all(self, reply: Reply, room: int, page: int = 1) -> None:
        """Press what was never pressed before, as far as there is room: a button has the same answer anywhere.

        What is turned to in place comes last, since it changes the message that the others are under.
        """
        for label, custom_id in sorted(_choices_under(reply), key=lambda choice: bool(IN_PLACE.match(choice[1]))):
            turns = bool(IN_PLACE.match(custom_id))
            left = room - (0 if turns else 1 if SIDES.match(label) else 2)
            enough = left < 0 or (turns and page == PAGES)
            if enough or custom_id in self._pressed or UNPRESSED.match(label):
                continue
            self._pressed.add(custom_id)
            pressed = await self.board.press(reply, custom_id)
            self.keep(f"[{custom_id}]", pressed)
            await self._press_all(
                reply if pressed.edited_in_place else pressed, left, page + 1 if pressed.edited_in_place else 1
            )


def _choices_under(reply: Reply) -> list[tuple[str, str]]:
    """(label, id) of the buttons that can be pressed and of the entries that can be chosen."""
    buttons = [(one["label"], one["custom_id"]) for one in reply.buttons if not one.get("disabled")]
    return buttons + [(one["label"], one["value"]) for one in reply.entries if not one.get("default")]


def _lines_of(reply: Reply) -> Iterator[str]:
    """All that was sent, in order: every request with its body and its files."""
    if reply.failed or not reply.requests:
        yield "  failed" if reply.failed else "  nothing was sent"
    for sent in reply.requests:
        yield f"  {sent.method} {sent.path}"
        yield from _tree("- ", _filled(sent.body), "    ")
        for file in sent.files:
            yield f"    file {file.name}, {len(file.content):,} bytes, {hashlib.sha256(file.content).hexdigest()}"


def _tree(name: str, value: Any, indent: str) -> Iterator[str]:  # noqa: ANN401 - whatever JSON can be
    """A value as lines: what is short in one line, a text line by line."""
    short = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, str) and (len(short) > LINE or "\n" in value):
        yield f"{indent}{name.rstrip()}"
        yield from (f"{indent}  | {line}" for line in value.split("\n"))
    elif isinstance(value, dict) and len(short) > LINE:
        yield f"{indent}{name.rstrip()}"
        for key in sorted(value):
            yield from _tree(f"{key}: ", value[key], f"{indent}  ")
    elif isinstance(value, list) and len(short) > LINE:
        yield f"{indent}{name.rstrip()}"
        for item in value:
            yield from _tree("- ", item, f"{indent}  ")
    else:
        yield f"{indent}{name}{short}"


def _filled(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can be
    """A value without what is false, 0, None or an empty text in it: Discord takes it as if it were not there."""
    if isinstance(value, dict):
        return {key: _filled(item) for key, item in value.items() if item or isinstance(item, list | dict)}
    return [_filled(item) for item in value] if isinstance(value, list) else value


def _steady(text: str) -> str:
    """The text without what differs from run to run."""
    for pattern, instead in VARIABLE:
        text = pattern.sub(instead, text)
    return text
