"""Questions of fans, drawn from the archive itself: the same in every run, and no two that mean the same."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.catalogue import Catalogue, Named, Running
from benchmarks.typed import last_name, place, typed_name, typed_race

__all__ = ["ATTEMPTS", "KINDS", "Command", "Drawing", "Question", "draw", "fitted"]

Value = str | int
Options = Mapping[str, Value]
Drawn = tuple[Options, tuple[Value, ...]]  # what is typed, and what is meant by it
Command = Mapping[str, Any]  # as Discord has it

ATTEMPTS = 60  # draws for one new question of a kind before the kind counts as used up
REGULARS = 20  # of a season, by starts: of others, few were in a given race or met each other
STAGES = range(2017, 2025)  # the seasons whose stages the history tells
SESSIONS = ("Race", "Stage 1", "Stage 2")
WHAT = ("wins", "laps led", "average finish", "poles", "top fives", "top tens", "starts")
UNCLEAR = 0.1  # of races at a track with several that year are asked by the track all the same, and get a question back
ABOUT = ("stage 2", "caution", "final lap", "pit road", "pole", "crash", "leader", "overtime", "chastain", "restart")


@dataclass(frozen=True, slots=True)
class Question:
    """A slash command with its options. `kind` is what it is counted under; `meant` what is asked, names whole."""

    kind: str
    command: str
    options: tuple[tuple[str, Value], ...]
    meant: tuple[Value, ...]

    @property
    def text(self) -> str:
        """As it would be typed."""
        return " ".join([f"/{self.command}", *(f"{name}:{value}" for name, value in self.options)])


class Drawing:
    """Draws names and races of a catalogue. Half of the names come by how often they started, half by chance."""

    def __init__(self, catalogue: Catalogue, rng: Random) -> None:
        self.catalogue, self.rng = catalogue, rng
        self._weights = {kind: [one.starts for one in names] for kind, names in catalogue.names.items()}
        self._at_track = Counter((race.season, race.track) for race in catalogue.races)
        likeliest: dict[str, str] = {}
        for one in catalogue.names.get("driver", ()):
            likeliest.setdefault(last_name(one.name), one.name)
        self._alone = set(likeliest.values())

    def named(self, kind: str) -> Named:
        """A driver, team or track."""
        names = self.catalogue.names[kind]
        return self.rng.choices(names, self._weights[kind])[0] if self.rng.random() < 0.5 else self.rng.choice(names)

    def typed(self, name: str, kind: str = "driver") -> str:
        """The name as a fan writes it."""
        return typed_name(name, self.rng, person=kind == "driver", alone=name in self._alone)

    def race(self, seasons: range | None = None) -> Running:
        """A race, of these seasons."""
        races = [one for one in self.catalogue.races if seasons is None or one.season in seasons]
        return self.rng.choice(races or self.catalogue.races)

    def season(self) -> tuple[str, int]:
        """A series and one of its seasons."""
        return self.rng.choice(self.catalogue.seasons)

    def typed_race(self, race: Running) -> str:
        """The race as a fan writes it; by its track mostly where there was one race that year, of any series."""
        by_track = self._at_track[race.season, race.track] == 1 or self.rng.random() < UNCLEAR
        return typed_race(race.name, race.track, race.season, self.rng, by_track=by_track)


def _key(race: Running) -> tuple[Value, ...]:
    return (race.series, race.season, race.round)


def _race(draw: Drawing) -> Drawn:
    race = draw.race()
    return {"name": draw.typed_race(race)}, _key(race)


def _results(draw: Drawing) -> Drawn:
    race = draw.race()
    session = draw.rng.choice(SESSIONS) if race.season in STAGES else "Race"
    return {"race": draw.typed_race(race), "session": session}, (*_key(race), session)


def _results_of_driver(draw: Drawing) -> Drawn:
    race = draw.race()
    driver = draw.rng.choice(draw.catalogue.by_season[race.series, race.season][:REGULARS])
    return {"race": draw.typed_race(race), "driver": draw.typed(driver)}, (*_key(race), driver)


def _stages(draw: Drawing) -> Drawn:
    race = draw.race(STAGES)
    return {"race": draw.typed_race(race)}, _key(race)


def _recap(draw: Drawing) -> Drawn:
    if draw.rng.random() < 0.5 and draw.catalogue.recaps:
        race, about = draw.rng.choice(draw.catalogue.recaps), draw.rng.choice(ABOUT)
        return {"race": f"{race.season} {race.name}", "about": about}, (*_key(race), about)
    race = draw.race()
    return {"race": draw.typed_race(race)}, _key(race)


def _season(draw: Drawing) -> Drawn:
    series, season = draw.season()
    return {"series": series, "season": season}, (series, season)


def _driver(draw: Drawing) -> Drawn:
    driver = draw.named("driver").name
    return {"name": draw.typed(driver)}, (driver,)


def _driver_more(draw: Drawing, *, series: bool, season: bool) -> Drawn:
    driver = draw.named("driver")
    of, first, last = draw.rng.choice(driver.seasons or (("cup", 2000, 2025),))
    year = draw.rng.randint(first, last)
    more: dict[str, Value] = {"season": year} if season else {}
    if series:
        more["series"] = of
    return {"name": draw.typed(driver.name), **more}, (driver.name, *more.values())


def _driver_season(draw: Drawing) -> Drawn:
    return _driver_more(draw, series=False, season=True)


def _driver_series(draw: Drawing) -> Drawn:
    return _driver_more(draw, series=True, season=False)


def _driver_both(draw: Drawing) -> Drawn:
    return _driver_more(draw, series=True, season=True)


def _team(draw: Drawing) -> Drawn:
    team = draw.named("team").name
    return {"name": draw.typed(team, "team")}, (team,)


def _track(draw: Drawing) -> Drawn:
    track = draw.named("track").name
    return {"name": place(track) if draw.rng.random() < 0.4 else draw.typed(track, "track")}, (track,)


def _compare(draw: Drawing) -> Drawn:
    first, second = draw.rng.sample(draw.catalogue.by_season[draw.season()][:REGULARS], 2)
    return {"first": draw.typed(first), "second": draw.typed(second)}, tuple(sorted((first, second)))


def _compare_more(draw: Drawing) -> Drawn:
    series, season = draw.season()
    first, second = draw.rng.sample(draw.catalogue.by_season[series, season][:REGULARS], 2)
    tracks = sorted({one.track for one in draw.catalogue.races if (one.series, one.season) == (series, season)})
    track = draw.rng.choice(tracks)
    more: Options = {"track": track} if draw.rng.random() < 0.5 else {"series": series, "season": season}
    return {"first": draw.typed(first), "second": draw.typed(second), **more}, (first, second, *more.values())


def _records(draw: Drawing) -> Drawn:
    series, season = draw.season()
    what, kind = draw.rng.choice(WHAT), draw.rng.randrange(4)
    every: dict[str, Value] = {"series": series, "season": season, "track": draw.named("track").name}
    chosen = (("series",), ("track",), ("series", "season"), ("season",))[kind]
    more = {name: every[name] for name in chosen}
    return {"what": what, **more}, (what, *more.values())


# Kind of question -> (command, share, how it is drawn). The shares are a guess at what fans ask most.
KINDS: Mapping[str, tuple[str, int, Callable[[Drawing], Drawn]]] = {
    "race": ("race", 20, _race),
    "results": ("results", 10, _results),
    "results of a driver": ("results", 4, _results_of_driver),
    "stages": ("stages", 5, _stages),
    "recap": ("recap", 3, _recap),
    "standings": ("standings", 6, _season),
    "schedule": ("schedule", 6, _season),
    "driver": ("driver", 12, _driver),
    "driver, season": ("driver", 5, _driver_season),
    "driver, series": ("driver", 4, _driver_series),
    "driver, series, season": ("driver", 4, _driver_both),
    "team": ("team", 6, _team),
    "track": ("track", 6, _track),
    "compare": ("compare", 5, _compare),
    "compare, more": ("compare", 4, _compare_more),
    "records": ("records", 5, _records),
}


def draw(catalogue: Catalogue, commands: Mapping[str, Command], count: int, seed: int = 1) -> tuple[Question, ...]:
    """So many questions that the commands can be asked: no two mean the same, and none is typed like another.

    Fewer where the archive is too small. Kinds whose command is not there are left out.
    """
    rng = Random(seed)
    drawing = Drawing(catalogue, rng)
    seen: set[object] = set()
    found: list[Question] = []
    kinds = {kind: share for kind, (_, share, _) in KINDS.items()}
    while kinds and len(found) < count:
        kind = rng.choices(list(kinds), list(kinds.values()))[0]
        question = _new(kind, drawing, commands, seen)
        if question is None:
            del kinds[kind]
        else:
            found.append(question)
    return tuple(found)


def _new(kind: str, drawing: Drawing, commands: Mapping[str, Command], seen: set[object]) -> Question | None:
    """A question of this kind that nobody asked; None where there is none, or no such command."""
    command, _, drawn = KINDS[kind]
    for _ in range(ATTEMPTS):
        try:
            options, meant = drawn(drawing)
        except LookupError:  # the archive holds nothing of which this could be asked
            return None
        given = fitted(options, commands.get(command))
        if given is None:
            return None
        words = sorted(" ".join(str(value) for _, value in given).casefold().split())
        marks = {(command, tuple(sorted(options)), meant), (command, *words)}
        if not marks & seen:
            seen |= marks
            return Question(kind, command, given, meant)
    return None


def fitted(options: Options, command: Command | None) -> tuple[tuple[str, Value], ...] | None:
    """The options as this command takes them; None where it does not have them.

    Where an option offers a list and ours is not in it, one of the list is taken, always the same for the same word.
    """
    known = {one["name"]: one for one in (command or {}).get("options", ())}
    if command is None or set(options) - set(known):
        return None
    return tuple((name, _fit(value, known[name])) for name, value in options.items())


def _fit(value: Value, option: Mapping[str, Any]) -> Value:
    choices: Sequence[Mapping[str, Any]] = option.get("choices") or ()
    offered: list[Value] = [one["value"] for one in choices]
    if offered and value not in offered:
        return offered[sum(str(value).encode()) % len(offered)]
    return int(value) if option["type"] == 4 else str(value)
