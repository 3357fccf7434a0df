"""Feats of a driver in a race, by the words that ask for them: a win, second place, a top ten, a race not finished."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answers.ask.words.frame import Frame
from bot.archive.queries.driver_races import DriverRace
from bot.language.ordinals import ordinal
from bot.racing.statuses import RUNNING_STATUS

__all__ = ["Feat", "feat_of"]

NOWHERE = 9999  # place of a row without one


@dataclass(frozen=True, slots=True)
class Feat:
    """What a driver did in a race: the words that ask for it, which races have it, and how it is said.

    `verb` is what he did (“won”), `one` and `many` name such races (“win”, “wins”).
    """

    used: frozenset[str]
    is_in: Callable[[DriverRace], bool]
    verb: str
    one: str
    many: str


def feat_of(frame: Frame) -> Feat | None:
    """What of a race is asked for; None where it is nothing that a row of results says."""
    if frame.has("stage", "stages", "points", "standings", "qualify", "practice", "laps", "led", "laps_led"):
        return None
    placed = _placed(frame)
    if placed is not None:
        return placed
    return next((feat for said, feat in FEATS.items() if frame.has(said)), None)


def _placed(frame: Frame) -> Feat | None:
    """Places that are asked for: a top ten, second; None where none are."""
    place, top = frame.number_of("place"), frame.number_of("top")
    top = 5 if frame.has("top_fives") else 10 if frame.has("top_tens") else top
    if top is not None:
        used = frozenset(["top", "top_fives", "top_tens", "finish"])
        verb, one = f"finished in the top {top}", f"top-{top} finish"
        return Feat(used, lambda run: (run.position or NOWHERE) <= top, verb, one, f"{one}es")
    if place is not None and frame.has("finish") and place > 1:
        nth = ordinal(place)
        used = frozenset(["place", "finish"])
        one, many = f"finish in {nth} place", f"finishes in {nth} place"
        return Feat(used, lambda run: run.position == place, f"finished {nth}", one, many)
    return None


def _is_out(run: DriverRace) -> bool:
    """Whether a car did not reach the end."""
    return bool(run.status) and (run.status or "").casefold() != RUNNING_STATUS


FEATS = {
    "pole": Feat(
        frozenset(["pole", "won", "start"]), lambda run: run.grid == 1, "started first", "start from first place",
        "starts from first place",
    ),
    "dnf": Feat(frozenset(["dnf"]), _is_out, "did not finish", "DNF", "DNFs"),
    "won": Feat(frozenset(["won", "finish"]), lambda run: run.position == 1, "won", "win", "wins"),
}  # fmt: skip
