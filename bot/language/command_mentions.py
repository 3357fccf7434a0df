"""Commands named in running text, which Discord can show so that a tap types them.

Such a name rides in a text between two marks that no font has, as a moment does: only who sends the text knows the
number that Discord has given to the command. Without it, and anywhere else, it is written as it is typed.
"""

import re
from collections.abc import Callable

__all__ = ["command_mention", "count_mentions", "replace_mentions"]

START, END = "\ue002", "\ue003"  # of the private use area: no document means anything by them
MENTION = re.compile(rf"{START}([a-z_-]{{1,32}}(?: [a-z_-]{{1,32}}){{0,2}}){END}")


def command_mention(command: str) -> str:
    """The name of a command ("race", "data reload") as a piece of text."""
    return f"{START}{command}{END}"


def replace_mentions(text: str, write: Callable[[str], str]) -> str:
    """`text` with what `write` makes of each name of a command."""
    return MENTION.sub(lambda mark: write(mark[1]), text) if START in text else text


def count_mentions(text: str) -> int:
    """How many commands are named in a text."""
    return text.count(START)
