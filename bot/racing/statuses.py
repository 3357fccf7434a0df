"""What tables of results say of a car instead of how it finished, and the codes by which they say it."""

from collections.abc import Mapping

__all__ = ["NO_START_STATUSES", "RUNNING_STATUS", "SHORT_STATUSES", "STATUS_BY_CODE"]

RUNNING_STATUS = "running"  # of a car that was running at the end, in small letters
# Of a car that took no start, as documents write it.
NO_START_STATUSES = (
    "did not start", "withdrew", "withdrew from race", "Did not start", "Did not qualify", "Did not pre-qualify",
    "Withdrew", "Withdrawn", "did not qualify", "Failed to qualify",
)  # fmt: skip
# In the place of a position or behind a name, in small letters.
STATUS_BY_CODE: Mapping[str, str] = {
    "dsq": "Disqualified", "dq": "Disqualified", "disq": "Disqualified", "exc": "Disqualified", "ex": "Disqualified",
    "disqualified": "Disqualified", "excluded": "Disqualified",
    "dnq": "Did not qualify", "nq": "Did not qualify", "ftq": "Did not qualify", "did not qualify": "Did not qualify",
    "failed to qualify": "Did not qualify", "dnpq": "Did not pre-qualify",
    "dns": "Did not start", "did not start": "Did not start", "ns": "Did not start",
    "dnf": "Did not finish", "did not finish": "Did not finish", "nf": "Did not finish",
    "ret": "Retired", "retired": "Retired", "nc": "Not classified", "not classified": "Not classified",
    "wd": "Withdrew", "w/d": "Withdrew", "wth": "Withdrew", "withdrew": "Withdrew", "withdrawn": "Withdrew",
}  # fmt: skip
# What ended a race, in small letters, as a table on a phone says it: the commonest of those with 8 letters or more.
SHORT_STATUSES: Mapping[str, str] = {
    "accident": "wreck", "overheating": "too hot", "rear end": "rear", "rear gear": "rear", "transmission": "gearbox",
    "vibration": "vibr.", "handling": "handl.", "ignition": "ignit.", "electrical": "electr.", "suspension": "susp.",
    "oil pressure": "oil", "oil leak": "oil", "oil pump": "oil", "oil line": "oil",
    "steering": "steer.", "fuel pump": "fuel", "fuel line": "fuel", "fuel tank": "fuel", "out of fuel": "no fuel",
    "head gasket": "gasket", "broken valve": "valve", "valve spring": "valve", "radiator": "radiat.",
    "drive shaft": "shaft", "differential": "diff.", "wheel bearing": "bearing", "water pump": "water",
    "too slow": "slow", "did not finish": "DNF", "did not start": "DNS", "disqualified": "DQ", "withdrew": "withdr.",
}  # fmt: skip
