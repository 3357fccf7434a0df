"""Messages of cards that were shown lately: the same card is drawn once, another one is never taken for it."""

from dataclasses import replace

import pytest

from bot.cards import AttachedFile, Card, Facts, Question
from bot.frontend import messages
from bot.frontend.messages import MessageCache

CARD = Card("Title", Question("race"), summary="Somebody won.", blocks=(Facts(()),))


async def test_a_card_shown_again_is_not_drawn_again() -> None:
    cache = MessageCache()
    assert cache.first_page(CARD) is cache.first_page(CARD)
    shown, drawn = cache.first_page(CARD), messages.build_message(CARD)
    assert shown.view.to_components() == drawn.view.to_components()


async def test_an_equal_card_is_another_card() -> None:
    cache = MessageCache()
    assert cache.first_page(replace(CARD)) is not cache.first_page(CARD)


async def test_only_so_many_messages_are_kept_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "MAX_MESSAGES", 2)
    cache = MessageCache()
    cards = [replace(CARD, title=title) for title in "abc"]
    first, second, _ = [cache.first_page(card) for card in cards]
    assert cache.first_page(cards[1]) is second
    second_message = cache.first_page(cards[0])
    assert second_message is not first
    assert "**a**" in str(second_message.view.to_components())


async def test_a_card_with_files_is_not_kept() -> None:
    card = replace(CARD, files=(AttachedFile("results.csv", b"position"),))
    cache = MessageCache()
    assert cache.first_page(card) is not cache.first_page(card)
    assert [file.filename for file in cache.first_page(card).files()] == ["results.csv"]
