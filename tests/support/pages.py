"""Cards as they are shown: the texts of their pages, and judgement of the messages that they become."""

from collections.abc import Iterator
from itertools import islice

from bot.cards import Card
from bot.frontend.messages import OutgoingMessage, build_message
from bot.frontend.text.pages import CardPage, card_page
from bot.terminal.payloads import COMPONENTS_FLAG, SentFile, SentRequest
from tests.support.discord import request_faults


def card_pages(card: Card) -> Iterator[CardPage]:
    """Every page of a card, in order."""
    page = card_page(card)
    yield page
    while page.has_next:
        page = card_page(card, page.number + 1)
        yield page


def page_texts(card: Card) -> list[str]:
    """The texts of every page, as they are written in Discord."""
    return [page_text(page) for page in card_pages(card)]


def page_text(page: CardPage) -> str:
    """The text of a page, its head first."""
    return "\n\n".join([page.head, *(text.text for text in page.texts)])


def card_faults(card: Card, pages: int = 12) -> list[str]:
    """The limits that the first pages of a card break, shown in public and in private."""
    numbers = range(len(list(islice(card_pages(card), pages))))
    return [
        fault
        for number in numbers
        for private in (False, True)
        for fault in message_faults(build_message(card, number, private=private))
    ]


def message_faults(message: OutgoingMessage) -> list[str]:
    """The limits that a message breaks."""
    data = {"components": message.view.to_components(), "flags": COMPONENTS_FLAG}
    files = tuple(SentFile(file.filename, file.fp.read()) for file in message.files())
    return list(request_faults(SentRequest("POST", "/interactions/{a}/{b}/callback", {"type": 4, "data": data}, files)))
