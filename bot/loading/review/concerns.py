"""What looks wrong about a load: a rule each, over the races as they were and as they would be.

Pure: the same load gives the same list, whoever asks. A person reads it on a plan, and who loads without asking anybody
loads only what has none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from bot.language.fold import fold
from bot.language.ordinals import ordinal
from bot.loading.checks.result_rules import SAME_PERSON_SIMILARITY
from bot.loading.report import Concern, RaceOutline
from bot.loading.review.race_state import RaceState
from bot.loading.review.reviewed_load import ReviewedLoad

__all__ = ["RANKS", "RULES", "find_concerns"]

# What is worst comes first: a race that nobody meant, then what was known and would be something else.
RANKS: Mapping[str, int] = {
    "new race": 0,
    "race gone": 1,
    "champion": 2,
    "winner": 3,
    "top ten": 4,
    "stage winner": 5,
    "points leader": 6,
    "similar name": 7,
    "date": 8,
    "few cars": 9,
    "check": 10,
    "disagreement": 11,
    "new name": 12,
    "many races": 13,
}
KINDS_OF_NAMES = ("driver", "team", "track", "manufacturer")
# Of the cars of the race before. Fewer had 0 of 1,243 Cup races since 1990, and 14 of 3,146 in three series.
FEW_CARS_SHARE = 0.75
FAR_DAYS = 45  # a season races week by week: also around the 70 days of 2020 without a race, the next was days away
FEWEST_DATED_RACES = 3  # of a season, before a day can be far from its others
NOT_TOLD = "no longer told"
MAX_PLACES = 3  # of a top ten that are told one by one
MAX_NAMES = 12  # that nobody has seen before, in one line


def find_concerns(load: ReviewedLoad) -> tuple[Concern, ...]:
    """Everything that looks wrong, the worst first; nothing where a person need not look."""
    found = [concern for rule in RULES for concern in rule(load)]
    return tuple(sorted(found, key=lambda one: (one.rank, one.race, one.document, one.line, one.text)))


def _concern(kind: str, text: str, race: str = "", place: tuple[str, int] = ("", 0), subject: str = "") -> Concern:
    return Concern(kind, RANKS[kind], text, race, *place, subject)


def _changed_races(load: ReviewedLoad) -> Iterator[tuple[RaceState, RaceState]]:
    """The races that are there before and after."""
    yield from ((load.before[key], load.after[key]) for key in sorted(load.before.keys() & load.after.keys()))


def _new_race(load: ReviewedLoad) -> Iterator[Concern]:
    """A document that fits no race and makes one of its own: that is seldom what was meant."""
    for found in load.found_races:
        if not found.reasons:
            title = load.after[found.key].title if found.key in load.after else found.race
            text = f"{found.document} makes a new race, {title}: nothing in the archive fits it"
            yield _concern("new race", text, found.key, (found.document, 1))


def _race_gone(load: ReviewedLoad) -> Iterator[Concern]:
    """A race of which no document tells any more."""
    for key in sorted(load.before.keys() - load.after.keys()):
        yield _concern("race gone", f"the {load.before[key].title} goes: nothing tells of it any more", key)


def _champion(load: ReviewedLoad) -> Iterator[Concern]:
    """Another champion of a season that was over."""
    for key, before in sorted(load.champions_before.items()):
        after = load.champions_after.get(key, "")
        if after != before:
            season, series, championship = key
            title = f"the {championship}’ champion of {season} in the {series}"
            text = f"{title} is {after}, until now {before}" if after else f"{title}, {before}, goes"
            yield _concern("champion", text)


def _winner(load: ReviewedLoad) -> Iterator[Concern]:
    """Another winner of a race that is there already."""
    for before, after in _changed_races(load):
        old, new = before.outline.winner, after.outline.winner
        if old and old != new:
            text = f"the winner of the {after.title} is {new or NOT_TOLD}, until now {old}"
            yield _concern("winner", text, after.key)


def _top_ten(load: ReviewedLoad) -> Iterator[Concern]:
    """Other drivers on places 2 to 10 of a race that is there already."""
    for before, after in _changed_races(load):
        old, new = dict(before.outline.places), dict(after.outline.places)
        places = [place for place in sorted(old) if place > 1 and old[place] != new.get(place)]
        if places:
            lines = [f"{ordinal(place)} {new.get(place, NOT_TOLD)}, until now {old[place]}" for place in places]
            more = f"; and {len(lines) - MAX_PLACES} more" if len(lines) > MAX_PLACES else ""
            text = f"the top ten of the {after.title} is another: {'; '.join(lines[:MAX_PLACES])}{more}"
            yield _concern("top ten", text, after.key)


def _stage_winner(load: ReviewedLoad) -> Iterator[Concern]:
    yield from _named_places(load, "stage winner", lambda outline: outline.stage_winners, "the winner of {}")


def _points_leader(load: ReviewedLoad) -> Iterator[Concern]:
    yield from _named_places(
        load, "points leader", lambda outline: outline.leaders, "who leads the {} on points after the race"
    )


def _named_places(
    load: ReviewedLoad, kind: str, places: Callable[[RaceOutline], tuple[tuple[str, str], ...]], words: str
) -> Iterator[Concern]:
    """Another name in a place of a race that is there already."""
    for before, after in _changed_races(load):
        new = dict(places(after.outline))
        for name, old in places(before.outline):
            if new.get(name) != old:
                text = f"{after.title}: {words.format(name)} is {new.get(name, NOT_TOLD)}, until now {old}"
                yield _concern(kind, text, after.key)


def _names(load: ReviewedLoad) -> Iterator[Concern]:
    """Names that the archive has never seen: one that is like a known one is probably misspelt."""
    strangers: defaultdict[tuple[str, str], list[tuple[str, tuple[str, int]]]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for key, race in sorted(load.after.items()):
        for (kind, name), place in sorted(race.names.items()):
            known = load.known_names.get(kind, frozenset())
            # An archive that knows nobody has everybody to meet.
            if kind not in KINDS_OF_NAMES or not known or (kind, name) in seen or _is_known(name, known):
                continue
            seen.add((kind, name))
            similar = _nearest(name, known)
            if similar:
                yield _concern("similar name", f"new {kind} {name}, like {similar}?", key, place, name)
            else:
                strangers[key, kind].append((name, place))
    for (key, kind), names in strangers.items():
        text = ", ".join(name for name, _ in names[:MAX_NAMES])
        more = f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else ""
        yield _concern("new name", f"new {kind if len(names) == 1 else kind + 's'} {text}{more}", key, names[0][1])


def _is_known(name: str, known: frozenset[str]) -> bool:
    """Whether the archive has a name, perhaps with other accents, dots and spaces."""
    return name in known or _letters(name) in {_letters(one) for one in known if one[:1] == name[:1]}


def _letters(name: str) -> str:
    return fold(name).replace(" ", "")


def _nearest(name: str, known: frozenset[str]) -> str:
    """The known name that is most like another one; "" where none is."""
    found = process.extractOne(
        name, sorted(known), scorer=JaroWinkler.normalized_similarity, score_cutoff=SAME_PERSON_SIMILARITY
    )
    return found[0] if found else ""


def _date(load: ReviewedLoad) -> Iterator[Concern]:
    """A day that cannot be: of another year, out of the order of the rounds, or far from the season's other races."""
    for key, race in sorted(load.after.items()):
        if race.day is None or (key in load.before and load.before[key].day == race.day):
            continue
        reason = _date_reason(race, race.day, load)
        if reason:
            yield _concern("date", f"the {race.title} is dated {_day_text(race.day)}, {reason}", key)


def _date_reason(race: RaceState, day: date, load: ReviewedLoad) -> str:
    """Why the day of a race looks wrong; "" where it does not."""
    if race.season and day.year != race.season:
        return f"which is not in {race.season}"
    others = [one for one in load.season_races.get(race.key, ()) if one.day]
    for other in others:
        if other.day and race.round and other.round and (other.day < day) != (other.round < race.round):
            before = "before" if other.day > day else "after"
            return f"{before} round {other.round}, the {other.title} of {_day_text(other.day)}"
    gaps = [abs(day - other.day) for other in others if other.day]
    if len(gaps) >= FEWEST_DATED_RACES and min(gaps) > timedelta(FAR_DAYS):
        return f"{min(gaps).days} days from any other race of the season"
    return ""


def _few_cars(load: ReviewedLoad) -> Iterator[Concern]:
    """Far fewer cars than the race before had, or than this race has had until now."""
    for key, race in sorted(load.after.items()):
        before = load.before.get(key)
        if before is not None and race.cars == before.cars:
            continue
        if before is not None and race.cars < before.cars * FEW_CARS_SHARE:
            text = f"the {race.title} has {_cars_text(race.cars)}, until now {before.cars}"
            yield _concern("few cars", text, key)
        elif key in load.earlier_race and 0 < race.cars < load.earlier_race[key].cars * FEW_CARS_SHARE:
            earlier = load.earlier_race[key]
            text = f"the {race.title} has {_cars_text(race.cars)}; the race before it, {earlier.title}, {earlier.cars}"
            yield _concern("few cars", text, key)


def _check(load: ReviewedLoad) -> Iterator[Concern]:
    """Values that break the sport's arithmetic and did not before."""
    for key, race in sorted(load.after.items()):
        known = {failure.text for failure in load.before[key].failures} if key in load.before else set()
        for failure in race.failures:
            if failure.text not in known:
                yield _concern("check", failure.text, key, (failure.document, failure.line))


def _disagreement(load: ReviewedLoad) -> Iterator[Concern]:
    """What two documents say differently, and did not before."""
    for key, race in sorted(load.after.items()):
        known = {(one.subject, one.text) for one in load.before[key].disagreements} if key in load.before else set()
        for one in race.disagreements:
            if (one.subject, one.text) not in known:
                yield _concern("disagreement", one.text, key, (one.document, one.line), one.subject)


def _many_races(load: ReviewedLoad) -> Iterator[Concern]:
    """A history that changes or takes away more races than can be looked at one by one."""
    for history in load.histories:
        count = history.changed + history.removed
        if count:
            text = f"{count:,} races of {history.document} change or go, too many to be looked at one by one"
            yield _concern("many races", text, "", (history.document, 1))


def _day_text(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _cars_text(cars: int) -> str:
    return "1 car" if cars == 1 else f"{cars or 'no'} cars"


RULES: tuple[Callable[[ReviewedLoad], Iterator[Concern]], ...] = (
    _new_race,
    _race_gone,
    _champion,
    _winner,
    _top_ten,
    _stage_winner,
    _points_leader,
    _names,
    _date,
    _few_cars,
    _check,
    _disagreement,
    _many_races,
)
