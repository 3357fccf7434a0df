"""What a button carries: the question in the 100 characters of a custom id, and nothing in memory.

`1n|results|2|re~rk3v2mq7a|sn=Stage 1` is version 1, a press on Next, the command, the page, then its options (`1ns`
is the same for the sources of that card): two letters of the option's name, `~` with a kind and the short key of a
name, or `=` with a text as it is. So a press works after a restart, in any process and after any load.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.cards import Argument, Question, View
from bot.errors import NameProblem, OldButton
from bot.names.entity import short_key
from bot.names.index import NameIndex

__all__ = ["CANDIDATE", "CUSTOM_ID", "FOLLOW_UP", "Press", "code_of", "decode", "encode", "meant", "shortened"]

VERSION = "1"
CUSTOM_ID = 100
FREE_TEXT = 40  # bytes of an option that is no name; the law of buttons
PAGING = "apnz"  # first, previous, next, last
FOLLOW_UP = "f"
CANDIDATE = "c"
VIEWS: dict[View, str] = {"sources": "s", "explain": "e", "report": "r"}
KINDS = {"driver": "d", "race": "r", "track": "k", "team": "t", "manufacturer": "m", "series": "s", "season": "y"}
LETTERS = {letter: kind for kind, letter in KINDS.items()}
SIDES = {letter: view for view, letter in VIEWS.items()}


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button: `how` is a letter of PAGING, FOLLOW_UP or CANDIDATE; `page` counts from 0.

    `view` is the side of the answer that is meant; None for the answer itself.
    """

    how: str
    question: Question
    page: int = 0
    view: View | None = None

    @property
    def turns(self) -> bool:
        """Whether it turns to another page of the same answer."""
        return self.how in PAGING


def encode(press: Press) -> str | None:
    """The custom id; None where it does not fit, so that there is no button and the command is printed."""
    if any(len(a.value.encode()) > FREE_TEXT for a in press.question.arguments if a.kind not in KINDS):
        return None
    side = VIEWS[press.view] if press.view else ""
    parts = [
        VERSION + press.how + side,
        press.question.command,
        str(press.page),
        *map(_written, press.question.arguments),
    ]
    text = "|".join(parts)
    return text if len(text) <= CUSTOM_ID else None


def decode(custom_id: str, names: NameIndex, options: Callable[[str], tuple[str, ...] | None]) -> Press:
    """What was pressed; `options` gives the names of a command's options, None for no such command.

    Raises OldButton where the id is of another version, or names a command, an option or a name there is no more.
    """
    version, command, page, *arguments = (custom_id + "||" * (custom_id.count("|") < 2)).split("|")
    known = options(command)
    if known is None:
        raise OldButton(_instead("help"))
    if version[:2] not in {VERSION + how for how in (*PAGING, FOLLOW_UP, CANDIDATE)} or not page.isdecimal():
        raise OldButton(_instead(command))
    if version[2:] and version[2:] not in SIDES:
        raise OldButton(_instead(command))
    by_code = {code_of(option): option for option in known}
    read = (_read(text, by_code, names) for text in arguments)
    found = tuple(argument for argument in read if argument is not None)
    if len(found) < len(arguments):
        raise OldButton(_instead(command))
    return Press(version[1:2], Question(command, found), int(page), SIDES.get(version[2:]))


def code_of(option: str) -> str:
    """Two letters for an option, the first and the last; no command has two options of one code (tested)."""
    return option[0] + option[-1]


def meant(question: Question, problem: NameProblem, candidate: str) -> Question | None:
    """`question` with `candidate` in the place of what was typed; None where no option holds what was typed."""
    typed = problem.text.strip()
    places = [place for place, argument in enumerate(question.arguments) if argument.value.strip() == typed]
    if not places:
        return None
    place = next((p for p in places if question.arguments[p].option == problem.kind), places[0])
    chosen = Argument(question.arguments[place].option, candidate, problem.kind if problem.kind in KINDS else None)
    return Question(question.command, (*question.arguments[:place], chosen, *question.arguments[place + 1 :]))


def shortened(question: Question) -> Question:
    """The question with its free texts cut at a word to what a button can carry."""
    return Question(
        question.command,
        tuple(a if a.kind in KINDS else Argument(a.option, _shorter(a.value)) for a in question.arguments),
    )


def _shorter(text: str) -> str:
    if len(text.encode()) <= FREE_TEXT:
        return text
    start = text.encode()[:FREE_TEXT].decode(errors="ignore")
    return start.rsplit(maxsplit=1)[0] if " " in start.strip() else start


def _written(argument: Argument) -> str:
    if argument.kind in KINDS:
        return f"{code_of(argument.option)}~{KINDS[argument.kind]}{short_key(argument.kind, argument.value)}"
    return f"{code_of(argument.option)}={argument.value.replace('%', '%25').replace('|', '%7C')}"


def _read(text: str, by_code: Mapping[str, str], names: NameIndex) -> Argument | None:
    """One option of a custom id; None where the option or the name is not known (any more)."""
    option, mark, value = by_code.get(text[:2]), text[2:3], text[3:]
    if option is None:
        return None
    if mark == "=":
        return Argument(option, value.replace("%7C", "|").replace("%25", "%"))
    kind = LETTERS.get(value[:1]) if mark == "~" else None
    entity = names.by_key(kind, value[1:]) if kind else None
    return Argument(option, entity.value, kind) if entity else None


def _instead(command: str) -> str:
    return f"This button is from an older version. Type /{command} … instead."
