"""Custom ids: what a button or an entry of a select carries, a whole question in 100 characters, nothing in memory.

`2n|driver|2|@tr|ne~dk3v2mq7a|sn=2023` is version 2, a press on the arrow that leads on, the command, the page, the part
that is shown, then the options (`2ns` is the same for the sources of that card, `2nu` where hidden results are shown):
two letters of the option's name, `~` with a kind and the short key of a name, or `=` with a text as it is. So a press
works after a restart, in any process and after any load. Version 1 knew no parts and cut its pages elsewhere: its ids
open their card at its first page.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.answers.ask.words.compact import compact_question
from bot.cards import MAX_FREE_TEXT_BYTES, Argument, CardSide, Question
from bot.errors import NameProblem, OldButton
from bot.frontend import limits
from bot.names.entity import short_key
from bot.names.index import NameIndex

__all__ = [
    "CANDIDATE_ACTION",
    "FOLLOW_UP_ACTION",
    "PART_ACTION",
    "PRESS_PREFIX",
    "SELECT_ID",
    "SHARE_ACTION",
    "ButtonPress",
    "decode",
    "encode",
    "option_code",
    "shorten_question",
    "with_candidate",
]

VERSION, OLD_VERSION = "2", "1"
PRESS_PREFIX = rf"[{OLD_VERSION}{VERSION}][a-z]{{1,3}}\|"  # regular expression; what every custom id begins with
SELECT_ID = f"{VERSION}w|"  # of a select, whose entries carry the presses; what follows tells two of a message apart
PAGING_ACTIONS = "np"  # next, previous
PART_ACTION = "o"
FOLLOW_UP_ACTION = "f"
CANDIDATE_ACTION = "c"
SHARE_ACTION = "h"
ACTIONS: Mapping[str, frozenset[str]] = {
    OLD_VERSION: frozenset("apnzfc"), VERSION: frozenset((*PAGING_ACTIONS, "o", "f", "c", "h")),
}  # fmt: skip
IN_PLACE_ACTIONS = frozenset((*PAGING_ACTIONS, PART_ACTION, "a", "z"))
ASK_COMMAND, ASK_CHOICES = "ask", frozenset(["driver", "race"])  # its options that say who or which is meant
UNCOVERED_LETTER = "u"  # last of a press below a reply that shows hidden results
PART_MARK = "@"
PART_CODE = re.compile(r"@[a-z0-9]{1,8}")
SIDE_LETTERS: dict[CardSide, str] = {"sources": "s", "explain": "e", "report": "r"}
# A letter for each kind of entity that a button can carry as a short key; written into messages, so never changed.
KIND_LETTERS = {
    "driver": "d",
    "race": "r",
    "track": "k",
    "team": "t",
    "manufacturer": "m",
    "series": "s",
    "season": "y",
}
KINDS_BY_LETTER = {letter: kind for kind, letter in KIND_LETTERS.items()}
SIDES_BY_LETTER = {letter: view for view, letter in SIDE_LETTERS.items()}


@dataclass(frozen=True, slots=True)
class ButtonPress:
    """A press of a button or the choice of an entry; `action` is one of the letters above.

    `page` counts from 0. `side` is a side of the answer ("sources" ...), None for the answer itself. `is_uncovered`:
    who pressed wants to know how races ended, whatever is hidden here.
    """

    action: str
    question: Question
    page: int = 0
    side: CardSide | None = None
    is_uncovered: bool = False

    @property
    def is_paging(self) -> bool:
        """Whether the press turns to another page or part of the same answer."""
        return self.action in IN_PLACE_ACTIONS


def encode(press: ButtonPress) -> str | None:
    """The custom id; None where it does not fit, so that there is no button and the command is printed."""
    if any(len(a.value.encode()) > MAX_FREE_TEXT_BYTES for a in press.question.arguments if a.kind not in KIND_LETTERS):
        return None
    side = SIDE_LETTERS[press.side] if press.side else ""
    parts = [
        VERSION + press.action + side + (UNCOVERED_LETTER if press.is_uncovered else ""),
        press.question.command,
        str(press.page),
        *([PART_MARK + press.question.part] if press.question.part else ()),
        *map(_encode_argument, press.question.arguments),
    ]
    text = "|".join(parts)
    return text if len(text) <= limits.CUSTOM_ID_CHARS else None


def decode(custom_id: str, names: NameIndex, options: Callable[[str], tuple[str, ...] | None]) -> ButtonPress:
    """The press that a custom id carries; `options` gives the names of a command's options, None for no such command.

    Raises OldButton where the id is of another version, or names a command, an option or a name there is no more.
    """
    # Anything can stand in a custom id, since old messages stay: too few parts are filled up, and then refused.
    version, command, page, *arguments = (custom_id + "||" * (custom_id.count("|") < 2)).split("|")
    option_names = options(command)
    if option_names is None:
        raise OldButton(_old_button_text("help"))
    action, side = version[1:2], version[2:].removesuffix(UNCOVERED_LETTER)
    if action not in ACTIONS.get(version[:1], ()) or not page.isdecimal() or (side and side not in SIDES_BY_LETTER):
        raise OldButton(_old_button_text(command))
    part = arguments.pop(0)[1:] if arguments and PART_CODE.fullmatch(arguments[0]) else ""
    options_by_code = {option_code(option): option for option in option_names}
    parsed = (_decode_argument(text, options_by_code, names) for text in arguments)
    known_arguments = tuple(argument for argument in parsed if argument is not None)
    if len(known_arguments) < len(arguments):
        raise OldButton(_old_button_text(command))
    number = int(page) if version[:1] == VERSION else 0
    question, is_uncovered = Question(command, known_arguments, part), version[2:].endswith(UNCOVERED_LETTER)
    return ButtonPress(action, question, number, SIDES_BY_LETTER.get(side), is_uncovered)


def option_code(option: str) -> str:
    """A code of two letters for an option, the first and the last; no command has the same code twice (tested)."""
    return option[0] + option[-1]


def with_candidate(question: Question, problem: NameProblem, candidate: str) -> Question | None:
    """`question` with `candidate` in the place of what was typed; None where no option holds what was typed."""
    if question.command == ASK_COMMAND and problem.kind in ASK_CHOICES:
        return _asked_again(question, problem.kind, candidate)
    typed_text = problem.text.strip()
    indexes = [number for number, argument in enumerate(question.arguments) if argument.value.strip() == typed_text]
    if not indexes:
        return None
    index = next((p for p in indexes if question.arguments[p].option == problem.kind), indexes[0])
    new_argument = Argument(
        question.arguments[index].option, candidate, problem.kind if problem.kind in KIND_LETTERS else None
    )
    arguments = (*question.arguments[:index], new_argument, *question.arguments[index + 1 :])
    return Question(question.command, arguments, question.part)


def _asked_again(question: Question, kind: str, candidate: str) -> Question:
    """A question in plain English with what was chosen beside it: its words stay, as few as say the same."""
    arguments = [
        Argument(one.option, compact_question(one.value)) if one.option == "question" else one
        for one in question.arguments
        if one.option != kind
    ]
    return Question(question.command, (*arguments, Argument(kind, candidate, kind)))


def shorten_question(question: Question) -> Question:
    """The question with its free texts cut at a word to what a button can carry."""
    return Question(
        question.command,
        tuple(a if a.kind in KIND_LETTERS else Argument(a.option, _shorten_text(a.value)) for a in question.arguments),
        question.part,
    )


def _shorten_text(text: str) -> str:
    if len(text.encode()) <= MAX_FREE_TEXT_BYTES:
        return text
    # The cut may fall inside a letter of several bytes: what is left of it is dropped.
    start = text.encode()[:MAX_FREE_TEXT_BYTES].decode(errors="ignore")
    return start.rsplit(maxsplit=1)[0] if " " in start.strip() else start


def _encode_argument(argument: Argument) -> str:
    if argument.kind in KIND_LETTERS:
        return f"{option_code(argument.option)}~{KIND_LETTERS[argument.kind]}{short_key(argument.kind, argument.value)}"
    # A bar in free text would end the argument.
    return f"{option_code(argument.option)}={argument.value.replace('%', '%25').replace('|', '%7C')}"


def _decode_argument(text: str, options_by_code: Mapping[str, str], names: NameIndex) -> Argument | None:
    """One option of a custom id; None where there is no such option or no such name (any more)."""
    option, mark, value = options_by_code.get(text[:2]), text[2:3], text[3:]
    if option is None:
        return None
    if mark == "=":
        return Argument(option, value.replace("%7C", "|").replace("%25", "%"))
    kind = KINDS_BY_LETTER.get(value[:1]) if mark == "~" else None
    entity = names.by_key(kind, value[1:]) if kind else None
    return Argument(option, entity.value, kind) if entity else None


def _old_button_text(command: str) -> str:
    return f"This button is from an older version. Type /{command} … instead."
