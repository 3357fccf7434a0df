"""Preview of a plan: a small archive of the races that it changes, as they would be, which answers as any archive does.

So the card that fans would see is made by what makes it for fans, from the rows that a load would write, and neither
the archive nor its lock is touched.
"""

from pathlib import Path

from sqlmodel import Session

from bot.archive.db.engine import open_archive, write_session
from bot.archive.models.core import Source, Version
from bot.errors import NothingKnown
from bot.loading.build.compare import Evaluation
from bot.loading.canonical.name_table import tally_race, write_names
from bot.loading.merge.race import RaceRows
from bot.loading.moderation.rows import PreviewArchive
from bot.loading.review.race_state import race_title

__all__ = ["write_preview"]

FILE_NAME = "preview.db"
MAX_RACES = 40  # a season has up to 36; nobody looks at the cards of more


def write_preview(evaluation: Evaluation, folder: Path) -> PreviewArchive:
    """The archive of the changed races, in a new file of `folder`. Raises NothingKnown where no race would be there."""
    races = _changed_races(evaluation)
    if not races:
        raise NothingKnown("No race would have another card than it has now.")
    file, titles = folder / FILE_NAME, tuple((rows.race.key, race_title(rows.race)) for rows in races)
    engine = open_archive(f"sqlite:///{file}")
    try:
        with write_session(engine) as session:
            _write_races(session, races, evaluation)
    finally:
        engine.dispose()
    return PreviewArchive(str(file), titles)


def _changed_races(evaluation: Evaluation) -> list[RaceRows]:
    """The changed races that would be there, in the order of the report."""
    archive_build = evaluation.archive_build
    history_keys = [key for key in evaluation.history_keys if key in evaluation.changed_keys][:MAX_RACES]
    rows = [merged.rows for merged in archive_build.merged_races if merged.rows.race.key in evaluation.changed_keys]
    rows += [tables.as_models() for tables in archive_build.history_only.tables(history_keys)]
    order = {changes.key: number for number, changes in enumerate(evaluation.report.races)}
    return sorted(rows, key=lambda one: order.get(one.race.key, len(order)))[:MAX_RACES]


def _write_races(session: Session, races: list[RaceRows], evaluation: Evaluation) -> None:
    keys = {rows.race.key for rows in races}
    sources = [row for row in evaluation.archive_build.archive_rows if isinstance(row, Source)]
    for source in sources:
        # A document of many races names the first of them, which need not be here.
        source.race = source.race if source.race in keys else None
    # Parents first: nothing here orders rows by foreign keys.
    for rows in ([one.race for one in races], [row for one in races for row in one.rows], sources):
        session.add_all(rows)
        session.flush()
    write_names(session, [tally_race(one) for one in races], evaluation.archive_build.canonical_names)
    version = session.get_one(Version, 1)
    version.number = 1
    session.add(version)
