"""Announcement of a race that is about to start: when, where, and where it is on. It gives no result away."""

from bot.answers.common.text import join, sentence
from bot.answers.history.next_race import schedule_facts
from bot.answers.history.next_race_words import TO_BE_ANNOUNCED, day_notes
from bot.answers.history.season_lines import ScheduleLine, name_cell, start_text, weekday_text
from bot.archive.queries.seasons import ScheduledRaceRow
from bot.cards import Announcement, Argument, Card, Facts, FollowUp, Question

__all__ = ["start_announcement"]


def start_announcement(row: ScheduledRaceRow) -> Announcement:
    """What is posted a day or an hour before a race, and into which it is changed when the schedule is."""
    line = ScheduleLine(None, row)
    series = (Argument("series", row.series, "series"),)
    text = start_sentence(line, row)
    return Announcement(
        Card(
            title=f"{row.season} {name_cell(line)}",
            question=Question("next", series),
            summary=text,
            blocks=(Facts(tuple(schedule_facts(line, row))),) if row.status != "cancelled" else (),
            note=day_notes(line, ()),
            follow_ups=(
                FollowUp("Next race", Question("next", series)),
                FollowUp("Schedule", Question("schedule", (*series, Argument("season", str(row.season))))),
            ),
        ),
        content=text,
    )


def start_sentence(line: ScheduleLine, row: ScheduledRaceRow) -> str:
    """“The Daytona 500 starts on Sunday, February 15, at 2:30 pm ET, on Fox and MRN.”, true whenever it is read."""
    the_race = f"the {name_cell(line)}"
    if row.status == "cancelled":
        return sentence(f"{the_race} was cancelled")
    if line.day is None:
        return sentence(f"{the_race} was postponed, its day is {TO_BE_ANNOUNCED}")
    day, start = weekday_text(line.day), start_text(row)
    if not start:
        return sentence(f"{the_race} is on {day}, its start is {TO_BE_ANNOUNCED}")
    channels = join([name for name in (row.network, row.radio) if name])
    return sentence(f"{the_race} starts on {day}, at {start}" + (f", on {channels}" if channels else ""))
