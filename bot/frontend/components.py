"""Components: the rows of buttons under a message, forms, and what a person sends back with them.

A page is turned in place by the person who asked; anybody else gets it privately. Follow-ups are answered privately,
candidates publicly: that is what was asked. No button is kept in memory; `custom_ids` says what it carries.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.archive.queries.mistake_reports import MAX_REPORT_CHARS
from bot.cards import Argument, Card, CardSide, Emphasis, FollowUp, Question
from bot.errors import AmbiguousName, NameProblem, OldButton, UnknownName
from bot.frontend import limits
from bot.frontend.custom_ids import (
    CANDIDATE_ACTION,
    FOLLOW_UP_ACTION,
    ButtonPress,
    encode,
    shorten_question,
    with_candidate,
)
from bot.frontend.layout import CardPage
from bot.frontend.markup import command_line, escape_and_cut, label

__all__ = [
    "FormField",
    "build_form",
    "candidate_buttons",
    "card_buttons",
    "command_arguments",
    "form_text",
    "form_values",
    "mistake_form",
    "question_from_options",
]

SIDE_LABELS: dict[CardSide, str] = {"sources": "Sources", "explain": "Explain", "report": "Report a mistake"}
BUTTON_STYLES: dict[Emphasis, discord.ButtonStyle] = {
    "plain": discord.ButtonStyle.secondary, "go": discord.ButtonStyle.success, "lose": discord.ButtonStyle.danger,
}  # fmt: skip
MAX_PAGES_WITHOUT_ENDS = 3  # up to here Previous and Next reach every page in two presses

ViewWithCommands = tuple[discord.ui.View | None, tuple[str, ...]]
AnyButton = discord.ui.Button[discord.ui.View]


def card_buttons(card: Card, page: CardPage, side: CardSide | None = None) -> ViewWithCommands:
    """The buttons under a card, None where there are none, and the command lines to print for those that do not fit.

    `side` is the side of the answer that the card is; None for the answer itself, which offers its sources.
    """
    # Two rows at most: the paging buttons, then follow-ups and sides, in which a side always has its place.
    view, command_lines = discord.ui.View(timeout=None), []
    if page.count > 1:
        paging_buttons = list(_paging_buttons(card.question, page, side))
        for paging_button in paging_buttons:
            view.add_item(paging_button)
        if not paging_buttons:
            command_lines.append(
                f"To turn the pages, ask it shorter: {command_line(shorten_question(card.question).command_text())}"
            )
    sides: tuple[CardSide, ...] = card.sides if side else (("sources",) if card.is_cited else ())
    buttons: list[AnyButton | None] = []
    for follow_up in _unique_follow_ups(page.follow_ups)[: limits.ROW_BUTTONS - len(sides)]:
        button = _make_button(
            follow_up.label, ButtonPress(FOLLOW_UP_ACTION, follow_up.question), BUTTON_STYLES[follow_up.emphasis], row=1
        )
        if button is None:
            command_lines.append(command_line(follow_up.question.command_text()))
        buttons.append(button)
    buttons += [
        _make_button(SIDE_LABELS[other_side], ButtonPress(FOLLOW_UP_ACTION, card.question, side=other_side), row=1)
        for other_side in sides
    ]
    for button in buttons:
        if button is not None:
            view.add_item(button)
    return _finish_view(view), tuple(command_lines)


def _unique_follow_ups(follow_ups: tuple[FollowUp, ...]) -> list[FollowUp]:
    """The follow-ups without those that ask the same as one before them."""
    # Backwards, so that the first of those that ask the same is the one that stays.
    questions = {follow_up.question: follow_up for follow_up in reversed(follow_ups)}
    return list(reversed(questions.values()))


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form: the option that it fills, the caption above it, and the hint inside it while it is empty."""

    option: str
    caption: str
    placeholder: str
    multiline: bool = False


MISTAKE_FIELD = FormField("words", "What is wrong?", "What is wrong, and how do you know?", multiline=True)


def mistake_form(press: ButtonPress, title: str) -> discord.ui.Modal:
    """The form for a report of a mistake; it carries what its button carried."""
    return build_form(press, f"A mistake in {title}", MISTAKE_FIELD)


def build_form(press: ButtonPress, title: str, *fields: FormField) -> discord.ui.Modal:
    """A form with these fields; it carries what its button carried."""
    form = discord.ui.Modal(title=label(title, limits.FORM_TITLE_CHARS), custom_id=encode(press) or "")
    for field in fields:
        text_input = discord.ui.TextInput[discord.ui.Modal](
            style=discord.TextStyle.paragraph if field.multiline else discord.TextStyle.short,
            max_length=MAX_REPORT_CHARS,
            placeholder=label(field.placeholder, limits.PLACEHOLDER_CHARS),
            custom_id=field.option,
        )
        form.add_item(discord.ui.Label(text=field.caption, component=text_input))
    form.stop()  # so that discord.py keeps nothing of it in memory; the client hears of what is sent
    return form


def form_values(interaction: discord.Interaction[Any]) -> Mapping[str, str]:
    """The texts of a form by option; empty fields are left out."""
    data: Any = interaction.data
    rows = data.get("components", ()) if data else ()
    # A field comes inside a label or, in the older way to write a form, inside a row.
    components: Iterator[dict[str, Any]] = (
        row.get("component") or next(iter(row.get("components", ())), {}) for row in rows
    )
    return {str(component["custom_id"]): str(component["value"]) for component in components if component.get("value")}


def form_text(interaction: discord.Interaction[Any]) -> str:
    """The text of a form that has a single field; "" where it is empty."""
    return next(iter(form_values(interaction).values()), "")


def candidate_buttons(problem: NameProblem, question: Question | None) -> ViewWithCommands:
    """Buttons for the candidates of a name, which ask `question` again with the candidate in the name's place.

    At most one row; a candidate that fits no custom id is a command to type instead.
    """
    view, command_lines = discord.ui.View(timeout=None), []
    for value, text in _candidates(problem)[: limits.ROW_BUTTONS]:
        new_question = with_candidate(question, problem, value) if question else None
        button = (
            _make_button(text, ButtonPress(CANDIDATE_ACTION, new_question), discord.ButtonStyle.primary)
            if new_question
            else None
        )
        # Discord refuses a message with two buttons of one custom id.
        if button is not None and button.custom_id not in {item.custom_id for item in _buttons_of(view)}:
            view.add_item(button)
        elif button is None:
            name = escape_and_cut(text, limits.BUTTON_LABEL_CHARS)
            command_lines.append(command_line(new_question.command_text()) if new_question else name)
    return _finish_view(view), tuple(command_lines)


def command_arguments(command: app_commands.Command[Any, ..., Any], question: Question) -> dict[str, str | int | float]:
    """The arguments of a command's callback for `question`, in the types that it takes.

    Raises OldButton where the command has no such option, needs another one, or takes no such value.
    """
    parameters = {parameter.display_name: parameter for parameter in command.parameters}
    values = {argument.option: argument.value for argument in question.arguments}
    required = {name for name, parameter in parameters.items() if parameter.required}
    try:
        if not required <= values.keys() <= parameters.keys():
            raise ValueError
        return {parameters[name].name: _convert_value(parameters[name], value) for name, value in values.items()}
    except ValueError:
        raise OldButton(f"This button is from an older version. Type /{question.command} … instead.") from None


def question_from_options(command: app_commands.Command[Any, ..., Any], namespace: app_commands.Namespace) -> Question:
    """The question that a person typed, as it can be asked again."""
    arguments = tuple(Argument(option, str(value)) for option, value in namespace if value is not None)
    return Question(command.qualified_name, arguments)


def _convert_value(parameter: app_commands.Parameter, value: str) -> str | int | float:
    """One value in the type of its parameter. Raises ValueError."""
    converters: dict[discord.AppCommandOptionType, Callable[[str], str | int | float]] = {
        discord.AppCommandOptionType.integer: int,
        discord.AppCommandOptionType.number: float,
        discord.AppCommandOptionType.boolean: "True".__eq__,
    }
    converted = converters.get(parameter.type, str)(value)
    if parameter.choices and converted not in {choice.value for choice in parameter.choices}:
        raise ValueError(value)
    return converted


def _paging_buttons(question: Question, page: CardPage, side: CardSide | None) -> Iterator[AnyButton]:
    """The paging row: Previous and Next, with First and Last where there are many pages."""
    last_page = page.count - 1
    all_targets = [
        ("a", "First", 0, page.number == 0),
        ("p", "Previous", max(page.number - 1, 0), page.number == 0),
        ("n", "Next", min(page.number + 1, last_page), page.number == last_page),
        ("z", "Last", last_page, page.number == last_page),
    ]
    # Where an id is too long for one button there is none at all: a row with gaps would lead astray.
    targets = all_targets if page.count > MAX_PAGES_WITHOUT_ENDS else all_targets[1:3]
    buttons = [_make_button(text, ButtonPress(action, question, target, side)) for action, text, target, _ in targets]
    for button, (*_, disabled) in zip(buttons, targets, strict=True):
        if button is not None and None not in buttons:
            button.disabled = disabled
            yield button


def _make_button(
    text: str, press: ButtonPress, style: discord.ButtonStyle = discord.ButtonStyle.secondary, row: int = 0
) -> AnyButton | None:
    """A button for a press; None where its id does not fit."""
    custom_id = encode(press)
    if custom_id is None:
        return None
    return discord.ui.Button(label=label(text), style=style, custom_id=custom_id, row=row)


def _finish_view(view: discord.ui.View) -> discord.ui.View | None:
    """The view as it is sent, None where it is empty; stopped, so that discord.py keeps nothing of it in memory."""
    view.stop()
    return view if view.children else None


def _buttons_of(view: discord.ui.View) -> Iterator[AnyButton]:
    return (item for item in view.children if isinstance(item, discord.ui.Button))


def _candidates(problem: NameProblem) -> tuple[tuple[str, str], ...]:
    if isinstance(problem, AmbiguousName):
        return problem.candidates
    return problem.suggestions if isinstance(problem, UnknownName) else ()
