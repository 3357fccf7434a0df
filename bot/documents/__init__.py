"""What is read: one file per format. Pure: text in, claims out.

A new format is one file and one entry in `formats`. FORMATS is imported from there when somebody first asks for it: the
regular expressions of all formats take a quarter of a second to compile, and no answer needs them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.documents.registry import FORMATS

__all__ = ["FORMATS"]


def __getattr__(name: str) -> object:
    """FORMATS, on demand; Python calls this for what the package does not have."""
    if name == "FORMATS":
        from bot.documents.registry import FORMATS  # noqa: PLC0415

        return FORMATS
    raise AttributeError(name)
