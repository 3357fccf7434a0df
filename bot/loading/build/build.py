"""The archive as a pure function of what is in force: the same set gives the same rows, in whatever order it came.

A race is made anew only where something it depends on has changed: its documents, what the catalogue and moderators
say of them, its corrections, or how one of its names is spelled. That gives what making everything anew gives.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import SQLModel

from bot.archive.models.core import Race, Source
from bot.archive.models.build_cache import RaceWorkings
from bot.documents.catalogue import CATALOGUE_NAME, CatalogueEntry
from bot.documents.model import Document
from bot.documents.history_csv.reader import HISTORY_TABLE
from bot.loading.canonical.names import Canon, Named, names_told, names_used
from bot.loading.checks.run import check_race
from bot.loading.merge.corrections import Mended, Mending, mend
from bot.loading.merge.grouping import group_by_race
from bot.loading.state.document_set import Held
from bot.loading.build.history_races import Bulk, Histories, source_of
from bot.loading.checks.constraints import refuse_twins, refuse_unlawful
from bot.loading.read.reading_cache import Library, read_as
from bot.loading.merge.race import RaceRows, merge_race
from bot.loading.canonical.name_table import refuse_same_keys, tally
from bot.loading.read.reader import Outline
from bot.loading.merge.sourced_claims import CORRECTIONS, Told, tell
from bot.loading.state.build_cache import Adds, Claimed, digest_of, recalled, remember, spelled

__all__ = ["Derived", "derive"]


@dataclass(frozen=True, slots=True)
class Derived:
    """What is to be written: the races made anew and their workings, the keys of all races, the whole's own tables.

    `merged` are the keys of the races that are merged from claims; those of histories alone are in `bulk`. `adds` is
    what the merged ones add to the names. `idle` are the numbers of corrections that found nothing to mend.
    """

    races: tuple[RaceRows, ...]
    workings: tuple[RaceWorkings, ...]
    merged: frozenset[str]
    bulk: Bulk
    whole: tuple[SQLModel, ...]
    adds: tuple[Adds, ...]
    canon: Canon
    idle: tuple[int, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all races."""
        return self.merged | self.bulk.races.keys()


def derive(
    documents: Mapping[str, Held],
    mendings: Sequence[Mending],
    library: Library,
    remembered: Mapping[str, RaceWorkings],
) -> Derived:
    """Everything that is in force into rows; of `remembered` races only those that are touched are made anew.

    Raises BadDocument where a document cannot be read, or says what no race has; BotError where two races or two
    names cannot be told apart.
    """
    entries = library.catalogue(documents)
    texts = [name for name in sorted(documents) if name != CATALOGUE_NAME]
    histories = Histories.of(found for name in texts if (found := library.history(documents[name])))
    outlines = [
        one
        for name in texts
        if name not in histories.by_name
        for one in library.outlines(documents[name], entries.get(name))
    ]
    groups = dict(group_by_race(outlines, histories.races))
    groups = histories.joined(groups, {one.race for one in mendings})
    races = {key: _RaceInWork(key, group, mendings, documents, library) for key, group in groups.items()}
    known = _recall(races, remembered)
    canon = _canon(races, histories)
    refuse_same_keys(canon)
    made, workings = [], []
    for key, race in races.items():
        spellings = spelled(race.claims().used, canon)
        if key in known and remembered[key].spellings == spellings:
            continue
        rows = race.made(canon)
        made.append(rows)
        known[key] = Adds(tally(rows), _title(rows.race), race.idle(rows))
        workings.append(remember(key, race.inputs, spellings, race.claims(), known[key]))
    adds = {key: known[key] for key in races}
    bulk = histories.bulk(frozenset(races), canon)
    refuse_twins({key: one.tally for key, one in adds.items()}, bulk.races)
    whole = [
        *_sources(groups, adds, documents, library, mendings),
        *(source_of(one, _note_in(entries.get(one.held.name))) for one in histories.by_name.values()),
        *(read_as(one) for one in outlines),
    ]
    away = [one.number for one in mendings if one.race not in races]
    idle = tuple(sorted([*away, *(number for one in adds.values() for number in one.idle)]))
    return Derived(
        tuple(made), tuple(workings), frozenset(races), bulk, tuple(whole), tuple(adds.values()), canon, idle
    )  # fmt: skip


class _RaceInWork:
    """One race on its way from outlines to rows; its documents are read only when they are needed."""

    def __init__(
        self,
        key: str,
        group: tuple[Outline, ...],
        mendings: Sequence[Mending],
        documents: Mapping[str, Held],
        library: Library,
    ) -> None:
        self.key, self.group, self.library, self.documents = key, group, library, documents
        self.mendings = tuple(sorted((one for one in mendings if one.race == key), key=lambda one: one.number))
        self.inputs = digest_of(
            [(one.name, one.digest, one.number, one.entry, one.hint, one.forced) for one in group], self.mendings
        )
        # A history has its say in the spelling of names as a whole, not race by race.
        self.histories = frozenset(one.name for one in group if one.kind == HISTORY_TABLE.kind)
        self.claimed: Claimed | None = None
        self._told: tuple[Told, ...] | None = None

    def mended(self) -> Mended:
        """Its corrections."""
        return mend(self.mendings)

    def told(self) -> tuple[Told, ...]:
        """Everything that is claimed of it."""
        if self._told is None:
            read = [self.library.whole(self.documents[one.name], one) for one in self.group]
            self._told = (*tell(read), *self.mended().facts)
        return self._told

    def claims(self) -> Claimed:
        """The names in what is claimed of it, as remembered or as read."""
        if self.claimed is None:
            cells = self.mended().cells
            own = [one for one in self.told() if one.document not in self.histories]
            self.claimed = Claimed(names_told(own, cells), tuple(sorted(names_used(self.told(), cells))))
        return self.claimed

    def made(self, canon: Canon) -> RaceRows:
        """Its rows, with its arithmetic recomputed. Raises BadDocument for a row that breaks a law of its table."""
        cells = [canon.cell(cell) for cell in self.mended().cells]
        merged = merge_race(self.key, [canon.spell(one) for one in self.told()], cells, self.histories)
        refuse_unlawful((*merged.rows, merged.race))
        return RaceRows(merged.race, (*merged.rows, *check_race(merged.race, merged.rows)))

    def idle(self, rows: RaceRows) -> tuple[int, ...]:
        """The numbers of its corrections that no row stands on."""
        used = {number for row in rows.rows for number in _corrections_in(row)}
        return tuple(one.number for one in self.mendings if one.number not in used)


def _recall(races: Mapping[str, _RaceInWork], remembered: Mapping[str, RaceWorkings]) -> dict[str, Adds]:
    """What is remembered of the races whose own documents and corrections are as they were."""
    known: dict[str, Adds] = {}
    for key, race in races.items():
        row = remembered.get(key)
        if row and row.inputs == race.inputs:
            race.claimed, known[key] = recalled(row)
    return known


def _canon(races: Mapping[str, _RaceInWork], histories: Histories) -> Canon:
    """The spellings of all names, chosen over all races and histories."""
    names: Counter[Named] = Counter()
    for history in histories.by_name.values():
        names.update(history.named)
    for race in races.values():
        names.update(race.claims().names)
    return Canon.of(names)


def _corrections_in(row: SQLModel) -> Iterator[int]:
    if getattr(row, "document", "") == CORRECTIONS:
        yield row.line  # type: ignore[attr-defined]


def _sources(
    groups: Mapping[str, Sequence[Outline]],
    adds: Mapping[str, Adds],
    documents: Mapping[str, Held],
    library: Library,
    mendings: Sequence[Mending],
) -> Iterator[Source]:
    """One row for each document, and for what is no document: the catalogue and the corrections."""
    rows: dict[str, Source] = {}
    for key, group in groups.items():
        for one in group:
            if one.kind == HISTORY_TABLE.kind:
                continue
            rows[one.name] = Source(
                document=one.name,
                digest=one.digest,
                kind=one.kind,
                title=one.title or adds[key].title or _stem(one.name),
                lines=one.lines,
                race=None if one.name in rows else key,
                appeared=one.own.appeared,
                note=_note(one),
            )
    if CATALOGUE_NAME in documents:
        catalogue = library.document(documents[CATALOGUE_NAME])
        rows[CATALOGUE_NAME] = _said(catalogue, "catalogue", "what the documents leave out")
    if mendings:
        lines = tuple("" for _ in range(max(one.number for one in mendings)))
        digest = digest_of(sorted(mendings, key=lambda one: one.number))
        rows[CORRECTIONS] = _said(Document(CORRECTIONS, digest, lines), "correction", "what moderators have mended")
    for name in sorted(rows):
        yield rows[name]


def _said(document: Document, kind: str, title: str) -> Source:
    return Source(document=document.name, digest=document.digest, kind=kind, title=title, lines=len(document.lines))


def _note(one: Outline) -> str:
    """What readers are told of a document: the catalogue's note, or that a moderator says what it tells of."""
    return _note_in(one.entry) or ("A moderator has said which race this tells of." if one.hint else "")


def _note_in(entry: CatalogueEntry | None) -> str:
    return next((str(fact.value) for fact in entry.facts if fact.field == "note"), "") if entry else ""


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _title(race: Race) -> str:
    return " ".join(part for part in (str(race.season or ""), race.name or "") if part)
