"""Components below a card: one row of at most five buttons, and the select "Show" for everything else.

The row has the arrows where a page goes on, *Chart*, *Sources* and one next step, which in a private reply is *Share*.
A page and a part are turned to in place by the person who asked; anybody else gets them privately. Follow-ups are
answered privately, candidates publicly: that is what was asked. No button is kept in memory; `custom_ids` says what it
carries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import discord

from bot.cards import Card, CardSide, Emphasis, FollowUp, Question
from bot.errors import AmbiguousName, NameProblem, UnknownName
from bot.frontend import limits
from bot.frontend.custom_ids import (
    CANDIDATE_ACTION,
    FOLLOW_UP_ACTION,
    PART_ACTION,
    SHARE_ACTION,
    ButtonPress,
    encode,
    shorten_question,
    with_candidate,
)
from bot.frontend.text.markup import command_line, escape_and_cut, label
from bot.frontend.text.pages import CardPage
from bot.names.entity import LABEL_SEPARATOR, distinction
from bot.names.index import NameIndex

__all__ = ["AnyButton", "Controls", "candidate_entries", "card_controls", "refusal_buttons"]

SIDE_LABELS: dict[CardSide, str] = {"sources": "Sources", "explain": "Explain", "report": "Report a mistake"}
BUTTON_STYLES: dict[Emphasis, discord.ButtonStyle] = {
    "plain": discord.ButtonStyle.secondary, "go": discord.ButtonStyle.success, "lose": discord.ButtonStyle.danger,
}  # fmt: skip
BACK, ON, CHART, SHARE, SHARED, SHOW = "◀", "▶", "Chart", "Share", "Shared", "Show"

AnyButton = discord.ui.Button[discord.ui.LayoutView]


@dataclass(frozen=True, slots=True)
class Controls:
    """What can be pressed and chosen under a card.

    `text_buttons` stand below the texts of the page, one tuple for each; `command_lines` are printed for what fits into
    no custom id.
    """

    buttons: tuple[AnyButton, ...] = ()
    entries: tuple[discord.SelectOption, ...] = ()
    text_buttons: tuple[tuple[AnyButton, ...], ...] = ()
    command_lines: tuple[str, ...] = ()


def card_controls(card: Card, page: CardPage, *, private: bool = False, shared: bool = False) -> Controls:
    """The controls of a page of a card; `private`: of a reply that one person sees, and may share."""
    arrows, lines = _arrows(card, page)
    share = list(_share_button(card, page, shared=shared)) if private else []
    fixed = [*_show_button(card), *_chart_button(card), *_side_buttons(card), *share]
    below_texts = _below_texts(page)
    # No message has two buttons of one custom id.
    asked = {card.chart_question, *(one.question for below_text in below_texts for one in below_text)}
    follow_ups = [one for one in _unique_follow_ups(page.follow_ups) if one.question not in asked]
    room = limits.ROW_BUTTONS - len(arrows) - len(fixed)
    steps, others = _next_steps(card, follow_ups, room, count=0 if share else 1)
    buttons, unfit = _follow_up_buttons(steps, is_uncovered=card.is_uncovered)
    entries, unfit_entries = _entries(card, _unique_follow_ups([*others, *page.choices]))
    lines += [command_line(question.command_text()) for question in (*unfit, *unfit_entries)]
    text_buttons = tuple(
        tuple(_follow_up_buttons(below_text, is_uncovered=card.is_uncovered)[0]) for below_text in below_texts
    )
    return Controls((*arrows, *fixed, *buttons), tuple(entries), text_buttons, tuple(lines))


def candidate_entries(
    problem: NameProblem, question: Question | None, names: NameIndex | None = None, *, private: bool = False
) -> tuple[tuple[discord.SelectOption, ...], tuple[str, ...]]:
    """Entries for the candidates of a name, which ask `question` again with the candidate in the name's place.

    Each says below the name what tells it apart, as `names` know it. A candidate that fits no custom id is a command to
    type instead. `private`: the question was to be answered to who asked alone, and so will it be.
    """
    action = FOLLOW_UP_ACTION if private else CANDIDATE_ACTION
    entries: dict[str, discord.SelectOption] = {}
    command_lines = []
    for value, text in _candidates(problem)[: limits.SELECT_OPTIONS]:
        new_question = with_candidate(question, problem, value) if question else None
        custom_id = encode(ButtonPress(action, new_question)) if new_question else None
        name, _, rest = text.partition(LABEL_SEPARATOR)
        entity = names.get(problem.kind, value) if names and not rest else None
        rest = distinction(entity) if entity else rest
        if custom_id is not None:
            entries.setdefault(custom_id, _entry(name, custom_id, rest))
        else:
            typed = command_line(new_question.command_text()) if new_question else None
            command_lines.append(typed or escape_and_cut(text, limits.BUTTON_LABEL_CHARS))
    return tuple(entries.values()), tuple(command_lines)


def refusal_buttons(follow_ups: Sequence[FollowUp]) -> tuple[tuple[AnyButton, ...], tuple[str, ...]]:
    """One row of buttons for what there is in place of what was asked; what fits no custom id is a command to type."""
    buttons, unfit = _follow_up_buttons(_unique_follow_ups(follow_ups)[: limits.ROW_BUTTONS])
    return tuple(buttons), tuple(command_line(question.command_text()) for question in unfit)


def _arrows(card: Card, page: CardPage) -> tuple[list[AnyButton], list[str]]:
    """The arrows of a page that is not the only one; where an id is too long, how to ask it shorter instead."""
    if not page.number and not page.has_next:
        return [], []
    back = _make_button(BACK, ButtonPress("p", card.question, max(page.number - 1, 0), card.side, card.is_uncovered))
    on = _make_button(ON, ButtonPress("n", card.question, page.number + 1, card.side, card.is_uncovered))
    if back is None or on is None:
        short = command_line(shorten_question(card.question).command_text())
        return [], [f"To turn the pages, ask it shorter: {short}"]
    back.disabled, on.disabled = not page.number, not page.has_next
    return [back, on], []


def _below_texts(page: CardPage) -> list[list[FollowUp]]:
    """The follow-ups below each text of a page, without those that stand below a text before it."""
    lists: list[list[FollowUp]] = []
    asked: set[Question] = set()
    for text in page.texts:
        lists.append([one for one in _unique_follow_ups(text.follow_ups) if one.question not in asked])
        asked.update(one.question for one in text.follow_ups)
    return lists


def _show_button(card: Card) -> Iterator[AnyButton]:
    """The button that shows what is withheld, to who presses it alone."""
    presses = (ButtonPress(FOLLOW_UP_ACTION, question, is_uncovered=True) for question in card.withheld)
    yield from list(filter(None, (_make_button(SHOW, press, BUTTON_STYLES["go"]) for press in presses)))[:1]


def _chart_button(card: Card) -> Iterator[AnyButton]:
    if card.chart_question is not None:
        button = _make_button(CHART, ButtonPress(FOLLOW_UP_ACTION, card.chart_question, is_uncovered=card.is_uncovered))
        if button is not None:
            yield button


def _side_buttons(card: Card) -> Iterator[AnyButton]:
    """The sides that a card can be turned to: its sources, and those of its sources."""
    for side in card.sides if card.side or card.sides else (("sources",) if card.is_cited else ()):
        press = ButtonPress(FOLLOW_UP_ACTION, card.question, side=side, is_uncovered=card.is_uncovered)
        button = _make_button(SIDE_LABELS[side], press)
        if button is not None:
            yield button


def _share_button(card: Card, page: CardPage, *, shared: bool) -> Iterator[AnyButton]:
    """The button that posts a private reply for everybody, once."""
    if card.is_shareable:
        button = _make_button(
            SHARED if shared else SHARE, ButtonPress(SHARE_ACTION, card.question, page.number, card.side)
        )
        if button is not None:
            button.disabled = shared
            yield button


def _next_steps(
    card: Card, follow_ups: Sequence[FollowUp], room: int, count: int
) -> tuple[Sequence[FollowUp], Sequence[FollowUp]]:
    """The follow-ups that are buttons, `count` for a fan, and those that are entries of the select.

    A moderator's are buttons as far as there is room, for each does something.
    """
    count = room if card.tone == "moderator" else min(room, count)
    # A select of a single entry would hide what a button says.
    if not card.parts and len(follow_ups) == count + 1 <= room:
        count += 1
    return follow_ups[:count], follow_ups[count:]


def _follow_up_buttons(
    follow_ups: Sequence[FollowUp], *, is_uncovered: bool = False
) -> tuple[list[AnyButton], list[Question]]:
    """The buttons of follow-ups, and the questions that fit into none."""
    made = [
        (_make_button(one.label, _follow_up_press(one, is_uncovered=is_uncovered), BUTTON_STYLES[one.emphasis]), one)
        for one in follow_ups
    ]
    return [button for button, _ in made if button], [one.question for button, one in made if button is None]


def _follow_up_press(follow_up: FollowUp, *, is_uncovered: bool) -> ButtonPress:
    return ButtonPress(FOLLOW_UP_ACTION, follow_up.question, is_uncovered=is_uncovered)


def _entries(card: Card, follow_ups: Sequence[FollowUp]) -> tuple[list[discord.SelectOption], list[Question]]:
    """The entries of the select "Show": the parts of the card, the one that is shown chosen, then the follow-ups."""
    entries = []
    for part in card.parts if len(card.parts) > 1 else ():
        question = replace(card.question, part=part.code)
        custom_id = encode(ButtonPress(PART_ACTION, question, is_uncovered=card.is_uncovered))
        if custom_id is not None:
            entries.append(_entry(part.title, custom_id, part.description, chosen=part is card.shown_part))
    more, unfit = _follow_up_entries(follow_ups[: limits.SELECT_OPTIONS - len(entries)], is_uncovered=card.is_uncovered)
    return entries + more, unfit


def _follow_up_entries(
    follow_ups: Sequence[FollowUp], *, is_uncovered: bool
) -> tuple[list[discord.SelectOption], list[Question]]:
    """The entries of follow-ups, and the questions that fit into none."""
    entries, unfit = [], []
    for follow_up in follow_ups:
        custom_id = encode(_follow_up_press(follow_up, is_uncovered=is_uncovered))
        if custom_id is None:
            unfit.append(follow_up.question)
        else:
            entries.append(_entry(follow_up.label, custom_id, follow_up.description))
    return entries, unfit


def _entry(name: str, custom_id: str, description: str, *, chosen: bool = False) -> discord.SelectOption:
    return discord.SelectOption(
        label=label(name, limits.OPTION_LABEL_CHARS),
        value=custom_id,
        description=label(description, limits.OPTION_DESCRIPTION_CHARS) if description.strip() else None,
        default=chosen,
    )


def _unique_follow_ups(follow_ups: Sequence[FollowUp]) -> list[FollowUp]:
    """The follow-ups without those that ask the same as one before them."""
    # Backwards, so that the first of those that ask the same is the one that stays.
    questions = {follow_up.question: follow_up for follow_up in reversed(follow_ups)}
    return list(reversed(questions.values()))


def _make_button(
    text: str, press: ButtonPress, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> AnyButton | None:
    """A button for a press; None where its id does not fit."""
    custom_id = encode(press)
    if custom_id is None:
        return None
    return discord.ui.Button(label=label(text), style=style, custom_id=custom_id)


def _candidates(problem: NameProblem) -> tuple[tuple[str, str], ...]:
    if isinstance(problem, AmbiguousName):
        return problem.candidates
    return problem.suggestions if isinstance(problem, UnknownName) else ()
