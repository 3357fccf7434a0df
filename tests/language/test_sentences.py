"""Where sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.sentences import sentence_spans, sentences

PROSE = st.text(st.sampled_from("AbJr. .!?\n\"“”’'()No8pm"), max_size=200) | st.text(max_size=200)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Falk won. Dorn was second.", ("Falk won.", "Dorn was second.")),
        ("The No. 8 machine stopped. It was over.", ("The No. 8 machine stopped.", "It was over.")),
        ("A. J. Falk and J.J. Dorn met. They crashed.", ("A. J. Falk and J.J. Dorn met.", "They crashed.")),
        ("It took Joe Dorn Jr., Falk and Pell.", ("It took Joe Dorn Jr., Falk and Pell.",)),
        ("It took Joe Dorn Jr. The rest went on.", ("It took Joe Dorn Jr.", "The rest went on.")),
        ("Joe Dorn Jr. Falk and others won.", ("Joe Dorn Jr. Falk and others won.",)),
        ("Next is Elm at 5:30 p.m. ET on NBC.", ("Next is Elm at 5:30 p.m. ET on NBC.",)),
        ("Falk won by 0.005 seconds. It was close.", ("Falk won by 0.005 seconds.", "It was close.")),
        ("He won again.Dorn was second.", ("He won again.", "Dorn was second.")),
        ("“It was fun.” He smiled.", ("“It was fun.”", "He smiled.")),
        ("It was the day of St. Louis. Rain fell.", ("It was the day of St. Louis.", "Rain fell.")),
        ("", ()),
        ("no end", ("no end",)),
    ],
)
def test_sentences_end_where_a_sentence_ends_and_not_at_abbreviations(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text) == expected


@given(PROSE)
def test_between_sentences_lies_only_white_space(text: str) -> None:
    end = 0
    for start, stop in sentence_spans(text):
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip() != ""
        end = stop
    assert not text[end:].strip()


@given(PROSE)
def test_a_sentence_alone_loses_nothing(text: str) -> None:
    for sentence in sentences(text):
        assert "".join("".join(sentences(sentence)).split()) == "".join(sentence.split())


@pytest.mark.parametrize("unit", ["A. ", "Abc ", "Abc, Def and ", "won. ", '"', "12 to go "])
def test_long_odd_texts_are_read_to_their_end(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
