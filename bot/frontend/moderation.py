"""Steps that the moderators' commands and buttons share: who may, in whose name, and how a load is planned and done."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import discord

from bot.answers.common.refusals import NothingToShow
from bot.answers.moderation.alias_trial import tried_aliases
from bot.answers.moderation.aliases import AliasRequest, alias_trial_card
from bot.answers.moderation.loads import STATUS_BUTTON, loaded_card, plan_card, plan_discarded_card, plan_question
from bot.answers.moderation.preview import preview_card
from bot.answers.moderation.race_key import typed_race_key
from bot.answers.moderation.watches import watch_list_card
from bot.cards import FollowUp
from bot.errors import BotError, LoadEnded, LoadUnderWay, NotAllowed, NotDone, StalePlan
from bot.frontend.forms import FormField, build_form, form_values
from bot.frontend.health.metrics import Outcome
from bot.frontend.host import Interaction, host_of
from bot.frontend.replies import SEND_ERRORS, begin_in_place, defer, send_card
from bot.loading.moderation.rows import PlanRow
from bot.loading.read.plain_file import MAX_DOCUMENT_BYTES
from bot.loading.report import Report

if TYPE_CHECKING:  # what reads documents takes 0.15 s to import (measured), and a start needs none of it
    from bot.loading.moderation.moderation import Moderation
    from bot.loading.state.published_source import FetchedDocument

log = logging.getLogger(__name__)

__all__ = [
    "ask_form",
    "attachment_contents",
    "end_plan",
    "fetched_document",
    "moderator_name",
    "moderators_only",
    "plan_load",
    "resolve_race_key",
    "run_load",
    "send_watches",
    "show_plan",
    "show_preview",
    "try_and_show",
]

T = TypeVar("T")

MEGABYTE = 1_000_000
SMALLEST_USER_ID = 1 << 22  # of Discord, whose ids begin with the time; the operator at a terminal has a smaller one


def moderators_only(interaction: Interaction) -> None:
    """Check that the person moderates the home server, and is there now. Raises NotAllowed."""
    if not host_of(interaction).is_moderator(interaction):
        raise NotAllowed("Only moderators of the bot's own server can do this, and only in that server.")


def moderator_name(interaction: Interaction) -> str:
    """The name under which a load is done, as the log shows it: an id, since anybody may call themselves anything."""
    person = interaction.user
    return f"moderator {person.id}" if person.id >= SMALLEST_USER_ID else person.display_name


async def plan_load(
    interaction: Interaction, work: "Callable[[Moderation], PlanRow]", *, replaced: str | None = None
) -> None:
    """Plan a load, and show what it would do, with a button that applies it. Raises what planning raises.

    `replaced` is the key of the plan in whose place the new one comes.
    """
    if replaced is not None:
        await begin_in_place(interaction)
    elif "slow" not in interaction.extras:  # an upload has deferred already, to fetch its file
        await defer(interaction)
    plan = await _run_of_plan(interaction, work, replaced) if replaced else await _run_counted(interaction, work)
    await send_card(interaction, plan_card((plan,), plan.key))


async def run_load(
    interaction: Interaction, work: "Callable[[Moderation], Report]", plan_key: str | None = None
) -> None:
    """Do a load, and show what it did; who asks meanwhile sees the old archive. Raises what the load raises.

    What is applied of the plan `plan_key` takes the place of the plan, so that nobody presses a button of it again.
    """
    host = host_of(interaction)
    if plan_key is None:
        await defer(interaction)
        report = await _run_counted(interaction, work)
    else:
        await begin_in_place(interaction)
        report = await _run_of_plan(interaction, work, plan_key)
    await host.refresh_names()
    await send_card(interaction, loaded_card(report, await host.moderate(lambda moderation: moderation.load_log())))


async def try_and_show(interaction: Interaction, requests: Sequence[AliasRequest], kind: str, text: str) -> None:
    """Try aliases against every name, and show what each would change, with a button that takes it."""
    await defer(interaction)
    runner, aliases = host_of(interaction).runner, [request.alias for request in requests]
    outcomes = await host_of(interaction).moderate(
        lambda moderation: tried_aliases(moderation.engine, runner.default_series, aliases)
    )
    await send_card(interaction, alias_trial_card(requests, outcomes, kind, text))


async def end_plan(interaction: Interaction, plan_key: str) -> None:
    """Discard a plan, and say so in its place. Raises NothingToShow where it is gone already."""
    await begin_in_place(interaction)
    await _run_of_plan(interaction, lambda moderation: moderation.discard(plan_key), plan_key)
    await send_card(interaction, plan_discarded_card())


async def show_plan(interaction: Interaction, plan_key: str, *, is_new_race: bool = False) -> None:
    """Show a plan; in the place of itself once somebody has said that it makes a new race. Raises NothingToShow."""
    try:
        plan = await host_of(interaction).moderate(lambda moderation: moderation.plan(plan_key))
    except StalePlan as error:
        raise NothingToShow(str(error), (STATUS_BUTTON,)) from error
    if is_new_race:
        await begin_in_place(interaction)
    await send_card(interaction, plan_card((plan,), plan.key, is_new_race=is_new_race))


async def show_preview(interaction: Interaction, plan_key: str, race: str | None) -> None:
    """Show the card of a race as fans would see it once a plan is applied. Raises what making it raises."""
    await defer(interaction)
    host = host_of(interaction)
    series = host.runner.default_series
    card = await host.moderate(lambda moderation: preview_card(moderation, plan_key, race, series))
    await send_card(interaction, card)


async def _run_of_plan(interaction: Interaction, work: "Callable[[Moderation], T]", plan_key: str) -> T:
    """The result of work on a plan whose message has lost its buttons. Raises NothingToShow with what leads on."""
    try:
        return await _run_counted(interaction, work)
    except StalePlan as error:
        raise NothingToShow(str(error), (STATUS_BUTTON,)) from error
    except (LoadUnderWay, LoadEnded, NotDone) as error:  # the plan still waits
        raise NothingToShow(str(error), (FollowUp("The plan", plan_question(plan_key)),)) from error


async def _run_counted(interaction: Interaction, work: "Callable[[Moderation], T]") -> T:
    """The result of planning or loading, counted with the seconds it took. Raises what it raises."""
    host, started_s = host_of(interaction), time.monotonic()
    outcome: Outcome = "failed"
    try:
        result = await host.moderate(work)
        outcome = "answered"
    except BotError:
        outcome = "refused"
        raise
    finally:
        host.metrics.count_load(outcome, time.monotonic() - started_s)
    return result


async def attachment_contents(
    interaction: Interaction, files: Sequence[discord.Attachment]
) -> tuple[tuple[str, bytes], ...]:
    """(name, content) of attached files. Raises BotError where they are too large or cannot be fetched."""
    await defer(interaction)
    # Discord says the size with the file: what is too large is not fetched at all.
    size = sum(file.size for file in files)
    if size > MAX_DOCUMENT_BYTES:
        name = files[0].filename if len(files) == 1 else f"all {len(files)} files together"
        have = "has" if len(files) == 1 else "have"
        limit = MAX_DOCUMENT_BYTES / MEGABYTE
        raise BotError(f"{name} {have} {size / MEGABYTE:,.1f} MB; a document may have {limit:,.0f} MB.")
    return tuple([(file.filename, await _content(file)) for file in files])


async def _content(file: discord.Attachment) -> bytes:
    try:
        return await file.read()
    except SEND_ERRORS:
        raise BotError(f"{file.filename} could not be fetched from Discord. Attach it again.") from None


async def fetched_document(interaction: Interaction, what: str) -> "FetchedDocument":
    """The document that a title or an address names. Raises FetchError where it cannot be fetched."""
    from bot.fetching.turn import fetch_in_turn  # noqa: PLC0415 - only moderators of some bots fetch

    await defer(interaction)
    host = host_of(interaction)
    return await fetch_in_turn(host.fetching, host.moderate, what)


async def send_watches(
    interaction: Interaction, what: str | None = None, *, is_automatic: bool = False, stopped: int | None = None
) -> None:
    """Show what is watched, once `what` is watched too or the watch of the number `stopped` is ended.

    Raises BotError where what is named cannot be watched, NothingKnown where there is no such watch.
    """
    from bot.fetching.watches import all_watches, end_watch, set_up_watch  # noqa: PLC0415 - loading

    host, by = host_of(interaction), moderator_name(interaction)
    if stopped is not None:
        watches = await host.moderate(lambda moderation: end_watch(moderation, stopped))
    elif what is not None and what.strip():
        watches = await host.moderate(
            lambda moderation: set_up_watch(moderation, host.fetching, what, by, is_automatic=is_automatic)
        )
    else:
        watches = await host.moderate(all_watches)
    await send_card(interaction, watch_list_card(watches))


async def ask_form(interaction: Interaction, title: str, *fields: FormField) -> Mapping[str, str]:
    """The values of a form by option; empty for the press that asks for the form, which is then opened."""
    if interaction.type is not discord.InteractionType.modal_submit:
        await interaction.response.send_modal(build_form(interaction.extras["press"], title, *fields))
        return {}
    return form_values(interaction)


def resolve_race_key(interaction: Interaction, text: str | None) -> str | None:
    """The key of the race that `text` names, None where it names none. Raises UnknownName or AmbiguousName."""
    if text is None or not text.strip():
        return None
    runner = host_of(interaction).runner
    return typed_race_key(runner.names, text, runner.default_series)
