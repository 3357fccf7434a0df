"""Text for a terminal or a log: what could move the cursor, colour a line or begin another is shown as a code."""

__all__ = ["printable"]


def printable(text: str, keep: str = "") -> str:
    r"""`text` with every sign that does not show written as in Python (`\x1b`), but for those to `keep`."""
    if text.isprintable():
        return text
    return "".join(
        char if char in keep or char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
