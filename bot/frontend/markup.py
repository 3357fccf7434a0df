"""Text as Discord shows it: escaped, in one line, cut to a length. The only place that knows Discord's markup."""

import re
from collections.abc import Iterator

from bot.frontend import limits
from bot.frontend.text_table import strip_invisible

__all__ = ["collapse_spaces", "command_line", "escape", "escape_and_cut", "label", "one_line", "slices", "spans"]

COMMAND_LINE_LENGTH = 250  # characters; a command that is longer is not typed by anybody

MARKUP = re.compile(r"[\\*_~|`\[\]]")
LINE_START_MARKUP = re.compile(r"^[#>+-]", re.MULTILINE)
# Without one of these, none of the others is there.
ANY_MARKUP = re.compile(r"[\\*_~|`\[\]@<]|://|^[#>+-]|\+\d|discord", re.MULTILINE | re.IGNORECASE)
# Discord makes something of most of what stands in <>: people, channels, commands, times, emoji, addresses of web pages
# and e-mail, numbers to call. Telephones also make numbers to call of what begins with + and has many digits.
MENTIONS_AND_LINKS = re.compile(
    r"@(?=everyone|here|[!&]?\d)|<(?=\S)|:(?=//)|\+(?=\d[\d ()/-]{5})|discord(?=(?:app)?\.(?:gg|com)/)", re.IGNORECASE
)


def command_line(command: str) -> str:
    """A command to type, in code: one line of at most COMMAND_LINE_LENGTH characters."""
    # A backtick would end the code, and there is no way to escape one inside it.
    line = one_line(command.replace("`", "'"))
    return f"`{line if len(line) <= COMMAND_LINE_LENGTH else line[: COMMAND_LINE_LENGTH - 1] + '…'}`"


def label(text: str, max_length: int = limits.BUTTON_LABEL_CHARS) -> str:
    """The label of a button or a choice: one plain line of 1 to `max_length` characters. Markup does not work there."""
    line = one_line(text) or "…"
    return line if len(line) <= max_length else line[: max_length - 1].rstrip() + "…"


def escape(text: str) -> str:
    """`text` so that Discord shows it as it is: no markup, no mentions, no links, nothing invisible."""
    visible = strip_invisible(text)
    if not ANY_MARKUP.search(visible):
        return visible
    escaped = LINE_START_MARKUP.sub(r"\\\g<0>", MARKUP.sub(r"\\\g<0>", visible))
    # A backslash does not stop a mention or a link; a zero-width space inside it does.
    return MENTIONS_AND_LINKS.sub("\\g<0>\u200b", escaped)


def escape_and_cut(text: str, max_length: int) -> str:
    """`text` escaped, in one line of at most `max_length` characters, ending in … where some are left out."""
    line = one_line(text)
    escaped = escape(line)
    if len(escaped) <= max_length:
        return escaped
    # Cut before escaping: a cut after it could leave a backslash without the character it belongs to.
    return escape(next(slices(line, max_length - 1))) + "…"


def one_line(text: str) -> str:
    """`text` in one line, with nothing invisible and no spaces at its ends."""
    return " ".join(strip_invisible(text).split())


def collapse_spaces(text: str) -> str:
    """`text` in one line, with a space kept at either end."""
    return re.sub(r"\s+", " ", strip_invisible(text))


def slices(text: str, max_length: int) -> Iterator[str]:
    """`text` in order, in parts that have at most `max_length` characters when escaped."""
    return (text[begin:end] for begin, end in spans(text, max_length))


def spans(text: str, max_length: int) -> Iterator[tuple[int, int]]:
    """(start, end) of the parts of `slices`; cut at a space where there is one in the last third of a part."""
    begin = 0
    while begin < len(text):
        end = min(len(text), begin + max_length)
        # Escaping makes a text twice as long at most: nearly none has to be tried.
        while 2 * (end - begin) > max_length and (excess := len(escape(text[begin:end])) - max_length) > 0:
            end -= max(1, excess // 2)
        space = text.rfind(" ", begin + 2 * (end - begin) // 3, end)
        if end < len(text) and space > begin:
            end = space + 1
        yield begin, end
        begin = end
