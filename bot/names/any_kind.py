"""A text whose kind is not known: "nashville" is a track, a city and a race."""

from collections.abc import Mapping, Sequence

from bot.names.match import Candidate, Reading, shortened

__all__ = ["merged", "mixed"]

# Which kind is meant where names are equally alike: people ask for drivers more than for their teams, and a place is a
# track before it is a race there.
KIND_FIRST = {"driver": 0.06, "track": 0.14, "race": 0.0, "team": 0.02, "manufacturer": 0.02, "series": 0.02}
RIVAL = 0.95  # a likeness at which another reading is worth a word
EXACT_FIRST = 0.30  # a whole name of one kind goes before a part of a name of another


def merged(readings: Mapping[str, Reading], text: str) -> Reading:
    """One reading out of those of every kind: the likeliest kind first, and a note that says which was taken."""
    ranked = sorted((reading for reading in readings.values() if reading.candidates), key=_rank, reverse=True)
    if not ranked:
        return Reading(())
    best, *others = ranked
    candidates = [_weighed(one, best) for one in best.candidates]
    candidates += [_weighed(reading.candidates[0], reading) for reading in others]
    if not best.clear:
        return Reading(tuple(sorted(candidates, key=lambda one: -one.score)))
    entity = best.candidates[0].entity
    seconds = [reading.candidates[0] for reading in others if reading.known]
    rivals = [one.entity.kind for one in seconds if one.likeness >= RIVAL]
    note = best.note
    if rivals:
        shown = entity.label if entity.event else entity.name
        note = f"reading “{shortened(text)}” as a {entity.kind}, {shown}; it can also be a {_or(rivals)}"
    return Reading(tuple(candidates), exact=best.exact, sure=True, note=note)


def mixed(suggestions: Sequence[Sequence[Candidate]], *, typed: bool) -> list[Candidate]:
    """Suggestions of several kinds in one list: by score, or in turn where nothing is typed."""
    if typed:
        weighed = [(one.score + KIND_FIRST.get(one.entity.kind, 0.0), one) for of in suggestions for one in of]
        return [one for _, one in sorted(weighed, key=lambda pair: -pair[0])]
    longest = max((len(of) for of in suggestions), default=0)
    return [of[place] for place in range(longest) for of in suggestions if place < len(of)]


def _rank(reading: Reading) -> tuple[bool, float]:
    return reading.known, _weighed(reading.candidates[0], reading).score + 0.1 * reading.clear


def _weighed(one: Candidate, reading: Reading) -> Candidate:
    """A candidate with a score that compares with those of other kinds."""
    score = one.score + KIND_FIRST.get(one.entity.kind, 0.0) + (EXACT_FIRST if reading.exact else 0.0)
    return Candidate(one.entity, one.likeness, score)


def _or(kinds: Sequence[str]) -> str:
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or a {kinds[-1]}"
