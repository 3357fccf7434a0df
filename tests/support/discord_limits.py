"""A judge of what is sent to Discord, by the bot's own table of limits.

What the judge does not know, it refuses: who sends something new writes its limits down first.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bot.frontend import limits
from bot.terminal.payloads import Json, SentFile, SentRequest

MESSAGE, THINKING, UPDATE, CHOICES, FORM = 4, 5, 7, 8, 9  # types of responses to an interaction
ROW, BUTTON, TEXT_INPUT, LABEL = 1, 2, 4, 18  # types of components
PRESSED_STYLES = frozenset({1, 2, 3, 4})  # of buttons that carry a custom id

MESSAGE_KEYS = frozenset(
    ["embeds", "components", "attachments", "flags", "content", "tts", "allowed_mentions", "id", "type"]
)
EMBED_KEYS = frozenset({"title", "description", "color", "footer", "type"})
BUTTON_KEYS = frozenset({"type", "custom_id", "label", "style", "disabled", "id"})
FIELD_KEYS = frozenset({"type", "custom_id", "style", "max_length", "placeholder", "required", "label", "id"})


def limit_faults(request: SentRequest) -> list[str]:
    """The limits that one request breaks, one line for each."""
    kind, body = request.body.get("type"), request.body
    data = body.get("data") or {} if "type" in body else body
    if kind == CHOICES:
        return list(_choice_faults(data["choices"]))
    if kind == FORM:
        return list(_form_faults(data))
    if kind in {MESSAGE, UPDATE} or kind is None:
        return list(_message_faults(data, request.files))
    return [] if kind == THINKING else [f"no limits are written down for a response of type {kind}"]


def scope_faults(commands: Sequence[Mapping[str, Any]]) -> list[str]:
    """The limits that the commands of one scope break: those that can be called everywhere, or those of one server."""
    faults = list(_count("commands", commands, limits.COMMANDS))
    return faults + [fault for command in commands for fault in command_faults(command)]


def command_faults(command: Mapping[str, Any]) -> list[str]:
    """The limits that one command breaks, with all its subcommands."""
    size = _command_size(command)
    faults = [] if size <= limits.COMMAND_CHARS else [f"{size} characters in one command"]
    return faults + list(_command_part_faults(command))


def _message_faults(data: Json, files: Sequence[SentFile]) -> Iterator[str]:
    yield from _unknown("message", data, MESSAGE_KEYS)
    if data.get("content"):
        yield "message: cards have no content beside their embed"
    embeds, rows = data.get("embeds") or [], data.get("components") or []
    if not embeds and not files:
        yield "message: empty"
    yield from _count("embeds", embeds, limits.MESSAGE_EMBEDS)
    for embed in embeds:
        yield from _embed_faults(embed)
    total = sum(map(_embed_size, embeds))
    if total > limits.MESSAGE_EMBED_CHARS:
        yield f"{total} characters in all embeds"
    yield from _count("rows", rows, limits.MESSAGE_ROWS)
    for row in rows:
        yield from _row_faults(row)
    custom_ids = Counter(button.get("custom_id") for row in rows for button in row.get("components", ()))
    yield from (f"custom id {custom_id!r} twice" for custom_id, number in custom_ids.items() if number > 1)
    yield from _file_faults(data.get("attachments") or [], files)


def _embed_faults(embed: Json) -> Iterator[str]:
    yield from _unknown("embed", embed, EMBED_KEYS)
    yield from _length("title", embed.get("title"), limits.EMBED_TITLE_CHARS, required=False)
    yield from _length("description", embed.get("description"), limits.EMBED_DESCRIPTION_CHARS)
    yield from _length("footer", (embed.get("footer") or {}).get("text"), limits.EMBED_FOOTER_CHARS, required=False)


def _embed_size(embed: Json) -> int:
    footer = (embed.get("footer") or {}).get("text") or ""
    return len(embed.get("title") or "") + len(embed.get("description") or "") + len(footer)


def _row_faults(row: Json) -> Iterator[str]:
    buttons = row.get("components") or []
    if row.get("type") != ROW or not buttons:
        yield f"no row of buttons: {row}"
    yield from _count("buttons in a row", buttons, limits.ROW_BUTTONS)
    for button in buttons:
        yield from _unknown("button", button, BUTTON_KEYS)
        if button.get("type") != BUTTON or button.get("style") not in PRESSED_STYLES:
            yield f"no button that carries a custom id: {button}"
        yield from _length("button label", button.get("label"), limits.BUTTON_LABEL_CHARS)
        yield from _length("custom id", button.get("custom_id"), limits.CUSTOM_ID_CHARS)


def _file_faults(attachments: Sequence[Json], files: Sequence[SentFile]) -> Iterator[str]:
    yield from _count("files", files, limits.MESSAGE_FILES)
    for file in files:
        yield from _length("file name", file.name, limits.FILE_NAME_CHARS)
        if not 0 < len(file.content) <= limits.FILE_BYTES:
            yield f"file of {len(file.content)} bytes"
    for attachment in attachments:
        yield from _length(
            "file description", attachment.get("description"), limits.FILE_DESCRIPTION_CHARS, required=False
        )


def _choice_faults(choices: Sequence[Json]) -> Iterator[str]:
    yield from _count("choices", choices, limits.CHOICES)
    for choice in choices:
        yield from _length("choice label", choice["name"], limits.CHOICE_LABEL_CHARS)
        if isinstance(choice["value"], str):
            yield from _length("choice value", choice["value"], limits.CHOICE_VALUE_CHARS)


def _form_faults(data: Json) -> Iterator[str]:
    yield from _length("form title", data.get("title"), limits.FORM_TITLE_CHARS)
    yield from _length("custom id", data.get("custom_id"), limits.CUSTOM_ID_CHARS)
    rows = data.get("components") or []
    if not rows:
        yield "form without fields"
    yield from _count("fields", rows, limits.FORM_FIELDS)
    for row in rows:
        if row.get("type") != LABEL:
            yield f"no labelled field: {row}"
        yield from _length("field label", row.get("label"), limits.FIELD_LABEL_CHARS)
        yield from _field_faults(row.get("component") or {})


def _field_faults(field: Json) -> Iterator[str]:
    yield from _unknown("field", field, FIELD_KEYS)
    if field.get("type") != TEXT_INPUT:
        yield f"no field for text: {field}"
    yield from _length("custom id", field.get("custom_id"), limits.CUSTOM_ID_CHARS)
    yield from _length("placeholder", field.get("placeholder"), limits.PLACEHOLDER_CHARS, required=False)
    if not 1 <= (field.get("max_length") or limits.FIELD_TEXT_CHARS) <= limits.FIELD_TEXT_CHARS:
        yield f"field for {field['max_length']} characters"


def _command_part_faults(part: Mapping[str, Any]) -> Iterator[str]:
    """The faults of a command, a subcommand or an option, then those of what is in it."""
    options, choices = part.get("options") or [], part.get("choices") or []
    yield from _length("command or option", part["name"], limits.COMMAND_NAME_CHARS)
    yield from _length(f"description of {part['name']}", part["description"], limits.COMMAND_DESCRIPTION_CHARS)
    yield from _count(f"options of {part['name']}", options, limits.COMMAND_OPTIONS)
    yield from _count(f"choices of {part['name']}", choices, limits.OPTION_CHOICES)
    for choice in choices:
        yield from _length(f"choice of {part['name']}", choice["name"], limits.CHOICE_LABEL_CHARS)
    for option in options:
        yield from _command_part_faults(option)


def _command_size(part: Mapping[str, Any]) -> int:
    """The characters that count: names, descriptions, and the values of choices."""
    choices = sum(len(choice["name"]) + len(str(choice["value"])) for choice in part.get("choices") or ())
    options = sum(map(_command_size, part.get("options") or ()))
    return len(part["name"]) + len(part["description"]) + choices + options


def _length(what: str, text: str | None, limit: int, *, required: bool = True) -> Iterator[str]:
    if required and not (text or "").strip():
        yield f"{what}: empty"
    if len(text or "") > limit:
        yield f"{what}: {len(text or '')} characters of at most {limit}"


def _count(what: str, things: Sequence[object], limit: int) -> Iterator[str]:
    if len(things) > limit:
        yield f"{what}: {len(things)} of at most {limit}"


def _unknown(what: str, data: Json, keys: Collection[str]) -> Iterator[str]:
    """A part that is empty says nothing, whatever it is called."""
    yield from (f"{what}: no limits are written down for {key}" for key in data if key not in keys and data[key])
