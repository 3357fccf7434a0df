"""Which race each document was found to tell of, in words for the report of a load."""

from collections.abc import Sequence

from bot.loading.build.stages import RaceGroups
from bot.loading.merge.grouping import GroupableDocument
from bot.loading.report import DocumentRace, RaceChoice

__all__ = ["found_races", "undecided_documents"]


def found_races(groups: RaceGroups) -> tuple[DocumentRace, ...]:
    """Every document that joined a race of others, or made a new one."""
    return tuple(DocumentRace(one.document, _label(groups, one.race), one.reasons, one.race) for one in groups.joined)


def undecided_documents(groups: RaceGroups) -> tuple[RaceChoice, ...]:
    """Every document that may tell of several races, the likeliest first."""
    return tuple(
        RaceChoice(one.document, tuple((key, _label(groups, key)) for key in one.choices)) for one in groups.undecided
    )


def _label(groups: RaceGroups, key: str) -> str:
    """A race as its first document that gives a name has it: "2023 Ally 400, Nashville Superspeedway (cup-2023-17)"."""
    inputs = groups.races.get(key)
    documents: Sequence[GroupableDocument] = inputs.outlines if inputs else groups.histories.races.get(key, ())
    identities = [document.identity for document in documents]
    season = next((str(identity.season) for identity in identities if identity.season), "")
    name = next((identity.name for identity in identities if identity.name), "")
    track = next((identity.track for identity in identities if identity.track), "")
    title = ", ".join(part for part in (f"{season} {name}".strip(), track) if part)
    return f"{title} ({key})" if title else key
