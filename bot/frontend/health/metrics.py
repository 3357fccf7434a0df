"""Metrics of one process, for whoever runs it: what a counter may be told, and the kind that counts nothing.

`prometheus.py` has the kind that counts; it is imported only where METRICS_PORT asks for it. No label says anything of
a person or of what a person typed: commands and outcomes are short lists.
"""

from typing import Literal

__all__ = ["Metrics", "Outcome"]

# "refused" is a name that nobody knows, a thing that no document says, one too many; "failed" is a fault of ours.
Outcome = Literal["answered", "refused", "failed"]


class Metrics:
    """Metrics that nobody asked for."""

    def count_answer(self, command: str, outcome: Outcome, seconds: float) -> None:
        """Count an answer to a command, and the seconds from its arrival until it was sent."""

    def count_load(self, outcome: Outcome, seconds: float) -> None:
        """Count what moderators had planned or loaded, and the seconds it took."""
