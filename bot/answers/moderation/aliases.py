"""Aliases that moderators enter: what one would change, which there are, and what an unanswered question may mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.answers.common.text import join, plural, sentence
from bot.answers.moderation.alias_trial import AliasOutcome
from bot.archive.name_aliases import ALIAS_KINDS
from bot.cards import MAX_FREE_TEXT_BYTES, Argument, Block, Card, Facts, FollowUp, Question, archive_fact
from bot.errors import BotError
from bot.language.fold import fold
from bot.language.moments import moment
from bot.names.aliases import EnteredAlias
from bot.names.entity import Entity
from bot.names.index import NameIndex

if TYPE_CHECKING:  # what every answer may need imports no part of the loading
    from bot.archive.name_aliases import NameAliasRow

__all__ = [
    "AliasRequest",
    "alias_done_card",
    "alias_list_card",
    "alias_request",
    "alias_trial_card",
    "can_have_alias",
    "likely_requests",
]

MIN_ALIAS_CHARS = 2
MAX_CHOICES = 3  # of what an unanswered question may mean; each is tried, which takes a second with all seasons
MIN_LIKENESS = 50  # of 100; below it two texts share next to no letters
MAX_LIKE = 6  # names like a question, of which the likeliest are tried
MAX_CHANGES = 8  # that are listed of one alias
ANY_KIND = "name"  # what an unanswered question is called that looked for a name of whatever kind


@dataclass(frozen=True, slots=True)
class AliasRequest:
    """An alias that a moderator may enter; `value` is the entity that a button carries, of a race one of its runnings.

    `label` is how people are told what it means.
    """

    alias: EnteredAlias
    value: str
    label: str


def can_have_alias(kind: str, text: str) -> bool:
    """Whether an unanswered question may become an alias: of a kind that has any, and short enough for a button."""
    is_short = len(text) >= MIN_ALIAS_CHARS and len(text.encode()) <= MAX_FREE_TEXT_BYTES
    return is_short and kind in (*ALIAS_KINDS, ANY_KIND)


def alias_request(names: NameIndex, kind: str, text: str, means: str) -> AliasRequest:
    """The alias that is asked for. Raises BotError for a text that can be none, UnknownName or AmbiguousName."""
    folded = fold(text).strip()
    if kind not in ALIAS_KINDS:
        raise BotError(f"An alias is of a {join(ALIAS_KINDS, 'or')}.")
    if not can_have_alias(kind, folded) or folded.isdecimal():
        raise BotError(f"An alias has {MIN_ALIAS_CHARS} to {MAX_FREE_TEXT_BYTES} letters, and is no number.")
    entity = names.get(kind, means) or names.resolve(means, kind).entity
    return _request(entity, folded)


def likely_requests(names: NameIndex, kind: str, text: str) -> tuple[AliasRequest, ...]:
    """What an unanswered question may have meant, the likeliest first; nothing where it is like no name."""
    folded, asked_kind = fold(text).strip(), "anything" if kind == ANY_KIND else kind
    # A name that is like none to the index may still have the letters of one, and those in another order.
    known = [one for one in names.of_kind(asked_kind) if one.kind in ALIAS_KINDS]
    texts = [fold(one.name or one.label) for one in known]
    like = process.extract(folded, texts, scorer=fuzz.token_sort_ratio, limit=MAX_LIKE, score_cutoff=MIN_LIKENESS)
    scored = [(score, known[at]) for _, score, at in like]
    scored += [(100 * one.likeness, one.entity) for one in names.match(folded, asked_kind).candidates]
    requests = (_request(entity, folded) for _, entity in sorted(scored, key=_score, reverse=True))
    likely = {request.alias: request for request in requests if request.alias.kind in ALIAS_KINDS}
    return tuple(likely.values())[:MAX_CHOICES]


def alias_trial_card(requests: Sequence[AliasRequest], outcomes: Sequence[AliasOutcome], kind: str, text: str) -> Card:
    """What each alias would change, with the button that takes it."""
    folded = fold(text).strip()
    pairs = list(zip(requests, outcomes, strict=True))
    typed_kind = kind if kind in ALIAS_KINDS else ALIAS_KINDS[0]
    return Card(
        title=f"“{folded}”",
        question=Question("data aliases"),
        summary=_trial_summary(pairs, folded),
        blocks=tuple(_trial_block(request, outcome) for request, outcome in pairs),
        note="" if pairs else f"If you know what it means: /data alias kind:{typed_kind} alias:{folded} means:…",
        follow_ups=tuple(_take_button(request) for request, outcome in pairs if outcome.is_taken),
        tone="moderator",
    )


def alias_done_card(request: AliasRequest) -> Card:
    """What is said when an alias has been taken."""
    return Card(
        title=f"“{request.alias.alias}”",
        question=Question("data aliases"),
        summary=f"“{request.alias.alias}” now means {request.label}.",
        follow_ups=(
            FollowUp("Aliases", Question("data aliases")),
            FollowUp("Unanswered", Question("data unanswered")),
        ),
        tone="moderator",
    )


def alias_list_card(rows: "Sequence[NameAliasRow]", withdrawn: "NameAliasRow | None" = None) -> Card:
    """Every alias that moderators have entered, each with Withdraw; `withdrawn` is one that was just taken back."""
    facts = tuple(
        archive_fact(
            f"{row.number}. “{row.alias}”",
            f"the {row.kind} {row.name} (by {row.by}, {moment(row.at)})",
            follow_ups=(
                FollowUp(f"Withdraw {row.number}", Question("data dropalias", (Argument("number", str(row.number)),))),
            ),
        )
        for row in rows
    )
    blocks: tuple[Block, ...] = (Facts(facts),) if facts else ()
    count = f"{plural(len(rows), 'alias', 'aliases')} entered by moderators" if rows else "no alias is entered"
    gone = f"“{withdrawn.alias}” no longer means {withdrawn.name}; " if withdrawn else ""
    return Card(
        title="Aliases",
        question=Question("data aliases"),
        summary=sentence(f"{gone}{count}"),
        blocks=blocks,
        note="An alias beats those that come with the program. To enter one: /data alias.",
        tone="moderator",
    )


def _score(scored: tuple[float, Entity]) -> float:
    return scored[0]


def _request(entity: Entity, folded: str) -> AliasRequest:
    """Of a race its title, which every running has; of all else the canonical name."""
    name = entity.name if entity.kind == "race" and entity.name else entity.value
    label = f"every {name}" if entity.kind == "race" else entity.name or entity.label
    return AliasRequest(EnteredAlias(entity.kind, folded, name), entity.value, label)


def _trial_summary(pairs: Sequence[tuple[AliasRequest, AliasOutcome]], folded: str) -> str:
    if not pairs:
        return f"“{folded}” is like no name that the archive has."
    now = pairs[0][1].before
    meaning_now = f"“{folded}” means {now} now" if now != "nothing" else f"“{folded}” finds nothing now"
    if len(pairs) == 1 and now in pairs[0][0].label:
        return f"“{folded}” means {now} already."
    if len(pairs) > 1:
        return f"{meaning_now}. What should it mean?"
    request, outcome = pairs[0]
    if not outcome.is_taken:
        return f"{meaning_now}, and as an alias of {request.label} it would mean {outcome.after}: it cannot be taken."
    return f"{meaning_now}; it would mean {request.label}."


def _trial_block(request: AliasRequest, outcome: AliasOutcome) -> Facts:
    """What would change besides, name by name."""
    shown = outcome.changes[:MAX_CHANGES]
    facts = [archive_fact(f"“{change.text}” ({change.kind})", f"{change.before} → {change.after}") for change in shown]
    more = len(outcome.changes) - len(shown)
    if more:
        facts.append(archive_fact("And", plural(more, "other name")))
    if not outcome.is_taken:
        facts = [archive_fact("Cannot be taken", f"it would mean {outcome.after}")]
    elif not facts:
        facts = [archive_fact("", "No other name would mean something else.")]
    return Facts(tuple(facts), f"{request.label} ({request.alias.kind})")


def _take_button(request: AliasRequest) -> FollowUp:
    alias = request.alias
    arguments = (
        Argument("kind", alias.kind),
        Argument("alias", alias.alias),
        Argument("means", request.value, alias.kind),
    )
    return FollowUp(f"It means {request.label}"[:80], Question("data takealias", arguments), "go")
