"""A short archive made by hand: the Ally 400 in small, a race that only a recap tells of, and one of no known name."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import SQLModel

from bot.answers.context import QuestionRunner
from bot.archive.db.engine import schema_stamp, write_session
from bot.archive.models.core import (
    Broadcast,
    Conflict,
    Entry,
    FactRecord,
    Footnote,
    Incident,
    Name,
    Passage,
    PassagePerson,
    Race,
    RaceSession,
    RawBlock,
    SessionRow,
    Source,
    Standing,
    Version,
)
from bot.archive.models.user_data import ActiveDocumentRecord, DocumentText
from bot.documents.catalogue import CATALOGUE_NAME
from bot.names.entity import short_key
from tests.support.databases import fill_from_template

__all__ = ["ALLY", "LOADED_AT", "NAMELESS", "WAWA", "fill_archive", "runner_of"]

ALLY, WAWA, NAMELESS = "cup-2023-17", "nxs-2023-24", "told-in-mystery"
LOADED_AT = datetime(2023, 6, 26, 14, 5, tzinfo=UTC)
PAGE, RECAP, WAWA_RECAP, NAMELESS_RECAP = "page.txt", "recap.txt", "daytona-recap.txt", "mystery.txt"

FIELD = (  # car, driver, team, make, grid, laps, points
    ("1", "Ross Chastain", "Trackhouse Racing", "Chevrolet", 1, 300, 57),
    ("19", "Martin Truex Jr.", "Joe Gibbs Racing", "Toyota", 3, 300, 51),
    ("11", "Denny Hamlin", "Joe Gibbs Racing", "Toyota", 4, 300, 50),
    ("54", "Ty Gibbs", "Joe Gibbs Racing", "Toyota", 5, 300, 23),
    ("45", "Tyler Reddick", "23XI Racing", "Toyota", 2, 298, 17),
    ("51", "J. J. Yeley", "Rick Ware Racing", "Ford", 6, 298, 0),
)
STAGES = {"stage-1": ("Tyler Reddick", "Ross Chastain"), "stage-2": ("Denny Hamlin", "Martin Truex Jr.")}
QUALIFYING_TIMES = {"Ross Chastain": (29.804, 29.797), "Tyler Reddick": (29.82, 30.005), "J. J. Yeley": (None, None)}


def runner_of(engine: Engine) -> QuestionRunner:
    """Answers from this archive."""
    return QuestionRunner(engine)


def fill_archive(engine: Engine, *, extra_rows: tuple[SQLModel, ...] = ()) -> QuestionRunner:
    """Write the short archive into an empty one; `extra_rows` are written last."""
    fill_from_template(engine, _write_rows)
    with write_session(engine) as session:
        session.add_all(extra_rows)
    return runner_of(engine)


def _write_rows(engine: Engine) -> None:
    with write_session(engine) as session:
        session.merge(Version(id=1, number=3, schema_stamp=schema_stamp(), loaded_at=LOADED_AT))
        for rows in (_races(), _sources(), _documents(), _ally(), _ally_story(), _wawa(), _mystery(), _names()):
            session.add_all(rows)
            session.flush()  # parents first: the tables have foreign keys, the models no relationships


def _races() -> Iterator[SQLModel]:
    yield Race(
        key=ALLY, series="cup", series_name="NASCAR Cup Series", season=2023, round=17, rounds=36, name="Ally 400",
        day=date(2023, 6, 25), track="Nashville Superspeedway", place="Lebanon, Tennessee", winner="Ross Chastain",
        field_size=6, order_key="2023-017-2023-06-25",
    )  # fmt: skip
    yield Race(
        key=WAWA, series="nxs", season=2023, round=24, name="Wawa 250", day=date(2023, 8, 25),
        track="Daytona International Speedway", winner="Justin Allgaier", order_key="2023-024-2023-08-25",
    )  # fmt: skip
    yield Race(key=NAMELESS, order_key="0000-000-")


def _sources() -> Iterator[SQLModel]:
    sources = (
        (PAGE, "race page", "2023 Ally 400", ALLY, ""),
        (RECAP, "recap", "2023 Ally 400", ALLY, ""),
        (WAWA_RECAP, "recap", "2023 Wawa 250", WAWA, "The text names no race."),
        (NAMELESS_RECAP, "recap", "", NAMELESS, ""),
        (CATALOGUE_NAME, "catalogue", "what the documents leave out", None, ""),
    )
    for document, kind, title, race, note in sources:
        yield Source(document=document, digest="0" * 64, kind=kind, title=title, lines=40, race=race, note=note)
    yield DocumentText(digest="1" * 64, size=0, content=b"")


def _documents() -> Iterator[SQLModel]:
    yield ActiveDocumentRecord(name="broken.txt", digest="1" * 64, origin="folder", by="the program", at=LOADED_AT)


def _fact(race: str, field: str, value: str | float, document: str, line: int) -> FactRecord:
    number = float(value) if isinstance(value, int | float) else None
    return FactRecord(race=race, field=field, value=str(value), number=number, document=document, line=line)


def _ally() -> Iterator[SQLModel]:
    facts: tuple[tuple[str, str | float], ...] = (
        ("series", "cup"), ("series_name", "NASCAR Cup Series"), ("season", 2023), ("round", 17), ("rounds", 36),
        ("race_name", "Ally 400"), ("page_type", "CUST"), ("date", "2023-06-25"), ("track", "Nashville Superspeedway"),
        ("track_length_mi", 1.333), ("track_length_km", 2.145), ("laps_scheduled", 300), ("laps_run", 300),
        ("distance_mi", 400), ("average_speed_mph", 132.914), ("pole_driver", "Ross Chastain"),
        ("pole_time_s", 29.797), ("most_laps_led_driver", "Ross Chastain"), ("most_laps_led", 99),
        ("winner", "Ross Chastain"), ("winner_car", "1"), ("winner_team", "Trackhouse Racing"), ("cautions", 4),
        ("caution_laps", 24), ("red_flags", 0), ("lead_changes", 21), ("leaders", 12), ("race_time_s", 10807),
        ("network", "NBC"),
    )  # fmt: skip
    yield from (_fact(ALLY, field, value, PAGE, line) for line, (field, value) in enumerate(facts, 4))
    for position, (car, driver, team, manufacturer, *_) in enumerate(FIELD, 1):
        yield Entry(
            race=ALLY, position=position, car=car, driver=driver, team=team, manufacturer=manufacturer, document=PAGE,
            line=40 + position, rookie=driver == "Ty Gibbs", ineligible=driver == "J. J. Yeley",
        )  # fmt: skip
    yield from _ally_sessions()
    for what, other in (("date", "2023-07-02"), ("race: Ross Chastain: grid", "2")):
        yield Conflict(
            race=ALLY, number=len(what), value_name=what, value="x", document=PAGE, line=9, other_value=other,
            other_document=RECAP, other_line=1, reason="a table is trusted over prose",
        )  # fmt: skip


def _ally_sessions() -> Iterator[SQLModel]:
    sessions = (("race", "Race", 0, 300, 6), ("stage-1", "Stage 1", 101, 90, 2), ("stage-2", "Stage 2", 102, 95, 2),
            ("stage-3", "Stage 3", 103, 115, 0), ("qualifying", "Qualifying", 200, None, 6),
            ("practice", "Practice", 300, None, 1))  # fmt: skip
    for line, (key, title, rank, laps, rows) in enumerate(sessions, 60):
        yield RaceSession(race=ALLY, key=key, title=title, rank=rank, laps=laps, rows=rows, document=PAGE, line=line)
    for number, (car, driver, team, manufacturer, grid, laps, points) in enumerate(FIELD, 1):
        common: dict[str, Any] = {
            "race": ALLY, "car": car, "driver": driver, "team": team, "manufacturer": manufacturer, "document": PAGE,
            "rookie": driver == "Ty Gibbs", "ineligible": driver == "J. J. Yeley",
        }  # fmt: skip
        yield SessionRow(
            session="race",
            number=number,
            position=number,
            grid=grid,
            laps=laps,
            points=points,
            line=70 + number,
            **common,
        )
        first, second = QUALIFYING_TIMES.get(driver, (30.1, None))
        yield SessionRow(
            session="qualifying",
            number=grid,
            position=grid,
            round_1_s=first,
            round_2_s=second,
            line=80 + grid,
            **common,
        )
    for stage, drivers in STAGES.items():
        for position, driver in enumerate(drivers, 1):
            yield SessionRow(
                race=ALLY, session=stage, number=position, position=position, driver=driver, points=11 - position,
                document=PAGE, line=90 + position,
            )  # fmt: skip
    yield SessionRow(
        race=ALLY, session="practice", number=1, position=1, car="45", driver="Tyler Reddick", time_s=29.51,
        speed_mph=162.25, document=PAGE, line=99,
    )  # fmt: skip


def _ally_story() -> Iterator[SQLModel]:
    table = (("Martin Truex Jr.", 576, None, None, 1), ("William Byron", 558, 18, None, 2),
             ("Ross Chastain", 558, 18, 1, 3), ("Ty Gibbs", 343, None, None, 18))  # fmt: skip
    for number, (name, points, gap, change, position) in enumerate(table, 1):
        yield Standing(
            race=ALLY, championship="drivers", number=number, position=position, name=name, points=points, gap=gap,
            change=change, rookie=name == "Ty Gibbs", document=PAGE, line=110 + number,
        )  # fmt: skip
    yield Standing(
        race=ALLY, championship="manufacturers", number=1, position=1, name="Chevrolet", points=642, document=PAGE,
        line=120,
    )  # fmt: skip
    announcers = (("television", "NBC", "Specialty reporter", "Parker Kligerman", None),
              ("radio", "PRN", "Turn announcer", "Rob Albright", "1 & 2"))  # fmt: skip
    for number, (medium, network, role, person, turns) in enumerate(announcers, 1):
        yield Broadcast(
            race=ALLY, number=number, medium=medium, network=network, role=role, person=person, turns=turns,
            document=PAGE, line=130,
        )  # fmt: skip
    yield Footnote(race=ALLY, number=1, section="Entry list", text="(R) is a rookie.", document=PAGE, line=40)
    yield Footnote(race=ALLY, number=2, section="Standings", text="Note: 16 places only.", document=PAGE, line=125)
    yield Footnote(race=ALLY, number=3, section="Race results", text="Laps led are not given.", document=PAGE, line=78)
    yield RawBlock(race=ALLY, number=1, section="Gallery", text="x", document=PAGE, line=140)
    yield from _passages()
    yield Incident(
        race=ALLY, number=1, kind="caution", counted=2, stage=2, lap=146, driver="Tyler Reddick",
        people="Tyler Reddick; Ross Chastain", what="a wheel came off", document=RECAP, line=23,
    )  # fmt: skip
    yield Incident(
        race=ALLY, number=2, kind="lead change", laps_to_go=34, driver="Ross Chastain", what="Chastain leads",
        document=RECAP, line=30,
    )  # fmt: skip


PASSAGES = (  # part, section, stage, lap, speaker, text, people as written
    ("after", "", None, None, "Ross Chastain", "A win here is incredible.", ()),
    ("background", "Background", None, None, None, "The oval is paved with concrete.", ()),
    ("stage 2", "", 2, 146, None, "The wheel came off and sent Reddick spinning.", (("Tyler Reddick", "Reddick"),)),
    ("stage 1", "", 1, None, None, "Tyler Reddick took the stage win over Chastain.",
     (("Tyler Reddick", "Tyler Reddick"), ("Ross Chastain", "Chastain"))),
    ("stage 2", "", 2, None, None, "Kyle Busch hit Blaney, and Daniel Suárez spun behind them.",
     (("Kyle Busch", "Kyle Busch"), ("Ryan Blaney", "Blaney"), ("Daniel Suárez", "Daniel Suárez"))),
    ("", "Media", None, None, None, "NBC covered the race; Parker Kligerman reported.",
     (("Parker Kligerman", "Parker Kligerman"),)),
    ("before", "", None, None, None, "Rain threatened the evening.", ()),
    ("stage 3", "", 3, None, None, "Kyle Larson led, then Chastain took the lead with new tires.",
     (("Kyle Larson", "Kyle Larson"), ("Ross Chastain", "Chastain"))),
)  # fmt: skip


def _passages() -> Iterator[SQLModel]:
    people: list[SQLModel] = []
    for number, (part, section, stage, lap, speaker, text, mentions) in enumerate(PASSAGES, 1):
        yield Passage(
            race=ALLY, number=number, text=text, section=section, part=part, stage=stage, lap=lap, speaker=speaker,
            document=PAGE if section else RECAP, line=10 + number,
        )  # fmt: skip
        everybody = dict(mentions) | ({speaker: speaker} if speaker else {})
        people += [
            PassagePerson(race=ALLY, number=number, person=person, written=written)
            for person, written in everybody.items()
        ]
    yield from people


def _wawa() -> Iterator[SQLModel]:
    facts: tuple[tuple[str, str | float], ...] = (
        ("series", "nxs"), ("season", 2023), ("round", 24), ("race_name", "Wawa 250"), ("date", "2023-08-25"),
        ("track", "Daytona International Speedway"), ("laps_scheduled", 100), ("laps_run", 110),
    )  # fmt: skip
    yield from (_fact(WAWA, field, value, CATALOGUE_NAME, line) for line, (field, value) in enumerate(facts, 2))
    yield _fact(WAWA, "margin_s", 0.005, WAWA_RECAP, 7)
    yield _fact(WAWA, "overtime_attempts", 2, WAWA_RECAP, 7)
    yield _fact(WAWA, "stage_1_margin_s", 0.143, WAWA_RECAP, 19)
    yield RaceSession(race=WAWA, key="race", title="Race", rank=0, rows=3, document=WAWA_RECAP, line=7)
    yield RaceSession(race=WAWA, key="stage-1", title="Stage 1", rank=101, rows=2, document=WAWA_RECAP, line=19)
    yield RaceSession(race=WAWA, key="stage-2", title="Stage 2", rank=102, rows=0, document=WAWA_RECAP, line=25)
    finishes = (("race", 1, "Justin Allgaier"), ("race", 4, "Parker Kligerman"), ("race", 10, "Justin Haley"),
              ("stage-1", 1, "Austin Hill"), ("stage-1", 2, "Sheldon Creed"))  # fmt: skip
    for number, (session, position, driver) in enumerate(finishes, 1):
        yield SessionRow(
            race=WAWA, session=session, number=number, position=position, driver=driver, document=WAWA_RECAP, line=7
        )


def _mystery() -> Iterator[SQLModel]:
    yield Passage(race=NAMELESS, number=1, text="Somebody won.", part="finish", document=NAMELESS_RECAP, line=1)


def _names() -> Iterator[SQLModel]:
    drivers = {driver for _, driver, *_ in FIELD} | {
        "William Byron", "Justin Allgaier", "Parker Kligerman", "Justin Haley", "Austin Hill", "Sheldon Creed",
        "Kyle Busch", "Kyle Larson", "Ryan Blaney", "Daniel Suárez", "Alex Bowman",
    }  # fmt: skip
    names = [("driver", name) for name in sorted(drivers)]
    names += [("team", team) for team in sorted({team for _, _, team, *_ in FIELD})]
    names += [("manufacturer", manufacturer) for manufacturer in sorted({make for _, _, _, make, *_ in FIELD})]
    names += [("person", "Parker Kligerman"), ("person", "Rob Albright"), ("series", "cup"), ("series", "nxs")]
    for kind, value in names:
        yield Name(kind=kind, value=value, name=value, key=short_key(kind, value), starts=1)
