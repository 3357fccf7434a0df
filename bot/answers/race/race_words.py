"""Words of the card of a race: every sentence and label that is not the name of a field."""

from collections.abc import Iterable, Sequence

from bot.answers.common.short_names import place_text
from bot.answers.common.text import join, plural, sentence
from bot.archive.queries.races import RaceRow
from bot.archive.queries.results import RaceSessionRow, ResultRow

__all__ = [
    "CAR_LABEL",
    "DISPUTED_LABEL",
    "FIELD_LABEL",
    "HOW_KNOWN_LABEL",
    "LED_LABEL",
    "STAGES_LABEL",
    "STARTED_FIRST_LABEL",
    "TOP_FIVE",
    "WINNER_LABEL",
    "car_text",
    "disputed_text",
    "gap_text",
    "stage_winners_text",
    "winner_sentence",
]

TOP_FIVE = "Top five"
WINNER_LABEL, CAR_LABEL, STAGES_LABEL = "Winner", "Winning car", "Stage winners"
STARTED_FIRST_LABEL, LED_LABEL, FIELD_LABEL = "Started first", "Most laps led", "Field"
DISPUTED_LABEL, HOW_KNOWN_LABEL = "Sources", "How this race is known"


def winner_sentence(race: RaceRow, the_race: str) -> str:
    """“Ross Chastain won the 2023 Ally 400 at Nashville.” `the_race` is its title inside a sentence."""
    place = place_text(race.track) if race.track else ""
    where = f" at {place}" if place and place not in the_race else ""
    if not race.winner:
        return sentence(f"no winner is known yet for {the_race}{where}")
    return sentence(f"{race.winner} won {the_race}{where}")


def gap_text(row: ResultRow, winner: ResultRow) -> str:
    """How far behind the winner: “+0.789” seconds, “-2 laps”; "" where it is not known."""
    if row.gap_s:
        return f"+{row.gap_s:.3f}"
    if row.laps is None or winner.laps is None or row.laps >= winner.laps:
        return ""
    return f"-{plural(winner.laps - row.laps, 'lap')}"


def car_text(car: str | None, team: str | None, manufacturer: str | None) -> str:
    """“No. 1, Trackhouse Racing, Chevrolet”, as far as it is known."""
    return ", ".join(part for part in (f"No. {car}" if car else "", team or "", manufacturer or "") if part)


def stage_winners_text(stages: Sequence[RaceSessionRow], winners: Iterable[tuple[str, ResultRow]]) -> str:
    """“Tyler Reddick, Denny Hamlin” from the first stage on; with the stages beside them where one is not known."""
    by_stage = dict(winners)
    first = [stage.key for stage in stages[: len(by_stage)]]
    if first == list(by_stage):
        return ", ".join(row.driver for row in by_stage.values())
    titles = {stage.key: stage.title for stage in stages}
    return join([f"{row.driver} ({titles[key]})" for key, row in by_stage.items()])


def disputed_text(count: int) -> str:
    """“4 facts are disputed”."""
    return f"{plural(count, 'fact')} {'is' if count == 1 else 'are'} disputed"
