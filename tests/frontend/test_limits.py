"""The table of Discord's limits: it judges what is sent, it is Discord's own, and no folder below promises more."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.archive.queries.mistake_reports import MAX_REPORT_CHARS
from bot.frontend import layout, limits
from bot.frontend.text import pages
from bot.names import entity, index, match
from bot.terminal.payloads import COMPONENTS_FLAG, SentFile, SentRequest
from tests.support.discord_limits import command_faults, limit_faults, scope_faults
from tests.support.discord_schema import HAS_SCHEMA, NO_SCHEMA_NOTICE, specification
from tests.support.paths import ROOT

TEXT = {"type": 10, "content": "x"}
BUTTON = {"type": 2, "style": 1, "label": "x", "custom_id": "2f|help|0"}
OPTION = {"label": "x", "value": "x"}
PICTURE = {"type": 12, "items": [{"media": {"url": "attachment://a.png"}, "description": "x"}]}
FIELD = {"type": 18, "label": "x", "component": {"type": 4, "style": 1, "custom_id": "x"}}
FORM = {"title": "x", "custom_id": "x", "components": [FIELD]}
COMMAND: dict[str, Any] = {"name": "x", "description": "x", "options": []}


def row(*buttons: Mapping[str, object]) -> dict[str, object]:
    return {"type": 1, "components": list(buttons)}


def select(*options: Mapping[str, object], **parts: object) -> dict[str, object]:
    return row({"type": 3, "custom_id": "2w|show", "options": list(options)} | parts)


def container(*parts: Mapping[str, object]) -> dict[str, object]:
    return {"type": 17, "components": list(parts)}


def message(*components: Mapping[str, object], files: tuple[SentFile, ...] = (), **parts: object) -> SentRequest:
    data = {"components": list(components), "flags": COMPONENTS_FLAG} | parts
    return SentRequest("POST", "/callback", {"type": 4, "data": data}, files)


def form(**parts: object) -> SentRequest:
    return SentRequest("POST", "/callback", {"type": 9, "data": FORM | parts})


def choices(*pairs: tuple[str, str]) -> SentRequest:
    data = {"choices": [{"name": name, "value": value} for name, value in pairs]}
    return SentRequest("POST", "/callback", {"type": 8, "data": data})


@pytest.mark.parametrize(
    "request_inside",
    [
        message(TEXT),
        message(container(TEXT, {"type": 14}), row(BUTTON)),
        message(TEXT, select(*({"label": "x" * 100, "value": str(n)} for n in range(25)))),
        message(TEXT, PICTURE, files=(SentFile("a.png", b"x"),), attachments=[{"id": 0, "description": "x"}]),
        message({"type": 10, "content": "x" * 4000}),
        form(),
        choices(("x" * 100, "x" * 100)),
        SentRequest("POST", "/callback", {"type": 5, "data": {"flags": 64}}),
        SentRequest("PATCH", "/@original", {"components": [TEXT], "flags": COMPONENTS_FLAG}),
    ],
)
def test_what_is_inside_the_limits_is_no_fault(request_inside: SentRequest) -> None:
    assert limit_faults(request_inside) == []


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (message(), "message: empty"),
        (message(TEXT, content="x"), "no content"),
        (message(TEXT, embeds=[{"title": "x"}]), "no embeds"),
        (message(TEXT, flags=0), "not marked"),
        (message(TEXT, poll={"question": "x"}), "no limits are written down for poll"),
        (message(*[TEXT] * 41), "components: 41 of at most 40"),
        (message({"type": 10, "content": " "}), "text: empty"),
        (message(*[{"type": 10, "content": "x" * 2001}] * 2), "4002 characters in all texts"),
        (message({"type": 10, "content": "**x** " * 41}), "82 pieces of markup"),
        (message({"type": 10, "content": "日" * 3500}), "bytes of components"),
        (message({"type": 11}), "no limits are written down for a component of type 11"),
        (message(TEXT, row()), "no row of buttons"),
        (message(TEXT, row(*(BUTTON | {"custom_id": str(n)} for n in range(6)))), "buttons in a row: 6"),
        (message(TEXT, row(BUTTON, BUTTON)), "custom id '2f|help|0' twice"),
        (message(row(BUTTON | {"label": "x" * 81})), "button label: 81"),
        (message(row(BUTTON | {"label": " "})), "button label: empty"),
        (message(row(BUTTON | {"custom_id": "x" * 101})), "custom id: 101"),
        (message(row(BUTTON | {"style": 5})), "no button that carries a custom id"),
        (message(select()), "select without entries"),
        (message(select(*({"label": "x", "value": str(n)} for n in range(26)))), "entries: 26"),
        (message(select(OPTION, OPTION)), "value 'x' of an entry twice"),
        (message(select(OPTION | {"label": "x" * 101})), "entry: 101"),
        (message(select(OPTION | {"value": "x" * 101})), "value of an entry: 101"),
        (message(select(OPTION | {"description": "x" * 101})), "description of an entry: 101"),
        (message(select(OPTION, placeholder="x" * 101)), "placeholder: 101"),
        (message(select(*({"label": "x", "value": str(n), "default": True} for n in range(2)))), "two entries"),
        (message(PICTURE), "picture that is not sent along"),
        (message({"type": 13, "file": {"url": "attachment://a.csv"}}), "file that is not sent along"),
        (message(TEXT, files=(SentFile("a", b""),)), "file of 0 bytes"),
        (message(TEXT, files=(SentFile("a", b"x"),) * 11), "files: 11"),
        (message(TEXT, files=(SentFile("a", b"x"),), attachments=[{"description": "x" * 1025}]), "file description"),
        (form(title="x" * 46), "form title: 46"),
        (form(components=[]), "form without fields"),
        (form(components=[FIELD] * 6), "fields: 6"),
        (form(components=[FIELD | {"label": "x" * 46}]), "field label: 46"),
        (form(components=[FIELD | {"component": {"type": 4, "custom_id": "x", "max_length": 4001}}]), "4001"),
        (form(components=[FIELD | {"component": {"type": 4, "custom_id": "x", "placeholder": "x" * 101}}]), "101"),
        (choices(*((str(n), str(n)) for n in range(26))), "choices: 26"),
        (choices(("x" * 101, "x")), "choice label: 101"),
        (choices(("x", "")), "choice value: empty"),
        (SentRequest("POST", "/callback", {"type": 10}), "no limits are written down for a response of type 10"),
    ],
)
def test_what_breaks_a_limit_is_a_fault(broken: SentRequest, fault: str) -> None:
    assert fault in "; ".join(limit_faults(broken))


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"name": "x" * 33}, "command or option: 33"),
        ({"description": "x" * 101}, "description of x: 101"),
        ({"options": [COMMAND] * 26}, "options of x: 26"),
        ({"options": [COMMAND | {"choices": [{"name": "x", "value": "x"}] * 26}]}, "choices of x: 26"),
        ({"options": [COMMAND | {"choices": [{"name": "x", "value": "x" * 8000}]}]}, "characters in one command"),
    ],
)
def test_a_command_that_breaks_a_limit_is_a_fault(parts: Mapping[str, Any], fault: str) -> None:
    assert scope_faults([COMMAND] * limits.COMMANDS) == []
    assert scope_faults([COMMAND] * (limits.COMMANDS + 1)) == ["commands: 101 of at most 100"]
    assert fault in "; ".join(command_faults({**COMMAND, **parts}))


def test_no_folder_below_promises_more_than_discord_shows() -> None:
    assert entity.MAX_LABEL_LENGTH <= limits.CHOICE_LABEL_CHARS
    assert index.MAX_SUGGESTIONS <= limits.CHOICES
    assert match.MAX_CHOICES <= limits.ROW_BUTTONS
    assert MAX_REPORT_CHARS <= limits.FIELD_TEXT_CHARS
    heads = pages.HEADLINE_WEIGHT + pages.TITLE_WEIGHT + pages.NOTE_WEIGHT + layout.SMALL_PRINT_WEIGHT
    assert pages.PAGE_WEIGHT + heads + layout.COMMANDS_BYTES <= limits.MESSAGE_TEXT_CHARS


def test_every_limit_is_relied_on_somewhere() -> None:
    files = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py"), *(ROOT / "tests" / "support").rglob("*.py")]
    text = "".join(file.read_text(encoding="utf-8") for file in files if file != Path(limits.__file__))
    assert [name for name in vars(limits) if name.isupper() and f"limits.{name}" not in text] == []


@pytest.mark.skipif(not HAS_SCHEMA, reason=NO_SCHEMA_NOTICE)
@pytest.mark.parametrize(
    ("limit", "schema", "key", "measure"),
    [
        (limits.MESSAGE_FILES, "IncomingWebhookInteractionRequest", "attachments", "maxItems"),
        (limits.MESSAGE_TEXT_CHARS, "TextDisplayComponentForMessageRequest", "content", "maxLength"),
        (limits.SELECT_OPTIONS, "StringSelectComponentForMessageRequest", "options", "maxItems"),
        (limits.OPTION_LABEL_CHARS, "StringSelectOptionForRequest", "label", "maxLength"),
        (limits.OPTION_VALUE_CHARS, "StringSelectOptionForRequest", "value", "maxLength"),
        (limits.OPTION_DESCRIPTION_CHARS, "StringSelectOptionForRequest", "description", "maxLength"),
        (limits.MEDIA_DESCRIPTION_CHARS, "MediaGalleryItemRequest", "description", "maxLength"),
        (limits.FILE_NAME_CHARS, "MessageAttachmentRequest", "filename", "maxLength"),
        (limits.FILE_DESCRIPTION_CHARS, "MessageAttachmentRequest", "description", "maxLength"),
        (limits.ROW_BUTTONS, "ActionRowComponentForMessageRequest", "components", "maxItems"),
        (limits.BUTTON_LABEL_CHARS, "ButtonComponentForMessageRequest", "label", "maxLength"),
        (limits.CUSTOM_ID_CHARS, "ButtonComponentForMessageRequest", "custom_id", "maxLength"),
        (limits.CUSTOM_ID_CHARS, "ModalInteractionCallbackRequestData", "custom_id", "maxLength"),
        (limits.CUSTOM_ID_CHARS, "TextInputComponentForModalRequest", "custom_id", "maxLength"),
        (limits.FORM_TITLE_CHARS, "ModalInteractionCallbackRequestData", "title", "maxLength"),
        (limits.FIELD_LABEL_CHARS, "LabelComponentForModalRequest", "label", "maxLength"),
        (limits.PLACEHOLDER_CHARS, "TextInputComponentForModalRequest", "placeholder", "maxLength"),
        (limits.FIELD_TEXT_CHARS, "TextInputComponentForModalRequest", "max_length", "maximum"),
        (limits.COMMAND_NAME_CHARS, "ApplicationCommandCreateRequest", "name", "maxLength"),
        (limits.COMMAND_DESCRIPTION_CHARS, "ApplicationCommandCreateRequest", "description", "maxLength"),
        (limits.COMMAND_OPTIONS, "ApplicationCommandCreateRequest", "options", "maxItems"),
        (limits.OPTION_CHOICES, "ApplicationCommandStringOption", "choices", "maxItems"),
        (limits.CHOICE_LABEL_CHARS, "ApplicationCommandOptionStringChoice", "name", "maxLength"),
    ],
)
def test_a_limit_is_the_one_of_discords_own_schema(limit: int, schema: str, key: str, measure: str) -> None:
    assert specification()["components"]["schemas"][schema]["properties"][key][measure] == limit
