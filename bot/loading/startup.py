"""What a start asks of the archive before anything else: whether it has to be filled, or derived anew.

Apart from the loading itself: a start whose archive is built asks only this, and imports nothing that reads, merges or
writes documents, which takes a fifth of a start (measured).
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine
from sqlmodel import Session, select

import bot
from bot.archive.db.engine import read_session
from bot.archive.db.schema import has_current_schema
from bot.archive.models.build_cache import RaceBuild
from bot.archive.models.core import Version
from bot.archive.models.seasons import SeasonBuild
from bot.archive.models.tallies import HistoryDocument
from bot.archive.models.user_data import ActiveDocumentRecord

__all__ = [
    "THE_PROGRAM",
    "THE_TERMINAL",
    "StartupAction",
    "digest_of",
    "is_archive_empty",
    "is_built_by_other_program",
    "program_stamp",
    "stamp_of",
    "stamped_files",
    "startup_action",
]

THE_PROGRAM, THE_TERMINAL = "the program", "the terminal"
# What decides the rows of an archive, within the package of the program: whole folders with all below them, data too,
# and modules of others. A test compares it with what a load imports.
STAMPED_FOLDERS = ("archive", "documents", "language", "loading", "racing")
STAMPED_MODULES = ("__init__.py", "errors.py", "names/__init__.py", "names/entity.py", "recent_values.py")

StartupAction = Literal["nothing", "load", "derive"]


def startup_action(engine: Engine) -> StartupAction:
    """What has to be done before the archive can answer.

    An empty archive reads the folder ("load"); one that keeps documents, and is empty or was made by another program,
    is derived anew from what it keeps ("derive"). Raises ArchiveUnusable.
    """
    with read_session(engine) as session:
        if not has_current_schema(session):
            return "derive"
        is_unloaded = is_archive_empty(session)
        has_documents = session.exec(select(ActiveDocumentRecord.name).limit(1)).first() is not None
        is_outdated = is_built_by_other_program(session)
    if has_documents and (is_unloaded or is_outdated):
        return "derive"
    return "load" if is_unloaded else "nothing"


def is_archive_empty(session: Session) -> bool:
    """Whether no load has filled this archive yet, or it has to be derived anew."""
    return session.get_one(Version, 1).loaded_at is None or not has_current_schema(session)


def is_built_by_other_program(session: Session) -> bool:
    """Whether another version of the program has made what the archive holds, or this one has made nothing of it."""
    program_columns = (RaceBuild.program, HistoryDocument.program, SeasonBuild.program)
    return {stamp for column in program_columns for stamp in session.exec(select(column).distinct())} != {
        program_stamp()
    }


@cache
def program_stamp() -> str:
    """A digest of the program's own text, as far as it reads documents and makes rows of them."""
    return stamp_of(Path(bot.__file__).parent)


def stamp_of(package: Path) -> str:
    """A digest of `stamped_files`, of their texts and their names. Raises OSError where one of them cannot be read."""
    digest = hashlib.sha256()
    for name in stamped_files(package):
        text = (package / name).read_bytes()
        digest.update(f"{name} {len(text)}\n".encode() + text)
    return digest.hexdigest()[:32]


def stamped_files(package: Path) -> tuple[str, ...]:
    """The files that decide the rows, as paths within the package, in order."""
    found = [path for folder in STAMPED_FOLDERS for path in (package / folder).rglob("*") if path.is_file()]
    names = [path.relative_to(package).as_posix() for path in found if path.suffix != ".pyc"]
    return tuple(sorted([*STAMPED_MODULES, *names]))


def digest_of(*parts: object) -> str:
    """A digest of values that write themselves the same every time."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
