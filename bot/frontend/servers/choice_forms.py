"""Forms in which something is chosen: values, channels, roles; each can be emptied, which chooses nothing.

A phone shows the first values of a form again under the same custom id, although they have changed since: so a digest
of them is part of the id.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import discord

from bot.cards import Argument
from bot.errors import NotAllowed
from bot.frontend import limits
from bot.frontend.custom_ids import ButtonPress, encode
from bot.frontend.host import Interaction
from bot.frontend.text.markup import label

__all__ = ["FORM_OPTION", "ChoiceField", "ask_choices", "choice_form"]

FORM_OPTION = "form"  # of a command that opens a form: the digest of its first values
DIGEST_BYTES = 4
DEFAULT_CHANNEL, DEFAULT_ROLE = discord.SelectDefaultValueType.channel, discord.SelectDefaultValueType.role
CHANGED_MEANWHILE = "Somebody has changed this meanwhile, so nothing was saved. Type /settings to see it as it is now."
ANNOUNCEMENT_CHANNELS = [discord.ChannelType.text, discord.ChannelType.news]

AnySelect = discord.ui.Select[discord.ui.Modal] | discord.ui.ChannelSelect[discord.ui.Modal]
AnyChoice = AnySelect | discord.ui.RoleSelect[discord.ui.Modal]


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A field of a form: the option that it fills, the caption above it, and what is chosen at first.

    `choices` are (value, words), of a channel or role none: Discord offers those. At most `most` can be chosen, and
    nothing always; `placeholder` says what that means.
    """

    option: str
    caption: str
    placeholder: str
    chosen: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    kind: Literal["value", "channel", "role"] = "value"
    most: int = 1


async def ask_choices(
    interaction: Interaction, title: str, fields: Sequence[ChoiceField], form: str
) -> Mapping[str, tuple[str, ...]] | None:
    """What was chosen in a form, by option; None for the press that asks for the form, which is then opened.

    `form` is the digest that the form carries. Raises NotAllowed where somebody has changed the values meanwhile.
    """
    if interaction.type is not discord.InteractionType.modal_submit:
        await interaction.response.send_modal(choice_form(interaction.extras["press"], title, fields))
        return None
    if form != _digest(fields):
        raise NotAllowed(CHANGED_MEANWHILE)
    chosen = dict(_chosen_values(interaction))
    return {field.option: _allowed(field, chosen.get(field.option, ())) for field in fields}


def choice_form(press: ButtonPress, title: str, fields: Sequence[ChoiceField]) -> discord.ui.Modal:
    """A form with these fields; it carries what its button carried, and the digest of what is chosen at first."""
    question = press.question
    arguments = (*question.arguments, Argument(FORM_OPTION, _digest(fields)))
    custom_id = encode(replace(press, question=replace(question, arguments=arguments))) or ""
    form = discord.ui.Modal(title=label(title, limits.FORM_TITLE_CHARS), custom_id=custom_id)
    for field in fields:
        form.add_item(discord.ui.Label(text=field.caption, component=_select(field)))
    form.stop()  # so that discord.py keeps nothing of it in memory; the client hears of what is sent
    return form


def _digest(fields: Sequence[ChoiceField]) -> str:
    """A digest of what is chosen at first."""
    first_values = repr([(field.option, field.chosen) for field in fields])
    return hashlib.blake2s(first_values.encode(), digest_size=DIGEST_BYTES).hexdigest()


def _select(field: ChoiceField) -> AnyChoice:
    """The select of a field, which may be left empty."""
    common: dict[str, Any] = {
        "custom_id": field.option,
        "placeholder": label(field.placeholder, limits.PLACEHOLDER_CHARS),
        "min_values": 0,
        "max_values": field.most,
        "required": False,
    }
    if field.kind == "channel":
        defaults = [discord.SelectDefaultValue(id=int(one), type=DEFAULT_CHANNEL) for one in field.chosen]
        return discord.ui.ChannelSelect(channel_types=ANNOUNCEMENT_CHANNELS, default_values=defaults, **common)
    if field.kind == "role":
        defaults = [discord.SelectDefaultValue(id=int(one), type=DEFAULT_ROLE) for one in field.chosen]
        return discord.ui.RoleSelect(default_values=defaults, **common)
    options = [
        discord.SelectOption(label=label(words, limits.OPTION_LABEL_CHARS), value=value, default=value in field.chosen)
        for value, words in field.choices[: limits.SELECT_OPTIONS]
    ]
    return discord.ui.Select(options=options, **common)


def _allowed(field: ChoiceField, values: tuple[str, ...]) -> tuple[str, ...]:
    """What was chosen of what the field offers. Raises NotAllowed for anything else."""
    offered = {value for value, _ in field.choices}
    if len(values) > field.most or (field.kind == "value" and not offered.issuperset(values)):
        raise NotAllowed(f"{field.caption} can only be one of what the form offers. Open it again.")
    return values


def _chosen_values(interaction: Interaction) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(option, values) of each select of a form that was sent."""
    data: Any = interaction.data
    for row in data.get("components", ()) if data else ():
        component = row.get("component") or {}
        if "values" in component:
            yield str(component["custom_id"]), tuple(map(str, component["values"]))
