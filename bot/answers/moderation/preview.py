"""Card of a race as fans would see it once a plan is applied."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.answers.context import QuestionRunner
from bot.answers.race.overview import overview
from bot.archive.db.engine import open_existing_archive
from bot.cards import Argument, Block, Card, Facts, FollowUp, Question, Table

if TYPE_CHECKING:  # what reads documents takes 0.15 s to import (measured), and a start needs none of it
    from bot.loading.moderation.moderation import Moderation

__all__ = ["preview_card"]

MAX_OTHER_RACES = 3  # that a button leads to, beside the plan itself
NOTE = "So fans will see it once the plan is applied. Nothing is loaded yet."


def preview_card(moderation: "Moderation", plan_key: str, race: str | None, series: str) -> Card:
    """The card of a race of a plan, by its key, else of the first one; `series` is the default series.

    Raises NothingKnown where the plan changes the card of no race, and what planning raises.
    """
    # An archive in a file of its own: the one that answers fans is not touched, and no load waits for this.
    with TemporaryDirectory(prefix="spotter-") as folder:
        preview = moderation.preview(plan_key, Path(folder))
        keys = [key for key, _ in preview.races]
        shown = race if race in keys else keys[0]
        engine = open_existing_archive(f"sqlite:///{preview.file}")
        try:
            card = QuestionRunner(engine, series).ask(overview, shown)
        finally:
            engine.dispose()
    others = [(key, title) for key, title in preview.races if key != shown][:MAX_OTHER_RACES]
    plan = Argument("plan", plan_key)
    buttons = [FollowUp(title, Question("data preview", (plan, Argument("race", key)))) for key, title in others]
    return replace(
        card,
        question=Question("data preview", (plan, Argument("race", shown))),
        blocks=tuple(_uncited(block) for block in card.blocks),
        citations=(),
        follow_ups=(FollowUp("The plan", Question("data plan", (plan,))), *buttons),
        parts=(),
        chart_question=None,
        tone="moderator",
        note=NOTE,
    )


def _uncited(block: Block) -> Block:
    """A block without the lines it stands on: what leads to them asks the archive, which does not have them yet."""
    if isinstance(block, Facts):
        return replace(block, facts=tuple(replace(fact, sources=(), derivation="") for fact in block.facts))
    return replace(block, sources=(), derivations=()) if isinstance(block, Table) else block
