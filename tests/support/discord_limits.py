"""A judge of what is sent to Discord, by the bot's own table of limits.

What the judge does not know, it refuses: who sends something new writes its limits down first.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bot.frontend import limits
from bot.frontend.layout import message_bytes
from bot.frontend.text.markup import count_marks
from bot.terminal.payloads import BUTTON_TYPE, COMPONENTS_FLAG, SELECT_TYPE, TEXT_TYPE, Json, SentFile, SentRequest

# Types of responses to an interaction; of a later update nothing but the type is said.
MESSAGE, THINKING, LATER_UPDATE, UPDATE, CHOICES, FORM = 4, 5, 6, 7, 8, 9
ROW, TEXT_INPUT, SECTION, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = (
    1,
    4,
    9,
    12,
    13,
    14,
    17,
    18,
)  # types of components
ROLE_SELECT, CHANNEL_SELECT = 6, 8
PRESSED_STYLES = frozenset({1, 2, 3, 4})  # of buttons that carry a custom id

MESSAGE_KEYS = frozenset(
    ["embeds", "components", "attachments", "flags", "content", "tts", "allowed_mentions", "id", "type"]
)
COMPONENT_KEYS: Mapping[int, frozenset[str]] = {
    ROW: frozenset({"type", "components", "id"}),
    BUTTON_TYPE: frozenset({"type", "custom_id", "label", "style", "disabled", "id"}),
    SELECT_TYPE: frozenset(
        {"type", "custom_id", "placeholder", "options", "min_values", "max_values", "required", "id"}
    ),
    SECTION: frozenset({"type", "components", "accessory", "id"}),
    TEXT_TYPE: frozenset({"type", "content", "id"}),
    GALLERY: frozenset({"type", "items", "id"}),
    SEPARATOR: frozenset({"type", "divider", "spacing", "id"}),
    FILE: frozenset({"type", "file", "name", "size", "spoiler", "id"}),
    CONTAINER: frozenset({"type", "components", "accent_color", "spoiler", "id"}),
}
MENU_TYPES = frozenset({2, 3})  # of commands
FIELD_KEYS = frozenset({"type", "custom_id", "style", "max_length", "placeholder", "required", "label", "id"})

FORM_SELECT_KEYS = frozenset({"type", "custom_id", "placeholder", "min_values", "max_values", "required", "id"})
SELECT_KEYS: Mapping[int, frozenset[str]] = {
    SELECT_TYPE: FORM_SELECT_KEYS | {"options"},
    ROLE_SELECT: FORM_SELECT_KEYS | {"default_values"},
    CHANNEL_SELECT: FORM_SELECT_KEYS | {"default_values", "channel_types"},
}


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
    return [] if kind in {THINKING, LATER_UPDATE} else [f"no limits are written down for a response of type {kind}"]


def scope_faults(commands: Sequence[Mapping[str, Any]]) -> list[str]:
    """The limits that the commands of one scope break: those that can be called everywhere, or those of one server."""
    faults = list(_count("commands", commands, limits.COMMANDS))
    return faults + [fault for command in commands for fault in command_faults(command)]


def command_faults(command: Mapping[str, Any]) -> list[str]:
    """The limits that one command breaks, with all its subcommands."""
    if command.get("type") in MENU_TYPES:  # of the menu of a person or a message: it has a name and nothing else
        return list(_length("entry of a menu", command["name"], limits.COMMAND_NAME_CHARS))
    size = _command_size(command)
    faults = [] if size <= limits.COMMAND_CHARS else [f"{size} characters in one command"]
    return faults + list(_command_part_faults(command))


def _message_faults(data: Json, files: Sequence[SentFile]) -> Iterator[str]:
    yield from _unknown("message", data, MESSAGE_KEYS)
    if data.get("content") or data.get("embeds"):
        yield "message: components have no content and no embeds beside them"
    parts = data.get("components") or []
    if not parts:
        yield "message: empty"
    if not (data.get("flags") or 0) & COMPONENTS_FLAG:
        yield "message: not marked as one of components"
    components = list(_walk(parts))
    yield from _count("components", components, limits.MESSAGE_COMPONENTS)
    texts = [part.get("content") or "" for part in components if part.get("type") == TEXT_TYPE]
    if sum(map(len, texts)) > limits.MESSAGE_TEXT_CHARS:
        yield f"{sum(map(len, texts))} characters in all texts"
    if sum(map(count_marks, texts)) > limits.PAGE_MARKS:
        yield f"{sum(map(count_marks, texts))} pieces of markup in all texts"
    if message_bytes(parts) > limits.MESSAGE_BYTES:
        yield f"{message_bytes(parts)} bytes of components"
    for part in components:
        yield from _component_faults(part, {file.name for file in files})
    custom_ids = Counter(part["custom_id"] for part in components if part.get("custom_id"))
    yield from (f"custom id {custom_id!r} twice" for custom_id, number in custom_ids.items() if number > 1)
    yield from _file_faults(data.get("attachments") or [], files)


def _walk(parts: Sequence[Json]) -> Iterator[Json]:
    """Every component, those inside others too."""
    for part in parts:
        yield part
        yield from _walk(part.get("components") or ())
        yield from _walk([part["accessory"]] if part.get("accessory") else ())


def _component_faults(part: Json, files: Collection[str]) -> Iterator[str]:
    kind = part.get("type")
    keys = COMPONENT_KEYS.get(kind or 0)
    if keys is None:
        yield f"no limits are written down for a component of type {kind}"
        return
    yield from _unknown(f"component of type {kind}", part, keys)
    if kind == ROW:
        yield from _row_faults(part)
    elif kind == TEXT_TYPE:
        yield from _length("text", part.get("content"), limits.MESSAGE_TEXT_CHARS)
    elif kind == GALLERY:
        for item in part["items"]:
            yield from _length("words of a picture", item.get("description"), limits.MEDIA_DESCRIPTION_CHARS)
            if item["media"]["url"].removeprefix("attachment://") not in files:
                yield f"picture that is not sent along: {item['media']['url']}"
    elif kind == FILE and part["file"]["url"].removeprefix("attachment://") not in files:
        yield f"file that is not sent along: {part['file']['url']}"


def _row_faults(row: Json) -> Iterator[str]:
    inner = row.get("components") or []
    if not inner:
        yield f"no row of buttons: {row}"
    if any(one.get("type") == SELECT_TYPE for one in inner):
        yield from _count("selects in a row", inner, 1)
        yield from _select_faults(inner[0])
        return
    yield from _count("buttons in a row", inner, limits.ROW_BUTTONS)
    for button in inner:
        yield from _button_faults(button)


def _button_faults(button: Json) -> Iterator[str]:
    yield from _unknown("button", button, COMPONENT_KEYS[BUTTON_TYPE])
    if button.get("type") != BUTTON_TYPE or button.get("style") not in PRESSED_STYLES:
        yield f"no button that carries a custom id: {button}"
    yield from _length("button label", button.get("label"), limits.BUTTON_LABEL_CHARS)
    yield from _length("custom id", button.get("custom_id"), limits.CUSTOM_ID_CHARS)


def _select_faults(select: Json) -> Iterator[str]:
    yield from _length("custom id", select.get("custom_id"), limits.CUSTOM_ID_CHARS)
    yield from _length("placeholder", select.get("placeholder"), limits.PLACEHOLDER_CHARS, required=False)
    options = select.get("options") or []
    if not options:
        yield "select without entries"
    yield from _count("entries", options, limits.SELECT_OPTIONS)
    for option in options:
        yield from _length("entry", option["label"], limits.OPTION_LABEL_CHARS)
        yield from _length("value of an entry", option["value"], limits.OPTION_VALUE_CHARS)
        yield from _length(
            "description of an entry", option.get("description"), limits.OPTION_DESCRIPTION_CHARS, required=False
        )
    values = Counter(option["value"] for option in options)
    yield from (f"value {value!r} of an entry twice" for value, number in values.items() if number > 1)
    if sum(bool(option.get("default")) for option in options) > 1:
        yield "two entries are chosen"


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
    if field.get("type") in SELECT_KEYS:
        yield from _form_select_faults(field)
        return
    yield from _unknown("field", field, FIELD_KEYS)
    if field.get("type") != TEXT_INPUT:
        yield f"no field for text: {field}"
    yield from _length("custom id", field.get("custom_id"), limits.CUSTOM_ID_CHARS)
    yield from _length("placeholder", field.get("placeholder"), limits.PLACEHOLDER_CHARS, required=False)
    if not 1 <= (field.get("max_length") or limits.FIELD_TEXT_CHARS) <= limits.FIELD_TEXT_CHARS:
        yield f"field for {field['max_length']} characters"


def _form_select_faults(select: Json) -> Iterator[str]:
    """The faults of a select in a form: of values (with its options), of roles or of channels."""
    yield from _unknown("select in a form", select, SELECT_KEYS[select["type"]])
    yield from _length("custom id", select.get("custom_id"), limits.CUSTOM_ID_CHARS)
    yield from _length("placeholder", select.get("placeholder"), limits.PLACEHOLDER_CHARS, required=False)
    most, options, first = select.get("max_values", 1), select.get("options"), select.get("default_values") or []
    if not 0 <= select.get("min_values", 1) <= most <= limits.SELECT_OPTIONS:
        yield f"from {select.get('min_values')} to {most} values"
    # Discord refuses a field that has to be filled in and may be empty.
    if select.get("required", True) and not select.get("min_values", 1):
        yield "a select that is required, of no value at least"
    if select["type"] == SELECT_TYPE:
        yield from _count("options", options or [], limits.SELECT_OPTIONS)
        first = [option for option in options or [] if option.get("default")]
        for option in options or [{}]:
            yield from _length("label of an option", option.get("label"), limits.OPTION_LABEL_CHARS)
            yield from _length("value of an option", option.get("value"), limits.CUSTOM_ID_CHARS)
    if len(first) > most:
        yield f"{len(first)} values at first, of {most}"


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
