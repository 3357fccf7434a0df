"""Figures beside their floor and their aim, as a Markdown table that can be pasted into README."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Row", "more", "ours_only", "show", "times"]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what it is, ours, its floor, how they compare, the aim, and whether it is met (None: no aim)."""

    what: str
    ours: str
    floor: str = ""
    compared: str = ""
    aim: str = ""
    met: bool | None = None


def times(what: str, ours: float, floor: float, unit: str, most: float | None = None) -> Row:
    """A figure that may be so many times its floor."""
    ratio = ours / floor if floor else float("inf")
    aim = f"at most x {most:g}" if most else ""
    return Row(what, _with(ours, unit), _with(floor, unit), f"x {ratio:.2f}", aim, ratio <= most if most else None)


def more(what: str, ours: float, floor: float, unit: str, most: float | None = None) -> Row:
    """A figure that may be so much more than its floor."""
    over = ours - floor
    aim = f"at most + {most:g} {unit}" if most is not None else ""
    met = over <= most if most is not None else None
    return Row(what, _with(ours, unit), _with(floor, unit), f"{over:+.4g} {unit}", aim, met)


def ours_only(what: str, ours: float, unit: str, most: float | None = None) -> Row:
    """A figure without a floor."""
    aim = f"at most {most:g} {unit}".rstrip() if most is not None else ""
    return Row(what, _with(ours, unit), aim=aim, met=ours <= most if most is not None else None)


def _with(figure: float, unit: str) -> str:
    text = f"{figure:,.0f}" if abs(figure) >= 100 or figure == int(figure) else f"{figure:.3g}"
    return f"{text} {unit}".rstrip()


def show(title: str, rows: Sequence[Row], floor: str = "floor") -> None:
    """Print a table under its title, with what is not met marked."""
    print(f"\n### {title}\n")
    print("\n".join(_lines(rows, floor)), flush=True)


def _lines(rows: Sequence[Row], floor: str) -> Iterable[str]:
    yield f"| | Spotter | {floor} | | aim | |"
    yield "|---|---|---|---|---|---|"
    marks = {True: "met", False: "**not met**", None: ""}
    for one in rows:
        cells = (one.what, one.ours, one.floor, one.compared, one.aim, marks[one.met])
        yield f"| {' | '.join(cells)} |"
