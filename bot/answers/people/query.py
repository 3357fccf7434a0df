"""What `/driver`, `/team` and `/compare` are asked: who is meant, and which of their races, in canonical words.

All three answer in one shape: resolve the question, read the rows, refuse with what there is instead, or make a card of
summary, blocks and follow-ups.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.answers.common.resolve import ResolvedName, resolve_name
from bot.answers.context import QueryContext
from bot.answers.people.career import series_title
from bot.archive.queries.careers import SeasonRow
from bot.archive.queries.driver_races import CompetitorKind
from bot.cards import Argument, Question

__all__ = ["PeopleQuery", "resolve_query"]


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """Who is asked about, which of their races, and notes on how the words were read.

    `people` are the options that name them: one driver or team, or two drivers to compare; `narrowing` are those of
    `season`, `series` and `track` that were given, in the order of the command.
    """

    command: str
    people: tuple[Argument, ...]
    narrowing: tuple[Argument, ...] = ()
    notes: tuple[str, ...] = ()

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

    def question(self) -> Question:
        """The question in canonical words."""
        return Question(self.command, (*self.people, *self.narrowing))

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
    people: Mapping[str, ResolvedName],
    narrowing: Mapping[str, str | int | None],
    kind: CompetitorKind = "driver",
) -> PeopleQuery:
    """The question about these people of one kind; `narrowing` is as it was typed, a series and a track to be resolved.

    Raises UnknownName and AmbiguousName.
    """
    resolved = {
        option: ResolvedName(str(text)) if isinstance(text, int) else resolve_name(context, text, option)
        for option, text in narrowing.items()
        if text is not None and text != ""
    }
    return PeopleQuery(
        command,
        tuple(Argument(option, name.value, kind) for option, name in people.items()),
        tuple(
            Argument(option, name.value, None if option == "season" else option) for option, name in resolved.items()
        ),
        tuple(name.note for name in (*people.values(), *resolved.values()) if name.note),
    )
