"""The table of Discord's limits: it judges what is sent, it is Discord's own, and no folder below promises more."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.archive.queries.mistake_reports import MAX_REPORT_CHARS
from bot.frontend import layout, limits
from bot.names import entity, index, match
from bot.terminal.payloads import SentFile, SentRequest
from tests.support.discord_limits import command_faults, limit_faults, scope_faults
from tests.support.discord_schema import HAS_SCHEMA, NO_SCHEMA_NOTICE, specification
from tests.support.paths import ROOT

EMBED = {"description": "x"}
BUTTON = {"type": 2, "style": 1, "label": "x", "custom_id": "1f|help|0"}
FIELD = {"type": 18, "label": "x", "component": {"type": 4, "style": 1, "custom_id": "x"}}
FORM = {"title": "x", "custom_id": "x", "components": [FIELD]}
COMMAND: dict[str, Any] = {"name": "x", "description": "x", "options": []}


def row(*buttons: Mapping[str, object]) -> dict[str, object]:
    return {"type": 1, "components": list(buttons)}


def message(files: tuple[SentFile, ...] = (), **parts: object) -> SentRequest:
    return SentRequest("POST", "/callback", {"type": 4, "data": {"embeds": [EMBED]} | parts}, files)


def form(**parts: object) -> SentRequest:
    return SentRequest("POST", "/callback", {"type": 9, "data": FORM | parts})


def choices(*pairs: tuple[str, str]) -> SentRequest:
    data = {"choices": [{"name": name, "value": value} for name, value in pairs]}
    return SentRequest("POST", "/callback", {"type": 8, "data": data})


@pytest.mark.parametrize(
    "request_inside",
    [
        message(),
        message(components=[row(BUTTON)]),
        message((SentFile("a.csv", b"x"),), attachments=[{"id": 0, "description": "x"}]),
        message(embeds=[{"title": "x" * 256, "description": "x" * 4096, "footer": {"text": "x" * 1648}}]),
        form(),
        choices(("x" * 100, "x" * 100)),
        SentRequest("POST", "/callback", {"type": 5, "data": {"flags": 64}}),
        SentRequest("PATCH", "/@original", {"embeds": [EMBED]}),
    ],
)
def test_what_is_inside_the_limits_is_no_fault(request_inside: SentRequest) -> None:
    assert limit_faults(request_inside) == []


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (message(embeds=[]), "message: empty"),
        (message(content="x"), "no content"),
        (message(poll={"question": "x"}), "no limits are written down for poll"),
        (message(embeds=[EMBED] * 11), "embeds: 11 of at most 10"),
        (message(embeds=[{"title": "x"}]), "description: empty"),
        (message(embeds=[EMBED | {"title": "x" * 257}]), "title: 257"),
        (message(embeds=[{"description": "x" * 4097}]), "description: 4097"),
        (message(embeds=[EMBED | {"footer": {"text": "x" * 2049}}]), "footer: 2049"),
        (message(embeds=[EMBED | {"fields": [{"name": "x"}]}]), "no limits are written down for fields"),
        (message(embeds=[{"description": "x" * 3001}] * 2), "6002 characters in all embeds"),
        (message(components=[row(BUTTON | {"custom_id": str(n)}) for n in range(6)]), "rows: 6 of at most 5"),
        (message(components=[row()]), "no row of buttons"),
        (message(components=[row(*(BUTTON | {"custom_id": str(n)} for n in range(6)))]), "buttons in a row: 6"),
        (message(components=[row(BUTTON, BUTTON)]), "custom id '1f|help|0' twice"),
        (message(components=[row(BUTTON | {"label": "x" * 81})]), "button label: 81"),
        (message(components=[row(BUTTON | {"label": " "})]), "button label: empty"),
        (message(components=[row(BUTTON | {"custom_id": "x" * 101})]), "custom id: 101"),
        (message(components=[row(BUTTON | {"style": 5})]), "no button that carries a custom id"),
        (message((SentFile("a", b""),)), "file of 0 bytes"),
        (message((SentFile("a", b"x"),) * 11), "files: 11"),
        (message((SentFile("a", b"x"),), attachments=[{"description": "x" * 1025}]), "file description: 1025"),
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
    assert layout.FOOTER_LENGTH <= limits.EMBED_FOOTER_CHARS
    assert layout.PAGE_LENGTH + layout.SOURCES_LENGTH <= limits.EMBED_DESCRIPTION_CHARS


def test_every_limit_is_relied_on_somewhere() -> None:
    files = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py"), *(ROOT / "tests" / "support").rglob("*.py")]
    text = "".join(file.read_text(encoding="utf-8") for file in files if file != Path(limits.__file__))
    assert [name for name in vars(limits) if name.isupper() and f"limits.{name}" not in text] == []


@pytest.mark.skipif(not HAS_SCHEMA, reason=NO_SCHEMA_NOTICE)
@pytest.mark.parametrize(
    ("limit", "schema", "key", "measure"),
    [
        (limits.MESSAGE_EMBEDS, "IncomingWebhookInteractionRequest", "embeds", "maxItems"),
        (limits.MESSAGE_FILES, "IncomingWebhookInteractionRequest", "attachments", "maxItems"),
        (limits.EMBED_TITLE_CHARS, "RichEmbed", "title", "maxLength"),
        (limits.EMBED_DESCRIPTION_CHARS, "RichEmbed", "description", "maxLength"),
        (limits.EMBED_FOOTER_CHARS, "RichEmbedFooter", "text", "maxLength"),
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
