"""What a card says of itself, before anyone draws it."""

import re

import pytest

from bot.cards import PART_NAMES, AttachedFile, Card, Part, Question, Tone, chosen_part

PARTS = (Part("ov"), Part("tr"), Part("st1", "Stage 1"))


def test_a_part_has_one_name_everywhere() -> None:
    assert [part.title for part in PARTS] == ["Overview", "Tracks", "Stage 1"]
    assert len(set(PART_NAMES.values())) == len(PART_NAMES)
    assert all(re.fullmatch(r"[a-z0-9]{1,8}", code) for code in PART_NAMES)


@pytest.mark.parametrize(("asked", "shown"), [("", "ov"), ("tr", "tr"), ("gone", "ov")])
def test_a_part_that_is_none_of_the_card_is_the_first_one(asked: str, shown: str) -> None:
    assert chosen_part(PARTS, asked).code == shown
    card = Card("Ross Chastain", Question("driver", part=asked), parts=PARTS)
    assert card.shown_part is not None
    assert card.shown_part.code == shown


@pytest.mark.parametrize(
    ("tone", "personal", "files", "shareable"),
    [
        ("answer", False, (), True),
        ("nothing", False, (), True),
        ("nothing", True, (), False),
        ("error", False, (), False),
        ("moderator", False, (), False),
        ("answer", False, (AttachedFile("a.csv", b"1"),), False),
    ],
)
def test_only_an_answer_for_everybody_may_be_shared(
    tone: Tone, personal: bool, files: tuple[AttachedFile, ...], shareable: bool
) -> None:
    card = Card("x", Question("race"), tone=tone, is_personal=personal, files=files)
    assert card.is_shareable is shareable
