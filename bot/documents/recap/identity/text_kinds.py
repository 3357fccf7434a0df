"""What a text is taken for: a report of a race, or one of the texts that tell none.

A preview, a line-up, betting tips and the like speak of winners, stages and places too, of other days or of none. They
are known by their headings and by words that a report has seldom; a report by what happens while cars race, told of
this very race. The one with more evidence is what the text is taken for.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from bot.documents.recap.identity.name_words import name_words
from bot.documents.recap.identity.phrase_table import PhraseTable, is_year
from bot.documents.recap.identity.race_choice import ReportSentence
from bot.documents.recap.identity.race_names import find_race_names
from bot.language.fold import fold
from bot.language.words import words
from bot.racing.tracks import track_phrase_at

__all__ = ["REPORT", "TextKind", "find_text_kind", "kinds_without_race"]

REPORT, RACES, NEWS = "report", "races", "news"
# Evidence, chosen on the texts of the development set that were read (all odd numbers and the even ones up to 40), so
# that the least report and the likeliest other text are apart on both sides.
SURE_HEAD_WORTH, HEAD_WORTH, LEAD_WORTH = 8.0, 2.0, 4.0
DECISIVE_HEAD_WORTH = 16.0  # "Power rankings": whatever such a text tells of the last race, it is about more
DENSE_SENTENCES = 20  # a text word counts once in so many sentences
MAX_TEXT_WORTH = 6.0
WON_WORTH, WON_IN_LEAD_WORTH, STAGE_WORTH, RUNNING_WORTH, ROW_WORTH, OWN_RACE_WORTH = 1.0, 2.0, 1.0, 1.0, 1.0, 3.0
MAX_WON, MAX_STAGES, MAX_RUNNING, MAX_ROWS = 3, 3, 7, 6
REPORT_HEAD_WORTH = 4.0  # "Race recap", "Post-race report"
MIN_REPORT_WORTH, MIN_STORY_SENTENCES = 1.0, 6  # a story that tells nothing of a race is no report, whatever else it is
MANY_WORTH = 3.0  # of each race, track or year that a text speaks of beyond those that a report mentions
MAX_RACES_OF_REPORT, MAX_MANY_WORTH = 2, 9.0
MIN_LISTED_SEASONS, LISTED_WORTH = 3, 20.0  # headings such as "Fall 2019 - Reed Falk"
MOST_LISTED_WORDS = 9
MOST_MENU_WORDS = 1
_ROW_WORDS = ("laps", "finished")  # of a row of a list that tells how a race ended
# A word or two of another kind make none of a text that has no headings, unless it tells of no win at all.
MIN_OTHER_WORTH, MIN_OTHER_WITHOUT_WIN = 3.0, 2.0


@dataclass(frozen=True, slots=True)
class TextKind:
    """What a text is taken for: the key of the kind in text_kinds.toml, and its name as people read it.

    `worth` is the evidence for a report, `other_worth` that for the likeliest other kind.
    """

    key: str
    name: str
    worth: float
    other_worth: float

    @property
    def is_report(self) -> bool:
        """Whether the text tells a race that was run."""
        return self.key == REPORT


def find_text_kind(sentences: Sequence[ReportSentence], *, has_race: bool, is_race_won: bool) -> TextKind:
    """What the sentences of a text make it.

    `has_race` says that it clearly names one race as its own, `is_race_won` that a sentence tells who won that race.
    """
    others = _other_worths(sentences)
    if not has_race:
        more = max(0, _races_spoken_of(sentences) - MAX_RACES_OF_REPORT)
        others[RACES] += min(MANY_WORTH * more, MAX_MANY_WORTH)
        others[RACES] += LISTED_WORTH * (_listed_seasons(sentences) >= MIN_LISTED_SEASONS)
    key, other = max(others.items(), key=lambda one: one[1], default=(REPORT, 0.0))
    counts = _report_counts(sentences)
    report = _report_worth(counts) + (OWN_RACE_WORTH if is_race_won else 0.0)
    least = MIN_OTHER_WORTH if counts["won"] or is_race_won else MIN_OTHER_WITHOUT_WIN
    if report < MIN_REPORT_WORTH and sum(not one.is_row for one in sentences) >= MIN_STORY_SENTENCES:
        key = key if other else NEWS
    elif report > other or other < least or (report == other and counts["won"]):
        key = REPORT
    return TextKind(key, str(_lists()[key].get("name", "")), report, other)


def _other_worths(sentences: Sequence[ReportSentence]) -> dict[str, float]:
    """The evidence for each kind of text that tells no race."""
    heads: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    for sentence in sentences:
        if sentence.is_head and _is_menu(sentence):
            continue
        is_head = sentence.is_head and not sentence.text.rstrip().endswith(".")
        found = _kind_phrases().groups_in(tuple(words(sentence.text)))
        if is_head and "overcome" in _report_phrases().groups_in(tuple(words(sentence.text))):
            found -= {"news sure", "news head"}  # "Falk overcomes penalty to win"
        if is_head and len(sentence.text.split()) <= MOST_MENU_WORDS:
            found = frozenset(one.replace(" sure", " head") for one in found)  # "Standings", an entry of a page's menu
        (heads if is_head else texts).update(found)
        leads.update(found if sentence.is_lead and not sentence.is_head else ())
    worths = {}
    for key in _lists():
        sure = SURE_HEAD_WORTH * (heads[f"{key} sure"] > 0) + DECISIVE_HEAD_WORTH * (heads[f"{key} decisive"] > 0)
        likely = HEAD_WORTH * min(heads[f"{key} head"], 2)
        density = DENSE_SENTENCES * texts[f"{key} text"] / max(DENSE_SENTENCES, len(sentences))
        if key != REPORT:
            lead = LEAD_WORTH * (leads[f"{key} lead"] > 0)
            worths[key] = sure + likely + lead + min(density, MAX_TEXT_WORTH)
    return worths


def _is_menu(sentence: ReportSentence) -> bool:
    """Whether a line above a text leads to other pages: "Previous / Falk signs | Next / Dorn fined"."""
    first = next(iter(words(sentence.text)), None)
    return first is not None and first.folded in _lists()[REPORT]["menu"]


def _listed_seasons(sentences: Sequence[ReportSentence]) -> int:
    """How many headings of a text begin with a year, or a part of one: "2019: Reed Falk", "Fall 2019 - Ivo Dorn"."""
    found = set[str]()
    for sentence in sentences:
        told = tuple(word.folded for word in islice(words(sentence.text), MOST_LISTED_WORDS + 1))
        year = next((at for at, word in enumerate(told[:2]) if is_year(word)), None)
        if year is not None and len(told) <= MOST_LISTED_WORDS:
            found.add(" ".join(told[: year + 1]))
    return len(found)


def _races_spoken_of(sentences: Sequence[ReportSentence]) -> int:
    """How many races a text that names none as its own speaks of: by their names, their tracks or their years."""
    names, tracks, years = set[str](), set[str](), set[str]()
    for sentence in sentences:
        told = name_words(sentence.text)
        names.update(fold(name.text) for name in find_race_names(sentence.text, told) if name.has_distance)
        plain = [word.folded for word in told]
        for number, word in enumerate(told):
            track = track_phrase_at(plain, number) if word.is_capital else None
            if track:
                tracks.add(track.track)
            if is_year(word.folded):
                years.add(word.folded)
    return max(len(names), len(tracks), len(years))


def _report_counts(sentences: Sequence[ReportSentence]) -> Counter[str]:
    """How many sentences and rows say something that only a text about a race that was run says, by group."""
    counts: Counter[str] = Counter()
    for sentence in _without_past_sheet(sentences):
        if sentence.is_row:
            counts["row"] += any(word in sentence.text.lower() for word in _ROW_WORDS)
            continue
        of_race = tuple(word for word in words(sentence.text) if sentence.scoped.is_of_race(word.start, word.end))
        found = _report_phrases().groups_in(of_race)
        counts.update(found)
        counts["head"] += sentence.is_head and "heads" in found
        if "won" in found and (sentence.is_head or sentence.is_lead):
            counts["lead"] += 1
    return counts


def _report_worth(counts: Counter[str]) -> float:
    """The evidence that a race is told."""
    return (
        WON_WORTH * min(counts["won"], MAX_WON)
        + WON_IN_LEAD_WORTH * min(counts["lead"], 1)
        + STAGE_WORTH * min(counts["stages"], MAX_STAGES)
        + RUNNING_WORTH * min(counts["running"], MAX_RUNNING)
        + ROW_WORTH * min(counts["row"], MAX_ROWS)
        + REPORT_HEAD_WORTH * min(counts["head"], 1)
    )


def _without_past_sheet(sentences: Sequence[ReportSentence]) -> Iterator[ReportSentence]:
    """The sentences without a sheet that a preview begins with: "2013 Maple 300: Winner: Reed Falk" above 2014."""
    latest = max((year for sentence in sentences if sentence.is_head for year in _years(sentence)), default=0)
    is_past = False
    for sentence in sentences:
        years = _years(sentence) if sentence.is_head else ()
        is_past = max(years) < latest if years else is_past and sentence.is_head
        if not is_past:
            yield sentence


def _years(sentence: ReportSentence) -> tuple[int, ...]:
    return tuple(int(word.folded) for word in words(sentence.text) if is_year(word.folded))


@cache
def kinds_without_race() -> frozenset[str]:
    """The names of the kinds of texts that tell of no race that was run."""
    return frozenset(str(kind["name"]) for key, kind in _lists().items() if key != REPORT)


@cache
def _lists() -> Mapping[str, Mapping[str, list[str] | str]]:
    text = files("bot.documents.recap.identity").joinpath("text_kinds.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _kind_phrases() -> PhraseTable:
    groups: dict[str, list[str]] = {}
    for key, kind in _lists().items():
        for field, mark in (
            ("decisive_heads", "decisive"),
            ("sure_heads", "sure"),
            ("heads", "head"),
            ("leads", "lead"),
            ("texts", "text"),
        ):
            groups[f"{key} {mark}"] = [phrase for phrase in kind.get(field, ()) if phrase]
    return PhraseTable(groups)


@cache
def _report_phrases() -> PhraseTable:
    return PhraseTable(dict(_lists()[REPORT]))
