"""The latest race that tells what is asked, where the latest of all does not and the words name neither year nor race.

"Who won stage 2 at nashville" is about the latest race there that has stages, and the answer says so. Races that have
the same things are alike: of each kind only the latest is asked, so that a question costs a few readings at most.
"""

from contextlib import suppress
from dataclasses import replace

from bot.answers.ask.answer import STORY_QUESTIONS, Answer, answer_of
from bot.answers.ask.ask_words import fitting_note
from bot.answers.ask.history.career import is_of_track
from bot.answers.ask.reading import QuestionReading, read_of_race, says_which_race
from bot.answers.common.resolve import find_race
from bot.answers.common.short_names import place_text
from bot.answers.context import QueryContext
from bot.answers.hidden.withheld import check_seen
from bot.archive.queries.races import contents_of_races, latest_races
from bot.archive.queries.tracks import races_at
from bot.errors import BotError
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["fitting_answer"]

MAX_KINDS = 4  # kinds of races that are asked: 127 races at Bristol are of five kinds, by what there is of them
# What is asked of a season, a career or what is to come is not asked of another race.
BEYOND_ONE_RACE = frozenset(["back", "career", "races", "next_race", "left", "season_wins", "before_race", "now"])


def fitting_answer(
    context: QueryContext, reading: QuestionReading, refused: Answer, chosen: str | None
) -> tuple[QuestionReading, Answer] | None:
    """The reading and the answer of the latest fitting race whose tables answer; None where none does.

    Raises ResultHidden where the race that does not answer is hidden.
    """
    if not refused.is_refusal or refused.corrects or not _is_open(reading):
        return None
    latest = reading.race
    keys = _fitting_races(context, reading)
    if not keys:
        return None
    check_seen(context.hidden, latest.race.key, latest.in_sentence)
    where = f" at {place_text(latest.race.track)}" if reading.scope.track_words and latest.race.track else ""
    series = SHORT_SERIES_NAMES.get(latest.race.series or "", "")
    note = fitting_note(where or f" {series} race".rstrip(), reading.frame.says, latest.in_sentence)
    for key in keys:
        with suppress(BotError):
            race = replace(find_race(context, key), note=note)
            check_seen(context.hidden, key, race.in_sentence)
            other = read_of_race(context, reading, race, chosen)
            answer = answer_of(context, other)
            if not (answer.is_refusal or answer.corrects or answer.quotes or answer.command):
                return other, answer
    return None


def _is_open(reading: QuestionReading) -> bool:
    """Whether the words leave open which race is meant, and ask its tables."""
    scope, frame = reading.scope, reading.frame
    if scope.season is not None or scope.is_next or scope.named_by == "reply" or frame.has(*BEYOND_ONE_RACE):
        return False
    if frame.asked in STORY_QUESTIONS or reading.is_of_elsewhere:
        return False
    if any(mark.is_unknown or mark.read_as for mark in frame.marks):  # “states” is no “stages” of another race
        return False
    if scope.track_words:
        return is_of_track(scope.track_words, reading.tables)
    return not says_which_race(frame.marks)


def _fitting_races(context: QueryContext, reading: QuestionReading) -> tuple[str, ...]:
    """The latest race of each kind that has something which the race that was read lacks, the latest first."""
    race = reading.race.race
    if race.series is None:
        return ()
    if reading.scope.track_words:
        keys = [row.key for row in races_at(context.session, race.track or "", race.series)]
    else:
        keys = [row.key for row in latest_races(context.session, race.series)]
    contents = contents_of_races(context.session, {*keys, race.key})
    latest_of_kind: dict[frozenset[str], str] = {}
    for key in keys:
        if contents[key] - contents[race.key]:
            latest_of_kind.setdefault(contents[key], key)
    return tuple(latest_of_kind.values())[:MAX_KINDS]
