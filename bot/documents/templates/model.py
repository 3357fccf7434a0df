"""What a template is."""

from dataclasses import dataclass

__all__ = ["DocumentTemplate"]


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """The smallest file of a kind that is read without a fault, and what a person has to know to write one.

    `kind` is that of the format; `words` are sentences, a paragraph each; `columns` are (name, meaning) pairs where the
    kind has columns. The race of the example is made up.
    """

    kind: str
    file_name: str
    words: tuple[str, ...]
    text: str
    columns: tuple[tuple[str, str], ...] = ()
