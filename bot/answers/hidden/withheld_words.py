"""Sentences about results that are hidden."""

from datetime import datetime

from bot.language.moments import moment

__all__ = ["hidden_text", "left_out_text"]


def hidden_text(what: str, until: datetime | None) -> str:
    """“The result of the 2026 Ally 400 is hidden here until …”, for who wants to see the race first."""
    if until is None:
        return f"{what} is hidden here while it is the newest race, since nothing says when it was run."
    return f"{what} is hidden here until {moment(until)}."


def left_out_text(titles: str, until: datetime | None) -> str:
    """What a card leaves out, which would tell how a race ended."""
    end = f" until {moment(until)}" if until else ""
    return f"Without {titles}, hidden here{end}."
