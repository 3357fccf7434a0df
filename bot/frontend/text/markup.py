"""Text as Discord shows it: escaped, in one line, cut to a length. The only place that knows Discord's markup."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.frontend import limits
from bot.frontend.text.text_table import strip_invisible
from bot.language.command_mentions import replace_mentions
from bot.language.moments import replace_moments, write_out

__all__ = [
    "byte_count", "collapse_spaces", "command_line", "count_marks", "escape", "escape_and_cut", "escaped_slices",
    "first_slice", "label", "link", "name_commands", "one_line", "spans", "text_weight",
]  # fmt: skip

COMMAND_LINE_LENGTH = 250  # characters; a command that is longer is not typed by anybody

MARKUP = re.compile(r"[\\*_~|`\[\]]")
LINE_START_MARKUP = re.compile(r"^[#>+-]", re.MULTILINE)
# Without one of these, none of the others is there.
ANY_MARKUP = re.compile(r"[\\*_~|`\[\]@<]|://|^[#>+-]|\+\d|discord", re.MULTILINE | re.IGNORECASE)
# What a client counts as a piece of markup, of which it shows a hundred: each escaped sign, either end of bold text,
# each line that is a heading, small print or a quote, each piece of code whatever is in it, each link and moment.
MARK = re.compile(r"```[^`]*```|`[^`\n]+`|\\|\*\*|^(?:#{1,3}|-#|>) |\]\(|<(?=[t/])", re.MULTILINE)
MARKS_WEIGHT = 40  # of one mark, in characters: a text of MARKS_WEIGHT * n characters has at most n
ADDRESS = re.compile(r"https?://[^\s<>()\[\]\\]{1,400}", re.IGNORECASE)  # what a link can lead to without being torn
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
    line = one_line(write_out(text)) or "…"
    return line if len(line) <= max_length else line[: max_length - 1].rstrip() + "…"


def link(escaped_text: str, address: str) -> str:
    """An escaped text that leads to an address; the text alone where that is no address of the web."""
    return f"[{escaped_text}]({address})" if ADDRESS.fullmatch(address) else escaped_text


def escape(text: str) -> str:
    """`text` so that Discord shows it as it is: no markup, no mentions, no links, nothing invisible; moments live."""
    visible = strip_invisible(text)
    if ANY_MARKUP.search(visible):
        visible = LINE_START_MARKUP.sub(r"\\\g<0>", MARKUP.sub(r"\\\g<0>", visible))
        # A backslash does not stop a mention or a link; a zero-width space inside it does.
        visible = MENTIONS_AND_LINKS.sub("\\g<0>\u200b", visible)
    return replace_moments(visible, _timestamp, lambda when: _timestamp(when, "R"))


def _timestamp(when: datetime, style: str = "f") -> str:
    """A moment as Discord writes it for each reader: "f" as day and time, "R" as how far away it is."""
    return f"<t:{int(when.timestamp())}:{style}>"


def escape_and_cut(text: str, max_length: int) -> str:
    """`text` escaped, in one line of at most `max_length` characters, ending in … where some are left out."""
    line = one_line(text)
    escaped = escape(line)
    if len(escaped) <= max_length and text_weight(escaped) <= max(max_length, MARKS_WEIGHT):
        return escaped
    # Cut before escaping: a cut after it could leave a backslash without the character it belongs to.
    start = escape(first_slice(line, max_length - 1))
    return f"{start}…" if len(start) < max_length else "…"


def count_marks(markup: str) -> int:
    """The pieces of markup in a text, as a client counts them."""
    return len(MARK.findall(markup))


def name_commands(markup: str, command_ids: Mapping[str, int]) -> str:
    """A text with each command that it names so that a tap types it; as it is typed where its id is not known."""

    def written(command: str) -> str:
        number = command_ids.get(command.partition(" ")[0])
        return f"</{command}:{number}>" if number else f"/{command}"

    return replace_mentions(markup, written)


def byte_count(text: str) -> int:
    """The bytes of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode(errors="replace"))


def text_weight(markup: str) -> int:
    """The size of a text: its characters; more where it has more than two bytes, or many marks, for its length."""
    size = len(markup)
    if not markup.isascii():
        size = max(size, (byte_count(markup) + 1) // 2)
    return max(size, markup.count("\\") * MARKS_WEIGHT)


def one_line(text: str) -> str:
    """`text` in one line, with nothing invisible and no spaces at its ends."""
    return " ".join(strip_invisible(text).split())


def collapse_spaces(text: str) -> str:
    """`text` in one line, with a space kept at either end."""
    return re.sub(r"\s+", " ", strip_invisible(text))


def escaped_slices(text: str, max_weight: int) -> Iterator[str]:
    """`text` escaped, in order, in parts that weigh at most `max_weight`."""
    if len(text) <= max_weight and text_weight(escaped := escape(text)) <= max_weight:  # nearly every text
        return iter((escaped,) if text else ())
    return (escape(text[begin:end]) for begin, end in spans(text, max_weight))


def first_slice(text: str, max_weight: int) -> str:
    """The first part of a text that weighs at most `max_weight` when escaped; "" for an empty text."""
    begin, end = next(spans(text, max_weight), (0, 0))
    return text[begin:end]


def spans(text: str, max_weight: int) -> Iterator[tuple[int, int]]:
    """(start, end) of parts that weigh at most `max_weight` when escaped.

    Cut at a space where there is one in the last third of a part.
    """
    begin = 0
    while begin < len(text):
        end = min(len(text), begin + max_weight)
        while (weight := text_weight(escape(text[begin:end]))) > max_weight and end - begin > 1:
            # In proportion, and at least one character less, so that few parts have to be tried.
            end = min(end - 1, begin + max(1, (end - begin) * max_weight // weight))
        space = text.rfind(" ", begin + 2 * (end - begin) // 3, end)
        if end < len(text) and space > begin:
            end = space + 1
        yield begin, end
        begin = end
