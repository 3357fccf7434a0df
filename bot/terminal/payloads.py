"""Payloads of interactions as Discord's API sends and takes them, and the reply that a person sees in the end.

Only what Discord documents for everybody, in plain dictionaries; `loopback` has the private parts of discord.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.frontend import limits

__all__ = [
    "APPLICATION_ID",
    "BUTTON_TYPE",
    "COMPONENTS_FLAG",
    "DEFERRED_UPDATE_RESPONSE",
    "EPHEMERAL_FLAG",
    "INPUT_TYPE",
    "LOADING_FLAG",
    "MEMBER_RIGHTS",
    "OPERATOR_RIGHTS",
    "SELECT_TYPE",
    "TEXT_TYPE",
    "UPDATE_RESPONSE",
    "Json",
    "Person",
    "Reply",
    "SentFile",
    "SentRequest",
    "form_component",
    "interaction_payload",
    "message_payload",
]  # fmt: skip

Json = dict[str, Any]  # an object of Discord's API; the tests judge the keys that the bot sends

APPLICATION_ID = 1000
CHANNEL_ID = 2000
EPHEMERAL_FLAG, LOADING_FLAG, COMPONENTS_FLAG = 1 << 6, 1 << 7, 1 << 15
BUTTON_TYPE, SELECT_TYPE, INPUT_TYPE, TEXT_TYPE = 2, 3, 4, 10  # of components
# The responses that change the message under which a button was pressed: at once, or by an edit that follows.
UPDATE_RESPONSE, DEFERRED_UPDATE_RESPONSE = 7, 6
MEMBER_RIGHTS = 1 << 10 | 1 << 11 | 1 << 31  # see the channel, send messages, use commands
OPERATOR_RIGHTS = MEMBER_RIGHTS | 1 << 5  # manage the server


@dataclass(frozen=True, slots=True)
class Person:
    """A person who asks; `rights` in the guild are a bit field, `guild` None is a direct message.

    `brings_bot`: the person has the bot on the own account, and the guild has not invited it.
    """

    id: int
    guild: int | None
    rights: int = MEMBER_RIGHTS
    roles: tuple[int, ...] = ()
    name: str = ""
    brings_bot: bool = False


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that comes with an answer."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SentRequest:
    """One request to Discord's API, with the files that go with it."""

    method: str
    path: str
    body: Json
    files: tuple[SentFile, ...] = ()


@dataclass(slots=True)
class Reply:
    """The reply that a person sees to one interaction; `message` is its payload, None where there is none.

    `opened_from` is the message whose button opened the form `modal`.
    """

    asker: Person
    message: Json | None = None
    followups: list[Json] = field(default_factory=list)
    choices: tuple[tuple[str, str | int | float], ...] = ()
    modal: Json | None = None
    opened_from: Json | None = None
    failed: bool = False
    requests: list[SentRequest] = field(default_factory=list)

    @property
    def last_message(self) -> Json:
        """The last message shown; an empty one where nothing was."""
        return self.followups[-1] if self.followups else self.message or {}

    @property
    def components(self) -> tuple[Json, ...]:
        """Every component of the last message shown, those inside others too, from top to bottom."""
        return tuple(_walk(self.last_message.get("components") or ()))

    @property
    def text(self) -> str:
        """All texts of the last message shown, as they were written, an empty line between two."""
        return "\n\n".join(part["content"] for part in self.components if part["type"] == TEXT_TYPE)

    @property
    def headline(self) -> str:
        """The first line of the last message shown, without the marks of a heading."""
        return self.text.partition("\n")[0].lstrip("# ")

    @property
    def buttons(self) -> tuple[Json, ...]:
        """Every button of the last message shown."""
        return tuple(part for part in self.components if part["type"] == BUTTON_TYPE)

    @property
    def entries(self) -> tuple[Json, ...]:
        """Every entry of the selects of the last message shown."""
        selects = (part for part in self.components if part["type"] == SELECT_TYPE)
        return tuple(entry for select in selects for entry in select["options"])

    @property
    def edited_in_place(self) -> bool:
        """Whether the message under which a button was pressed has been changed in place."""
        return any(sent.body.get("type") in {UPDATE_RESPONSE, DEFERRED_UPDATE_RESPONSE} for sent in self.requests)

    @property
    def files(self) -> tuple[SentFile, ...]:
        """The files that came with the last message shown."""
        return self.requests[-1].files if self.requests else ()

    @property
    def is_private(self) -> bool:
        """Whether only the asker sees the last message."""
        return bool(self.last_message.get("flags", 0) & EPHEMERAL_FLAG)


def _walk(components: Iterable[Json]) -> Iterator[Json]:
    """Components, and after each those inside it."""
    for part in components:
        yield part
        yield from _walk(part.get("components") or ())
        if accessory := part.get("accessory"):
            yield accessory


def interaction_payload(number: int, kind: int, data: Json, person: Person, message: Json | None = None) -> Json:
    """The payload of a call, typing, a press or a form; `message` is the one that a pressed button stands under."""
    payload: Json = {
        "id": str(number),
        "application_id": str(APPLICATION_ID),
        "type": kind,
        "token": "none",
        "version": 1,
        "data": data,
        "locale": "en-US",
        "app_permissions": str(MEMBER_RIGHTS),
        "entitlements": [],
        "attachment_size_limit": limits.FILE_BYTES,
        "authorizing_integration_owners": _installs(person),
        "channel_id": str(CHANNEL_ID),
    }
    return payload | _location(person) | ({"message": message} if message is not None else {})


def message_payload(number: int, interaction: int, asker: int, body: Json, flags: int) -> Json:
    """A message as Discord gives it back after `body` was sent in answer to an interaction of `asker`."""
    return {
        "id": str(number), "type": 20, "channel_id": str(CHANNEL_ID), "author": _user(APPLICATION_ID),
        "content": body.get("content") or "", "embeds": body.get("embeds") or [],
        "components": body.get("components") or [], "attachments": [], "mentions": [], "mention_roles": [],
        "mention_everyone": False, "pinned": False, "tts": False, "edited_timestamp": None, "flags": flags,
        "timestamp": "2024-01-01T00:00:00+00:00",
        "interaction_metadata": {
            "id": str(interaction), "type": 2, "user": _user(asker), "authorizing_integration_owners": {},
        },
    }  # fmt: skip


def form_component(component: Json, number: int, text: str) -> Json:
    """A field of a form as it is sent, filled in with a text; of a select that is what is chosen, with commas between.

    What is chosen is a value or its words; an empty text chooses nothing.
    """
    sent = {"type": component["type"], "id": number, "custom_id": component["custom_id"]}
    if component["type"] == INPUT_TYPE:
        return sent | {"value": text}
    values = {str(one["label"]).casefold(): str(one["value"]) for one in component.get("options", ())}
    typed = [one.strip() for one in text.split(",") if one.strip()]
    return sent | {"values": [values.get(one.casefold(), one) for one in typed]}


def _installs(person: Person) -> Json:
    """By whom the bot was added where a person asks: by the guild, or by the person alone."""
    is_own = person.guild is None or person.brings_bot
    return {"1": str(person.id)} if is_own else {"0": str(person.guild)}


def _location(person: Person) -> Json:
    """The part of a payload that says where a person is, and with which rights."""
    if person.guild is None:
        channel = {"id": str(CHANNEL_ID), "type": 1, "recipients": [_user(person.id)], "last_message_id": None}
        return {"user": _user(person.id, person.name), "channel": channel, "context": 1}
    guild = str(person.guild)
    roles = [_role(role) for role in person.roles]
    member = {
        "user": _user(person.id, person.name), "roles": [str(role) for role in person.roles],
        "permissions": str(person.rights), "joined_at": "2024-01-01T00:00:00+00:00", "deaf": False, "mute": False,
        "flags": 0,
    }  # fmt: skip
    channel = {
        "id": str(CHANNEL_ID),
        "type": 0,
        "name": "here",
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
    }
    guild_data: Json = {"id": guild, "locale": "en-US", "features": [], "roles": roles}
    return {"guild_id": guild, "guild": guild_data, "channel": channel, "member": member, "context": 0}


def _role(number: int) -> Json:
    colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    return {
        "id": str(number), "name": "role", "permissions": "0", "position": 1, "color": 0, "colors": colours,
        "hoist": False, "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip


def _user(number: int, name: str = "") -> Json:
    names = {"username": f"user{number}", "global_name": name or None}
    return {"id": str(number), "discriminator": "0", "avatar": None} | names
