"""How much is asked and how often: `make bench` by FULL, `make bench-quick`, which prints the same rows, by QUICK."""

from dataclasses import dataclass

__all__ = ["FULL", "QUICK", "Scale"]


@dataclass(frozen=True, slots=True)
class Scale:
    """Counts of questions and of runs.

    `different`, `repeated`, `keystrokes` and `fast` are for answers, with `warm_up` before them; `meanwhile` is asked
    before loads and during each kind; `growth` and `growth_keystrokes` at each size, `growth_runs` times loaded.
    `databases` is asked of each kind of database, `announcements` before servers are told something and meanwhile.
    """

    different: int
    repeated: int
    keystrokes: int
    fast: int
    warm_up: int
    starts: int
    loads: int
    meanwhile: int
    growth: int
    growth_keystrokes: int
    growth_runs: int
    databases: int
    announcements: int


FULL = Scale(600, 400, 400, 1000, 40, 3, 3, 300, 150, 60, 1, 300, 120)
QUICK = Scale(100, 60, 60, 200, 20, 1, 1, 40, 20, 20, 1, 60, 60)
