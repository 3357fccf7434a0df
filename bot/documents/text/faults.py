"""All that is wrong with a document, said at once: who mends it should not have to load it once for each fault."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.errors import BadDocument

__all__ = ["FaultList", "combined_fault"]

MAX_FAULTS = 20  # named in one error; a card shows some 4,000 characters, and who has mended twenty knows the kind


class FaultList:
    """Faults of one document as its reader finds them."""

    def __init__(self) -> None:
        self.faults: list[BadDocument] = []

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Context manager that keeps the fault of its block and goes on behind it."""
        try:
            yield
        except BadDocument as fault:
            self.faults.append(fault)

    def raise_all(self) -> None:
        """Raises BadDocument with all faults, in the order of their lines, where there is any."""
        if self.faults:
            raise combined_fault(self.faults)


def combined_fault(faults: Sequence[BadDocument]) -> BadDocument:
    """One error that names every fault with its line; the line of the whole is that of the first."""
    ordered = sorted(faults, key=lambda fault: fault.line)
    first, *others = ordered[:MAX_FAULTS]
    reasons = [first.reason, *(f"line {fault.line}: {fault.reason}" for fault in others)]
    hidden = len(ordered) - MAX_FAULTS
    if hidden > 0:
        reasons.append(f"and {hidden:,} more")
    return BadDocument(first.path, first.line, "; ".join(reasons))
