"""A long text costs what its length says: four times the text, four times the work. Work is counted in calls."""

from collections.abc import Callable

import pytest

from bot.documents.model import Document, Format
from bot.documents.points_article.reader import POINTS_ARTICLE
from bot.documents.recap.reader import RECAP
from tests.support.calls import calls_of

SENTENCES = (
    "Denny Hamlin passed Kyle Larson's No. 5 Chevrolet on lap 31 to take the lead. He held it through a caution for "
    "debris with 20 laps to go. Larson earned 12 points. William Byron won Stage 1 by 0.3 seconds. "
)
STANDINGS = tuple(f"{place}. Driver {letter}son - {500 - place}" for place, letter in enumerate("ABCDEFGHIJKL", 1))
COPIES = 10  # of the sentences, in the shorter text
TIMES = 4
MOST_TIMES = 4.1  # what is proportional to the length comes to 4 at most, what is so to its square to 16


def recap(paragraphs: list[str]) -> Document:
    """A recap of these paragraphs."""
    return Document("recap.txt", "", ("Hamlin leads at Nashville", "", *(f"{text}\n" for text in paragraphs)))


def points_article(paragraphs: list[str]) -> Document:
    """An article with the points of twelve drivers and these paragraphs."""
    return Document("points.txt", "", ("The points", "", *STANDINGS, "", *(f"{text}\n" for text in paragraphs)))


def one_line(times: int) -> list[str]:
    """A text that has lost its line breaks."""
    return [SENTENCES * times]


def many_lines(times: int) -> list[str]:
    """Paragraphs of which no two are alike."""
    return [SENTENCES.replace("31", str(number)) for number in range(times)]


@pytest.mark.no_cover  # calls are counted here, and two counts at once take four times as long
@pytest.mark.parametrize("lines", [one_line, many_lines])
@pytest.mark.parametrize(("form", "document"), [(RECAP, recap), (POINTS_ARTICLE, points_article)])
def test_the_work_of_reading_grows_as_the_text_does(
    form: Format, document: Callable[[list[str]], Document], lines: Callable[[int], list[str]]
) -> None:
    short, long = document(lines(COPIES)), document(lines(COPIES * TIMES))
    form.read(short)  # what is made once and kept is made now
    assert calls_of(lambda: form.read(long)) < MOST_TIMES * calls_of(lambda: form.read(short))
