"""Names that columns of a race page's tables bear, by what they mean: data to read and to add to.

A name is written in small letters, without spaces; one that is not found is looked for without its other signs.
"""

from collections.abc import Mapping

__all__ = ["COUNT_KEYS", "KEY_BY_NAME", "NUMBER_KEYS", "TEXT_KEYS"]

COLUMN_NAMES: Mapping[str, tuple[str, ...]] = {
    "position": (
        "pos", "position", "place", "finish", "fin", "finished", "rank", "rk", "fp", "fpos", "finpos", "finishpos",
        "finishingposition", "finishposition", "finalposition", "finalpos", "po", "posn", "plc", "p",
    ),
    "car": ("no", "number", "car", "carno", "carnumber", "car#", "#", "num", "nr", "nº", "carnum"),
    "grid": (
        "grid", "start", "st", "startpos", "startposition", "startingposition", "startingpos", "started", "gridpos",
        "gridposition", "qualpos", "sp", "startinggrid", "finalgrid",
    ),
    "driver": ("driver", "drivers", "name", "drivername", "driver(s)", "pilot", "racer", "competitor", "car/driver",
        "driver/car", "no/driver", "number/driver", "cardriver", "driver(car)",),
    "team": ("team", "teams", "entrant", "teamname", "raceteam", "teamentrant", "teamowner", "constructor"),
    "manufacturer": (
        "manufacturer", "manufacturers", "make", "mfr", "manu", "manuf", "mfg", "carmake", "carmanufacturer", "engine",
        "brand", "makeofcar", "marque",
    ),
    "owner": ("owner", "owners", "carowner"),
    "laps": ("laps", "lapscompleted", "lapscomp", "lapsrun", "lap", "completedlaps"),
    "laps_led": ("led", "lapsled", "leadlaps", "lapslead", "laps_led"),
    "points": (
        "points", "pts", "pointsearned", "championshippoints", "point", "pointsscored", "pointstotal", "totalpoints",
        "racepoints",
    ),
    "status": (
        "status", "statusreason", "reason", "reasonout", "finishingstatus", "outcome", "retirement",
        "reasonofretirement", "reasonforretirement",
    ),
    "time": (
        "time", "times", "laptime", "besttime", "timeretired", "time/retired", "timeorretired", "bestlap",
        "bestlaptime", "fastestlap", "fasttime", "qualtime", "qualifyingtime", "totaltime", "racetime",
    ),
    "gap": (
        "gap", "timebehind", "behind", "interval", "difference", "diff", "margin", "timegap", "togap", "deficit",
        "gaptoleader", "behindleader", "timediff",
    ),
    "speed": ("speed", "speedmph", "mph", "speed(mph)", "avgspeed", "averagespeed", "qualspeed"),
    "r1": ("r1", "round1", "q1", "part1", "segment1", "roundone", "qualifying1", "rd1"),
    "r2": ("r2", "round2", "q2", "part2", "segment2", "roundtwo", "qualifying2", "rd2"),
    "r3": ("r3", "round3", "q3", "part3", "segment3", "roundthree", "qualifying3", "rd3"),
    "change": ("change", "+/-", "+/−", "±", "move", "chg"),
}  # fmt: skip
KEY_BY_NAME: Mapping[str, str] = {name: key for key, names in COLUMN_NAMES.items() for name in names}
COUNT_KEYS: Mapping[str, str] = {
    "grid": "grid",
    "laps": "laps",
    "laps_led": "laps led",
    "points": "points",
}
NUMBER_KEYS = frozenset({"position", "car", "speed", "time", "gap", "r1", "r2", "r3", *COUNT_KEYS})
TEXT_KEYS = frozenset({"driver", "team", "manufacturer", "owner"})
