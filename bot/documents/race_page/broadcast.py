"""The people on air, on television and radio. Cells are glued together: they are split at role labels and at names.

"Lap-by-lap: Rick Allen Color-commentator: Jeff Burton" is split at its labels. "Dave Burns Kim Coon Marty Snider" is
split where the page's own sentences name each of them; where they do not, the cell stays whole.
"""

import re

from bot.documents.model import BroadcastClaim, Claim, FactClaim
from bot.documents.race_page.blocks import PageTable
from bot.language.patterns import Pattern

__all__ = ["read_broadcast"]

# The labels of the known pages and their near kin; a label is needed to say where a name ends.
_LABEL = Pattern(
    r"(?P<turns>Turns? [0-9](?:\s*(?:&|and|,|–|-)\s*[0-9])*|Backstretch|Frontstretch)\s*:"
    r"|(?P<role>lap[- ]by[- ]lap|play[- ]by[- ]play|colou?r[- ]commentators?|(?:(?:lead|guest|booth|studio|rules|race|"
    r"turn|color|colour|expert|driver|technical) )?(?:announcers?|analysts?|commentators?|hosts?|reporters?))\s*:",
    re.IGNORECASE,
)
_TURNS_WORD = Pattern(r"^turns? ", re.IGNORECASE)
_Person = tuple[str, str, str | None]  # role, name, turns
MIN_NAME_WORDS = 2  # "Rick Allen"
MAX_NAME_WORDS = 4  # "Juan Pablo Montoya Jr."


def read_broadcast(table: PageTable, medium: str, prose: str) -> list[Claim]:
    """The people in a television or radio table, and its network.

    The first row names the network, the second the columns; `prose` is all text of the page in which names may stand.
    """
    network = next((cell for cell in table.rows[0].cells if cell), "")
    claims: list[Claim] = []
    if network:
        claims.append(FactClaim(table.line, "network" if medium == "television" else "radio", network))
    for row in table.rows[2:]:
        for column, cell in zip(table.rows[1].cells, row.cells, strict=True):
            claims += [
                BroadcastClaim(row.line, medium, network, role, person, turns)
                for role, person, turns in (_split_people(cell, _singular_role(column), prose) if cell else ())
            ]
    return claims


def _split_people(cell: str, column: str, prose: str) -> tuple[_Person, ...]:
    """Each person in a cell; the whole cell as one person where it cannot be split."""
    return _split_at_labels(cell, column) or tuple((column, person, None) for person in _split_names(cell, prose))


def _split_at_labels(cell: str, column: str) -> tuple[_Person, ...]:
    """The people behind the labels of a cell; () where it has none, or has words that no label explains."""
    labels = list(_LABEL.finditer(cell))
    if not labels or labels[0].start():
        return ()
    ends = [*(label.start() for label in labels[1:]), len(cell)]
    people = [cell[label.end() : end].strip() for label, end in zip(labels, ends, strict=True)]
    if not all(people) or any(":" in person for person in people):
        return ()
    return tuple(
        (column, person, _TURNS_WORD.sub("", label["turns"]))
        if label["turns"]
        else (label["role"].capitalize(), person, None)
        for label, person in zip(labels, people, strict=True)
    )


def _split_names(cell: str, prose: str) -> tuple[str, ...]:
    """The names in a cell without labels, if the prose holds each one and there is one way to cut; else the cell."""
    words = cell.split()
    if len(words) <= MIN_NAME_WORDS + 1 or ":" in cell:
        return (cell,)
    splits = [way for way in _name_splits(words, prose) if len(way) > 1]
    return splits[0] if len(splits) == 1 else (cell,)


def _name_splits(words: list[str], prose: str) -> list[tuple[str, ...]]:
    """Every way to cut the words into names that stand in the prose; built from the end, so the work stays small."""
    splits: list[list[tuple[str, ...]]] = [[] for _ in words] + [[()]]
    # splits[start] are the ways to cut the words from `start` on. Two are enough to know that there is not one way.
    for start in range(len(words) - MIN_NAME_WORDS, -1, -1):
        for length in range(MIN_NAME_WORDS, min(MAX_NAME_WORDS, len(words) - start) + 1):
            name = " ".join(words[start : start + length])
            if splits[start + length] and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", prose):
                splits[start] = [*splits[start], *((name, *rest) for rest in splits[start + length])][:2]
    return splits[0]


def _singular_role(column: str) -> str:
    """The role that a column names: "Pit reporter" of "Pit reporters"."""
    return column.removesuffix("s") if column.lower().endswith(("ers", "ors", "ts")) else column
