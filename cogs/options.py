"""The options that commands share: what they are called, and what is offered while somebody types.

Suggestions come from the names in memory: no database, no network. A choice carries the canonical value, but nobody
has to pick one: what is typed is resolved all the same.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from discord.app_commands import Choice

from bot.answers.moderation.corrections import NOW, values_like
from bot.errors import BotError
from bot.frontend.client import Interaction
from bot.frontend.layout import CHOICE, label
from bot.language.fold import fold
from bot.names.entity import Entity
from bot.names.index import NameIndex

__all__ = [
    "Championship",
    "Record",
    "Show",
    "after",
    "choices",
    "commands",
    "correctable",
    "documents",
    "drivers",
    "kinds",
    "manufacturers",
    "races",
    "seasons",
    "series",
    "sessions",
    "teams",
    "tracks",
]

MOST = 25
SESSIONS = ("Race", "Stage 1", "Stage 2", "Stage 3", "Qualifying", "Practice", "Entry list")

Championship = Literal["drivers", "manufacturers", "points scored in races"]
Show = Literal["Facts", "Conflicts", "Checks"]
Record = Literal[
    "most wins", "most top fives", "most top tens", "most poles", "most laps led", "most starts", "most stage wins",
    "best average finish", "best average start", "best driver rating",
]  # fmt: skip


async def races(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Races, by name, track, city, year or number."""
    return _named(interaction, current, "race")


async def drivers(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Drivers, by name or car number."""
    return _named(interaction, current, "driver")


async def teams(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Teams."""
    return _named(interaction, current, "team")


async def manufacturers(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Makes of cars."""
    return _named(interaction, current, "manufacturer")


async def tracks(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Tracks, by name or city."""
    return _named(interaction, current, "track")


async def series(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Series, by any name they had."""
    return _named(interaction, current, "series")


async def sessions(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The sessions that the chosen race has; the latest race where none is chosen."""
    race = _chosen_race(interaction)
    known = race.event.sessions if race and race.event else SESSIONS
    return choices((title, title) for title in known if current.casefold() in title.casefold())


async def after(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Races after which the archive holds a championship table."""
    names = interaction.client.desk.names
    found = names.suggest(current, "race", limit=4 * MOST)
    return choices((e.label, e.value) for e in found if e.event and e.event.standings)


async def seasons(interaction: Interaction, current: str) -> list[Choice[int]]:
    """Seasons of the races in the archive, newest first."""
    events = (race.event for race in interaction.client.desk.names.of("race"))
    years = sorted({event.season for event in events if event and event.season}, reverse=True)
    return [Choice(name=str(year), value=year) for year in years if current.strip() in str(year)][:MOST]


async def commands(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The commands that this person can call here."""
    lines = interaction.client.command_lines(moderator=interaction.client.moderates(interaction))
    wanted = current.casefold().lstrip("/")
    return choices((f"/{line.name} – {line.what}", line.name) for line in lines if wanted in line.name)


async def kinds(interaction: Interaction, current: str) -> list[Choice[str]]:
    """What a document can be read as."""
    del interaction
    from bot.documents import FORMATS  # noqa: PLC0415 - all formats, which only loading needs

    return choices((one.kind, one.kind) for one in FORMATS if current.casefold() in one.kind)


async def documents(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The documents in force; nothing for those who may not know them."""
    if not interaction.client.moderates(interaction):
        return []
    held = await interaction.client.manage(lambda desk: desk.documents())
    found = ((f"{one.name} · {one.title}", one.name) for one in held)
    return choices((text, name) for text, name in found if fold(current) in fold(text))


async def correctable(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The values of the chosen race, with what they are now; nothing for those who may not mend them."""
    race = _chosen_race(interaction)
    if race is None or not interaction.client.moderates(interaction):
        return []
    values = await interaction.client.manage(lambda desk: desk.correctable(race.value))
    return choices((f"{what}{NOW}{value or 'nothing'})", what) for what, value in values_like(values, current))


def choices(pairs: Iterable[tuple[str, str]]) -> list[Choice[str]]:
    """Up to 25 choices of (label, value), each of 1 to 100 characters, no label and no value twice."""
    return list(_unique(pairs))[:MOST]


def _unique(pairs: Iterable[tuple[str, str]]) -> Iterator[Choice[str]]:
    labels: set[str] = set()
    values: set[str] = set()
    for text, value in pairs:
        name = label(text, CHOICE)
        # A value that is too long for Discord can be told by its label: names are resolved from labels too.
        short = value if 1 <= len(value) <= CHOICE else name
        if name not in labels and short not in values:
            labels.add(name)
            values.add(short)
            yield Choice(name=name, value=short)


def _named(interaction: Interaction, current: str, kind: str) -> list[Choice[str]]:
    return choices((entity.label, entity.value) for entity in _suggested(interaction.client.desk.names, current, kind))


def _suggested(names: NameIndex, current: str, kind: str) -> tuple[Entity, ...]:
    return names.suggest(current, kind, limit=MOST)


def _chosen_race(interaction: Interaction) -> Entity | None:
    """The race typed so far, the latest of the default series without one; None where that is no race."""
    client = interaction.client
    typed = str(getattr(interaction.namespace, "race", None) or "")
    if not typed:
        known = client.desk.names.of("race")
        return next((r for r in known if r.event and r.event.series == client.desk.default_series), None)
    try:
        return client.desk.names.resolve(typed, "race", series=client.desk.default_series).entity
    except BotError:
        return None
