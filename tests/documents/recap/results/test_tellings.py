"""Every line of `tellings/*.toml` has an example that it reads, and the machine that reads them keeps to the line."""

import pytest

from bot.documents.model import Document, RowClaim
from bot.documents.recap.reader import RECAP
from bot.documents.recap.results.telling_lists import result_tellings, telling_index
from bot.documents.recap.words.people import SentenceNames
from bot.documents.recap.words.sentence_marks import report_words
from bot.documents.recap.words.subjects import people_of
from bot.documents.recap.words.text_names import TextNames
from bot.language.sentences import sentences
from bot.language.tellings.tellings import Telling, TellingMatch


def matches(text: str) -> list[TellingMatch]:
    """The tellings found in the sentences of a text."""
    names = TextNames.from_text(text)
    found: list[TellingMatch] = []
    earlier: tuple[str, ...] = ()
    for sentence in sentences(text):
        words = report_words(sentence, names.surnames)
        people = people_of(words, earlier, {})
        found += telling_index().matches(words, people)
        earlier = people.main or earlier
    return found


@pytest.mark.parametrize("telling", result_tellings(), ids=lambda telling: str(telling.says))
def test_every_telling_reads_its_example(telling: Telling) -> None:
    assert telling.example.strip(), f"{telling.says}: give an example that it reads"
    read = [one for one in matches(telling.example) if one.telling == telling]
    assert read, f'"{telling.says}" does not read its example "{telling.example}"'
    for claim in telling.claims.split(", "):
        for slot in claim.split()[1:]:
            known = any(slot in one.people or slot in one.words for one in read)
            assert known or slot in {"laps", "stage_before"}, f'"{telling.says}" claims "{claim}" and has no {slot}'


def test_no_telling_is_there_twice() -> None:
    says = [(telling.says, telling.claims) for telling in result_tellings()]
    assert sorted(set(says)) == sorted(says)


def test_a_telling_that_hangs_on_nothing_says_so() -> None:
    with pytest.raises(ValueError, match="needs a word or a mark"):
        Telling.from_line("{driver} ... {victory}", "first driver", "Falk had the win.")


def test_the_machine_finds_who_and_what_by_slot() -> None:
    (found,) = [
        one for one in matches("Reed Falk edged Ivo Dorn by 0.2 seconds.") if one.telling.says.endswith("by {seconds}")
    ]
    assert found.people == {"driver": ("Reed Falk",), "rivals": ("Ivo Dorn",)}


LISTS = [
    ("Dorn, Pell and Voss", ("Dorn", "Pell", "Voss")),
    ("Skip Dorn, a lap behind, and Al Pell, whose engine burned", ("Skip Dorn", "Al Pell")),
    ("Reed Falk (20), driver of the #24 Elm Ford, and teammate Bo Voss", ("Reed Falk", "Bo Voss")),
    ("Dorn and Pell was third", ("Dorn",)),
    ("runner-up Clay Dorn", ("Clay Dorn",)),
    ("the Texan", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_a_list_of_people_ends_where_a_clause_begins(text: str, names: tuple[str, ...]) -> None:
    assert SentenceNames(report_words(text, frozenset()), {}).people_at(0)[0] == names


def test_a_name_that_the_text_never_gives_in_full_is_a_bare_one() -> None:
    lines = (
        "Reed Falk won the Maple 300 at Elm Speedway on Sunday. Falk led 80 of 120 laps and beat Dorn by 0.5 seconds.",
        "",
        "Falk took the lead on lap 99. The caution flag waved five times. He held on to win the race over Dorn.",
    )
    (reading,) = RECAP.read(Document("told.txt", "", lines))
    assert reading.identity.winner == "Reed Falk"
    rows = [claim for claim in reading.claims if isinstance(claim, RowClaim)]
    assert {row.driver for row in rows if row.bare_name} <= {"Dorn"}
    assert [row.bare_name for row in rows if row.driver == "Reed Falk"] == [False]
