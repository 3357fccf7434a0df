"""Messages of cards that were shown lately: the same card is drawn once, another one is never taken for it."""

from dataclasses import replace

import pytest

from bot.cards import Card, Facts, Question, Sheet
from bot.frontend import messages as album
from bot.frontend.messages import Album

CARD = Card("Title", Question("race"), summary="Somebody won.", blocks=(Facts(()),))


async def test_a_card_shown_again_is_not_drawn_again() -> None:
    kept = Album()
    assert kept.first(CARD) is kept.first(CARD)
    assert kept.first(CARD).embed.description == album.shown(CARD).embed.description


async def test_an_equal_card_is_another_card() -> None:
    kept = Album()
    assert kept.first(replace(CARD)) is not kept.first(CARD)


async def test_only_so_many_messages_are_kept_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(album, "KEPT", 2)
    kept = Album()
    cards = [replace(CARD, title=title) for title in "abc"]
    first, second, _ = [kept.first(card) for card in cards]
    assert kept.first(cards[1]) is second
    again = kept.first(cards[0])
    assert again is not first
    assert again.embed.title == "a"


async def test_a_card_with_files_is_not_kept() -> None:
    card = replace(CARD, sheets=(Sheet("results.csv", b"position"),))
    kept = Album()
    assert kept.first(card) is not kept.first(card)
    assert [file.filename for file in kept.first(card).files()] == ["results.csv"]
