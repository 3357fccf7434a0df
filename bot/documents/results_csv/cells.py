"""How a line of a table is cut into cells: at commas, semicolons, tabs, bars, or two spaces and more."""

import csv
import re

__all__ = ["RESULTS_SEPARATORS", "SEPARATORS", "WIDE_SPACE", "cells_of", "csv_sign", "is_rule", "without_frame"]

SEPARATORS = (",", ";", "\t")
WIDE_SPACE = "  "
RESULTS_SEPARATORS = (*SEPARATORS, "|", WIDE_SPACE)
_BAR_RULE = re.compile(r"[\s|:+=-]+")
_SPACES = re.compile(r" {2,}")


def without_frame(line: str, separator: str) -> str:
    """A line as the csv module cuts it at one sign: without the bars around a row, with tabs for wide spaces."""
    if separator == WIDE_SPACE:
        return _SPACES.sub("\t", line.strip())
    return line.strip().removeprefix("|").removesuffix("|") if separator == "|" else line


def csv_sign(separator: str) -> str:
    """The one sign at which the csv module cuts what `without_frame` gives."""
    return "\t" if separator == WIDE_SPACE else separator


def cells_of(line: str, separator: str) -> list[str]:
    """The cells of a line without the blank ones at its end."""
    line, separator = without_frame(line, separator), csv_sign(separator)
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:  # a cell of more than 131,072 characters
        cells = line.split(separator)
    cells = [" ".join(cell.split()) for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def is_rule(line: str) -> bool:
    """Whether a line is drawn between a head and its rows: "|---|---|", "---  ---"."""
    return bool(_BAR_RULE.fullmatch(line))
