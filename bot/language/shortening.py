"""Texts cut to a length, with an ellipsis that says so."""

__all__ = ["one_line", "shorten"]


def shorten(text: str, max_length: int) -> str:
    """The text in at most `max_length` characters, the last one "…" where something is left out."""
    return text if len(text) <= max_length else f"{text[: max_length - 1]}…"


def one_line(text: str, max_length: int) -> str:
    """What somebody wrote as one line of at most `max_length` characters: every gap is a single space."""
    # Only so much is looked at: the text may have megabytes, and gaps are seldom longer than words.
    return shorten(" ".join(text[: 4 * max_length].split()), max_length)
