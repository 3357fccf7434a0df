"""Tracks of races whose page says only a location, of which no word tells a track: names that tables hold decide.

"Elkhart Lake, Wisconsin, Road America" is a track for who knows one of that name. Where no table has one, or two parts
of a location are tracks, the race has none: the whole line never becomes one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.documents.model import Claim, FactClaim
from bot.documents.text.places import venue_parts
from bot.loading.merge.sourced_claims import SourcedClaim

__all__ = ["location_names", "with_location_tracks"]


def location_names(claim: Claim) -> tuple[str, ...]:
    """The parts of a location, each of which may be a track's name; none where the claim is no location."""
    is_location = isinstance(claim, FactClaim) and claim.field == "location"
    return venue_parts(str(claim.value)) if is_location and isinstance(claim, FactClaim) else ()


def with_location_tracks(claims: Sequence[SourcedClaim], is_track: Callable[[str], bool]) -> Iterator[SourcedClaim]:
    """The claims of a race, and the track of a location where no claim says one; `is_track` knows the names of tables.

    Names are not spelled yet: what is found here is a name as its document writes it.
    """
    yield from claims
    if any(isinstance(one.claim, FactClaim) and one.claim.field == "track" for one in claims):
        return
    for sourced in claims:
        tracks = [name for name in location_names(sourced.claim) if is_track(name)]
        if len(tracks) == 1:
            yield replace(sourced, claim=FactClaim(sourced.claim.line, "track", tracks[0]))
