"""What stands in an option while a fan types, letter by letter: drawn from the archive, the same in every run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.catalogue import Catalogue
from benchmarks.questions import ATTEMPTS, Command, QuestionDrawer

__all__ = ["Keystrokes", "draw_keystrokes"]


@dataclass(frozen=True, slots=True)
class Keystrokes:
    """What stands in an option while it is typed."""

    command: str
    option: str
    text: str


def draw_keystrokes(
    catalogue: Catalogue, commands: Mapping[str, Command], count: int, seed: int = 1
) -> tuple[Keystrokes, ...]:
    """So many different states of an option while names are typed, letter by letter, with a slip now and then."""
    rng = Random(seed)
    drawer = QuestionDrawer(catalogue, rng)
    unique: dict[Keystrokes, None] = {}
    for _ in range(ATTEMPTS * count):
        if len(unique) >= count:
            break
        for keystrokes in _keystrokes_of_name(drawer, rng):
            if _has_autocomplete(commands.get(keystrokes.command), keystrokes.option):
                unique[keystrokes] = None
    return tuple(unique)[:count]


def _keystrokes_of_name(drawer: QuestionDrawer, rng: Random) -> Iterator[Keystrokes]:
    command, option, kind = rng.choice(
        (
            ("race", "name", "race"), ("results", "race", "race"), ("driver", "name", "driver"),
            ("compare", "first", "driver"), ("compare", "second", "driver"), ("results", "driver", "driver"),
            ("team", "name", "team"), ("track", "name", "track"), ("records", "track", "track"),
        )
    )  # fmt: skip
    text = (
        drawer.write_race(drawer.draw_race())
        if kind == "race"
        else drawer.write_name(drawer.draw_name(kind).name, kind)
    )
    for end in range(1, min(len(text), rng.randint(2, 9)) + 1):
        yield Keystrokes(command, option, text[:end].lower())


def _has_autocomplete(command: Command | None, option: str) -> bool:
    return any(one["name"] == option and one.get("autocomplete") for one in (command or {}).get("options", ()))
