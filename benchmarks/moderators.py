"""What moderators do, from a mistake that a fan reports to a load that is rolled back, each answer written down."""

import re

from benchmarks.card_questions import Options
from benchmarks.questioner import FAN, MODERATOR, Questioner
from bot.terminal.payloads import Json, Person

__all__ = ["moderate"]

NUMERIC = re.compile(r".*\(now (\d+)\)")  # the label of a value that is a number
SHEET = b"""series,season,round,race,track,date,position,car,driver,team,manufacturer,laps
cup,2031,1,Paper 100,Nashville Superspeedway,2031-02-16,1,91,Ross Chastain,Trackhouse Racing,Chevrolet,75
,,,,,,2,24,William Byron,Hendrick Motorsports,Chevrolet,75
"""
URL = "https://cdn.discordapp.com/attachments/2000/77/paper.csv"
FILE: Json = {"id": "77", "filename": "paper.csv", "size": len(SHEET), "url": URL, "proxy_url": URL}

Step = tuple[Person, str, Options, tuple[str, ...]]  # who asks what, then presses which buttons


async def moderate(questioner: Questioner) -> None:
    """Report, answer, correct, withdraw, upload, remove, reload and roll back."""

    async def fetched(_: str) -> bytes:
        return SHEET

    vars(questioner.board.bot.http)["get_from_cdn"] = fetched  # where discord.py would ask Discord's servers
    fields = await _fields(questioner)
    for person, command, options, labels in _steps(fields):
        reply = await questioner.ask(command, options, person, resolved={"attachments": {"77": FILE}})
        for label in labels:
            reply = await questioner.press(reply, label, fields)


async def _fields(questioner: Questioner) -> dict[str, str]:
    """What is filled in: the first race and document that are suggested, and a number of that race, one higher."""
    race, document = [
        str((await questioner.board.suggest(command, {option: ""}, option, MODERATOR))[0][1])
        for command, option in (("data correct", "race"), ("data documents", "document"))
    ]
    values = await questioner.board.suggest("data correct", {"race": race, "what": ""}, "what", MODERATOR)
    numbers = [(str(what), found[1]) for label, what in values if (found := NUMERIC.match(label))]
    what, number = (numbers or [("attendance", "0")])[0]
    said = {"words": "It is wrong.", "answer": "It is right.", "reason": "the poster"}
    return said | {"race": race, "document": document, "what": what, "value": str(int(number) + 1)}


def _steps(fields: dict[str, str]) -> tuple[Step, ...]:
    race, correction = fields["race"], {name: fields[name] for name in ("race", "what", "value", "reason")}
    return (
        (FAN, "race", {"name": race}, ("Sources", "Report a mistake")),
        (FAN, "standings", {}, ("Sources", "▶", "◀")),
        (MODERATOR, "data status", {}, ()),
        (MODERATOR, "data reports", {}, ("Answer",)),
        (MODERATOR, "race", {"name": race}, ("Sources", "Correct a value", "Discard")),
        (MODERATOR, "data correct", correction, ("Apply",)),
        (MODERATOR, "data corrections", {}, ()),
        (MODERATOR, "sources", {"race": race, "show": "Conflicts"}, ()),
        (MODERATOR, "data corrections", {}, ("Withdraw", "Apply")),
        (MODERATOR, "data upload", {"file": "77"}, ("Apply",)),
        (FAN, "results", {"race": "2031 paper 100"}, ("Sources",)),
        (MODERATOR, "data documents", {"document": fields["document"]}, ("Remove", "Apply")),
        (MODERATOR, "data reload", {"dry_run": True}, ()),
        (MODERATOR, "data status", {}, ()),
        (MODERATOR, "data log", {}, ("Roll back", "Apply")),
        (MODERATOR, "data log", {}, ()),
    )
