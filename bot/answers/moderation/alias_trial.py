"""Trial of an alias before it is taken: what every name like it means now, and what it would mean.

To build the names of all seasons anew holds the interpreter for a second, so that the bot has it done by a process of
its own: what to try comes as one line of JSON on standard input (an address may hold a password), and the outcome goes
to standard output.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from rapidfuzz import fuzz, process
from sqlalchemy import Engine
from sqlmodel import Session

import bot
from bot.answers.entities import entered_aliases, entities
from bot.archive.db.engine import open_archive, read_session
from bot.archive.queries.races import race_count
from bot.archive.queries.unanswered import unanswered_rows
from bot.errors import BotError
from bot.language.fold import fold
from bot.loading.stored_json import from_json, to_json
from bot.names.aliases import EnteredAlias, load_aliases
from bot.names.entity import Entity
from bot.names.index import NameIndex

__all__ = ["AliasChange", "AliasOutcome", "TrialCall", "main", "tried_aliases", "try_aliases"]

MAX_TEXTS = 300  # names that are asked of both indexes: those most like the alias, since others cannot be moved by it
MIN_LIKENESS = 50  # of 100; below it two texts share hardly a letter
TIMEOUT_S = 120.0
SMALL_ARCHIVE_RACES = 300  # whose names are built in less time than a process takes to start
NICENESS = 5  # answers go first
# The kinds whose names an alias of a kind may move: races are found by tracks and by who won them, too.
MOVED_KINDS: Mapping[str, tuple[str, ...]] = {"driver": ("driver", "race"), "track": ("track", "race")}
NOBODY = "nothing"


@dataclass(frozen=True, slots=True)
class AliasChange:
    """A text that means something else with the alias: of which kind, what it means now and what it would mean."""

    text: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AliasOutcome:
    """What comes of an alias: `before` is what it means now. `is_taken`: it would mean what is wanted; else `after`."""

    alias: EnteredAlias
    before: str
    after: str
    is_taken: bool
    changes: tuple[AliasChange, ...] = ()


@dataclass(frozen=True, slots=True)
class TrialCall:
    """What goes to the process; `database_url` may hold a password."""

    database_url: str
    default_series: str
    aliases: tuple[EnteredAlias, ...]


def try_aliases(session: Session, default_series: str, aliases: Sequence[EnteredAlias]) -> tuple[AliasOutcome, ...]:
    """What comes of each alias, if it is entered alone."""
    kinds = {kind for alias in aliases for kind in _kinds_read(alias.kind)}
    everything = tuple(entity for entity in entities(session) if entity.kind in kinds)
    entered = entered_aliases(session)
    before = NameIndex.build(everything, 0, default_series, entered)
    asked = tuple(text for _, text, _ in unanswered_rows(session))
    outcomes = []
    for alias in aliases:
        others = tuple(one for one in entered if (one.kind, one.alias) != (alias.kind, alias.alias))
        after = NameIndex.build(everything, 0, default_series, (*others, alias))
        outcomes.append(_outcome(alias, before, after, _texts_like(alias, everything, entered, asked)))
    return tuple(outcomes)


def tried_aliases(engine: Engine, default_series: str, aliases: Sequence[EnteredAlias]) -> tuple[AliasOutcome, ...]:
    """The same for an archive, where it is large in a process of its own. Raises BotError where that fails."""
    is_in_memory = engine.dialect.name == "sqlite" and engine.url.database in {None, "", ":memory:"}
    with read_session(engine) as session:
        if is_in_memory or race_count(session) <= SMALL_ARCHIVE_RACES:
            return try_aliases(session, default_series, aliases)
    address = engine.url.render_as_string(hide_password=False)
    return _tried_apart(TrialCall(address, default_series, tuple(aliases)))


def _tried_apart(call: TrialCall) -> tuple[AliasOutcome, ...]:
    environment = {name: value for name, value in os.environ.items() if name.upper() != "DISCORD_TOKEN"}
    paths = os.pathsep.join(filter(None, (str(Path(bot.__file__).parents[1]), environment.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "bot.answers.moderation.alias_trial"]
    try:
        done = subprocess.run(
            command, input=json.dumps(asdict(call)), capture_output=True, text=True, timeout=TIMEOUT_S, check=True,
            env={**environment, "PYTHONPATH": paths},
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise BotError("The alias could not be tried: the process that does it has ended. Try again.") from error
    return from_json(tuple[AliasOutcome, ...], done.stdout)


def main() -> None:
    """Try what standard input says, and print what comes of it."""
    call = from_json(TrialCall, sys.stdin.readline())
    with suppress(AttributeError):  # not on Windows
        os.nice(NICENESS)
    engine = open_archive(call.database_url)
    with read_session(engine) as session:
        outcomes = try_aliases(session, call.default_series, call.aliases)
    engine.dispose()
    sys.stdout.write("[" + ",".join(map(to_json, outcomes)) + "]")


def _kinds_read(kind: str) -> tuple[str, ...]:
    """The kinds whose names are built to try an alias of a kind: those it may move, and drivers, who won races."""
    moved = MOVED_KINDS.get(kind, (kind,))
    return (*moved, "driver") if "race" in moved else moved


def _outcome(alias: EnteredAlias, before: NameIndex, after: NameIndex, texts: Iterable[str]) -> AliasOutcome:
    result = after.match(alias.alias, alias.kind)
    found = result.candidates[0].entity if result.is_clear else None
    changes = (
        AliasChange(text, kind, meaning(before, text, kind), meaning(after, text, kind))
        for kind in MOVED_KINDS.get(alias.kind, (alias.kind,))
        for text in texts
    )
    return AliasOutcome(
        alias,
        meaning(before, alias.alias, alias.kind),
        meaning(after, alias.alias, alias.kind),
        found is not None and alias.name in (found.value, found.name),
        tuple(one for one in changes if one.before != one.after and one.text != alias.alias),
    )


def meaning(names: NameIndex, text: str, kind: str) -> str:
    """What a text means, in words: a name, "Kyle Busch or Kurt Busch?" where it is a question, or "nothing"."""
    result = names.match(text, kind)
    if not result.has_likely:
        return NOBODY
    first = result.candidates[0].entity
    if result.is_clear:
        return first.name or first.label
    return " or ".join(dict.fromkeys(one.entity.name or one.entity.label for one in result.candidates[:2])) + "?"


def _texts_like(
    alias: EnteredAlias, everything: Iterable[Entity], entered: Iterable[EnteredAlias], asked: Iterable[str]
) -> list[str]:
    """Of all that names and people say, what is most like the alias."""
    kinds = MOVED_KINDS.get(alias.kind, (alias.kind,))
    texts = dict.fromkeys(_all_texts(kinds, everything))
    texts |= dict.fromkeys(one.alias for one in entered if one.kind in kinds)
    texts |= dict.fromkeys(asked)
    found = process.extract(alias.alias, list(texts), scorer=fuzz.WRatio, limit=MAX_TEXTS, score_cutoff=MIN_LIKENESS)
    return [text for text, _, _ in found]


def _all_texts(kinds: Sequence[str], everything: Iterable[Entity]) -> Iterator[str]:
    """Every name, its spellings and its single words, and the aliases of the program, all folded."""
    for entity in everything:
        if entity.kind in kinds:
            for name in (entity.name, *entity.spellings):
                folded = fold(name)
                yield folded
                yield from folded.split()
    for kind in kinds:
        for name, others in load_aliases().of_kind(kind):
            yield name
            yield from others


if __name__ == "__main__":
    main()
