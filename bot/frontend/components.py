"""Every button: the rows under a card, and what is done when one is pressed.

A page is turned in place by the person who asked; anybody else gets it privately. Follow-ups are answered privately,
candidates publicly: that is what was asked. No button is kept in memory; see `presses` for what it carries.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

import discord
from discord import app_commands

from bot.archive.queries.mistake_reports import LONGEST_REPORT
from bot.cards import Argument, Card, FollowUp, Question, Stress, View
from bot.errors import AmbiguousName, NameProblem, OldButton, UnknownName
from bot.frontend.custom_ids import CANDIDATE, FOLLOW_UP, Press, encode, meant, shortened
from bot.frontend.layout import BUTTON_LABEL, Page, command_line, cut, label

__all__ = [
    "CardButton",
    "Field",
    "StrangeButton",
    "arguments_of",
    "asked_again",
    "card_view",
    "filled_in",
    "form_of",
    "mistake_form",
    "problem_view",
    "said_in",
]

ROW = 5
FORM_TITLE = 45
PLACEHOLDER = 100
SIDES: dict[View, str] = {"sources": "Sources", "explain": "Explain", "report": "Report a mistake"}
STYLES: dict[Stress, discord.ButtonStyle] = {
    "plain": discord.ButtonStyle.secondary, "go": discord.ButtonStyle.success, "lose": discord.ButtonStyle.danger,
}  # fmt: skip
FEW_PAGES = 3  # up to here Previous and Next reach every page in two presses

Shown = tuple[discord.ui.View | None, tuple[str, ...]]
AnyButton = discord.ui.Button[discord.ui.View]


class CardButton(discord.ui.DynamicItem[AnyButton], template=re.compile(r"1[a-z]{1,2}\|.*", re.DOTALL)):
    """A button of this version under a card or an error."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed; all it knows is in its custom id."""
        del interaction, match
        return cls(cast("AnyButton", item))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Ask again what the button carries."""
        await interaction.client.pressed(interaction, self.custom_id)


class StrangeButton(discord.ui.DynamicItem[Any], template=re.compile(r"(?!1[a-z]{1,2}\|).*", re.DOTALL)):
    """Anything pressed or chosen whose id this version does not know: answered, where Discord would say it failed."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The thing that was pressed, of whatever sort."""
        del interaction, match
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Say what to type instead."""
        await interaction.client.pressed(interaction, self.custom_id)


def card_view(card: Card, page: Page, side: View | None = None) -> Shown:
    """The buttons under a card, None where there are none, and the command lines to print for those that do not fit.

    `side` is the side of the card that is shown; None for the answer itself, which offers its sources.
    """
    view, typed = discord.ui.View(timeout=None), []
    if page.count > 1:
        turns = list(_turns(card.question, page, side))
        for turn in turns:
            view.add_item(turn)
        if not turns:
            typed.append(f"To turn the pages, ask it shorter: {command_line(shortened(card.question).typed())}")
    sides: tuple[View, ...] = card.views if side else (("sources",) if card.is_cited else ())
    buttons: list[CardButton | None] = []
    for follow_up in _different(page.follow_ups)[: ROW - len(sides)]:
        button = _button(follow_up.label, Press(FOLLOW_UP, follow_up.question), STYLES[follow_up.stress], row=1)
        if button is None:
            typed.append(command_line(follow_up.question.typed()))
        buttons.append(button)
    buttons += [_button(SIDES[one], Press(FOLLOW_UP, card.question, view=one), row=1) for one in sides]
    for button in buttons:
        if button is not None:
            view.add_item(button)
    return _finished(view), tuple(typed)


def _different(follow_ups: tuple[FollowUp, ...]) -> list[FollowUp]:
    """One of those that ask the same, the first."""
    questions = {follow_up.question: follow_up for follow_up in reversed(follow_ups)}
    return list(reversed(questions.values()))


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: the option it fills, what stands above it, and what it says while it is empty."""

    option: str
    text: str
    hint: str
    long: bool = False


MISTAKE = Field("words", "What is wrong?", "What is wrong, and how do you know?", long=True)


def mistake_form(press: Press, title: str) -> discord.ui.Modal:
    """The form in which somebody says what is wrong with a card; it carries what its button carried."""
    return form_of(press, f"A mistake in {title}", MISTAKE)


def form_of(press: Press, title: str, *fields: Field) -> discord.ui.Modal:
    """A form to fill in; it carries what its button carried."""
    form = discord.ui.Modal(title=label(title, FORM_TITLE), custom_id=encode(press) or "")
    for field in fields:
        words = discord.ui.TextInput[discord.ui.Modal](
            style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
            max_length=LONGEST_REPORT,
            placeholder=label(field.hint, PLACEHOLDER),
            custom_id=field.option,
        )
        form.add_item(discord.ui.Label(text=field.text, component=words))
    form.stop()
    return form


def filled_in(interaction: discord.Interaction[Any]) -> Mapping[str, str]:
    """What was typed into the fields of a form, by option."""
    data: Any = interaction.data
    rows = data.get("components", ()) if data else ()
    found: Iterator[dict[str, Any]] = (
        row.get("component") or next(iter(row.get("components", ())), {}) for row in rows
    )
    return {str(field["custom_id"]): str(field["value"]) for field in found if field.get("value")}


def said_in(interaction: discord.Interaction[Any]) -> str:
    """What was typed into a form of one field."""
    return next(iter(filled_in(interaction).values()), "")


def problem_view(problem: NameProblem, question: Question | None) -> Shown:
    """Up to five candidates as buttons which ask `question` again with the name meant, the rest as commands to type."""
    view, typed = discord.ui.View(timeout=None), []
    for value, text in _candidates(problem)[:ROW]:
        again = meant(question, problem, value) if question else None
        button = _button(text, Press(CANDIDATE, again), discord.ButtonStyle.primary) if again else None
        if button is not None and button.custom_id not in {item.custom_id for item in _known(view)}:
            view.add_item(button)
        elif button is None:
            typed.append(command_line(again.typed()) if again else cut(text, BUTTON_LABEL))
    return _finished(view), tuple(typed)


def arguments_of(command: app_commands.Command[Any, ..., Any], question: Question) -> dict[str, str | int | float]:
    """The options of `question` in the types that the command's callback takes.

    Raises OldButton where the command has no such option, needs another one, or takes no such value.
    """
    parameters = {parameter.display_name: parameter for parameter in command.parameters}
    given = {argument.option: argument.value for argument in question.arguments}
    needed = {name for name, parameter in parameters.items() if parameter.required}
    try:
        if not needed <= given.keys() <= parameters.keys():
            raise ValueError
        return {parameters[name].name: _typed(parameters[name], value) for name, value in given.items()}
    except ValueError:
        raise OldButton(f"This button is from an older version. Type /{question.command} … instead.") from None


def asked_again(command: app_commands.Command[Any, ..., Any], namespace: app_commands.Namespace) -> Question:
    """What a person typed, as a question that can be asked again."""
    arguments = tuple(Argument(option, str(value)) for option, value in namespace if value is not None)
    return Question(command.qualified_name, arguments)


def _typed(parameter: app_commands.Parameter, value: str) -> str | int | float:
    """One value in its type; raises ValueError where it cannot be."""
    kinds: dict[discord.AppCommandOptionType, Callable[[str], str | int | float]] = {
        discord.AppCommandOptionType.integer: int,
        discord.AppCommandOptionType.number: float,
        discord.AppCommandOptionType.boolean: "True".__eq__,
    }
    typed = kinds.get(parameter.type, str)(value)
    if parameter.choices and typed not in {choice.value for choice in parameter.choices}:
        raise ValueError(value)
    return typed


def _turns(question: Question, page: Page, side: View | None) -> Iterator[CardButton]:
    """The paging row: Previous and Next, with First and Last where there are many. Nothing where ids are long."""
    last = page.count - 1
    row = [
        ("a", "First", 0, page.number == 0),
        ("p", "Previous", max(page.number - 1, 0), page.number == 0),
        ("n", "Next", min(page.number + 1, last), page.number == last),
        ("z", "Last", last, page.number == last),
    ]
    shown = row if page.count > FEW_PAGES else row[1:3]
    buttons = [_button(text, Press(how, question, target, side)) for how, text, target, _ in shown]
    for button, (*_, disabled) in zip(buttons, shown, strict=True):
        if button is not None and None not in buttons:
            button.item.disabled = disabled
            yield button


def _button(
    text: str, press: Press, style: discord.ButtonStyle = discord.ButtonStyle.secondary, row: int = 0
) -> CardButton | None:
    """A button for a press; None where its id does not fit."""
    custom_id = encode(press)
    if custom_id is None:
        return None
    return CardButton(discord.ui.Button(label=label(text), style=style, custom_id=custom_id, row=row), row=row)


def _finished(view: discord.ui.View) -> discord.ui.View | None:
    """The view as it is sent, None where it is empty; stopped, so that discord.py keeps nothing of it in memory."""
    view.stop()
    return view if view.children else None


def _known(view: discord.ui.View) -> Iterator[CardButton]:
    return (item for item in view.children if isinstance(item, CardButton))


def _candidates(problem: NameProblem) -> tuple[tuple[str, str], ...]:
    if isinstance(problem, AmbiguousName):
        return problem.candidates
    return problem.nearest if isinstance(problem, UnknownName) else ()
