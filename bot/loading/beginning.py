"""What a start asks of the archive before anything else: whether it has to be filled, or derived anew.

Apart from the loading itself, so that a start with a built archive need not import what reads documents: their regular
expressions alone take a quarter of a second to compile.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine
from sqlmodel import Session, select

import bot
from bot.archive.engine import reading
from bot.archive.history_models import HistoryDocument
from bot.archive.kept_models import HeldDocument
from bot.archive.models import Version
from bot.archive.schema import is_of_this_schema
from bot.archive.workings_models import RaceWorkings

__all__ = [
    "THE_PROGRAM",
    "THE_TERMINAL",
    "Beginning",
    "another_program",
    "beginning",
    "digest_of",
    "holds_nothing",
    "program_stamp",
]

THE_PROGRAM, THE_TERMINAL = "the program", "the terminal"

Beginning = Literal["nothing", "load", "derive"]


def beginning(engine: Engine) -> Beginning:
    """What has to be done before the archive can answer.

    An empty archive reads the folder ("load"); one that keeps documents, and is empty or was made by another program,
    is derived anew from what it keeps ("derive"). Raises ArchiveUnusable.
    """
    with reading(engine) as session:
        if not is_of_this_schema(session):
            return "derive"
        empty = holds_nothing(session)
        keeps = session.exec(select(HeldDocument.name).limit(1)).first() is not None
        other = another_program(session)
    if keeps and (empty or other):
        return "derive"
    return "load" if empty else "nothing"


def holds_nothing(session: Session) -> bool:
    """Whether no load has filled this archive yet, or it has to be derived anew."""
    return session.get_one(Version, 1).loaded_at is None or not is_of_this_schema(session)


def another_program(session: Session) -> bool:
    """Whether another version of the program has made what the archive holds, or this one has made nothing of it."""
    made_by = (RaceWorkings.program, HistoryDocument.program)
    return {name for column in made_by for name in session.exec(select(column).distinct())} != {program_stamp()}


@cache
def program_stamp() -> str:
    """A digest of the program's own text, as far as it reads documents and makes rows of them."""
    here = Path(bot.__file__).parent
    files = [*(here / "documents").glob("*.py"), *(here / "loading").glob("*.py"), here / "names" / "fold.py"]
    texts = [(file.relative_to(here).as_posix(), file.read_bytes()) for file in sorted(files)]
    return digest_of(texts)


def digest_of(*parts: object) -> str:
    """A digest of values that write themselves the same every time."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
