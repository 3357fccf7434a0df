"""A text whose kind is not known: "nashville" is a track, a city and a race."""

from collections.abc import Mapping, Sequence

from bot.language.shortening import one_line
from bot.names.match import MAX_QUERY_LENGTH, Candidate, MatchResult

__all__ = ["merge_kinds", "mix_suggestions"]

# Which kind is meant where names are equally alike: people ask for drivers more than for their teams, and a place is a
# track before it is a race there.
KIND_BONUS = {"driver": 0.06, "track": 0.14, "race": 0.0, "team": 0.02, "manufacturer": 0.02, "series": 0.02}
RIVAL_LIKENESS = 0.95  # likeness at which another kind is worth a word in the note
EXACT_BONUS = 0.30  # a whole name of one kind goes before a part of a name of another


def merge_kinds(results_by_kind: Mapping[str, MatchResult], text: str) -> MatchResult:
    """One result out of those of every kind: the likeliest kind first, and a note that says which was taken."""
    best_first = sorted(
        (result for result in results_by_kind.values() if result.candidates), key=_sort_key, reverse=True
    )
    if not best_first:
        return MatchResult(())
    best, *others = best_first
    candidates = [_with_kind_bonus(one, best) for one in best.candidates]
    candidates += [_with_kind_bonus(result.candidates[0], result) for result in others]
    if not best.is_clear:
        return MatchResult(tuple(sorted(candidates, key=lambda one: -one.score)))
    entity = best.candidates[0].entity
    runners_up = [result.candidates[0] for result in others if result.has_likely]
    rival_kinds = [one.entity.kind for one in runners_up if one.likeness >= RIVAL_LIKENESS]
    note = best.note
    if rival_kinds:
        label = entity.label if entity.event else entity.name
        query = one_line(text, MAX_QUERY_LENGTH)
        note = f"“{query}” read as a {entity.kind}, {label}; it can also be a {_join_with_or(rival_kinds)}."
    return MatchResult(tuple(candidates), exact=best.exact, certain=True, note=note)


def mix_suggestions(suggestions: Sequence[Sequence[Candidate]], *, has_text: bool) -> list[Candidate]:
    """Suggestions of several kinds in one list: by score, or in turn where nothing is typed."""
    if has_text:
        weighed = [
            (candidate.score + KIND_BONUS.get(candidate.entity.kind, 0.0), candidate)
            for candidates in suggestions
            for candidate in candidates
        ]
        return [candidate for _, candidate in sorted(weighed, key=lambda pair: -pair[0])]
    # Nothing is typed: the first of each kind, then the second of each, so that no kind fills the list alone.
    longest = max(map(len, suggestions), default=0)
    return [candidates[place] for place in range(longest) for candidates in suggestions if place < len(candidates)]


def _sort_key(result: MatchResult) -> tuple[bool, float]:
    return result.has_likely, _with_kind_bonus(result.candidates[0], result).score + 0.1 * result.is_clear


def _with_kind_bonus(candidate: Candidate, result: MatchResult) -> Candidate:
    """A candidate with a score that compares with those of other kinds."""
    score = candidate.score + KIND_BONUS.get(candidate.entity.kind, 0.0) + (EXACT_BONUS if result.exact else 0.0)
    return Candidate(candidate.entity, candidate.likeness, score)


def _join_with_or(kinds: Sequence[str]) -> str:
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or a {kinds[-1]}"
