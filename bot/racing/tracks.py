"""The tracks of the sport and what people say for them, out of tracks.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["TrackPhrase", "track_phrase_at", "track_sayings"]


_PLAIN_MARKS = str.maketrans({"-": " ", "'": "", "’": "", "&": " "})


@dataclass(frozen=True, slots=True)
class TrackPhrase:
    """A track in words: what it is called in tracks.toml, and the phrase from word `start` to before word `end`."""

    track: str
    start: int
    end: int


@cache
def track_sayings() -> Mapping[tuple[str, ...], str]:
    """The words that mean a track, folded, and the track: its own name and everything that is said for it."""
    table = tomllib.loads(files("bot.racing").joinpath("tracks.toml").read_text(encoding="utf-8"))
    sayings = {tuple(saying.split()): track for track, others in table.items() for saying in others}
    return {tuple(track.lower().translate(_PLAIN_MARKS).split()): track for track in table} | sayings


@cache
def _first_words() -> Mapping[str, int]:
    """The words that sayings begin with, and how many words the longest saying has that begins so."""
    longest: dict[str, int] = {}
    for saying in track_sayings():
        longest[saying[0]] = max(longest.get(saying[0], 0), len(saying))
    return longest


def track_phrase_at(words: Sequence[str], start: int) -> TrackPhrase | None:
    """The longest phrase for a track that begins at this word; None where none does. `words` are folded."""
    for length in range(_first_words().get(words[start], 0), 0, -1):
        track = track_sayings().get(tuple(words[start : start + length]))
        if track is not None and start + length <= len(words):
            return TrackPhrase(track, start, start + length)
    return None
