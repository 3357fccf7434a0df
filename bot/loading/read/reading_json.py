"""Readings of a document as JSON and back, so that a later load need not read its text again.

A class is an object with its name and its values in the order of the fields: {"Moment": [12, null, 1]}; a day is
{"date": "2023-06-25"}, a tuple a list. The document itself is left out: its lines are kept once, beside.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, get_args

from bot.documents.model import Claim, Document, Moment, ParsedDocument, RaceIdentity
from bot.documents.race_signs import RaceSigns
from bot.documents.season import (
    FinishMark,
    RaceWinners,
    ScheduledRaceClaim,
    SeasonClaims,
    SeasonEvent,
    SeasonStandingClaim,
)
from bot.documents.table_claim import TableClaim, TableLine

__all__ = ["readings_from_json", "readings_to_json"]

_CLASSES: Mapping[str, type[Any]] = {
    one.__name__: one
    for one in (
        *get_args(Claim), Moment, RaceIdentity, RaceSigns, TableClaim, TableLine, SeasonClaims, SeasonEvent,
        ScheduledRaceClaim, RaceWinners, SeasonStandingClaim, FinishMark,
    )
}  # fmt: skip
_FIELDS: Mapping[type[Any], tuple[str, ...]] = {
    one: tuple(field.name for field in fields(one)) for one in _CLASSES.values()
}
_READING_FIELDS = tuple(field.name for field in fields(ParsedDocument) if field.name != "document")


def readings_to_json(readings: Sequence[ParsedDocument]) -> str:
    """The readings of one document."""
    values = [[getattr(reading, name) for name in _READING_FIELDS] for reading in readings]
    return json.dumps(values, default=_as_object, ensure_ascii=False, separators=(",", ":"))


def readings_from_json(text: str, document: Document) -> tuple[ParsedDocument, ...]:
    """The readings of a document that was read before. Raises ValueError or KeyError where the text holds none."""
    return tuple(
        ParsedDocument(document, **dict(zip(_READING_FIELDS, _as_tuple(values), strict=True)))
        for values in json.loads(text, object_hook=_from_object)
    )


def _as_object(value: object) -> dict[str, object]:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return {type(value).__name__: [getattr(value, name) for name in _FIELDS[type(value)]]}


def _from_object(one: dict[str, Any]) -> object:
    ((name, values),) = one.items()
    return date.fromisoformat(values) if name == "date" else _CLASSES[name](*_as_tuple(values))


def _as_tuple(values: list[Any]) -> tuple[Any, ...]:
    """A list as the tuple it was, with all lists in it."""
    return tuple([_as_tuple(value) if type(value) is list else value for value in values])
