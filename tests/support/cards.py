"""What stands on a card, for tests to compare."""

from collections.abc import Callable
from dataclasses import replace

from bot.answers.context import QuestionRunner
from bot.cards import Card, Facts, Table

__all__ = ["column", "facts_of", "table_of", "whole_card"]


def facts_of(card: Card, heading: str | None = None) -> dict[str, str]:
    """All labelled values of a card, or of the block with this heading."""
    blocks = [block for block in card.blocks if isinstance(block, Facts) and heading in {None, block.heading}]
    return {fact.label: fact.value for block in blocks for fact in block.facts}


def table_of(card: Card) -> Table:
    """The first table of a card."""
    return next(block for block in card.blocks if isinstance(block, Table))


def column(card: Card, heading: str) -> list[str]:
    """The cells of one column of the first table."""
    table = table_of(card)
    place = [one.heading for one in table.columns].index(heading)
    return [row[place] for row in table.rows]


def whole_card(runner: QuestionRunner, question: Callable[..., Card], *args: object, **options: object) -> Card:
    """A card with the blocks and citations of all its parts, one after the other."""
    card = runner.ask(question, *args, **options)
    others = [runner.ask(question, *args, **options, part=part.code) for part in card.parts[1:]]
    cards = (card, *others)
    return replace(
        card,
        blocks=tuple(block for one in cards for block in one.blocks),
        citations=tuple(dict.fromkeys(citation for one in cards for citation in one.citations)),
    )
