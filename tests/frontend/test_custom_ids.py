"""A button carries its question in 100 characters, gives it back in any process, and says so when it is too old."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import MAX_FREE_TEXT_BYTES, Argument, Question
from bot.errors import AmbiguousName, OldButton, UnknownName
from bot.frontend import limits
from bot.frontend.custom_ids import (
    CANDIDATE_ACTION,
    FOLLOW_UP_ACTION,
    PAGING_ACTIONS,
    ButtonPress,
    decode,
    encode,
    shorten_question,
    with_candidate,
)
from bot.names.entity import Entity, short_key
from bot.names.index import NameIndex

NAMES = NameIndex.build(
    [
        Entity("driver", "Ricky Stenhouse Jr.", "Ricky Stenhouse Jr.", "Ricky Stenhouse Jr. · 47"),
        Entity("race", "cup-2023-17", "Ally 400", "2023 Nashville · Ally 400"),
        Entity("team", "Stewart-Haas Racing with Biagi-DenBeste", "Stewart-Haas", "Stewart-Haas"),
        Entity("manufacturer", "Chevrolet", "Chevrolet", "Chevrolet"),
    ]
)
OPTIONS = {
    "results": ("race", "session", "driver", "team", "manufacturer"),
    "recap": ("race", "about"),
    "help": ("command",),
}
EVERYTHING = Question(
    "results",
    (
        Argument("race", "cup-2023-17", "race"),
        Argument("session", "Entry list"),
        Argument("driver", "Ricky Stenhouse Jr.", "driver"),
        Argument("team", "Stewart-Haas Racing with Biagi-DenBeste", "team"),
        Argument("manufacturer", "Chevrolet", "manufacturer"),
    ),
)


@pytest.mark.parametrize("is_uncovered", [False, True])
@pytest.mark.parametrize("action", [*PAGING_ACTIONS, FOLLOW_UP_ACTION, CANDIDATE_ACTION])
def test_the_longest_question_fits_and_comes_back(action: str, is_uncovered: bool) -> None:
    press = ButtonPress(action, EVERYTHING, 12, "sources", is_uncovered)
    custom_id = encode(press)
    assert custom_id is not None
    assert len(custom_id) <= limits.CUSTOM_ID_CHARS
    assert decode(custom_id, NAMES, OPTIONS.get) == press
    assert press.is_paging is (action in PAGING_ACTIONS)


@given(st.text(max_size=60), st.integers(0, 999))
def test_free_text_comes_back_as_it_was_or_there_is_no_button(text: str, page: int) -> None:
    press = ButtonPress(
        "n", Question("recap", (Argument("race", "cup-2023-17", "race"), Argument("about", text))), page
    )
    custom_id = encode(press)
    assert (custom_id is not None) == (
        len(text.encode(errors="replace")) <= MAX_FREE_TEXT_BYTES and custom_id is not None
    )
    if custom_id is not None:
        assert len(custom_id) <= limits.CUSTOM_ID_CHARS
        assert decode(custom_id, NAMES, OPTIONS.get) == press


def test_a_long_text_has_no_button_and_can_be_asked_shorter() -> None:
    question = Question("recap", (Argument("race", "cup-2023-17", "race"), Argument("about", "a loose wheel " * 9)))
    assert encode(ButtonPress("n", question)) is None
    short = shorten_question(question)
    assert short.arguments[1].value == "a loose wheel a loose wheel a loose"
    assert encode(ButtonPress("n", short)) is not None
    assert shorten_question(Question("recap", (Argument("about", "é" * 60),))).arguments[0].value == "é" * 20


@pytest.mark.parametrize(
    ("custom_id", "command"),
    [
        ("", "help"),
        ("something else", "help"),
        ("1n|nothing|0", "help"),
        ("0n|results|0", "results"),
        ("1q|results|0", "results"),
        ("1n|results|x", "results"),
        ("1n|results|0|zz=1", "results"),
        ("1n|results|0|re~raaaaaaaa", "results"),
        ("1n|results|0|re~?aaaaaaaa", "results"),
        ("1n|results|0|re!", "results"),
    ],
)
def test_what_cannot_be_read_says_what_to_type(custom_id: str, command: str) -> None:
    with pytest.raises(OldButton) as error:
        decode(custom_id, NAMES, OPTIONS.get)
    assert str(error.value) == f"This button is from an older version. Type /{command} … instead."


@given(st.text(max_size=100))
def test_an_id_that_nobody_wrote_is_refused(custom_id: str) -> None:
    with pytest.raises(OldButton, match="Type /"):
        decode(custom_id, NAMES, OPTIONS.get)


def test_a_candidate_takes_the_place_of_what_was_typed() -> None:
    question = Question("results", (Argument("driver", " chas "), Argument("race", "chas")))
    new_question = with_candidate(question, UnknownName("race", "chas"), "cup-2023-17")
    assert new_question == Question("results", (Argument("driver", " chas "), Argument("race", "cup-2023-17", "race")))
    new_question = with_candidate(question, AmbiguousName("team", "chas", [("A", "A"), ("B", "B")]), "A")
    assert new_question == Question("results", (Argument("driver", "A", "team"), Argument("race", "chas")))
    assert with_candidate(question, UnknownName("race", "other"), "cup-2023-17") is None
    assert with_candidate(
        Question("x", (Argument("session", "pits"),)), UnknownName("session", "pits"), "Race"
    ) == Question("x", (Argument("session", "Race"),))


def test_a_carried_name_is_the_short_key_of_the_name() -> None:
    custom_id = encode(ButtonPress(FOLLOW_UP_ACTION, Question("recap", (Argument("race", "cup-2023-17", "race"),))))
    assert custom_id == f"2f|recap|0|re~r{short_key('race', 'cup-2023-17')}"
