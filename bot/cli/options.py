"""What the commands of the moderators share: how they open what they work on, and the option not to be asked."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # what reads documents is slow to import, and most commands need none of it
    from bot.loading.moderation.operations import Operations

__all__ = ["OpenModeration", "YesOption"]

OpenModeration = Callable[[], AbstractContextManager["Operations"]]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
