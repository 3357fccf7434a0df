"""No document of any kind, however torn, raises anything but BadDocument, and none takes long for its length.

The texts are those of the seeds and some that are made: cut, shuffled, doubled, with noise between, or nothing but one
character, word or mark.
"""

import random
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import Document, Format
from bot.documents.registry import FORMATS
from bot.errors import BadDocument
from tests.support.examples import examples
from tests.support.paths import SEEDS

SEED_TEXTS = tuple(
    path.read_text(encoding="utf-8") for path in sorted(SEEDS.iterdir()) if path.suffix in {".txt", ".md", ".wikitext"}
)
RUNS = (
    "a", " ", "|", "{", "}", "[[", "<", "&", "*", "=", "-", ",", ".", "“", "1", "A ", "Jr. ", "NASCAR-", "the ",
    "won ", "2019 ",
    "Lap 400 ", "at the Glen ", "Ally 400 ", "last year, ", "(May 5, 2019) ", "| 1 | 2 |\n", "{{cite|a=",
    "1. (1) A B, Ford, 9 laps\n",
    "a\n", "A\tB\n", "\n", "\t", "Sunday’s ", "Stage 1 ", "“said ", "#4 - ",
)  # fmt: skip
SMALL_BYTES, BIG_BYTES = 50_000, 200_000
MAX_GROWTH = 4 * 4  # four times the text: four times the time, with as much again for a machine that does other work
FREE_S = 0.5  # seconds that need no proof
ATTEMPTS = 3  # the least of which counts, where the first looks bad: other work only ever adds


def document(text: str) -> Document:
    return Document("torn.txt", "", tuple(text.split("\n")))


def read(form: Format, text: str) -> None:
    """What a load does with a document that may have this form."""
    torn = document(text)
    try:
        if form.recognizes(torn):
            form.read(torn)
    except BadDocument:
        pass


def tears(text: str, chance: random.Random) -> Iterator[str]:
    """A text cut, shuffled, doubled, with noise in it, and without its line ends."""
    lines = text.split("\n")
    at = chance.randrange(len(text))
    yield text[at:]
    yield text[:at]
    yield "\n".join(chance.sample(lines, len(lines)))
    yield "\n".join(line[chance.randrange(len(line) + 1) :] for line in lines)
    yield text[: len(text) // 3] + text
    yield " ".join(lines)
    noise = "".join(chr(chance.randrange(1, 0x2FFF)) for _ in range(200))
    yield text[:at] + noise + text[at:]


@pytest.mark.no_cover  # many torn texts of one kind; what is read of a whole one is counted where that is tested
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.kind)
def test_a_torn_seed_is_read_or_refused_with_its_line(form: Format) -> None:
    chance = random.Random(12)
    for text in SEED_TEXTS:
        for torn in tears(text[:2_000], chance):
            read(form, torn)


pieces = st.sampled_from([piece for text in SEED_TEXTS for piece in text[:4_000].split("\n") if piece] + list(RUNS))


@given(st.lists(pieces | st.text(max_size=20), max_size=12).map("\n".join))
@examples(30)
def test_pieces_of_seeds_in_any_order_break_no_format(text: str) -> None:
    for form in FORMATS:
        read(form, text)


def seconds(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def growth(form: Format, text: str) -> tuple[float, float]:
    """Seconds for the first part of a text and for all of it."""
    return seconds(lambda: read(form, text[:SMALL_BYTES])), seconds(lambda: read(form, text[:BIG_BYTES]))


def is_steep(small: float, big: float) -> bool:
    """Whether the whole text takes more than its length and a busy machine can explain."""
    return big > FREE_S and big > MAX_GROWTH * max(small, 0.01)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.kind)
def test_a_text_of_one_mark_takes_time_by_its_length(form: Format) -> None:
    slow = {}
    for run in RUNS:
        text = "The race was won. " * 3 + "\n" + run * (BIG_BYTES // len(run))
        if is_steep(*growth(form, text)):
            small, big = (min(times) for times in zip(*(growth(form, text) for _ in range(ATTEMPTS)), strict=True))
            if is_steep(small, big):
                slow[run] = (round(small, 2), round(big, 2))
    assert slow == {}


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.kind)
def test_a_long_text_of_seeds_takes_time_by_its_length(form: Format) -> None:
    whole = "\n".join(SEED_TEXTS)
    small, big = growth(form, whole * (BIG_BYTES // len(whole) + 1))
    assert big < FREE_S or big <= MAX_GROWTH * max(small, 0.01)
