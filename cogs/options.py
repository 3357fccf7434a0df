"""Options that commands share: their values, and the choices that are offered while somebody types.

Choices for everybody come from the names in memory: no database, no network; those of documents and corrections, for
moderators alone, come from the archive. A choice carries the canonical value, but nobody has to pick one: whatever is
typed is resolved all the same.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from discord.app_commands import Choice

from bot.answers.moderation.corrections import PRESENT_VALUE_MARK, matching_values
from bot.answers.moderation.documents import template_kind_names
from bot.errors import BotError
from bot.frontend import limits
from bot.frontend.host import Interaction, host_of
from bot.frontend.servers.audience import answer_rules, seen_names
from bot.frontend.text.markup import label
from bot.language.fold import fold
from bot.names.entity import Entity
from bot.names.index import NameIndex

__all__ = [
    "AliasKind",
    "Championship",
    "Decade",
    "RecordDrivers",
    "SourcesView",
    "SpoilerChoice",
    "WatchWay",
    "alias_meanings",
    "choices",
    "commands",
    "correctable_values",
    "document_kinds",
    "documents",
    "drivers",
    "manufacturers",
    "races",
    "races_with_standings",
    "seasons",
    "series",
    "sessions",
    "teams",
    "template_kinds",
    "tracks",
]

# Offered where the race typed so far is none: what most races have.
USUAL_SESSIONS = ("Race", "Stage 1", "Stage 2", "Stage 3", "Qualifying", "Practice", "Entry list")

AliasKind = Literal["driver", "race", "track", "team", "manufacturer", "series"]
Championship = Literal["drivers", "manufacturers", "points scored in races"]
Decade = Literal["1940s", "1950s", "1960s", "1970s", "1980s", "1990s", "2000s", "2010s", "2020s"]
RecordDrivers = Literal["active", "everybody"]
WatchWay = Literal["plans only", "apply when clean"]
SpoilerChoice = Literal["show everything", "12 hours", "24 hours", "48 hours", "72 hours", "as the server"]
SourcesView = Literal["Facts", "Conflicts", "Checks"]


async def races(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Races, by name, track, city, year or number."""
    return await _entity_choices(interaction, current, "race")


async def alias_meanings(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Whom or what an alias of the chosen kind may mean."""
    return await _entity_choices(interaction, current, str(interaction.namespace.kind or "driver"))


async def drivers(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Drivers, by name or car number."""
    return await _entity_choices(interaction, current, "driver")


async def teams(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Teams."""
    return await _entity_choices(interaction, current, "team")


async def manufacturers(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Makes of cars."""
    return await _entity_choices(interaction, current, "manufacturer")


async def tracks(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Tracks, by name or city."""
    return await _entity_choices(interaction, current, "track")


async def series(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Series, by any name they had."""
    return await _entity_choices(interaction, current, "series")


async def sessions(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The sessions that the chosen race has; the latest race where none is chosen."""
    race = await _chosen_race(interaction)
    titles = race.event.sessions if race and race.event else USUAL_SESSIONS
    return choices((title, title) for title in titles if current.casefold() in title.casefold())


async def races_with_standings(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Races after which the archive holds a championship table."""
    names = await seen_names(interaction)
    # Not every race has standings after it: more are looked at, so that the list fills up all the same.
    entities = names.suggest(current, "race", limit=4 * limits.CHOICES)
    return choices((e.label, e.value) for e in entities if e.event and e.event.standings)


async def seasons(interaction: Interaction, current: str) -> list[Choice[int]]:
    """Seasons of the races in the archive, newest first."""
    events = (race.event for race in (await seen_names(interaction)).of_kind("race"))
    years = sorted({event.season for event in events if event and event.season}, reverse=True)
    return [Choice(name=str(year), value=year) for year in years if current.strip() in str(year)][: limits.CHOICES]


async def commands(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The commands that this person can call here."""
    lines = host_of(interaction).command_lines(moderator=host_of(interaction).is_moderator(interaction))
    prefix = current.casefold().lstrip("/")
    return choices((f"/{line.name} – {line.summary}", line.name) for line in lines if prefix in line.name)


async def document_kinds(interaction: Interaction, current: str) -> list[Choice[str]]:
    """What a document can be read as."""
    kinds = await interaction.client.moderate(lambda moderation: moderation.readable_kinds())
    return choices((kind, kind) for kind in kinds if current.casefold() in kind)


async def template_kinds(_interaction: Interaction, current: str) -> list[Choice[str]]:
    """The kinds of documents that have a template."""
    return choices((kind, kind) for kind in template_kind_names() if current.casefold() in kind)


async def documents(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The documents in force; no choices for anybody but moderators."""
    if not host_of(interaction).is_moderator(interaction):
        return []
    active = await host_of(interaction).moderate(lambda moderation: moderation.active_documents())
    labels = ((f"{document.name} · {document.title}", document.name) for document in active)
    return choices((text, name) for text, name in labels if fold(current) in fold(text))


async def correctable_values(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The values of the chosen race, as they are now; no choices for anybody but moderators."""
    race = await _chosen_race(interaction)
    if race is None or not host_of(interaction).is_moderator(interaction):
        return []
    values = await host_of(interaction).moderate(lambda moderation: moderation.correctable_values(race.value))
    return choices(
        (f"{what}{PRESENT_VALUE_MARK}{value or 'nothing'})", what) for what, value in matching_values(values, current)
    )


def choices(pairs: Iterable[tuple[str, str]]) -> list[Choice[str]]:
    """Up to 25 choices of (label, value), each of 1 to 100 characters, no label and no value twice."""
    return list(islice(_unique_choices(pairs), limits.CHOICES))


def _unique_choices(pairs: Iterable[tuple[str, str]]) -> Iterator[Choice[str]]:
    # Discord refuses the whole list for one label or value that is there twice, is empty or is too long.
    labels: set[str] = set()
    values: set[str] = set()
    for text, value in pairs:
        name = label(text, limits.CHOICE_LABEL_CHARS)
        # The label stands in for a value that is too long: names are resolved from labels too.
        short = value if 1 <= len(value) <= limits.CHOICE_VALUE_CHARS else name
        if name not in labels and short not in values:
            labels.add(name)
            values.add(short)
            yield Choice(name=name, value=short)


async def _entity_choices(interaction: Interaction, current: str, kind: str) -> list[Choice[str]]:
    names = await seen_names(interaction)
    return choices((entity.label, entity.value) for entity in _suggest_entities(names, current, kind))


def _suggest_entities(names: NameIndex, current: str, kind: str) -> tuple[Entity, ...]:
    return names.suggest(current, kind, limit=limits.CHOICES)


async def _chosen_race(interaction: Interaction) -> Entity | None:
    """The race that is typed so far; without one, the latest of the default series. None where that is no race."""
    names, series = await seen_names(interaction), answer_rules(interaction).default_series
    typed = str(getattr(interaction.namespace, "race", None) or "")
    if not typed:
        return next((race for race in names.of_kind("race") if race.event and race.event.series == series), None)
    try:
        return names.resolve(typed, "race", series=series).entity
    except BotError:
        return None
