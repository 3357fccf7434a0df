"""Output of the shell's commands: what people have written comes out of it without a sign that a terminal obeys."""

import typer

from bot.language.printable import printable

__all__ = ["echo"]


def echo(text: str, *, err: bool = False) -> None:
    """Print lines, to standard error with `err`; tabs and ends of lines are kept."""
    typer.echo(printable(text, keep="\n\t"), err=err)
