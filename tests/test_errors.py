"""Errors: what a person reads and what the code needs of them come whole out of another process."""

import inspect
import pickle
from pathlib import PurePath

import pytest

from bot import errors
from bot.errors import AmbiguousName, BadDocument, BotError, ResultHidden, UnknownName

EXAMPLES_OF_OWN_SHAPE: dict[type[BotError], BotError] = {
    BadDocument: BadDocument(PurePath("folder/page.txt"), 7, "a date was expected"),
    UnknownName: UnknownName("driver", "Rick Teddick", [("Tyler Reddick", "Tyler Reddick (45)")]),
    AmbiguousName: AmbiguousName("driver", "Busch", [("Kurt Busch", "Kurt Busch"), ("Kyle Busch", "Kyle Busch")]),
    ResultHidden: ResultHidden("The result of the 2026 Small 200 is hidden.", "2026-small-200", "the 2026 Small 200"),
}
CLASSES = sorted(
    (kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, BotError)),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", CLASSES)
def test_an_error_keeps_its_text_and_attributes_through_pickle(kind: type[BotError]) -> None:
    error = EXAMPLES_OF_OWN_SHAPE.get(kind) or kind("Nothing is known of that. Try another name.")
    restored = pickle.loads(pickle.dumps(error))
    assert type(restored) is kind
    assert str(restored) == str(error) != ""
    assert (restored.args, vars(restored)) == (error.args, vars(error))
