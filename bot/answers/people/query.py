"""What `/driver`, `/team` and `/compare` are asked: who is meant, and which of their races, in canonical words.

All three answer in one shape: resolve the question, read the rows, refuse with what there is instead, or make a card of
summary, blocks and follow-ups.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.answers.common.resolve import ResolvedName, resolve_name
from bot.answers.common.text import note_text
from bot.answers.context import QueryContext
from bot.answers.people.career import series_title
from bot.archive.queries.careers import SeasonRow
from bot.archive.queries.driver_races import CompetitorKind
from bot.archive.queries.races import people_on_air
from bot.cards import Argument, Question
from bot.errors import UnknownName
from bot.language.fold import fold

__all__ = ["PeopleQuery", "resolve_query"]


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """Who is asked about, which of their races, and a note on how the words were read.

    `people` are the options that name them: one driver or team, or two drivers to compare; `narrowing` are those of
    `season`, `series` and `track` that were given, in the order of the command.
    """

    command: str
    people: tuple[Argument, ...]
    narrowing: tuple[Argument, ...] = ()
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical names of those who are asked about."""
        return tuple(person.value for person in self.people)

    @property
    def name(self) -> str:
        """The canonical name of the first of them, or of the only one."""
        return self.people[0].value

    @property
    def season(self) -> int | None:
        """The season asked for; None for all."""
        season = self.narrowing_value("season")
        return int(season) if season is not None else None

    @property
    def series(self) -> str | None:
        """The series asked for; None for all."""
        return self.narrowing_value("series")

    def narrowing_value(self, option: str) -> str | None:
        """The canonical value of an option that narrows; None where it was not given."""
        return next((argument.value for argument in self.narrowing if argument.option == option), None)

    def whole(self) -> "PeopleQuery":
        """The same people in all their races."""
        return replace(self, narrowing=())

    def question(self, part: str = "") -> Question:
        """The question in canonical words."""
        return Question(self.command, (*self.people, *self.narrowing), part)

    def admits(self, row: SeasonRow) -> bool:
        """Whether a season is asked for."""
        return self.series in {None, row.series} and self.season in {None, row.season}

    def scope_text(self, context: QueryContext, *, without: str = "") -> str:
        """“ in the NASCAR Cup Series in 2015 at Martinsville Speedway”; "" where nothing narrows the question."""
        values = {argument.option: argument.value for argument in self.narrowing if argument.option != without}
        if "series" in values:
            values["series"] = f"the {series_title(context, values['series'])}"
        return "".join(f" {'at' if option == 'track' else 'in'} {value}" for option, value in values.items())


def resolve_query(
    context: QueryContext,
    command: str,
    people: Mapping[str, str],
    narrowing: Mapping[str, str | int | None],
    kind: CompetitorKind = "driver",
) -> PeopleQuery:
    """The question about these people of one kind, by option, and what narrows it, both as they were typed.

    Season and series help to read the names; a year typed beside a name is the season where none is given. Somebody on
    air whose full name was typed is a person too. Raises UnknownName and AmbiguousName.
    """
    season = narrowing.get("season")
    year = season if isinstance(season, int) else None
    resolved = {
        option: ResolvedName(str(text)) if isinstance(text, int) else resolve_name(context, text, option, season=year)
        for option, text in narrowing.items()
        if text is not None and text != ""
    }
    series = resolved["series"].value if "series" in resolved else None
    names = {
        option: _resolve_competitor(context, text, kind, year, series, on_air=command == "driver")
        for option, text in people.items()
    }
    typed_season = next((name.season for name in names.values() if name.season), None)
    if typed_season and "season" not in resolved and "season" in narrowing:
        resolved["season"] = ResolvedName(str(typed_season))
    ordered = {option: resolved[option] for option in narrowing if option in resolved}
    return PeopleQuery(
        command,
        tuple(Argument(option, name.value, kind) for option, name in names.items()),
        tuple(Argument(option, name.value, None if option == "season" else option) for option, name in ordered.items()),
        note_text(*(name.note for name in (*names.values(), *ordered.values()))),
    )


def _resolve_competitor(
    context: QueryContext, text: str, kind: CompetitorKind, season: int | None, series: str | None, *, on_air: bool
) -> ResolvedName:
    """The driver or team somebody typed, or somebody `on_air` whose full name was typed."""
    try:
        return resolve_name(context, text, kind, season=season, series=series)
    except UnknownName:
        # Who was only ever on air is in no index, so that nothing corrects the spelling: the whole name is needed.
        folded = fold(text)
        for person in people_on_air(context.session) if on_air else ():
            if fold(person) == folded:
                return ResolvedName(person)
        raise
