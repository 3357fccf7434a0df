"""Figures beside their floor and their aim, as a Markdown table that can be pasted into README."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["FigureRow", "difference_row", "print_table", "ratio_row", "value_row"]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: what it is, ours, its floor, how they compare, the aim, and whether it is met (None: no aim)."""

    figure: str
    ours: str
    floor: str = ""
    comparison: str = ""
    target: str = ""
    is_met: bool | None = None


def ratio_row(figure: str, ours: float, floor: float, unit: str, max_ratio: float | None = None) -> FigureRow:
    """A figure that may be so many times its floor."""
    ratio = ours / floor if floor else float("inf")
    target = f"at most x {max_ratio:g}" if max_ratio else ""
    return FigureRow(
        figure,
        _with_unit(ours, unit),
        _with_unit(floor, unit),
        f"x {ratio:.2f}",
        target,
        ratio <= max_ratio if max_ratio else None,
    )


def difference_row(figure: str, ours: float, floor: float, unit: str, max_difference: float | None = None) -> FigureRow:
    """A figure that may be so much more than its floor."""
    difference = ours - floor
    target = f"at most + {max_difference:g} {unit}" if max_difference is not None else ""
    is_met = difference <= max_difference if max_difference is not None else None
    return FigureRow(
        figure, _with_unit(ours, unit), _with_unit(floor, unit), f"{difference:+.4g} {unit}", target, is_met
    )


def value_row(figure: str, ours: float, unit: str, max_value: float | None = None) -> FigureRow:
    """A figure without a floor."""
    target = f"at most {max_value:g} {unit}".rstrip() if max_value is not None else ""
    return FigureRow(
        figure, _with_unit(ours, unit), target=target, is_met=ours <= max_value if max_value is not None else None
    )


def _with_unit(figure: float, unit: str) -> str:
    text = f"{figure:,.0f}" if abs(figure) >= 100 or figure == int(figure) else f"{figure:.3g}"
    return f"{text} {unit}".rstrip()


def print_table(title: str, rows: Sequence[FigureRow], floor: str = "floor") -> None:
    """Print a table under its title, with what is not met marked."""
    print(f"\n### {title}\n")
    print("\n".join(_lines(rows, floor)), flush=True)


def _lines(rows: Sequence[FigureRow], floor: str) -> Iterable[str]:
    yield f"| | Spotter | {floor} | | aim | |"
    yield "|---|---|---|---|---|---|"
    marks = {True: "met", False: "**not met**", None: ""}
    for row in rows:
        cells = (row.figure, row.ours, row.floor, row.comparison, row.target, marks[row.is_met])
        yield f"| {' | '.join(cells)} |"
