"""A reader of `load.py` alone can name every stage of a load and find its file."""

import inspect
import re
from pathlib import Path

import pytest

from bot.loading import load

LOADING = Path(load.__file__).parent
STAGES = re.findall(r"^ {4}(\w+) +(\w+) +([\w/]+\.py) ", load.__doc__ or "", re.MULTILINE)
NAMES = ["choose", "read", "group", "spell", "merge", "check", "seasons", "tables", "build", "compare", "write"]


def test_the_table_names_the_stages_in_their_order() -> None:
    assert [stage for stage, _, _ in STAGES] == NAMES


@pytest.mark.parametrize(("call", "file"), [(call, file) for _, call, file in STAGES])
def test_a_stage_is_called_here_and_lies_where_the_table_says(call: str, file: str) -> None:
    assert Path(inspect.getfile(getattr(load, call))) == LOADING / file
    assert re.search(rf"\b{call}\(", inspect.getsource(load))


def test_derive_calls_its_stages_in_the_order_of_the_table() -> None:
    source = inspect.getsource(load.derive)
    places = [source.index(f"{call}(") for stage, call, _ in STAGES if stage in NAMES[1:9]]
    assert places == sorted(places)
