"""Checks of a race: the sport's own arithmetic recomputed, with what holds, what does not, and what stays open."""

from collections.abc import Sequence

from sqlmodel import SQLModel

from bot.archive.models.core import Check, Race
from bot.loading.checks.race_data import Finding, RaceData, Rule
from bot.loading.checks.result_rules import RESULT_RULES
from bot.loading.checks.time_rules import TIME_RULES

__all__ = ["RULES", "check_race"]

RULES: tuple[Rule, ...] = (*RESULT_RULES, *TIME_RULES)


def check_race(race: Race, rows: Sequence[SQLModel]) -> tuple[Check, ...]:
    """One row for each rule that had something to check, each followed by one for every value that breaks it.

    A rule that has nothing to say of a race (no stages, another era) leaves no row.
    """
    race_data = RaceData.of(race, rows)
    checks: list[Check] = []
    for rule in RULES:
        findings = list(rule.check(race_data))
        if findings:
            checks.append(_rule_row(race.key, rule, findings))
            checks += [_failure_row(race.key, rule, finding) for finding in findings if finding.state == "fails"]
    for number, check in enumerate(checks, 1):
        check.number = number
    return tuple(checks)


def _rule_row(race: str, rule: Rule, findings: Sequence[Finding]) -> Check:
    states = [finding.state for finding in findings]
    # The row cites the line that a reader will want to see: a broken value before an open one before one that holds.
    worst = next(finding for state in ("fails", "unknown", "holds") for finding in findings if finding.state == state)
    return Check(
        race=race,
        number=0,
        rule=rule.key,
        statement=rule.statement,
        source=rule.source,
        passed=states.count("holds"),
        failed=states.count("fails"),
        undecided=states.count("unknown"),
        text=worst.text if worst.state == "unknown" else "",
        document=worst.document,
        line=worst.line,
    )


def _failure_row(race: str, rule: Rule, finding: Finding) -> Check:
    return Check(
        race=race,
        number=0,
        rule=rule.key,
        statement="",
        source="",
        failed=1,
        text=finding.text,
        document=finding.document,
        line=finding.line,
    )
