"""Questions of fans, drawn from the archive itself: the same in every run, and no two that mean the same."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.catalogue import Catalogue, CatalogueName, CatalogueRace
from benchmarks.typed import last_name, short_track_name, typed_name, typed_race

__all__ = ["ATTEMPTS", "QUESTION_KINDS", "Command", "FanQuestion", "QuestionDrawer", "draw_questions", "fit_options"]

Value = str | int
Options = Mapping[str, Value]
DrawnOptions = tuple[Options, tuple[Value, ...]]  # what is typed, and what is meant by it
Command = Mapping[str, Any]  # as Discord has it

ATTEMPTS = 60  # draws for one new question of a kind before the kind counts as used up
REGULAR_DRIVERS = 20  # of a season, by starts: of others, few were in a given race or met each other
STAGE_SEASONS = range(2017, 2025)  # the seasons whose stages the history tells
SESSIONS = ("Race", "Stage 1", "Stage 2")
RECORD_KINDS = ("wins", "laps led", "average finish", "poles", "top fives", "top tens", "starts")
AMBIGUOUS_SHARE = (
    0.1  # of races at a track with several that year are asked by the track all the same, and get a question back
)
RECAP_WORDS = (
    "stage 2",
    "caution",
    "final lap",
    "pit road",
    "pole",
    "crash",
    "leader",
    "overtime",
    "chastain",
    "restart",
)


@dataclass(frozen=True, slots=True)
class FanQuestion:
    """A slash command with its options. `kind` is what it is counted under; `identity` what is asked, names whole."""

    kind: str
    command: str
    options: tuple[tuple[str, Value], ...]
    identity: tuple[Value, ...]

    @property
    def text(self) -> str:
        """As it would be typed."""
        return " ".join([f"/{self.command}", *(f"{name}:{value}" for name, value in self.options)])


class QuestionDrawer:
    """Draws names and races of a catalogue. Half of the names come by how often they started, half by chance."""

    def __init__(self, catalogue: Catalogue, rng: Random) -> None:
        self.catalogue, self.rng = catalogue, rng
        self._weights = {kind: [one.starts for one in names] for kind, names in catalogue.names.items()}
        self._races_at_track = Counter((race.season, race.track) for race in catalogue.races)
        likeliest: dict[str, str] = {}
        for one in catalogue.names.get("driver", ()):
            likeliest.setdefault(last_name(one.name), one.name)
        self._likeliest_of_last_name = set(likeliest.values())

    def draw_name(self, kind: str) -> CatalogueName:
        """A driver, team or track."""
        names = self.catalogue.names[kind]
        return self.rng.choices(names, self._weights[kind])[0] if self.rng.random() < 0.5 else self.rng.choice(names)

    def write_name(self, name: str, kind: str = "driver") -> str:
        """The name as a fan writes it."""
        return typed_name(name, self.rng, person=kind == "driver", unique=name in self._likeliest_of_last_name)

    def draw_race(self, seasons: range | None = None) -> CatalogueRace:
        """A race, of these seasons."""
        races = [candidate for candidate in self.catalogue.races if seasons is None or candidate.season in seasons]
        return self.rng.choice(races or self.catalogue.races)

    def draw_season(self) -> tuple[str, int]:
        """A series and one of its seasons."""
        return self.rng.choice(self.catalogue.seasons)

    def write_race(self, race: CatalogueRace) -> str:
        """The race as a fan writes it; by its track mostly where there was one race that year, of any series."""
        by_track = self._races_at_track[race.season, race.track] == 1 or self.rng.random() < AMBIGUOUS_SHARE
        return typed_race(race.name, race.track, race.season, self.rng, by_track=by_track)


def _key(race: CatalogueRace) -> tuple[Value, ...]:
    return (race.series, race.season, race.round)


def _race(drawer: QuestionDrawer) -> DrawnOptions:
    race = drawer.draw_race()
    return {"name": drawer.write_race(race)}, _key(race)


def _results(drawer: QuestionDrawer) -> DrawnOptions:
    race = drawer.draw_race()
    session = drawer.rng.choice(SESSIONS) if race.season in STAGE_SEASONS else "Race"
    return {"race": drawer.write_race(race), "session": session}, (*_key(race), session)


def _results_of_driver(drawer: QuestionDrawer) -> DrawnOptions:
    race = drawer.draw_race()
    driver = drawer.rng.choice(drawer.catalogue.by_season[race.series, race.season][:REGULAR_DRIVERS])
    return {"race": drawer.write_race(race), "driver": drawer.write_name(driver)}, (*_key(race), driver)


def _stages(drawer: QuestionDrawer) -> DrawnOptions:
    race = drawer.draw_race(STAGE_SEASONS)
    return {"race": drawer.write_race(race)}, _key(race)


def _recap(drawer: QuestionDrawer) -> DrawnOptions:
    if drawer.rng.random() < 0.5 and drawer.catalogue.recaps:
        race, about = drawer.rng.choice(drawer.catalogue.recaps), drawer.rng.choice(RECAP_WORDS)
        return {"race": f"{race.season} {race.name}", "about": about}, (*_key(race), about)
    race = drawer.draw_race()
    return {"race": drawer.write_race(race)}, _key(race)


def _season(drawer: QuestionDrawer) -> DrawnOptions:
    series, season = drawer.draw_season()
    return {"series": series, "season": season}, (series, season)


def _driver(drawer: QuestionDrawer) -> DrawnOptions:
    driver = drawer.draw_name("driver").name
    return {"name": drawer.write_name(driver)}, (driver,)


def _driver_with_options(drawer: QuestionDrawer, *, series: bool, season: bool) -> DrawnOptions:
    driver = drawer.draw_name("driver")
    driver_series, first, last = drawer.rng.choice(driver.seasons or (("cup", 2000, 2025),))
    year = drawer.rng.randint(first, last)
    extra_options: dict[str, Value] = {"season": year} if season else {}
    if series:
        extra_options["series"] = driver_series
    return {"name": drawer.write_name(driver.name), **extra_options}, (driver.name, *extra_options.values())


def _driver_season(drawer: QuestionDrawer) -> DrawnOptions:
    return _driver_with_options(drawer, series=False, season=True)


def _driver_series(drawer: QuestionDrawer) -> DrawnOptions:
    return _driver_with_options(drawer, series=True, season=False)


def _driver_both(drawer: QuestionDrawer) -> DrawnOptions:
    return _driver_with_options(drawer, series=True, season=True)


def _team(drawer: QuestionDrawer) -> DrawnOptions:
    team = drawer.draw_name("team").name
    return {"name": drawer.write_name(team, "team")}, (team,)


def _track(drawer: QuestionDrawer) -> DrawnOptions:
    track = drawer.draw_name("track").name
    return {"name": short_track_name(track) if drawer.rng.random() < 0.4 else drawer.write_name(track, "track")}, (
        track,
    )


def _compare(drawer: QuestionDrawer) -> DrawnOptions:
    first, second = drawer.rng.sample(drawer.catalogue.by_season[drawer.draw_season()][:REGULAR_DRIVERS], 2)
    return {"first": drawer.write_name(first), "second": drawer.write_name(second)}, tuple(sorted((first, second)))


def _compare_with_options(drawer: QuestionDrawer) -> DrawnOptions:
    series, season = drawer.draw_season()
    first, second = drawer.rng.sample(drawer.catalogue.by_season[series, season][:REGULAR_DRIVERS], 2)
    tracks = sorted({one.track for one in drawer.catalogue.races if (one.series, one.season) == (series, season)})
    track = drawer.rng.choice(tracks)
    extra_options: Options = {"track": track} if drawer.rng.random() < 0.5 else {"series": series, "season": season}
    return {"first": drawer.write_name(first), "second": drawer.write_name(second), **extra_options}, (
        first,
        second,
        *extra_options.values(),
    )


def _records(drawer: QuestionDrawer) -> DrawnOptions:
    series, season = drawer.draw_season()
    what, kind = drawer.rng.choice(RECORD_KINDS), drawer.rng.randrange(4)
    all_options: dict[str, Value] = {"series": series, "season": season, "track": drawer.draw_name("track").name}
    chosen = (("series",), ("track",), ("series", "season"), ("season",))[kind]
    extra_options = {name: all_options[name] for name in chosen}
    return {"what": what, **extra_options}, (what, *extra_options.values())


# Kind of question -> (command, share, how it is drawn). The shares are a guess at what fans ask most.
QUESTION_KINDS: Mapping[str, tuple[str, int, Callable[[QuestionDrawer], DrawnOptions]]] = {
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
    "compare, more": ("compare", 4, _compare_with_options),
    "records": ("records", 5, _records),
}


def draw_questions(
    catalogue: Catalogue, commands: Mapping[str, Command], count: int, seed: int = 1
) -> tuple[FanQuestion, ...]:
    """So many questions that the commands can be asked: no two mean the same, and none is typed like another.

    Fewer where the archive is too small. Kinds whose command is not there are left out.
    """
    rng = Random(seed)
    drawer = QuestionDrawer(catalogue, rng)
    seen: set[object] = set()
    questions: list[FanQuestion] = []
    kinds = {kind: share for kind, (_, share, _) in QUESTION_KINDS.items()}
    while kinds and len(questions) < count:
        kind = rng.choices(list(kinds), list(kinds.values()))[0]
        question = _draw_new_question(kind, drawer, commands, seen)
        if question is None:
            del kinds[kind]
        else:
            questions.append(question)
    return tuple(questions)


def _draw_new_question(
    kind: str, drawer: QuestionDrawer, commands: Mapping[str, Command], seen: set[object]
) -> FanQuestion | None:
    """A question of this kind that nobody asked; None where there is none, or no such command."""
    command, _, draw_options = QUESTION_KINDS[kind]
    for _ in range(ATTEMPTS):
        try:
            options, identity = draw_options(drawer)
        except LookupError:  # the archive holds nothing of which this could be asked
            return None
        fitted_options = fit_options(options, commands.get(command))
        if fitted_options is None:
            return None
        words = sorted(" ".join(str(value) for _, value in fitted_options).casefold().split())
        marks = {(command, tuple(sorted(options)), identity), (command, *words)}
        if not marks & seen:
            seen |= marks
            return FanQuestion(kind, command, fitted_options, identity)
    return None


def fit_options(options: Options, command: Command | None) -> tuple[tuple[str, Value], ...] | None:
    """The options as this command takes them; None where it does not have them.

    Where an option offers a list and ours is not in it, one of the list is taken, always the same for the same word.
    """
    options_by_name = {one["name"]: one for one in (command or {}).get("options", ())}
    if command is None or set(options) - set(options_by_name):
        return None
    return tuple((name, _fit_value(value, options_by_name[name])) for name, value in options.items())


def _fit_value(value: Value, option: Mapping[str, Any]) -> Value:
    choices: Sequence[Mapping[str, Any]] = option.get("choices") or ()
    choice_values: list[Value] = [one["value"] for one in choices]
    if choice_values and value not in choice_values:
        return choice_values[sum(str(value).encode()) % len(choice_values)]
    return int(value) if option["type"] == 4 else str(value)
