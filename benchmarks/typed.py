"""How fans write a name: whole, in small letters, by the last name, with an initial, with a slip of the keys."""

from random import Random

__all__ = ["last_name", "short_track_name", "slip", "typed_name", "typed_race"]

SUFFIXES = frozenset({"Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"})
LETTERS = "abcdefghijklmnopqrstuvwxyz"
KINDS_OF_TRACK = frozenset(
    {"international", "motor", "speedway", "superspeedway", "raceway", "motorplex", "fairgrounds", "(road", "course)"}
)
SHORTEST_SLIP = 6  # letters; of a shorter name a slip makes another name


def last_name(name: str) -> str:
    """The last name, without "Jr." and its like."""
    words = [word for word in name.split() if word not in SUFFIXES]
    return words[-1] if words else name


def slip(name: str, rng: Random) -> str:
    """The name with one slip of the keys after its first letter: left out, doubled, swapped or another letter."""
    if len(name) < SHORTEST_SLIP:
        return name
    position = rng.randrange(1, len(name) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return name[:position] + name[position + 1 :]
    if kind == 1:
        return name[:position] + name[position] + name[position:]
    if kind == 2:
        return name[:position] + name[position + 1] + name[position] + name[position + 2 :]
    return name[:position] + rng.choice(LETTERS) + name[position + 1 :]


def short_track_name(track: str) -> str:
    """What a track is called for short: its name up to the first word that says what kind of track it is."""
    words = track.lower().split()
    end = next((at for at, word in enumerate(words) if word in KINDS_OF_TRACK), len(words))
    return " ".join(words[: end or 1])


def typed_name(name: str, rng: Random, *, person: bool = True, unique: bool = False) -> str:
    """One way to write a name. The last name alone only where it stands for nobody likelier, which `unique` says."""
    kind = rng.random()
    if kind < 0.4:
        return name
    if kind < 0.6:
        return last_name(name).lower() if unique else name.lower()
    if kind < 0.75:
        return name.lower()
    if kind < 0.9 or not person:
        return slip(name.lower(), rng)
    return f"{name[0].lower()} {name.split(maxsplit=1)[1].lower()}"


def typed_race(name: str, track: str, season: int, rng: Random, *, by_track: bool = True) -> str:
    """One way to write a race: by its name or its track, with the year before or behind, sometimes with a slip."""
    ways = (name, name.lower(), slip(name.lower(), rng), track, short_track_name(track))
    race_words = rng.choice(ways if by_track else ways[:3])
    return rng.choice((f"{season} {race_words}", f"{race_words} {season}"))
